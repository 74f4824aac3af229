#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FikaShortcut:
 * @group: heading in the shortcuts window
 * @title: what it does
 * @accels: the keys, separated by spaces
 * @action: (nullable): the detailed action that the application binds them to; %NULL where a widget
 *   binds them itself, because they must not run before the focused entry had its chance
 *
 * One key of Fika. The table is both what is bound and what the shortcuts window shows.
 */
typedef struct
{
  const char *group;
  const char *title;
  const char *accels;
  const char *action;
} FikaShortcut;

const FikaShortcut *fika_shortcuts_get (guint *n);
char *fika_shortcuts_to_ui (void);

G_END_DECLS
