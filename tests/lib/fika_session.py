"""A private desktop for one test: own home, own X display, own session bus with accessibility and a
notification server, Fika's programs activatable on it. Everything ends with the `with` block.

The window is driven as a person drives it: through accessibility (so whatever a test cannot reach, a
screen reader cannot either) and through the keyboard. Nothing here sleeps: every step awaits a
condition.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUILD = os.environ['FIKA_BUILDDIR']
SOURCE = os.environ['FIKA_SRCDIR']
PATIENCE = float(os.environ.get('FIKA_TEST_PATIENCE', '30'))

FIKA = os.path.join(BUILD, 'src', 'fika')
SERVICE = os.path.join(BUILD, 'src', 'service', 'fika-service')

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
    pause = 0.01
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Gone(f'waited {patience:g} s for {what}')
        time.sleep(pause)  # between two looks at the condition, never instead of one
        pause = min(pause * 1.5, 0.2)


class Session:
    def __init__(self, size='1280x800', notifications='normal', activatable=True):
        self.size = size
        self.notifications = notifications
        self.activatable = activatable
        self.children = []
        self.app = None

    # Beginning and end

    def __enter__(self):
        self.root = tempfile.mkdtemp(prefix='fika-ui-')
        for name in ('home', 'run', 'data', 'config', 'cache', 'state', 'services'):
            os.makedirs(os.path.join(self.root, name), mode=0o700)
        env = dict(os.environ)
        for name in ('WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'AT_SPI_BUS_ADDRESS'):
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
        })
        # Warnings are fatal in Fika itself; what the desktop's own programs say is theirs.
        env.pop('G_DEBUG', None)
        self.env = env
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
            self.picture(os.environ.get('FIKA_TEST_PICTURE', os.path.join(BUILD, 'failed.png')))
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

    def _start_display(self):
        read, write = os.pipe()
        self.spawn(['Xvfb', '-displayfd', str(write), '-screen', '0', self.size + 'x24', '-nolisten',
                    'tcp'], pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
        bus = self.spawn(['dbus-daemon', '--nofork', '--print-address=1', '--config-file', config],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                         env={**self.env, 'G_DEBUG': 'fatal-warnings'})
        self.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()

    def _start_accessibility(self):
        for launcher in ('/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi-bus-launcher',
                         '/usr/lib/at-spi2-core/at-spi-bus-launcher'):
            if os.path.exists(launcher):
                self.spawn([launcher, '--launch-immediately'], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
                break
        os.environ.update({name: self.env[name] for name in
                           ('DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'XDG_RUNTIME_DIR')})
        os.environ.pop('AT_SPI_BUS_ADDRESS', None)
        wait_for('the accessibility bus', lambda: self.bus_owns('org.a11y.Bus'))
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi
        self.atspi = Atspi
        Atspi.init()
        Atspi.set_timeout(5000, 5000)

    def _start_notifications(self):
        if self.notifications is None:
            return
        self.server = self.spawn([sys.executable,
                                  os.path.join(SOURCE, 'tests', 'lib', 'notification-server.py'),
                                  self.notifications], stdout=subprocess.DEVNULL)
        wait_for('the notification server', lambda: self.bus_owns('org.freedesktop.Notifications'))

    # The bus

    def bus_call(self, name, path, method, *arguments):
        """Calls a method over the session bus; answers the printed reply, or None when it fails."""
        done = subprocess.run(['gdbus', 'call', '--session', '-d', name, '-o', path, '-m', method,
                               *arguments], env=self.env, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else None

    def bus_owns(self, name):
        answer = self.bus_call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', name)
        return answer == '(true,)'

    # Fika

    def start(self, *arguments):
        """Starts the window and awaits it."""
        self.program = self.spawn([FIKA, *arguments], env={**self.env, 'G_DEBUG': 'fatal-warnings'})
        self.attach()
        return self.program

    def attach(self):
        """Awaits the window of a Fika that something else started."""
        self.app = wait_for('the window', self._find_app)
        self.only_visible = True
        self.window = wait_for('a frame', lambda: self.find_now('frame', None, self.app))
        first = wait_for('its content', lambda: self.window.get_child_at_index(0))
        self.only_visible = not first.get_state_set().contains(self.atspi.StateType.SHOWING)
        return self.window

    def _find_app(self):
        desktop = self.atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            try:
                if child is not None and 'fika' in (child.get_name() or '').lower() \
                        and child.get_child_count() > 0:
                    return child
            except Exception:  # an application that is just going away
                continue
        return None

    def close_window(self):
        """Closes the window by its key and awaits the end of its process."""
        self.key('ctrl+q')
        wait_for('the window to close', lambda: self.program.poll() is not None)
        self.app = None

    def terminal(self, *arguments, expect=0):
        """Runs `fika ARGUMENTS --json` and answers what it says."""
        done = subprocess.run([FIKA, *arguments, '--json'], env=self.env, capture_output=True,
                              text=True, check=False)
        if done.returncode != expect:
            raise AssertionError(f'fika {arguments}: status {done.returncode}: {done.stderr}')
        return json.loads(done.stdout) if expect == 0 else done.stderr

    # Looking through accessibility

    def walk(self, node=None):
        """Every accessible below node that is there to be seen, in order."""
        node = node if node is not None else self.app
        try:
            count = node.get_child_count()
        except Exception:
            return
        for index in range(count):
            try:
                child = node.get_child_at_index(index)
            except Exception:
                continue
            if child is None:
                continue
            if self.is_there(child):
                yield child
                yield from self.walk(child)

    def is_there(self, node):
        """Whether a node is on the screen. GTK 4.8 says of all but the frame only that it is visible;
        newer ones say what shows."""
        try:
            states = node.get_state_set()
            return states.contains(self.atspi.StateType.SHOWING) or \
                (self.only_visible and states.contains(self.atspi.StateType.VISIBLE))
        except Exception:  # it is just going away
            return False

    def find_now(self, role, name, node=None):
        """The first showing accessible of that role (None: any) whose name has that text, or None."""
        self.app.clear_cache()
        for child in self.walk(node):
            try:
                if role is not None and child.get_role_name() != role:
                    continue
                if name is None or name.lower() in (child.get_name() or '').lower():
                    return child
            except Exception:
                continue
        return None

    def find(self, name, role=None, node=None):
        """Awaits an accessible by name."""
        return wait_for(f'{role or "something"} called “{name}”',
                        lambda: self.find_now(role, name, node))

    def gone(self, name, role=None, node=None):
        """Awaits that nothing showing has that name."""
        wait_for(f'{role or "something"} called “{name}” to go',
                 lambda: self.find_now(role, name, node) is None)

    def names(self, node=None):
        return [child.get_name() for child in self.walk(node) if child.get_name()]

    def dump(self, node=None, depth=0):
        """The tree as text, for finding out why a test does not find something."""
        node = node if node is not None else self.app
        lines = []
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child is None or not self.is_there(child):
                continue
            lines.append('  ' * depth + f'{child.get_role_name()}: {child.get_name()!r}')
            lines.append(self.dump(child, depth + 1))
        return '\n'.join(line for line in lines if line)

    # Acting

    def press(self, name, role=None, node=None):
        """Presses what has that name, by its own action."""
        target = self.find(name, role, node)
        self.act(target)
        return target

    def act(self, target):
        action = target.get_action_iface()
        if action is None or action.get_n_actions() == 0:
            raise AssertionError(f'“{target.get_name()}” cannot be pressed')
        action.do_action(0)

    def write(self, name, text, node=None):
        """Replaces the text of the entry with that name."""
        def editable():
            self.app.clear_cache()
            for child in self.walk(node):
                try:
                    if name.lower() not in (child.get_name() or '').lower():
                        continue
                    for candidate in (child, *self.walk(child)):
                        if candidate.get_editable_text_iface() is not None and \
                           candidate.get_state_set().contains(self.atspi.StateType.EDITABLE):
                            return candidate
                except Exception:
                    continue
            return None
        entry = wait_for(f'an entry called “{name}”', editable)
        entry.get_editable_text_iface().set_text_contents(text)
        return entry

    def key(self, *keys):
        """Presses keys, as a keyboard does."""
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], env=self.env, check=True)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '5', text], env=self.env, check=True)

    def picture(self, file):
        subprocess.run(['import', '-window', 'root', file], env=self.env, check=False,
                       stderr=subprocess.DEVNULL)


def run(tests):
    """Runs test functions and tells of them in the Test Anything Protocol."""
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
            print(f'not ok {number} {test.__name__} - {error}', flush=True)
            if isinstance(error, KeyboardInterrupt):
                break
    sys.exit(1 if failed else 0)
