#!/usr/bin/python3
"""The computer comes into another time zone while the window is open. TZ names a link of the test's own,
as /etc/localtime is one where TZ is not set. The number is a row of the failure catalogue."""

import datetime
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

FOLDER = tempfile.mkdtemp(prefix='fika-journey-')
LINK = os.path.join(FOLDER, 'localtime')

# The middle of the day in UTC, which is the same day wherever the test goes.
TODAY = datetime.datetime.now(datetime.timezone.utc).date().isoformat()


def come_to(zone):
    os.symlink(os.path.join('/usr/share/zoneinfo', zone), LINK + '.new')
    os.rename(LINK + '.new', LINK)


def await_time(fika, text, gone=None):
    week = fika.place('Week')
    fika.find(text, 'label', week)
    if gone is not None:
        wait_for(f'{gone} to go', lambda: fika.find_now(gone, 'label', week) is None)


def test_023_the_window_comes_along(fika):
    fika.terminal('person', 'add', 'Ada Lovelace')
    fika.terminal('plan', '--kind', 'call', '--with', 'Ada', '--zone', 'UTC', '--start', f'{TODAY}T12:00')
    fika.start()
    fika.key('ctrl+1')
    await_time(fika, '15:00')
    come_to('Asia/Kathmandu')
    await_time(fika, '17:45', gone='15:00')
    come_to('Asia/Tbilisi')
    await_time(fika, '16:00', gone='17:45')
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    come_to('Africa/Nairobi')
    os.environ['TZ'] = LINK
    try:
        run(({}, [test_023_the_window_comes_along]))
    finally:
        shutil.rmtree(FOLDER)
