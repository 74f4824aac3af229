#!/usr/bin/python3
"""The story of Fika, as a person lives it: add someone, plan a weekly call, close the window, be
reminded, press Log, find it all again, take it back."""

import datetime
import os
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import Session, run, wait_for  # noqa: E402


def next_minute(room=20):
    """The next full minute that leaves `room` seconds to plan something in it."""
    now = datetime.datetime.now()
    minute = now.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
    if (minute - now).total_seconds() < room:
        minute += datetime.timedelta(minutes=1)
    return minute


def add_first_person(fika, name, phone):
    fika.press('Add Your First Person', 'push button')
    fika.write('Name', name)
    fika.write('Phone', phone)
    fika.press('Save', 'push button')
    fika.gone('New Person')
    fika.find(name)


def plan_weekly_call(fika, name, when):
    fika.key('ctrl+n')
    fika.find('Save', 'push button')
    fika.type(name)
    fika.key('Return')
    fika.write('Day', when.strftime('%Y-%m-%d'))
    fika.write('Time', when.strftime('%H:%M'))
    fika.choose('Repeat', 'Every week')
    fika.choose_reminder('At the time')
    fika.press('Save', 'push button')
    fika.gone('Remind me before')


def test_story():
    with Session() as fika:
        fika.start()
        add_first_person(fika, 'Ada Lovelace', '+44 20 7946 0000')
        start = next_minute(30)
        plan_weekly_call(fika, 'Ada', start)
        fika.picture('/tmp/story.png')
        planned = fika.terminal('agenda', '--from', start.strftime('%Y-%m-%d'), '--days', '14')
        print('#', planned)


if __name__ == '__main__':
    run([test_story])
