#include "config.h"

#include "ui/people/fika-person-row.h"

#include "ui/people/fika-person-words.h"
#include "ui/widgets/fika-avatar.h"

struct _FikaPersonRow
{
  GtkWidget parent_instance;

  FikaAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *status_label;

  FikaStore *store;
  FikaPerson *person;
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (FikaPersonRow, fika_person_row, GTK_TYPE_WIDGET)

enum
{
  PROP_PERSON = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* The row of the list is what gets the keyboard, so it is what has to have a name. */
static void
update_name (FikaPersonRow *self, const char *status)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *name = fika_person_get_name (self->person);
  g_autofree char *spoken = NULL;

  if (row == NULL)
    return;
  spoken = *status != '\0' ? g_strdup_printf ("%s, %s", name, status) : g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
update (FikaPersonRow *self)
{
  g_autofree char *status = NULL;

  if (self->person == NULL || self->name_label == NULL)
    return;

  status = fika_person_words_status (self->person, fika_store_today (self->store));
  gtk_label_set_label (self->name_label, fika_person_get_name (self->person));
  gtk_label_set_label (self->status_label, status);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), *status != '\0');
  fika_avatar_set_person (self->avatar, self->person);
  update_name (self, status);
}

static void
fika_person_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaPersonRow *self = FIKA_PERSON_ROW (object);

  switch (id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_person_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaPersonRow *self = FIKA_PERSON_ROW (object);

  switch (id)
    {
    case PROP_PERSON:
      fika_person_row_set_person (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_person_row_dispose (GObject *object)
{
  FikaPersonRow *self = FIKA_PERSON_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->signals);
  g_clear_object (&self->person);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_PERSON_ROW);
  /* The template lets go only of those of its children that have a field here. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (fika_person_row_parent_class)->dispose (object);
}

static void
fika_person_row_class_init (FikaPersonRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_person_row_get_property;
  object_class->set_property = fika_person_row_set_property;
  object_class->dispose = fika_person_row_dispose;

  props[PROP_PERSON]
      = g_param_spec_object ("person", NULL, NULL, FIKA_TYPE_PERSON,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (FIKA_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/people/fika-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaPersonRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonRow, status_label);
}

static void
fika_person_row_init (FikaPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (FIKA_TYPE_PERSON);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
}

/**
 * fika_person_row_new:
 * @store: the data, whose clock knows the day
 *
 * Returns: (transfer floating): a row that shows nobody yet
 */
GtkWidget *
fika_person_row_new (FikaStore *store)
{
  FikaPersonRow *self;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  self = g_object_new (FIKA_TYPE_PERSON_ROW, NULL);
  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}

/**
 * fika_person_row_set_person:
 * @self: a row
 * @person: (nullable): who to show; the row follows their changes
 */
void
fika_person_row_set_person (FikaPersonRow *self, FikaPerson *person)
{
  g_return_if_fail (FIKA_IS_PERSON_ROW (self));
  g_return_if_fail (person == NULL || FIKA_IS_PERSON (person));

  if (!g_set_object (&self->person, person))
    return;
  g_signal_group_set_target (self->signals, person);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSON]);
}
