#!/usr/bin/python3
"""People: find them, look at their page, change them, put them away and bring them back."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import Gone, run, wait_for  # noqa: E402


def people_list(fika):
    return fika.find(re.compile('^People$'), 'list', fika.place('People'))


def listed(fika):
    """The names in the list, in order."""
    there = fika.find_now(re.compile('^People$'), 'list', fika.place('People'))
    if there is None:  # nobody is found
        return []
    return [row.name.split(',')[0] for row in fika.all_now('list item', None, there)]


def await_listed(fika, *names):
    wait_for(f'the list to be {names}', lambda: listed(fika) == list(names))


def search(fika, text):
    fika.key('ctrl+f')
    fika.type(text)


def page_has(fika, text):
    fika.find(text, 'label', fika.place('People'))


def test_search_as_you_type(fika):
    for name, phone in (('Ada Lovelace', '+44 20 7946 0001'), ('Jürgen Müller', '+49 30 901820'),
                        ('José Álvarez', '+34 91 555 0101'), ('李伟', '+86 10 5555 0101')):
        fika.terminal('person', 'add', name, '--phone', phone)
    fika.start()
    fika.key('ctrl+2')
    wait_for('everyone to be listed', lambda: len(listed(fika)) == 4)
    search(fika, 'jurgen')
    await_listed(fika, 'Jürgen Müller')
    search(fika, 'alvarez')
    await_listed(fika, 'José Álvarez')
    search(fika, '901820')
    await_listed(fika, 'Jürgen Müller')
    search(fika, 'lovelcae')
    await_listed(fika, 'Ada Lovelace')
    search(fika, 'nobody at all')
    await_listed(fika)
    fika.find('Nobody Found', 'label', fika.place('People'))
    fika.key('Escape')
    wait_for('everyone to be listed again', lambda: len(listed(fika)) == 4)


def test_open_by_keyboard(fika):
    search(fika, 'jurgen')
    await_listed(fika, 'Jürgen Müller')
    fika.key('Return')
    page_has(fika, 'Jürgen Müller')
    page_has(fika, 'Not talked yet')
    page_has(fika, 'Nothing planned yet')
    page_has(fika, '+49 30 901820')
    fika.key('ctrl+f', 'Escape')
    wait_for('everyone to be listed again', lambda: len(listed(fika)) == 4)
    page_has(fika, '+49 30 901820')


def test_call(fika):
    # Nothing here rings a number yet: then it is in the clipboard, and the window says so.
    fika.press('Call: +49 30 901820', 'button', fika.place('People'))
    fika.toast('Copied')
    fika.handle('tel')

    def rung():
        # The desktop takes its time to notice a new program.
        fika.press('Call: +49 30 901820', 'button', fika.place('People'))
        try:
            return wait_for('the number to be rung', fika.handled, 3)
        except Gone:
            return None
    assert set(wait_for('the number to be rung at last', rung)) == {'tel:+4930901820'}


def test_edit(fika):
    fika.key('ctrl+e')
    fika.sheet('Edit Person')
    assert fika.read('Name') == 'Jürgen Müller'
    assert fika.read('Phone') == '+49 30 901820'
    fika.write('Name', 'Jürgen Meyer')
    fika.write('Email', 'juergen@example.org')
    fika.choose('Circle', 'Closest')
    fika.toggle('Neighbour')
    fika.write('Tags', 'chess, allotment')
    fika.write('How you met', 'Over the fence')
    fika.write('Notes', 'Two cats\nand a tortoise')
    fika.press('Save')
    fika.sheet_gone('Edit Person')
    fika.toast('Jürgen Meyer is saved')
    for text in ('Neighbour', 'juergen@example.org', 'chess, allotment', 'Over the fence',
                 'and a tortoise'):
        page_has(fika, text)
    fika.find('Jürgen Meyer', 'list item', people_list(fika))
    (person,) = [one for one in fika.terminal('people') if one['name'] == 'Jürgen Meyer']
    assert person['circle'] == 'closest' and person['ties'] == ['neighbour'], person
    assert person['emails'] == ['juergen@example.org'], person


def test_leaving_asks_only_when_something_changed(fika):
    fika.key('ctrl+e')
    fika.sheet('Edit Person')
    fika.key('Escape')
    fika.sheet_gone('Edit Person')
    fika.key('ctrl+e')
    fika.sheet('Edit Person')
    fika.write('Nickname', 'Jay')
    fika.key('Escape')
    fika.find('Discard Changes?', 'label')
    fika.press('Keep Editing')
    fika.sheet('Edit Person')
    assert fika.read('Nickname') == 'Jay'
    fika.press('Cancel')
    fika.find('Discard Changes?', 'label')
    fika.press('Discard')
    fika.sheet_gone('Edit Person')
    wait_for('the window to be in front', lambda: fika.top == fika.main)
    fika.key('ctrl+e')
    fika.sheet('Edit Person')
    assert fika.read('Nickname') == ''
    fika.press('Cancel')
    fika.sheet_gone('Edit Person')


def test_topics(fika):
    place = fika.place('People')
    fika.write('Next time, ask about', 'the tomatoes', place)
    fika.menu('Add as a Topic or a Promise', 'To Bring Up', place)
    fika.find('Delete “the tomatoes”', 'button', place)
    fika.write('Next time, ask about', 'a jar of honey', place)
    fika.menu('Add as a Topic or a Promise', 'I Promised This', place)
    fika.find('Delete “a jar of honey”', 'button', place)
    page_has(fika, 'You promised')
    fika.press('the tomatoes', 'check', place)
    fika.undo_toast('Done with that')
    fika.toast('Undone:')
    fika.find('Delete “the tomatoes”', 'button', place)
    fika.press('Delete “a jar of honey”', 'button', place)
    fika.toast('Topic is deleted')
    fika.gone('Delete “a jar of honey”', 'button', place)


def test_plan_and_log_from_the_page(fika):
    place = fika.place('People')
    fika.press('Plan…', 'button', place)
    sheet = fika.sheet('Plan a Catch-up')
    fika.find('Remove Jürgen Meyer', 'button', sheet)
    fika.choose('What', 'Coffee')
    fika.write('Day', '2031-03-01')
    fika.write('Time', '15:00')
    fika.press('Save')
    fika.sheet_gone('Plan a Catch-up')
    fika.find('1 March 2031', 'label', place)
    fika.press('Log…', 'button', place)
    sheet = fika.sheet('Log a Catch-up')
    fika.write('A line to remember it by', 'He grafts apple trees', sheet)
    fika.write('Next time, ask', 'the pear', sheet)
    fika.press('Log', 'button', sheet)
    fika.sheet_gone('Log a Catch-up')
    fika.toast('is logged')
    fika.find('Delete “the pear”', 'button', place)
    page_has(fika, 'Last talked today')
    fika.find('He grafts apple trees', 'label', fika.find('Timeline', 'list', place))
    fika.find('Jürgen Meyer, Talked today', 'list item', people_list(fika))


def test_archive_and_bring_back(fika):
    fika.menu('More About This Person', 'Archive', fika.place('People'))
    fika.toast('Jürgen Meyer is archived')
    wait_for('him to leave the list', lambda: 'Jürgen Meyer' not in listed(fika))
    fika.menu('Order and Filter', 'Show Archived', fika.place('People'))
    await_listed(fika, 'Jürgen Meyer')
    fika.menu('More About This Person', 'Bring Back', fika.place('People'))
    fika.toast('Jürgen Meyer is back')
    await_listed(fika)
    fika.menu('Order and Filter', 'Show Archived', fika.place('People'))
    wait_for('him to be listed', lambda: 'Jürgen Meyer' in listed(fika))


def test_order(fika):
    place = fika.place('People')
    wait_for('names in order', lambda: listed(fika)[0] == 'Ada Lovelace')
    fika.menu('Order and Filter', 'Next Catch-Up', place)
    wait_for('who is planned to come first', lambda: listed(fika)[0] == 'Jürgen Meyer')
    fika.menu('Order and Filter', 'Longest Ago', place)
    wait_for('whom you just talked with to come last', lambda: listed(fika)[-1] == 'Jürgen Meyer')
    fika.menu('Order and Filter', 'Name', place)
    wait_for('names in order', lambda: listed(fika)[0] == 'Ada Lovelace')


def test_delete_and_undo(fika):
    before = fika.tables()
    fika.menu('More About This Person', 'Delete', fika.place('People'))
    fika.undo_toast('Jürgen Meyer is deleted')
    fika.toast('Undone:')
    wait_for('him to be listed', lambda: 'Jürgen Meyer' in listed(fika))
    assert fika.tables() == before, 'undo brings everything back'


def test_deleted_by_the_terminal(fika):
    (uid,) = [one['uid'] for one in fika.terminal('people') if one['name'] == 'Ada Lovelace']
    fika.terminal('delete', uid)
    wait_for('her to leave the list', lambda: 'Ada Lovelace' not in listed(fika))
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [
        test_search_as_you_type,
        test_open_by_keyboard,
        test_call,
        test_edit,
        test_leaving_asks_only_when_something_changed,
        test_topics,
        test_plan_and_log_from_the_page,
        test_archive_and_bring_back,
        test_order,
        test_delete_and_undo,
        test_deleted_by_the_terminal,
    ]))
