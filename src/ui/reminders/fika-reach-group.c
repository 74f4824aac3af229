#include "config.h"

#include "ui/reminders/fika-reach-group.h"

#include "base/fika-when.h"
#include "ui/fika-compat.h"
#include "ui/reminders/fika-reach.h"
#include "ui/widgets/fika-error-row.h"

#include <glib/gi18n.h>

struct _FikaReachGroup
{
  AdwPreferencesGroup parent_instance;

  FikaMainWindow *window; /* outlives the group */
  FikaReach *reach;
  GCancellable *cancellable;
  /* Meanwhile they stay sensitive: what has the keyboard keeps it. */
  gboolean setting_login;
  gboolean testing;

  AdwExpanderRow *status;
  GtkImage *status_icon;
  AdwActionRow *service;
  AdwActionRow *server;
  AdwActionRow *quiet;
  AdwActionRow *test_row;
  GtkWidget *test;
  AdwActionRow *login_row;
  GtkSwitch *login;
  FikaErrorRow *login_error;
};

G_DEFINE_FINAL_TYPE (FikaReachGroup, fika_reach_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_next (FikaReachGroup *self, const FikaReachState *state)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  g_autofree char *when = NULL;

  if (state->next == FIKA_UTC_NONE)
    return g_strdup (_ ("Nothing is to be told yet."));
  if (state->next <= fika_store_now (store))
    return g_strdup (_ ("The next one: now."));
  when = fika_when_day_and_time (fika_zone_from_utc (FIKA_ZONE_HERE, state->next),
                                 FIKA_WINDOW_EXACT, fika_store_today (store));
  /* Translators: %s is a day and a time */
  return g_strdup_printf (_ ("The next one: %s."), when);
}

static void
set_row_subtitle (gpointer row, const char *text)
{
  /* Names of programs are no markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_subtitle (row, escaped);
  else
    adw_action_row_set_subtitle (row, escaped);
}

static void
update_status (FikaReachGroup *self, const FikaReachState *state)
{
  FikaReachTrouble trouble = fika_reach_state_get_trouble (state);
  g_autofree char *next = trouble == FIKA_REACH_WELL ? dup_next (self, state) : NULL;
  g_autofree char *service = fika_reach_state_dup_service (state);
  g_autofree char *server = fika_reach_state_dup_server (state);
  const char *icon = "fika-reminder-symbolic";

  if (trouble == FIKA_REACH_WELL)
    icon = "fika-happened-symbolic";
  else if (trouble != FIKA_REACH_UNKNOWN)
    icon = "dialog-warning-symbolic";
  gtk_image_set_from_icon_name (self->status_icon, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->status),
                                 fika_reach_state_title (state));
  set_row_subtitle (self->status, next != NULL ? next : fika_reach_state_advice (state));
  set_row_subtitle (self->service, service);
  set_row_subtitle (self->server, server);
  set_row_subtitle (self->quiet, fika_reach_state_quiet (state));
  gtk_widget_set_sensitive (self->test, !state->asked || state->running);
}

static void
update_login (FikaReachGroup *self, const FikaReachState *state)
{
  set_row_subtitle (self->login_row, fika_reach_state_login (state));
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), state->login_known);
  if (!state->login_known || self->setting_login)
    return;
  /* The switch shows what is, not what was asked for. */
  g_signal_handlers_block_matched (self->login, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  gtk_switch_set_active (self->login, state->login.on);
  gtk_switch_set_state (self->login, state->login.on);
  g_signal_handlers_unblock_matched (self->login, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
}

static void
update (FikaReachGroup *self)
{
  const FikaReachState *state = fika_reach_get_state (self->reach);

  update_status (self, state);
  update_login (self, state);
}

static void
test_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaReachGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean shown = fika_service_link_test_finish (FIKA_SERVICE_LINK (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->testing = FALSE;
  if (shown)
    set_row_subtitle (self->test_row,
                      _ ("It was sent. If you did not see it, look at the notification settings of "
                         "your desktop."));
  else
    set_row_subtitle (self->test_row, error->message);
  fika_reach_ask (self->reach);
}

static void
test_clicked_cb (FikaReachGroup *self)
{
  if (self->testing)
    return;
  self->testing = TRUE;
  set_row_subtitle (self->test_row, _ ("Sending…"));
  fika_service_link_test_async (fika_main_window_get_link (self->window), self->cancellable,
                                test_cb, g_object_ref (self));
}

static void
login_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaReachGroup) self = user_data;
  GError *error = NULL;

  fika_reach_set_login_finish (FIKA_REACH (source), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_error (&error);
      return;
    }
  self->setting_login = FALSE;
  fika_error_row_take (self->login_error, error);
  update (self);
}

/* The switch stays on its way until the desktop has answered. */
static gboolean
login_set_cb (FikaReachGroup *self, gboolean on)
{
  if (self->setting_login)
    return TRUE;
  self->setting_login = TRUE;
  fika_error_row_set (self->login_error, NULL);
  fika_reach_set_login_async (self->reach, on, self->cancellable, login_cb, g_object_ref (self));
  return TRUE;
}

static void
fika_reach_group_unmap (GtkWidget *widget)
{
  g_cancellable_cancel (FIKA_REACH_GROUP (widget)->cancellable);
  GTK_WIDGET_CLASS (fika_reach_group_parent_class)->unmap (widget);
}

static void
fika_reach_group_dispose (GObject *object)
{
  FikaReachGroup *self = FIKA_REACH_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_REACH_GROUP);
  g_clear_object (&self->reach);
  G_OBJECT_CLASS (fika_reach_group_parent_class)->dispose (object);
}

static void
fika_reach_group_finalize (GObject *object)
{
  g_clear_object (&FIKA_REACH_GROUP (object)->cancellable);
  G_OBJECT_CLASS (fika_reach_group_parent_class)->finalize (object);
}

static void
fika_reach_group_class_init (FikaReachGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_reach_group_dispose;
  object_class->finalize = fika_reach_group_finalize;
  widget_class->unmap = fika_reach_group_unmap;

  g_type_ensure (FIKA_TYPE_ERROR_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/reminders/fika-reach-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, status);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, status_icon);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, service);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, server);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, quiet);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, test_row);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, test);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, login_row);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, login);
  gtk_widget_class_bind_template_child (widget_class, FikaReachGroup, login_error);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, login_set_cb);
}

static void
fika_reach_group_init (FikaReachGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fika_speak (self->test, _ ("Send a Test Reminder"));
}

/**
 * fika_reach_group_set_window:
 * @self: a group that has none
 * @window: the window that it belongs to
 *
 * Shows how it is, and asks anew.
 */
void
fika_reach_group_set_window (FikaReachGroup *self, FikaMainWindow *window)
{
  g_return_if_fail (FIKA_IS_REACH_GROUP (self));
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (self->window == NULL);

  self->window = window;
  self->reach = g_object_ref (fika_main_window_get_reach (window));
  g_signal_connect_object (self->reach, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  adw_expander_row_set_expanded (self->status,
                                 fika_reach_state_get_trouble (fika_reach_get_state (self->reach))
                                         < FIKA_REACH_WELL
                                     && fika_reach_get_state (self->reach)->asked);
  fika_reach_ask (self->reach);
}
