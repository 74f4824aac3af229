#!/usr/bin/python3
"""The real service while the computer's zone, or the rules of zones, change: /etc is one of the test's
own, in a mount namespace. Where none can be had, all is skipped. The numbers in the tests' names are
rows of the failure catalogue."""

import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from datetime import datetime
from zoneinfo import ZoneInfo

from gi.repository import GLib

from fika_bus import Desk, run, wait_for

DATABASE = '/usr/share/zoneinfo'
ZONES = ('America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland', 'Europe/Berlin')
INSIDE = 'FIKA_TEST_IN_NAMESPACE'

# A while ahead, so that it is to come in every zone.
DAY = time.strftime('%Y-%m-%d', time.localtime(time.time() + 3 * 86400))
START = DAY + 'T17:00'


def enter_namespace():
    """Runs this program again where it may mount; says what it says."""
    if INSIDE in os.environ:
        return
    able = subprocess.run(['unshare', '-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt'],
                          capture_output=True, check=False)
    if able.returncode != 0:
        print('1..0 # SKIP no mount namespace can be had here')
        sys.exit(0)
    os.environ[INSIDE] = 'yes'
    os.execvp('unshare', ['unshare', '-rm', sys.executable, os.path.abspath(__file__), *sys.argv[1:]])


def own_etc(desk):
    """An /etc that can be written to."""
    folder = desk.path('etc')
    os.makedirs(folder)
    for name in ('passwd', 'group', 'nsswitch.conf', 'ld.so.cache', 'machine-id', 'localtime'):
        if os.path.lexists('/etc/' + name):
            shutil.copy('/etc/' + name, os.path.join(folder, name), follow_symlinks=False)
    for name in ('ld.so.conf.d', 'fonts', 'alternatives'):
        if os.path.isdir('/etc/' + name):
            shutil.copytree('/etc/' + name, os.path.join(folder, name), symlinks=True)
    subprocess.run(['mount', '--bind', folder, '/etc'], check=True)
    set_zone('Europe/Berlin')
    desk.env.pop('TZ', None)


def drop_etc():
    subprocess.run(['umount', '-l', '/etc'], check=True)


def set_zone(zone, database=DATABASE):
    """As timedated does it: a new link takes the place of the old one."""
    os.symlink(os.path.join(database, zone), '/etc/localtime.new')
    os.rename('/etc/localtime.new', '/etc/localtime')


class Traveller(Desk):
    def __enter__(self):
        super().__enter__()
        try:
            own_etc(self)
        except BaseException:
            super().__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        drop_etc()
        super().__exit__(kind, value, trace)

    def own_database(self):
        """A time zone database that can be updated."""
        database = self.path('zoneinfo')
        for zone in ('Europe/Berlin', 'Asia/Tokyo', 'America/Sao_Paulo'):
            os.makedirs(os.path.dirname(os.path.join(database, zone)), exist_ok=True)
            shutil.copy(os.path.join(DATABASE, zone), os.path.join(database, zone))
        self.env['TZDIR'] = database
        set_zone('Europe/Berlin', database)
        self.version('2026a')
        return database

    def version(self, name):
        path = self.path('zoneinfo', 'tzdata.zi')
        with open(path + '.new', 'w', encoding='ascii') as file:
            file.write(f'# version {name}\n')
        os.rename(path + '.new', path)

    def await_next(self, zone, what):
        """The service waits for ten minutes before START in that zone; how long that took."""
        due = int(datetime.fromisoformat(START).replace(tzinfo=ZoneInfo(zone)).timestamp()) - 600
        begun = time.monotonic()
        wait_for(what, lambda: self.status().get('next') == due)
        return time.monotonic() - begun


def plan(desk, zone=None):
    desk.fika('person', 'add', 'Ada Lovelace')
    words = ['plan', '--kind', 'call', '--with', 'Ada', '--remind', '10', '--start', START]
    desk.fika(*words, *(['--zone', zone] if zone else []))


def test_023_localtime_is_another():
    with Traveller(activatable=False) as desk:
        plan(desk)
        desk.start_service()
        desk.await_next('Europe/Berlin', 'the plan')
        took = []
        for zone in ZONES:
            set_zone(zone)
            took.append(desk.await_next(zone, f'the plan in {zone}'))
        print(f'# figure: planned anew {max(took):.2f} s after /etc/localtime changed, at most of '
              f'{len(took)}')


def test_023_timedated_says_so():
    """Where no file can be watched there is still timedated."""
    with Traveller(activatable=False, system=True) as desk:
        plan(desk)
        with open('/proc/sys/user/max_inotify_instances', 'r+', encoding='ascii') as limit:
            before = limit.read()
            limit.seek(0)
            limit.write('0')
        try:
            # GSettings warns that it cannot watch its file either.
            desk.start_service(env={**desk.env, 'G_DEBUG': ''}, stderr=subprocess.DEVNULL)
        finally:
            with open('/proc/sys/user/max_inotify_instances', 'w', encoding='ascii') as limit:
                limit.write(before)
        desk.await_next('Europe/Berlin', 'the plan')
        before = desk.status()['next']
        system = desk.connect('DBUS_SYSTEM_BUS_ADDRESS')
        wait_for('the service on the system bus', lambda: listeners(system) > 1)
        took = []
        for zone in ZONES[:-1]:
            set_zone(zone)
            assert desk.status()['next'] == before, 'something else than timedated told it'
            system.emit_signal(None, '/org/freedesktop/timedate1',
                               'org.freedesktop.DBus.Properties', 'PropertiesChanged',
                               GLib.Variant('(sa{sv}as)', ('org.freedesktop.timedate1',
                                                           {'Timezone': GLib.Variant('s', zone)},
                                                           [])))
            took.append(desk.await_next(zone, f'the plan in {zone}'))
            before = desk.status()['next']
        print(f'# figure: planned anew {max(took):.2f} s after timedated said so, at most of '
              f'{len(took)}')


def listeners(system):
    """How many connections the bus has, those of a name of their own aside."""
    names = system.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                             'ListNames', None, None, 0, -1, None).unpack()[0]
    return sum(name.startswith(':') for name in names)


def test_031_tzdata_is_updated():
    """The rules of a zone that is not the computer's."""
    with Traveller(activatable=False) as desk:
        database = desk.own_database()
        plan(desk, zone='Asia/Tokyo')
        desk.start_service()
        desk.await_next('Asia/Tokyo', 'the plan')
        # Japan takes the time of Brazil.
        shutil.copy(os.path.join(DATABASE, 'America/Sao_Paulo'), desk.path('new'))
        os.rename(desk.path('new'), os.path.join(database, 'Asia/Tokyo'))
        desk.version('2026b')
        took = desk.await_next('America/Sao_Paulo', 'the plan by the new rules')
        print(f'# figure: planned anew {took:.2f} s after the time zone database was updated')


def test_031_tzdata_is_updated_while_off():
    with Traveller(activatable=False) as desk:
        database = desk.own_database()
        plan(desk, zone='Asia/Tokyo')
        shutil.copy(os.path.join(DATABASE, 'America/Sao_Paulo'),
                    os.path.join(database, 'Asia/Tokyo'))
        desk.version('2026b')
        desk.start_service()
        desk.await_next('America/Sao_Paulo', 'the plan by the new rules')


if __name__ == '__main__':
    enter_namespace()
    run([test_023_localtime_is_another, test_023_timedated_says_so, test_031_tzdata_is_updated,
         test_031_tzdata_is_updated_while_off])
