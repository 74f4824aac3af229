"""A private session without a display: own home, own buses, a notification server that the test steers,
Fika's service activatable, and a stand-in for the window that notes what it is asked. Everything ends
with the `with` block. Nothing sleeps: every step awaits a condition.
"""

import fcntl
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from gi.repository import Gio, GLib

BUILD = os.environ['FIKA_BUILDDIR']
SOURCE = os.environ['FIKA_SRCDIR']
FIKA = os.environ.get('FIKA_PROGRAM', os.path.join(BUILD, 'src', 'fika'))
SERVICE = os.environ.get('FIKA_SERVICE', os.path.join(BUILD, 'src', 'service', 'fika-service'))
SERVER = os.path.join(SOURCE, 'tests', 'lib', 'notification-server.py')
PATIENCE = float(os.environ.get('FIKA_TEST_PATIENCE', '30'))

# Where a disk's own time is to be left out.
MEMORY = '/dev/shm'

SERVICE_NAME = 'org.fikaplanner.Fika.Service'
SERVICE_PATH = '/org/fikaplanner/Fika/Service'
SERVER_NAME = 'org.fikaplanner.Fika.TestServer'
SERVER_PATH = '/org/fikaplanner/Fika/TestServer'
NOTIFICATIONS = 'org.freedesktop.Notifications'

BUS_CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir={run}</listen><servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
'''


class Gone(Exception):
    """What was awaited did not come."""


def wait_for(what, condition, patience=PATIENCE):
    """Calls condition until it answers something true, and answers that."""
    deadline = time.monotonic() + patience
    pause = 0.005
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Gone(f'waited {patience:g} s for {what}')
        time.sleep(pause)  # between two looks at the condition, never instead of one
        pause = min(pause * 1.5, 0.1)


class Desk:
    def __init__(self, notifications='normal', bus=True, system=False, activatable=True, memory=False):
        self.mode = notifications
        self.with_bus = bus
        self.with_system = system
        self.activatable = activatable
        self.folder = MEMORY if memory and os.access(MEMORY, os.W_OK) else None
        self.children = []
        self.server = None
        self.connection = None

    # Beginning and end

    def __enter__(self):
        self.root = tempfile.mkdtemp(prefix='fika-desk-', dir=self.folder)
        for name in ('home', 'run', 'data', 'config', 'cache', 'state', 'services'):
            os.makedirs(self.path(name), mode=0o700)
        env = dict(os.environ)
        for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'DBUS_STARTER_ADDRESS',
                     'DBUS_STARTER_BUS_TYPE', 'XDG_CURRENT_DESKTOP', 'LANGUAGE'):
            env.pop(name, None)
        env.update({
            'HOME': self.path('home'),
            'XDG_RUNTIME_DIR': self.path('run'),
            'XDG_DATA_HOME': self.path('data'),
            'XDG_CONFIG_HOME': self.path('config'),
            'XDG_CACHE_HOME': self.path('cache'),
            'XDG_STATE_HOME': self.path('state'),
            'DBUS_SYSTEM_BUS_ADDRESS': 'unix:path=' + self.path('no-system-bus'),
            'GSETTINGS_BACKEND': 'keyfile',
            'FIKA_LIBEXECDIR': os.path.join(BUILD, 'src', 'exchange', 'parse'),
        })
        self.env = env
        try:
            if self.with_system:
                env['DBUS_SYSTEM_BUS_ADDRESS'] = self.start_bus('system')
            if self.with_bus:
                env['DBUS_SESSION_BUS_ADDRESS'] = self.start_bus('session')
                self.connection = self.connect('DBUS_SESSION_BUS_ADDRESS')
            if self.with_bus and self.mode is not None:
                self.start_server(self.mode)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGCONT)
                child.kill()
        for child in self.children:
            child.wait()
        self.end_activated()
        shutil.rmtree(self.root, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def spawn(self, argv, **options):
        child = subprocess.Popen(argv, env=options.pop('env', self.env), **options)
        self.children.append(child)
        return child

    def end_activated(self):
        """Ends what the bus started: processes of this session alone."""
        mark = f'XDG_RUNTIME_DIR={self.path("run")}'.encode()
        for entry in os.listdir('/proc'):
            if not entry.isdigit() or int(entry) == os.getpid():
                continue
            try:
                with open(f'/proc/{entry}/environ', 'rb') as environ:
                    if mark in environ.read().split(b'\0'):
                        os.kill(int(entry), signal.SIGKILL)
            except OSError:
                continue

    # The buses

    def start_bus(self, name):
        config = self.path(name + '.conf')
        if self.activatable:
            self.activate_by(SERVICE_NAME, SERVICE)
        with open(config, 'w', encoding='utf-8') as file:
            file.write(BUS_CONFIG.format(run=self.path('run'), services=self.path('services')))
        bus = self.spawn(['dbus-daemon', '--nofork', '--print-address=1', '--config-file', config],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        setattr(self, name + '_bus', bus)
        return bus.stdout.readline().strip()

    def activate_by(self, name, program):
        with open(self.path('services', name + '.service'), 'w', encoding='utf-8') as file:
            file.write(f'[D-BUS Service]\nName={name}\nExec={program}\n')

    def connect(self, variable):
        return Gio.DBusConnection.new_for_address_sync(
            self.env[variable],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, name, path, interface, method, parameters=None, start=False, timeout=30000):
        flags = Gio.DBusCallFlags.NONE if start else Gio.DBusCallFlags.NO_AUTO_START
        reply = self.connection.call_sync(name, path, interface, method, parameters, None, flags,
                                          timeout, None)
        return reply.unpack()

    def owner(self, name):
        """The process that has the name; None where nobody has."""
        try:
            return self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                             'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))[0]
        except GLib.Error:
            return None

    # The notification server

    def start_server(self, mode='normal', wait=True):
        self.server = self.spawn([sys.executable, SERVER, mode, self.path('journal')],
                                 stdout=subprocess.DEVNULL)
        if not wait:
            return self.server
        wait_for('the notification server', lambda: self.owner(SERVER_NAME) == self.server.pid)
        if mode != 'absent':
            wait_for('its name', lambda: self.owner(NOTIFICATIONS) == self.server.pid)
        return self.server

    def journal(self):
        """What came on a screen and left it at all servers so far: see notification-server.py."""
        with open(self.path('journal'), encoding='utf-8') as file:
            return [json.loads(line) for line in file]

    def stop_server(self):
        self.server.kill()
        self.server.wait()
        wait_for('the end of the server', lambda: self.owner(NOTIFICATIONS) is None)

    def steer(self, method, signature='()', *arguments):
        answer = self.call(SERVER_NAME, SERVER_PATH, SERVER_NAME, method,
                           GLib.Variant(signature, arguments))
        return answer[0] if answer else None

    def shown(self):
        """What is on the screen: dictionaries with number, title, body, keys (verb → key), hints."""
        found = []
        for number, title, body, buttons, hints in self.steer('List'):
            found.append({'number': number, 'title': title, 'body': body, 'hints': hints,
                          'labels': buttons[1::2],
                          'keys': {key.split(':')[0]: key for key in buttons[0::2]}})
        return found

    def told(self):
        """Every Notify call so far: number, replaces, title, body, buttons, hints, time."""
        return self.steer('History')

    def await_shown(self, count=1, patience=PATIENCE):
        return wait_for(f'{count} on the screen',
                        lambda: (lambda now: now if len(now) == count else None)(self.shown()),
                        patience)

    def press(self, shown, verb):
        self.steer('Press', '(us)', shown['number'], shown['keys'][verb])

    # The service

    def status(self):
        return self.call(SERVICE_NAME, SERVICE_PATH, SERVICE_NAME, 'Status')[0]

    def start_service(self, **options):
        service = self.spawn([SERVICE], stdout=subprocess.DEVNULL, **options)
        wait_for('the service', lambda: self.owner(SERVICE_NAME) == service.pid)
        return service

    def poke(self):
        """Has the service look, and awaits nothing."""
        self.connection.call(SERVICE_NAME, SERVICE_PATH, SERVICE_NAME, 'Poke', None, None,
                             Gio.DBusCallFlags.NONE, -1, None, None)
        self.connection.flush_sync(None)

    def service_call(self, method, start=True):
        return self.call(SERVICE_NAME, SERVICE_PATH, SERVICE_NAME, method, start=start)

    # The terminal interface

    def run(self, *words, **options):
        return subprocess.run([FIKA, *words], env=options.pop('env', self.env), capture_output=True,
                              text=True, check=False, timeout=60,
                              cwd=options.pop('cwd', self.path('home')), **options)

    def fika(self, *words, status=0):
        """Runs a verb with --json; answers what it says, or where it is to fail, why."""
        done = self.run(*words, '--json')
        if done.returncode != status:
            raise AssertionError(f'fika {" ".join(words)}: status {done.returncode}, '
                                 f'stdout {done.stdout!r}, stderr {done.stderr!r}')
        return json.loads(done.stdout) if status == 0 else done.stderr

    # The database, past Fika

    def sql(self, statement, *values):
        """Runs one statement on the database as another process under its lock."""
        folder = self.path('data', 'fika')
        with open(self.path('holding'), 'a', encoding='ascii') as holding, \
                open(os.path.join(folder, 'fika.lock'), 'a', encoding='ascii') as lock:
            fcntl.flock(holding, fcntl.LOCK_EX)  # see fika_pulse.py
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection = sqlite3.connect(os.path.join(folder, 'fika.db'))
            try:
                with connection:
                    return connection.execute(statement, values).fetchall()
            finally:
                connection.close()

    def plan_due_in(self, seconds, *words):
        """Plans something for tomorrow, and has its reminder come so many seconds from now: plans have
        whole minutes, and no test has a minute to spare."""
        tomorrow = time.strftime('%Y-%m-%dT17:00', time.localtime(time.time() + 86400))
        plan = self.fika('plan', '--kind', 'call', '--start', tomorrow, '--remind', '10', *words)
        self.due_in(seconds, plan['uid'])
        return plan

    def plan_missed(self, *words):
        """Plans something that was to be told forty minutes ago and was not, as when the computer was
        off."""
        start = int(time.time()) // 60 * 60 - 1800
        plan = self.fika('plan', '--kind', 'call', '--start',
                         time.strftime('%Y-%m-%dT%H:%M', time.localtime(start)), '--remind', '10',
                         *words)
        self.sql('INSERT INTO reminder (catchup, lead, start, due) SELECT id, 10, ?1, ?1 - 600'
                 ' FROM catchup WHERE uid = ?2', start, plan['uid'])
        return plan

    def due_in(self, seconds, uid):
        self.sql('UPDATE reminder SET due = ? WHERE state = \'pending\' AND kind = \'plan\''
                 ' AND catchup = '
                 '(SELECT id FROM catchup WHERE uid = ?)', int(time.time()) + seconds, uid)


def figure(text):
    """Tells what a test measured."""
    print(f'# figure: {text}', flush=True)


def slow():
    """Whether to go through everything (-m slow) rather than a sample."""
    return '-m slow' in ' '.join(sys.argv[1:])


def run(tests):
    """Runs test functions and tells of them in the Test Anything Protocol. With names as arguments,
    only those."""
    wanted = [word for word in sys.argv[1:] if word not in ('-m', 'slow')]
    tests = [test for test in tests if not wanted or test.__name__ in wanted]
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} {test.__name__}', flush=True)
        except BaseException as error:  # a test's own way of failing
            failed += 1
            import traceback
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print(f'not ok {number} {test.__name__} - {error}'.replace('\n', ' '), flush=True)
            if isinstance(error, KeyboardInterrupt):
                break
    sys.exit(1 if failed else 0)
