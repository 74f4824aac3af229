#!/usr/bin/python3
"""A disk that runs full while one writes: said in plain words, what was typed stays where it was typed,
nothing is lost, and with room again the same press does it."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_disk import Disk  # noqa: E402
from fika_session import run, wait_for  # noqa: E402

FULL = 'disk is full'


def says_so(fika, sheet):
    """Awaits that the sheet says it, with what to do."""
    message = wait_for('why it cannot be kept', lambda: next(
        (node.name for node in fika.all_now(None, FULL, sheet) if node.role in ('label', 'alert')),
        None))
    assert message.endswith('.') and 'room' in message, message
    assert not re.search(r'null|SQLITE|errno|ENOSPC', message), message
    print('#', message, flush=True)
    assert fika.top == sheet, 'the sheet stays'


def test_005_new_person(fika):
    fika.terminal('person', 'add', 'Ada Lovelace', '--phone', '+44 20 7946 0000')
    fika.disk = Disk(fika.env, fika.path('data'), fika.path('full'))
    fika.start()
    before = fika.tables()
    fika.menu(re.compile('^Add$'), 'Add a Person', fika.main)
    sheet = fika.sheet('New Person')
    fika.enlarge(sheet)
    fika.write('Name', 'Bo Ek', sheet)
    fika.write('Phone', '+46 8 555 0101', sheet)
    fika.write('Notes', 'met on the ferry', sheet)
    fika.disk.fill()
    for _ in range(2):
        fika.press('Save', 'button', sheet)
        says_so(fika, sheet)
    assert fika.read('Name', sheet) == 'Bo Ek'
    assert fika.read('Phone', sheet) == '+46 8 555 0101'
    assert fika.read('Notes', sheet) == 'met on the ferry'
    assert fika.tables() == before, 'nothing is half written'

    fika.disk.make_room()
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('New Person')
    (bo,) = [one for one in fika.terminal('people') if one['name'] == 'Bo Ek']
    assert bo['phones'] == ['+46 8 555 0101'], bo


def test_005_plan(fika):
    fika.key('ctrl+n')
    sheet = fika.sheet('Plan a Catch-up')
    fika.enlarge(sheet)
    fika.type('ada')
    fika.find('Ada Lovelace', 'list item', sheet)
    fika.key('Return')
    fika.find('Remove Ada Lovelace', 'button', sheet)
    fika.write('Day', '2031-03-01', sheet)
    fika.write('Place', 'The old mill', sheet)
    fika.disk.fill()
    fika.press('Save', 'button', sheet)
    says_so(fika, sheet)
    assert fika.read('Place', sheet) == 'The old mill'
    assert fika.terminal('agenda', '--from', '2031-03-01', '--days', '1') == []
    fika.disk.make_room()
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('Plan a Catch-up')
    (entry,) = fika.terminal('agenda', '--from', '2031-03-01', '--days', '1')
    assert entry['place'] == 'The old mill', entry


def test_005_undo(fika):
    """What cannot be undone now can be undone then."""
    before = fika.tables()
    fika.disk.fill()
    fika.key('ctrl+z')
    fika.toast(FULL)
    assert fika.tables() == before
    fika.disk.make_room()
    fika.key('ctrl+z')
    wait_for('the plan to go',
             lambda: fika.terminal('agenda', '--from', '2031-03-01', '--days', '1') == [])
    fika.key('ctrl+shift+z')
    wait_for('the plan to be back',
             lambda: fika.terminal('agenda', '--from', '2031-03-01', '--days', '1') != [])


def test_005_start(fika):
    """Started on a full disk, the window shows what there is; started for the first time, it says why
    it cannot begin, and begins when it can."""
    fika.close_window()
    fika.disk.fill()
    fika.start()
    fika.key('ctrl+2')
    fika.find('Bo Ek', 'list item', fika.place('People'))
    fika.close_window()
    fika.disk.make_room()
    assert fika.terminal('check')['ok'] is True
    assert fika.complaints() == '', fika.complaints()


def test_005_first_start(fika):
    fika.disk = Disk(fika.env, fika.path('data'), fika.path('full'))
    fika.disk.fill()
    fika.start()
    page = fika.find('Your data could not be opened')
    message = next(text for text in fika.labels(page) if FULL in text)
    assert message.endswith('.') and 'room' in message, message
    # Answered when it is done, which a press is not.
    fika.bus_call('org.fikaplanner.Fika', '/org/fikaplanner/Fika',
                  'org.freedesktop.Application.ActivateAction', "'try-again'", '[]', '{}')
    fika.find('Your data could not be opened')
    fika.disk.make_room()
    fika.press('Try Again', 'button')
    fika.find('Add Your First Person', 'button', fika.place('Welcome'))
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [
        test_005_new_person,
        test_005_plan,
        test_005_undo,
        test_005_start,
    ]), ({}, [test_005_first_start]))
