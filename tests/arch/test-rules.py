#!/usr/bin/env python3
"""Proves every rule of tree_rules.py: each finds exactly what breaks it in a small tree, and
nothing in the same tree without that."""

import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import tree_rules as rules  # noqa: E402

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">{}</svg>\n'

# A tree in which nothing is wrong, close to the edge of every rule.
GOOD = {
    'README.md': 'Data is in ~/.local/share, the build in build/home/x.\n',
    'COPYING': 'FIX' 'ME is a word of the licence.\n',
    'meson.build': 'project()\n',
    'po/LINGUAS': '# none yet\nde\nsv\n',
    'po/de.po': '',
    'po/sv.po': '',
    'po/POTFILES.in': 'data/a.desktop.in\nsrc/plan/fika-a.c\nsrc/ui/week/fika-b.ui\n',
    'data/a.desktop.in': '[Desktop Entry]\n',
    'data/icons/symbolic/fika-call-symbolic.svg':
        SVG.format('<g fill="#2e3436"><path d="M0 0z"/><rect x="1"/><circle r="1"/></g>'),
    'data/sql/001.sql': '-- never REPLACE INTO\nINSERT INTO a VALUES (1) ON CONFLICT DO NOTHING;\n',
    'src/main.c': '#include "config.h"\n#include "cli/fika-cli.h"\n#include "ui/fika-b.h"\n',
    'src/base/fika-clock.c': '#include "config.h"\nint now (void) { return g_get_real_time (); }\n',
    'src/db/fika-db.c': '#include "config.h"\n#include <sqlite3.h>\nchar *a = "SELECT 1";\n',
    'src/plan/fika-a.c':
        '#include "config.h"\n\n#include "base/fika-b.h"\n\n#include <glib.h>\n'
        '/* #include "ui/fika-b.h", time (NULL) and _("nothing") in a comment */\n'
        '// #include <gtk/gtk.h>\n'
        'char *a = _("Select a person"), *b = "time (NULL)";\n' + '\n' * 600,
    'src/exchange/fika-c.c': '#include "config.h"\nchar *a = "BEGIN", *b = "BEGIN:VCARD";\n',
    'src/plan/fika-expand.c': '#include "config.h"\n#include <libical/ical.h>\n',
    'src/ui/fika-compat-panes.c': '#include "config.h"\n#if ADW_CHECK_VERSION (1, 4, 0)\n#endif\n',
    'src/ui/week/fika-b.c':
        '#include "config.h"\n#include "ui/week/fika-b.h"\n#include "fika-ui-resources.h"\n'
        '#include "store/fika-store.h"\n#include <adwaita.h>\n'
        'char *icon = "fika-call-symbolic";\ntime_t x = runtime (1);\n',
    'src/ui/week/fika-b.ui': '<interface><p translatable="yes">Hm</p></interface>\n',
    'tests/a.c': '/* ' + 'x' * 94 + ' */\n',
}

# rule: trees that differ from GOOD in the files named, and the violations each must give.
BAD = {
    rules.rooms_include_only_what_the_table_allows: [
        ({'src/plan/fika-c.c': '#include "config.h"\n#include "store/fika-store.h"\n'}, 1),
        ({'src/ui/fika-c.h': '#  include "db/fika-db.h"\n#include "service/fika-a.h"\n'}, 2),
        ({'src/db/fika-c.c': '#include "fika-db.h"\n'}, 1),
        ({'src/attic/fika-c.c': '\n'}, 1),
        ({'src/main.c': '#include "config.h"\n#include "db/fika-db.h"\n'}, 1),
    ],
    rules.libraries_are_included_only_where_they_belong: [
        ({'src/store/fika-c.c': '#include <sqlite3.h>\n'}, 1),
        ({'src/service/fika-c.c': '#include <gtk/gtk.h>\n#include <adwaita.h>\n'}, 2),
        ({'src/plan/fika-c.c': '#include <libical/ical.h>\n'}, 1),
        ({'src/ui/fika-c.c': '#include <libnotify/notify.h>\n'}, 1),
        ({'src/store/fika-c.c': '#include <json-glib/json-glib.h>\n'}, 1),
        ({'src/command/fika-c.c': '#include <libebook-contacts/libebook-contacts.h>\n'}, 1),
        ({'src/exchange/fika-c.c': '#include <gdk-pixbuf/gdk-pixbuf.h>\n'}, 1),
    ],
    rules.versions_are_checked_only_in_compat: [
        ({'src/ui/fika-c.c': '\n#if GTK_CHECK_VERSION (4, 10, 0)\n#endif\n'}, 1),
        ({'src/ui/week/fika-compat.c': 'int a = ADW_MINOR_VERSION;\n'}, 1),
    ],
    rules.sql_lives_only_in_store_and_db: [
        ({'src/command/fika-c.c': 'char *a = "SELECT name FROM person";\n'}, 1),
        ({'src/model/fika-c.c': 'char *a = "INSERT INTO a"\n  "DELETE FROM b";\n'}, 2),
        ({'src/cli/fika-c.c': '#include "config.h"\nchar *a = "BEGIN IMMEDIATE";\n'}, 1),
    ],
    rules.nothing_is_replaced_behind_the_log: [
        ({'src/store/fika-c.c': 'char *a = "REPLACE INTO a";\n'}, 1),
        ({'data/sql/001.sql': 'insert or replace into a values (1);\n'}, 1),
    ],
    rules.objects_carry_no_loose_data: [
        ({'src/ui/fika-c.c': 'g_object_set_data (a, "b", c);\n'}, 1),
        ({'src/ui/fika-c.c': 'g_object_set_qdata_full (a, b, c, d);\n'}, 1),
    ],
    rules.only_the_clock_knows_the_time: [
        ({'src/ui/fika-c.c': 'a = time (NULL);\n'}, 1),
        ({'src/store/fika-c.c': 'a = g_date_time_new_now_local ();\nb = g_get_real_time ();\n'}, 2),
    ],
    rules.old_widgets_are_not_used: [
        ({'src/ui/fika-c.c': 'a = gtk_message_dialog_new (b);\n'}, 1),
        ({'src/ui/week/fika-b.ui': '<object class="GtkTreeView"/>\n'}, 1),
    ],
    rules.files_stay_small: [({'src/ui/fika-c.c': '\n' * 701}, 1)],
    rules.sources_begin_with_the_configuration: [
        ({'src/ui/fika-c.c': '#include <glib.h>\n#include "config.h"\n'}, 1),
    ],
    rules.translated_files_are_listed: [
        ({'src/ui/fika-c.c': 'a = C_("verb", "Log");\n'}, 1),
        ({'src/ui/fika-c.ui': '<p translatable="yes">Hm</p>\n'}, 1),
        ({'src/plan/fika-a.c': 'a = translate_ ("Hm");\n'}, 1),
        ({'po/POTFILES.in': 'src/plan/fika-a.c\ndata/a.desktop.in\nsrc/ui/week/fika-b.ui\n'}, 1),
    ],
    rules.languages_are_listed: [
        ({'po/LINGUAS': 'de\n'}, 1),
        ({'po/LINGUAS': 'de\nfr\nsv\n'}, 1),
    ],
    rules.documents_are_well_formed: [
        ({'src/ui/week/fika-b.ui': '<interface><p></interface>\n'}, 1),
        ({'data/a.metainfo.xml.in': '<a>&</a>\n'}, 1),
    ],
    rules.symbolic_icons_take_any_colour: [
        ({'data/icons/fika-x-symbolic.svg': SVG.format('<path fill="#ff0000" d=""/>')}, 1),
        ({'data/icons/fika-x-symbolic.svg': SVG.format('<path stroke="#2e3436" d=""/>')}, 1),
        ({'data/icons/fika-x-symbolic.svg': SVG.format('<ellipse rx="2"/>')}, 1),
        ({'data/icons/fika-x-symbolic.svg': SVG.format('').replace('0 0 16', '0 0 24')}, 1),
    ],
    rules.icons_named_are_there: [({'src/ui/fika-c.c': 'a = "fika-tea-symbolic";\n'}, 1)],
    rules.work_is_finished: [({'src/ui/fika-c.c': '/* FIX' 'ME: later */\n'}, 1)],
    rules.no_path_of_a_machine: [
        ({'README.md': 'Run /home/' 'ada/fika/fika.\n'}, 1),
        ({'src/ui/fika-c.c': 'a = "/root/' 'x";\n'}, 1),
    ],
    rules.the_top_level_is_the_agreed_one: [({'NEWS.md': 'New.\n'}, 1)],
}


def violations(rule, files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding='utf-8')
        return rules.check(rule, folder)


failed = False
print(f'1..{len(rules.RULES)}')
for number, rule in enumerate(rules.RULES, 1):
    problems = [f'in the good tree: {line}' for line in violations(rule, GOOD)]
    for files, expected in BAD[rule]:
        found = violations(rule, {**GOOD, **files})
        if len(found) != expected:
            problems.append(f'{expected} expected in {files}: {found}')
    print(f'{"not ok" if problems else "ok"} {number} {rules.title(rule)}')
    for problem in problems:
        print(f'# {problem}', file=sys.stderr)
    failed = failed or bool(problems)
sys.exit(failed)
