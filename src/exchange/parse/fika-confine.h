#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FikaConfine:
 * @FIKA_CONFINE_READING: before anything is read: little time and memory, no files written, no
 *   network, no programs; existing files may be opened for reading (tables of character sets)
 * @FIKA_CONFINE_PARSING: from then on no file can be opened at all, and no memory made executable
 */
typedef enum
{
  FIKA_CONFINE_READING,
  FIKA_CONFINE_PARSING,
} FikaConfine;

gboolean fika_confine (FikaConfine stage);
gboolean fika_confine_filters (void);

G_END_DECLS
