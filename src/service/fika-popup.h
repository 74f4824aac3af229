#pragma once

#include "service/fika-notification.h"

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum
{
  FIKA_POPUP_POSTING,   /* its server was asked to show it */
  FIKA_POPUP_ON_SCREEN, /* as far as its server told */
  FIKA_POPUP_PUT_AWAY,  /* expired or evicted, but a server may bring it back and have it pressed */
} FikaPopupState;

typedef enum
{
  FIKA_POPUP_CARD,   /* one reminder */
  FIKA_POPUP_MISSED, /* a summary of those that are too late */
  FIKA_POPUP_MORE,   /* a summary of those that are too many */
  FIKA_POPUP_NOTICE, /* about no reminder */
} FikaPopupKind;

/**
 * FikaPopup:
 * @rows: ids of reminders, int64
 * @count: of a summary: how many it tells of, those of an earlier one that it replaced included
 * @token: what its buttons are known by
 * @key: (nullable): which catch-up to open; %NULL opens Fika
 * @due: UTC seconds, of a card
 * @number: what its server calls it; 0 while there is none
 * @server: (nullable): which server shows or showed it
 * @shows: how often it was put on the screen
 * @withdrawn: nobody wants it any more
 *
 * A notification that is given for one reminder or, as a summary, for many. Counted by reference.
 */
typedef struct
{
  FikaPopupKind kind;
  FikaPopupState state;
  GArray *rows;
  guint count;
  char *token;
  char *key;
  FikaNotification *notification;
  int64_t due;
  guint number;
  char *server;
  guint shows;
  gboolean withdrawn;
} FikaPopup;

#define FIKA_TYPE_POPUP (fika_popup_get_type ())
GType fika_popup_get_type (void);

FikaPopup *fika_popup_new (FikaPopupKind kind, const char *token);
FikaPopup *fika_popup_ref (FikaPopup *self);
void fika_popup_unref (FikaPopup *self);
void fika_popup_add_row (FikaPopup *self, int64_t row);
gboolean fika_popup_has_row (FikaPopup *self, int64_t row);
int64_t fika_popup_get_row (FikaPopup *self);
void fika_popup_set_number (FikaPopup *self, guint number, const char *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaPopup, fika_popup_unref)

G_END_DECLS
