#include "config.h"

#include "ui/widgets/fika-error-row.h"

struct _FikaErrorRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *field; /* weak */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (FikaErrorRow, fika_error_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_FIELD = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
fika_error_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FIELD:
      g_value_set_object (value, FIKA_ERROR_ROW (object)->field);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_error_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FIELD:
      g_set_weak_pointer (&FIKA_ERROR_ROW (object)->field, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_error_row_dispose (GObject *object)
{
  g_clear_weak_pointer (&FIKA_ERROR_ROW (object)->field);
  G_OBJECT_CLASS (fika_error_row_parent_class)->dispose (object);
}

static void
fika_error_row_class_init (FikaErrorRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_error_row_get_property;
  object_class->set_property = fika_error_row_set_property;
  object_class->dispose = fika_error_row_dispose;

  props[PROP_FIELD] = g_param_spec_object ("field", NULL, NULL, GTK_TYPE_WIDGET,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
fika_error_row_init (FikaErrorRow *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "error-text");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->label));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * fika_error_row_set:
 * @self: the row
 * @text: (nullable): what is wrong, or %NULL when nothing is
 */
void
fika_error_row_set (FikaErrorRow *self, const char *text)
{
  g_return_if_fail (FIKA_IS_ERROR_ROW (self));

  gtk_label_set_label (self->label, text != NULL ? text : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (self->field == NULL)
    return;
  if (text != NULL)
    {
      gtk_widget_add_css_class (self->field, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->field),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
    }
  else
    {
      gtk_widget_remove_css_class (self->field, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->field),
                                     GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}

/**
 * fika_error_row_take:
 * @self: the row
 * @error: (nullable) (transfer full): what is wrong with the field
 *
 * Says it, or that nothing is.
 *
 * Returns: whether the field is right
 */
gboolean
fika_error_row_take (FikaErrorRow *self, GError *error)
{
  gboolean right = error == NULL;

  g_return_val_if_fail (FIKA_IS_ERROR_ROW (self), FALSE);

  fika_error_row_set (self, right ? NULL : error->message);
  g_clear_error (&error);
  return right;
}

/**
 * fika_error_row_is_set:
 * @self: the row
 *
 * Returns: whether something is wrong with the field
 */
gboolean
fika_error_row_is_set (FikaErrorRow *self)
{
  g_return_val_if_fail (FIKA_IS_ERROR_ROW (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self));
}
