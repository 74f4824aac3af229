#include "config.h"

#include "service/fika-claims.h"

#include "service/fika-reminder-card.h"

/* Rows that are read at once. */
#define BATCH 100

/**
 * fika_claims_new:
 *
 * Returns: (transfer full): nothing claimed yet
 */
FikaClaims *
fika_claims_new (void)
{
  FikaClaims *self = g_new0 (FikaClaims, 1);

  self->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_reminder_free);
  self->missed = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_reminder_free);
  self->missed_ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  self->missed_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->token = fika_reminder_card_new_token ();

  return self;
}

/**
 * fika_claims_free:
 * @self: (transfer full): what is due
 */
void
fika_claims_free (FikaClaims *self)
{
  g_ptr_array_unref (self->fresh);
  g_ptr_array_unref (self->missed);
  g_array_unref (self->missed_ids);
  g_hash_table_unref (self->missed_keys);
  g_clear_pointer (&self->suspect, fika_reminder_free);
  g_free (self->token);
  g_free (self);
}

/* Whether another reminder of the same occurrence was missed: it was told too early and too late,
 * or it was also to be asked about. */
static gboolean
is_missed_already (FikaClaims *self, FikaReminder *reminder)
{
  return reminder->occurrence != NULL
         && !g_hash_table_add (self->missed_keys, fika_reminder_dup_key (reminder));
}

static void
take (FikaClaims *self, FikaReminder *reminder, gboolean late)
{
  if (!late)
    {
      g_ptr_array_add (self->fresh, reminder);
      return;
    }

  g_array_append_val (self->missed_ids, reminder->id);
  if (is_missed_already (self, reminder))
    {
      fika_reminder_free (reminder);
      return;
    }
  self->n_missed++;
  g_ptr_array_add (self->missed, reminder);
  if (self->missed->len > FIKA_SUMMARY_LINES)
    g_ptr_array_remove_index (self->missed, 0);
}

/* What a claim would make of one as it was read. */
static FikaReminderEffect
effect_of_claim (FikaReminder *reminder, int64_t now)
{
  const FikaReminderEvent event = { .type = FIKA_REMINDER_CLAIM, .now = now };
  FikaReminderStanding standing;
  FikaReminderStanding next;

  fika_reminder_get_standing (reminder, &standing);

  return fika_reminder_step (&standing, &event, &next);
}

/* TRUE when it is no longer as due as it was; FALSE without an error when somebody else has it, or
 * when it must not be told. */
static gboolean
claim (FikaClaims *self, FikaStore *store, FikaReminder *reminder, int64_t now, GError **error)
{
  g_autoptr (FikaReminder) owned = reminder;
  gboolean late = effect_of_claim (reminder, now) == FIKA_REMINDER_TELL_LATE;

  if (fika_reminder_is_gone (reminder))
    return fika_reminders_finish (store, reminder->id, FIKA_REMINDER_MISSED, error);

  /* Whoever had it before may have put it on the screen and died: the buttons there are to work. */
  if (late || reminder->state != FIKA_REMINDER_POSTING)
    {
      g_free (reminder->token);
      reminder->token = late ? g_strdup (self->token) : fika_reminder_card_new_token ();
    }
  if (!fika_reminders_claim (store, reminder->id, now, reminder->token, error))
    return FALSE;

  take (self, g_steal_pointer (&owned), late);

  return TRUE;
}

/* Whether one that was not claimed is no longer due: it is gone, set aside, or somebody else's. */
static gboolean
is_over (FikaStore *store, int64_t id, int64_t now)
{
  g_autoptr (FikaReminder) reminder = fika_reminders_get (store, id, NULL);

  return reminder == NULL || effect_of_claim (reminder, now) == FIKA_REMINDER_REFUSED;
}

/* FALSE when there is no more to claim, or with an error. */
static gboolean
claim_batch (FikaClaims *self, FikaStore *store, FikaPopups *popups, int64_t now, GError **error)
{
  g_autoptr (GPtrArray) rows = fika_reminders_due (store, now, BATCH, error);
  gboolean progress = FALSE;
  guint n_rows;

  if (rows == NULL)
    return FALSE;

  n_rows = rows->len;
  while (rows->len > 0)
    {
      g_autoptr (FikaReminder) row = g_ptr_array_steal_index (rows, 0);
      FikaPopup *popup = fika_popups_find_row (popups, row->id);
      int64_t id = row->id;
      GError *claim_error = NULL;
      gboolean claimed;

      /* Its lease may be over, but its server still has the question. */
      if (popup != NULL && popup->state == FIKA_POPUP_POSTING)
        continue;
      if (effect_of_claim (row, now) == FIKA_REMINDER_TELL_ALONE)
        {
          if (self->suspect == NULL)
            self->suspect = g_steal_pointer (&row);
          continue;
        }
      claimed = claim (self, store, g_steal_pointer (&row), now, &claim_error);
      if (claim_error != NULL)
        {
          g_propagate_error (error, claim_error);
          return FALSE;
        }
      progress |= claimed || is_over (store, id, now);
    }

  return progress && n_rows == BATCH;
}

/**
 * fika_claims_take:
 * @self: what is due
 * @store: the data
 * @popups: what is on its way to the screen already
 * @now: UTC seconds
 * @error: return location for an error
 *
 * Claims everything that is to be told by @now, with the plans as they are; sets aside what was
 * tried too often. What was tried before is claimed alone.
 *
 * Returns: whether all was claimed; where not, @self has what was
 */
gboolean
fika_claims_take (FikaClaims *self,
                  FikaStore *store,
                  FikaPopups *popups,
                  int64_t now,
                  GError **error)
{
  GError *claim_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_POPUPS (popups), FALSE);

  while (claim_batch (self, store, popups, now, &claim_error))
    ;
  /* Else it has its turn once what was claimed is on the screen. */
  if (claim_error == NULL && self->suspect != NULL && self->fresh->len == 0
      && self->missed_ids->len == 0)
    claim (self, store, g_steal_pointer (&self->suspect), now, &claim_error);
  if (claim_error != NULL)
    g_propagate_error (error, claim_error);

  return claim_error == NULL;
}
