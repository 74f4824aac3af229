#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FIKA_ERROR:
 *
 * The one error domain of Fika. Every message in it is a whole sentence in plain words, translated,
 * that says what happened and what the person can do; it can be shown as it is.
 */
#define FIKA_ERROR (fika_error_quark ())
GQuark fika_error_quark (void);

/**
 * FikaError:
 * @FIKA_ERROR_INVALID: something typed or read makes no sense; the message says what to change
 * @FIKA_ERROR_NOT_FOUND: nothing has that name or id
 * @FIKA_ERROR_AMBIGUOUS: several things have that name; the message lists them
 * @FIKA_ERROR_BUSY: another program held the database for longer than five seconds
 * @FIKA_ERROR_FULL: the disk is full
 * @FIKA_ERROR_READ_ONLY: the data can be read but not written
 * @FIKA_ERROR_NEWER: the data was written by a newer Fika
 * @FIKA_ERROR_FOREIGN: the file is not Fika's
 * @FIKA_ERROR_DAMAGED: the file is damaged
 * @FIKA_ERROR_CANCELLED: the person cancelled
 * @FIKA_ERROR_UNSUPPORTED: correct, but nothing that Fika can do
 * @FIKA_ERROR_FAILED: the system refused; the message carries its reason
 */
typedef enum
{
  FIKA_ERROR_INVALID,
  FIKA_ERROR_NOT_FOUND,
  FIKA_ERROR_AMBIGUOUS,
  FIKA_ERROR_BUSY,
  FIKA_ERROR_FULL,
  FIKA_ERROR_READ_ONLY,
  FIKA_ERROR_NEWER,
  FIKA_ERROR_FOREIGN,
  FIKA_ERROR_DAMAGED,
  FIKA_ERROR_CANCELLED,
  FIKA_ERROR_UNSUPPORTED,
  FIKA_ERROR_FAILED,
} FikaError;

G_END_DECLS
