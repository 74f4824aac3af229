#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * FikaCivil:
 *
 * A local date and time without a zone: the minutes since 1970-01-01T00:00 on the wall's clock.
 * Civil values compare, subtract and add as plain integers; they are no instants.
 */
typedef int64_t FikaCivil;

/**
 * FikaDay:
 *
 * A civil day: the days since 1970-01-01.
 */
typedef int32_t FikaDay;

#define FIKA_CIVIL_NONE INT64_MIN
#define FIKA_DAY_NONE INT32_MIN
#define FIKA_MINUTES_A_DAY 1440

/* The span Fika keeps dates in: 1583 (the first whole Gregorian year) to 9999. */
#define FIKA_YEAR_FIRST 1583
#define FIKA_YEAR_LAST 9999

/**
 * FikaWindow:
 *
 * When on its day a catch-up begins: at the exact minute, or loosely within a window.
 */
typedef enum
{
  FIKA_WINDOW_EXACT,
  FIKA_WINDOW_MORNING,   /* 08:00 to 12:00 */
  FIKA_WINDOW_AFTERNOON, /* 12:00 to 17:00 */
  FIKA_WINDOW_EVENING,   /* 17:00 to 22:00 */
  FIKA_WINDOW_DAY,       /* 08:00 to 22:00 */
} FikaWindow;

/* Days of the week are 0 = Monday to 6 = Sunday, months 1 to 12. */
FikaDay fika_day_from_ymd (int year, int month, int day);
void fika_day_to_ymd (FikaDay day, int *year, int *month, int *mday);
gboolean fika_ymd_valid (int year, int month, int day);
int fika_days_in_month (int year, int month);
int fika_day_weekday (FikaDay day);
FikaDay fika_day_week_start (FikaDay day, int first_weekday);
int fika_day_iso_week (FikaDay day);
FikaDay fika_day_parse (const char *text, GError **error);
char *fika_day_format (FikaDay day);

FikaCivil fika_civil_new (FikaDay day, int hour, int minute);
FikaDay fika_civil_day (FikaCivil civil);
int fika_civil_minute_of_day (FikaCivil civil);
FikaCivil fika_civil_parse (const char *text, GError **error);
char *fika_civil_format (FikaCivil civil);

gboolean fika_window_parse (const char *text, FikaWindow *window);
const char *fika_window_to_string (FikaWindow window);
void fika_window_span (FikaWindow window, int *from_minute, int *to_minute);
FikaCivil fika_window_opens (FikaWindow window, FikaCivil start);
FikaCivil fika_window_closes (FikaWindow window, FikaCivil start, int minutes);

G_END_DECLS
