#include "config.h"

#include "base/fika-tzif.h"

#include "base/fika-civil.h"

#include <string.h>

#define SECONDS_A_DAY 86400

/* A file of the time zone database has a few kilobytes. */
#define FILE_MAX (256 * 1024)

/* When in each year a clock is changed, as POSIX writes it. */
typedef struct
{
  enum
  {
    RULE_JULIAN,
    RULE_DAY,
    RULE_MONTH
  } type;
  int month; /* RULE_MONTH: 1 to 12 */
  int week;  /* RULE_MONTH: 1 to 5, 5 = the last */
  int day; /* RULE_MONTH: 0 = Sunday to 6; RULE_JULIAN: 1 to 365, no 29 February; RULE_DAY: 0 to 365
            */
  int time; /* seconds from that day's midnight, by the clock before the change */
} YearRule;

typedef struct
{
  int64_t utc;
  int64_t wall; /* the local time from which on, read as early as it can be, the new offset holds */
  int offset;   /* the new offset, in seconds east of UTC */
} Transition;

struct _FikaTzif
{
  Transition *transitions;
  size_t n_transitions;
  int first_offset; /* before all transitions */

  /* After the last transition: the POSIX rule. */
  gboolean has_rule;
  gboolean has_summer;
  int std_offset;
  int dst_offset;
  YearRule dst_starts;
  YearRule dst_ends;
};

static void
set_transition (Transition *transition, int64_t utc, int before, int after)
{
  transition->utc = utc;
  /* In a gap the offset before it is right, and in a repeated hour too: the new offset is in force
   * once either clock, the old one or the new one, has shown all of it. */
  transition->wall = utc + MAX (before, after);
  transition->offset = after;
}

/* POSIX TZ strings: IEEE Std 1003.1, section 8.3, with the extensions of RFC 8536, section 3.3.1.
 */

static gboolean
skip_zone_name (const char **p)
{
  const char *start = *p;

  if (**p == '<')
    {
      while (**p != '\0' && **p != '>')
        (*p)++;
      if (**p != '>')
        return FALSE;
      (*p)++;
      return TRUE;
    }
  while (g_ascii_isalpha (**p))
    (*p)++;

  return *p - start >= 3;
}

static gboolean
read_number (const char **p, int max, int *number)
{
  if (!g_ascii_isdigit (**p))
    return FALSE;

  *number = 0;
  while (g_ascii_isdigit (**p))
    {
      *number = *number * 10 + (**p - '0');
      if (*number > max)
        return FALSE;
      (*p)++;
    }

  return TRUE;
}

/* [+-]hh[:mm[:ss]] */
static gboolean
read_seconds (const char **p, int *seconds)
{
  int sign = 1, hours, minutes = 0, rest = 0;

  if (**p == '+' || **p == '-')
    {
      sign = **p == '-' ? -1 : 1;
      (*p)++;
    }
  if (!read_number (p, 167, &hours))
    return FALSE;
  if (**p == ':')
    {
      (*p)++;
      if (!read_number (p, 59, &minutes))
        return FALSE;
      if (**p == ':')
        {
          (*p)++;
          if (!read_number (p, 59, &rest))
            return FALSE;
        }
    }
  *seconds = sign * (hours * 3600 + minutes * 60 + rest);

  return TRUE;
}

static gboolean
read_year_rule (const char **p, YearRule *rule)
{
  if (**p != ',')
    return FALSE;
  (*p)++;

  rule->time = 2 * 3600;
  if (**p == 'M')
    {
      rule->type = RULE_MONTH;
      (*p)++;
      if (!read_number (p, 12, &rule->month) || rule->month < 1 || **p != '.')
        return FALSE;
      (*p)++;
      if (!read_number (p, 5, &rule->week) || rule->week < 1 || **p != '.')
        return FALSE;
      (*p)++;
      if (!read_number (p, 6, &rule->day))
        return FALSE;
    }
  else if (**p == 'J')
    {
      rule->type = RULE_JULIAN;
      (*p)++;
      if (!read_number (p, 365, &rule->day) || rule->day < 1)
        return FALSE;
    }
  else
    {
      rule->type = RULE_DAY;
      if (!read_number (p, 365, &rule->day))
        return FALSE;
    }
  if (**p == '/')
    {
      (*p)++;
      return read_seconds (p, &rule->time);
    }

  return TRUE;
}

static gboolean
read_posix (FikaTzif *self, const char *text)
{
  const char *p = text;
  int west;

  if (!skip_zone_name (&p) || !read_seconds (&p, &west))
    return FALSE;
  self->has_rule = TRUE;
  self->std_offset = -west;
  self->dst_offset = self->std_offset;
  if (*p == '\0')
    return TRUE;

  if (!skip_zone_name (&p))
    return FALSE;
  west = -(self->std_offset + 3600);
  if (*p != ',' && *p != '\0' && !read_seconds (&p, &west))
    return FALSE;
  self->has_summer = TRUE;
  self->dst_offset = -west;

  /* Where it does not say when, everybody takes the rule of the United States. */
  if (*p == '\0')
    p = ",M3.2.0,M11.1.0";

  return read_year_rule (&p, &self->dst_starts) && read_year_rule (&p, &self->dst_ends)
         && *p == '\0';
}

/* The local seconds since 1970, by the clock before the change, at which @rule falls in @year. */
static int64_t
rule_in_year (const YearRule *rule, int year)
{
  FikaDay day = fika_day_from_ymd (year, 1, 1);

  switch (rule->type)
    {
    case RULE_DAY:
      day += rule->day;
      break;
    case RULE_JULIAN:
      day += rule->day - 1 + (rule->day >= 60 && fika_days_in_month (year, 2) == 29);
      break;
    case RULE_MONTH:
    default:
      {
        int weekday = (rule->day + 6) % 7; /* 0 = Monday */
        int mday;

        day = fika_day_from_ymd (year, rule->month, 1);
        mday = (weekday - fika_day_weekday (day) + 7) % 7 + (rule->week - 1) * 7;
        if (mday >= fika_days_in_month (year, rule->month))
          mday -= 7;
        day += mday;
        break;
      }
    }

  return (int64_t) day * SECONDS_A_DAY + rule->time;
}

/* The offset by the POSIX rule at @seconds, which are local or UTC. */
static int
rule_offset (FikaTzif *self, int64_t seconds, gboolean local)
{
  int64_t local_day = (seconds + (local ? 0 : self->std_offset)) / SECONDS_A_DAY;
  int64_t latest = INT64_MIN;
  int offset = self->std_offset;
  int year;

  if (!self->has_summer)
    return self->std_offset;

  fika_day_to_ymd ((FikaDay) CLAMP (local_day, -141000, 2932000), &year, NULL, NULL);
  year = CLAMP (year, FIKA_YEAR_FIRST + 1, FIKA_YEAR_LAST - 1);

  /* Of a start and an end at one instant (summer time all year) the start counts. */
  for (int y = year - 1; y <= year + 1; y++)
    {
      Transition ends, starts;
      int64_t at;

      set_transition (&ends, rule_in_year (&self->dst_ends, y) - self->dst_offset, self->dst_offset,
                      self->std_offset);
      at = local ? ends.wall : ends.utc;
      if (at <= seconds && at > latest)
        {
          latest = at;
          offset = ends.offset;
        }
      set_transition (&starts, rule_in_year (&self->dst_starts, y) - self->std_offset,
                      self->std_offset, self->dst_offset);
      at = local ? starts.wall : starts.utc;
      if (at <= seconds && at >= latest)
        {
          latest = at;
          offset = starts.offset;
        }
    }

  return offset;
}

static uint32_t
be32 (const uint8_t *p)
{
  return (uint32_t) p[0] << 24 | (uint32_t) p[1] << 16 | (uint32_t) p[2] << 8 | p[3];
}

static int64_t
be_time (const uint8_t *p, size_t size)
{
  if (size == 4)
    return (int32_t) be32 (p);

  return (int64_t) ((uint64_t) be32 (p) << 32 | be32 (p + 4));
}

typedef struct
{
  int version;
  size_t isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt;
} Header;

#define HEADER_SIZE 44

static gboolean
read_header (const uint8_t *data, size_t length, Header *header)
{
  if (length < HEADER_SIZE || memcmp (data, "TZif", 4) != 0)
    return FALSE;

  header->version = data[4] == '\0' ? 1 : data[4] - '0';
  header->isutcnt = be32 (data + 20);
  header->isstdcnt = be32 (data + 24);
  header->leapcnt = be32 (data + 28);
  header->timecnt = be32 (data + 32);
  header->typecnt = be32 (data + 36);
  header->charcnt = be32 (data + 40);

  /* Each of them counts bytes of the file at least. */
  return header->isutcnt <= length && header->isstdcnt <= length && header->leapcnt <= length
         && header->timecnt <= length && header->typecnt <= length && header->charcnt <= length
         && header->typecnt >= 1;
}

static size_t
block_size (const Header *header, size_t time_size)
{
  return header->timecnt * (time_size + 1) + header->typecnt * 6 + header->charcnt
         + header->leapcnt * (time_size + 4) + header->isstdcnt + header->isutcnt;
}

/* RFC 8536, section 3.2: more than -25 and less than 26 hours. */
static gboolean
is_offset (int seconds)
{
  return seconds > -90000 && seconds < 93600;
}

static gboolean
read_block (FikaTzif *self, const uint8_t *data, const Header *header, size_t time_size)
{
  const uint8_t *indices = data + header->timecnt * time_size;
  const uint8_t *types = indices + header->timecnt;
  int before;

  self->transitions = g_new (Transition, header->timecnt);
  self->first_offset = before = (int32_t) be32 (types);
  if (!is_offset (before))
    return FALSE;

  for (size_t i = 0; i < header->timecnt; i++)
    {
      int64_t utc = be_time (data + i * time_size, time_size);
      int after;

      if (indices[i] >= header->typecnt)
        return FALSE;
      after = (int32_t) be32 (types + indices[i] * 6);
      if (!is_offset (after) || utc < INT64_MIN / 4 || utc > INT64_MAX / 4)
        return FALSE;

      set_transition (&self->transitions[self->n_transitions++], utc, before, after);
      before = after;
    }

  return TRUE;
}

static gboolean
read_tzif (FikaTzif *self, const uint8_t *data, size_t length)
{
  Header header;
  size_t time_size = 4;
  size_t size;

  if (!read_header (data, length, &header))
    return FALSE;

  if (header.version >= 2)
    {
      size = HEADER_SIZE + block_size (&header, 4);
      if (size > length || !read_header (data + size, length - size, &header))
        return FALSE;
      data += size;
      length -= size;
      time_size = 8;
    }

  size = HEADER_SIZE + block_size (&header, time_size);
  if (size > length || !read_block (self, data + HEADER_SIZE, &header, time_size))
    return FALSE;
  data += size;
  length -= size;

  if (header.version >= 2 && length >= 2 && data[0] == '\n')
    {
      const uint8_t *end = memchr (data + 1, '\n', length - 1);

      if (end != NULL && end > data + 1)
        {
          g_autofree char *rule = g_strndup ((const char *) data + 1, end - data - 1);

          return read_posix (self, rule);
        }
    }

  return TRUE;
}

/*
 * fika_tzif_load:
 * @path: a file
 *
 * Returns: (transfer full) (nullable): the zone in it, or NULL where it cannot be read or is none
 */
FikaTzif *
fika_tzif_load (const char *path)
{
  g_autoptr (FikaTzif) self = NULL;
  g_autofree char *data = NULL;
  size_t length;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_file_get_contents (path, &data, &length, NULL) || length > FILE_MAX)
    return NULL;

  self = g_new0 (FikaTzif, 1);
  if (!read_tzif (self, (const uint8_t *) data, length))
    return NULL;

  return g_steal_pointer (&self);
}

/*
 * fika_tzif_new_posix:
 * @rule: a POSIX TZ string such as "CET-1CEST,M3.5.0,M10.5.0/3"
 *
 * Returns: (transfer full) (nullable): the zone, or NULL where @rule is none
 */
FikaTzif *
fika_tzif_new_posix (const char *rule)
{
  g_autoptr (FikaTzif) self = g_new0 (FikaTzif, 1);

  if (!read_posix (self, rule))
    return NULL;

  return g_steal_pointer (&self);
}

void
fika_tzif_free (FikaTzif *self)
{
  g_free (self->transitions);
  g_free (self);
}

static int
find_offset (FikaTzif *self, int64_t seconds, gboolean local)
{
  size_t low = 0, high = self->n_transitions;

  /* The first transition after @seconds. */
  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      const Transition *t = &self->transitions[middle];

      if ((local ? t->wall : t->utc) <= seconds)
        low = middle + 1;
      else
        high = middle;
    }

  if (low == self->n_transitions && self->has_rule)
    return rule_offset (self, seconds, local);
  if (low == 0)
    return self->first_offset;

  return self->transitions[low - 1].offset;
}

/*
 * fika_tzif_offset_at:
 * @self: a zone
 * @utc: an instant, in UTC seconds
 *
 * Returns: the offset in force then, in seconds east of UTC
 */
int
fika_tzif_offset_at (FikaTzif *self, int64_t utc)
{
  return find_offset (self, utc, FALSE);
}

/*
 * fika_tzif_offset_for:
 * @self: a zone
 * @local: local seconds since 1970
 *
 * Returns: the offset to take from @local, in seconds east of UTC: for a local time that is skipped
 *   the one before the gap, for one that is repeated the first
 */
int
fika_tzif_offset_for (FikaTzif *self, int64_t local)
{
  return find_offset (self, local, TRUE);
}
