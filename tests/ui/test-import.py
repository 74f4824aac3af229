#!/usr/bin/python3
"""Bringing people in from a file: nothing before it was seen, all of it or what was chosen, one undo."""

import fcntl
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import FIKA, FIKA_ENV, run, wait_for  # noqa: E402

FIXTURES = os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'fixtures', 'vcard')

CARDS = '''BEGIN:VCARD
VERSION:3.0
UID:one
FN:Mia Berg
TEL;TYPE=cell:+46 8 555 0101
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:two
FN:Tom Hill
EMAIL:tom@example.org
END:VCARD
'''


def names(fika):
    return sorted(person['name'] for person in fika.terminal('people'))


def write_file(fika, name, text):
    path = fika.path('home', name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def open_file(fika, path):
    """What the file manager does: starts Fika with the file, which the window that is open takes."""
    subprocess.run([FIKA, path], env={**fika.env, **FIKA_ENV}, check=True, timeout=60)
    return fika.sheet('Import People')


def can_import(fika):
    return fika.find('Import', 'button').has('sensitive')


def test_look_and_cancel(fika):
    fika.start(os.path.join(FIXTURES, 'google-web.vcf'))
    before = fika.tables()
    sheet = fika.sheet('Import People')
    fika.find('Amalia Richter', 'label', sheet)
    fika.find('new pe', 'label', sheet)
    fika.press('Cancel', 'button', sheet)
    fika.sheet_gone('Import People')
    fika.find('Add Your First Person', 'button', fika.place('Welcome'))
    assert fika.tables() == before and names(fika) == []


def test_import_and_undo(fika):
    sheet = open_file(fika, write_file(fika, 'cards.vcf', CARDS))
    fika.find('2 new people', 'label', sheet)
    # Enter goes on with what is shown.
    button = fika.find('Import 2 People', 'button', sheet)
    wait_for('the button to have the keyboard', lambda: button.has_now('focused'))
    fika.key('Return')
    fika.sheet_gone('Import People')
    fika.toast('2 people are imported')
    assert names(fika) == ['Mia Berg', 'Tom Hill']
    fika.find('Mia Berg', 'list item', fika.place('People'))
    fika.key('ctrl+z')
    fika.toast('Undone:')
    wait_for('nobody to be left', lambda: names(fika) == [])
    fika.key('ctrl+shift+z')
    wait_for('both to be back', lambda: names(fika) == ['Mia Berg', 'Tom Hill'])


def test_the_same_again(fika):
    sheet = open_file(fika, fika.path('home', 'cards.vcf'))
    fika.find('2 here already', 'label', sheet)
    assert not can_import(fika)
    fika.key('Escape')
    fika.sheet_gone('Import People')


def test_changed_and_doubtful(fika):
    fika.terminal('person', 'add', 'Thomas H.', '--phone', '+1 555 0199')
    cards = CARDS.replace('tom@example.org', 'tom.hill@example.org') + \
        'BEGIN:VCARD\nVERSION:3.0\nUID:three\nFN:Tommy\nTEL:+15550199\nEND:VCARD\n' \
        'BEGIN:VCARD\nVERSION:3.0\nUID:four\nFN:Noor Haddad\nEND:VCARD\n'
    sheet = open_file(fika, write_file(fika, 'more.vcf', cards))
    for text in ('1 new person', '1 with changes', '1 who may be here already', '1 here already',
                 'May be Thomas H., who is here already'):
        fika.find(text, 'label', sheet)
    # Only Noor, and nothing for Tom.
    for check in fika.all_now('check', None, sheet):
        if check.has('checked') and 'Noor' not in check.name:
            fika.act(check)
            wait_for('it to be left out', lambda: not check.has_now('checked'))
    fika.find('Import 1 Person', 'button', sheet)
    fika.press('Import 1 Person', 'button', sheet)
    fika.sheet_gone('Import People')
    fika.toast('1 person is imported')
    assert names(fika) == ['Mia Berg', 'Noor Haddad', 'Thomas H.', 'Tom Hill']
    (tom,) = [one for one in fika.terminal('people') if one['name'] == 'Tom Hill']
    assert tom['emails'] == ['tom@example.org']


def test_bad_cards_are_named(fika):
    sheet = open_file(fika, os.path.join(FIXTURES, 'bad-cards.vcf'))
    fika.find('First Good', 'label', sheet)
    fika.press('Entries Are Left Out', 'button', sheet)
    fika.find('Line ', 'label', sheet)
    fika.press('Import', 'button', sheet)
    fika.sheet_gone('Import People')
    fika.toast('imported')
    assert {'First Good', 'Second Good', 'Third Good'} <= set(names(fika))


def many_cards(n):
    return ''.join(f'BEGIN:VCARD\nVERSION:3.0\nUID:many{i}\nFN:Card {i}\nTEL:+1 555 {i:07}\n'
                   f'EMAIL:card{i}@example.net\nEND:VCARD\n' for i in range(n))


class HeldLock:
    """Nobody can write: what is applied waits for its turn, so that there is time to see it."""

    def __init__(self, fika):
        self.path = os.path.join(os.path.dirname(fika.database), 'fika.lock')

    def __enter__(self):
        self.file = open(self.path, 'rb')
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *reason):
        self.file.close()


def test_cancelled_while_applied(fika):
    before = fika.tables()
    sheet = open_file(fika, write_file(fika, 'many.vcf', many_cards(1500)))
    fika.find('1500 new people', 'label', sheet)
    with HeldLock(fika):
        fika.press('Import 1500 People', 'button', sheet)
        fika.find('Importing…', 'label', sheet)
        # The window answers meanwhile, and what is shown is what was.
        fika.press('Cancel', 'button', sheet)
        fika.find('Taking back what was imported…', 'label', sheet)
    fika.sheet_gone('Import People')
    wait_for('nothing to be left of it', lambda: fika.tables() == before)
    fika.terminal('check')


def test_many_and_undone(fika):
    before = names(fika)
    sheet = open_file(fika, fika.path('home', 'many.vcf'))
    fika.press('Import 1500 People', 'button', sheet)
    fika.sheet_gone('Import People')
    wait_for('all to be there', lambda: len(names(fika)) == len(before) + 1500)
    # Those beside the ones that were shown.
    fika.find('Card 999', 'list item', fika.place('People'))
    # So much is taken back while the window goes on.
    fika.key('ctrl+z')
    wait_for('all to be gone', lambda: names(fika) == before)
    fika.gone('Card 999', 'list item', fika.place('People'))
    fika.key('ctrl+shift+z')
    wait_for('all to be back', lambda: len(names(fika)) == len(before) + 1500)
    fika.key('ctrl+z')
    wait_for('all to be gone', lambda: names(fika) == before)


def test_closed_while_applied(fika):
    before = fika.tables()
    sheet = open_file(fika, fika.path('home', 'many.vcf'))
    fika.find('1500 new people', 'label', sheet)
    with HeldLock(fika):
        fika.press('Import 1500 People', 'button', sheet)
        fika.find('Importing…', 'label', sheet)
        fika.bus_call('org.fikaplanner.Fika', '/org/fikaplanner/Fika',
                      'org.freedesktop.Application.ActivateAction', "'quit'", '[]', '{}')
    # It stays until all is taken back, and no longer.
    fika.await_end()
    assert fika.tables() == before
    fika.start()


def test_no_contacts_file(fika):
    before = fika.tables()
    for name, content in (('letter.txt', 'Dear Ada,\n\nhow are you?\n'), ('empty.vcf', '')):
        sheet = open_file(fika, write_file(fika, name, content))
        text = wait_for('why it cannot be read', lambda: said(fika, sheet))
        assert text.endswith('.') and 'rror' not in text, text
        print('#', name + ':', text)
        assert not can_import(fika)
        fika.key('Escape')
        fika.sheet_gone('Import People')
    sheet = open_file(fika, fika.path('home', 'not there.vcf'))
    text = wait_for('why it cannot be read', lambda: said(fika, sheet))
    print('#', text)
    fika.press('Cancel', 'button', sheet)
    fika.sheet_gone('Import People')
    assert fika.tables() == before


def test_a_file_of_100_mb(fika):
    before = fika.tables()
    card = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nNOTE:' + 'x' * 900 + '\nEND:VCARD\n'
    path = write_file(fika, 'big.vcf', card * (100 * 1024 * 1024 // len(card) + 1))
    sheet = open_file(fika, path)
    text = wait_for('why it cannot be read', lambda: said(fika, sheet))
    print('#', text)
    assert '64' in text and text.endswith('.'), text
    assert not can_import(fika)
    fika.key('Escape')
    fika.sheet_gone('Import People')
    assert fika.tables() == before
    os.remove(path)


def said(fika, sheet):
    """What the sheet says of a file that it could not read, or of one with nobody in it."""
    texts = fika.labels(sheet)
    if 'There is nobody in this file.' in texts:
        return 'There is nobody in this file.'
    if 'This File Cannot Be Read' not in texts:
        return None
    following = texts[texts.index('This File Cannot Be Read') + 1:]
    return next((text for text in following if len(text) > 20), None)


def test_choose_a_file(fika):
    fika.menu('Main Menu', 'Import People…')
    wait_for('the choice of a file', lambda: fika.top != fika.main)
    fika.find('Cancel', 'button')
    fika.key('Escape')
    wait_for('the choice to go', lambda: fika.top == fika.main)


def test_all_calm(fika):
    fika.close_window()
    fika.terminal('check')
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [
        test_look_and_cancel,
        test_import_and_undo,
        test_the_same_again,
        test_changed_and_doubtful,
        test_bad_cards_are_named,
        test_cancelled_while_applied,
        test_many_and_undone,
        test_closed_while_applied,
        test_no_contacts_file,
        test_a_file_of_100_mb,
        test_choose_a_file,
        test_all_calm,
    ]))
