#include "config.h"

#include "ui/widgets/fika-rows.h"

#include "ui/widgets/fika-kind-style.h"

struct _FikaRows
{
  GPtrArray *rows; /* borrowed from the groups that they are in */
};

/**
 * fika_rows_new:
 *
 * Returns: (transfer full): no rows yet
 */
FikaRows *
fika_rows_new (void)
{
  FikaRows *self = g_new0 (FikaRows, 1);

  self->rows = g_ptr_array_new ();

  return self;
}

/**
 * fika_rows_free:
 * @self: (transfer full): the rows; their groups keep them
 */
void
fika_rows_free (FikaRows *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * fika_rows_clear:
 * @self: the rows
 *
 * Takes every row out of its group.
 */
void
fika_rows_clear (FikaRows *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/**
 * fika_rows_get_n_rows:
 * @self: the rows
 *
 * Returns: how many there are
 */
guint
fika_rows_get_n_rows (FikaRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

/**
 * fika_rows_add:
 * @self: the rows
 * @group: where to add one
 * @icon: (nullable): name of an icon before the title
 * @title: text, not markup
 * @subtitle: (nullable): text, not markup
 *
 * Returns: (transfer none): the new row
 */
AdwActionRow *
fika_rows_add (FikaRows *self,
               AdwPreferencesGroup *group,
               const char *icon,
               const char *title,
               const char *subtitle)
{
  GtkWidget *row;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);

  return ADW_ACTION_ROW (row);
}

/**
 * fika_row_add_arrow:
 * @row: a row
 *
 * Shows that it leads somewhere.
 */
void
fika_row_add_arrow (AdwActionRow *row)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  g_return_if_fail (ADW_IS_ACTION_ROW (row));

  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (row, arrow);
}

/**
 * fika_row_add_plan_icon:
 * @row: a row
 * @plan: the catch-up or series that it is about
 *
 * Begins the row with the icon of its kind.
 */
void
fika_row_add_plan_icon (AdwActionRow *row, FikaPlan *plan)
{
  GtkWidget *icon = gtk_image_new ();

  g_return_if_fail (ADW_IS_ACTION_ROW (row));

  fika_plan_style_icon (plan, GTK_IMAGE (icon));
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (row, icon);
}

static void
row_link_free (gpointer data, GClosure *closure)
{
  FikaRowLink *row_link = data;

  g_free (row_link->uid);
  g_free (row_link);
}

/**
 * fika_row_connect:
 * @widget: a row, or a button in one; a row is made activatable
 * @signal: its signal
 * @callback: called with @widget and a #FikaRowLink
 * @owner: the page that holds @widget, and so outlives it
 * @index: which of the page's things it is about
 * @uid: (nullable): the uid of that thing
 */
void
fika_row_connect (gpointer widget,
                  const char *signal,
                  GCallback callback,
                  gpointer owner,
                  guint index,
                  const char *uid)
{
  FikaRowLink *row_link;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  row_link = g_new0 (FikaRowLink, 1);
  row_link->owner = owner;
  row_link->index = index;
  row_link->uid = g_strdup (uid);
  if (GTK_IS_LIST_BOX_ROW (widget))
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_signal_connect_data (widget, signal, callback, row_link, row_link_free, 0);
}
