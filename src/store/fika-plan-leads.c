#include "config.h"

#include "store/fika-plan-leads-private.h"

#include "store/fika-reminder.h"
#include "store/fika-tables-private.h"

enum
{
  CATCHUP_LEADS,
  SERIES_LEADS,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [CATCHUP_LEADS] = "SELECT l.minutes, c.minutes FROM lead l JOIN catchup c ON c.id = l.catchup"
                    " WHERE l.catchup = ?1 ORDER BY l.minutes",
  [SERIES_LEADS] = "SELECT l.minutes, s.minutes FROM lead l JOIN series s ON s.id = l.series"
                   " WHERE l.series = ?1 ORDER BY l.minutes",
};

const FikaStatements fika_plan_leads_statements = { "plan leads", sql, N_SQL };

void
fika_plan_leads_clear (FikaPlanLeads *self)
{
  g_clear_pointer (&self->minutes, g_array_unref);
}
int
fika_plan_leads_at (const FikaPlanLeads *self, guint i)
{
  return g_array_index (self->minutes, int, i);
}

/* A loose plan that is told at all is told once more, in the last third of its window; and a plan
 * that is told at all is asked about: negative leads. */
gboolean
fika_plan_leads_read (FikaPlanLeads *self,
                      FikaStore *store,
                      gboolean of_series,
                      int64_t id,
                      FikaWindow window,
                      GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;
  GError *local_error = NULL;
  int length = 0;

  fika_store_get_reminder_policy (store, &self->policy);
  self->minutes = g_array_new (FALSE, FALSE, sizeof (int));
  stmt = fika_db_use (fika_store_get_db (store), sql[of_series ? SERIES_LEADS : CATCHUP_LEADS],
                      error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  while (fika_stmt_step (stmt, &local_error))
    {
      int minutes = (int) fika_stmt_int (stmt, 0);

      length = (int) fika_stmt_int (stmt, 1);
      g_array_append_val (self->minutes, minutes);
    }
  if (!fika_propagate (error, local_error))
    return FALSE;
  if (self->minutes->len == 0)
    return TRUE;

  if (window != FIKA_WINDOW_EXACT)
    {
      int from, to, lead;

      fika_window_span (window, &from, &to);
      lead = -(to - from) * 2 / 3;
      g_array_prepend_val (self->minutes, lead);
    }
  if (self->policy.ask)
    {
      self->asking = fika_due_asking_lead (window, length);
      g_array_prepend_val (self->minutes, self->asking);
    }
  return TRUE;
}

int64_t
fika_plan_leads_due (const FikaPlanLeads *self, int64_t start, int lead)
{
  if (lead == self->asking && lead != 0)
    return fika_due_of_asking (&self->policy, start, lead);
  return fika_due_of_plan (&self->policy, start, lead);
}

/* Whether a shorter lead tells at the very same time, as when both wait for the quiet hours to end.
 */
gboolean
fika_plan_leads_is_repeated (const FikaPlanLeads *self, int64_t start, guint i)
{
  int lead = fika_plan_leads_at (self, i);

  if (i == 0 || lead <= 0 || fika_plan_leads_at (self, i - 1) < 0)
    return FALSE;
  return fika_plan_leads_due (self, start, lead)
         == fika_plan_leads_due (self, start, fika_plan_leads_at (self, i - 1));
}
