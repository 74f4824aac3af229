"""The rules that hold for the whole tree, each a function from a folder to its violations.

A violation is one line, "path: what is wrong". Every rule here is written down in the README's
Architecture or Contributing section; test-tree.py applies them to the sources, test-rules.py
proves each on a small tree that breaks it.
"""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# What each room may include besides itself.
ROOMS = {
    'base': set(),
    'plan': {'base'},
    'db': {'base'},
    'store': {'base', 'plan', 'db'},
    'model': {'base', 'store'},
    'command': {'base', 'plan', 'store'},
    'exchange': {'base', 'plan', 'store', 'command'},
    'service': {'base', 'plan', 'store', 'command'},
    'cli': {'base', 'plan', 'store', 'command', 'exchange'},
    'ui': {'base', 'plan', 'store', 'model', 'command', 'exchange'},
}
# The start of the program: a verb goes to the terminal's room, everything else to the window's.
ROOMS['main.c'] = {'base', 'cli', 'ui'}
# An included room's public headers are the includer's own to name: store's speak of plan's kinds.
ROOMS['model'] |= {'plan'}

# Headers of libraries, and the only places that may include them.
LIBRARIES = [
    (re.compile(r'gtk/|gdk/|gsk/|pango/|graphene|adwaita|cairo'), ['ui/']),
    (re.compile(r'sqlite3'), ['db/']),
    (re.compile(r'libical/|ical'), ['plan/fika-expand.c', 'exchange/']),
    (re.compile(r'json-glib/'), ['exchange/', 'cli/']),
    (re.compile(r'libnotify/'), ['service/']),
    (re.compile(r'libebook|libedata|libebackend'), ['exchange/']),
    (re.compile(r'gdk-pixbuf'), ['exchange/parse/']),
]

TOP_LEVEL = {'src', 'data', 'po', 'tests', 'meson.build', 'README.md', 'COPYING'}

C_FILE_LINES = 700

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
SQL = re.compile(
    r'^"\s*(SELECT|INSERT|UPDATE|DELETE FROM|CREATE (TABLE|INDEX|TRIGGER|VIRTUAL)|DROP|ALTER|PRAGMA|'
    r'BEGIN (IMMEDIATE|EXCLUSIVE|DEFERRED)|COMMIT|ROLLBACK|SAVEPOINT|VACUUM|WITH RECURSIVE|ATTACH)\b')
TRANSLATED = re.compile(r'(?<![A-Za-z0-9_])(?:_|C_|N_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"')
CLOCK = re.compile(
    r'\b(g_get_real_time|g_date_time_new_now\w*|gettimeofday|clock_gettime|time)\s*\(')


def without_comments(text):
    """C without comments, its strings kept and its lines where they were."""
    pattern = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'|/\*.*?\*/|//[^\n]*', re.DOTALL)

    def replace(match):
        token = match.group()
        return token if token[0] in '"\'' else ' ' + '\n' * token.count('\n')

    return pattern.sub(replace, text)


def read(path):
    return path.read_text(encoding='utf-8')


def tree_files(root):
    """Every file of the tree, builds and hidden folders apart."""
    for path in sorted(root.rglob('*')):
        parts = path.relative_to(root).parts
        if any(part.startswith(('.', '_', 'build')) and part != '.ci' for part in parts[:-1]):
            continue
        if '__pycache__' not in parts and path.name != '.git' and path.is_file():
            yield path


def sources(root, *suffixes):
    for path in sorted((root / 'src').rglob('*')):
        if path.suffix in suffixes:
            yield path, str(path.relative_to(root / 'src'))


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def rooms_include_only_what_the_table_allows(root):
    for path, name in sources(root, '.c', '.h'):
        text = without_comments(read(path))
        room = name.split('/')[0]
        if room not in ROOMS:
            yield f'src/{name}: {room} is no room of the table'
            continue
        for kind, header in INCLUDE.findall(text):
            if kind == '<' or header == 'config.h':
                continue
            if '/' not in header:
                # Built by meson beside the objects: resources, enumerations.
                if not header.endswith(('-resources.h', '-enums.h')):
                    yield f'src/{name}: "{header}" is not written as "room/file.h"'
                continue
            other = header.split('/')[0]
            if other != room and other not in ROOMS[room]:
                yield f'src/{name}: {room} may not include {other} ("{header}")'


def libraries_are_included_only_where_they_belong(root):
    for path, name in sources(root, '.c', '.h'):
        for kind, header in INCLUDE.findall(without_comments(read(path))):
            if kind != '<':
                continue
            for pattern, places in LIBRARIES:
                if pattern.match(header) and not name.startswith(tuple(places)):
                    yield f'src/{name}: <{header}> belongs to {" and ".join(places)}'


def versions_are_checked_only_in_compat(root):
    check = re.compile(r'\b(GTK|ADW)_(CHECK_VERSION|MINOR_VERSION|MAJOR_VERSION)\b')
    for path, name in sources(root, '.c', '.h'):
        if re.match(r'ui/fika-compat[-\w]*\.[ch]$', name):
            continue
        text = without_comments(read(path))
        for match in check.finditer(text):
            yield f'src/{name}:{line_of(text, match.start())}: {match.group()} outside ui/fika-compat'


def sql_lives_only_in_store_and_db(root):
    for path, name in sources(root, '.c', '.h'):
        if name.startswith(('store/', 'db/')):
            continue
        text = without_comments(read(path))
        for match in STRING.finditer(text):
            if SQL.match(match.group()):
                yield f'src/{name}:{line_of(text, match.start())}: SQL: {match.group()[:40]}'


def nothing_is_replaced_behind_the_log(root):
    """REPLACE deletes without firing triggers, so the change log would not see it."""
    replace = re.compile(r'\b(REPLACE\s+INTO|INSERT\s+OR\s+REPLACE|ON\s+CONFLICT\s+REPLACE)\b',
                         re.IGNORECASE)
    files = [path for path, _ in sources(root, '.c', '.h')] + sorted((root / 'data').rglob('*.sql'))
    for path in files:
        text = read(path)
        text = without_comments(text) if path.suffix != '.sql' else re.sub(r'--[^\n]*', '', text)
        for match in replace.finditer(text):
            yield f'{path.relative_to(root)}:{line_of(text, match.start())}: {match.group()}'


def objects_carry_no_loose_data(root):
    loose = re.compile(r'\bg_object_set_q?data(_full)?\s*\(')
    for path, name in sources(root, '.c'):
        text = without_comments(read(path))
        for match in loose.finditer(text):
            yield f'src/{name}:{line_of(text, match.start())}: a field is kept with {match.group()[:-1]}'


def only_the_clock_knows_the_time(root):
    """The name of a backup made before a migration is the one exception: no plan depends on it."""
    for path, name in sources(root, '.c'):
        if re.match(r'base/fika-[-\w]*clock\.c$|db/fika-migrate\.c$', name):
            continue
        text = without_comments(read(path))
        for match in CLOCK.finditer(STRING.sub('""', text)):
            yield f'src/{name}: asks {match.group(1)} instead of a FikaClock'


def old_widgets_are_not_used(root):
    old = re.compile(
        r'\b(Gtk(Dialog|MessageDialog|ComboBox|ComboBoxText|TreeView|IconView|EntryCompletion|InfoBar|'
        r'Assistant|Statusbar|ColorButton|FontButton|AppChooserDialog|LockButton)|'
        r'gtk_(dialog|message_dialog|combo_box|combo_box_text|tree_view|entry_completion|info_bar|'
        r'assistant|statusbar|color_button)_\w+)\b')
    for path, name in sources(root, '.c', '.h', '.ui'):
        text = without_comments(read(path)) if path.suffix != '.ui' else read(path)
        for match in old.finditer(text):
            yield f'src/{name}:{line_of(text, match.start())}: {match.group()} is on its way out of GTK'


def files_stay_small(root):
    for path, name in sources(root, '.c'):
        lines = read(path).count('\n')
        if lines > C_FILE_LINES:
            yield f'src/{name}: {lines} lines; split it along a concept ({C_FILE_LINES} at the most)'


def sources_begin_with_the_configuration(root):
    for path, name in sources(root, '.c'):
        includes = INCLUDE.findall(without_comments(read(path)))
        if not includes or includes[0][1] != 'config.h':
            yield f'src/{name}: the first include is not "config.h"'


def translated_files_are_listed(root):
    listed = [line for line in read(root / 'po' / 'POTFILES.in').splitlines()
              if line and not line.startswith('#')]
    if listed != sorted(set(listed)):
        yield 'po/POTFILES.in: not sorted, or something is in it twice'
    speaking = set()
    for path, name in sources(root, '.c', '.h', '.ui'):
        text = read(path)
        if path.suffix == '.ui':
            found = re.search(r'translatable="(yes|true)"', text)
        else:
            found = TRANSLATED.search(without_comments(text))
        if found:
            speaking.add(f'src/{name}')
    for path in sorted((root / 'data').glob('*.in')) + sorted((root / 'data').glob('*.gschema.xml')) + \
            sorted((root / 'data' / 'autostart').glob('*.in')):
        speaking.add(str(path.relative_to(root)))
    for name in sorted(speaking - set(listed)):
        yield f'po/POTFILES.in: {name} is missing'
    for name in sorted(set(listed) - speaking):
        yield f'po/POTFILES.in: {name} has nothing to translate, or is not there'


def languages_are_listed(root):
    listed = [line for line in read(root / 'po' / 'LINGUAS').splitlines()
              if line and not line.startswith('#')]
    if listed != sorted(set(listed)):
        yield 'po/LINGUAS: not sorted, or something is in it twice'
    there = {path.stem for path in (root / 'po').glob('*.po')}
    for language in sorted(there.symmetric_difference(listed)):
        yield f'po/LINGUAS: {language}.po and the list do not agree'


def documents_are_well_formed(root):
    for path in tree_files(root):
        if path.suffix in ('.ui', '.svg', '.xml') or path.name.endswith('.xml.in'):
            try:
                ElementTree.parse(path)
            except ElementTree.ParseError as error:
                yield f'{path.relative_to(root)}: {error}'


def symbolic_icons_take_any_colour(root):
    """GTK recolours the fill of paths, rectangles and circles, and nothing else."""
    svg = '{http://www.w3.org/2000/svg}'
    for path in sorted((root / 'data' / 'icons').rglob('*-symbolic.svg')):
        name = path.relative_to(root)
        picture = ElementTree.parse(path).getroot()
        if picture.get('viewBox') != '0 0 16 16':
            yield f'{name}: the view box is not 0 0 16 16'
        for element in picture.iter():
            tag = element.tag.replace(svg, '')
            if tag not in ('svg', 'g', 'path', 'rect', 'circle'):
                yield f'{name}: <{tag}> is not recoloured'
            if any(key.startswith(('stroke', 'style', 'opacity')) for key in element.keys()):
                yield f'{name}: strokes, styles and opacity are not recoloured'
            if element.get('fill') not in (None, '#2e3436'):
                yield f'{name}: more than one colour'


def icons_named_are_there(root):
    there = {path.stem for path in (root / 'data' / 'icons').rglob('*.svg')}
    used = re.compile(r'["\'>](fika-[a-z-]+-symbolic)["\'<]')
    for path, name in sources(root, '.c', '.h', '.ui'):
        for icon in used.findall(read(path)):
            if icon not in there:
                yield f'src/{name}: there is no icon {icon}'


def work_is_finished(root):
    left = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X)\b')
    for path in tree_files(root):
        if path.name == 'COPYING' or path.suffix in ('.png', '.jpg', '.db', '.vcf', '.pyc'):
            continue
        for number, line in enumerate(path.read_text('utf-8', 'replace').splitlines(), 1):
            if left.search(line):
                yield f'{path.relative_to(root)}:{number}: {line.strip()[:60]}'


def no_path_of_a_machine(root):
    machine = re.compile(r'(?<![\w./$}])/(root|home/[a-z]\w*|var/tmp|work|Users)/[\w-]')
    for path in tree_files(root):
        if path.name == 'COPYING' or path.suffix in ('.png', '.jpg', '.db', '.vcf', '.pyc'):
            continue
        for number, line in enumerate(path.read_text('utf-8', 'replace').splitlines(), 1):
            if machine.search(line):
                yield f'{path.relative_to(root)}:{number}: {line.strip()[:60]}'


def the_top_level_is_the_agreed_one(root):
    for path in sorted(root.iterdir()):
        # Builds, here or within, are no part of the tree.
        if not path.name.startswith(('.', '_', 'build')) and path.name not in TOP_LEVEL:
            yield f'{path.name}: not in the agreed shape of the top level'


RULES = [
    rooms_include_only_what_the_table_allows,
    libraries_are_included_only_where_they_belong,
    versions_are_checked_only_in_compat,
    sql_lives_only_in_store_and_db,
    nothing_is_replaced_behind_the_log,
    objects_carry_no_loose_data,
    only_the_clock_knows_the_time,
    old_widgets_are_not_used,
    files_stay_small,
    sources_begin_with_the_configuration,
    translated_files_are_listed,
    languages_are_listed,
    documents_are_well_formed,
    symbolic_icons_take_any_colour,
    icons_named_are_there,
    work_is_finished,
    no_path_of_a_machine,
    the_top_level_is_the_agreed_one,
]


def title(rule):
    return rule.__name__.replace('_', ' ')


def check(rule, root):
    return list(rule(Path(root)))
