#include "config.h"

#include "service/fika-notify-worker.h"

#include "service/fika-notify-notifier.h"

#include <libnotify/notify.h>

/* What the bus's own thread sees of the questions that libnotify puts. libnotify gives up after 25
 * seconds and does not tell which notification the server made after that; the reply does. */
typedef struct
{
  GMutex lock;
  guint32 serial;           /* of the last Notify call sent */
  GHashTable *answers;      /* serial → FikaNotifyAnswer, until they are taken */
  GHashTable *open;         /* serials whose reply is of interest */
  GMainContext *main;       /* where the worker is told of them */
  FikaNotifyWorker *worker; /* not owned; only looked at on the main context */
} Replies;

struct _FikaNotifyWorker
{
  GObject parent_instance;

  GDBusConnection *connection;
  Replies *replies;
  guint filter;

  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

enum
{
  NUMBERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaNotifyWorker, fika_notify_worker, G_TYPE_OBJECT)

typedef struct
{
  FikaNotification *notification;
  Replies *replies;
  gboolean actions;
  gboolean markup;
} Job;

typedef struct
{
  Replies *replies;
  char *owner;
  guint number;
} Numbered;

/**
 * fika_notify_answer_free:
 * @self: (transfer full): an answer
 */
void
fika_notify_answer_free (FikaNotifyAnswer *self)
{
  g_free (self->owner);
  g_free (self);
}

static void
replies_clear (gpointer data)
{
  Replies *replies = data;

  g_mutex_clear (&replies->lock);
  g_hash_table_unref (replies->answers);
  g_hash_table_unref (replies->open);
  g_main_context_unref (replies->main);
}

static void
replies_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, replies_clear);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  fika_notification_unref (job->notification);
  replies_release (job->replies);
  g_free (job);
}

static void
numbered_free (gpointer data)
{
  Numbered *numbered = data;

  replies_release (numbered->replies);
  g_free (numbered->owner);
  g_free (numbered);
}

static gboolean
numbered_cb (gpointer user_data)
{
  Numbered *numbered = user_data;

  if (numbered->replies->worker != NULL)
    g_signal_emit (numbered->replies->worker, signals[NUMBERED], 0, numbered->owner,
                   numbered->number);

  return G_SOURCE_REMOVE;
}

/* In the way and with the priority that GDBus passes signals on, so that they stay in order. */
static void
tell_number (Replies *replies, const FikaNotifyAnswer *answer)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Numbered *numbered = g_new0 (Numbered, 1);

  numbered->replies = g_atomic_rc_box_acquire (replies);
  numbered->owner = g_strdup (answer->owner);
  numbered->number = answer->number;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "fika-notify-worker-numbered");
  g_source_set_callback (source, numbered_cb, numbered, numbered_free);
  g_source_attach (source, replies->main);
}

/* Runs on the bus's thread for every message: does little, and passes each on. */
static GDBusMessage *
filter_cb (GDBusConnection *connection,
           GDBusMessage *message,
           gboolean incoming,
           gpointer user_data)
{
  Replies *replies = user_data;
  GDBusMessageType type = g_dbus_message_get_message_type (message);

  if (!incoming && type == G_DBUS_MESSAGE_TYPE_METHOD_CALL
      && g_strcmp0 (g_dbus_message_get_member (message), "Notify") == 0
      && g_strcmp0 (g_dbus_message_get_interface (message), FIKA_NOTIFICATIONS_INTERFACE) == 0)
    {
      guint32 serial = g_dbus_message_get_serial (message);

      g_mutex_lock (&replies->lock);
      replies->serial = serial;
      g_hash_table_add (replies->open, GUINT_TO_POINTER (serial));
      g_mutex_unlock (&replies->lock);
    }
  else if (incoming
           && (type == G_DBUS_MESSAGE_TYPE_METHOD_RETURN || type == G_DBUS_MESSAGE_TYPE_ERROR))
    {
      gpointer serial = GUINT_TO_POINTER (g_dbus_message_get_reply_serial (message));
      GVariant *body = g_dbus_message_get_body (message);

      g_mutex_lock (&replies->lock);
      if (g_hash_table_remove (replies->open, serial) && body != NULL
          && g_variant_is_of_type (body, G_VARIANT_TYPE ("(u)")))
        {
          FikaNotifyAnswer *answer = g_new0 (FikaNotifyAnswer, 1);

          g_variant_get (body, "(u)", &answer->number);
          answer->owner = g_strdup (g_dbus_message_get_sender (message));
          answer->serial = GPOINTER_TO_UINT (serial);
          tell_number (replies, answer);
          g_hash_table_insert (replies->answers, serial, answer);
        }
      g_mutex_unlock (&replies->lock);
    }

  return message;
}

static FikaNotifyAnswer *
take_answer (Replies *replies, guint32 serial)
{
  gpointer answer = NULL;

  g_mutex_lock (&replies->lock);
  g_hash_table_steal_extended (replies->answers, GUINT_TO_POINTER (serial), NULL, &answer);
  g_mutex_unlock (&replies->lock);

  return answer;
}

/* libnotify wants a function for each button. What it would tell comes from the bus directly, since
 * libnotify asks neither which server pressed nor which key of ours it was. */
static void
ignore_action_cb (NotifyNotification *notification, char *action, gpointer user_data)
{
}

static NotifyNotification *
compose (const Job *job)
{
  const FikaNotification *from = job->notification;
  g_autofree char *title = fika_notification_clean_title (from->title);
  g_autofree char *body = fika_notification_clean_body (from->body, job->markup);
  NotifyNotification *notification
      = g_object_new (NOTIFY_TYPE_NOTIFICATION, "id", (int) from->replaces, "summary", title,
                      "body", body, "icon-name", FIKA_APP_ID, NULL);

  notify_notification_set_hint (notification, "desktop-entry", g_variant_new_string (FIKA_APP_ID));
  notify_notification_set_hint (notification, "x-dunst-stack-tag",
                                g_variant_new_string (from->tag));
  /* A locked screen says that there is something, and not what. */
  notify_notification_set_hint (notification, "x-gnome-privacy-scope",
                                g_variant_new_string ("user"));

  if (job->actions)
    {
      for (guint i = 0; i < from->buttons->len; i++)
        {
          const FikaNotificationButton *button = g_ptr_array_index (from->buttons, i);

          notify_notification_add_action (notification, button->key, button->label,
                                          ignore_action_cb, NULL, NULL);
        }
    }

  return notification;
}

static gboolean
show_cb (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GObject) notification = NULL;
  g_autoptr (FikaNotifyAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  guint32 serial;
  gboolean shown;

  if (!notify_is_initted ())
    notify_init ("Fika");

  g_mutex_lock (&job->replies->lock);
  job->replies->serial = 0;
  g_mutex_unlock (&job->replies->lock);

  notification = G_OBJECT (compose (job));
  shown = notify_notification_show (NOTIFY_NOTIFICATION (notification), &error);

  g_mutex_lock (&job->replies->lock);
  serial = job->replies->serial;
  g_mutex_unlock (&job->replies->lock);

  answer = take_answer (job->replies, serial);
  if (answer == NULL && !shown && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    {
      answer = g_new0 (FikaNotifyAnswer, 1);
      answer->serial = serial;
    }

  if (answer != NULL)
    g_task_return_pointer (task, g_steal_pointer (&answer),
                           (GDestroyNotify) fika_notify_answer_free);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             "The notification server gave no number");

  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  GMainLoop *loop = data;
  GMainContext *context = g_main_loop_get_context (loop);

  /* libnotify's proxy belongs to the context that is the thread's default when it is made. */
  g_main_context_push_thread_default (context);
  g_main_loop_run (loop);
  if (notify_is_initted ())
    notify_uninit ();
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_main_loop_unref (loop);

  return NULL;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static void
fika_notify_worker_dispose (GObject *object)
{
  FikaNotifyWorker *self = FIKA_NOTIFY_WORKER (object);

  if (self->filter != 0)
    g_dbus_connection_remove_filter (self->connection, self->filter);
  self->filter = 0;

  if (self->thread != NULL)
    {
      /* Nothing is in flight: a job holds a reference to the worker. */
      g_main_context_invoke (self->context, quit_cb, self->loop);
      g_thread_join (g_steal_pointer (&self->thread));
    }

  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  if (self->replies != NULL)
    self->replies->worker = NULL;
  g_clear_pointer (&self->replies, replies_release);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (fika_notify_worker_parent_class)->dispose (object);
}

static void
fika_notify_worker_class_init (FikaNotifyWorkerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fika_notify_worker_dispose;

  signals[NUMBERED] = g_signal_new ("numbered", FIKA_TYPE_NOTIFY_WORKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
fika_notify_worker_init (FikaNotifyWorker *self)
{
  self->replies = g_atomic_rc_box_new0 (Replies);
  g_mutex_init (&self->replies->lock);
  self->replies->answers
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) fika_notify_answer_free);
  self->replies->open = g_hash_table_new (NULL, NULL);
  self->replies->main = g_main_context_ref_thread_default ();
  self->replies->worker = self;
}

/**
 * fika_notify_worker_new:
 * @connection: the session bus, the same that libnotify uses
 *
 * Returns: (transfer full): a worker whose thread does not run yet
 */
FikaNotifyWorker *
fika_notify_worker_new (GDBusConnection *connection)
{
  FikaNotifyWorker *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (FIKA_TYPE_NOTIFY_WORKER, NULL);
  self->connection = g_object_ref (connection);
  self->filter = g_dbus_connection_add_filter (
      connection, filter_cb, g_atomic_rc_box_acquire (self->replies), replies_release);

  return self;
}

/**
 * fika_notify_worker_show_async:
 * @self: a worker
 * @notification: what to show
 * @actions: whether the server can show buttons
 * @markup: whether it reads markup
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Shows a notification with libnotify. Calls queue up.
 */
void
fika_notify_worker_show_async (FikaNotifyWorker *self,
                               FikaNotification *notification,
                               gboolean actions,
                               gboolean markup,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (FIKA_IS_NOTIFY_WORKER (self));
  g_return_if_fail (notification != NULL);

  if (self->thread == NULL)
    {
      self->context = g_main_context_new ();
      self->loop = g_main_loop_new (self->context, FALSE);
      self->thread = g_thread_new ("notify", run, g_main_loop_ref (self->loop));
    }

  job = g_new0 (Job, 1);
  job->notification = fika_notification_ref (notification);
  job->replies = g_atomic_rc_box_acquire (self->replies);
  job->actions = actions;
  job->markup = markup;

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, fika_notify_worker_show_async);
  g_task_set_task_data (task, job, job_free);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, show_cb, task, g_object_unref);
}

/**
 * fika_notify_worker_show_finish:
 * @self: a worker
 * @result: as the callback got it
 * @error: the bus's own
 *
 * Returns: (transfer full): the answer; one without a number when the server gave none in time, and
 *   may yet give it where it was asked: see fika_notify_worker_take_answer ()
 */
FikaNotifyAnswer *
fika_notify_worker_show_finish (FikaNotifyWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fika_notify_worker_take_answer:
 * @self: a worker
 * @answer: one without a number; completed when this returns %TRUE
 *
 * Asks whether the server answered after all. The bus keeps order, so after the answer to a later
 * question this is the last word.
 *
 * Returns: whether it did
 */
gboolean
fika_notify_worker_take_answer (FikaNotifyWorker *self, FikaNotifyAnswer *answer)
{
  g_autoptr (FikaNotifyAnswer) late = NULL;

  g_return_val_if_fail (FIKA_IS_NOTIFY_WORKER (self), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  late = take_answer (self->replies, answer->serial);
  if (late == NULL)
    return FALSE;

  answer->number = late->number;
  g_free (answer->owner);
  answer->owner = g_steal_pointer (&late->owner);

  return TRUE;
}
