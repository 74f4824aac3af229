#include "config.h"

#include "exchange/parse/fika-card-json.h"

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
begin_list (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
add_texts (JsonBuilder *builder, const char *name, GPtrArray *texts)
{
  begin_list (builder, name);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (texts, i));
  json_builder_end_array (builder);
}

static void
add_day (JsonBuilder *builder, const FikaCardDate *date)
{
  add_number (builder, "year", date->year);
  add_number (builder, "month", date->month);
  add_number (builder, "day", date->day);
}

/* The best of each kind is the preferred one, whatever numbers the card gave; of equals the first.
 */
static gboolean
is_preferred (const FikaCard *self, const FikaCardContact *contact)
{
  const FikaCardContact *best = NULL;

  for (guint i = 0; i < self->contacts->len; i++)
    {
      const FikaCardContact *other = g_ptr_array_index (self->contacts, i);

      if (g_str_equal (other->kind, contact->kind) && other->preference != 0
          && (best == NULL || other->preference < best->preference))
        best = other;
    }

  return best == contact;
}

static void
add_contacts (JsonBuilder *builder, const FikaCard *self)
{
  begin_list (builder, "contacts");
  for (guint i = 0; i < self->contacts->len; i++)
    {
      const FikaCardContact *contact = g_ptr_array_index (self->contacts, i);

      json_builder_begin_object (builder);
      add_text (builder, "kind", contact->kind);
      add_text (builder, "label", contact->label);
      add_text (builder, "value", contact->value);
      if (is_preferred (self, contact))
        {
          json_builder_set_member_name (builder, "preferred");
          json_builder_add_boolean_value (builder, TRUE);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_occasions (JsonBuilder *builder, const FikaCard *self)
{
  begin_list (builder, "occasions");
  for (guint i = 0; i < self->occasions->len; i++)
    {
      const FikaCardDate *date = g_ptr_array_index (self->occasions, i);

      json_builder_begin_object (builder);
      add_text (builder, "kind", date->kind);
      add_text (builder, "label", date->label);
      add_day (builder, date);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_problems (JsonBuilder *builder, const FikaCard *self)
{
  begin_list (builder, "problems");
  for (guint i = 0; i < self->problems->len; i++)
    {
      const FikaCardProblem *problem = &g_array_index (self->problems, FikaCardProblem, i);

      json_builder_begin_object (builder);
      add_number (builder, "line", problem->line);
      add_text (builder, "reason", problem->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * fika_card_to_json:
 * @self: a card
 *
 * Returns: (transfer full): an entry of the answer
 */
JsonNode *
fika_card_to_json (const FikaCard *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "card");
  json_builder_begin_object (builder);
  add_number (builder, "line", self->line);
  add_text (builder, "uid", self->uid);
  add_text (builder, "name", self->name);
  add_text (builder, "nickname", self->nickname);
  add_text (builder, "pronouns", self->pronouns);
  add_text (builder, "notes", self->notes->str);
  add_text (builder, "zone", self->zone);
  add_text (builder, "photo", self->photo);
  add_text (builder, "photo_was", self->photo_was);
  if (self->deceased)
    {
      json_builder_set_member_name (builder, "deceased");
      json_builder_begin_object (builder);
      add_day (builder, &self->died);
      json_builder_end_object (builder);
    }
  add_contacts (builder, self);
  add_occasions (builder, self);
  add_texts (builder, "tags", self->tags);
  add_texts (builder, "extra", self->extra);
  add_problems (builder, self);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * fika_skip_to_json:
 * @line: the line of the file that the skipped part begins in
 * @name: the name in it; may be empty
 * @reason: one of FIKA_PARSE_SKIP_…
 *
 * Returns: (transfer full): an entry of the answer
 */
JsonNode *
fika_skip_to_json (guint line, const char *name, const char *reason)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "skip");
  json_builder_begin_object (builder);
  add_number (builder, "line", line);
  add_text (builder, "name", name);
  add_text (builder, "reason", reason);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
