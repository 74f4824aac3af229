#!/usr/bin/python3
"""Every place and sheet as a screen reader meets it: whatever takes the keyboard and can be pressed has
a name, and days are read in full."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

PRESSED = {'button', 'toggle button', 'check box', 'switch', 'combo box', 'entry', 'spin button'}
DAY = re.compile(r'^(Today, )?[A-Z][a-z]+day, \d{1,2} [A-Z][a-z]+ \d{4}$')


def nameless(fika, node):
    """What is focusable and has no name of its own. GTK 4.8 gives the name of the class instead."""
    fika.find(re.compile('.'), None, node)
    found = []
    for child in fika.all_now(None, None, node):
        bare = not child.name.strip() or re.match(r'^(Gtk|Adw|Fika)[A-Z]\w+$', child.name)
        if child.role in PRESSED and child.has('focusable') and bare and not of_library(child):
            found.append(f'{child} in {child.parent}')
    return found


def of_library(node):
    """The cross of libadwaita's toast, the pencil of its entry row, the parts of GTK's spin button."""
    while node is not None:
        if node.name in ('AdwToastWidget', 'AdwEntryRow') or node.role == 'spin button':
            return True
        node = node.parent
    return False


def test_places(fika):
    fika.start()
    bad = nameless(fika, fika.main)
    fika.press('Look Around With Sample Data')
    fika.find('Harbour Choir', 'button', fika.place('Week'))
    for key, place, name in (('ctrl+2', 'People', 'Maya Chen'), ('ctrl+3', 'Groups', 'Harbour Choir')):
        fika.key(key)
        fika.press(name, 'list item', fika.place(place))
        fika.find('Edit', 'button', fika.place(place))
    fika.key('ctrl+r')
    bad += nameless(fika, fika.main)
    assert not bad, '\n'.join(sorted(set(bad)))
    fika.key('ctrl+2')
    people = fika.find(re.compile('^People$'), 'list', fika.place('People'))
    assert all(row.name for row in fika.all_now('list item', None, people)), 'people have names'


def test_days_are_read_in_full(fika):
    fika.key('ctrl+1')
    headings = [child.name for child in fika.all_now('heading', None, fika.place('Week'))]
    days = [name for name in headings if DAY.match(name)]
    assert len(days) >= 7, headings
    assert sum(name.startswith('Today, ') for name in set(days)) == 1, days


def test_sheets(fika):
    bad = []
    fika.key('ctrl+2')
    for key in ('ctrl+n', 'ctrl+l', 'ctrl+comma', 'ctrl+e'):
        fika.key(key)
        sheet = wait_for('a sheet', lambda: fika.top if fika.top != fika.main else None)
        bad += nameless(fika, sheet)
        fika.key('Escape')
        wait_for('the sheet to go', lambda: fika.top == fika.main)
    fika.key('ctrl+3', 'ctrl+e')
    bad += nameless(fika, fika.sheet('Edit Group'))
    fika.key('Escape')
    fika.sheet_gone('Edit Group')
    fika.key('ctrl+1')
    fika.find('planned', 'button', fika.place('Week')).act()
    bad += nameless(fika, wait_for('details', lambda: fika.top if fika.top != fika.main else None))
    fika.key('Escape')
    wait_for('them to go', lambda: fika.top == fika.main)
    assert not bad, '\n'.join(sorted(set(bad)))


def test_all_calm(fika):
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [test_places, test_days_are_read_in_full, test_sheets, test_all_calm]))
