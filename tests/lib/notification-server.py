#!/usr/bin/python3
"""A small notification server for tests, on the session bus that DBUS_SESSION_BUS_ADDRESS names.

    notification-server.py [MODE [JOURNAL]]

Modes:
    normal           shows everything, with buttons and markup
    absent           is there, but does not own the name until told to (Come)
    hung             owns the name and answers nothing; send it SIGCONT to go on
    dying            ends without an answer at the first notification
    dying-at-POINT   ends at one of the points of DEATHS
    dying-of=TEXT    ends at each notification with this in its title
    dying-first      ends at its first notification, unless something was shown before (see JOURNAL)
    reusing          gives the lowest free number again, as a restarted server does
    without-actions  cannot show buttons, and reads no markup
    without-body     shows titles and buttons alone
    evicting         keeps three notifications, and lets the oldest go for a fourth, as GNOME 43 does
    by-tag           lets a new one take the place of one with the same x-dunst-stack-tag, as dunst and
                     mako do
    of-sender        takes a program's notifications off the screen when the program ends, as some do
    staying          leaves what is pressed on the screen, as dunst does with its menu

    broadcasting     tells everyone of every press and end, as the specification has it

As GNOME and dunst do, the others tell of a notification only the program that showed it last.

It follows the Desktop Notifications Specification 1.2. Beside it, a script asks and steers it through
org.fikaplanner.Fika.TestServer, /org/fikaplanner/Fika/TestServer, interface of the same name:

    List () -> a(ussasa{sv})       on the screen: number, title, body, buttons, hints
    History () -> a(uussasa{sv}d)  every call: number, replaces, title, body, buttons, hints, when
    Closed () -> a(uu)             every one that left the screen: number, reason
    Press (u number, s key)        a person presses: ActionInvoked, then it closes as dismissed, unless
                                   it stays
    Emit (u number, s key)         ActionInvoked alone, for whatever number and key
    Close (u number, u reason)     1 expired, 2 dismissed, 3 taken back, 4 who knows
    Set (s what, v value)          "actions" b, "markup" b, "keep" u (0 = all), "reuse" b,
                                   "die-after" u (at that notification, before answering it),
                                   "mute" b (takes notifications and never answers), "refuse" b,
                                   "die-at" s (see DEATHS), "literal" b (keeps the number that is to
                                   be replaced when it is gone, as dunst does)
    Leave (), Come ()              gives the name up, takes it
    Pid () -> u

Into the file JOURNAL, which outlives it, it writes a line of JSON for whatever comes on the screen or
leaves it, before anyone else can know of it: what (made, pressed, closed), server (its process), number;
of one that is made replaces, tag, keys, at (when, in seconds) and twin (the number of another on the
screen that tells the same; 0 where there is none); of one that is closed the reason.
"""

import json
import os
import signal
import sys
import time

from gi.repository import Gio, GLib

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
TEST_NAME = 'org.fikaplanner.Fika.TestServer'
TEST_PATH = '/org/fikaplanner/Fika/TestServer'

SPECIFICATION = '''
<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="ActivationToken"><arg type="u"/><arg type="s"/></signal>
</interface></node>'''

STEERING = f'''
<node><interface name="{TEST_NAME}">
  <method name="List"><arg type="a(ussasa{{sv}})" direction="out"/></method>
  <method name="History"><arg type="a(uussasa{{sv}}d)" direction="out"/></method>
  <method name="Closed"><arg type="a(uu)" direction="out"/></method>
  <method name="Press"><arg type="u" direction="in"/><arg type="s" direction="in"/></method>
  <method name="Emit"><arg type="u" direction="in"/><arg type="s" direction="in"/></method>
  <method name="Close"><arg type="u" direction="in"/><arg type="u" direction="in"/></method>
  <method name="Set"><arg type="s" direction="in"/><arg type="v" direction="in"/></method>
  <method name="Leave"/><method name="Come"/>
  <method name="Pid"><arg type="u" direction="out"/></method>
</interface></node>'''

EXPIRED, DISMISSED, TAKEN_BACK, UNDEFINED = 1, 2, 3, 4

# Where "die-at" has it end, by SIGKILL: when it is asked what it can do, or who it is; when it is asked to
# show something; when that is on the screen, but not answered; when the answer is on its way.
DEATHS = ('capabilities', 'information', 'notify', 'made', 'answered')
DYING_AT = 'dying-at-'
DYING_OF = 'dying-of='


def tag_of(hints):
    return hints['x-dunst-stack-tag'].unpack() if 'x-dunst-stack-tag' in hints else ''


class Server:
    def __init__(self, connection, mode, journal=None):
        self.connection = connection
        self.journal = journal
        self.senders = {}  # unique name -> numbers
        self.tellers = {}  # number -> unique name of whoever showed it last
        self.shown = {}  # number -> (title, body, buttons, hints), oldest first
        self.history = []
        self.closed = []
        self.last = 0
        self.owner = 0
        self.options = {
            'actions': mode != 'without-actions',
            'markup': mode not in ('without-actions', 'without-body'),
            'body': mode != 'without-body',
            'by-tag': mode == 'by-tag',
            'of-sender': mode == 'of-sender',
            'staying': mode == 'staying',
            'broadcast': mode == 'broadcasting',
            'literal': mode in ('by-tag', 'of-sender'),
            'keep': 3 if mode == 'evicting' else 0,
            'reuse': mode == 'reusing',
            'die-after': 1 if mode == 'dying' else 0,
            'die-at': mode[len(DYING_AT):] if mode.startswith(DYING_AT) else '',
            'mute': False,
            'refuse': False,
        }
        self.mode = mode
        for path, xml in ((PATH, SPECIFICATION), (TEST_PATH, STEERING)):
            connection.register_object(path, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0],
                                       self.call, None, None)
        Gio.bus_own_name_on_connection(connection, TEST_NAME, Gio.BusNameOwnerFlags.NONE, None, None)
        if mode != 'absent':
            self.come()

    # The name

    def come(self):
        if not self.owner:
            self.owner = Gio.bus_own_name_on_connection(
                self.connection, NAME, Gio.BusNameOwnerFlags.NONE,
                lambda *_: self.mode == 'hung' and os.kill(os.getpid(), signal.SIGSTOP), None)

    def leave(self):
        if self.owner:
            Gio.bus_unown_name(self.owner)
            self.owner = 0
            self.shown.clear()

    def note(self, what, number, **more):
        if self.journal is not None:
            line = json.dumps({'what': what, 'server': os.getpid(), 'number': number, **more})
            os.write(self.journal, line.encode() + b'\n')

    def die_at(self, point):
        if self.options['die-at'] == point:
            os.kill(os.getpid(), signal.SIGKILL)

    # What the specification asks for

    def twin(self, tag, number=0):
        """Another that tells the same."""
        return next((other for other, shown in self.shown.items()
                     if other != number and tag and tag_of(shown[3]) == tag), 0)

    def number(self, replaces, tag):
        if replaces in self.shown:
            return replaces
        if replaces and self.options['literal']:
            self.last = max(self.last, replaces)
            return replaces
        if self.options['by-tag'] and self.twin(tag):
            return self.twin(tag)
        if self.options['reuse']:
            return next(number for number in range(1, 1 << 31) if number not in self.shown)
        self.last += 1
        return self.last

    def dies_of(self, title):
        if self.mode.startswith(DYING_OF):
            return self.mode[len(DYING_OF):] in title
        return self.mode == 'dying-first' and os.fstat(self.journal).st_size == 0

    def notify(self, sender, replaces, title, body, buttons, hints):
        tag = tag_of(hints)
        number = self.number(replaces, tag)
        self.history.append((number, replaces, title, body, buttons, hints, time.time()))
        if self.options['die-after'] and len(self.history) >= self.options['die-after']:
            os._exit(1)
        dies = self.dies_of(title)
        self.note('made', number, replaces=replaces, tag=tag, keys=buttons[0::2], at=time.time(),
                  twin=self.twin(tag, number))
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        self.shown[number] = (title, body, buttons, hints)
        self.tellers[number] = sender
        if self.options['of-sender']:
            self.watch(sender, number)
        while self.options['keep'] and len(self.shown) > self.options['keep']:
            self.close(next(iter(self.shown)), EXPIRED)
        return number

    def close(self, number, reason):
        if self.shown.pop(number, None) is not None:
            self.closed.append((number, reason))
            self.note('closed', number, reason=reason)
            self.emit('NotificationClosed', number, GLib.Variant('(uu)', (number, reason)))

    def watch(self, sender, number):
        if sender not in self.senders:
            self.senders[sender] = set()
            Gio.bus_watch_name_on_connection(self.connection, sender, Gio.BusNameWatcherFlags.NONE, None,
                                             lambda *_: self.end_of(sender))
        for numbers in self.senders.values():
            numbers.discard(number)
        self.senders[sender].add(number)

    def end_of(self, sender):
        for number in sorted(self.senders.pop(sender, ())):
            self.close(number, DISMISSED)

    def emit(self, name, number, parameters):
        whom = None if self.options['broadcast'] else self.tellers.get(number)
        self.connection.emit_signal(whom, PATH, NAME, name, parameters)

    # What a person does

    def press(self, number, key):
        if number not in self.shown:
            return
        self.note('pressed', number)
        self.emit('ActivationToken', number, GLib.Variant('(us)', (number, f'token-{number}')))
        self.emit('ActionInvoked', number, GLib.Variant('(us)', (number, key)))
        if not self.options['staying']:
            self.close(number, DISMISSED)

    def call(self, connection, sender, path, _interface, method, parameters, invocation):
        arguments = [parameters.get_child_value(i) for i in range(parameters.n_children())]
        plain = parameters.unpack()
        answer = None
        if path == PATH:
            if method == 'GetCapabilities':
                self.die_at('capabilities')
                names = [name for name, option in (('body', 'body'), ('actions', 'actions'),
                                                   ('body-markup', 'markup'))
                         if self.options[option]]
                answer = GLib.Variant('(as)', (names,))
            elif method == 'GetServerInformation':
                self.die_at('information')
                answer = GLib.Variant('(ssss)', ('fika-test', 'Fika', '1', '1.2'))
            elif method == 'Notify':
                self.die_at('notify')
                if self.options['refuse']:
                    invocation.return_dbus_error('org.freedesktop.Notifications.Error.Refused',
                                                 'refused')
                    return
                hints = {key: GLib.Variant('v', arguments[6].lookup_value(key, None))
                         .get_child_value(0) for key in plain[6]}
                number = self.notify(sender, plain[1], plain[3], plain[4] if self.options['body'] else '',
                                     plain[5], hints)
                if self.options['mute']:
                    return
                self.die_at('made')
                answer = GLib.Variant('(u)', (number,))
                if self.options['die-at'] == 'answered':
                    invocation.return_value(answer)
                    connection.flush_sync(None)
                    self.die_at('answered')
            else:
                self.close(plain[0], TAKEN_BACK)
        elif method == 'List':
            answer = GLib.Variant('(a(ussasa{sv}))', ([(number, *shown) for number, shown
                                                       in self.shown.items()],))
        elif method == 'History':
            answer = GLib.Variant('(a(uussasa{sv}d))', (self.history,))
        elif method == 'Closed':
            answer = GLib.Variant('(a(uu))', (self.closed,))
        elif method == 'Press':
            self.press(*plain)
        elif method == 'Emit':
            self.emit('ActionInvoked', plain[0], GLib.Variant('(us)', plain))
        elif method == 'Close':
            self.close(*plain)
        elif method == 'Set':
            self.options[plain[0]] = plain[1]
        elif method == 'Leave':
            self.leave()
        elif method == 'Come':
            self.come()
        elif method == 'Pid':
            answer = GLib.Variant('(u)', (os.getpid(),))
        invocation.return_value(answer)


def main():
    modes = ('normal', 'absent', 'hung', 'dying', 'reusing', 'without-actions', 'without-body',
             'dying-first', 'evicting', 'by-tag', 'of-sender', 'broadcasting', 'staying',
             *(DYING_AT + point for point in DEATHS))
    mode = sys.argv[1] if len(sys.argv) > 1 else 'normal'
    if mode not in modes and not mode.startswith(DYING_OF):
        sys.exit(f'notification-server.py: no mode {mode}; there are {", ".join(modes)}')
    journal = None
    if len(sys.argv) > 2:
        journal = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    connection.set_exit_on_close(False)
    connection.connect('closed', lambda *_: loop.quit())
    Server(connection, mode, journal)
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, loop.quit)
    loop.run()


if __name__ == '__main__':
    main()
