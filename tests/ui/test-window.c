#include "config.h"

#include "fika-command-test.h"

#include "base/fika-settings.h"
#include "ui/catchup/fika-catchup-editor.h"
#include "ui/catchup/fika-details.h"
#include "ui/catchup/fika-log-dialog.h"
#include "ui/catchup/fika-move-dialog.h"
#include "ui/catchup/fika-occurrence-actions.h"
#include "ui/fika-circle-row.h"
#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"
#include "ui/fika-preferences.h"
#include "ui/fika-shortcuts.h"
#include "ui/week/fika-card.h"
#include "ui/week/fika-day-view.h"
#include "ui/week/fika-sevens.h"
#include "ui/week/fika-week-page.h"
#include "ui/widgets/fika-date-row.h"
#include "ui/widgets/fika-people-entry.h"

/* Every template is instantiated within a window over real data; warnings are fatal. The clock
 * stands at noon on Wednesday, 6 May 2026. */

typedef struct
{
  Fixture data;
  FikaMainWindow *window;
} Life;

static void
life_set_up (Life *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = fika_settings_new ();
  g_autoptr (FikaServiceLink) link = fika_service_link_new (NULL);

  fixture_set_up (&self->data, NULL);
  g_settings_set_int (settings, FIKA_SETTING_FIRST_WEEKDAY, 0);
  g_settings_set_string (settings, FIKA_SETTING_PAGE, "week");
  if (data != NULL)
    g_assert_true (fika_command_load_sample (self->data.store, SOURCE, NULL));
  self->window = fika_main_window_new (NULL, self->data.store, settings, link);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  fika_test_await_that (gtk_widget_get_mapped (GTK_WIDGET (self->window)));
}

/* The top levels that are not the window: sheets, questions. */
static GtkWindow *
top_sheet (Life *self)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *i = all; i != NULL; i = i->next)
    {
      if (i->data != (gpointer) self->window && gtk_widget_get_visible (i->data))
        return i->data;
    }
  return NULL;
}

static void
life_tear_down (Life *self, gconstpointer data)
{
  gpointer window = self->window;

  fika_test_settle ();
  g_object_add_weak_pointer (G_OBJECT (self->window), &window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  /* Nothing keeps the window: no sheet, no handler of the store. What moves may end its move. */
  fika_test_await_that (window == NULL);
  fixture_tear_down (&self->data, NULL);
}

static GtkWidget *
find (GtkWidget *from, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (from), type) && gtk_widget_get_mapped (from))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count (GtkWidget *from, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (from), type) && gtk_widget_get_mapped (from) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

/* Lays out and draws once more. */
static void
await_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 before = gdk_frame_clock_get_frame_counter (clock);

  gtk_widget_queue_resize (widget);
  fika_test_await_that (gdk_frame_clock_get_frame_counter (clock) > before);
  fika_test_settle ();
}

/* A sheet over the window, whichever way this libadwaita shows it. */
static GtkWidget *
await_sheet (Life *self, GType type)
{
  GtkWidget *sheet = NULL;

  for (guint i = 0; sheet == NULL && i < 5000; i++)
    {
      GtkWindow *top = top_sheet (self);

      sheet = top != NULL ? find (GTK_WIDGET (top), type) : NULL;
      if (sheet == NULL)
        sheet = find (GTK_WIDGET (self->window), type);
      if (sheet == NULL && !g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
  g_assert_nonnull (sheet);
  await_frame (sheet);
  return sheet;
}

/* Where sheets are within the window, one that closes stays until it is out of sight. */
static void
await_no_sheet (Life *self, GType type)
{
  fika_test_settle ();
  fika_test_await_that (top_sheet (self) == NULL && find (GTK_WIDGET (self->window), type) == NULL);
}

static void
test_places (Life *self, gconstpointer data)
{
  const char *const names[] = { "week", "people", "groups", "reminders" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      FikaPlace *place = fika_main_window_show_place (self->window, names[i]);

      g_assert_nonnull (place);
      g_assert_cmpstr (fika_main_window_get_place_name (self->window), ==, names[i]);
      fika_test_await_that (gtk_widget_get_mapped (GTK_WIDGET (place)));
      /* Built once: coming back shows the same. */
      g_assert_true (fika_main_window_show_place (self->window, names[i]) == place);
    }
  g_assert_null (fika_main_window_show_place (self->window, "reflect"));
  fika_main_window_time_passed (self->window, TRUE);
}

static void
test_welcome (Life *self, gconstpointer data)
{
  g_autoptr (FikaPerson) person = NULL;

  g_assert_cmpstr (fika_main_window_get_place_name (self->window), ==, "welcome");
  /* The first person ends the welcome, undoing it brings it back. */
  person = fixture_add_person (&self->data, "Ada");
  g_assert_cmpstr (fika_main_window_get_place_name (self->window), ==, "week");
  fixture_undo (&self->data);
  g_assert_cmpstr (fika_main_window_get_place_name (self->window), ==, "welcome");
}

static void
test_trouble (Life *self, gconstpointer data)
{
  g_autoptr (GError) error
      = g_error_new_literal (g_quark_from_static_string ("test"), 1, "All < is safe & sound");

  fika_main_window_show_trouble (self->window, error);
  fika_test_await_that (find (GTK_WIDGET (self->window), ADW_TYPE_STATUS_PAGE) != NULL);
}

static void
test_cards (Life *self, gconstpointer data)
{
  FikaPlace *place = fika_main_window_show_place (self->window, "week");
  g_autoptr (FikaPerson) ada = fixture_add_person (&self->data, "Ada");
  g_autoptr (FikaCatchup) call = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;
  guint before;

  fika_test_settle ();
  before = count (GTK_WIDGET (place), FIKA_TYPE_CARD);
  call = fixture_plan (&self->data, FIKA_KIND_CALL, "2026-05-06T09:00", ada);
  fika_test_await_that (count (GTK_WIDGET (place), FIKA_TYPE_CARD) == before + 1);

  /* It is over: one press says that it happened, the undo takes that back. */
  occurrence = fixture_occurrence (&self->data, call, NULL);
  g_assert_true (fika_occurrence_confirm (self->window, occurrence));
  g_assert_cmpint (fika_catchup_get_state (call), ==, FIKA_STATE_HAPPENED);
  fika_test_await_that (count (GTK_WIDGET (place), FIKA_TYPE_CARD) == before + 1);
  fixture_undo (&self->data);
  g_assert_cmpint (fika_catchup_get_state (call), ==, FIKA_STATE_PLANNED);
}

static void
test_move_by_day (Life *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (&self->data, "Ada");
  g_autoptr (FikaCatchup) call
      = fixture_plan (&self->data, FIKA_KIND_CALL, "2026-05-07T18:30", ada);
  g_autoptr (FikaOccurrence) occurrence = fixture_occurrence (&self->data, call, NULL);

  g_assert_true (fika_occurrence_move_to_day (self->window, occurrence, TODAY + 3));
  g_assert_cmpint (fika_plan_get_start (FIKA_PLAN (call)), ==, civil ("2026-05-09T18:30"));
  assert_undo_label (&self->data, "Move a call with Ada");
}

static void
test_week_labels (Life *self, gconstpointer data)
{
  g_autofree char *within = fika_week_page_dup_label (fika_day_from_ymd (2026, 11, 23));
  g_autofree char *across = fika_week_page_dup_label (fika_day_from_ymd (2026, 11, 30));

  g_assert_cmpstr (within, ==, "23–29 November");
  g_assert_cmpstr (across, ==, "30 November – 6 December");
}

static void
test_editor (Life *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (&self->data, "Ada");
  GtkWidget *sheet;
  GtkWidget *people;
  int64_t before = fixture_count (&self->data, "SELECT count(*) FROM catchup");

  fika_catchup_editor_present_new (self->window, TODAY + 1, ada, NULL);
  sheet = await_sheet (self, FIKA_TYPE_CATCHUP_EDITOR);
  people = find (sheet, FIKA_TYPE_PEOPLE_ENTRY);
  g_assert_cmpuint (fika_people_entry_get_people (FIKA_PEOPLE_ENTRY (people))->len, ==, 1);
  gtk_widget_activate_default (people);
  fika_test_await_that (fixture_count (&self->data, "SELECT count(*) FROM catchup") == before + 1);
  g_assert_cmpint (
      fixture_count (&self->data, "SELECT count(*) FROM catchup WHERE start = '2026-05-07T17:00'"),
      ==, 1);
  assert_undo_label (&self->data, "Plan a call with Ada");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static GtkWidget *
find_days (FikaMainWindow *window)
{
  GtkWidget *days = NULL;

  for (GtkWidget *up = find (GTK_WIDGET (window), FIKA_TYPE_CARD); up != NULL;
       up = gtk_widget_get_parent (up))
    {
      if (FIKA_IS_SEVENS (up))
        days = up;
    }
  g_assert_nonnull (days);
  return days;
}

/* Whatever the width, columns or a list: never one after the other for ever. */
static void
test_widths (Life *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (&self->data, "Ada");
  /* Over, so its card asks, and needs the most room. */
  g_autoptr (FikaCatchup) call
      = fixture_plan (&self->data, FIKA_KIND_CALL, "2026-05-06T09:00", ada);
  gboolean wide = TRUE;

  for (int width = 1300; width >= 700; width -= 40)
    {
      FikaMainWindow *window = fika_main_window_new (NULL, self->data.store,
                                                     fika_main_window_get_settings (self->window),
                                                     fika_main_window_get_link (self->window));
      GtkWidget *days;
      guint changes = 0;

      gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
      gtk_window_present (GTK_WINDOW (window));
      fika_test_await_that (find (GTK_WIDGET (window), FIKA_TYPE_CARD) != NULL);
      days = find_days (window);
      fika_test_await_that (gtk_widget_get_width (days) > 0);
      fika_test_settle ();
      g_signal_connect_swapped (days, "notify::wide", G_CALLBACK (count_cb), &changes);
      for (guint n = 0; n < 5; n++)
        await_frame (days);
      g_assert_cmpuint (changes, ==, 0);
      /* Once it is a list, it stays one in all that is narrower. */
      g_assert_true (wide || !fika_sevens_get_wide (FIKA_SEVENS (days)));
      wide = fika_sevens_get_wide (FIKA_SEVENS (days));
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_assert_false (wide);
}

/* The starts of the cards of a day, in the order they are in. */
static char *
starts_of_cards (GtkWidget *day)
{
  GString *starts = g_string_new (NULL);
  GtkWidget *card = find (day, FIKA_TYPE_CARD);

  for (; card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      FikaOccurrence *occurrence = fika_card_get_occurrence (FIKA_CARD (card));

      g_string_append_printf (starts, "%d ",
                              fika_civil_minute_of_day (fika_occurrence_get_start (occurrence)));
    }
  return g_string_free (starts, FALSE);
}

/* The same for the first @n of the minutes 480, 490, … */
static char *
starts_until (guint n)
{
  GString *starts = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (starts, "%u ", 480 + 10 * i);
  return g_string_free (starts, FALSE);
}

/* A day with more than fills a screen shows its beginning, without a gap, whatever changes in it.
 */
static void
test_full_day (Life *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (&self->data, "Ada");
  g_autoptr (FikaCatchup) early = NULL;
  GtkWidget *day;
  g_autofree char *twenty_five = starts_until (25);

  /* From the last to the first, so that each is put before those there are. */
  for (int i = 24; i >= 0; i--)
    {
      g_autofree char *start
          = g_strdup_printf ("2026-05-07T%02d:%02d", 8 + i * 10 / 60, i * 10 % 60);
      g_autoptr (FikaCatchup) call = fixture_plan (&self->data, FIKA_KIND_CALL, start, ada);
    }
  await_frame (GTK_WIDGET (self->window));
  await_frame (GTK_WIDGET (self->window));
  day = find (GTK_WIDGET (self->window), FIKA_TYPE_CARD);
  while (!FIKA_IS_DAY_VIEW (day))
    day = gtk_widget_get_parent (day);

  /* The day was empty with the first frame; it has room for a screenful all the same. */
  {
    g_autofree char *shown = starts_of_cards (day);

    g_assert_true (g_str_has_prefix (twenty_five, shown));
    g_assert_cmpuint (count (day, FIKA_TYPE_CARD), >=, 10);
  }
  while (count (day, FIKA_TYPE_CARD) < 25)
    fika_day_view_grow (FIKA_DAY_VIEW (day));
  {
    g_autofree char *all = starts_of_cards (day);

    g_assert_cmpstr (all, ==, twenty_five);
  }

  /* One more in front, and away again. */
  early = fixture_plan (&self->data, FIKA_KIND_CALL, "2026-05-07T07:00", ada);
  {
    g_autofree char *shown = starts_of_cards (day);

    g_assert_true (g_str_has_prefix (shown, "420 480 490 "));
  }
  fixture_undo (&self->data);
  {
    g_autofree char *shown = starts_of_cards (day);

    g_assert_true (g_str_has_prefix (twenty_five, shown));
  }
}

/* The day goes on while the window is open. */
static void
test_new_day (Life *self, gconstpointer data)
{
  FikaPlace *place = fika_main_window_show_place (self->window, "week");
  g_autoptr (FikaPerson) ada = fixture_add_person (&self->data, "Ada");
  g_autoptr (FikaCatchup) call
      = fixture_plan (&self->data, FIKA_KIND_CALL, "2026-05-11T09:00", ada);

  fika_test_settle ();
  g_assert_null (find (GTK_WIDGET (place), FIKA_TYPE_CARD));
  /* Monday of the week after, eight in the morning: the call is in this week now. */
  fika_test_clock_set_now (FIKA_TEST_CLOCK (self->data.clock), NOON + 5 * 86400 - 4 * 3600);
  fika_main_window_time_passed (self->window, TRUE);
  fika_test_await_that (find (GTK_WIDGET (place), FIKA_TYPE_CARD) != NULL);
}

/* A date that does not exist is said so, and what was typed stays. */
static void
test_editor_bad_date (Life *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (&self->data, "Ada");
  int64_t before = fixture_count (&self->data, "SELECT count(*) FROM catchup");
  GtkWidget *sheet;
  GtkWidget *date;

  fika_catchup_editor_present_new (self->window, TODAY + 1, ada, NULL);
  sheet = await_sheet (self, FIKA_TYPE_CATCHUP_EDITOR);
  date = find (sheet, FIKA_TYPE_DATE_ROW);
  gtk_editable_set_text (GTK_EDITABLE (date), "31 February");
  gtk_widget_activate_default (date);
  fika_test_await_that (gtk_widget_has_css_class (date, "error"));
  g_assert_cmpint (fixture_count (&self->data, "SELECT count(*) FROM catchup"), ==, before);
  g_assert_true (gtk_widget_get_mapped (sheet));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (date)), ==, "31 February");
  gtk_editable_set_text (GTK_EDITABLE (date), "28 February");
  g_assert_false (gtk_widget_has_css_class (date, "error"));
  fika_sheet_close (FIKA_SHEET (sheet));
}

/* Whether the row that a field is in says that something is wrong. */
static gboolean
is_wrong (GtkWidget *field)
{
  GtkWidget *row = gtk_widget_get_ancestor (field, ADW_TYPE_PREFERENCES_ROW);

  return row != NULL && gtk_widget_has_css_class (row, "error");
}

/* A name that nobody has adds somebody, together with the plan. */
static void
test_editor_new_person (Life *self, gconstpointer data)
{
  GtkWidget *sheet;
  GtkWidget *people;
  GtkWidget *entry;

  fika_catchup_editor_present_new (self->window, TODAY + 1, NULL, NULL);
  sheet = await_sheet (self, FIKA_TYPE_CATCHUP_EDITOR);
  people = find (sheet, FIKA_TYPE_PEOPLE_ENTRY);
  entry = fika_people_entry_get_entry (FIKA_PEOPLE_ENTRY (people));
  gtk_editable_set_text (GTK_EDITABLE (entry), "Zora Neale");
  /* Saving with the name only typed asks to choose it. */
  gtk_widget_activate_default (sheet);
  fika_test_await_that (is_wrong (people));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Zora Neale");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  {
    g_autoptr (FikaPerson) draft = fika_person_new ("Zora Neale");

    fika_people_entry_add (FIKA_PEOPLE_ENTRY (people), draft);
  }
  gtk_widget_activate_default (sheet);
  fika_test_await_that (fixture_count (&self->data,
                                       "SELECT count(*) FROM catchup_person cp JOIN person p "
                                       "ON p.id = cp.person WHERE p.name = 'Zora Neale'")
                        == 1);
}

static void
test_sheets (Life *self, gconstpointer data)
{
  g_autoptr (GPtrArray) agenda = fika_store_agenda (
      self->data.store, fika_civil_new (TODAY - 9, 0, 0), fika_civil_new (TODAY + 9, 0, 0), NULL);

  g_assert_cmpuint (agenda->len, >, 5);
  for (guint i = 0; i < agenda->len; i++)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (agenda, i);
      FikaSeries *series = fika_occurrence_get_series (occurrence);

      fika_details_present (self->window, occurrence);
      fika_sheet_close (FIKA_SHEET (await_sheet (self, FIKA_TYPE_DETAILS)));
      await_no_sheet (self, FIKA_TYPE_DETAILS);
      fika_catchup_editor_present_occurrence (self->window, occurrence);
      /* Unchanged: closing asks nothing. */
      fika_sheet_request_close (FIKA_SHEET (await_sheet (self, FIKA_TYPE_CATCHUP_EDITOR)));
      await_no_sheet (self, FIKA_TYPE_CATCHUP_EDITOR);
      if (series != NULL)
        {
          fika_catchup_editor_present_series (self->window, series);
          fika_sheet_request_close (FIKA_SHEET (await_sheet (self, FIKA_TYPE_CATCHUP_EDITOR)));
          await_no_sheet (self, FIKA_TYPE_CATCHUP_EDITOR);
        }
      fika_log_dialog_present (self->window, occurrence, NULL);
      fika_sheet_request_close (FIKA_SHEET (await_sheet (self, FIKA_TYPE_LOG_DIALOG)));
      await_no_sheet (self, FIKA_TYPE_LOG_DIALOG);
      fika_move_dialog_present (self->window, occurrence);
      fika_sheet_request_close (FIKA_SHEET (await_sheet (self, FIKA_TYPE_MOVE_DIALOG)));
      await_no_sheet (self, FIKA_TYPE_MOVE_DIALOG);
    }
}

static void
test_preferences (Life *self, gconstpointer data)
{
  GtkWidget *page;

  fika_preferences_present_for (self->window);
  page = await_sheet (self, FIKA_TYPE_PREFERENCES);
  /* Four circles, each with its two numbers. */
  g_assert_cmpuint (count (page, FIKA_TYPE_CIRCLE_ROW), ==, 4);
  fika_sheet_request_close (FIKA_SHEET (page));
}

static void
test_shortcuts (Life *self, gconstpointer data)
{
  g_autofree char *ui = fika_shortcuts_to_ui ();
  const FikaShortcut *shortcuts;
  guint n;

  shortcuts = fika_shortcuts_get (&n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) accels = g_strsplit (shortcuts[i].accels, " ", -1);

      for (guint j = 0; accels[j] != NULL; j++)
        {
          GdkModifierType modifiers;
          guint key;

          g_assert_true (gtk_accelerator_parse (accels[j], &key, &modifiers));
          /* Those belong to the desktop and to mnemonics. */
          g_assert_cmpint (modifiers & (GDK_ALT_MASK | GDK_SUPER_MASK), ==, 0);
        }
    }
  fika_shortcuts_present (GTK_WIDGET (self->window), ui);
  fika_test_await_that (top_sheet (self) != NULL);
  gtk_window_destroy (top_sheet (self));
}

static GtkWidget *
find_button (GtkWidget *from, const char *label)
{
  if (GTK_IS_BUTTON (from) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (from)), label) == 0
      && gtk_widget_get_mapped (from))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  fika_main_window_toast_redo (user_data, "Undone: it");
}

/* Whoever is quick with Undo is still told what it did, though its toast goes. */
static void
test_quick_undo (Life *self, gconstpointer data)
{
  const GActionEntry entry = { "undo", undo_cb };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  gpointer undo = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (actions), &entry, 1, self->window);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "app", G_ACTION_GROUP (actions));
  fika_main_window_toast_undo (self->window, "It is done");
  fika_test_await_that ((undo = find_button (GTK_WIDGET (self->window), "_Undo")) != NULL);
  g_object_add_weak_pointer (undo, &undo);
  g_signal_emit_by_name (undo, "clicked");
  fika_test_await_that (undo == NULL);
  fika_test_await_that (find_button (GTK_WIDGET (self->window), "_Redo") != NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* What AdwApplication does by itself. */
  gtk_css_provider_load_from_resource (style, "/org/fikaplanner/Fika/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

#define SAMPLE GINT_TO_POINTER (1)
  g_test_add ("/ui/window/places", Life, SAMPLE, life_set_up, test_places, life_tear_down);
  g_test_add ("/ui/window/welcome", Life, NULL, life_set_up, test_welcome, life_tear_down);
  g_test_add ("/ui/window/trouble", Life, NULL, life_set_up, test_trouble, life_tear_down);
  g_test_add ("/ui/window/cards", Life, SAMPLE, life_set_up, test_cards, life_tear_down);
  g_test_add ("/ui/window/move-by-day", Life, NULL, life_set_up, test_move_by_day, life_tear_down);
  g_test_add ("/ui/window/week-labels", Life, NULL, life_set_up, test_week_labels, life_tear_down);
  g_test_add ("/ui/window/widths", Life, NULL, life_set_up, test_widths, life_tear_down);
  g_test_add ("/ui/window/full-day", Life, NULL, life_set_up, test_full_day, life_tear_down);
  g_test_add ("/ui/window/new-day", Life, NULL, life_set_up, test_new_day, life_tear_down);
  g_test_add ("/ui/window/editor", Life, NULL, life_set_up, test_editor, life_tear_down);
  g_test_add ("/ui/window/editor/bad-date", Life, NULL, life_set_up, test_editor_bad_date,
              life_tear_down);
  g_test_add ("/ui/window/editor/new-person", Life, NULL, life_set_up, test_editor_new_person,
              life_tear_down);
  g_test_add ("/ui/window/sheets", Life, SAMPLE, life_set_up, test_sheets, life_tear_down);
  g_test_add ("/ui/window/preferences", Life, SAMPLE, life_set_up, test_preferences,
              life_tear_down);
  g_test_add ("/ui/window/shortcuts", Life, SAMPLE, life_set_up, test_shortcuts, life_tear_down);
  g_test_add ("/ui/window/quick-undo", Life, SAMPLE, life_set_up, test_quick_undo, life_tear_down);
  return g_test_run ();
}
