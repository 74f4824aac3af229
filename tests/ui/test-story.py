#!/usr/bin/python3
"""The story of Fika, as a person lives it: add someone, plan a weekly call, close the window, be
reminded, press Log, find it all again, take it back."""

import datetime
import os
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import PATIENCE, next_minute, run, wait_for  # noqa: E402

NUMBER = '+44 20 7946 0000'
WEEK = datetime.timedelta(days=7)

# When the call with Ada is, once it is planned.
start = None


def agenda(fika, title):
    """The entries of this week and the next whose title has that text."""
    entries = fika.terminal('agenda', '--from', start.strftime('%Y-%m-%d'), '--days', '8')
    return [entry for entry in entries if title in entry['title']]


def states(fika, title):
    return [(entry['start'], entry['state']) for entry in agenda(fika, title)]


def civil(time):
    return time.strftime('%Y-%m-%dT%H:%M')


def spoken(time):
    """A day as the window says it in full."""
    return f'{time.strftime("%A")}, {time.day} {time.strftime("%B %Y")}'


def test_first_person(fika):
    fika.start()
    assert fika.terminal('people') == [], 'a home with nobody in it'
    fika.press('Add Your First Person')
    fika.sheet('New Person')
    fika.write('Name', 'Ada Lovelace')
    fika.write('Phone', NUMBER)
    fika.press('Save')
    fika.sheet_gone('New Person')
    fika.toast('Ada Lovelace is added')
    fika.find('Ada Lovelace', 'label', fika.place('People'))
    people = fika.terminal('people')
    assert [(person['name'], person['phones']) for person in people] == [('Ada Lovelace', [NUMBER])]


def test_plan_weekly_call(fika):
    global start
    fika.key('ctrl+n')
    sheet = fika.sheet('Plan a Catch-up')
    fika.type('ada')
    fika.find('Ada Lovelace', 'label', sheet)
    fika.key('Return')
    fika.find('Remove Ada Lovelace', 'button')
    fika.choose('What', 'Call')
    fika.choose('Repeat', 'Every week')
    fika.toggle('10 minutes before', False)
    fika.toggle('At the time')
    start = next_minute(15)
    fika.write('Day', start.strftime('%Y-%m-%d'))
    fika.write('Time', start.strftime('%H:%M'))
    fika.focus('At the time', 'button')
    fika.key('ctrl+Return')
    fika.sheet_gone('Plan a Catch-up')
    fika.toast('Call with Ada Lovelace is planned')
    assert states(fika, 'Ada') == [(civil(start), 'planned'), (civil(start + WEEK), 'planned')]
    (first, second) = agenda(fika, 'Ada')
    assert first['series'] == second['series'] and first['series'], 'one series, twice'
    # Two more for the same minute: one to put off, one to look at.
    fika.terminal('person', 'add', 'Bo')
    fika.terminal('person', 'add', 'Cy')
    for who, kind in (('Bo', 'coffee'), ('Cy', 'walk')):
        fika.terminal('plan', '--kind', kind, '--with', who, '--start', civil(start), '--remind', '0')


def test_window_shows_it(fika):
    fika.key('ctrl+1')
    fika.find(f'Call with Ada Lovelace, {spoken(start)} {start.strftime("%H:%M")}, planned', 'button',
              fika.place('Week'))
    # What the terminal wrote is there too.
    fika.find('Coffee with Bo', 'button', fika.place('Week'))
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


def test_reminded_with_the_window_closed(fika):
    assert not fika.bus_owns('org.fikaplanner.Fika'), 'the window is closed'
    until = (start - datetime.datetime.now()).total_seconds()
    call = fika.await_shown('Ada Lovelace', until + PATIENCE)
    for who in ('Bo', 'Cy'):
        fika.await_shown(who)
    for _, _, title, _, _, _, when in fika.ask_server('History'):
        late = when - start.timestamp()
        assert 0 <= late < 20, f'{title} came {late:.1f} s after its time'
    assert [call[3][i] for i in range(1, len(call[3]), 2)] == ['Open', 'Call', 'Log', 'Snooze'], call
    assert not fika.bus_owns('org.fikaplanner.Fika'), 'reminding opens no window'


def test_log_from_the_notification(fika):
    fika.press_notification(fika.await_shown('Ada Lovelace'), 'Log')
    wait_for('the call to be logged', lambda: states(fika, 'Ada') == [
        (civil(start), 'happened'), (civil(start + WEEK), 'planned')])
    assert not fika.bus_owns('org.fikaplanner.Fika'), 'logging opens no window'


def test_snooze(fika):
    def due():
        return [one['due'] for one in fika.terminal('reminders') if 'Bo' in one['title']]
    fika.press_notification(fika.await_shown('Bo'), 'Snooze')
    wait_for('the coffee to be put off', lambda: due() and due()[0] > civil(start))
    later = datetime.datetime.strptime(due()[0], '%Y-%m-%dT%H:%M') - start
    assert datetime.timedelta(minutes=5) <= later <= datetime.timedelta(minutes=15), later
    wait_for('it to leave the screen', lambda: not any('Bo' in one[1] for one in fika.shown()))
    assert states(fika, 'Bo') == [(civil(start), 'planned')]


def test_open_from_the_notification(fika):
    fika.press_notification(fika.await_shown('Cy'))
    fika.attach()
    sheet = fika.sheet('Walk with Cy')
    fika.find('Walk with Cy', 'label', sheet)
    fika.find('Log', 'button', sheet)
    fika.key('Escape')
    fika.sheet_gone('Walk with Cy')
    fika.close_window()


def test_open_again_and_find_it(fika):
    fika.start()
    week = fika.place('Week')
    fika.find(f'Call with Ada Lovelace, {spoken(start)} {start.strftime("%H:%M")}, happened', 'button',
              week)
    fika.key('ctrl+Next')
    fika.find(f'Call with Ada Lovelace, {spoken(start + WEEK)} {start.strftime("%H:%M")}, planned',
              'button', week)
    fika.key('ctrl+Prior')
    fika.find('Call with Ada Lovelace', 'button', week)


def test_undo_and_redo(fika):
    week = fika.place('Week')
    fika.key('ctrl+z')
    fika.toast('Undone:')
    fika.find(f'Call with Ada Lovelace, {spoken(start)} {start.strftime("%H:%M")}, planned',
              'button', week)
    assert states(fika, 'Ada') == [(civil(start), 'planned'), (civil(start + WEEK), 'planned')]
    fika.key('ctrl+shift+z')
    fika.toast('Done again:')
    fika.find(f'Call with Ada Lovelace, {spoken(start)} {start.strftime("%H:%M")}, happened', 'button',
              week)
    assert states(fika, 'Ada') == [(civil(start), 'happened'), (civil(start + WEEK), 'planned')]


def test_all_calm(fika):
    fika.close_window()
    fika.terminal('check')
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [
        test_first_person,
        test_plan_weekly_call,
        test_window_shows_it,
        test_reminded_with_the_window_closed,
        test_log_from_the_notification,
        test_snooze,
        test_open_from_the_notification,
        test_open_again_and_find_it,
        test_undo_and_redo,
        test_all_calm,
    ]))
