#include "config.h"

#include "ui/week/fika-day-view.h"

#include "base/fika-when.h"
#include "store/fika-occasions.h"
#include "ui/catchup/fika-catchup-editor.h"
#include "ui/catchup/fika-occurrence-actions.h"
#include "ui/week/fika-card.h"
#include "ui/week/fika-day-heading.h"

#include <glib/gi18n.h>

/* Cards of a day: a screenful at first, and as many again whenever more are asked for. Whoever has
 * a hundred on one day need not wait for them to see the first. */
#define SCREENFUL 10
/* With the first frame of all; the screenful comes with the next. */
#define FIRST 2

/* Occasions of a day before somebody asks for more. */
#define OCCASIONS_MAX 3

struct _FikaDayView
{
  GtkWidget parent_instance;

  FikaMainWindow *window; /* outlives the view */
  GListModel *entries;
  FikaDay day;
  gboolean wide; /* a column */
  guint built;   /* cards there are */
  guint limit;   /* cards there may be */

  GtkWidget *top;
  FikaDayHeading *heading;
  GtkButton *add_on_top;
  GtkBox *occasions;
  GtkBox *cards;
  GtkButton *more;
  GtkButton *add;
};

G_DEFINE_FINAL_TYPE (FikaDayView, fika_day_view, GTK_TYPE_WIDGET)

static GtkWidget *
nth_card (FikaDayView *self, guint n)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  while (card != NULL && n-- > 0)
    card = gtk_widget_get_next_sibling (card);
  return card;
}

static void
remove_from (FikaDayView *self, guint position, guint n)
{
  for (guint i = 0; i < n; i++)
    gtk_box_remove (self->cards, nth_card (self, position));
  self->built -= n;
}

static void
insert_at (FikaDayView *self, guint position, guint n)
{
  GtkWidget *before = position > 0 ? nth_card (self, position - 1) : NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FikaOccurrence) occurrence = g_list_model_get_item (self->entries, position + i);
      GtkWidget *card = fika_card_new (self->window, occurrence);

      fika_card_set_column (FIKA_CARD (card), self->wide);
      gtk_box_insert_child_after (self->cards, card, before);
      before = card;
    }
  self->built += n;
}

static void
update_more (FikaDayView *self)
{
  guint total = g_list_model_get_n_items (self->entries);
  guint hidden = total - self->built;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->cards), total > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), hidden > 0);
  if (hidden == 0)
    return;
  text = g_strdup_printf (ngettext ("Show %u More", "Show %u More", hidden), hidden);
  gtk_button_set_label (self->more, text);
}

/* As many as are shown and as there may be. */
static void
fill_up (FikaDayView *self)
{
  guint most = MIN (self->limit, g_list_model_get_n_items (self->entries));

  if (self->built > most)
    remove_from (self, most, self->built - most);
  else if (self->built < most)
    insert_at (self, self->built, most - self->built);
  update_more (self);
}

/* The cards are those of the first entries, without a gap. */
static void
items_changed_cb (FikaDayView *self, guint position, guint removed, guint added)
{
  if (position < self->built)
    remove_from (self, position, MIN (removed, self->built - position));
  if (position <= self->built && added > 0)
    {
      guint now = position < self->limit ? MIN (added, self->limit - position) : 0;

      if (now < added)
        remove_from (self, position, self->built - position);
      insert_at (self, position, now);
    }
  fill_up (self);
}

static void
more_clicked_cb (FikaDayView *self)
{
  fika_day_view_grow (self);
}

static void
add_clicked_cb (FikaDayView *self)
{
  fika_catchup_editor_present_new (self->window, self->day, NULL, NULL);
}

static void
name_add_button (GtkButton *button, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), text);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  FikaDayView *self = user_data;
  FikaOccurrence *occurrence = g_value_get_object (value);

  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop");
  if (occurrence == NULL)
    return FALSE;
  fika_occurrence_move_to_day (self->window, occurrence, self->day);
  return TRUE;
}

static GdkDragAction
drop_enter_cb (GtkDropTarget *target, double x, double y, gpointer user_data)
{
  gtk_widget_add_css_class (GTK_WIDGET (user_data), "drop");
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (GtkDropTarget *target, gpointer user_data)
{
  gtk_widget_remove_css_class (GTK_WIDGET (user_data), "drop");
}

static void
occasion_clicked_cb (GtkButton *button, gpointer user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (button), "app.open-person", "s",
                              gtk_widget_get_name (GTK_WIDGET (button)));
}

static GtkWidget *
occasion_chip_new (FikaDayOccasion *entry)
{
  const char *name = fika_person_get_name (entry->person);
  int year;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("fika-birthday-symbolic");
  GtkWidget *label;
  GtkWidget *button = gtk_button_new ();

  fika_day_to_ymd (entry->day, &year, NULL, NULL);
  if (entry->occasion->kind != FIKA_OCCASION_BIRTHDAY)
    {
      const char *what = entry->occasion->label[0] != '\0'
                             ? entry->occasion->label
                             : fika_occasion_kind_label (entry->occasion->kind);

      text = g_strdup_printf ("%s · %s", name, what);
      spoken = g_strdup (text);
    }
  else if (entry->occasion->year > 0 && entry->occasion->year < year)
    {
      /* Translators: a person and the age they reach */
      text = g_strdup_printf (C_ ("birthday", "%s · %d"), name, year - entry->occasion->year);
      spoken = g_strdup_printf (_ ("Birthday of %s, %d years"), name, year - entry->occasion->year);
    }
  else
    {
      text = g_strdup (name);
      spoken = g_strdup_printf (_ ("Birthday of %s"), name);
    }
  label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_name (button, fika_person_get_uid (entry->person));
  gtk_widget_add_css_class (button, "occasion");
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (occasion_clicked_cb), NULL);
  return button;
}

static void
more_occasions_cb (GtkButton *button, gpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (user_data), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (user_data), GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
}

static GtkWidget *
more_occasions_new (GtkWidget *rest, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u More Date", "%u More Dates", n), n);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "occasion");
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (more_occasions_cb), rest, 0);
  return button;
}

static void
fika_day_view_dispose (GObject *object)
{
  FikaDayView *self = FIKA_DAY_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_DAY_VIEW);
  g_clear_object (&self->entries);
  G_OBJECT_CLASS (fika_day_view_parent_class)->dispose (object);
}

static void
fika_day_view_class_init (FikaDayViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_day_view_dispose;

  g_type_ensure (FIKA_TYPE_DAY_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/fikaplanner/Fika/ui/week/fika-day-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaDayView, top);
  gtk_widget_class_bind_template_child (widget_class, FikaDayView, heading);
  gtk_widget_class_bind_template_child (widget_class, FikaDayView, add_on_top);
  gtk_widget_class_bind_template_child (widget_class, FikaDayView, occasions);
  gtk_widget_class_bind_template_child (widget_class, FikaDayView, cards);
  gtk_widget_class_bind_template_child (widget_class, FikaDayView, more);
  gtk_widget_class_bind_template_child (widget_class, FikaDayView, add);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "fika-day");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
fika_day_view_init (FikaDayView *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (FIKA_TYPE_OCCURRENCE, GDK_ACTION_MOVE);

  self->limit = FIRST;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect (drop, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect (drop, "leave", G_CALLBACK (drop_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * fika_day_view_new:
 * @window: the window it will be in
 * @entries: the day's FikaOccurrence, kept true by its owner
 *
 * Returns: (transfer floating): the view of a day
 */
GtkWidget *
fika_day_view_new (FikaMainWindow *window, GListModel *entries)
{
  FikaDayView *self = g_object_new (FIKA_TYPE_DAY_VIEW, NULL);

  self->window = window;
  self->entries = g_object_ref (entries);
  g_signal_connect_object (entries, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (entries));
  return GTK_WIDGET (self);
}

/**
 * fika_day_view_set_day:
 * @self: the view of a day
 * @day: which
 * @today: today
 */
void
fika_day_view_set_day (FikaDayView *self, FikaDay day, FikaDay today)
{
  g_autofree char *full = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *add = NULL;

  g_return_if_fail (FIKA_IS_DAY_VIEW (self));

  self->day = day;
  fika_day_heading_set_day (self->heading, day, today, FALSE);
  full = fika_when_day_full (day);
  spoken = day == today ? g_strdup_printf (_ ("Today, %s"), full) : g_strdup (full);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  add = g_strdup_printf (_ ("Plan a catch-up on %s"), full);
  name_add_button (self->add, add);
  name_add_button (self->add_on_top, add);
  if (day == today)
    gtk_widget_add_css_class (GTK_WIDGET (self), "today");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "today");
}

/**
 * fika_day_view_turn:
 * @self: the view of a day
 *
 * Says that its entries are about to be another day's: it begins with a screenful again.
 */
void
fika_day_view_turn (FikaDayView *self)
{
  g_return_if_fail (FIKA_IS_DAY_VIEW (self));

  self->limit = SCREENFUL;
}

/**
 * fika_day_view_grow:
 * @self: the view of a day
 *
 * Makes room for as many more of its entries as fill a screen.
 */
void
fika_day_view_grow (FikaDayView *self)
{
  g_return_if_fail (FIKA_IS_DAY_VIEW (self));

  self->limit = MAX (self->limit, self->built + SCREENFUL);
  fill_up (self);
}

/**
 * fika_day_view_set_wide:
 * @self: the view of a day
 * @wide: whether it is a column whose heading stands above it
 */
void
fika_day_view_set_wide (FikaDayView *self, gboolean wide)
{
  g_return_if_fail (FIKA_IS_DAY_VIEW (self));

  self->wide = wide;
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    fika_card_set_column (FIKA_CARD (card), wide);
  gtk_widget_set_visible (self->top, !wide);
  gtk_widget_set_visible (GTK_WIDGET (self->add), wide);
  if (wide)
    gtk_widget_add_css_class (GTK_WIDGET (self), "column");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "column");
}

/**
 * fika_day_view_set_occasions:
 * @self: the view of a day
 * @occasions: (element-type FikaDayOccasion): those of several days
 *
 * Shows the birthdays and other dates that fall on its day.
 */
void
fika_day_view_set_occasions (FikaDayView *self, GPtrArray *occasions)
{
  GtkWidget *child;
  GtkWidget *rest = NULL;
  guint n = 0;

  g_return_if_fail (FIKA_IS_DAY_VIEW (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->occasions))) != NULL)
    gtk_box_remove (self->occasions, child);
  for (guint i = 0; occasions != NULL && i < occasions->len; i++)
    {
      FikaDayOccasion *entry = g_ptr_array_index (occasions, i);

      if (entry->day != self->day)
        continue;
      if (n++ == OCCASIONS_MAX)
        {
          rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
          gtk_widget_set_visible (rest, FALSE);
          gtk_box_append (self->occasions, rest);
        }
      gtk_box_append (rest != NULL ? GTK_BOX (rest) : self->occasions, occasion_chip_new (entry));
    }
  if (rest != NULL)
    gtk_box_append (self->occasions, more_occasions_new (rest, n - OCCASIONS_MAX));
  gtk_widget_set_visible (GTK_WIDGET (self->occasions), n > 0);
}

/**
 * fika_day_view_update_cards:
 * @self: the view of a day
 *
 * Lets every card say anew what it holds.
 */
void
fika_day_view_update_cards (FikaDayView *self)
{
  GtkWidget *card;

  g_return_if_fail (FIKA_IS_DAY_VIEW (self));

  card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  for (; card != NULL; card = gtk_widget_get_next_sibling (card))
    fika_card_update (FIKA_CARD (card));
}

/**
 * fika_day_view_find_card:
 * @self: the view of a day
 * @occurrence: an entry
 *
 * Returns: (transfer none) (nullable): its card
 */
GtkWidget *
fika_day_view_find_card (FikaDayView *self, FikaOccurrence *occurrence)
{
  GtkWidget *card;

  g_return_val_if_fail (FIKA_IS_DAY_VIEW (self), NULL);

  card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  for (; card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      if (fika_occurrence_equal (fika_card_get_occurrence (FIKA_CARD (card)), occurrence))
        return card;
    }
  return NULL;
}
