#include "config.h"

#include "ui/fika-reminder-rows.h"

#include "base/fika-settings.h"
#include "base/fika-when.h"
#include "command/fika-reminder-settings.h"
#include "ui/widgets/fika-leads.h"

#include <glib/gi18n.h>

/* Times are offered at every half hour. */
#define STEP_MINUTES 30

static GtkWidget *
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkWidget *
add_switch (AdwPreferencesGroup *group,
            GSettings *settings,
            const char *setting,
            const char *title,
            const char *subtitle)
{
  GtkWidget *row = add_row (group, title, subtitle);
  GtkWidget *button = gtk_switch_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  g_settings_bind (settings, setting, button, "active", G_SETTINGS_BIND_DEFAULT);
  return button;
}

static gboolean
minute_to_selected_cb (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_uint (value, (guint) (g_variant_get_int32 (variant) / STEP_MINUTES));
  return TRUE;
}

static GVariant *
selected_to_minute_cb (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint selected = g_value_get_uint (value);

  if (selected >= FIKA_MINUTES_A_DAY / STEP_MINUTES)
    return NULL;
  return g_variant_new_int32 ((int) selected * STEP_MINUTES);
}

/* Shown while `button` is on. */
static void
add_time (AdwPreferencesGroup *group,
          GSettings *settings,
          const char *setting,
          const char *title,
          GtkWidget *button)
{
  g_autoptr (GtkStringList) times = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (int minute = 0; minute < FIKA_MINUTES_A_DAY; minute += STEP_MINUTES)
    {
      g_autofree char *time = fika_when_time (minute);

      gtk_string_list_append (times, time);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (times));
  adw_preferences_group_add (group, row);
  g_settings_bind_with_mapping (settings, setting, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                minute_to_selected_cb, selected_to_minute_cb, NULL, NULL);
  if (button != NULL)
    g_object_bind_property (button, "active", row, "visible", G_BINDING_SYNC_CREATE);
}

/* How early a circle's birthdays are told besides on the day. */
static const struct
{
  const char *label;
  int days[2];
  guint n_days;
} ahead[] = {
  { N_ ("On the day"), { 0 }, 0 },
  { N_ ("A day before too"), { 1 }, 1 },
  { N_ ("A week before too"), { 7 }, 1 },
  { N_ ("A week and a day before too"), { 7, 1 }, 2 },
};

typedef struct
{
  GSettings *settings;
  char *key;
} AheadRow;

static void
ahead_row_free (gpointer data, GClosure *closure)
{
  AheadRow *self = data;

  g_object_unref (self->settings);
  g_free (self->key);
  g_free (self);
}

static void
ahead_selected_cb (AdwComboRow *row, GParamSpec *pspec, AheadRow *self)
{
  guint selected = adw_combo_row_get_selected (row);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (int));

  if (selected >= G_N_ELEMENTS (ahead))
    return;
  g_array_append_vals (days, ahead[selected].days, ahead[selected].n_days);
  fika_reminder_settings_set_list (self->settings, FIKA_SETTING_OCCASION_DAYS, self->key, days);
}

static guint
find_ahead (GSettings *settings, const char *key)
{
  g_autoptr (GArray) days
      = fika_reminder_settings_get_list (settings, FIKA_SETTING_OCCASION_DAYS, key);
  gboolean day = FALSE;
  gboolean week = FALSE;

  for (guint i = 0; days != NULL && i < days->len; i++)
    {
      day |= g_array_index (days, int, i) == 1;
      week |= g_array_index (days, int, i) == 7;
    }
  return (day ? 1 : 0) + (week ? 2 : 0);
}

static void
add_ahead (AdwPreferencesGroup *group, GSettings *settings, FikaStore *store, GtkWidget *button)
{
  GtkWidget *expander = adw_expander_row_new ();
  g_autoptr (GPtrArray) circles = fika_store_circles (store);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ahead); i++)
    gtk_string_list_append (labels, _ (ahead[i].label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("How early"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), _ ("By circle"));
  adw_preferences_group_add (group, expander);
  g_object_bind_property (button, "active", expander, "visible", G_BINDING_SYNC_CREATE);
  for (guint i = 0; circles != NULL && i < circles->len; i++)
    {
      const FikaCircle *circle = g_ptr_array_index (circles, i);
      GtkWidget *row = adw_combo_row_new ();
      AheadRow *data = g_new0 (AheadRow, 1);

      data->settings = g_object_ref (settings);
      data->key = g_strdup (circle->key);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), circle->name);
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_ahead (settings, circle->key));
      g_signal_connect_data (row, "notify::selected", G_CALLBACK (ahead_selected_cb), data,
                             ahead_row_free, 0);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }
}

/**
 * fika_reminder_rows_add_told:
 * @group: where to add them
 * @settings: Fika's preferences
 * @store: the data
 *
 * Adds what is told besides plans.
 */
void
fika_reminder_rows_add_told (AdwPreferencesGroup *group, GSettings *settings, FikaStore *store)
{
  GtkWidget *button;

  add_switch (group, settings, FIKA_SETTING_ASK, _ ("Did it happen?"),
              _ ("Asked once, an hour after a catch-up that was not logged"));
  button
      = add_switch (group, settings, FIKA_SETTING_OCCASIONS, _ ("Birthdays and other dates"), NULL);
  add_ahead (group, settings, store, button);
  add_switch (group, settings, FIKA_SETTING_DAYS, _ ("Topics, promises and next steps"),
              _ ("On their day, where they have one"));
  add_time (group, settings, FIKA_SETTING_DAY_MINUTE, _ ("Told at"), NULL);
  button = add_switch (group, settings, FIKA_SETTING_DIGEST, _ ("Your day in the morning"),
                       _ ("One reminder of all there is on a day"));
  add_time (group, settings, FIKA_SETTING_DIGEST_MINUTE, _ ("In the morning at"), button);
}

/* How long a pause may last, in days; 0 = none. */
static const struct
{
  const char *label;
  int days;
} pauses[] = {
  { N_ ("No"), 0 },         { N_ ("Until tomorrow"), 1 }, { N_ ("For three days"), 3 },
  { N_ ("For a week"), 7 }, { N_ ("For two weeks"), 14 }, { N_ ("For four weeks"), 28 },
};

typedef struct
{
  GSettings *settings;
  FikaStore *store;
  gboolean setting;
} PauseRow;

static void
pause_row_free (gpointer data, GClosure *closure)
{
  PauseRow *self = data;

  g_object_unref (self->settings);
  g_object_unref (self->store);
  g_free (self);
}

static void
show_pause (AdwComboRow *row, PauseRow *self)
{
  FikaDay today = fika_store_today (self->store);
  g_autofree char *text = g_settings_get_string (self->settings, FIKA_SETTING_PAUSED_UNTIL);
  FikaDay until = *text != '\0' ? fika_day_parse (text, NULL) : FIKA_DAY_NONE;
  guint selected = 0;

  if (until != FIKA_DAY_NONE && until > today)
    {
      g_autofree char *day = fika_when_day_full (until);
      /* Translators: %s is a day. */
      g_autofree char *subtitle
          = g_strdup_printf (_ ("Nothing is told before %s, nor afterwards."), day);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      selected = GTK_INVALID_LIST_POSITION;
      for (guint i = 1; i < G_N_ELEMENTS (pauses); i++)
        if (pauses[i].days == until - today)
          selected = i;
    }
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("For a holiday from everything"));
  self->setting = TRUE;
  adw_combo_row_set_selected (row, selected);
  self->setting = FALSE;
}

static void
pause_selected_cb (AdwComboRow *row, GParamSpec *pspec, PauseRow *self)
{
  guint selected = adw_combo_row_get_selected (row);
  g_autofree char *day = NULL;

  if (self->setting || selected >= G_N_ELEMENTS (pauses))
    return;
  if (pauses[selected].days > 0)
    day = fika_day_format (fika_store_today (self->store) + pauses[selected].days);
  g_settings_set_string (self->settings, FIKA_SETTING_PAUSED_UNTIL, day != NULL ? day : "");
  show_pause (row, self);
}

/**
 * fika_reminder_rows_add_quiet:
 * @group: where to add them
 * @settings: Fika's preferences
 * @store: the data
 *
 * Adds when nothing is told: at night, and in a pause.
 */
void
fika_reminder_rows_add_quiet (AdwPreferencesGroup *group, GSettings *settings, FikaStore *store)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *button;
  GtkWidget *row;
  PauseRow *data;

  button
      = add_switch (group, settings, FIKA_SETTING_QUIET, _ ("Quiet hours"),
                    _ ("What is due in them waits for their end, unless its plan is in them too"));
  add_time (group, settings, FIKA_SETTING_QUIET_FROM, _ ("From"), button);
  add_time (group, settings, FIKA_SETTING_QUIET_TO, _ ("To"), button);

  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    gtk_string_list_append (labels, _ (pauses[i].label));
  row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Pause all reminders"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_preferences_group_add (group, row);
  data = g_new0 (PauseRow, 1);
  data->settings = g_object_ref (settings);
  data->store = g_object_ref (store);
  show_pause (ADW_COMBO_ROW (row), data);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (pause_selected_cb), data,
                         pause_row_free, 0);
}

/* The own lists of kinds and circles, one at a time. */
typedef struct
{
  GSettings *settings;
  GPtrArray *circles;
  AdwComboRow *what;
  GtkSwitch *own;
  FikaLeads *leads;
  gboolean setting;
} OwnLeads;

static void
own_leads_free (gpointer data, GClosure *closure)
{
  OwnLeads *self = data;

  g_object_unref (self->settings);
  g_ptr_array_unref (self->circles);
  g_free (self);
}

/* Circles come first in the list. */
static const char *
get_own (OwnLeads *self, const char **setting)
{
  guint selected = adw_combo_row_get_selected (self->what);

  if (selected < self->circles->len)
    {
      *setting = FIKA_SETTING_CIRCLE_LEADS;
      return ((FikaCircle *) g_ptr_array_index (self->circles, selected))->key;
    }
  *setting = FIKA_SETTING_KIND_LEADS;
  selected -= self->circles->len;
  return selected < FIKA_N_KINDS ? fika_kind_to_key ((FikaKind) selected) : NULL;
}

static void
show_own (OwnLeads *self)
{
  const char *setting;
  const char *key = get_own (self, &setting);
  g_autoptr (GArray) leads = NULL;

  if (key == NULL)
    return;
  leads = fika_reminder_settings_get_list (self->settings, setting, key);
  self->setting = TRUE;
  gtk_switch_set_active (self->own, leads != NULL);
  fika_leads_set (self->leads, leads);
  gtk_widget_set_visible (GTK_WIDGET (self->leads), leads != NULL);
  self->setting = FALSE;
}

static void
what_selected_cb (AdwComboRow *row, GParamSpec *pspec, OwnLeads *self)
{
  show_own (self);
}

static void
own_switched_cb (GtkSwitch *button, GParamSpec *pspec, OwnLeads *self)
{
  const char *setting;
  const char *key = get_own (self, &setting);
  g_autoptr (GArray) leads = NULL;

  if (self->setting || key == NULL)
    return;
  if (gtk_switch_get_active (button))
    leads = fika_settings_default_leads (self->settings);
  fika_reminder_settings_set_list (self->settings, setting, key, leads);
  show_own (self);
}

static void
own_leads_changed_cb (FikaLeads *widget, OwnLeads *self)
{
  const char *setting;
  const char *key = get_own (self, &setting);
  g_autoptr (GArray) leads = fika_leads_get (widget);

  if (!self->setting && key != NULL)
    fika_reminder_settings_set_list (self->settings, setting, key, leads);
}

/**
 * fika_reminder_rows_add_own_leads:
 * @group: where to add them
 * @settings: Fika's preferences
 * @store: the data
 *
 * Adds the leads that circles and kinds have of their own, one of them at a time.
 */
void
fika_reminder_rows_add_own_leads (AdwPreferencesGroup *group, GSettings *settings, FikaStore *store)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  OwnLeads *self = g_new0 (OwnLeads, 1);
  GtkWidget *row;

  self->settings = g_object_ref (settings);
  self->circles = fika_store_circles (store);
  for (guint i = 0; i < self->circles->len; i++)
    {
      const FikaCircle *circle = g_ptr_array_index (self->circles, i);
      /* Translators: people of a circle: "With closest". */
      g_autofree char *label = g_strdup_printf (_ ("With %s"), circle->name);

      gtk_string_list_append (labels, label);
    }
  for (int kind = 0; kind < FIKA_N_KINDS; kind++)
    gtk_string_list_append (labels, fika_kind_label ((FikaKind) kind));

  self->what = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->what), _ ("Other times for"));
  adw_combo_row_set_model (self->what, G_LIST_MODEL (labels));
  adw_preferences_group_add (group, GTK_WIDGET (self->what));

  row = add_row (group, _ ("Times of its own"), NULL);
  self->own = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->own), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->own), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Times of its own"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->own));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->own));

  self->leads = FIKA_LEADS (fika_leads_new ());
  gtk_widget_set_margin_top (GTK_WIDGET (self->leads), 12);
  adw_preferences_group_add (group, GTK_WIDGET (self->leads));

  show_own (self);
  g_signal_connect (self->own, "notify::active", G_CALLBACK (own_switched_cb), self);
  g_signal_connect (self->leads, "changed", G_CALLBACK (own_leads_changed_cb), self);
  g_signal_connect_data (self->what, "notify::selected", G_CALLBACK (what_selected_cb), self,
                         own_leads_free, 0);
}
