#include "config.h"

#include "ui/reminders/fika-reach-state.h"

#include "base/fika-zone.h"

#include <glib/gi18n.h>

/**
 * fika_reach_state_clear:
 * @self: a state
 *
 * Forgets what the service said; the rest stays.
 */
void
fika_reach_state_clear (FikaReachState *self)
{
  g_return_if_fail (self != NULL);

  self->running = FALSE;
  self->notifications = FALSE;
  self->actions = FALSE;
  self->next = FIKA_UTC_NONE;
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->version, g_free);
}

/**
 * fika_reach_state_take_status:
 * @self: a state
 * @status: (nullable): an a{sv}, what the service says of itself; %NULL where it does not answer
 */
void
fika_reach_state_take_status (FikaReachState *self, GVariant *status)
{
  g_return_if_fail (self != NULL);

  fika_reach_state_clear (self);
  self->asked = TRUE;
  if (status == NULL)
    return;
  self->running = TRUE;
  g_variant_lookup (status, "notifications", "b", &self->notifications);
  g_variant_lookup (status, "actions", "b", &self->actions);
  g_variant_lookup (status, "server", "s", &self->server);
  g_variant_lookup (status, "version", "s", &self->version);
  g_variant_lookup (status, "next", "x", &self->next);
}

/**
 * fika_reach_state_get_trouble:
 * @self: a state
 *
 * Returns: whether reminders reach the person, or what keeps them
 */
FikaReachTrouble
fika_reach_state_get_trouble (const FikaReachState *self)
{
  g_return_val_if_fail (self != NULL, FIKA_REACH_UNKNOWN);

  if (!self->asked)
    return FIKA_REACH_UNKNOWN;
  if (!self->running)
    return FIKA_REACH_NO_SERVICE;
  if (!self->notifications)
    return FIKA_REACH_NO_SERVER;
  if (self->quiet == FIKA_QUIET_MUTED)
    return FIKA_REACH_MUTED;
  if (self->quiet == FIKA_QUIET_ON)
    return FIKA_REACH_QUIET;

  return FIKA_REACH_WELL;
}

/**
 * fika_reach_state_title:
 * @self: a state
 *
 * Returns: how it is, in a few words
 */
const char *
fika_reach_state_title (const FikaReachState *self)
{
  switch (fika_reach_state_get_trouble (self))
    {
    case FIKA_REACH_NO_SERVICE:
      return _ ("The reminder service does not run");
    case FIKA_REACH_NO_SERVER:
      return _ ("Your desktop shows no notifications");
    case FIKA_REACH_MUTED:
      return _ ("Your desktop holds back what Fika says");
    case FIKA_REACH_QUIET:
      return _ ("Do not disturb is on");
    case FIKA_REACH_WELL:
      return _ ("Reminders can reach you");
    case FIKA_REACH_UNKNOWN:
    default:
      return _ ("Asking the reminder service…");
    }
}

/**
 * fika_reach_state_advice:
 * @self: a state
 *
 * Returns: what it means, and what can be done; "" where nothing has to be
 */
const char *
fika_reach_state_advice (const FikaReachState *self)
{
  switch (fika_reach_state_get_trouble (self))
    {
    case FIKA_REACH_NO_SERVICE:
      return _ (
          "Reminders cannot reach you right now. Install Fika for your desktop, or log in again.");
    case FIKA_REACH_NO_SERVER:
      return _ (
          "Reminders cannot reach you until something here shows notifications. They are kept "
          "until then.");
    case FIKA_REACH_MUTED:
      return _ ("Reminders do not pop up. The settings of your desktop can allow it again, under "
                "notifications.");
    case FIKA_REACH_QUIET:
      return _ ("Reminders wait in your desktop’s list of notifications until you look.");
    case FIKA_REACH_WELL:
    case FIKA_REACH_UNKNOWN:
    default:
      return "";
    }
}

/**
 * fika_reach_state_line:
 * @self: a state
 *
 * Returns: what keeps reminders from reaching the person, in one sentence; "" where nothing does
 */
const char *
fika_reach_state_line (const FikaReachState *self)
{
  switch (fika_reach_state_get_trouble (self))
    {
    case FIKA_REACH_NO_SERVICE:
      return _ ("Reminders cannot reach you: their service does not run.");
    case FIKA_REACH_NO_SERVER:
      return _ ("Reminders cannot reach you: your desktop shows no notifications.");
    case FIKA_REACH_MUTED:
      return _ ("Reminders do not pop up: your desktop holds back what Fika says.");
    case FIKA_REACH_QUIET:
      return _ ("Do not disturb is on: reminders wait until you look.");
    case FIKA_REACH_WELL:
    case FIKA_REACH_UNKNOWN:
    default:
      return "";
    }
}

/**
 * fika_reach_state_dup_service:
 * @self: a state
 *
 * Returns: (transfer full): how the background service is
 */
char *
fika_reach_state_dup_service (const FikaReachState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->asked)
    return g_strdup (_ ("Not known yet"));
  if (!self->running)
    return g_strdup (_ ("Does not run"));
  if (self->version == NULL)
    return g_strdup (_ ("Runs"));

  /* Translators: %s is a version, "1.2.0" */
  return g_strdup_printf (_ ("Runs (Fika %s)"), self->version);
}

/**
 * fika_reach_state_dup_server:
 * @self: a state
 *
 * Returns: (transfer full): who shows notifications, and what it can
 */
char *
fika_reach_state_dup_server (const FikaReachState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->asked || !self->running)
    return g_strdup (_ ("Not known yet"));
  if (!self->notifications)
    return g_strdup (_ ("Nothing here shows them"));
  /* One that is started for the first of them. */
  if (self->server == NULL)
    return g_strdup (_ ("Shown when there is one"));
  if (self->actions)
    /* Translators: %s is the name of a program, "gnome-shell" */
    return g_strdup_printf (_ ("Shown by %s, with buttons"), self->server);

  /* Translators: %s is the name of a program */
  return g_strdup_printf (_ ("Shown by %s, without buttons: press one to open Fika, and log there"),
                          self->server);
}

/**
 * fika_reach_state_quiet:
 * @self: a state
 *
 * Returns: whether the desktop holds notifications back
 */
const char *
fika_reach_state_quiet (const FikaReachState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->quiet)
    {
    case FIKA_QUIET_OFF:
      return C_ ("do not disturb", "Off");
    case FIKA_QUIET_ON:
      return C_ ("do not disturb", "On: reminders wait until you look");
    case FIKA_QUIET_MUTED:
      return C_ ("do not disturb", "Notifications of Fika are off in the settings of your desktop");
    case FIKA_QUIET_UNKNOWN:
    default:
      return C_ ("do not disturb", "Your desktop does not tell");
    }
}

/**
 * fika_reach_state_login:
 * @self: a state
 *
 * Returns: whether the background service starts at login, and by what
 */
const char *
fika_reach_state_login (const FikaReachState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->login_known || !self->login.on)
    return _ ("So that reminders come before you open Fika");

  switch (self->login.way)
    {
    case FIKA_LOGIN_BY_UNIT:
      return _ ("Reminders come before you open Fika. Started with your session by systemd.");
    case FIKA_LOGIN_BY_PORTAL:
      return _ ("Reminders come before you open Fika, as your desktop has allowed.");
    case FIKA_LOGIN_BY_ENTRY:
    default:
      return _ ("Reminders come before you open Fika. Started by your desktop.");
    }
}
