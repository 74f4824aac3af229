#include "config.h"

#include "base/fika-service-client.h"

/* Milliseconds: a service that runs answers in a few. */
#define ANSWER_TIMEOUT 1000
#define END_TIMEOUT 3000

/* The number at *text, behind which it moves it; what is no number counts as 0. */
static guint64
take_number (const char **text)
{
  char *end;
  guint64 number;

  if (!g_ascii_isdigit (**text))
    {
      *text += strcspn (*text, ".");
      return 0;
    }
  number = g_ascii_strtoull (*text, &end, 10);
  *text = end + strcspn (end, ".");

  return number;
}

/**
 * fika_version_compare:
 * @one: a version of numbers with dots between them
 * @other: another
 *
 * Returns: less than, equal to or greater than 0 as @one is older than, the same as or newer than
 *   @other; "1.2" and "1.2.0" are the same
 */
int
fika_version_compare (const char *one, const char *other)
{
  g_return_val_if_fail (one != NULL && other != NULL, 0);

  while (*one != '\0' || *other != '\0')
    {
      guint64 number = take_number (&one);
      guint64 other_number = take_number (&other);

      if (number != other_number)
        return number < other_number ? -1 : 1;
      one += *one == '.';
      other += *other == '.';
    }

  return 0;
}

/**
 * fika_service_is_older:
 * @status: an a{sv}: what a service says of itself
 * @version: the version of this program
 *
 * Returns: whether the service that runs is of an older Fika
 */
gboolean
fika_service_is_older (GVariant *status, const char *version)
{
  const char *its;

  g_return_val_if_fail (g_variant_is_of_type (status, G_VARIANT_TYPE_VARDICT), FALSE);

  /* What does not say it is none of ours. */
  return g_variant_lookup (status, "version", "&s", &its)
         && fika_version_compare (its, version) < 0;
}

static GVariant *
call (GDBusConnection *bus, const char *method, const char *answer)
{
  return g_dbus_connection_call_sync (bus, FIKA_SERVICE_NAME, FIKA_SERVICE_PATH,
                                      FIKA_SERVICE_INTERFACE, method, NULL, G_VARIANT_TYPE (answer),
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_TIMEOUT, NULL, NULL);
}

static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* What is said to it before it is gone would be lost with it. */
static void
await_end (GDBusConnection *bus)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) timeout = g_timeout_source_new (END_TIMEOUT);
  gboolean over = FALSE;
  guint watch;

  g_main_context_push_thread_default (context);
  g_source_set_callback (timeout, timeout_cb, &over, NULL);
  g_source_attach (timeout, context);
  watch = g_bus_watch_name_on_connection (bus, FIKA_SERVICE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          NULL, vanished_cb, &over, NULL);
  while (!over)
    g_main_context_iteration (context, TRUE);
  g_bus_unwatch_name (watch);
  g_source_destroy (timeout);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

/**
 * fika_service_renew:
 * @bus: the session bus
 * @version: the version of this program
 *
 * Asks a service of an older Fika that still runs after an upgrade to end, and waits until it has:
 * the bus starts the new one for whoever calls next. Does nothing where none runs.
 */
void
fika_service_renew (GDBusConnection *bus, const char *version)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) status = NULL;
  g_autoptr (GVariant) quit = NULL;

  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));

  answer = call (bus, "Status", "(a{sv})");
  if (answer == NULL)
    return;
  status = g_variant_get_child_value (answer, 0);
  if (!fika_service_is_older (status, version))
    return;
  quit = call (bus, "Quit", "()");
  if (quit != NULL)
    await_end (bus);
}
