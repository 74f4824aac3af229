#!/usr/bin/python3
"""Bad input and bad times at the terminal: why in one plain sentence, status 1 or 2, nothing on stdout,
and the data as it was. The numbers in the tests' names are rows of the failure catalogue."""

import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_bus import Desk, FIKA, SERVICE_NAME, run, wait_for
from fika_disk import Disk

LONG = 'Ann ' * 2500
# What root may is no measure of what a person may.
ORDINARY = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] if os.geteuid() == 0 else []


def desk():
    return Desk(bus=False)


def refused(fika, *words, says='', prefix=()):
    done = subprocess.run([*prefix, FIKA, *words], env=fika.env, capture_output=True, text=True,
                          check=False, timeout=120, cwd=fika.path('home'))
    assert done.returncode in (1, 2), (words[:2], done.returncode, done.stderr)
    assert done.stdout == '', (words[:2], done.stdout)
    assert says in done.stderr, (words[:2], says, done.stderr)
    assert done.stderr.rstrip().endswith(('.', '?')), (words[:2], done.stderr)
    assert not re.search(r'null|SQLITE|errno|CRITICAL|WARNING|GLib', done.stderr), done.stderr
    assert len(done.stderr) < 600, 'an error is no place for ten thousand letters'
    return done.stderr


def content(fika):
    """Every file of the data but the lock."""
    found = {}
    for path in sorted(glob.glob(fika.path('data', 'fika', '**'), recursive=True)):
        if os.path.isfile(path) and not path.endswith('.lock'):
            with open(path, 'rb') as file:
                found[path] = file.read()
    return found


def test_long_texts():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        base = ['plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00']
        for words in (['person', 'add', LONG], ['group', 'add', LONG], base + ['--title', LONG],
                      base + ['--place', LONG],
                      ['plan', '--kind', 'call', '--with', LONG, '--start', '2031-07-01T10:00']):
            refused(fika, *words)
        assert len(fika.fika('history')) == 1
        # Notes are for long texts.
        fika.fika('log', '--with', 'Ada', '--kind', 'call', '--note', LONG)


def test_an_end_before_the_start():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        base = ['plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00']
        refused(fika, *base, '--minutes', '-5')
        refused(fika, *base, '--repeat', 'FREQ=WEEKLY;UNTIL=20310630T090000')
        refused(fika, *base, '--repeat', 'FREQ=WEEKLY;UNTIL=19990101')
        assert len(fika.fika('history')) == 1


def test_rules_that_never_come_or_always():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        base = ['plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00', '--repeat']
        for rule in ('FREQ=SECONDLY', 'FREQ=MINUTELY', 'FREQ=HOURLY', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
                     'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MONTHLY;BYMONTHDAY=32',
                     'FREQ=DAILY;BYSECOND=0,1,2,3', 'FREQ=DAILY;INTERVAL=0', 'FREQ=DAILY;COUNT=0',
                     'FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31', 'every second'):
            refused(fika, *base, rule)
        assert len(fika.fika('history')) == 1


def test_a_file_of_100_mb():
    with desk() as fika:
        path = fika.path('big.vcf')
        card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nNOTE:' + 'x' * 900 + '\r\nEND:VCARD\r\n'
        with open(path, 'w', encoding='ascii', newline='') as file:
            for _ in range(100):
                file.write(card * (1024 * 1024 // len(card) + 1))
        assert os.path.getsize(path) > 100 * 1024 * 1024
        print('#', refused(fika, 'import', path, says='64').strip())
        assert fika.fika('people') == []


def test_005_a_full_disk():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        cards = fika.path('home', 'cards.vcf')
        with open(cards, 'w', encoding='ascii') as file:
            file.write('BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nEND:VCARD\n')
        kept = fika.path('data', 'kept.json')
        with open(kept, 'w', encoding='ascii') as file:
            file.write('old')
        disk = Disk(fika.env, fika.path('data'), fika.path('full'))
        disk.fill()
        for words in (['person', 'add', 'Cy'], ['plan', '--kind', 'call', '--with', 'Ada', '--start',
                      '2031-07-01T10:00'], ['log', '--with', 'Ada', '--kind', 'call'], ['undo'],
                      ['import', cards], ['export', kept], ['backup', fika.path('data', 'copy.db')]):
            refused(fika, *words, says='disk is full')
        # The old file is there, and nothing lies about that was not.
        with open(kept, encoding='ascii') as file:
            assert file.read() == 'old'
        assert sorted(os.listdir(fika.path('data'))) == ['fika', 'kept.json']
        disk.make_room()
        assert [person['name'] for person in fika.fika('people')] == ['Ada']
        assert len(fika.fika('history')) == 1
        fika.fika('person', 'add', 'Cy')
        fika.fika('import', cards)
        assert len(fika.fika('people')) == 3
        assert fika.fika('check') == {'ok': True}


def test_005_a_full_disk_at_the_first_start():
    with desk() as fika:
        disk = Disk(fika.env, fika.path('data'), fika.path('full'))
        disk.fill()
        refused(fika, 'person', 'add', 'Ada', says='disk is full')
        disk.make_room()
        fika.fika('person', 'add', 'Ada')
        assert fika.fika('check') == {'ok': True}


def test_a_read_only_disk():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        before = content(fika)
        folder = fika.path('data', 'fika')
        for name in os.listdir(folder):
            if os.path.isfile(os.path.join(folder, name)):
                os.chmod(os.path.join(folder, name), 0o400)
        os.chmod(folder, 0o500)
        try:
            for words in (['person', 'add', 'Bo'], ['undo'], ['log', '--with', 'Ada', '--kind', 'call']):
                print('#', refused(fika, *words, prefix=ORDINARY).strip())
            done = subprocess.run([*ORDINARY, FIKA, 'people'], env=fika.env, capture_output=True,
                                  text=True, check=False, timeout=60)
            assert done.returncode == 0 and 'Ada' in done.stdout, done
        finally:
            os.chmod(folder, 0o700)
        assert content(fika) == before


def test_no_notification_server():
    """Whoever asks is told that nothing will be shown; all else goes on."""
    with Desk(notifications=None) as fika:
        fika.fika('person', 'add', 'Ada')
        wait_for('the service', lambda: fika.owner(SERVICE_NAME))
        status = fika.fika('service', 'status')
        assert status['running'] is True and status['notifications'] is False, status
        said = fika.run('service', 'status').stdout
        print('#', said.strip().replace('\n', ' | '))
        assert 'notifications' in said.lower(), said
        fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00')
        assert len(fika.fika('agenda', '--from', '2031-07-01', '--days', '1')) == 1


run([value for name, value in sorted(globals().items()) if name.startswith('test_')])
