#include "config.h"

#include "ui/reminders/fika-reminder-notice.h"

#include "base/fika-settings.h"
#include "store/fika-reminder.h"
#include "ui/reminders/fika-reach.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n.h>

/* More than so many is told as so many. */
#define MANY 99

struct _FikaReminderNotice
{
  GtkWidget parent_instance;

  FikaMainWindow *window; /* outlives the notice */
  FikaReach *reach;       /* likewise */
  FikaNoticeKind kind;
  FikaReachTrouble put_away; /* not said again while it is the same */
  gint64 newest_away;        /* UTC seconds: when the newest of those announced was told */
  gboolean setting_login;

  GtkWidget *box; /* bound, so that it goes with the template */
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
  GtkWidget *close;
};

G_DEFINE_FINAL_TYPE (FikaReminderNotice, fika_reminder_notice, GTK_TYPE_WIDGET)

/**
 * fika_notice_choose:
 * @state: whether reminders can reach the person
 * @put_away: the trouble that was put away; %FIKA_REACH_UNKNOWN = none
 * @n_missed: how many reminders came while the person was away, and were not seen since
 * @offer_login: whether starting at login may be offered
 *
 * Returns: the one thing to say, the gravest first
 */
FikaNoticeKind
fika_notice_choose (const FikaReachState *state,
                    FikaReachTrouble put_away,
                    guint n_missed,
                    gboolean offer_login)
{
  FikaReachTrouble trouble = fika_reach_state_get_trouble (state);

  if (trouble != FIKA_REACH_UNKNOWN && trouble != FIKA_REACH_WELL && trouble != put_away)
    return FIKA_NOTICE_TROUBLE;
  if (n_missed > 0)
    return FIKA_NOTICE_AWAY;
  /* To whoever has nothing to be reminded of it says nothing. */
  if (offer_login && trouble == FIKA_REACH_WELL && state->next != FIKA_UTC_NONE
      && state->login_known && !state->login.on)
    return FIKA_NOTICE_LOGIN;

  return FIKA_NOTICE_NONE;
}

static FikaStore *
get_store (FikaReminderNotice *self)
{
  return fika_main_window_get_store (self->window);
}

static GPtrArray *
read_missed (FikaReminderNotice *self)
{
  GSettings *settings = fika_main_window_get_settings (self->window);
  gint64 seen = g_settings_get_int64 (settings, FIKA_SETTING_AWAY_SEEN);
  g_autoptr (GError) error = NULL;
  GPtrArray *missed = fika_reminders_missed (get_store (self), seen, MANY, &error);

  if (missed == NULL)
    g_debug ("Reminders missed: %s", error->message);
  return missed;
}

static char *
dup_away (GPtrArray *missed)
{
  if (missed->len == 1)
    {
      g_autofree char *title = fika_reminder_title (g_ptr_array_index (missed, 0));

      /* Translators: %s is what the reminder says, "Call with Ada, 17:00" */
      return g_strdup_printf (_ ("While you were away: %s"), title);
    }
  return g_strdup_printf (ngettext ("%u reminder came while you were away.",
                                    "%u reminders came while you were away.", missed->len),
                          missed->len);
}

static void
say (FikaReminderNotice *self, const char *icon, const char *text, const char *button)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  if (g_strcmp0 (gtk_label_get_label (self->label), text) != 0)
    gtk_label_set_label (self->label, text);
  gtk_button_set_label (self->button, button);
}

/**
 * fika_reminder_notice_update:
 * @self: a notice
 *
 * Looks what there is to say.
 */
void
fika_reminder_notice_update (FikaReminderNotice *self)
{
  const FikaReachState *state;
  g_autoptr (GPtrArray) missed = NULL;
  g_autofree char *text = NULL;
  GSettings *settings;

  g_return_if_fail (FIKA_IS_REMINDER_NOTICE (self));
  g_return_if_fail (self->window != NULL);

  settings = fika_main_window_get_settings (self->window);
  state = fika_reach_get_state (self->reach);
  missed = read_missed (self);
  self->newest_away = missed != NULL && missed->len > 0
                          ? ((FikaReminder *) g_ptr_array_index (missed, 0))->shown_at
                          : 0;
  /* Trouble that is over is said when it comes again. */
  if (fika_reach_state_get_trouble (state) == FIKA_REACH_WELL)
    self->put_away = FIKA_REACH_UNKNOWN;
  self->kind = fika_notice_choose (state, self->put_away, missed != NULL ? missed->len : 0,
                                   g_settings_get_boolean (settings, FIKA_SETTING_OFFER_LOGIN));
  switch (self->kind)
    {
    case FIKA_NOTICE_TROUBLE:
      say (self, "dialog-warning-symbolic", fika_reach_state_line (state), _ ("_Details"));
      break;
    case FIKA_NOTICE_AWAY:
      text = dup_away (missed);
      say (self, "fika-reminder-symbolic", text, _ ("_Show"));
      break;
    case FIKA_NOTICE_LOGIN:
      say (self, "fika-reminder-symbolic",
           _ ("After your next login, reminders come only once you opened Fika."),
           _ ("_Start at Login"));
      break;
    case FIKA_NOTICE_NONE:
    default:
      break;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !self->setting_login);
  gtk_widget_set_visible (GTK_WIDGET (self), self->kind != FIKA_NOTICE_NONE);
}

static void
put_away (FikaReminderNotice *self)
{
  GSettings *settings = fika_main_window_get_settings (self->window);

  switch (self->kind)
    {
    case FIKA_NOTICE_TROUBLE:
      self->put_away = fika_reach_state_get_trouble (fika_reach_get_state (self->reach));
      break;
    case FIKA_NOTICE_AWAY:
      g_settings_set_int64 (settings, FIKA_SETTING_AWAY_SEEN, self->newest_away);
      break;
    case FIKA_NOTICE_LOGIN:
      g_settings_set_boolean (settings, FIKA_SETTING_OFFER_LOGIN, FALSE);
      break;
    case FIKA_NOTICE_NONE:
    default:
      break;
    }
  fika_reminder_notice_update (self);
}

static void
close_clicked_cb (FikaReminderNotice *self)
{
  GtkWidget *window = GTK_WIDGET (self->window);

  /* The keyboard was in what goes away. */
  if (gtk_widget_is_focus (self->close))
    gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  put_away (self);
}

static void
login_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaReminderNotice) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean on = fika_reach_set_login_finish (FIKA_REACH (source), result, &error);

  self->setting_login = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (on)
    fika_main_window_toast (self->window, _ ("Reminders come from your next login on"));
  else
    fika_main_window_toast_error (self->window, error);
  fika_reminder_notice_update (self);
}

static void
button_clicked_cb (FikaReminderNotice *self)
{
  switch (self->kind)
    {
    case FIKA_NOTICE_TROUBLE:
      gtk_widget_activate_action (GTK_WIDGET (self), "app.preferences", NULL);
      break;
    case FIKA_NOTICE_AWAY:
      /* Not put away before: the page lists those that were not seen yet, and then they are. */
      gtk_widget_activate_action (GTK_WIDGET (self->window), "app.show-place", "s", "reminders");
      break;
    case FIKA_NOTICE_LOGIN:
      self->setting_login = TRUE;
      gtk_widget_set_sensitive (GTK_WIDGET (self->button), FALSE);
      fika_reach_set_login_async (self->reach, TRUE, NULL, login_cb, g_object_ref (self));
      break;
    case FIKA_NOTICE_NONE:
    default:
      break;
    }
}

static void
fika_reminder_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FIKA_TYPE_REMINDER_NOTICE);
  G_OBJECT_CLASS (fika_reminder_notice_parent_class)->dispose (object);
}

static void
fika_reminder_notice_class_init (FikaReminderNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_reminder_notice_dispose;

  g_type_ensure (FIKA_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/reminders/fika-reminder-notice.ui");
  gtk_widget_class_set_css_name (widget_class, "fika-reminder-notice");
  gtk_widget_class_bind_template_child (widget_class, FikaReminderNotice, box);
  gtk_widget_class_bind_template_child (widget_class, FikaReminderNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, FikaReminderNotice, label);
  gtk_widget_class_bind_template_child (widget_class, FikaReminderNotice, button);
  gtk_widget_class_bind_template_child (widget_class, FikaReminderNotice, close);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
}

static void
fika_reminder_notice_init (FikaReminderNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_reminder_notice_set_window:
 * @self: a notice that has none
 * @window: the window that it is in
 *
 * Says from now on what there is to say.
 */
void
fika_reminder_notice_set_window (FikaReminderNotice *self, FikaMainWindow *window)
{
  g_return_if_fail (FIKA_IS_REMINDER_NOTICE (self));
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (self->window == NULL);

  self->window = window;
  self->reach = fika_main_window_get_reach (window);
  g_signal_connect_object (self->reach, "changed", G_CALLBACK (fika_reminder_notice_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (fika_main_window_get_link (window), "changed",
                           G_CALLBACK (fika_reminder_notice_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fika_main_window_get_settings (window),
                           "changed::" FIKA_SETTING_AWAY_SEEN,
                           G_CALLBACK (fika_reminder_notice_update), self, G_CONNECT_SWAPPED);
  fika_reminder_notice_update (self);
}
