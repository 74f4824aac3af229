#!/usr/bin/python3
"""This Week: the sample comes and goes whole, weeks turn, cards are planned, moved, skipped, changed,
logged and deleted, by mouse and by keyboard."""

import datetime
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

TODAY = datetime.date.today()
MONDAY = TODAY - datetime.timedelta(days=TODAY.weekday())
NEXT = MONDAY + datetime.timedelta(days=7)


def spoken(day):
    """A day as the window says it in full."""
    return f'{day.strftime("%A")}, {day.day} {day.strftime("%B %Y")}'


def next_week(weekday):
    return NEXT + datetime.timedelta(days=weekday)


def card(fika, *parts):
    """Awaits the card whose name has these parts in this order."""
    return fika.find(re.compile('.*'.join(map(re.escape, parts))), 'button', fika.place('Week'))


def no_card(fika, *parts):
    fika.gone(re.compile('.*'.join(map(re.escape, parts))), 'button', fika.place('Week'))


def card_menu(fika, of, item):
    """Opens a card's menu with the mouse and chooses from it."""
    fika.click(of, '3')
    fika.press(re.compile(f'^{re.escape(item)}$'), 'item', fika.place('Week'))


def plan(fika, kind, who, day, time, *more):
    fika.terminal('plan', '--kind', kind, '--with', who, '--start', f'{day}T{time}', *more)


def agenda(fika, day, days=1):
    return [(entry['title'], entry['start'], entry['state'])
            for entry in fika.terminal('agenda', '--from', str(day), '--days', str(days))]


def show_next_week(fika):
    fika.key('ctrl+1', 'ctrl+Next')
    fika.find(spoken(NEXT), 'heading', fika.place('Week'))


def test_sample_is_removed_whole(fika):
    fika.start()
    fika.find('Look Around With Sample Data', 'button', fika.place('Welcome'))
    before = fika.tables()
    fika.press('Look Around With Sample Data')
    fika.toast('This is sample data')
    card(fika, 'Harbour Choir')
    assert len(fika.terminal('people')) > 5
    fika.menu('Main Menu', 'Remove Sample Data')
    fika.toast('The sample data is gone')
    fika.find('Add Your First Person', 'button', fika.place('Welcome'))
    assert fika.tables() == before, 'one click removes all of it'


def test_what_is_your_own_stays(fika):
    fika.press('Look Around With Sample Data')
    fika.toast('This is sample data')
    card(fika, 'Harbour Choir')
    fika.terminal('person', 'add', 'Ada')
    plan(fika, 'coffee', 'Ada', next_week(0), '10:00')
    fika.menu('Main Menu', 'Remove Sample Data')
    fika.undo_toast('The sample data is gone')
    fika.toast('Undone:')
    assert len(fika.terminal('people')) > 5, 'all of it is there again'
    fika.menu('Main Menu', 'Remove Sample Data')
    fika.toast('The sample data is gone')
    assert [one['name'] for one in fika.terminal('people')] == ['Ada']
    assert fika.terminal('groups') == []
    fika.press('Main Menu', 'button', fika.main)
    fika.find('Preferences', 'item')
    assert fika.find_now('Remove Sample Data', 'item') is None, 'nothing is left to remove'
    fika.key('Escape')


def test_weeks_turn(fika):
    week = fika.place('Week')
    for days, keys, button in ((7, 'ctrl+Next', 'Next Week'), (-7, 'ctrl+Prior', 'Previous Week')):
        other = MONDAY + datetime.timedelta(days=days)
        fika.key(keys)
        fika.find(spoken(other), 'heading', week)
        fika.press('Today', 'button', week)
        fika.find(f'Today, {spoken(TODAY)}', 'heading', week)
        fika.press(button, 'button', week)
        fika.find(spoken(other), 'heading', week)
        fika.key('Home')
        fika.find(f'Today, {spoken(TODAY)}', 'heading', week)


def test_did_it_happen(fika):
    # One that is over, and one more for the next test.
    for hours, kind in ((2, 'walk'), (3, 'meal')):
        then = datetime.datetime.now() - datetime.timedelta(hours=hours)
        plan(fika, kind, 'Ada', then.strftime('%Y-%m-%d'), then.strftime('%H:%M'))
    if then.date() < MONDAY:
        fika.key('ctrl+Prior')
    card(fika, 'Walk with Ada', 'did it happen?')
    fika.press('Yes, it happened: Walk with Ada', 'button', fika.place('Week'))
    fika.undo_toast('Walk with Ada happened')
    card(fika, 'Walk with Ada', 'did it happen?')
    fika.press('Yes, it happened: Walk with Ada', 'button', fika.place('Week'))
    fika.toast('Walk with Ada happened')
    card(fika, 'Walk with Ada', 'happened')
    fika.gone('Yes, it happened: Walk with Ada', 'button', fika.place('Week'))


def test_log_from_a_card(fika):
    card_menu(fika, card(fika, 'Meal with Ada'), 'Log…')
    sheet = fika.sheet('Log a Catch-up')
    fika.press('Wonderful', 'button', sheet)
    fika.write('A line to remember it by', 'She moves in May', sheet)
    fika.press('Log', 'button', sheet)
    fika.sheet_gone('Log a Catch-up')
    fika.toast('Meal with Ada is logged')
    card(fika, 'Meal with Ada', 'happened').act()
    sheet = fika.sheet('Meal with Ada')
    fika.find('She moves in May', 'label', sheet)
    fika.find('Wonderful', 'label', sheet)
    fika.key('Escape')
    fika.sheet_gone('Meal with Ada')


def test_skip(fika):
    show_next_week(fika)
    card_menu(fika, card(fika, 'Coffee with Ada', 'planned'), 'Skip')
    fika.toast('Coffee with Ada is skipped')
    card(fika, 'Coffee with Ada', 'skipped')
    fika.key('ctrl+z')
    card(fika, 'Coffee with Ada', 'planned')


def test_move(fika):
    card_menu(fika, card(fika, 'Coffee with Ada'), 'Move…')
    sheet = fika.sheet('Move')
    fika.write('Day', str(next_week(3)), sheet)
    fika.write('Time', '16:15', sheet)
    fika.press('Move', 'button', sheet)
    fika.sheet_gone('Move')
    fika.toast('Coffee with Ada: now')
    card(fika, 'Coffee with Ada', spoken(next_week(3)), '16:15', 'planned')
    assert agenda(fika, next_week(3)) == [('Coffee with Ada', f'{next_week(3)}T16:15', 'planned')]


def test_edit(fika):
    card_menu(fika, card(fika, 'Coffee with Ada'), 'Edit…')
    sheet = fika.sheet('Edit')
    assert fika.read('Time', sheet) == '16:15'
    fika.choose('What', 'Visit', sheet)
    fika.choose('When', 'In the afternoon', sheet)
    fika.write('Place', 'Her new flat', sheet)
    fika.press('Save')
    fika.sheet_gone('Edit')
    card(fika, 'Visit with Ada', 'afternoon', 'planned')
    # It is told of when the afternoon begins, and in its last third.
    dues = [one['due'] for one in fika.terminal('reminders')
            if one['title'].startswith('Visit with Ada')]
    assert dues == [f'{next_week(3)}T12:00', f'{next_week(3)}T15:20'], dues
    fika.find('Her new flat', 'label', fika.place('Week'))


def test_delete_by_key(fika):
    before = fika.tables()
    fika.focus('Visit with Ada', 'button', None)
    fika.key('Delete')
    fika.undo_toast('is deleted')
    card(fika, 'Visit with Ada')
    assert fika.tables() == before


def test_series(fika):
    day = next_week(1)
    plan(fika, 'call', 'Ada', day, '18:00', '--repeat', 'FREQ=DAILY;COUNT=3')
    for days in range(3):
        card(fika, 'Call with Ada', spoken(day + datetime.timedelta(days=days)))
    # One of them.
    card_menu(fika, card(fika, 'Call with Ada', spoken(day)), 'Edit This One…')
    fika.sheet('Edit')
    fika.write('Time', '20:00')
    fika.press('Save')
    fika.sheet_gone('Edit')
    card(fika, 'Call with Ada', spoken(day), '20:00')
    # All of them.
    card_menu(fika, card(fika, 'Call with Ada', spoken(next_week(2))), 'Edit All…')
    fika.sheet('Edit')
    fika.choose('What', 'Video call')
    fika.press('Save')
    fika.sheet_gone('Edit')
    card(fika, 'Video call with Ada', spoken(next_week(2)), '18:00')
    card_menu(fika, card(fika, 'Video call with Ada', spoken(next_week(3))), 'Delete All')
    fika.toast('with every time to come')
    no_card(fika, 'Video call with Ada')
    fika.key('ctrl+z')
    card(fika, 'Video call with Ada', spoken(next_week(3)))
    fika.key('ctrl+shift+z')
    no_card(fika, 'Video call with Ada')


def test_plan_on_a_day(fika):
    fika.press(f'Plan a catch-up on {spoken(next_week(5))}', 'button', fika.place('Week'))
    sheet = fika.sheet('Plan a Catch-up')
    assert str(next_week(5).day) in fika.read('Day', sheet)
    fika.key('Escape')
    fika.sheet_gone('Plan a Catch-up')


def test_plan_by_keyboard_alone(fika):
    fika.key('ctrl+n')
    fika.sheet('Plan a Catch-up')
    fika.type('ad')
    fika.find('Ada', 'label')
    fika.key('Return')
    fika.find('Remove Ada', 'button')
    # What: from Call three further on; the list opens by space.
    fika.focus('What', 'combo box')
    fika.key('space')
    wait_for('the kinds to show', lambda: 'Letter' in fika.labels(fika.find('What', 'combo box')))
    fika.key('Down', 'Down', 'Down', 'Return')
    wait_for('a letter to be chosen',
             lambda: fika.labels(fika.find('What', 'combo box'))[1] == 'Letter')
    fika.key('Tab')
    fika.key('ctrl+a')
    fika.type(f'{next_week(6).day} {next_week(6).strftime("%B %Y")}')
    fika.find(spoken(next_week(6)), 'label')
    fika.focus('When', 'combo box')
    fika.key('Tab')
    fika.key('ctrl+a')
    fika.type('7 pm')
    fika.find('19:00', 'label')
    fika.key('Return')
    fika.sheet_gone('Plan a Catch-up')
    fika.toast('is planned')
    card(fika, 'Letter', 'Ada', spoken(next_week(6)), '19:00', 'planned')
    assert [entry[1] for entry in agenda(fika, next_week(6))] == [f'{next_week(6)}T19:00']


def test_menu_of_a_card_by_keyboard(fika):
    letter = fika.focus('Letter', 'button', None)
    fika.key('shift+F10')
    fika.find('Skip', 'item', fika.place('Week'))
    fika.key('Escape')
    fika.focus(letter.name, 'button', None)
    fika.key('Return')
    fika.sheet('Letter')
    fika.key('Escape')
    fika.sheet_gone('Letter')


def test_log_anything(fika):
    fika.key('ctrl+l')
    sheet = fika.sheet('Log a Catch-up')
    fika.type('Ada')
    fika.find('Ada', 'label', sheet)
    fika.key('Return')
    fika.find('Remove Ada', 'button', sheet)
    fika.key('ctrl+Return')
    fika.sheet_gone('Log a Catch-up')
    fika.toast('Call with Ada is logged')
    fika.key('ctrl+1', 'Home')
    card(fika, 'Call with Ada', spoken(TODAY), 'happened')


def test_all_calm(fika):
    fika.close_window()
    fika.terminal('check')
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({}, [
        test_sample_is_removed_whole,
        test_what_is_your_own_stays,
        test_weeks_turn,
        test_did_it_happen,
        test_log_from_a_card,
        test_skip,
        test_move,
        test_edit,
        test_delete_by_key,
        test_series,
        test_plan_on_a_day,
        test_plan_by_keyboard_alone,
        test_menu_of_a_card_by_keyboard,
        test_log_anything,
        test_all_calm,
    ]))
