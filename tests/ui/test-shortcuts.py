#!/usr/bin/python3
"""Every key in the table of shortcuts does what it says, and undo knows text from data."""

import datetime
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

TABLE = os.path.join(os.environ['FIKA_SRCDIR'], 'src', 'ui', 'fika-shortcuts.c')
TODAY = datetime.date.today()
MONDAY = TODAY - datetime.timedelta(days=TODAY.weekday())


def table():
    """Every key of the table as (what it does, the key as xdotool names it)."""
    with open(TABLE, encoding='utf-8') as file:
        rows = re.findall(r'{ [A-Z]+, NC_ \("shortcuts", "([^"]+)"\), "([^"]+)",', file.read())
    assert len(rows) > 10, 'the table is read'
    names = {'comma': 'comma', 'question': 'question', 'Page_Up': 'Prior', 'Page_Down': 'Next'}
    keys = []
    for title, accels in rows:
        for accel in accels.split():
            modifiers = [name.lower() for name in re.findall('<([^>]+)>', accel)]
            key = accel.rsplit('>', 1)[-1]
            parts = ['ctrl' if name == 'control' else name for name in modifiers]
            keys.append((title, '+'.join(parts + [names.get(key, key)])))
    return keys


def spoken(day):
    return f'{day.strftime("%A")}, {day.day} {day.strftime("%B %Y")}'


def names(fika):
    return sorted(person['name'] for person in fika.terminal('people'))


# What each key is to do; every one leaves the window as it was, in This Week.

def opens(title):
    def check(fika, key):
        fika.key(key)
        fika.sheet(title)
        fika.key('Escape')
        fika.sheet_gone(title)
    return check


def opens_window(fika, key):
    fika.key(key)
    wait_for('a window in front', lambda: fika.top != fika.main)
    fika.key('Escape')
    wait_for('it to go', lambda: fika.top == fika.main)


def finds(fika, key):
    fika.key(key)
    fika.type('ada')
    wait_for('the search to hear it', lambda: fika.read('Search people', fika.place('People')) == 'ada')
    fika.key('Escape', 'ctrl+1')


def undoes(fika, key):
    fika.terminal('person', 'add', 'Brief Guest')
    fika.key('ctrl+1')
    wait_for('the window to know of it', lambda: undo_label(fika) == 'Undo “Add Brief Guest”')
    fika.key(key)
    wait_for('it to be undone', lambda: names(fika) == ['Ada'])


def undo_label(fika):
    fika.press('Main Menu', 'button', fika.main)
    fika.find('Preferences', 'item')
    label = fika.find('Undo', 'item').name
    fika.key('Escape')
    fika.gone('Preferences', 'item')
    return label


def redoes(fika, key):
    fika.key(key)
    wait_for('it to be done again', lambda: names(fika) == ['Ada', 'Brief Guest'])
    fika.key('ctrl+z')
    wait_for('it to be undone', lambda: names(fika) == ['Ada'])


def opens_menu(fika, key):
    fika.key(key)
    fika.find('Preferences', 'item')
    fika.key('Escape')
    fika.gone('Preferences', 'item')


def shows(name):
    def check(fika, key):
        fika.key(key)
        wait_for(f'{name} to be chosen', lambda: fika.find(
            re.compile(f'^{name}$'), 'list item', fika.find('Places', 'list')).has('selected'))
        fika.key('ctrl+1')
    return check


def shows_people(fika, key):
    # The keyboard goes along, to the first of them.
    fika.key(key)
    place = fika.place('People')
    wait_for('the list to have the keyboard', lambda: any(
        row.has('focused') for row in fika.all_now('list item', 'Ada', place)))
    shows('People')(fika, key)


def edits(fika, key):
    fika.key('ctrl+f')
    fika.type('ada')
    wait_for('her to be found', lambda: fika.find_now('Ada', 'list item', fika.place('People')))
    fika.key('Return')
    fika.find('Ways to reach them', None, fika.place('People'))
    fika.key(key)
    fika.sheet('Edit Person')
    fika.key('Escape')
    fika.sheet_gone('Edit Person')
    fika.key('ctrl+f', 'Escape', 'ctrl+1')


def turns(days):
    def check(fika, key):
        # From the list of places, which would have a use of its own for such keys.
        place = fika.find('This Week', 'list item', fika.find('Places', 'list'))
        fika.click(place)
        wait_for('the list of places to have the keyboard', lambda: place.has_now('focused'))
        fika.key(key)
        fika.find(spoken(MONDAY + datetime.timedelta(days=days)), 'heading', fika.place('Week'))
        fika.press('Today', 'button', fika.place('Week'))
        fika.find(f'Today, {spoken(TODAY)}', 'heading', fika.place('Week'))
    return check


def comes_back(fika, key):
    fika.press('Next Week', 'button', fika.place('Week'))
    fika.find(spoken(MONDAY + datetime.timedelta(days=7)), 'heading', fika.place('Week'))
    # In the list of places it would go to the first of them.
    fika.key('ctrl+1', key)
    fika.find(f'Today, {spoken(TODAY)}', 'heading', fika.place('Week'))


def on_a_card(fika):
    fika.focus('Walk with Ada', 'button')


def opens_card(fika, key):
    on_a_card(fika)
    opens('Walk with Ada')(fika, key)


def opens_card_menu(fika, key):
    on_a_card(fika)
    fika.key(key)
    fika.find('Skip', 'item', fika.place('Week'))
    fika.key('Escape')
    fika.gone('Skip', 'item', fika.place('Week'))


def deletes_card(fika, key):
    on_a_card(fika)
    fika.key(key)
    fika.undo_toast('is deleted')
    fika.find('Walk with Ada', 'button', fika.place('Week'))


def closes(fika, key):
    fika.key(key)
    wait_for('the window to close', lambda: fika.program.poll() is not None)
    assert fika.program.returncode == 0, fika.program.returncode
    fika.program = None
    start(fika)


CHECKS = {
    'Plan a catch-up': opens('Plan a Catch-up'),
    'Log that you talked or met': opens('Log a Catch-up'),
    'Find a person': finds,
    'Undo': undoes,
    'Redo': redoes,
    'Main menu': opens_menu,
    'Preferences': opens('Preferences'),
    'Keyboard shortcuts': opens_window,
    'Close the window': closes,
    'Quit': closes,
    'This Week': shows('This Week'),
    'People': shows_people,
    'Groups': shows('Groups'),
    'Reminders': None,  # has no row in the list of places
    'Edit the person or group shown': edits,
    'Previous week': turns(-7),
    'Next week': turns(7),
    'Back to today': comes_back,
    'Open': opens_card,
    'Menu': opens_card_menu,
    'Delete': deletes_card,
}


def start(fika):
    fika.start()
    fika.find('Walk with Ada', 'button', fika.place('Week'))


def test_every_key(fika):
    fika.terminal('person', 'add', 'Ada', '--phone', '+44 20 7946 0001')
    fika.terminal('plan', '--kind', 'walk', '--with', 'Ada', '--start', f'{TODAY}T23:59')
    start(fika)
    for title, key in table():
        print(f'# {key}: {title}', flush=True)
        if title not in CHECKS:
            raise AssertionError(f'{key} ({title}) is new: say here what it does')
        if CHECKS[title] is not None:
            CHECKS[title](fika, key)
        else:
            fika.key(key)
            fika.find('Reminders', 'label', fika.main)
            fika.key('ctrl+1')


def test_undo_faster_than_it_can_be_told(fika):
    guests = [f'Guest {number}' for number in range(6)]
    for guest in guests:
        fika.terminal('person', 'add', guest)
    for again in range(3):
        fika.key(*['ctrl+z'] * len(guests))
        wait_for('all to be undone', lambda: names(fika) == ['Ada'])
        fika.key(*['ctrl+shift+z'] * len(guests))
        wait_for('all to be done again', lambda: names(fika) == ['Ada', *guests])
    fika.key(*['ctrl+z'] * len(guests))
    wait_for('all to be undone', lambda: names(fika) == ['Ada'])
    fika.toast('Undone: Add Guest 0')


def test_undo_in_an_entry_is_of_the_text(fika):
    before = fika.tables()
    fika.key('ctrl+f')
    fika.type('lovelace')
    search = fika.place('People')
    wait_for('the text', lambda: fika.read('Search people', search) == 'lovelace')
    fika.key('ctrl+z')
    wait_for('the text to be undone', lambda: fika.read('Search people', search) != 'lovelace')
    fika.key('ctrl+z', 'ctrl+z', 'ctrl+z')
    assert fika.tables() == before, 'the data is as it was'
    assert names(fika) == ['Ada']
    fika.key('Escape')
    fika.key('ctrl+1')
    fika.key('ctrl+n')
    sheet = fika.sheet('Plan a Catch-up')
    fika.write('Place', 'The old mill', sheet)
    fika.click(fika.entry('Time', sheet))
    fika.key('ctrl+a')
    fika.type('9')
    wait_for('the time', lambda: fika.read('Time', sheet) == '9')
    fika.key('ctrl+z')
    wait_for('the time to be undone', lambda: fika.read('Time', sheet) != '9')
    assert fika.read('Place', sheet) == 'The old mill'
    assert fika.tables() == before, 'the data is as it was'
    fika.key('Escape')
    fika.press('Discard')
    fika.sheet_gone('Plan a Catch-up')


def test_all_calm(fika):
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [
        test_every_key,
        test_undo_faster_than_it_can_be_told,
        test_undo_in_an_entry_is_of_the_text,
        test_all_calm,
    ]))
