#!/usr/bin/python3
"""Every kind of notification server that is met, and the ends that one can come to, with the real service
on a private bus. Whatever the server does, every reminder is told on the screen that there is in the end,
none is told twice, and the service's own loop is held up by none. The numbers are rows of the failure
catalogue; -m slow goes through all points.
"""

import functools
import os
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from gi.repository import GLib

from fika_bus import Desk, NOTIFICATIONS, SERVER, SOURCE, figure, run, slow, wait_for
from fika_plans import Plans, doubled
from fika_pulse import Pulse

SLOW = slow()
PATH = '/org/freedesktop/Notifications'


class HeldUp(AssertionError):
    """The loop took longer than it may."""


def twice_if_held_up(test):
    """What holds the loop up does so each time; what another program did to the machine does not."""
    @functools.wraps(test)
    def run_it():
        try:
            test()
        except HeldUp as error:
            figure(f'{error}: once more')
            test()
    return run_it


class Trial:
    """A desk with its service and plans, watched over; tells and checks what it came to."""

    def __init__(self, what, mode, plans):
        self.what = what
        self.count = plans
        self.desk = Desk(notifications=mode, activatable=False, memory=True)
        self.asked = []

    def __enter__(self):
        self.desk.__enter__()
        try:
            self.plans = Plans(self.desk, self.count)
            self.service = self.desk.start_service()
            self.pulse = Pulse(self.desk).__enter__()
        except BaseException:
            self.desk.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.pulse.__exit__()
        states = {} if kind else dict(zip(self.asked, self.plans.states(self.asked)))
        journal = [] if kind else self.desk.journal()
        alive = self.service.poll() is None
        self.desk.__exit__(None, None, None)
        if kind:
            return
        told = {entry['tag'] for entry in journal if entry['what'] == 'made'}
        missed = [row for row, state in states.items()
                  if state not in ('shown', 'done', 'dismissed') or f'fika-{row}' not in told]
        twice = doubled(journal)
        figure(f'{self.what}: missed {len(missed)} of {len(states)}, told twice {len(twice)}')
        figure(f'{self.what}: {self.pulse.tell()}')
        assert alive, 'the service did not live through it'
        assert not missed, [(row, states[row]) for row in missed]
        assert not twice, twice
        assert self.pulse.count > 0
        if not self.pulse.within():
            raise HeldUp(f'the loop was held up for {self.pulse.own * 1000:.0f} ms')

    def await_server(self):
        wait_for('the service to see the server', lambda: self.desk.status()['notifications'])

    def ask(self, count=1):
        """Has reminders come now."""
        rows = self.plans.take(count)
        self.asked += rows
        self.plans.due(rows)
        self.desk.poke()
        return rows


def foreign(desk, title, replaces=0):
    """Another program's notification; answers its number."""
    return desk.call(NOTIFICATIONS, PATH, NOTIFICATIONS, 'Notify', GLib.Variant(
        '(susssasa{sv}i)', ('Other', replaces, '', title, '', [], {}, -1)))[0]


def test_046_absent():
    count = 50 if SLOW else 4
    with Trial('absent', 'normal', count) as trial:
        trial.await_server()
        for _ in range(count):
            trial.desk.steer('Leave')
            wait_for('the service to see it', lambda: not trial.desk.status()['notifications'])
            rows = trial.ask()
            trial.desk.service_call('Poke')
            assert trial.plans.states(rows) == ['pending']
            trial.desk.steer('Come')
            trial.plans.log(rows)


def hang(trial, seconds, kill):
    trial.await_server()
    trial.desk.server.send_signal(signal.SIGSTOP)
    rows = trial.ask()
    trial.plans.await_states(rows, 'posting')
    time.sleep(seconds)  # how long it hangs
    if kill:
        trial.desk.stop_server()
        trial.desk.start_server()
    else:
        trial.desk.server.send_signal(signal.SIGCONT)
    trial.plans.log(rows)


def test_047_hung():
    """Stopped with a question put to it: for less than a moment, for longer than the service's patience
    of five seconds, and for longer than libnotify's of twenty-five."""
    times = [0.1, 0.5] + ([1] * 20 + [7, 7, 28, 28] if SLOW else [])
    with Trial('hung', 'normal', len(times)) as trial:
        for number, seconds in enumerate(times):
            hang(trial, seconds, number % 2)


def test_047_hung_from_the_start():
    """One that never said what it can do; then another takes its place."""
    with Trial('hung from the start', None, 1) as trial:
        desk = trial.desk
        desk.start_server('hung', wait=False)
        wait_for('it to stop', lambda: open(f'/proc/{desk.server.pid}/stat', encoding='ascii')
                 .read().split()[2] == 'T')
        rows = trial.ask()
        assert desk.status()['notifications'] is False
        desk.stop_server()
        desk.start_server()
        trial.plans.log(rows)


DYING = ('capabilities', 'information', 'notify', 'made', 'answered', 'before', 'while', 'while', 'while',
         'shown')


def die(trial, point, number, points):
    """The server dies at a point on the way of one reminder, and another comes."""
    desk = trial.desk
    if point in ('capabilities', 'information'):
        desk.stop_server()
        rows = trial.ask()
        desk.start_server('dying-at-' + point, wait=False)
        desk.server.wait(30)
    elif point in ('notify', 'made', 'answered'):
        desk.steer('Set', '(sv)', 'die-at', GLib.Variant('s', point))
        rows = trial.ask()
        desk.server.wait(30)
    elif point == 'before':
        rows = trial.plans.take()
        trial.asked += rows
        trial.plans.due(rows)
        desk.server.kill()
        desk.poke()
    elif point == 'while':
        rows = trial.ask()
        time.sleep(0.080 * number / points)  # the point of the kill, between the poke and the commit
        desk.server.kill()
    else:
        rows = trial.ask()
        trial.plans.await_states(rows, 'shown')
        desk.server.kill()
    desk.server.wait()
    desk.start_server(('normal', 'reusing', 'by-tag', 'of-sender')[number % 4])
    # On the screen of the server that lives, and nowhere else, once.
    trial.plans.await_screen(rows)
    assert len(desk.shown()) == 1, desk.shown()
    trial.plans.log(rows)


def test_049_dies_at_every_point():
    points = 200 if SLOW else 10
    with Trial(f'dies at {points} points', 'normal', points) as trial:
        trial.await_server()
        for number in range(points):
            die(trial, DYING[number % len(DYING)], number, points)


def activate_server(desk, mode):
    """A server that runs when somebody asks for it, and not before."""
    desk.activate_by(NOTIFICATIONS, f'{sys.executable} {SERVER} {mode} {desk.path("journal")}')
    desk.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ReloadConfig')


def test_049_dies_once_and_starts_when_asked():
    """Nobody but Fika asks for it: Fika does so again."""
    with Desk(notifications=None, memory=True, activatable=False) as desk:
        plans = Plans(desk, 1)
        activate_server(desk, 'dying-first')
        desk.start_service()
        rows = plans.take()
        plans.due(rows)
        desk.poke()
        plans.log(rows)
        assert len([entry for entry in desk.journal() if entry['what'] == 'made']) == 2


def test_049_dies_with_popups_and_starts_when_asked():
    """What was on its screen is put up again at once: nobody else asks for it."""
    with Desk(notifications=None, memory=True, activatable=False) as desk:
        plans = Plans(desk, 2)
        activate_server(desk, 'normal')
        desk.start_service()
        rows = plans.take(2)
        plans.due(rows)
        desk.poke()
        plans.await_screen(rows)
        first = desk.owner(NOTIFICATIONS)
        os.kill(first, signal.SIGKILL)
        wait_for('its end', lambda: desk.owner(NOTIFICATIONS) != first)
        plans.log(rows)
        assert len([entry for entry in desk.journal() if entry['what'] == 'made']) == 4


def test_044_049_dies_of_one_of_three():
    """What three servers died of is set aside; the others are told."""
    with Desk(notifications=None, memory=True, activatable=False) as desk:
        plans = Plans(desk, 3)
        rows = sorted(plans.take(3), key=lambda row: 'Call 1' not in plans.title(row))
        activate_server(desk, "'dying-of=Call 1'")
        desk.start_service()
        plans.due(rows)
        desk.poke()
        plans.await_screen(rows[1:])
        wait_for('it to be set aside', lambda: desk.sql(
            "SELECT count(*) FROM reminder WHERE state IN ('pending', 'posting') AND due <= ?",
            int(time.time())) == [(0,)])
        desk.service_call('Poke')
        made = [entry['tag'] for entry in desk.journal() if entry['what'] == 'made']
        figure(f'dies of one of three: asked {made.count(f"fika-{rows[0]}")} times, then set aside; '
               'the others told')
        assert made.count(f'fika-{rows[0]}') == 3, made
        plans.log(rows[1:])


def test_048_restarts_and_reuses_numbers():
    """The numbers of ours that were are another program's now: what is put up again takes the place of
    none of them."""
    rounds = 25 if SLOW else 2
    with Trial('restarts and reuses numbers', 'reusing', 3 * rounds) as trial:
        desk = trial.desk
        trial.await_server()
        for _ in range(rounds):
            rows = trial.ask(3)
            trial.plans.await_screen(rows)
            for _ in range(2):
                desk.stop_server()
                desk.start_server('reusing')
                others = {foreign(desk, title): title for title in ('one', 'two', 'three')}
                trial.plans.await_screen(rows)
                now = {popup['number']: popup['title'] for popup in desk.shown()}
                assert len(now) == 6 and others.items() <= now.items(), (others, now)
            trial.plans.log(rows)
            for number in others:
                desk.steer('Close', '(uu)', number, 2)


def test_051_without_actions():
    count = 50 if SLOW else 4
    with Trial('without actions', 'without-actions', count) as trial:
        for _ in range(count):
            rows = trial.ask()
            for popup in trial.plans.await_screen(rows).values():
                assert popup['keys'] == {} and '17:00' in popup['title'] + popup['body'], popup
            trial.plans.log(rows)


def test_051_without_body():
    """The title alone says who and when."""
    count = 50 if SLOW else 4
    with Trial('without body', 'without-body', count) as trial:
        for _ in range(count):
            rows = trial.ask()
            for popup in trial.plans.await_screen(rows).values():
                assert popup['body'] == '' and '17:00' in popup['title'], popup
            trial.plans.log(rows)


def test_050_evicting():
    """What it put away stays told and unanswered; no more than three at a time."""
    count = 50 if SLOW else 5
    with Trial('evicting after three', 'evicting', count) as trial:
        desk = trial.desk
        for number in range(count):
            foreign(desk, 'Another')
            rows = trial.ask()
            trial.plans.await_screen(rows)
            assert len(desk.shown()) <= 3
            if number % 2:
                trial.plans.log(rows)
        assert set(trial.plans.states(trial.asked)) == {'shown', 'done'}


def test_040_denying_portal():
    """A portal that lets nothing run in the background: while the service does run, it tells."""
    count = 50 if SLOW else 2
    with Trial('denying portal', 'normal', count) as trial:
        portal = os.path.join(SOURCE, 'tests', 'lib', 'background-portal.py')
        trial.desk.spawn([sys.executable, portal, 'deny'])
        wait_for('the portal', lambda: trial.desk.owner('org.freedesktop.portal.Desktop'))
        for _ in range(count):
            trial.plans.log(trial.ask())


run([twice_if_held_up(value) for name, value in sorted(globals().items()) if name.startswith('test_')])
