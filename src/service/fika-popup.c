#include "config.h"

#include "service/fika-popup.h"

G_DEFINE_BOXED_TYPE (FikaPopup, fika_popup, fika_popup_ref, fika_popup_unref)

static void
popup_clear (gpointer data)
{
  FikaPopup *self = data;

  g_array_unref (self->rows);
  g_free (self->token);
  g_free (self->key);
  g_clear_pointer (&self->notification, fika_notification_unref);
  g_free (self->server);
}

/**
 * fika_popup_new:
 * @kind: what it stands for
 * @token: what its buttons are known by
 *
 * Returns: (transfer full): a popup that is about to be posted
 */
FikaPopup *
fika_popup_new (FikaPopupKind kind, const char *token)
{
  FikaPopup *self;

  g_return_val_if_fail (token != NULL, NULL);

  self = g_rc_box_new0 (FikaPopup);
  self->kind = kind;
  self->rows = g_array_new (FALSE, FALSE, sizeof (int64_t));
  self->token = g_strdup (token);

  return self;
}

/**
 * fika_popup_ref:
 * @self: a popup
 *
 * Returns: (transfer full): @self
 */
FikaPopup *
fika_popup_ref (FikaPopup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

/**
 * fika_popup_unref:
 * @self: (transfer full): a popup
 */
void
fika_popup_unref (FikaPopup *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, popup_clear);
}

/**
 * fika_popup_add_row:
 * @self: a popup
 * @row: the id of a reminder that it tells
 */
void
fika_popup_add_row (FikaPopup *self, int64_t row)
{
  g_return_if_fail (self != NULL);

  g_array_append_val (self->rows, row);
}

/**
 * fika_popup_has_row:
 * @self: a popup
 * @row: the id of a reminder
 *
 * Returns: whether it tells that reminder
 */
gboolean
fika_popup_has_row (FikaPopup *self, int64_t row)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (g_array_index (self->rows, int64_t, i) == row)
        return TRUE;
    }

  return FALSE;
}

/**
 * fika_popup_get_row:
 * @self: a card
 *
 * Returns: the id of the one reminder that it tells
 */
int64_t
fika_popup_get_row (FikaPopup *self)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (self->kind == FIKA_POPUP_CARD && self->rows->len == 1, 0);

  return g_array_index (self->rows, int64_t, 0);
}

/**
 * fika_popup_set_number:
 * @self: a popup
 * @number: what its server calls it, or 0
 * @server: (nullable): which server
 */
void
fika_popup_set_number (FikaPopup *self, guint number, const char *server)
{
  char *copy = g_strdup (server);

  g_return_if_fail (self != NULL);

  self->number = number;
  g_free (self->server);
  self->server = copy;
}
