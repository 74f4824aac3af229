#include "config.h"

#include "fake-notifier.h"

#include "base/fika-error.h"

#include <signal.h>

struct _FakeNotifier
{
  GObject parent_instance;

  FikaServerState state;
  GPtrArray *shown; /* FakeShown */
  GPtrArray *held;  /* GTask */
  gboolean hold;
  gboolean reuse;
  gboolean ending;
  int failing;
  char *fatal;
  guint last;
};

static void notifier_init (FikaNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeNotifier,
                               fake_notifier,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FIKA_TYPE_NOTIFIER, notifier_init))

typedef struct
{
  guint number;
  char *server;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->server);
  g_free (answer);
}

static void
shown_free (gpointer data)
{
  FakeShown *shown = data;

  fika_notification_unref (shown->notification);
  g_free (shown);
}

static const FikaServerState *
get_state (FikaNotifier *notifier)
{
  return &FAKE_NOTIFIER (notifier)->state;
}

static FakeShown *
find_on_screen (FakeNotifier *self, guint number)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      FakeShown *shown = g_ptr_array_index (self->shown, i);

      if (shown->on_screen && shown->number == number)
        return shown;
    }

  return NULL;
}

static guint
next_number (FakeNotifier *self, guint replaces)
{
  guint number;

  if (replaces != 0 && find_on_screen (self, replaces) != NULL)
    return replaces;
  if (!self->reuse)
    return ++self->last;

  for (number = 1; find_on_screen (self, number) != NULL; number++)
    ;
  return number;
}

static void
answer (FakeNotifier *self, GTask *task)
{
  FikaNotification *notification = g_task_get_task_data (task);

  if (self->state.server == NULL)
    {
      g_task_return_new_error (task, FIKA_ERROR, FIKA_ERROR_NOT_FOUND, "No server");
    }
  else if (self->ending)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "It ended");
      fake_notifier_set_server (self, NULL, FALSE);
    }
  else if (self->failing != 0)
    {
      g_task_return_new_error (task, FIKA_ERROR, self->failing, "Failing");
    }
  else
    {
      FakeShown *shown = g_new0 (FakeShown, 1);
      Answer *result = g_new0 (Answer, 1);
      FakeShown *replaced;

      shown->number = next_number (self, notification->replaces);
      replaced = find_on_screen (self, shown->number);
      if (replaced != NULL)
        replaced->on_screen = FALSE;
      shown->notification = fika_notification_ref (notification);
      shown->on_screen = TRUE;
      g_ptr_array_add (self->shown, shown);

      result->number = shown->number;
      result->server = g_strdup (self->state.server);
      g_task_return_pointer (task, result, answer_free);
    }
}

static void
show_async (FikaNotifier *notifier,
            FikaNotification *notification,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  FakeNotifier *self = FAKE_NOTIFIER (notifier);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->fatal != NULL && strstr (notification->title, self->fatal) != NULL)
    raise (SIGKILL);

  g_task_set_task_data (task, fika_notification_ref (notification),
                        (GDestroyNotify) fika_notification_unref);
  if (self->hold)
    g_ptr_array_add (self->held, g_steal_pointer (&task));
  else
    answer (self, task);
}

static gboolean
show_finish (FikaNotifier *notifier,
             GAsyncResult *result,
             guint *number,
             char **server,
             GError **error)
{
  Answer *got = g_task_propagate_pointer (G_TASK (result), error);

  if (got == NULL)
    return FALSE;

  *number = got->number;
  *server = g_strdup (got->server);
  answer_free (got);

  return TRUE;
}

static void
close_number (FikaNotifier *notifier, guint number)
{
  FakeNotifier *self = FAKE_NOTIFIER (notifier);
  FakeShown *shown = find_on_screen (self, number);

  if (shown != NULL)
    fake_notifier_close_with (self, shown, FIKA_CLOSED_BY_CALL);
}

static void
notifier_init (FikaNotifierInterface *iface)
{
  iface->get_state = get_state;
  iface->show_async = show_async;
  iface->show_finish = show_finish;
  iface->close = close_number;
}

static void
fake_notifier_finalize (GObject *object)
{
  FakeNotifier *self = FAKE_NOTIFIER (object);

  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->held);
  g_free (self->state.server);
  g_free (self->state.name);
  g_free (self->fatal);

  G_OBJECT_CLASS (fake_notifier_parent_class)->finalize (object);
}

static void
fake_notifier_class_init (FakeNotifierClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fake_notifier_finalize;
}

static void
fake_notifier_init (FakeNotifier *self)
{
  self->shown = g_ptr_array_new_with_free_func (shown_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
}

FakeNotifier *
fake_notifier_new (const char *server)
{
  FakeNotifier *self = g_object_new (FAKE_TYPE_NOTIFIER, NULL);

  self->state.ready = TRUE;
  self->state.actions = TRUE;
  self->state.reachable = server != NULL;
  self->state.server = g_strdup (server);

  return self;
}

void
fake_notifier_set_server (FakeNotifier *self, const char *server, gboolean reachable)
{
  g_free (self->state.server);
  self->state.server = g_strdup (server);
  self->state.reachable = reachable;
  for (guint i = 0; i < self->shown->len; i++)
    ((FakeShown *) g_ptr_array_index (self->shown, i))->on_screen = FALSE;
  fika_notifier_emit_changed (FIKA_NOTIFIER (self));
}

void
fake_notifier_set_stuck (FakeNotifier *self, gboolean stuck)
{
  self->state.stuck = stuck;
  fika_notifier_emit_changed (FIKA_NOTIFIER (self));
}

void
fake_notifier_set_failing (FakeNotifier *self, int code)
{
  self->failing = code;
}

void
fake_notifier_set_fatal (FakeNotifier *self, const char *title)
{
  g_free (self->fatal);
  self->fatal = g_strdup (title);
}

void
fake_notifier_set_ending (FakeNotifier *self, gboolean ending)
{
  self->ending = ending;
}

void
fake_notifier_hold (FakeNotifier *self, gboolean hold)
{
  g_autoptr (GPtrArray) held = NULL;

  self->hold = hold;
  if (hold)
    return;

  held = g_steal_pointer (&self->held);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < held->len; i++)
    answer (self, g_ptr_array_index (held, i));
}

void
fake_notifier_set_reuse (FakeNotifier *self, gboolean reuse)
{
  self->reuse = reuse;
}

guint
fake_notifier_n_shown (FakeNotifier *self)
{
  return self->shown->len;
}

FakeShown *
fake_notifier_get (FakeNotifier *self, guint index)
{
  g_assert_cmpuint (index, <, self->shown->len);

  return g_ptr_array_index (self->shown, index);
}

FakeShown *
fake_notifier_last (FakeNotifier *self)
{
  g_assert_cmpuint (self->shown->len, >, 0);

  return g_ptr_array_index (self->shown, self->shown->len - 1);
}

guint
fake_notifier_n_on_screen (FakeNotifier *self)
{
  guint n = 0;

  for (guint i = 0; i < self->shown->len; i++)
    n += ((FakeShown *) g_ptr_array_index (self->shown, i))->on_screen;

  return n;
}

/* The key of a button by what comes before its token; NULL where there is no such button. */
const char *
fake_notifier_find_key (FakeShown *shown, const char *verb)
{
  for (guint i = 0; i < shown->notification->buttons->len; i++)
    {
      const FikaNotificationButton *button = g_ptr_array_index (shown->notification->buttons, i);
      gsize length = strlen (verb);

      if (strncmp (button->key, verb, length) == 0
          && (button->key[length] == ':' || button->key[length] == '\0'))
        return button->key;
    }

  return NULL;
}

void
fake_notifier_press (FakeNotifier *self, FakeShown *shown, const char *verb)
{
  const char *key = fake_notifier_find_key (shown, verb);

  g_assert_nonnull (key);
  fika_notifier_emit_action (FIKA_NOTIFIER (self), shown->number, key, "activation");
  fake_notifier_close_with (self, shown, FIKA_CLOSED_DISMISSED);
}

void
fake_notifier_close_with (FakeNotifier *self, FakeShown *shown, guint reason)
{
  if (!shown->on_screen)
    return;

  shown->on_screen = FALSE;
  fika_notifier_emit_closed (FIKA_NOTIFIER (self), shown->number, reason);
}
