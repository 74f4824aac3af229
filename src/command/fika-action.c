#include "config.h"

#include "command/fika-command-private.h"

#include "base/fika-text.h"

#include <glib/gi18n-lib.h>

/* Longest name or title in a label, in characters. */
#define LABEL_TEXT_MAX 60

/**
 * fika_action_begin:
 * @self: an action that is not open
 * @store: the store
 * @label: what the person does, in their words
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Opens an action; what is written from now on is undone together.
 *
 * Returns: %FALSE with an error where nothing can be written
 */
gboolean
fika_action_begin (FikaAction *self,
                   FikaStore *store,
                   const char *label,
                   const char *source,
                   GError **error)
{
  g_assert (self->store == NULL);

  if (!fika_store_begin (store, label, source, error))
    return FALSE;

  self->store = g_object_ref (store);

  return TRUE;
}

/**
 * fika_action_commit:
 * @self: an open action
 * @error: return location
 *
 * Makes the action last. Where that fails nothing of it is left.
 *
 * Returns: whether it lasts
 */
gboolean
fika_action_commit (FikaAction *self, GError **error)
{
  g_autoptr (FikaStore) store = g_steal_pointer (&self->store);

  g_assert (store != NULL);

  return fika_store_commit (store, error);
}

void
fika_action_clear (FikaAction *self)
{
  if (self->store == NULL)
    return;

  fika_store_rollback (self->store);
  g_clear_object (&self->store);
}

/* What is done, after a verb: "Plan …", "Log …", "Delete …". */
static const char *const objects[FIKA_N_KINDS] = {
  [FIKA_KIND_CALL] = NC_ ("after a verb", "a call with %s"),
  [FIKA_KIND_VIDEO] = NC_ ("after a verb", "a video call with %s"),
  [FIKA_KIND_MESSAGE] = NC_ ("after a verb", "a message to %s"),
  [FIKA_KIND_LETTER] = NC_ ("after a verb", "a letter to %s"),
  [FIKA_KIND_COFFEE] = NC_ ("after a verb", "coffee with %s"),
  [FIKA_KIND_MEAL] = NC_ ("after a verb", "a meal with %s"),
  [FIKA_KIND_WALK] = NC_ ("after a verb", "a walk with %s"),
  [FIKA_KIND_VISIT] = NC_ ("after a verb", "a visit with %s"),
  [FIKA_KIND_ACTIVITY] = NC_ ("after a verb", "an activity with %s"),
  [FIKA_KIND_SESSION] = NC_ ("after a verb", "a session of %s"),
  [FIKA_KIND_OTHER] = NC_ ("after a verb", "time with %s"),
};

char *
fika_label_quote (const char *text)
{
  return fika_text_clip (text, LABEL_TEXT_MAX);
}

char *
fika_label_object (FikaPlan *plan)
{
  g_autofree char *names = fika_plan_dup_people_names (plan);
  FikaGroup *group = fika_plan_get_group (plan);
  FikaKind kind = fika_plan_get_kind (plan);
  g_autofree char *clipped = NULL;

  if (fika_plan_get_title (plan)[0] != '\0' || (names[0] == '\0' && group == NULL))
    {
      g_autofree char *title = fika_plan_dup_display_title (plan);

      clipped = fika_label_quote (title);

      return g_strdup_printf (_ ("“%s”"), clipped);
    }

  if (group != NULL && (kind == FIKA_KIND_SESSION || names[0] == '\0'))
    clipped = fika_label_quote (fika_group_get_name (group));
  else
    clipped = fika_label_quote (names);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (g_dpgettext2 (GETTEXT_PACKAGE, "after a verb", objects[kind]), clipped);
#pragma GCC diagnostic pop
}
