#pragma once

/*
 * What fika-parse answers, as both ends know it. The document is described in fika-parse.c.
 */
#define FIKA_PARSE_FORMAT "fika-parse 1"

/* The file as a whole could not be read ("error"). */
#define FIKA_PARSE_ERROR_EMPTY "empty"
#define FIKA_PARSE_ERROR_CALENDAR "calendar"
#define FIKA_PARSE_ERROR_NOT_CONTACTS "not-contacts"
#define FIKA_PARSE_ERROR_TOO_LARGE "too-large"
#define FIKA_PARSE_ERROR_TOO_MANY "too-many"
#define FIKA_PARSE_ERROR_UNREADABLE "unreadable"

/* A card was left out ("skip"). */
#define FIKA_PARSE_SKIP_NO_END "no-end"
#define FIKA_PARSE_SKIP_NO_NAME "no-name"
#define FIKA_PARSE_SKIP_LIST "list"
#define FIKA_PARSE_SKIP_STRAY "stray"

/* A card came in, without or with a changed part ("problems"). */
#define FIKA_PARSE_PROBLEM_LINE "line"
#define FIKA_PARSE_PROBLEM_LONG_LINE "long-line"
#define FIKA_PARSE_PROBLEM_LONG_VALUE "long-value"
#define FIKA_PARSE_PROBLEM_LONG_NAME "long-name"
#define FIKA_PARSE_PROBLEM_LONG_NOTE "long-note"
#define FIKA_PARSE_PROBLEM_MANY "many"
#define FIKA_PARSE_PROBLEM_DATE "date"
#define FIKA_PARSE_PROBLEM_PHOTO_BROKEN "photo-broken"
#define FIKA_PARSE_PROBLEM_PHOTO_UNKNOWN "photo-unknown"
#define FIKA_PARSE_PROBLEM_PHOTO_LARGE "photo-large"
#define FIKA_PARSE_PROBLEM_PHOTO_MORE "photo-more"

/* Longest file, most cards; what one card may hold. Lengths of texts are in characters. */
#define FIKA_PARSE_MAX_BYTES (64 * 1024 * 1024)
#define FIKA_PARSE_MAX_CARDS 100000
#define FIKA_PARSE_MAX_LABEL 100
#define FIKA_PARSE_MAX_UID 200
#define FIKA_PARSE_MAX_PARTS 200 /* contacts, and as many occasions and tags */
#define FIKA_PARSE_MAX_PROBLEMS 50
#define FIKA_PARSE_MAX_EXTRA_LINE 32768 /* bytes */
#define FIKA_PARSE_MAX_EXTRA 65536      /* bytes, all lines together */

/* What Fika writes that vCard has no word for: on URL that it is "video", for video calls; on
 * X-ABDATE that it is an "anniversary" with a label of its own; and DEATHDATE where the day is not
 * known. */
#define FIKA_PARSE_KIND_PARAM "X-FIKA-KIND"
#define FIKA_PARSE_UNKNOWN_DATE "unknown"
