#include "config.h"

#include "ui/catchup/fika-leads-group.h"

#include "command/fika-reminder-settings.h"
#include "ui/widgets/fika-leads.h"

#include <glib/gi18n.h>

struct _FikaLeadsGroup
{
  AdwPreferencesGroup parent_instance;

  FikaLeads *leads;
  GtkWidget *none;
  gboolean own; /* chosen for this plan */
};

G_DEFINE_FINAL_TYPE (FikaLeadsGroup, fika_leads_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Says so where nothing is told. */
static void
show (FikaLeadsGroup *self)
{
  g_autoptr (GArray) leads = fika_leads_get (self->leads);

  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self), leads->len == 0 ? _ ("You will not be reminded of it.") : NULL);
  gtk_widget_set_sensitive (self->none, leads->len > 0);
}

static void
changed_cb (FikaLeadsGroup *self)
{
  self->own = TRUE;
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
none_cb (FikaLeadsGroup *self)
{
  fika_leads_set (self->leads, NULL);
  changed_cb (self);
}

static void
fika_leads_group_class_init (FikaLeadsGroupClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fika_leads_group_init (FikaLeadsGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->none = gtk_button_new_with_mnemonic (_ ("Do Not Re_mind"));
  gtk_widget_set_valign (self->none, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->none, "flat");
  g_signal_connect_object (self->none, "clicked", G_CALLBACK (none_cb), self, G_CONNECT_SWAPPED);
  self->leads = FIKA_LEADS (fika_leads_new ());
  g_signal_connect_object (self->leads, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (group, _ ("Remind me before"));
  adw_preferences_group_set_header_suffix (group, self->none);
  adw_preferences_group_add (group, GTK_WIDGET (self->leads));
  show (self);
}

/**
 * fika_leads_group_set:
 * @self: the group
 * @leads: (element-type int) (nullable): minutes before the start, of the plan itself
 */
void
fika_leads_group_set (FikaLeadsGroup *self, GArray *leads)
{
  g_return_if_fail (FIKA_IS_LEADS_GROUP (self));

  self->own = TRUE;
  fika_leads_set (self->leads, leads);
  show (self);
}

static gboolean
are_equal (GArray *one, GArray *other)
{
  return one->len == other->len
         && (one->len == 0 || memcmp (one->data, other->data, one->len * sizeof (int)) == 0);
}

/**
 * fika_leads_group_suggest:
 * @self: the group
 * @settings: Fika's preferences
 * @kind: what is planned
 * @window: its window
 * @people: (element-type FikaPerson): with whom
 *
 * Shows when the preferences have such a plan remind, unless it has times of its own: others than
 * those.
 */
void
fika_leads_group_suggest (FikaLeadsGroup *self,
                          GSettings *settings,
                          FikaKind kind,
                          FikaWindow window,
                          GPtrArray *people)
{
  g_autoptr (GArray) leads = NULL;

  g_return_if_fail (FIKA_IS_LEADS_GROUP (self));

  leads = fika_reminder_settings_leads (settings, kind, window, people);
  if (self->own)
    {
      g_autoptr (GArray) now = fika_leads_get (self->leads);

      self->own = !are_equal (now, leads);
      return;
    }
  fika_leads_set (self->leads, leads);
  show (self);
}

/**
 * fika_leads_group_get:
 * @self: the group
 *
 * Returns: (transfer full) (element-type int): minutes before the start, ascending
 */
GArray *
fika_leads_group_get (FikaLeadsGroup *self)
{
  g_return_val_if_fail (FIKA_IS_LEADS_GROUP (self), NULL);

  return fika_leads_get (self->leads);
}
