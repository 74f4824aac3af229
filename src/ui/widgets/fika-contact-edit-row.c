#include "config.h"

#include "ui/widgets/fika-contact-edit-row.h"

#include "ui/widgets/fika-kind-style.h"

#include <glib/gi18n-lib.h>

struct _FikaContactEditRow
{
  AdwEntryRow parent_instance;

  GtkWidget *remove_button; /* in the row */
  FikaContactKind kind;
  char *label;
  gboolean preferred;
};

G_DEFINE_FINAL_TYPE (FikaContactEditRow, fika_contact_edit_row, ADW_TYPE_ENTRY_ROW)

enum
{
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
remove_cb (FikaContactEditRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
fika_contact_edit_row_finalize (GObject *object)
{
  FikaContactEditRow *self = FIKA_CONTACT_EDIT_ROW (object);

  g_free (self->label);

  G_OBJECT_CLASS (fika_contact_edit_row_parent_class)->finalize (object);
}

static void
fika_contact_edit_row_class_init (FikaContactEditRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fika_contact_edit_row_finalize;

  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fika_contact_edit_row_init (FikaContactEditRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
  self->remove_button = button;
}

static GtkInputPurpose
purpose_of (FikaContactKind kind)
{
  switch (kind)
    {
    case FIKA_CONTACT_PHONE:
      return GTK_INPUT_PURPOSE_PHONE;
    case FIKA_CONTACT_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case FIKA_CONTACT_URL:
    case FIKA_CONTACT_VIDEO:
      return GTK_INPUT_PURPOSE_URL;
    case FIKA_CONTACT_ADDRESS:
    case FIKA_CONTACT_CHAT:
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

/**
 * fika_contact_edit_row_new:
 * @contact: what to begin with; an empty value asks for one
 *
 * Returns: (transfer floating): a row for a form
 */
GtkWidget *
fika_contact_edit_row_new (const FikaContact *contact)
{
  FikaContactEditRow *self = g_object_new (FIKA_TYPE_CONTACT_EDIT_ROW, NULL);
  g_autofree char *title = NULL;
  g_autofree char *remove = NULL;

  self->kind = contact->kind;
  self->label = g_strdup (contact->label);
  self->preferred = contact->preferred;
  title = *contact->label != '\0'
              ? g_strdup_printf ("%s (%s)", fika_contact_kind_label (contact->kind), contact->label)
              : g_strdup (fika_contact_kind_label (contact->kind));

  /* Translators: %s is a way to reach someone, such as "Phone" or "Email (work)" */
  remove = g_strdup_printf (_ ("Remove %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), purpose_of (contact->kind));
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (self),
                            gtk_image_new_from_icon_name (fika_contact_kind_icon (contact->kind)));
  gtk_editable_set_text (GTK_EDITABLE (self), contact->value);

  return GTK_WIDGET (self);
}

/**
 * fika_contact_edit_row_dup_contact:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): what the row holds; %NULL where nothing is typed
 */
FikaContact *
fika_contact_edit_row_dup_contact (FikaContactEditRow *self)
{
  g_autofree char *value = NULL;
  FikaContact *contact;

  g_return_val_if_fail (FIKA_IS_CONTACT_EDIT_ROW (self), NULL);

  value = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
  if (*value == '\0')
    return NULL;
  contact = fika_contact_new (self->kind, self->label, value);
  contact->preferred = self->preferred;

  return contact;
}
