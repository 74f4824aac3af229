#!/usr/bin/python3
"""048, 056: presses that are none: about another program's notification, with a wrong token, about what was
acted on already, from somebody who is not the server, or about a number that a server before this one gave.
None does anything. In between come real ones, and every one of them does. -m slow sends a thousand.
"""

import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from gi.repository import GLib

from fika_bus import Desk, NOTIFICATIONS, SERVER_NAME, SERVICE_NAME, SERVICE_PATH, figure, run, slow, wait_for
from fika_plans import Plans, stand_in_window

SLOW = slow()
FALSE = 1000 if SLOW else 140
REAL_EVERY = 10
PATH = '/org/freedesktop/Notifications'
VERBS = ('call', 'log', 'snooze', 'default')


class Attack:
    def __init__(self, desk):
        self.desk = desk
        self.plans = Plans(desk, 3 + FALSE // REAL_EVERY + 8)
        self.opened = stand_in_window(desk)
        self.service = desk.start_service()
        self.stranger = desk.connect('DBUS_SESSION_BUS_ADDRESS')
        self.live = {}        # row -> popup
        self.over = []        # popups that were acted on
        self.before = []      # numbers of the servers before
        self.expected = {}    # row -> state
        self.opens = 0
        self.real = 0
        self.foreign = 0
        self.kinds = {kind: 0 for kind in self.KINDS}

    def refill(self):
        """Three on the screen, and another program's."""
        rows = self.plans.take(3 - len(self.live))
        if rows:
            self.plans.due(rows)
            self.desk.poke()
            self.expected.update({row: 'shown' for row in rows})
        self.live = self.plans.await_screen([*self.live, *rows])
        self.foreign = self.desk.call(NOTIFICATIONS, PATH, NOTIFICATIONS, 'Notify', GLib.Variant(
            '(susssasa{sv}i)', ('Other', 0, '', 'Other', '', ['default', 'Open', 'log', 'Log'], {}, -1)))[0]

    def emit(self, number, key):
        self.desk.steer('Emit', '(us)', number, key)

    def emit_as_stranger(self, number, key, destination=None):
        self.stranger.emit_signal(destination, PATH, NOTIFICATIONS, 'ActionInvoked',
                                  GLib.Variant('(us)', (number, key)))
        self.stranger.flush_sync(None)

    # The kinds of false signals

    def another_programs(self):
        """Theirs, with keys that look like ours."""
        self.emit(self.foreign, random.choice(('default', 'log', f'log:{random.getrandbits(128):032x}')))

    def wrong_token(self):
        popup = random.choice(list(self.live.values()))
        token = popup['keys']['log'].split(':')[1]
        wrong = random.choice((f'{random.getrandbits(128):032x}', token[:-1], token.upper() + 'x', '',
                               token[::-1], token + '0', ' ' + token))
        self.emit(popup['number'], f'{random.choice(VERBS)}:{wrong}')

    def no_key(self):
        popup = random.choice(list(self.live.values()))
        token = popup['keys']['log'].split(':')[1]
        self.emit(popup['number'], random.choice(('', ':', 'log', 'snooze', token, ':' + token, 'Default',
                                                  'log:', f'log {token}')))

    def replayed(self):
        """The right token, once it was acted on."""
        popup = random.choice(self.over)
        number = random.choice([popup['number'], *(live['number'] for live in self.live.values())])
        self.emit(number, popup['keys'][random.choice(('log', 'snooze', 'call'))])

    def opened_again(self):
        """Another press of one that is gone."""
        self.emit(random.choice([popup['number'] for popup in self.over
                                 if popup['number'] not in self.numbers()] or [4000]), 'default')

    def strangers(self):
        """Number and token are right, but it is not the server who says so."""
        popup = random.choice(list(self.live.values()))
        destination = random.choice((None, SERVICE_NAME))
        self.emit_as_stranger(popup['number'], popup['keys'][random.choice(VERBS)], destination)

    def of_a_server_before(self):
        """A number that was ours there; here it is nobody's or another's."""
        self.emit(random.choice([number for number in self.before if number not in self.numbers()] or [5000]),
                  'default')

    KINDS = ('another_programs', 'wrong_token', 'no_key', 'replayed', 'opened_again', 'strangers',
             'of_a_server_before')

    def numbers(self):
        return {popup['number'] for popup in self.live.values()}

    # What they did

    def check(self):
        """Nothing: the service heard all of them, since it answers what came after them."""
        self.stranger.call_sync(SERVICE_NAME, SERVICE_PATH, SERVICE_NAME, 'Status', None, None, 0, -1, None)
        self.desk.status()
        states = dict(zip(self.expected, self.plans.states(list(self.expected))))
        assert states == self.expected, {row: (state, self.expected[row]) for row, state in states.items()
                                         if state != self.expected[row]}
        assert {popup['number'] for popup in self.plans.on_screen(list(self.live)).values()} == self.numbers()

    def press(self):
        """A real one, which does what it says: of the oldest, since what three servers lost is not put up
        again."""
        row = next(iter(self.live))
        popup = self.live.pop(row)
        verb = random.choice(('log', 'snooze', 'default'))
        self.desk.press(popup, verb)
        self.expected[row] = 'pending' if verb == 'snooze' else 'done'
        self.plans.await_states([row], self.expected[row])
        self.opens += verb == 'default'
        self.over.append(popup)
        self.real += 1

    def restart_server(self):
        self.desk.stop_server()
        self.before += [popup['number'] for popup in [*self.live.values(), *self.over]]
        self.desk.start_server('broadcasting')
        # Another program's comes first here, so that ours get other numbers than they had.
        for _ in range(random.randint(1, 4)):
            self.desk.call(NOTIFICATIONS, PATH, NOTIFICATIONS, 'Notify', GLib.Variant(
                '(susssasa{sv}i)', ('Other', 0, '', 'Other', '', [], {}, -1)))


def test_048_056_false_presses():
    with Desk(notifications='broadcasting', memory=True, activatable=False) as desk:
        attack = Attack(desk)
        attack.refill()
        attack.press()
        attack.refill()
        for number in range(FALSE):
            kind = attack.KINDS[number % len(attack.KINDS)]
            getattr(attack, kind)()
            attack.kinds[kind] += 1
            if number % REAL_EVERY == REAL_EVERY - 1:
                attack.check()
                attack.press()
                if number % (4 * REAL_EVERY) == 4 * REAL_EVERY - 1:
                    attack.restart_server()
                attack.refill()
        attack.check()
        wait_for('the last of the windows', lambda: len(attack.opened()) >= attack.opens)
        attack.check()
        opened = len(attack.opened())
        logged = desk.sql("SELECT count(*) FROM action WHERE source = 'notification'")[0][0]
        kinds = ', '.join(f'{n} {kind.replace("_", " ")}' for kind, n in attack.kinds.items())
        figure(f'{sum(attack.kinds.values())} false presses ({kinds}): {opened - attack.opens} accepted; '
               f'{attack.real} real ones: {attack.real} accepted')
        assert opened == attack.opens, (opened, attack.opens)
        done = list(attack.expected.values()).count('done')
        assert logged == done - attack.opens, (logged, done, attack.opens)


def test_048_a_press_from_before_the_number_was_given():
    """A server tells of a press of number 1, and dies before it answers; at the next, number 1 is ours."""
    with Desk(notifications='broadcasting', memory=True, activatable=False) as desk:
        plans = Plans(desk, 2)
        opened = stand_in_window(desk)
        desk.steer('Set', '(sv)', 'mute', GLib.Variant('b', True))
        desk.start_service()
        rows = plans.take(2)
        plans.due(rows)
        desk.service_call('Poke')
        wait_for('the question', desk.shown)
        desk.steer('Emit', '(us)', 1, 'default')
        desk.steer('Emit', '(us)', 2, 'default')
        desk.status()
        # The next one takes its place without a moment between them.
        old = desk.server
        desk.start_server('broadcasting', wait=False)
        wait_for('it to wait for the name', lambda: len(desk.call(
            'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ListQueuedOwners',
            GLib.Variant('(s)', (NOTIFICATIONS,)))[0]) == 2)
        old.kill()
        old.wait()
        wait_for('it to have the names', lambda: desk.owner(NOTIFICATIONS) == desk.owner(SERVER_NAME)
                 == desk.server.pid)
        popups = plans.await_screen(rows)
        assert {popup['number'] for popup in popups.values()} == {1, 2}
        desk.status()
        assert plans.states(rows) == ['shown', 'shown'] and opened() == []
        desk.press(popups[rows[0]], 'default')
        wait_for('the window', lambda: len(opened()) == 1)
        assert plans.states(rows) == ['done', 'shown']


seed = int(os.environ.get('FIKA_TEST_SEED', time.time_ns() % 1000000))
print(f'# seed {seed}')
random.seed(seed)
run([value for name, value in sorted(globals().items()) if name.startswith('test_')])
