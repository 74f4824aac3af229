#!/usr/bin/python3
"""Being there: whether reminders reach the person, what they will say and what they said, and what
happens to a number that nothing here can ring. The numbers in the tests' names are rows of the failure
catalogue that they cover."""

import datetime
import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

SERVICE = 'org.fikaplanner.Fika.Service'
SERVICE_PATH = '/org/fikaplanner/Fika/Service'
ENTRY = 'org.fikaplanner.Fika.Service.desktop'
NUMBER = '+44 20 7946 0000'


def tomorrow(clock, days=1):
    day = datetime.datetime.now() + datetime.timedelta(days=days)
    return day.strftime('%Y-%m-%dT') + clock


def sql(fika, statement, *values):
    """Writes past Fika, as another process under its lock."""
    with open(fika.path('data', 'fika', 'fika.lock'), 'a', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = sqlite3.connect(fika.path('data', 'fika', 'fika.db'))
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()


def due_in(fika, uid, seconds):
    """Has the reminder of a catch-up come so many seconds from now, and the service look."""
    sql(fika, 'UPDATE reminder SET due = ? WHERE state = \'pending\' AND kind = \'plan\' AND catchup = '
        '(SELECT id FROM catchup WHERE uid = ?)', int(time.time()) + seconds, uid)
    fika.bus_call(SERVICE, SERVICE_PATH, SERVICE + '.Poke')


def reminder_row(fika, uid):
    """State, due, times put off and when told, of the reminder of a catch-up."""
    rows = sql(fika, 'SELECT state, due, snoozed, shown_at FROM reminder WHERE kind = \'plan\' AND catchup = '
               '(SELECT id FROM catchup WHERE uid = ?)', uid)
    return rows[0]


def reminds_again_at(due):
    """What the window says of a reminder that was put off until then."""
    return re.compile(f'^Reminds again: .*, {time.strftime("%H:%M", time.localtime(due))}$')


def install(fika):
    """A folder with the service in it, as an installation has it."""
    os.makedirs(fika.path('bin'))
    program = fika.path('bin', 'fika-service')
    shutil.copy(os.path.join(os.environ['FIKA_BUILDDIR'], 'src', 'service', 'fika-service'), program)
    fika.env['FIKA_BINDIR'] = fika.path('bin')
    return program


def entry(fika):
    path = fika.path('config', 'autostart', ENTRY)
    if not os.path.exists(path):
        return None
    with open(path, encoding='utf-8') as file:
        return file.read()


def row(fika, *parts, place='Reminders'):
    """Awaits a row of the list whose name has all these texts in that order."""
    pattern = re.compile('.*'.join(re.escape(part) for part in parts), re.DOTALL)
    return fika.find(pattern, 'list item', fika.place(place))


# With a desktop that shows notifications


def test_offers_to_start_at_login(fika):
    install(fika)
    fika.terminal('person', 'add', 'Ada Lovelace', '--phone', NUMBER)
    fika.terminal('plan', '--kind', 'call', '--with', 'Ada', '--start', tomorrow('17:00'), '--repeat',
                  'FREQ=WEEKLY', '--remind', '10')
    fika.start()
    week = fika.place('Week')
    fika.find('After your next login', 'label', week)
    assert entry(fika) is None, 'nothing is turned on unasked'
    fika.press('Start at Login', 'button', week)
    fika.toast('Reminders come from your next login on')
    assert 'X-systemd-skip=true' in entry(fika), entry(fika)
    fika.gone('After your next login', 'label', week)
    assert fika.terminal('service', 'status')['login'] is True


def test_040_says_how_it_is(fika):
    fika.key('ctrl+comma')
    sheet = fika.sheet('Preferences')
    fika.find('The next one: Tomorrow, 16:50.', 'label', sheet)
    fika.click(fika.find('Reminders can reach you', 'label', sheet))
    fika.find('Started by your desktop.', 'label', sheet)
    fika.find('Runs (Fika', 'label', sheet)
    fika.find('Shown by fika-test, with buttons', 'label', sheet)
    fika.find('Your desktop does not tell', 'label', sheet)


def test_sends_a_test_reminder(fika):
    sheet = fika.sheet('Preferences')
    fika.press('Send a Test Reminder', 'button', sheet)
    fika.await_shown('Reminders reach you')
    fika.find('It was sent.', 'label', sheet)


def test_login_shows_what_is(fika):
    """Changed behind its back, the switch does not claim what was."""
    os.remove(fika.path('config', 'autostart', ENTRY))
    fika.key('Escape')
    fika.sheet_gone('Preferences')
    fika.key('ctrl+comma')
    sheet = fika.sheet('Preferences')
    fika.find('So that reminders come before you open Fika', 'label', sheet)
    fika.key('Escape')
    fika.sheet_gone('Preferences')
    # The offer is made again, and can be put away for good.
    week = fika.place('Week')
    fika.find('After your next login', 'label', week)
    fika.press('Put Away', 'button', week)
    fika.gone('After your next login', 'label', week)


def test_what_will_be_said(fika):
    fika.terminal('log', '--with', 'Ada', '--kind', 'call', '--start', tomorrow('17:00', -12), '--note',
                  'New job', '--next', 'The flat')
    fika.key('ctrl+r')
    first = row(fika, 'Call with Ada Lovelace, 17:00', '16:50', 'New job', 'The flat')
    rows = [one for one in fika.all_now('list item', None, fika.place('Reminders'))
            if one.name.startswith('Call with Ada')]
    # Two weeks of a weekly call, of which only the next has a row in the database.
    assert len(rows) == 2, [one.name for one in rows]
    fika.find('Tomorrow', 'label', fika.place('Reminders'))
    told = [(one['title'], one['due']) for one in fika.terminal('reminders')
            if one['title'].startswith('Call with Ada')]
    assert told == [('Call with Ada Lovelace, 17:00', tomorrow('16:50')),
                    ('Call with Ada Lovelace, 17:00', tomorrow('16:50', 8))], told
    fika.focus(first.name, 'list item')
    fika.key('Return')
    sheet = fika.sheet('Call with Ada Lovelace')
    fika.find('Log', 'button', sheet)
    fika.key('Escape')
    fika.sheet_gone('Call with Ada Lovelace')


def test_057_what_was_said(fika):
    plan = fika.terminal('plan', '--kind', 'coffee', '--with', 'Ada', '--start', tomorrow('10:00'),
                         '--remind', '10')
    fika.key('ctrl+r')
    due_in(fika, plan['uid'], 0)
    shown = fika.await_shown('Coffee with Ada')
    # The window hears of it, though nothing was written that can be undone.
    row(fika, 'Coffee with Ada Lovelace', 'Told')
    fika.press_notification(shown, 'Log')
    row(fika, 'Coffee with Ada Lovelace', 'Logged')
    history = fika.terminal('reminders', '--history')
    assert [(one['state'], one['uid']) for one in history] == [('done', plan['uid'])], history


def test_053_the_window_leaves_popups_alone(fika):
    """Looked at and left, over and over, at the very thing that is told: the window neither takes the
    notification back nor has it told again. What is stored does, once."""
    plan = fika.terminal('plan', '--kind', 'visit', '--with', 'Ada', '--start', tomorrow('09:00'),
                         '--remind', '10')
    due_in(fika, plan['uid'], 0)
    shown = fika.await_shown('Visit with Ada')
    row(fika, 'Visit with Ada Lovelace', 'Told')
    told, closed = fika.ask_server('History'), fika.ask_server('Closed')
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(fika.program.pid)],
                            env=fika.env, capture_output=True, text=True, check=True).stdout.split()[-1]
    fika.xdotool('mousemove', '1279', '899')
    for place in ('ctrl+1', 'ctrl+2', 'ctrl+3', 'ctrl+r') * 3:
        fika.xdotool('windowfocus', '1')
        wait_for('the window to be left', lambda: not fika.main.has_now('active'))
        fika.xdotool('windowfocus', window)
        wait_for('the window to be looked at', lambda: fika.main.has_now('active'))
        fika.key(place)
        fika.bus_call('org.fikaplanner.Fika', '/org/fikaplanner/Fika',
                      'org.freedesktop.Application.ActivateAction', 'open-catchup',
                      f'[<"{plan["uid"]}">]', '{}')
        fika.sheet('Visit with Ada Lovelace')
        fika.key('Escape')
        fika.sheet_gone('Visit with Ada Lovelace')
    fika.bus_call(SERVICE, SERVICE_PATH, SERVICE + '.Poke')
    assert fika.bus_call(SERVICE, SERVICE_PATH, SERVICE + '.Status')
    assert fika.ask_server('History') == told and fika.ask_server('Closed') == closed
    assert shown in fika.shown()
    # Skipped in the window, it goes, and is the only one that does.
    fika.bus_call('org.fikaplanner.Fika', '/org/fikaplanner/Fika',
                  'org.freedesktop.Application.ActivateAction', 'open-catchup',
                  f'[<"{plan["uid"]}">]', '{}')
    fika.press('Skip', 'button', fika.sheet('Visit with Ada Lovelace'))
    wait_for('it to go', lambda: shown not in fika.shown())
    assert fika.ask_server('History') == told
    assert fika.ask_server('Closed') == closed + [(shown[0], 3)], fika.ask_server('Closed')
    fika.sheet_gone('Visit with Ada Lovelace')
    fika.xdotool('mousemove', '400', '300')


def test_while_you_were_away(fika):
    fika.key('ctrl+1')
    week = fika.place('Week')
    start = int(time.time()) // 60 * 60 - 1800
    plan = fika.terminal('plan', '--kind', 'walk', '--with', 'Ada', '--start',
                         time.strftime('%Y-%m-%dT%H:%M', time.localtime(start)), '--remind', '10')
    # As when the computer was off at that time.
    sql(fika, 'INSERT INTO reminder (catchup, lead, start, due) SELECT id, 10, ?1, ?1 - 600'
        ' FROM catchup WHERE uid = ?2', start, plan['uid'])
    fika.bus_call(SERVICE, SERVICE_PATH, SERVICE + '.Poke')
    fika.find('While you were away: Walk with Ada Lovelace', 'label', week)
    fika.press('Show', 'button', week)
    page = fika.place('Reminders')
    fika.find('While You Were Away', 'label', page)
    # There, where one looks first, and in what was told.
    wait_for('it to be listed twice', lambda: len([
        one for one in fika.all_now('list item', None, page)
        if one.name.startswith('Walk with Ada Lovelace')]) == 2)
    fika.key('ctrl+1')
    fika.gone('While you were away: Walk', 'label', week)
    # Seen, it is still in what was told.
    fika.key('ctrl+r')
    row(fika, 'Walk with Ada Lovelace', 'While you were away')
    assert fika.terminal('reminders', '--history')[0]['state'] == 'missed'


def test_reminds_again(fika):
    """In the details of what was told a person chooses when to be told again, and can take it back."""
    plan = fika.terminal('plan', '--kind', 'letter', '--with', 'Ada', '--start', tomorrow('23:30'),
                         '--remind', '10')
    due_in(fika, plan['uid'], 0)
    fika.press_notification(fika.await_shown('Letter to Ada'))
    sheet = fika.sheet('Letter to Ada Lovelace')
    fika.find('Remind Me Again', 'button', sheet)
    # By the keyboard: to the button, into its menu, the second of its choices.
    fika.focus('Remind Me Again', 'button', sheet)
    fika.key('Return')
    fika.find('In 10 Minutes', 'item')
    fika.find('When It Begins, 23:30', 'item')
    fika.key('Down', 'Return')
    fika.sheet_gone('Letter to Ada Lovelace')
    state, due, snoozed, shown = reminder_row(fika, plan['uid'])
    assert (state, snoozed) == ('pending', 1)
    assert shown + 3500 < due < shown + 3700, (due, shown)
    clock = time.strftime('%H:%M', time.localtime(due))
    # The list has the new time, and says of what was told that it is put off.
    fika.key('ctrl+r')
    row(fika, 'Letter to Ada Lovelace', clock)
    row(fika, 'Letter to Ada Lovelace', 'Snoozed')
    # So have the details, which can choose another.
    fika.bus_call('org.fikaplanner.Fika', '/org/fikaplanner/Fika',
                  'org.freedesktop.Application.ActivateAction', 'open-catchup', f'[<"{plan["uid"]}">]',
                  '{}')
    sheet = fika.sheet('Letter to Ada Lovelace')
    fika.find('Reminds again', 'label', sheet)
    fika.find(re.compile(f', {clock}$'), 'label', sheet)
    fika.menu('Remind Me Again', 'When It Begins, 23:30', sheet)
    fika.sheet_gone('Letter to Ada Lovelace')
    wait_for('the other time', lambda: reminder_row(fika, plan['uid'])[2] == 2)
    fika.undo_toast('Reminds again: Tomorrow, 23:30')
    wait_for('the time before', lambda: reminder_row(fika, plan['uid'])[1:3] == (due, 1))
    # A row of the list offers it too; taken back, it is over as it was.
    fika.key('ctrl+r')
    page = fika.place('Reminders')
    fika.find('Reminders can reach you', 'label', page)
    told = row(fika, 'Letter to Ada Lovelace', 'Snoozed')
    fika.menu('Remind Me Again', 'In 10 Minutes', told)
    wait_for('the third time', lambda: reminder_row(fika, plan['uid'])[2] == 2)
    assert reminder_row(fika, plan['uid'])[1] < due
    fika.undo_toast(reminds_again_at(reminder_row(fika, plan['uid'])[1]))
    wait_for('the time before', lambda: reminder_row(fika, plan['uid'])[1:3] == (due, 1))
    fika.find('Told', 'label', page)


def test_snoozed_is_told_again(fika):
    """What is on the screen is taken off it by a snooze in the window, and comes back at its time."""
    plan = fika.terminal('plan', '--kind', 'activity', '--with', 'Ada', '--start', tomorrow('23:00'),
                         '--remind', '10')
    due_in(fika, plan['uid'], 0)
    fika.await_shown('Activity with Ada')
    fika.key('ctrl+r')
    told = row(fika, 'Activity with Ada Lovelace', 'Told')
    fika.menu('Remind Me Again', 'In 10 Minutes', told)
    wait_for('it to leave the screen',
             lambda: not any('Activity with Ada' in one[1] for one in fika.shown()))
    due_in(fika, plan['uid'], 0)
    fika.await_shown('Activity with Ada')
    wait_for('it to be told', lambda: reminder_row(fika, plan['uid'])[0] == 'shown')
    fika.menu('Remind Me Again', 'In 1 Hour', row(fika, 'Activity with Ada Lovelace', 'Told'))
    wait_for('it to wait', lambda: reminder_row(fika, plan['uid'])[0] == 'pending')
    fika.undo_toast(reminds_again_at(reminder_row(fika, plan['uid'])[1]))
    wait_for('it to be over', lambda: reminder_row(fika, plan['uid'])[0] == 'dismissed')
    row(fika, 'Activity with Ada Lovelace', 'Dismissed')


def miss_two(fika):
    """Has two reminders come while nobody could tell them, and answers the one summary of both."""
    uids = [fika.terminal('plan', '--kind', kind, '--with', 'Ada', '--start', tomorrow('12:00'),
                          '--remind', '10')['uid'] for kind in ('meal', 'visit')]
    late = int(time.time()) - 3600
    for uid in uids:
        sql(fika, 'UPDATE reminder SET due = ? WHERE state = \'pending\' AND kind = \'plan\' AND '
            'catchup = (SELECT id FROM catchup WHERE uid = ?)', late, uid)
    fika.bus_call(SERVICE, SERVICE_PATH, SERVICE + '.Poke')

    def look():
        return next((one for one in fika.shown() if one[1] == 'While you were away'
                     and 'Meal with' in one[2] and 'Visit with' in one[2]), None)
    return wait_for('the summary', look)


def test_a_summary_opens_the_list(fika):
    """Pressed, it opens where what it tells is listed, whatever the window shows, and without one."""
    fika.key('ctrl+1')
    fika.place('Week')
    summary = miss_two(fika)
    fika.press_notification(summary)
    row(fika, 'Meal with Ada Lovelace')
    row(fika, 'Visit with Ada Lovelace')
    fika.close_window()
    summary = miss_two(fika)
    fika.press_notification(summary)
    fika.attach()
    row(fika, 'Meal with Ada Lovelace')
    fika.find('While You Were Away', 'label', fika.place('Reminders'))


def test_one_opened_after_the_other(fika):
    """The second takes the place of the first, and nothing is left beneath."""
    fika.key('ctrl+1')
    for kind, title in (('video', 'Video call with Ada'), ('meal', 'Meal with Ada')):
        plan = fika.terminal('plan', '--kind', kind, '--with', 'Ada', '--start', tomorrow('12:00'),
                             '--remind', '10')
        due_in(fika, plan['uid'], 0)
        fika.press_notification(fika.await_shown(title))
        fika.sheet(title)
    fika.sheet_gone('Video call with Ada')
    fika.key('Escape')
    fika.sheet_gone('Meal with Ada')


def test_server_goes_and_comes(fika):
    fika.key('ctrl+1')
    week = fika.place('Week')
    line = 'your desktop shows no notifications.'
    fika.server.kill()
    fika.server.wait()
    fika.find(line, 'label', week)
    fika.press('Put Away', 'button', week)
    fika.gone(line, 'label', week)
    fika._start_notifications()
    fika.key('ctrl+r')
    fika.find('Reminders can reach you', 'label', fika.place('Reminders'))
    fika.key('ctrl+1')
    # Put away, it comes again with the next time.
    fika.server.kill()
    fika.server.wait()
    fika.find(line, 'label', week)
    fika.press('Details', 'button', week)
    sheet = fika.sheet('Preferences')
    fika.find('Your desktop shows no notifications', 'label', sheet)
    fika.find('Nothing here shows them', 'label', sheet)
    fika.key('Escape')
    fika.sheet_gone('Preferences')
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


# Without a service


def test_039_no_service(fika):
    fika.terminal('person', 'add', 'Ada')
    fika.start()
    fika.find('their service does not run.', 'label', fika.place('Week'))
    fika.key('ctrl+comma')
    sheet = fika.sheet('Preferences')
    fika.find('The reminder service does not run', 'label', sheet)
    fika.find('Does not run', 'label', sheet)
    fika.key('Escape')
    fika.sheet_gone('Preferences')


def test_empty_view(fika):
    fika.key('ctrl+r')
    page = fika.place('Reminders')
    fika.find('Nothing to Be Reminded Of', 'label', page)
    fika.press('Plan a Catch-up', 'button', page)
    fika.sheet('Plan a Catch-up')
    fika.key('Escape')
    fika.sheet_gone('Plan a Catch-up')


def test_071_no_program_for_a_number(fika):
    """What nothing here rings is in the clipboard, and the window says so."""
    bo = fika.terminal('person', 'add', 'Bo', '--phone', NUMBER)
    fika.bus_call('org.fikaplanner.Fika', '/org/fikaplanner/Fika',
                  'org.freedesktop.Application.ActivateAction', 'open-person', f'[<"{bo["uid"]}">]',
                  '{}')
    people = fika.place('People')
    fika.press(re.compile(f'Call: {re.escape(NUMBER)}'), 'button', people)
    fika.toast('Copied +442079460000: nothing on this computer opens it')
    fika.key('ctrl+f')
    fika.key('ctrl+v')
    wait_for('the number', lambda: fika.read('Search people') == '+442079460000')
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


# After an upgrade


def older_service(fika, *arguments):
    service = fika.spawn([sys.executable, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib',
                                                       'older-service.py'), *arguments])
    wait_for('the older service', lambda: service_process(fika) == service.pid)
    return service


def service_process(fika):
    """The process that has the service's name, or None."""
    answer = fika.bus_call('org.freedesktop.DBus', '/',
                           'org.freedesktop.DBus.GetConnectionUnixProcessID', SERVICE)
    return int(re.search(r'(\d+),', answer).group(1)) if answer else None


def test_045_terminal_renews_an_older_service(fika):
    older = older_service(fika, '0.0.9')
    fika.terminal('people')
    assert older.poll() is None, 'reading needs no service'
    fika.terminal('person', 'add', 'Ada')
    assert older.wait(20) == 0
    newer = wait_for('the new service', lambda: service_process(fika))
    assert newer != older.pid
    # One of the same Fika is left alone.
    fika.terminal('person', 'add', 'Bo')
    assert service_process(fika) == newer
    fika.bus_call(SERVICE, SERVICE_PATH, SERVICE + '.Quit')
    wait_for('its end', lambda: service_process(fika) is None)


def test_045_a_newer_service_stays(fika):
    newer = older_service(fika, '99.0')
    fika.terminal('person', 'add', 'Cy')
    assert newer.poll() is None
    newer.kill()
    newer.wait()
    wait_for('its end', lambda: service_process(fika) is None)


def test_045_one_that_does_not_end(fika):
    stubborn = older_service(fika, '0.0.9', 'stubborn')
    begun = time.monotonic()
    fika.terminal('person', 'add', 'Di')
    assert time.monotonic() - begun < 10, 'the terminal does not wait for ever'
    stubborn.kill()
    stubborn.wait()
    wait_for('its end', lambda: service_process(fika) is None)


def test_045_window_renews_an_older_service(fika):
    older = older_service(fika, '0.0.9')
    fika.start()
    assert older.wait(20) == 0
    wait_for('the new service', lambda: service_process(fika) not in (None, older.pid))
    fika.key('ctrl+comma')
    sheet = fika.sheet('Preferences')
    fika.find('Reminders can reach you', 'label', sheet)
    assert not any('0.0.9' in text for text in fika.labels(sheet)), fika.labels(sheet)
    fika.key('Escape')
    fika.sheet_gone('Preferences')
    fika.close_window()
    assert fika.complaints() == '', fika.complaints()


# In a sandbox whose desktop says no


def test_041_portal_denies(fika):
    fika.env['FIKA_FLATPAK_INFO'] = '/'
    fika.terminal('person', 'add', 'Ada')
    fika.start()
    fika.spawn([sys.executable, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib',
                                             'background-portal.py'), 'deny'])
    wait_for('the portal', lambda: fika.bus_owns('org.freedesktop.portal.Desktop'))
    fika.key('ctrl+comma')
    sheet = fika.sheet('Preferences')
    fika.find('So that reminders come before you open Fika', 'label', sheet)
    fika.focus('Start at login', 'check', sheet)
    fika.key('space')
    fika.find('Your desktop did not allow Fika to start at login.', 'label', sheet)
    switch = fika.find('Start at login', 'check', sheet)
    assert not switch.has_now('checked'), 'it is off, as the desktop wants it'
    assert entry(fika) is None, 'a sandbox has no autostart folder'
    fika.key('Escape')
    fika.sheet_gone('Preferences')
    fika.close_window()


if __name__ == '__main__':
    run(({}, [
        test_offers_to_start_at_login,
        test_040_says_how_it_is,
        test_sends_a_test_reminder,
        test_login_shows_what_is,
        test_what_will_be_said,
        test_057_what_was_said,
        test_053_the_window_leaves_popups_alone,
        test_while_you_were_away,
        test_reminds_again,
        test_snoozed_is_told_again,
        test_a_summary_opens_the_list,
        test_one_opened_after_the_other,
        test_server_goes_and_comes,
    ]), ({'activatable': False}, [
        test_039_no_service,
        test_empty_view,
        test_071_no_program_for_a_number,
    ]), ({}, [
        test_045_terminal_renews_an_older_service,
        test_045_a_newer_service_stays,
        test_045_one_that_does_not_end,
        test_045_window_renews_an_older_service,
    ]), ({}, [
        test_041_portal_denies,
    ]))
