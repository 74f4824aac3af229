#!/usr/bin/python3
"""042: one person's data, two sessions with a bus, a service and a notification server each: every reminder
is told at one of them, by whoever claims it first in the database. -m slow tells a thousand.
"""

import collections
import os
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_bus import Desk, figure, run, slow, wait_for
from fika_plans import Plans

COUNT = 1000 if slow() else 60
AT_ONCE = 3  # more would be told in a summary


def share(first, second):
    """Has the second desk's programs work on the first one's data."""
    second.env['XDG_DATA_HOME'] = first.env['XDG_DATA_HOME']


def test_042_two_services_on_two_buses():
    with Desk(memory=True, activatable=False) as first, Desk(memory=True, activatable=False) as second:
        share(first, second)
        plans = Plans(first, COUNT)
        desks = (first, second)
        for desk in desks:
            desk.start_service()
        for desk in desks:
            wait_for('the service to see its server', lambda d=desk: d.status()['notifications'])

        told = []
        while plans.unused:
            rows = plans.take(min(AT_ONCE, len(plans.unused)))
            told += rows
            plans.due(rows)
            for desk in desks[::1 if len(told) % 2 else -1]:
                desk.poke()
            plans.await_states(rows, 'shown')

        notified = [[call[5]['x-dunst-stack-tag'] for call in desk.told()] for desk in desks]
        times = collections.Counter(notified[0] + notified[1])
        missed = [row for row in told if times[f'fika-{row}'] == 0]
        figure(f'two services, {len(told)} reminders: {len(notified[0])} + {len(notified[1])} = '
               f'{sum(map(len, notified))} told, {len(missed)} missed, '
               f'{sum(n - 1 for n in times.values())} twice')
        assert not missed and set(times.values()) == {1}, times.most_common(5)
        assert min(map(len, notified)) > 0, 'the two never competed'


def test_042_by_the_clock():
    """Both wake at the same second."""
    with Desk(memory=True, activatable=False) as first, Desk(memory=True, activatable=False) as second:
        share(first, second)
        plans = Plans(first, AT_ONCE)
        desks = (first, second)
        for desk in desks:
            desk.start_service()
            wait_for('the service to see its server', lambda d=desk: d.status()['notifications'])
        rows = plans.take(AT_ONCE)
        plans.due(rows, 2)
        for desk in desks:
            desk.poke()  # so that both know of it in time
        plans.await_states(rows, 'shown')
        for desk in desks:
            desk.service_call('Poke')
            desk.status()
        tags = [call[5]['x-dunst-stack-tag'] for desk in desks for call in desk.told()]
        figure(f'by the clock: {len(tags)} told of {len(rows)}')
        assert sorted(tags) == sorted(f'fika-{row}' for row in rows), tags


run([value for name, value in sorted(globals().items()) if name.startswith('test_')])
