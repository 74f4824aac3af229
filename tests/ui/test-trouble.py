#!/usr/bin/python3
"""Data that cannot be opened or written, and a desktop without notifications: said in plain words,
and not one byte of the data is touched."""

import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402


def content(fika):
    """Every file of the data folder but the lock and what SQLite keeps beside the database."""
    folder = os.path.dirname(fika.database)
    files = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and not name.endswith(('.lock', '-wal', '-shm')):
            with open(path, 'rb') as file:
                files[name] = file.read()
    return files


def put(fika, data):
    os.makedirs(os.path.dirname(fika.database), mode=0o700, exist_ok=True)
    with open(fika.database, 'wb') as file:
        file.write(data)
    os.chmod(fika.database, 0o600)


def plain(message):
    assert len(message) > 20 and message.endswith('.'), message
    assert not re.search(r'null|invalid|failed|G_|SQLITE', message), message
    print('#', message, flush=True)


def in_trouble(fika):
    """The window says so instead of a place; the database is as it was."""
    before = content(fika)
    fika.start()
    page = fika.find('Your data could not be opened')
    texts = [text for text in fika.labels(page) if text.endswith('.')]
    assert texts, fika.labels(page)
    plain(texts[0])
    fika.press('Try Again', 'button')
    fika.find('Your data could not be opened')
    fika.key('ctrl+n')
    fika.find('Try Again', 'button')
    fika.close_window()
    assert content(fika) == before, 'not one byte is touched'


def looks_only(fika, reason):
    """The window shows the data and says why it cannot be changed."""
    before = content(fika)
    fika.start()
    notice = fika.find(reason, 'label', fika.main)
    plain(notice.name)
    fika.key('ctrl+2')
    fika.find('Ada', 'list item', fika.place('People'))
    fika.key('ctrl+n')
    fika.press('Ada', 'list item', fika.place('People'))
    fika.find('Ways to reach them', None, fika.place('People'))
    assert fika.top == fika.main, 'nothing is offered that cannot be kept'
    fika.close_window()
    assert content(fika) == before, 'not one byte is touched'


def test_foreign(fika):
    os.makedirs(os.path.dirname(fika.database), mode=0o700)
    other = sqlite3.connect(fika.database)
    other.executescript('PRAGMA application_id = 1234; CREATE TABLE recipe (name);'
                        "INSERT INTO recipe VALUES ('soup');")
    other.close()
    in_trouble(fika)


def test_no_database(fika):
    put(fika, b'This is a letter and no database at all.\n' * 200)
    in_trouble(fika)


def test_damaged(fika):
    os.remove(fika.database)
    fika.terminal('person', 'add', 'Ada', '--phone', '+46 8 555 0101')
    with open(fika.database, 'rb') as file:
        good = file.read()
    for name in os.listdir(os.path.dirname(fika.database)):
        if name.endswith(('-wal', '-shm')):
            os.remove(os.path.join(os.path.dirname(fika.database), name))
    put(fika, good[:100] + b'\xa5' * (len(good) // 2) + good[100 + len(good) // 2:])
    in_trouble(fika)
    put(fika, good)


def test_newer(fika):
    connection = sqlite3.connect(fika.database)
    version = connection.execute('PRAGMA user_version').fetchone()[0]
    connection.execute('PRAGMA user_version = 9999')
    connection.commit()
    connection.close()
    looks_only(fika, 'newer')
    connection = sqlite3.connect(fika.database)
    connection.execute(f'PRAGMA user_version = {version}')
    connection.commit()
    connection.close()


def test_read_only(fika):
    folder = os.path.dirname(fika.database)
    os.chmod(fika.database, 0o400)
    os.chmod(folder, 0o500)
    try:
        looks_only(fika, 'written')
    finally:
        os.chmod(folder, 0o700)
        os.chmod(fika.database, 0o600)


def test_unreadable(fika):
    data = fika.path('data')
    os.chmod(data, 0o000)
    try:
        fika.start()
        page = fika.find('Your data could not be opened')
        plain(next(text for text in fika.labels(page) if text.endswith('.')))
    finally:
        os.chmod(data, 0o700)
    # Put right, it goes on in the same window.
    fika.press('Try Again', 'button')
    fika.key('ctrl+2')
    fika.find('Ada', 'list item', fika.place('People'))
    fika.close_window()


def test_no_notifications(fika):
    fika.terminal('person', 'add', 'Ada')
    fika.start()
    fika.key('ctrl+comma')
    sheet = fika.sheet('Preferences')
    fika.find(re.compile('no notifications|cannot reach you|not reach', re.I), None, sheet)
    fika.key('Escape')
    fika.sheet_gone('Preferences')
    # All else works.
    fika.key('ctrl+n')
    sheet = fika.sheet('Plan a Catch-up')
    fika.type('ada')
    fika.find('Ada', 'list item', sheet)
    fika.key('Return')
    fika.find('Remove Ada', 'button', sheet)
    fika.write('Day', '2031-03-01', sheet)
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('Plan a Catch-up')
    wait_for('it to be planned', lambda: fika.terminal('agenda', '--from', '2031-03-01', '--days', '1'))
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({'ordinary': True}, [
        test_foreign,
        test_no_database,
        test_damaged,
        test_newer,
        test_read_only,
        test_unreadable,
    ]), ({'notifications': None}, [test_no_notifications]))
