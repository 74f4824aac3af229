#!/usr/bin/python3
"""What is told, and when: the preferences change what the service has to tell, at once."""

import datetime
import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

TOMORROW = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()


def rows(fika, columns='kind, lead'):
    """What waits to be told, in order."""
    connection = sqlite3.connect(fika.database)
    try:
        return connection.execute(
            f"SELECT {columns} FROM reminder WHERE state = 'pending' ORDER BY start, due").fetchall()
    finally:
        connection.close()


def await_rows(fika, expected, columns='kind, lead'):
    wait_for(f'the rows to be {expected}', lambda: rows(fika, columns) == expected)


def preferences(fika):
    fika.key('ctrl+comma')
    return fika.sheet('Preferences')


def test_what_is_told(fika):
    fika.terminal('person', 'add', 'Ada Lovelace')
    fika.terminal('plan', '--kind', 'call', '--with', 'Ada', '--start', f'{TOMORROW}T17:00', '--minutes', '30',
                  '--remind', '10')
    fika.start()
    await_rows(fika, [('plan', 10), ('asked', -90)])
    sheet = preferences(fika)
    fika.act(fika.find('Did it happen?', 'check', sheet))
    await_rows(fika, [('plan', 10)])
    fika.act(fika.find('Your day in the morning', 'check', sheet))
    wait_for('a digest', lambda: ('digest', 0) in rows(fika))


def test_do_not_remind(fika):
    fika.terminal('person', 'add', 'Ada Lovelace')
    fika.start()
    fika.key('ctrl+n')
    sheet = fika.sheet('Plan')
    fika.type('Ada Lovelace')
    fika.key('Return')
    fika.press('Do Not Remind', 'button', sheet)
    fika.find('You will not be reminded of it.', 'label', sheet)
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('Plan')
    assert rows(fika) == [], rows(fika)


if __name__ == '__main__':
    run(({}, [test_what_is_told]), ({}, [test_do_not_remind]))
