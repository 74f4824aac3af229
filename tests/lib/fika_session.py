"""A private desktop for one test: own home, own X display, own session bus with accessibility and a
notification server, Fika's programs activatable on it. Everything ends with the `with` block.

The window is driven as a person drives it: through accessibility (so whatever a test cannot reach, a
screen reader cannot either) and through the keyboard and the mouse. Nothing here sleeps: every step
awaits a condition.
"""

import datetime
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

BUILD = os.environ['FIKA_BUILDDIR']
SOURCE = os.environ['FIKA_SRCDIR']
PATIENCE = float(os.environ.get('FIKA_TEST_PATIENCE', '60'))

# Warnings are fatal in Fika itself; what the desktop's own programs and this one say is theirs.
FIKA_ENV = {'G_DEBUG': os.environ.pop('G_DEBUG', 'fatal-warnings')}

FIKA = os.path.join(BUILD, 'src', 'fika')
SERVICE = os.path.join(BUILD, 'src', 'service', 'fika-service')

SERVER_NAME = 'org.fikaplanner.Fika.TestServer'
SERVER_PATH = '/org/fikaplanner/Fika/TestServer'

BUS_CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir={run}</listen><servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
'''

from gi.repository import Gio, GLib  # noqa: E402: G_DEBUG is not for this program

import fika_access  # noqa: E402


class Gone(Exception):
    """What was awaited did not come."""


def wait_for(what, condition, patience=PATIENCE):
    """Calls condition until it answers something true, and answers that."""
    deadline = time.monotonic() + patience
    pause = 0.01
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Gone(f'waited {patience:g} s for {what}')
        time.sleep(pause)  # between two looks at the condition, never instead of one
        pause = min(pause * 1.5, 0.2)


def next_minute(room):
    """The next full minute that leaves `room` seconds until then."""
    now = datetime.datetime.now()
    minute = now.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
    if (minute - now).total_seconds() < room:
        minute += datetime.timedelta(minutes=1)
    return minute


class Session:
    def __init__(self, size='1280x900', window='1180x800', notifications='normal', activatable=True,
                 settings=None, ordinary=False):
        self.size = size
        self.activatable = activatable
        self.notifications = notifications
        width, height = window.split('x')
        self.settings = {'window-width': width, 'window-height': height, 'first-weekday': '0',
                         **(settings or {})}
        # What root may is no measure of what a person may.
        self.prefix = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] \
            if ordinary and os.geteuid() == 0 else []
        self.children = []
        self.program = None
        self.app = None

    # Beginning and end

    def __enter__(self):
        self.root = tempfile.mkdtemp(prefix='fika-ui-')
        for name in ('home', 'run', 'data', 'config', 'cache', 'state', 'services'):
            os.makedirs(self.path(name), mode=0o700)
        os.makedirs(self.path('data', 'applications'))
        env = dict(os.environ)
        for name in ('WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'DBUS_STARTER_ADDRESS',
                     'DBUS_STARTER_BUS_TYPE', 'AT_SPI_BUS_ADDRESS', 'XDG_CURRENT_DESKTOP', 'LANGUAGE'):
            env.pop(name, None)
        env.update({
            'HOME': self.path('home'),
            'XDG_RUNTIME_DIR': self.path('run'),
            'XDG_DATA_HOME': self.path('data'),
            'XDG_CONFIG_HOME': self.path('config'),
            'XDG_CACHE_HOME': self.path('cache'),
            'XDG_STATE_HOME': self.path('state'),
            'GSK_RENDERER': 'cairo',
            'GDK_BACKEND': 'x11',
            'GTK_A11Y': 'atspi',
            'NO_AT_BRIDGE': '0',
            'GSETTINGS_BACKEND': 'keyfile',
            'FIKA_LIBEXECDIR': os.path.join(BUILD, 'src', 'exchange', 'parse'),
            # What the libraries beneath a window keep until its end is not for these tests to say.
            'ASAN_OPTIONS': 'detect_leaks=0:abort_on_error=1',
        })
        self.env = env
        self._write_settings()
        try:
            self._start_display()
            self._start_bus()
            self._start_accessibility()
            self._start_notifications()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None and self.children:
            self._tell_failure()
        self.app = None
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
        for child in reversed(self.children):
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.children.clear()
        self._end_activated()
        shutil.rmtree(self.root, ignore_errors=True)

    def _tell_failure(self):
        picture = os.environ.get('FIKA_TEST_PICTURE')
        if picture is not None:
            self.picture(picture)
        for line in self.complaints().splitlines()[-20:]:
            print('# ' + line)
        if os.environ.get('FIKA_TEST_DUMP') and self.app is not None:
            print('# ' + self.app.look(self.is_there).dump().replace('\n', '\n# '))

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def spawn(self, argv, **options):
        child = subprocess.Popen(argv, env=options.pop('env', self.env), **options)
        self.children.append(child)
        return child

    def _end_activated(self):
        """Ends what the bus activated: those of this session's own processes that are still there."""
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

    def _write_settings(self):
        folder = self.path('config', 'glib-2.0', 'settings')
        os.makedirs(folder)
        with open(os.path.join(folder, 'keyfile'), 'w', encoding='utf-8') as file:
            file.write('[org/fikaplanner/Fika]\n')
            for key, value in self.settings.items():
                file.write(f'{key}={value}\n')

    def _start_display(self):
        read, write = os.pipe()
        # Without -noreset it begins anew when its last client goes, and refuses one that comes just then.
        self.spawn(['Xvfb', '-displayfd', str(write), '-screen', '0', self.size + 'x24', '-noreset',
                    '-nolisten', 'tcp'],
                   pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Gone('Xvfb did not start')
        self.env['DISPLAY'] = ':' + number

    def _start_bus(self):
        if self.activatable:
            for name, program in (('org.fikaplanner.Fika', f'{FIKA} --gapplication-service'),
                                  ('org.fikaplanner.Fika.Service', SERVICE)):
                with open(self.path('services', name + '.service'), 'w', encoding='utf-8') as file:
                    file.write(f'[D-BUS Service]\nName={name}\nExec={program}\n')
        config = self.path('bus.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write(BUS_CONFIG.format(run=self.path('run'), services=self.path('services')))
        with open(self.path('bus.log'), 'wb') as log:
            bus = self.spawn([*self.prefix, 'dbus-daemon', '--nofork', '--print-address=1',
                              '--config-file', config],
                             stdout=subprocess.PIPE, stderr=log, text=True,
                             env={**self.env, **FIKA_ENV})
        self.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()
        self.bus = Gio.DBusConnection.new_for_address_sync(
            self.env['DBUS_SESSION_BUS_ADDRESS'],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.set_exit_on_close(False)

    def _start_accessibility(self):
        for launcher in ('/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi-bus-launcher',
                         '/usr/lib/at-spi2-core/at-spi-bus-launcher'):
            if os.path.exists(launcher):
                self.spawn([launcher, '--launch-immediately'], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
                break
        wait_for('the accessibility bus', lambda: self.bus_owns('org.a11y.Bus'))
        address = self.bus_call('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus.GetAddress')
        self.access = fika_access.Bus(address.removeprefix("('").removesuffix("',)"))

    def _start_notifications(self):
        if self.notifications is None:
            return
        self.server = self.spawn([sys.executable,
                                  os.path.join(SOURCE, 'tests', 'lib', 'notification-server.py'),
                                  self.notifications], stdout=subprocess.DEVNULL)
        wait_for('the notification server', lambda: self.bus_owns(SERVER_NAME))

    # The bus

    def bus_call(self, name, path, method, *arguments):
        """Calls a method over the session bus; answers the printed reply, or None when it fails."""
        done = subprocess.run(['gdbus', 'call', '--session', '-d', name, '-o', path, '-m', method,
                               *arguments], env=self.env, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else None

    def bus_owns(self, name):
        answer = self.bus_call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', name)
        return answer == '(true,)'

    def ask_server(self, method, signature=None, arguments=()):
        """Calls the notification server's own interface for scripts, and answers what it says."""
        parameters = GLib.Variant(signature, arguments) if signature else None
        answer = self.bus.call_sync(SERVER_NAME, SERVER_PATH, SERVER_NAME, method, parameters, None,
                                    Gio.DBusCallFlags.NONE, 10000, None).unpack()
        return answer[0] if answer else None

    def shown(self):
        """The notifications on the screen: number, title, body, buttons (keys and labels), hints."""
        return self.ask_server('List')

    def await_shown(self, title, patience=PATIENCE):
        """Awaits a notification whose title has that text."""
        def look():
            return next((one for one in self.shown() if title in one[1]), None)
        return wait_for(f'a notification “{title}”', look, patience)

    def press_notification(self, notification, label=None):
        """Presses the button with that label, or the notification itself."""
        buttons = notification[3]
        keys = dict(zip(buttons[1::2], buttons[0::2]))
        key = keys[label] if label is not None else \
            next(key for key in buttons[0::2] if key.startswith('default'))
        self.ask_server('Press', '(us)', (notification[0], key))

    # Fika

    def start(self, *arguments):
        """Starts the window and awaits it."""
        with open(self.path('fika.log'), 'ab') as log:
            self.program = self.spawn([*self.prefix, FIKA, *arguments],
                                      env={**self.env, **FIKA_ENV}, stderr=log)
        self.attach()
        return self.program

    def attach(self):
        """Awaits the window of a Fika that this or something else started."""
        self.only_visible = True
        self.app = wait_for('the window', self._find_app)
        first = wait_for('its content', lambda: next(iter(self._look(self.main).children), None))
        self.only_visible = not first.has('showing')

    def _alive(self):
        if self.program is not None and self.program.poll() is not None:
            raise AssertionError(f'Fika ended with status {self.program.returncode}')

    def _find_app(self):
        self._alive()
        return next((application for application in self.access.applications()
                     if 'fika' in application.name.lower() and
                     application.look(self.is_there).children), None)

    def close_window(self):
        """Closes the window by its key and awaits the end of its process."""
        self.key('ctrl+q')
        self.await_end()

    def await_end(self):
        """Awaits the end of Fika's process."""
        if self.program is not None:
            wait_for('the window to close', lambda: self.program.poll() is not None)
            if self.program.returncode != 0:
                raise AssertionError(f'Fika ended with status {self.program.returncode}')
            self.program = None
        else:
            wait_for('the window to close', lambda: not self.bus_owns('org.fikaplanner.Fika'))
        self.app = None

    def complaints(self):
        """What Fika and what the bus started said on stderr, without what the bus says itself."""
        said = []
        for name in ('fika.log', 'bus.log'):
            try:
                with open(self.path(name), encoding='utf-8', errors='replace') as file:
                    said += [line.rstrip() for line in file if not line.startswith('dbus-daemon[')]
            except FileNotFoundError:
                continue
        return '\n'.join(said)

    def terminal(self, *arguments, expect=0):
        """Runs `fika ARGUMENTS --json` and answers what it says."""
        done = subprocess.run([FIKA, *arguments, '--json'], env={**self.env, **FIKA_ENV},
                              capture_output=True, text=True, check=False)
        if done.returncode != expect:
            raise AssertionError(f'fika {arguments}: status {done.returncode}: {done.stderr}')
        return json.loads(done.stdout) if expect == 0 else done.stderr

    def handle(self, scheme):
        """Installs a program for addresses of that scheme; it notes what it is given."""
        name = f'fika-test-{scheme}.desktop'
        program = self.path(f'handle-{scheme}')
        with open(program, 'w', encoding='utf-8') as file:
            file.write(f'#!/bin/sh\necho "$1" >> {self.path("handled")}\n')
        os.chmod(program, 0o755)
        with open(self.path('data', 'applications', name), 'w', encoding='utf-8') as file:
            file.write(f'[Desktop Entry]\nType=Application\nName=Test\nNoDisplay=true\n'
                       f'Exec={program} %u\nMimeType=x-scheme-handler/{scheme};\n')
        with open(self.path('config', 'mimeapps.list'), 'a', encoding='utf-8') as file:
            file.write(f'[Default Applications]\nx-scheme-handler/{scheme}={name}\n')

    def handled(self):
        """What the programs that handle() installed were given."""
        try:
            with open(self.path('handled'), encoding='utf-8') as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    @property
    def database(self):
        return self.path('data', 'fika', 'fika.db')

    def tables(self):
        """All that can be undone, as text: every row of every table that the log is kept of."""
        connection = sqlite3.connect(self.database)
        try:
            names = [name for (name,) in connection.execute(
                "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1")]
            assert names, 'no table is logged'
            return '\n'.join(f'{name}: {row}' for name in names for row in
                             connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'))
        finally:
            connection.close()

    # Looking through accessibility

    def is_there(self, node):
        """Whether a node is on the screen. GTK 4.8 says of all but windows only that it is visible,
        even on the pages of a stack that do not show; newer ones say what shows."""
        return node.has('showing') or (self.only_visible and node.has('visible'))

    def _windows(self):
        self._alive()
        windows = self.app.look(lambda node: node.parent == self.app and self.is_there(node)).children
        if not windows:
            raise fika_access.Lost('there is no window')
        return windows

    @property
    def main(self):
        """Fika's window."""
        return self._windows()[0]

    def _sheets(self):
        """The window and what is over it, in order."""
        windows = self._windows()
        if self.only_visible:
            return windows
        return windows + [child for child in windows[-1].look(self.is_there).walk()
                          if child.role == 'dialog' or
                          (child.role == 'alert' and child.children)]

    @property
    def top(self):
        """What takes the keys: the sheet in front, else the window."""
        return self._sheets()[-1]

    def _look(self, node=None):
        """Looks at what is beneath a node, or at what takes the keys."""
        return (node if node is not None else self.top).look(self.is_there)

    def sheet(self, title):
        """Awaits a sheet with that title in front, and answers it."""
        def look():
            top = self.top
            return top if top.is_called(title) and top != self.main else None
        return wait_for(f'the sheet “{title}”', look)

    def sheet_gone(self, title):
        """Awaits that no sheet has that title."""
        wait_for(f'the sheet “{title}” to go',
                 lambda: not any(sheet.is_called(title) for sheet in self._sheets()[1:]))

    def all_now(self, role=None, name=None, node=None):
        """Every showing accessible of that role (None: any) whose name has that text (None: any), in
        node or in what is in front."""
        try:
            return [child for child in self._look(node).walk()
                    if child.is_a(role) and child.is_called(name)]
        except fika_access.Lost:  # it is just going away
            return []

    def find_now(self, name, role=None, node=None):
        """The first showing accessible with that name and role, or None."""
        return next(iter(self.all_now(role, name, node)), None)

    def find(self, name, role=None, node=None):
        """Awaits an accessible by name, in node or in what is in front."""
        return wait_for(f'{role or "something"} called “{name}”',
                        lambda: self.find_now(name, role, node))

    def gone(self, name, role=None, node=None):
        """Awaits that nothing showing has that name."""
        wait_for(f'{role or "something"} called “{name}” to go',
                 lambda: self.find_now(name, role, node) is None)

    def place(self, name):
        """What a place (“Week”, “People”, “Groups”, “Welcome”) shows: the part of the window that is its
        page. GTK 4.8 counts the pages beneath it as visible too."""
        if not self.only_visible:
            return self.main
        return wait_for(f'the place {name}',
                        lambda: next((child for child in self._look(self.main).walk()
                                      if child.name == f'Fika{name}Page'), None))

    def labels(self, node=None):
        """The texts that show, in order."""
        return [child.name for child in self.all_now('label', None, node) if child.name]

    def says(self):
        """What the window says, for a person who looks why a test failed."""
        try:
            return ' | '.join(self.labels())
        except Exception as error:  # what is gone says nothing
            return f'nothing: {error}'

    # Acting

    def press(self, name, role='button', node=None):
        """Presses what has that name: by its own action, else with the mouse."""
        def look():
            there = [child for child in self.all_now(role, name, node) if child.has('sensitive')]
            return next((child for child in there if child.has_action), there[0] if there else None)
        target = wait_for(f'{role} “{name}” that can be pressed', look)
        self.act(target)
        return target

    def act(self, target):
        # What a label can do is to copy itself.
        if target.has_action and target.role != 'label':
            target.act()
        elif target.is_a('check') and not self.only_visible:
            # Newer GTK neither gives it an action nor knows where it is within a dialog.
            self.tab_to(target)
            self.key('space')
        else:
            self.click(target)

    def click(self, target, button='1'):
        """Clicks something with the mouse, once it has not moved for some frames."""
        seen = [None, 0]

        def where():
            box, now = target.box, time.monotonic()
            if box is None or box != seen[0]:
                seen[:] = [box, now]
                return None
            return box if now - seen[1] > 0.1 else None
        x, y, width, height = wait_for('where to click', where)
        self.xdotool('mousemove', str(x + width // 2), str(y + height // 2), 'click', button)

    def focus(self, name, role=None, node=None):
        """Goes to what has that name by the Tab key, as one does who has no mouse."""
        return self.tab_to(self.find(name, role, node))

    def tab_to(self, target):
        for _ in range(80):
            if any(child.has('focused') for child in (self._look(target), *target.walk())):
                return target
            self.tab()
        raise Gone(f'Tab does not reach {target.role} “{target.name}”')

    def tab(self, key='Tab'):
        """Presses Tab and awaits that the keyboard is somewhere else. GTK 4.8 does not say it of the
        rows with an entry in them: from one such to the next, an answer has to do, which Fika gives
        after what it was sent before."""
        before = self.focused()
        self.key(key)
        if before is not None:
            wait_for('the keyboard to go on', lambda: not before.has_now('focused'), 5)
        else:
            self.app.refresh()

    def focused(self):
        """What has the keyboard, or None."""
        return next((child for child in self._look().walk() if child.has('focused')), None)

    def entry(self, name, node=None):
        """Awaits the entry with that name."""
        def editable():
            for child in self.all_now(None, name, node):
                for candidate in (child, *child.walk()):
                    if candidate.has('editable'):
                        return candidate
            return None
        return wait_for(f'an entry called “{name}”', editable)

    def write(self, name, text, node=None):
        """Replaces the text of the entry with that name."""
        entry = self.entry(name, node)
        entry.write(text)
        return entry

    def read(self, name, node=None):
        """The text in the entry with that name."""
        return self.entry(name, node).text

    def toggle(self, name, on=True, node=None):
        """Presses a button that stays pressed, unless it is as wanted."""
        target = self.find(name, 'button', node)

        def is_on():
            target.refresh()
            return target.has('pressed') or target.has('checked')
        if is_on() != on:
            self.act(target)
            wait_for(f'“{name}” to be {"on" if on else "off"}', lambda: is_on() == on)

    def choose(self, name, choice, node=None):
        """Chooses in a row with a list to choose from."""
        row = self.find(name, 'combo box', node)
        if self._chosen(row) == choice:
            return
        self.open_list(row)

        def offered():
            texts = self.labels(row)
            return texts if choice in texts[2:] else None
        # The row says its title and what is chosen, then come all there are to choose from.
        texts = wait_for(f'“{choice}” among the choices of “{name}”', offered)
        choices = texts[2:]
        self.key('Home', *['Down'] * choices.index(choice), 'Return')
        wait_for(f'“{name}” to be “{choice}”', lambda: self._chosen(row) == choice)

    def open_list(self, target):
        """Opens what has a list to choose from: with the mouse where it is in view, else by keyboard.
        Newer GTK does not know where things are within a dialog."""
        _, y, _, height = target.box
        _, above, _, room = self.top.box
        if self.only_visible and above + 60 < y < above + room - height - 60:
            self.click(target)
            return
        while not any(child.has('focused') for child in (self._look(target), *target.walk())):
            self.tab()
        self.key('space')

    def enlarge(self, sheet):
        """Makes a sheet so high that all of it is in view, where it is a window."""
        if self.only_visible:
            found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{sheet.name}$'],
                                   env=self.env, capture_output=True, text=True, check=True)
            height = int(self.size.split('x')[1]) - 20
            width = sheet.box[2]
            self.xdotool('windowsize', found.stdout.split()[-1], str(width), str(height))
            wait_for('the sheet to be high', lambda: sheet.box[3] > height - 60)

    def _chosen(self, row):
        texts = self.labels(row)
        return texts[1] if len(texts) > 1 else None

    def menu(self, button, item, node=None):
        """Opens a menu by its button and presses an entry."""
        self.press(button, 'button', node)
        self.press(item, 'item', node)

    def toast(self, text):
        """Awaits that the window says something."""
        return self.find(text, 'label', self.main)

    def undo_toast(self, text):
        """Awaits that the window says something, and presses the Undo beside it. The pointer above it
        keeps it there, however slow all this is."""
        node = self.toast(text)
        self.hover(node)
        while not (buttons := self.all_now('button', 'Undo', node)):
            node = node.parent
        self.act(buttons[0])

    def hover(self, target):
        x, y, width, height = wait_for('where it is', lambda: target.box)
        self.xdotool('mousemove', str(x + width // 2), str(y + height // 2))

    def xdotool(self, *arguments):
        subprocess.run(['xdotool', *arguments], env=self.env, check=True)

    def key(self, *keys):
        """Presses keys, as a keyboard does."""
        self.xdotool('key', '--clearmodifiers', *keys)

    def type(self, text):
        self.xdotool('type', '--delay', '5', text)

    def picture(self, file):
        subprocess.run(['import', '-window', 'root', file], env=self.env, check=False,
                       stderr=subprocess.DEVNULL)


def _end(number, frame):
    raise SystemExit(128 + number)


def run(*groups):
    """Runs groups of tests and tells of them in the Test Anything Protocol. A group is (options of the
    Session, [tests]): its tests share one session, in order. After one that fails, the rest of its
    group is not tried."""
    missing = [program for program in ('Xvfb', 'dbus-daemon', 'gdbus', 'xdotool')
               if shutil.which(program) is None]
    if missing:
        print(f'1..0 # SKIP without {", ".join(missing)}')
        return
    signal.signal(signal.SIGTERM, _end)
    if len(sys.argv) > 1:
        groups = [(options, tests) for options, tests in groups
                  if any(test.__name__ in sys.argv[1:] for test in tests)]
    print(f'1..{sum(len(tests) for _, tests in groups)}', flush=True)
    number = 0
    failed = False
    for options, tests in groups:
        left = list(tests)
        try:
            with Session(**options) as fika:
                while left:
                    began = time.monotonic()
                    try:
                        left[0](fika)
                    except Exception:
                        print(f'# The window says: {fika.says()}')
                        raise
                    number += 1
                    print(f'ok {number} {left.pop(0).__name__}')
                    print(f'# {time.monotonic() - began:.1f} s', flush=True)
        except SystemExit:
            raise
        except BaseException as error:  # a test's own way of failing
            failed = True
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            for test in left:
                number += 1
                print(f'not ok {number} {test.__name__} - '
                      f'{error if test is left[0] else "not tried"}', flush=True)
            if isinstance(error, KeyboardInterrupt):
                break
    sys.exit(1 if failed else 0)
