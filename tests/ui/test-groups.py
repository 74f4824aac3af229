#!/usr/bin/python3
"""Groups: from curious to member, with a next step, sessions, people and visits."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402


def group(fika, name):
    """What the terminal says of a group, or None."""
    return next((one for one in fika.terminal('groups') if one['name'] == name), None)


def type_into(fika, name, text):
    """Types into an entry on the page and presses Enter."""
    fika.click(fika.entry(name, fika.place('Groups')))
    fika.key('ctrl+a')
    fika.type(text)
    fika.key('Return')


def test_add(fika):
    fika.terminal('person', 'add', 'Priya Nair')
    fika.start()
    fika.key('ctrl+3')
    place = fika.place('Groups')
    fika.find('No Groups Yet', 'label', place)
    # None to choose, and no empty page of one to go to.
    assert not fika.all_now('label', 'Choose a Group', place)
    fika.focus('Add a Group', 'button', place)
    fika.tab()
    assert fika.focused().name != 'Stage'
    fika.press('Add a Group', 'button', place)
    sheet = fika.sheet('New Group')
    fika.write('Name', 'Chess Circle', sheet)
    fika.choose('Kind of group', 'Club', sheet)
    fika.choose('Stage', 'Asked', sheet)
    fika.write('Place', 'Mill Café', sheet)
    fika.write('Minutes to get there', '20', sheet)
    fika.write('Interests', 'chess, tea', sheet)
    fika.write('Values', 'patience', sheet)
    fika.press('Save')
    fika.sheet_gone('New Group')
    fika.toast('Chess Circle is added')
    fika.find('Chess Circle', 'list item', place)
    fika.find('Asked', 'label', fika.find('Groups', 'list', place))
    for text in ('20 minutes away', 'Fits: chess, tea, patience', 'Mill Café'):
        fika.find(text, 'label', place)
    assert group(fika, 'Chess Circle')['stage'] == 'asked', fika.terminal('groups')


def test_stage(fika):
    place = fika.place('Groups')
    fika.choose('Stage', 'Member', place)
    fika.toast('Chess Circle: Member')
    fika.find('Member', 'label', fika.find('Groups', 'list', place))
    assert group(fika, 'Chess Circle')['stage'] == 'member'
    fika.press('Chess Circle', 'list item', place)
    fika.key('ctrl+z')
    wait_for('the stage to be as before', lambda: group(fika, 'Chess Circle')['stage'] == 'asked')
    fika.find('Asked', 'label', fika.find('Stage', 'combo box', place))


def test_next_step(fika):
    place = fika.place('Groups')
    type_into(fika, 'Next step', 'Ask Priya about Thursdays')
    fika.toast('The next step is noted')
    fika.find('Ask Priya about Thursdays', 'label', fika.find('Groups', 'list', place))


def test_member(fika):
    place = fika.place('Groups')
    # Somebody who is here is simply listed, however the name is typed.
    type_into(fika, 'Add someone', 'priya nair, captain')
    fika.toast('Priya Nair is listed')
    fika.find('captain', 'label', fika.find('Priya Nair', 'list item', place))
    # A new name asks.
    type_into(fika, 'Add someone', 'Tomek, second board')
    fika.find('Add Tomek?', 'label')
    fika.press('Add', 'button')
    fika.toast('Tomek is listed')
    fika.find('second board', 'label', fika.find('Tomek', 'list item', place))
    assert fika.read('Add someone', place) == ''
    assert 'Tomek' in [person['name'] for person in fika.terminal('people')]


def test_take_a_member_off_and_undo(fika):
    place = fika.place('Groups')
    fika.press('Take Tomek off the List', 'button', place)
    fika.undo_toast('Tomek is no longer listed')
    fika.toast('Undone:')
    fika.find('Take Tomek off the List', 'button', place)


def test_session(fika):
    place = fika.place('Groups')
    fika.press('Plan…', 'button', place)
    sheet = fika.sheet('Plan')
    assert 'Chess Circle' in fika.labels(sheet), 'the group is chosen already'
    fika.write('Day', '2031-03-06', sheet)
    fika.write('Time', '19:30', sheet)
    fika.choose('Repeat', 'Every week', sheet)
    fika.press('Save')
    fika.sheet_gone('Plan')
    fika.toast('is planned')
    fika.find('every Thursday', 'label', fika.find('Sessions', 'list', place))
    (entry,) = fika.terminal('agenda', '--from', '2031-03-06', '--days', '1')
    assert (entry['group'], entry['start']) == ('Chess Circle', '2031-03-06T19:30'), entry


def test_log_a_visit(fika):
    place = fika.place('Groups')
    fika.press('Log…', 'button', place)
    sheet = fika.sheet('Log a Catch-up')
    fika.choose('Would you go again?', 'Yes', sheet)
    fika.write('A line to remember it by', 'Drew with the captain', sheet)
    fika.write('How long', '2 h', sheet)
    fika.press('Log', 'button', sheet)
    fika.sheet_gone('Log a Catch-up')
    fika.toast('is logged')
    fika.find('Drew with the captain', 'label', fika.find('Timeline', 'list', place))


def test_edit_by_keyboard(fika):
    place = fika.place('Groups')
    fika.key('ctrl+e')
    sheet = fika.sheet('Edit Group')
    assert fika.read('Name', sheet) == 'Chess Circle'
    assert fika.read('Interests', sheet) == 'chess, tea'
    fika.write('Cost', '3 a month', sheet)
    fika.key('ctrl+Return')
    fika.sheet_gone('Edit Group')
    fika.find('3 a month', 'label', place)


def test_delete_and_undo(fika):
    place = fika.place('Groups')
    before = fika.tables()
    fika.menu('More About This Group', 'Delete', place)
    fika.undo_toast('Chess Circle is deleted')
    fika.toast('Undone:')
    fika.find('Chess Circle', 'list item', place)
    assert fika.tables() == before, 'undo brings everything back'


def test_all_calm(fika):
    fika.close_window()
    fika.terminal('check')
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [
        test_add,
        test_stage,
        test_next_step,
        test_member,
        test_take_a_member_off_and_undo,
        test_session,
        test_log_a_visit,
        test_edit_by_keyboard,
        test_delete_and_undo,
        test_all_calm,
    ]))
