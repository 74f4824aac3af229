#pragma once

#include "base/fika-login.h"

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * FikaQuiet:
 * @FIKA_QUIET_UNKNOWN: the desktop does not tell
 * @FIKA_QUIET_OFF: it shows what comes
 * @FIKA_QUIET_ON: everything is held back, as the person asked
 * @FIKA_QUIET_MUTED: what Fika says is held back, as the person asked
 *
 * Whether the desktop holds notifications back.
 */
typedef enum
{
  FIKA_QUIET_UNKNOWN,
  FIKA_QUIET_OFF,
  FIKA_QUIET_ON,
  FIKA_QUIET_MUTED,
} FikaQuiet;

/**
 * FikaReachState:
 * @asked: whether the rest is known yet
 * @running: the background service runs
 * @notifications: there is a server that shows notifications
 * @actions: it shows buttons
 * @server: (nullable): what it calls itself
 * @version: (nullable): of the service
 * @next: UTC seconds of the next reminder; %FIKA_UTC_NONE = none
 * @quiet: whether the desktop holds notifications back
 * @login_known: whether @login is known
 * @login: whether the service starts at login
 */
typedef struct
{
  gboolean asked;
  gboolean running;
  gboolean notifications;
  gboolean actions;
  char *server;
  char *version;
  int64_t next;
  FikaQuiet quiet;
  gboolean login_known;
  FikaLogin login;
} FikaReachState;

/**
 * FikaReachTrouble: what keeps reminders from reaching the person, the gravest first.
 */
typedef enum
{
  FIKA_REACH_UNKNOWN,
  FIKA_REACH_NO_SERVICE,
  FIKA_REACH_NO_SERVER,
  FIKA_REACH_MUTED,
  FIKA_REACH_QUIET,
  FIKA_REACH_WELL,
} FikaReachTrouble;

void fika_reach_state_clear (FikaReachState *self);
void fika_reach_state_take_status (FikaReachState *self, GVariant *status);
FikaReachTrouble fika_reach_state_get_trouble (const FikaReachState *self);

/* In plain words. */
const char *fika_reach_state_title (const FikaReachState *self);
const char *fika_reach_state_advice (const FikaReachState *self);
const char *fika_reach_state_line (const FikaReachState *self);
char *fika_reach_state_dup_service (const FikaReachState *self);
char *fika_reach_state_dup_server (const FikaReachState *self);
const char *fika_reach_state_quiet (const FikaReachState *self);
const char *fika_reach_state_login (const FikaReachState *self);

G_END_DECLS
