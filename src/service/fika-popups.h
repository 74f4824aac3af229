#pragma once

#include "service/fika-notifier.h"
#include "service/fika-popup.h"

G_BEGIN_DECLS

/* More than three notifications at a time are never on the screen; GNOME 43 keeps no more. */
#define FIKA_POPUPS_MAX 3

/**
 * FikaPopups:
 *
 * The notifications that are on the screen, or on their way there: makes room for new ones, puts
 * them up again at a server that was restarted, and knows whose button was pressed.
 *
 * Signals: shown (FikaPopup): its server answered. failed (FikaPopup, GError): it was never on the
 * screen, and is forgotten. pressed (FikaPopup, string verb, string activation token or NULL): verb
 * is what comes before the token in a button's key, or FIKA_NOTIFICATION_DEFAULT. dismissed
 * (FikaPopup): a person took it away, and it is forgotten. expired (FikaPopup): its server took it
 * away; it is still known.
 */
#define FIKA_TYPE_POPUPS (fika_popups_get_type ())
G_DECLARE_FINAL_TYPE (FikaPopups, fika_popups, FIKA, POPUPS, GObject)

FikaPopups *fika_popups_new (FikaNotifier *notifier);
void fika_popups_show (FikaPopups *self, FikaPopup *popup);
void fika_popups_adopt (FikaPopups *self, FikaPopup *popup, gboolean show);
void fika_popups_show_again (FikaPopups *self);
void fika_popups_withdraw (FikaPopups *self, FikaPopup *popup);
void fika_popups_forget (FikaPopups *self, FikaPopup *popup);
FikaPopup *fika_popups_find_row (FikaPopups *self, int64_t row);
FikaPopup *fika_popups_find_on_screen (FikaPopups *self, FikaPopupKind kind);
GPtrArray *fika_popups_list (FikaPopups *self);

G_END_DECLS
