#include "config.h"

#include "exchange/parse/fika-parse-file.h"

#include "exchange/fika-vcard-text.h"
#include "exchange/parse/fika-card-json.h"
#include "exchange/parse/fika-parse-format.h"

#include <string.h>

/* One file on its way through. */
typedef struct
{
  FikaParseWrite write;
  gpointer user_data;
  guint entries;
  guint cards;
  gboolean stopped;
} Answer;

static void
put (Answer *answer, const char *text)
{
  if (!answer->stopped && !answer->write (text, strlen (text), answer->user_data))
    answer->stopped = TRUE;
}

/* An entry has a line of its own, so that the other end can take one at a time. */
static void
put_entry (Answer *answer, JsonNode *entry)
{
  g_autoptr (JsonNode) node = entry;
  g_autofree char *text = json_to_string (node, FALSE);

  put (answer, answer->entries > 0 ? ",\n" : "\n");
  put (answer, text);
  answer->entries++;
}

static void
line_free (FikaLine *line)
{
  g_free (line->text);
  g_free (line);
}

static void
take_card (Answer *answer, GPtrArray *lines, guint number)
{
  g_autoptr (FikaCard) card = fika_card_read (lines, number);

  if (card->list)
    put_entry (answer, fika_skip_to_json (number, card->name, FIKA_PARSE_SKIP_LIST));
  else if (*card->name == '\0')
    put_entry (answer, fika_skip_to_json (number, "", FIKA_PARSE_SKIP_NO_NAME));
  else
    put_entry (answer, fika_card_to_json (card));
}

static void
skip_card (Answer *answer, GPtrArray *lines, guint number)
{
  g_autoptr (FikaCard) card = fika_card_read (lines, number);

  put_entry (answer, fika_skip_to_json (number, card->name, FIKA_PARSE_SKIP_NO_END));
}

/* "AGENT:" of version 2.1, whose value is a whole card on the lines that follow. */
static gboolean
expects_agent (GPtrArray *lines)
{
  const FikaLine *last;
  g_autofree char *name = NULL;
  const char *value;

  if (lines->len == 0)
    return FALSE;
  last = g_ptr_array_index (lines, lines->len - 1);
  name = fika_vcard_line_name (last->text);
  value = fika_vcard_line_value (last->text);

  return g_str_equal (name, "AGENT") && value != NULL && value[strspn (value, " \t")] == '\0';
}

/* What the file is, if it is one of contacts at all; NULL where it is. */
static const char *
refusal (const char *data, gsize length)
{
  FikaLineReader reader;
  FikaLine line;
  gboolean empty = TRUE;
  gboolean calendar = FALSE;

  fika_line_reader_init (&reader, data, length);
  while (fika_line_reader_next (&reader, &line))
    {
      g_autofree char *text = line.text;

      empty = FALSE;
      if (fika_line_is (text, "BEGIN", "VCARD"))
        return NULL;
      if (fika_line_is (text, "BEGIN", "VCALENDAR"))
        calendar = TRUE;
    }

  return empty      ? FIKA_PARSE_ERROR_EMPTY
         : calendar ? FIKA_PARSE_ERROR_CALENDAR
                    : FIKA_PARSE_ERROR_NOT_CONTACTS;
}

static guint
count_cards (const char *data, gsize length)
{
  const char *end = data + length;
  const char *p = data;
  guint n = 0;

  while ((p = memchr (p, ':', end - p)) != NULL)
    {
      p++;
      if (p - data >= 6 && end - p >= 5 && g_ascii_strncasecmp (p - 6, "BEGIN:", 6) == 0
          && g_ascii_strncasecmp (p, "VCARD", 5) == 0)
        n++;
    }

  return n;
}

static void
read_cards (Answer *answer, const char *data, gsize length)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  FikaLineReader reader;
  FikaLine line;
  guint begin = 0; /* the line of the open card; 0 = none is open */
  guint agents = 0;
  gboolean stray = FALSE;

  fika_line_reader_init (&reader, data, length);
  while (!answer->stopped && fika_line_reader_next (&reader, &line))
    {
      g_autofree char *text = line.text;
      gboolean begins = fika_line_is (text, "BEGIN", "VCARD");
      gboolean ends = fika_line_is (text, "END", "VCARD");

      if (begin == 0)
        {
          if (begins)
            {
              begin = line.number;
              stray = FALSE;
            }
          else if (!stray)
            {
              /* Told once, however many lines there are. */
              put_entry (answer, fika_skip_to_json (line.number, "", FIKA_PARSE_SKIP_STRAY));
              stray = TRUE;
            }
        }
      else if (agents > 0)
        {
          if (begins)
            agents++;
          else if (ends)
            agents--;
        }
      else if (begins && expects_agent (lines))
        {
          agents = 1;
        }
      else if (begins)
        {
          skip_card (answer, lines, begin);
          g_ptr_array_set_size (lines, 0);
          begin = line.number;
        }
      else if (ends)
        {
          take_card (answer, lines, begin);
          g_ptr_array_set_size (lines, 0);
          begin = 0;
          stray = FALSE;
        }
      else
        {
          FikaLine *kept = g_new (FikaLine, 1);

          kept->text = g_steal_pointer (&text);
          kept->number = line.number;
          g_ptr_array_add (lines, kept);
        }
    }
  if (begin != 0)
    skip_card (answer, lines, begin);
}

/**
 * fika_parse_refuse:
 * @error: one of FIKA_PARSE_ERROR_…
 * @write: takes the answer
 * @user_data: for @write
 *
 * Answers that the file as a whole cannot be read.
 *
 * Returns: whether all of the answer was taken
 */
gboolean
fika_parse_refuse (const char *error, FikaParseWrite write, gpointer user_data)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{\"format\":\"%s\",\"error\":\"%s\"}\n", FIKA_PARSE_FORMAT, error);

  return write (text, strlen (text), user_data);
}

/**
 * fika_parse_file:
 * @data: (array length=length): a file of contacts, as fika_lines_decode() left it
 * @length: its length in bytes
 * @write: takes the answer, piece by piece
 * @user_data: for @write
 *
 * Reads the cards and answers them in the form that fika-parse.c describes.
 *
 * Returns: whether all of the answer was taken
 */
gboolean
fika_parse_file (const char *data, gsize length, FikaParseWrite write, gpointer user_data)
{
  Answer answer = { .write = write, .user_data = user_data };
  const char *error = refusal (data, length);
  g_autofree char *end = NULL;

  if (error == NULL && count_cards (data, length) > FIKA_PARSE_MAX_CARDS)
    error = FIKA_PARSE_ERROR_TOO_MANY;
  if (error != NULL)
    return fika_parse_refuse (error, write, user_data);

  put (&answer, "{\"format\":\"" FIKA_PARSE_FORMAT "\",\"entries\":[");
  read_cards (&answer, data, length);
  end = g_strdup_printf ("\n],\"count\":%u}\n", answer.entries);
  put (&answer, end);

  return !answer.stopped;
}
