#include "config.h"

#include "ui/people/fika-import-sheet.h"

#include "base/fika-error.h"
#include "exchange/fika-import.h"
#include "ui/people/fika-import-entry.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n-lib.h>

#define PROGRESS_MS 100

struct _FikaImportSheet
{
  FikaSheet parent_instance;

  FikaPage *page;
  GtkWidget *apply_button;
  GtkStack *stack;
  GtkBox *busy_box;
  GtkLabel *busy_label;
  GtkProgressBar *progress_bar;
  AdwStatusPage *trouble_page;
  GtkLabel *summary_label;
  GtkListView *list_view;
  GtkExpander *skips_expander;
  GtkLabel *skips_label;

  FikaMainWindow *window; /* outlives its sheets */
  FikaImport *import;
  GCancellable *cancellable;
  gboolean applying;
  guint progress_id;
};

G_DEFINE_FINAL_TYPE (FikaImportSheet, fika_import_sheet, FIKA_TYPE_SHEET)

static void
show_trouble (FikaImportSheet *self, const GError *error)
{
  adw_status_page_set_description (self->trouble_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", FALSE);
}

static guint
count_chosen (FikaImportSheet *self)
{
  GPtrArray *items = fika_import_get_items (self->import);
  guint chosen = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const FikaImportItem *item = g_ptr_array_index (items, i);

      if (item->chosen && item->verdict != FIKA_IMPORT_UNCHANGED)
        chosen++;
    }

  return chosen;
}

static void
update_button (FikaImportSheet *self)
{
  guint chosen = count_chosen (self);
  g_autofree char *label = NULL;

  label = g_strdup_printf (ngettext ("_Import %u Person", "_Import %u People", chosen), chosen);
  gtk_button_set_label (GTK_BUTTON (self->apply_button), chosen > 0 ? label : _ ("_Import"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply",
                                 fika_import_has_changes (self->import));
}

static void
add_words (GString *words, guint n, const char *one, const char *many)
{
  g_autofree char *part = NULL;

  if (n == 0)
    return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  part = g_strdup_printf (ngettext (one, many, n), n);
#pragma GCC diagnostic pop
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", part);
}

static char *
summary_words (FikaImportSheet *self)
{
  const struct
  {
    FikaImportVerdict verdict;
    const char *one;
    const char *many;
  } parts[] = {
    { FIKA_IMPORT_NEW, N_ ("%u new person"), N_ ("%u new people") },
    { FIKA_IMPORT_UPDATED, N_ ("%u with changes"), N_ ("%u with changes") },
    { FIKA_IMPORT_DUPLICATE, N_ ("%u who may be here already"), N_ ("%u who may be here already") },
    { FIKA_IMPORT_UNCHANGED, N_ ("%u here already"), N_ ("%u here already") },
  };
  g_autoptr (GString) words = g_string_new (NULL);
  FikaImportSummary summary;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_words (words, fika_import_count (self->import, parts[i].verdict), parts[i].one,
               parts[i].many);
  fika_import_get_summary (self->import, &summary);
  add_words (words, summary.groups_new, N_ ("%u new group"), N_ ("%u new groups"));
  add_words (words, summary.plans_new, N_ ("%u new catch-up"), N_ ("%u new catch-ups"));
  add_words (words, summary.plans_updated, N_ ("%u catch-up that has happened"),
             N_ ("%u catch-ups that have happened"));
  add_words (words, summary.topics_new, N_ ("%u new topic"), N_ ("%u new topics"));
  add_words (words, summary.topics_updated, N_ ("%u topic raised"), N_ ("%u topics raised"));
  add_words (words, summary.circles_updated, N_ ("name or rhythm of %u circle"),
             N_ ("names or rhythms of %u circles"));
  if (words->len == 0)
    g_string_append (words, _ ("There is nobody in this file."));
  else
    g_string_append_printf (words, "\n%s",
                            _ ("Nothing is changed until you import; one Undo takes it back."));

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Entries that stay out are counted; parts of entries that come in are only told. */
static char *
skips_title (GPtrArray *skips)
{
  guint left_out = 0;

  for (guint i = 0; i < skips->len; i++)
    {
      const FikaImportSkip *skip = g_ptr_array_index (skips, i);

      left_out += !skip->kept;
    }
  if (left_out == 0)
    return g_strdup (_ ("Not Everything Could Be Read"));

  return g_strdup_printf (ngettext ("%u Entry Is Left Out", "%u Entries Are Left Out", left_out),
                          left_out);
}

static void
append_skip (GString *text, const FikaImportSkip *skip)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* A file that Fika exported has entries and no lines. */
  if (skip->line == 0)
    g_string_append_printf (text, *skip->name != '\0' ? "%s: %s" : "%s%s", skip->name,
                            skip->reason);
  else if (*skip->name != '\0')
    g_string_append_printf (text, _ ("Line %u, %s: %s"), skip->line, skip->name, skip->reason);
  else
    g_string_append_printf (text, _ ("Line %u: %s"), skip->line, skip->reason);
}

static void
show_skips (FikaImportSheet *self)
{
  GPtrArray *skips = fika_import_get_skips (self->import);
  g_autofree char *title = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->skips_expander), skips->len > 0);
  if (skips->len == 0)
    return;
  title = skips_title (skips);
  gtk_expander_set_label (self->skips_expander, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->skips_expander),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint i = 0; i < skips->len; i++)
    append_skip (text, g_ptr_array_index (skips, i));
  gtk_label_set_label (self->skips_label, text->str);
}

static void
show_preview (FikaImportSheet *self)
{
  GPtrArray *items = fika_import_get_items (self->import);
  g_autoptr (GListStore) entries = g_list_store_new (FIKA_TYPE_IMPORT_ENTRY);
  g_autoptr (GtkNoSelection) selection = NULL;
  g_autofree char *summary = summary_words (self);

  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (FikaImportEntry) entry = NULL;

      entry = fika_import_entry_new (self->import, g_ptr_array_index (items, i));
      g_list_store_append (entries, entry);
      g_signal_connect_object (entry, "notify::chosen", G_CALLBACK (update_button), self,
                               G_CONNECT_SWAPPED);
    }
  selection = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&entries)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  gtk_label_set_label (self->summary_label, summary);
  show_skips (self);
  update_button (self);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  /* Enter goes on; the keyboard was on Cancel while there was nothing else. */
  gtk_widget_grab_focus (self->apply_button);
}

/* What is waited for does not keep the sheet: when the window goes, it goes and gives up. */
static GWeakRef *
weak_new (FikaImportSheet *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

static FikaImportSheet *
weak_take (GWeakRef *weak)
{
  FikaImportSheet *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return self;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FikaImportSheet) self = weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaImport) import = fika_import_read_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (import == NULL)
    {
      show_trouble (self, error);
      return;
    }
  self->import = g_steal_pointer (&import);
  show_preview (self);
}

static gboolean
progress_cb (gpointer data)
{
  FikaImportSheet *self = FIKA_IMPORT_SHEET (data);
  double progress = fika_store_get_progress (fika_main_window_get_store (self->window));

  /* Before it is known how much there is, and after it is all written but not yet on disk. */
  if (progress < 0 || progress >= 1)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, progress);

  return G_SOURCE_CONTINUE;
}

static void
show_applying (FikaImportSheet *self, gboolean applying)
{
  self->applying = applying;
  if (applying)
    {
      gtk_label_set_label (self->busy_label, _ ("Importing…"));
      gtk_stack_set_visible_child_name (self->stack, "busy");
      /* It is not shown again, and taking its rows apart takes a moment. */
      gtk_list_view_set_model (self->list_view, NULL);
      self->progress_id = g_timeout_add (PROGRESS_MS, progress_cb, self);
    }
  else
    g_clear_handle_id (&self->progress_id, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), applying);
}

/* A place that was not shown before takes a moment, too: in a turn of its own. */
static gboolean
show_people_cb (gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (data), "app.show-place", "s", "people");

  return G_SOURCE_REMOVE;
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FikaImportSheet) self = weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean done = fika_import_apply_finish (FIKA_IMPORT (source), result, &error);
  guint chosen;

  g_application_release (g_application_get_default ());
  if (self == NULL)
    return;
  show_applying (self, FALSE);
  if (g_error_matches (error, FIKA_ERROR, FIKA_ERROR_CANCELLED))
    {
      fika_main_window_toast (self->window, _ ("Nothing was imported"));
      fika_sheet_close (FIKA_SHEET (self));
      if (fika_main_window_get_leaving (self->window))
        gtk_window_close (GTK_WINDOW (self->window));
      return;
    }
  if (!done)
    {
      adw_status_page_set_title (self->trouble_page, _ ("Nothing Was Imported"));
      show_trouble (self, error);
      return;
    }

  chosen = count_chosen (self);
  if (chosen > 0)
    text = g_strdup_printf (ngettext ("%u person is imported", "%u people are imported", chosen),
                            chosen);
  else
    text = g_strdup (_ ("All that was new is imported"));
  fika_main_window_toast_undo (self->window, text);
  g_idle_add_full (G_PRIORITY_DEFAULT, show_people_cb, g_object_ref (self->window), g_object_unref);
  fika_sheet_close (FIKA_SHEET (self));
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaImportSheet *self = FIKA_IMPORT_SHEET (widget);

  if (self->import == NULL || self->applying)
    return;
  gtk_widget_action_set_enabled (widget, "import.apply", FALSE);
  fika_main_window_set_leaving (self->window, FALSE);
  show_applying (self, TRUE);
  /* Fika stays until it is done or taken back, whatever happens to the window. */
  g_application_hold (g_application_get_default ());
  fika_import_apply_async (self->import, FIKA_SOURCE_IMPORT, self->cancellable, applied_cb,
                           weak_new (self));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fika_sheet_request_close (FIKA_SHEET (widget));
}

static gboolean
fika_import_sheet_may_close (FikaSheet *sheet)
{
  FikaImportSheet *self = FIKA_IMPORT_SHEET (sheet);

  g_cancellable_cancel (self->cancellable);
  if (!self->applying)
    return TRUE;
  /* It closes when all is taken back. */
  gtk_label_set_label (self->busy_label, _ ("Taking back what was imported…"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.cancel", FALSE);

  return FALSE;
}

static void
setup_cb (FikaImportSheet *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *words = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
check_toggled_cb (GtkCheckButton *check, FikaImportEntry *entry)
{
  g_object_set (entry, "chosen", gtk_check_button_get_active (check), NULL);
}

static void
bind_cb (FikaImportSheet *self, GtkListItem *item)
{
  FikaImportEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *texts = gtk_widget_get_next_sibling (check);
  GtkWidget *name = gtk_widget_get_first_child (texts);
  GtkWidget *words = gtk_widget_get_next_sibling (name);
  g_autofree char *said = fika_import_entry_dup_words (entry);
  FikaImportItem *chosen = fika_import_entry_get_item (entry);

  gtk_label_set_label (GTK_LABEL (name), fika_import_entry_get_name (entry));
  gtk_label_set_label (GTK_LABEL (words), said);
  gtk_widget_set_sensitive (check, chosen->verdict != FIKA_IMPORT_UNCHANGED);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               chosen->chosen && chosen->verdict != FIKA_IMPORT_UNCHANGED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fika_import_entry_get_name (entry), -1);
  g_signal_connect (check, "toggled", G_CALLBACK (check_toggled_cb), entry);
}

static void
unbind_cb (FikaImportSheet *self, GtkListItem *item)
{
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  g_signal_handlers_disconnect_by_func (check, check_toggled_cb, gtk_list_item_get_item (item));
}

static void
fika_import_sheet_dispose (GObject *object)
{
  FikaImportSheet *self = FIKA_IMPORT_SHEET (object);

  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->import);
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_IMPORT_SHEET);

  G_OBJECT_CLASS (fika_import_sheet_parent_class)->dispose (object);
}

static void
fika_import_sheet_finalize (GObject *object)
{
  FikaImportSheet *self = FIKA_IMPORT_SHEET (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (fika_import_sheet_parent_class)->finalize (object);
}

static void
fika_import_sheet_class_init (FikaImportSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FikaSheetClass *sheet_class = FIKA_SHEET_CLASS (klass);

  object_class->dispose = fika_import_sheet_dispose;
  object_class->finalize = fika_import_sheet_finalize;
  sheet_class->may_close = fika_import_sheet_may_close;

  g_type_ensure (FIKA_TYPE_PAGE);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/people/fika-import-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, page);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, apply_button);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, stack);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, busy_box);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, busy_label);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, trouble_page);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, summary_label);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, list_view);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, skips_expander);
  gtk_widget_class_bind_template_child (widget_class, FikaImportSheet, skips_label);
  gtk_widget_class_install_action (widget_class, "import.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
}

static void
fika_import_sheet_init (FikaImportSheet *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_box_prepend (self->busy_box, fika_spinner_new ());
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", FALSE);
}

static void
file_chosen_cb (GObject *source, GFile *file)
{
  fika_import_sheet_present (FIKA_MAIN_WINDOW (source), file);
}

/**
 * fika_import_sheet_choose:
 * @window: the window
 *
 * Asks for a file, then shows what importing it would do.
 */
void
fika_import_sheet_choose (FikaMainWindow *window)
{
  static const char *const patterns[] = { "text/vcard", "*.vcf", "*.json", NULL };

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  fika_choose_file (GTK_WIDGET (window), _ ("Import People"), _ ("Contacts (vCard) and Fika data"),
                    patterns, G_OBJECT (window), file_chosen_cb);
}

/**
 * fika_import_sheet_present:
 * @window: the window
 * @file: the file to read
 *
 * Shows what importing @file would do.
 */
void
fika_import_sheet_present (FikaMainWindow *window, GFile *file)
{
  FikaImportSheet *self;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (G_IS_FILE (file));

  self = g_object_new (FIKA_TYPE_IMPORT_SHEET, NULL);
  self->window = window;
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (window), _ ("Import People"), 480, 600);
  fika_import_read_async (fika_main_window_get_store (window), file, self->cancellable, read_cb,
                          weak_new (self));
}
