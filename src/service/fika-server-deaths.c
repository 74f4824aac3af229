#include "config.h"

#include "service/fika-server-deaths.h"

#include "plan/fika-reminder-machine.h"

/* The longest pause is 2 to the power of this, in seconds: a bit more than an hour. */
#define PAUSE_BITS_MAX 12

struct _FikaServerDeaths
{
  GHashTable *rows; /* id of a reminder → how many ended when they were asked to show it */
  guint n_pauses;
};

/**
 * fika_server_deaths_new:
 *
 * Returns: (transfer full): no deaths yet
 */
FikaServerDeaths *
fika_server_deaths_new (void)
{
  FikaServerDeaths *self = g_new0 (FikaServerDeaths, 1);

  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

/**
 * fika_server_deaths_free:
 * @self: (transfer full): the deaths
 */
void
fika_server_deaths_free (FikaServerDeaths *self)
{
  g_hash_table_unref (self->rows);
  g_free (self);
}

/* TRUE where that was so often that none should be asked again. */
static gboolean
count_death (FikaServerDeaths *self, int64_t row)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->rows, &row)) + 1;

  g_hash_table_insert (self->rows, g_memdup2 (&row, sizeof row), GUINT_TO_POINTER (n));

  return n >= FIKA_REMINDER_ATTEMPTS;
}

/**
 * fika_server_deaths_put_back:
 * @self: the deaths
 * @store: the data
 * @popup: one that was not shown
 * @no_server: whether there was nothing that could have shown it
 * @died: whether that is so because the server ended when it was asked to
 * @error: return location for the first error
 *
 * What a popup was to tell waits again, or is set aside where too many servers ended of it.
 *
 * Returns: whether all of it was noted
 */
gboolean
fika_server_deaths_put_back (FikaServerDeaths *self,
                             FikaStore *store,
                             FikaPopup *popup,
                             gboolean no_server,
                             gboolean died,
                             GError **error)
{
  gboolean noted = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (popup != NULL, FALSE);

  for (guint i = 0; i < popup->rows->len; i++)
    {
      int64_t row = g_array_index (popup->rows, int64_t, i);
      GError *row_error = NULL;

      if (died && count_death (self, row))
        fika_reminders_finish (store, row, FIKA_REMINDER_MISSED, &row_error);
      else
        fika_reminders_fail (store, row, no_server, &row_error);
      if (row_error != NULL && noted)
        g_propagate_error (error, row_error);
      else
        g_clear_error (&row_error);
      noted = noted && row_error == NULL;
    }

  return noted;
}

/**
 * fika_server_deaths_pause:
 * @self: the deaths
 *
 * Returns: seconds to leave one alone that starts only when it is asked: few first, then ever more
 */
int
fika_server_deaths_pause (FikaServerDeaths *self)
{
  guint bits;

  g_return_val_if_fail (self != NULL, 1);

  bits = MIN (2 * self->n_pauses, PAUSE_BITS_MAX);
  self->n_pauses++;

  return 1 << bits;
}

/**
 * fika_server_deaths_end_pauses:
 * @self: the deaths
 *
 * A server showed something: the next pause is short again.
 */
void
fika_server_deaths_end_pauses (FikaServerDeaths *self)
{
  g_return_if_fail (self != NULL);

  self->n_pauses = 0;
}
