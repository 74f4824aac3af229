#include "config.h"

#include "base/fika-login-private.h"

#include "base/fika-error.h"
#include "base/fika-paths.h"

#include <glib/gi18n-lib.h>

gboolean
fika_login_refused (const char *reason, GError **error)
{
  g_set_error (
      error, FIKA_ERROR, FIKA_ERROR_FAILED,
      /* Translators: %s is the system's reason */
      _ ("Starting at login could not be changed: %s. Nothing else is affected; try again, or "
         "change it in the settings of your desktop."),
      reason);

  return FALSE;
}

/**
 * fika_login_read:
 * @bus: (nullable): the session bus
 * @login: (out caller-allocates): how it is
 *
 * Finds out whether the background service is started at login, from what would start it, never
 * from what was once asked for. In a sandbox, where nothing can be asked, it is the desktop's last
 * answer. May block for as long as others take to answer.
 */
void
fika_login_read (GDBusConnection *bus, FikaLogin *login)
{
  g_return_if_fail (bus == NULL || G_IS_DBUS_CONNECTION (bus));
  g_return_if_fail (login != NULL);

  if (fika_paths_is_sandboxed ())
    {
      login->way = FIKA_LOGIN_BY_PORTAL;
      login->on = fika_login_portal_get ();
    }
  else if (fika_login_unit_find (bus, &login->on))
    {
      login->way = FIKA_LOGIN_BY_UNIT;
    }
  else
    {
      login->way = FIKA_LOGIN_BY_ENTRY;
      login->on = fika_login_entry_get ();
    }
}

/* Turns one way on or off, and every other off: what starts it twice, or after it was turned off,
 * is no better than what does not start it. */
static gboolean
set_outside (GDBusConnection *bus, gboolean on, GError **error)
{
  gboolean enabled = FALSE;
  gboolean by_unit = fika_login_unit_find (bus, &enabled);

  if (by_unit)
    return fika_login_unit_set (bus, on, error) && fika_login_entry_set (FALSE, error);
  /* A systemd that does not start this session may start the next. */
  if (fika_login_unit_known (bus, &enabled) && enabled && !fika_login_unit_set (bus, FALSE, error))
    return FALSE;

  return fika_login_entry_set (on, error);
}

/**
 * fika_login_set:
 * @bus: (nullable): the session bus
 * @on: whether the background service should be started at login
 * @login: (out caller-allocates): how it is then, done or not
 * @cancellable: (nullable): gives up waiting for a person's answer to the desktop
 * @error: why it could not be done, in plain words
 *
 * By systemd's unit where a systemd starts the session, by the portal in a sandbox, and by an entry
 * of the desktop elsewhere; never by two. Blocks, in a sandbox until the person has answered.
 *
 * Returns: whether it is so now
 */
gboolean
fika_login_set (GDBusConnection *bus,
                gboolean on,
                FikaLogin *login,
                GCancellable *cancellable,
                GError **error)
{
  gboolean done;

  g_return_val_if_fail (bus == NULL || G_IS_DBUS_CONNECTION (bus), FALSE);
  g_return_val_if_fail (login != NULL, FALSE);

  if (fika_paths_is_sandboxed ())
    done = fika_login_portal_set (bus, on, cancellable, error);
  else
    done = set_outside (bus, on, error);
  fika_login_read (bus, login);
  if (done && !login->on != !on)
    return fika_login_refused (_ ("it did not take effect"), error);

  return done;
}

/* The same in a thread: the other sides may take their time. */

typedef struct
{
  GDBusConnection *bus;
  gboolean on;
  FikaLogin login;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->bus);
  g_free (job);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  fika_login_read (job->bus, &job->login);
  g_task_return_boolean (task, TRUE);
}

static void
set_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (fika_login_set (job->bus, job->on, &job->login, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run (GDBusConnection *bus,
     gboolean on,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data,
     GTaskThreadFunc function)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->on = on;
  g_set_object (&job->bus, bus);
  g_task_set_task_data (task, job, job_free);
  /* Set must say how it is, also when nobody waits any more. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, function);
}

static gboolean
finish (GAsyncResult *result, FikaLogin *login, GError **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (login != NULL, FALSE);

  job = g_task_get_task_data (G_TASK (result));
  *login = job->login;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * fika_login_read_async:
 * @bus: (nullable): the session bus
 * @cancellable: (nullable): not used to stop it, but kept with the answer
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * See fika_login_read ().
 */
void
fika_login_read_async (GDBusConnection *bus,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  run (bus, FALSE, cancellable, callback, user_data, read_in_thread);
}

/**
 * fika_login_read_finish:
 * @result: of the call
 * @login: (out caller-allocates): how it is
 * @error: never set
 *
 * Returns: %TRUE
 */
gboolean
fika_login_read_finish (GAsyncResult *result, FikaLogin *login, GError **error)
{
  return finish (result, login, error);
}

/**
 * fika_login_set_async:
 * @bus: (nullable): the session bus
 * @on: whether the background service should be started at login
 * @cancellable: (nullable): gives up waiting for a person's answer to the desktop
 * @callback: called when it is done, or could not be
 * @user_data: for @callback
 *
 * See fika_login_set ().
 */
void
fika_login_set_async (GDBusConnection *bus,
                      gboolean on,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  run (bus, on, cancellable, callback, user_data, set_in_thread);
}

/**
 * fika_login_set_finish:
 * @result: of the call
 * @login: (out caller-allocates): how it is now, also with an error
 * @error: why it could not be done, in plain words
 *
 * Returns: whether it is so now
 */
gboolean
fika_login_set_finish (GAsyncResult *result, FikaLogin *login, GError **error)
{
  return finish (result, login, error);
}
