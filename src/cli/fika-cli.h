#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The terminal interface: `fika VERB …`. Needs no display. Exit status: 0 done, 1 could not be done
 * (why, on the standard error), 2 wrong usage.
 */
gboolean fika_cli_is_verb (const char *word);
int fika_cli_run (int argc, char **argv);

G_END_DECLS
