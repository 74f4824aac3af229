#!/usr/bin/python3
"""Bad input in every form: said in plain words, and what was typed stays."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_session import run, wait_for  # noqa: E402

RTL = 'מרים כהן'
EMOJI = 'Zoë 👩🏽‍🚀🏳️‍🌈'
LONG = 'Ann ' * 2500


def says(fika, sheet, text):
    """Awaits a sentence with that text in a sheet, and looks whether a person can do with it."""
    message = wait_for(f'the sentence with “{text}”', lambda: next(
        (child.name for child in fika.all_now(None, text, sheet)
         if child.role in ('label', 'alert') and child.name.endswith(('.', '?'))), None))
    assert not re.search(r'rror|null|%|\bNULL\b|invalid|failed|G_|sqlite', message), message
    return message


def refuses(fika, sheet, button, text):
    fika.press(button, 'button', sheet)
    message = says(fika, sheet, text)
    print('#', message, flush=True)
    assert fika.top == sheet, 'the sheet stays'


def discard(fika, sheet):
    title = sheet.name
    fika.press('Cancel', 'button', sheet)
    fika.press('Discard', 'button')
    fika.sheet_gone(title)
    fika.sheet_gone('Discard')
    wait_for('the window to be in front', lambda: fika.top == fika.main)


def names(fika):
    return sorted(person['name'] for person in fika.terminal('people'))


# People

def new_person(fika):
    fika.menu(re.compile('^Add$'), 'Add a Person', fika.main)
    sheet = fika.sheet('New Person')
    fika.enlarge(sheet)
    return sheet


def drop_down(fika, sheet, name, steps, chosen):
    """Chooses in a drop-down: so many from the top."""
    box = fika.find(name, 'combo box', sheet)
    fika.open_list(fika.find(name, 'button', box))
    wait_for('its list', lambda: len(fika.labels(box)) > 10)
    fika.key('Home', *['Down'] * steps, 'Return')
    fika.find(re.compile(f'^{chosen}$'), 'label', fika.find(name, 'button', sheet))


def test_person(fika):
    fika.terminal('person', 'add', 'Ada Lovelace')
    fika.start()
    sheet = new_person(fika)
    fika.write('Phone', '+46 8 555 0101', sheet)
    fika.write('Notes', 'met on the ferry', sheet)
    refuses(fika, sheet, 'Save', 'name is empty')
    assert fika.read('Phone', sheet) == '+46 8 555 0101'
    assert fika.read('Notes', sheet) == 'met on the ferry'

    fika.write('Name', LONG, sheet)
    refuses(fika, sheet, 'Save', 'name is too long')
    assert fika.read('Name', sheet) == LONG, 'not one letter is lost'

    fika.write('Name', RTL, sheet)
    fika.write('Time zone', 'Mars/Olympus', sheet)
    refuses(fika, sheet, 'Save', 'zone')
    assert fika.read('Time zone', sheet) == 'Mars/Olympus'
    fika.write('Time zone', 'Asia/Jerusalem', sheet)

    drop_down(fika, sheet, 'Day of the birthday', 31, '31')
    refuses(fika, sheet, 'Save', 'both the day and the month')
    drop_down(fika, sheet, 'Month of the birthday', 2, 'Feb')
    refuses(fika, sheet, 'Save', 'There is no such day')
    fika.write('Year of birth', 'soon', sheet)
    refuses(fika, sheet, 'Save', 'year of birth')
    fika.write('Year of birth', '', sheet)
    drop_down(fika, sheet, 'Day of the birthday', 29, '29')
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('New Person')
    fika.find(RTL, 'list item', fika.place('People'))
    (person,) = [one for one in fika.terminal('people') if one['name'] == RTL]
    assert person['birthday'] == '--02-29' and person['zone'] == 'Asia/Jerusalem', person
    assert person['phones'] == ['+46 8 555 0101'], person


def test_emoji(fika):
    sheet = new_person(fika)
    fika.write('Name', f'  {EMOJI}\t', sheet)
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('New Person')
    assert EMOJI in names(fika), names(fika)
    fika.key('ctrl+f')
    fika.type('zoe')
    wait_for('her to be found', lambda: [row.name for row in fika.all_now(
        'list item', None, fika.find(re.compile('^People$'), 'list', fika.place('People')))] == [EMOJI])
    fika.key('Escape', 'ctrl+1')


# Catch-ups

def new_plan(fika):
    fika.key('ctrl+n')
    sheet = fika.sheet('Plan a Catch-up')
    fika.enlarge(sheet)
    return sheet


def test_plan_whom(fika):
    sheet = new_plan(fika)
    fika.type('Nobody Known')
    fika.find('Add “Nobody Known”', 'list item', sheet)
    refuses(fika, sheet, 'Save', 'Nobody here is called “Nobody Known”')
    assert fika.read('With', sheet) == 'Nobody Known'
    fika.write('With', LONG, sheet)
    refuses(fika, sheet, 'Save', '“Ann')
    assert fika.read('With', sheet) == LONG
    fika.write('With', '', sheet)
    discard_if_asked(fika, sheet)
    assert 'Nobody Known' not in names(fika)


def discard_if_asked(fika, sheet):
    fika.write('Place', 'somewhere', sheet)
    discard(fika, sheet)


def test_plan_when(fika):
    sheet = new_plan(fika)
    fika.type('ada')
    fika.find('Ada Lovelace', 'list item', sheet)
    fika.key('Return')
    fika.find('Remove Ada Lovelace', 'button', sheet)
    fika.write('Place', 'The old mill', sheet)
    fika.write('Notes', 'bring the maps', sheet)

    fika.write('Day', '31 February 2031', sheet)
    refuses(fika, sheet, 'Save', 'date')
    assert fika.read('Day', sheet) == '31 February 2031'
    fika.write('Day', 'the day after', sheet)
    refuses(fika, sheet, 'Save', 'date')
    fika.write('Day', '', sheet)
    refuses(fika, sheet, 'Save', 'On which day?')
    fika.write('Day', '2031-03-01', sheet)

    fika.write('Time', '25:99', sheet)
    refuses(fika, sheet, 'Save', '“25:99” is not a time of day')
    assert fika.read('Time', sheet) == '25:99'
    fika.write('Time', '17:00', sheet)

    fika.write('How long', 'for ever', sheet)
    refuses(fika, sheet, 'Save', '“for ever” is not a length')
    fika.write('How long', '-5', sheet)
    refuses(fika, sheet, 'Save', 'is not a length')
    fika.write('How long', '1 h 30', sheet)

    fika.write('Time zone', 'Mars/Olympus', sheet)
    refuses(fika, sheet, 'Save', 'time zone')
    assert fika.read('Time zone', sheet) == 'Mars/Olympus'
    fika.write('Time zone', '', sheet)

    # A rule that never matches: its last day is before its first.
    fika.choose('Repeat', 'Every week', sheet)
    fika.choose('Until', 'A date', sheet)
    fika.write('Last day', '2031-02-01', sheet)
    refuses(fika, sheet, 'Save', re.compile('last day|ends|before', re.I))
    assert fika.read('Last day', sheet) != ''
    fika.write('Last day', '30 February 2032', sheet)
    refuses(fika, sheet, 'Save', 'date')
    fika.write('Last day', '2031-03-31', sheet)

    fika.press('Save', 'button', sheet)
    fika.sheet_gone('Plan a Catch-up')
    fika.toast('is planned')
    (entry,) = fika.terminal('agenda', '--from', '2031-03-01', '--days', '1')
    assert entry['place'] == 'The old mill' and entry['people'] == ['Ada Lovelace'], entry
    assert entry['end'] == '2031-03-01T18:30', entry


def test_plan_what(fika):
    """All texts at their longest and strangest."""
    sheet = new_plan(fika)
    fika.type('ada')
    fika.find('Ada Lovelace', 'list item', sheet)
    fika.key('Return')
    fika.find('Remove Ada Lovelace', 'button', sheet)
    fika.write('Day', '2031-04-01', sheet)
    fika.write('A name of its own', LONG, sheet)
    refuses(fika, sheet, 'Save', 'title is too long')
    assert fika.read('A name of its own', sheet) == LONG
    fika.write('A name of its own', f'{EMOJI} <b>&amp;</b> {RTL}', sheet)
    fika.write('Place', '“Café & <Bar>”', sheet)
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('Plan a Catch-up')
    fika.toast('is planned')
    (entry,) = fika.terminal('agenda', '--from', '2031-04-01', '--days', '1')
    assert entry['title'] == f'{EMOJI} <b>&amp;</b> {RTL}', entry
    assert entry['place'] == '“Café & <Bar>”', entry
    # And all of it shows.
    fika.terminal('move', entry['uid'], '--start', entry['start'], '--to', today_evening())
    fika.key('ctrl+1', 'Home')
    card = fika.find('<b>&amp;</b>', 'button', fika.place('Week'))
    card.act()
    wait_for('its details', lambda: fika.top != fika.main)
    fika.find('“Café & <Bar>”', 'label')
    fika.find('<b>&amp;</b>', 'label')
    fika.key('Escape')
    wait_for('them to go', lambda: fika.top == fika.main)


def today_evening():
    import datetime
    return f'{datetime.date.today()}T23:59'


def test_log(fika):
    fika.key('ctrl+l')
    sheet = fika.sheet('Log a Catch-up')
    fika.write('A line to remember it by', 'she laughed', sheet)
    refuses(fika, sheet, 'Log', 'With whom?')
    fika.write('With', 'ada', sheet)
    fika.write('Day', '2031-01-01', sheet)
    refuses(fika, sheet, 'Log', 'still to come')
    assert fika.read('A line to remember it by', sheet) == 'she laughed'
    fika.write('Day', 'nonsense', sheet)
    refuses(fika, sheet, 'Log', 'date')
    assert fika.read('Day', sheet) == 'nonsense'
    discard(fika, sheet)


def test_move(fika):
    fika.find('<b>&amp;</b>', 'button', fika.place('Week')).act()
    fika.press('Move…', 'button')
    sheet = fika.sheet('Move')
    fika.write('Day', '2031-02-30', sheet)
    refuses(fika, sheet, 'Move', 'date')
    assert fika.read('Day', sheet) == '2031-02-30'
    fika.press('Cancel', 'button', sheet)
    fika.sheet_gone('Move')


def test_group(fika):
    fika.menu(re.compile('^Add$'), 'Add a Group', fika.main)
    sheet = fika.sheet('New Group')
    fika.write('Cost', 'a song', sheet)
    refuses(fika, sheet, 'Save', 'name is empty')
    fika.write('Name', LONG, sheet)
    refuses(fika, sheet, 'Save', 'name is too long')
    assert fika.read('Name', sheet) == LONG
    fika.write('Name', f'{EMOJI} Club', sheet)
    fika.write('On which day', '2031-02-30', sheet)
    refuses(fika, sheet, 'Save', 'is not a date')
    fika.write('On which day', 'tomorrow', sheet)
    fika.write('Minutes to get there', 'ten', sheet)
    refuses(fika, sheet, 'Save', 'minutes to get there as a number')
    fika.write('Minutes to get there', '', sheet)
    fika.write('How many people come', '-3', sheet)
    refuses(fika, sheet, 'Save', 'how many people come as a number')
    fika.write('How many people come', '3', sheet)
    assert fika.read('Cost', sheet) == 'a song'
    fika.press('Save', 'button', sheet)
    fika.sheet_gone('New Group')
    assert [group['name'] for group in fika.terminal('groups')] == [f'{EMOJI} Club']


def test_all_calm(fika):
    fika.close_window()
    fika.terminal('check')
    assert fika.complaints() == '', fika.complaints()


if __name__ == '__main__':
    run(({'size': '1280x1400', 'window': '1270x1390'}, [
        test_person,
        test_emoji,
        test_plan_whom,
        test_plan_when,
        test_plan_what,
        test_log,
        test_move,
        test_group,
        test_all_calm,
    ]))
