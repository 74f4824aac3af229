#include "config.h"

#include "ui/widgets/fika-kind-style.h"

#include <glib/gi18n-lib.h>

static const char *const kind_icons[FIKA_N_KINDS] = {
  [FIKA_KIND_CALL] = "fika-call-symbolic",         [FIKA_KIND_VIDEO] = "fika-video-symbolic",
  [FIKA_KIND_MESSAGE] = "fika-message-symbolic",   [FIKA_KIND_LETTER] = "fika-letter-symbolic",
  [FIKA_KIND_COFFEE] = "fika-coffee-symbolic",     [FIKA_KIND_MEAL] = "fika-meal-symbolic",
  [FIKA_KIND_WALK] = "fika-walk-symbolic",         [FIKA_KIND_VISIT] = "fika-visit-symbolic",
  [FIKA_KIND_ACTIVITY] = "fika-activity-symbolic", [FIKA_KIND_SESSION] = "fika-groups-symbolic",
  [FIKA_KIND_OTHER] = "fika-other-symbolic",
};

static const char *const contact_icons[FIKA_N_CONTACT_KINDS] = {
  [FIKA_CONTACT_PHONE] = "fika-call-symbolic",   [FIKA_CONTACT_EMAIL] = "fika-mail-symbolic",
  [FIKA_CONTACT_URL] = "fika-link-symbolic",     [FIKA_CONTACT_ADDRESS] = "fika-map-symbolic",
  [FIKA_CONTACT_CHAT] = "fika-message-symbolic", [FIKA_CONTACT_VIDEO] = "fika-video-symbolic",
};

static const char *const channel_tints[] = {
  [FIKA_CHANNEL_TOGETHER] = "together",
  [FIKA_CHANNEL_VIDEO] = "video",
  [FIKA_CHANNEL_VOICE] = "voice",
  [FIKA_CHANNEL_TEXT] = "text",
};

/**
 * fika_kind_icon:
 * @kind: a kind of catch-up
 *
 * Returns: the name of its symbolic icon
 */
const char *
fika_kind_icon (FikaKind kind)
{
  g_return_val_if_fail ((guint) kind < FIKA_N_KINDS, NULL);

  return kind_icons[kind];
}

/**
 * fika_contact_kind_icon:
 * @kind: a kind of contact point
 *
 * Returns: the name of its symbolic icon
 */
const char *
fika_contact_kind_icon (FikaContactKind kind)
{
  g_return_val_if_fail ((guint) kind < FIKA_N_CONTACT_KINDS, NULL);

  return contact_icons[kind];
}

/**
 * fika_contact_kind_verb:
 * @kind: a kind of contact
 *
 * Returns: (transfer none): what pressing its button does: "Call"
 */
const char *
fika_contact_kind_verb (FikaContactKind kind)
{
  switch (kind)
    {
    case FIKA_CONTACT_PHONE:
      return _ ("Call");
    case FIKA_CONTACT_EMAIL:
      return C_ ("verb", "Mail");
    case FIKA_CONTACT_ADDRESS:
      return _ ("Show on a Map");
    case FIKA_CONTACT_CHAT:
      return C_ ("verb", "Message");
    case FIKA_CONTACT_VIDEO:
      return _ ("Join by Video");
    case FIKA_CONTACT_URL:
    default:
      return _ ("Open");
    }
}

/**
 * fika_plan_tint:
 * @plan: a catch-up or a series
 *
 * Returns: the style class of its tint: "session" with a group, else its channel's
 */
const char *
fika_plan_tint (FikaPlan *plan)
{
  g_return_val_if_fail (FIKA_IS_PLAN (plan), NULL);

  if (fika_plan_get_kind (plan) == FIKA_KIND_SESSION || fika_plan_get_group (plan) != NULL)
    return "session";
  return channel_tints[fika_kind_channel (fika_plan_get_kind (plan))];
}

/**
 * fika_plan_style_icon:
 * @plan: a catch-up or a series
 * @icon: what shows its kind, in its tint
 */
void
fika_plan_style_icon (FikaPlan *plan, GtkImage *icon)
{
  const char *classes[] = { "tint-icon", NULL, NULL };

  g_return_if_fail (FIKA_IS_PLAN (plan));
  g_return_if_fail (GTK_IS_IMAGE (icon));

  classes[1] = fika_plan_tint (plan);
  gtk_image_set_from_icon_name (icon, fika_kind_icon (fika_plan_get_kind (plan)));
  gtk_widget_set_css_classes (GTK_WIDGET (icon), classes);
}

/**
 * fika_plan_dup_title_among:
 * @plan: a catch-up or a series
 * @subject: (nullable): the person whose page it is shown on
 *
 * What a plan is called where it goes without saying whom it is with.
 *
 * Returns: (transfer full): a title, never empty
 */
char *
fika_plan_dup_title_among (FikaPlan *plan, GObject *subject)
{
  GPtrArray *people;

  g_return_val_if_fail (FIKA_IS_PLAN (plan), NULL);

  people = fika_plan_get_people (plan);
  if (*fika_plan_get_title (plan) == '\0' && fika_plan_get_group (plan) == NULL && people->len == 1
      && g_ptr_array_index (people, 0) == (gpointer) subject)
    return g_strdup (fika_kind_label (fika_plan_get_kind (plan)));
  return fika_plan_dup_display_title (plan);
}
