#include "config.h"

#include "command/fika-commands.h"

#include "command/fika-command-private.h"
#include "store/fika-topic-table.h"

#include <glib/gi18n-lib.h>

/* A topic without a date in the open action; one that is open already with the same words stays. */
gboolean
fika_write_topic (FikaStore *store, int64_t person, const char *text, FikaDay day, GError **error)
{
  g_autoptr (FikaPerson) live = fika_store_get_person (store, person, error);
  g_autoptr (GPtrArray) open = NULL;
  FikaTopic topic = {
    .person = person,
    .text = (char *) text,
    .day = day,
    .closed = FIKA_UTC_NONE,
  };

  if (live == NULL)
    return FALSE;

  open = fika_store_topics (store, live, TRUE);
  for (guint i = 0; i < open->len; i++)
    {
      const FikaTopic *other = g_ptr_array_index (open, i);

      if (!other->promise && g_str_equal (other->text, text))
        return TRUE;
    }

  return fika_topic_table_insert (store, &topic, error) != 0;
}

static gboolean
add (FikaStore *store,
     FikaPerson *person,
     const FikaTopic *topic,
     const char *label,
     const char *source,
     GError **error)
{
  g_autoptr (FikaPerson) live = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  live = fika_store_get_person (store, fika_person_get_id (person), error);

  return live != NULL && fika_action_begin (&action, store, label, source, error)
         && fika_topic_table_insert (store, topic, error) != 0
         && fika_action_commit (&action, error);
}

/**
 * fika_command_add_topic:
 * @store: the store
 * @person: somebody
 * @text: what to raise next time
 * @day: from when on, or %FIKA_DAY_NONE
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Notes something to raise with a person.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_add_topic (FikaStore *store,
                        FikaPerson *person,
                        const char *text,
                        FikaDay day,
                        const char *source,
                        GError **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  FikaTopic topic = { .day = day, .closed = FIKA_UTC_NONE };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_PERSON (person), FALSE);

  clean = fika_check_text (text, _ ("topic"), error);
  if (clean == NULL || !fika_check_day (day, _ ("date"), error))
    return FALSE;

  name = fika_label_quote (fika_person_get_name (person));
  label = g_strdup_printf (_ ("Add a topic for %s"), name);
  topic.person = fika_person_get_id (person);
  topic.text = clean;

  return add (store, person, &topic, label, source, error);
}

/**
 * fika_command_add_promise:
 * @store: the store
 * @person: somebody
 * @theirs: whether they promised it; otherwise I did
 * @text: what was promised
 * @due: by when, or %FIKA_DAY_NONE
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Notes something owed either way.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_add_promise (FikaStore *store,
                          FikaPerson *person,
                          gboolean theirs,
                          const char *text,
                          FikaDay due,
                          const char *source,
                          GError **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  FikaTopic topic = { .promise = TRUE, .day = due, .closed = FIKA_UTC_NONE };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_PERSON (person), FALSE);

  clean = fika_check_text (text, _ ("promise"), error);
  if (clean == NULL || !fika_check_day (due, _ ("due date"), error))
    return FALSE;

  name = fika_label_quote (fika_person_get_name (person));
  label = g_strdup_printf (theirs ? _ ("Add a promise of %s") : _ ("Add a promise to %s"), name);
  topic.person = fika_person_get_id (person);
  topic.theirs = theirs != FALSE;
  topic.text = clean;

  return add (store, person, &topic, label, source, error);
}

/**
 * fika_command_close_topic:
 * @store: the store
 * @topic: a topic or promise
 * @closed: whether it was raised or kept; otherwise it is open again
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Ticks a topic or promise off, or opens it again.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_close_topic (FikaStore *store,
                          const FikaTopic *topic,
                          gboolean closed,
                          const char *source,
                          GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  FikaTopic changed;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  changed = *topic;
  if (!closed)
    changed.closed = FIKA_UTC_NONE;
  else if (changed.closed == FIKA_UTC_NONE)
    changed.closed = fika_store_now (store);

  text = fika_label_quote (topic->text);
  label = g_strdup_printf (closed ? _ ("Tick off “%s”") : _ ("Reopen “%s”"), text);

  return fika_action_begin (&action, store, label, source, error)
         && fika_topic_table_update (store, &changed, error) && fika_action_commit (&action, error);
}

/**
 * fika_command_delete_topic:
 * @store: the store
 * @topic: a topic or promise
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Deletes a topic or promise.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_delete_topic (FikaStore *store,
                           const FikaTopic *topic,
                           const char *source,
                           GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  text = fika_label_quote (topic->text);
  label = g_strdup_printf (_ ("Delete “%s”"), text);

  return fika_action_begin (&action, store, label, source, error)
         && fika_topic_table_delete (store, topic, error) && fika_action_commit (&action, error);
}
