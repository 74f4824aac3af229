#!/usr/bin/python3
"""The terminal interface, run as a person runs it: every verb, its JSON, its errors. The forms are a
promise to others; the numbers in the tests' names are rows of the failure catalogue."""

import datetime
import json
import os
import sqlite3
import stat
import subprocess
import sys
import time
import zoneinfo

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_bus import Desk, FIKA, SERVICE_NAME, run, wait_for

PERSON = {'uid', 'name', 'circle', 'ties', 'phones', 'emails', 'birthday', 'zone', 'ideal', 'latest',
          'last_contact', 'warmth', 'state', 'next'}
PLAN = {'uid', 'title', 'kind', 'people', 'group', 'start', 'zone', 'repeat'}
ENTRY = {'uid', 'series', 'title', 'kind', 'people', 'group', 'start', 'end', 'window', 'zone', 'utc',
         'place', 'state'}
REMINDER = {'due', 'utc', 'uid', 'title', 'body', 'actions'}
COUNTS = {'new', 'updated', 'unchanged', 'duplicates', 'skipped'}

KINDS = ('call', 'video', 'message', 'letter', 'coffee', 'meal', 'walk', 'visit', 'activity',
         'session', 'other')
VERBS = ('person', 'people', 'plan', 'agenda', 'log', 'skip', 'move', 'delete', 'group', 'groups',
         'visit', 'reminders', 'import', 'export', 'undo', 'redo', 'history', 'backup', 'check',
         'service')


def desk(**options):
    return Desk(bus=False, **options)


def keys(objects, wanted):
    for found in objects if isinstance(objects, list) else [objects]:
        assert set(found) == wanted, sorted(set(found) ^ wanted)


def local(**shift):
    """Now, or some time from now, as the terminal interface writes it."""
    return (datetime.datetime.now() + datetime.timedelta(**shift)).strftime('%Y-%m-%dT%H:%M')


def refused(fika, status, *words, says=()):
    """Fails with that status, says why on stderr in a sentence, and nothing on stdout."""
    done = fika.run(*words)
    assert done.returncode == status, (words, done)
    assert done.stdout == '', (words, done)
    assert done.stderr.strip(), (words, done)
    assert 'GLib' not in done.stderr and 'CRITICAL' not in done.stderr, done.stderr
    for text in says:
        assert text in done.stderr, (words, text, done.stderr)
    with_json = fika.run(*words, '--json')
    assert with_json.returncode == status and with_json.stdout == '', (words, with_json)
    return done.stderr


# Usage

def test_help():
    with desk() as fika:
        done = fika.run('--help')
        assert done.returncode == 0 and done.stderr == '', done
        for verb in VERBS:
            assert f' {verb} ' in done.stdout or f' {verb}\n' in done.stdout, verb
        assert fika.run('help').stdout == done.stdout
        for verb in VERBS:
            done = fika.run(verb, '--help')
            assert done.returncode == 0 and done.stderr == '', (verb, done)
            assert '--json' in done.stdout, (verb, done)
        assert fika.run('--version').stdout.startswith('Fika ')
        assert not os.path.exists(fika.path('data', 'fika')), 'help touched the data'


def test_unknown_verb():
    with desk() as fika:
        for word in ('agend', 'nonsense', 'add', 'suggest', 'restore'):
            refused(fika, 2, word, says=[word, '--help'])


def test_unknown_words_and_options():
    with desk() as fika:
        refused(fika, 2, 'people', '--nonsense', says=['nonsense'])
        refused(fika, 2, 'people', 'two', 'words')
        refused(fika, 2, 'person')
        refused(fika, 2, 'person', 'add')
        refused(fika, 2, 'person', 'remove', 'Ada', says=['remove'])
        refused(fika, 2, 'group', 'add')
        refused(fika, 2, 'service')
        refused(fika, 2, 'service', 'restart', says=['restart'])
        refused(fika, 2, 'skip')
        refused(fika, 2, 'move')
        refused(fika, 2, 'delete')
        refused(fika, 2, 'visit')
        refused(fika, 2, 'import')
        refused(fika, 2, 'plan')
        refused(fika, 2, 'log')
        refused(fika, 2, 'plan', '--kind')


# People

def test_person_add_and_people():
    with desk() as fika:
        added = fika.fika('person', 'add', 'Jürgen Müller', '--phone', '+49 30 901820', '--phone',
                          '0171 2345678', '--email', 'j@example.org', '--circle', 'closest', '--tie',
                          'family', '--tie', 'mentor', '--ideal', '5', '--latest', '9', '--birthday',
                          '--04-12', '--zone', 'America/New_York')
        keys(added, {'uid', 'name'})
        assert added['name'] == 'Jürgen Müller'
        fika.fika('person', 'add', 'Ada', '--birthday', '1815-12-10')

        people = fika.fika('people')
        keys(people, PERSON)
        assert [person['name'] for person in people] == ['Ada', 'Jürgen Müller']
        juergen = people[1]
        assert juergen['uid'] == added['uid']
        assert juergen['circle'] == 'closest'
        assert sorted(juergen['ties']) == ['family', 'mentor']
        assert juergen['phones'] == ['+49 30 901820', '0171 2345678']
        assert juergen['emails'] == ['j@example.org']
        assert juergen['birthday'] == '--04-12'
        assert juergen['zone'] == 'America/New_York'
        assert (juergen['ideal'], juergen['latest']) == (5, 9)
        assert juergen['last_contact'] is None and juergen['next'] is None
        assert people[0]['birthday'] == '1815-12-10'

        for text in ('jurgen', 'MULLER', 'jürg', 'mull'):
            assert [person['name'] for person in fika.fika('people', text)] == ['Jürgen Müller'], text
        assert fika.fika('people', 'nobody of that name') == []
        for order in ('name', 'last', 'next', 'warmth'):
            assert len(fika.fika('people', '--sort', order)) == 2
        refused(fika, 2, 'people', '--sort', 'height', says=['name', 'last', 'next', 'warmth'])


def test_bad_people():
    with desk() as fika:
        refused(fika, 1, 'person', 'add', '')
        refused(fika, 1, 'person', 'add', '   ')
        refused(fika, 1, 'person', 'add', 'A' * 10000)
        for option, value, choices in (('--circle', 'nearby', ('closest', 'close', 'friends', 'wider')),
                                       ('--tie', 'foe', ('family', 'friend', 'neighbour'))):
            done = fika.run('person', 'add', 'Ada', option, value)
            assert done.returncode in (1, 2), done
            for choice in (value, *choices):
                assert choice in done.stderr, done
        for words in (['--birthday', '2026-02-30'], ['--birthday', 'yesterday'],
                      ['--birthday', '--13-01'], ['--zone', 'Mars/Base'], ['--ideal', '-3', '--latest',
                      '5'], ['--ideal', '9', '--latest', '5'], ['--ideal', 'soon', '--latest', '5']):
            done = fika.run('person', 'add', 'Ada', *words)
            assert done.returncode in (1, 2) and done.stderr and not done.stdout, (words, done)
        assert fika.fika('people') == []


def test_any_name():
    with desk() as fika:
        for name in ('👩‍🚀 Zoë', 'שרה כהן', '李小龍', 'O\'Brien "the" <b>', 'a' * 200):
            added = fika.fika('person', 'add', name)
            assert added['name'] == name
            plan = fika.fika('plan', '--kind', 'call', '--with', name, '--start', local(days=1))
            assert plan['people'] == [name]
        names = [person['name'] for person in fika.fika('people')]
        assert len(names) == 5
        done = fika.run('people')
        assert done.returncode == 0 and 'שרה כהן' in done.stdout


def test_no_locale():
    """Names come and go whole where no locale is set."""
    with desk() as fika:
        env = {**fika.env, 'LC_ALL': 'C', 'LANG': 'C'}
        done = fika.run('person', 'add', 'Zoë', '--json', env=env)
        assert done.returncode == 0, done
        assert json.loads(done.stdout)['name'] == 'Zoë'
        done = fika.run('plan', '--kind', 'call', '--with', 'Zoë', '--start', local(days=1), '--title',
                        'Grüße', '--json', env=env)
        assert done.returncode == 0, done
        assert json.loads(done.stdout)['people'] == ['Zoë']
        assert json.loads(done.stdout)['title'] == 'Grüße'
        assert 'Zoë' in fika.run('people', env=env).stdout


def test_names():
    with desk() as fika:
        for name in ('Ada Lovelace', 'Ada Byron', 'Zoë'):
            fika.fika('person', 'add', name)
        start = local(days=1)
        says = refused(fika, 1, 'plan', '--kind', 'call', '--with', 'ada', '--start', start)
        assert 'Ada Lovelace' in says and 'Ada Byron' in says, says
        says = refused(fika, 1, 'plan', '--kind', 'call', '--with', 'Zoe Saldana', '--start', start)
        assert 'Zoe Saldana' in says
        plan = fika.fika('plan', '--kind', 'call', '--with', 'zoe', '--with', 'LOVELACE', '--start',
                         start)
        assert plan['people'] == ['Zoë', 'Ada Lovelace']


# Plans

def test_plan():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        fika.fika('group', 'add', 'Choir')
        plan = fika.fika('plan', '--kind', 'coffee', '--with', 'Ada', '--start', '2031-07-01T10:00',
                         '--zone', 'America/New_York', '--minutes', '45', '--place', 'Blue Bottle',
                         '--title', 'Beans')
        keys(plan, PLAN)
        assert plan['title'] == 'Beans' and plan['kind'] == 'coffee' and plan['people'] == ['Ada']
        assert plan['start'] == '2031-07-01T10:00' and plan['zone'] == 'America/New_York'
        assert plan['group'] is None and plan['repeat'] is None

        entry, = fika.fika('agenda', '--from', '2031-07-01', '--days', '1')
        keys(entry, ENTRY)
        assert entry['uid'] == plan['uid'] and entry['series'] is None
        assert entry['start'] == '2031-07-01T10:00' and entry['end'] == '2031-07-01T10:45'
        assert entry['utc'] == '2031-07-01T14:00:00Z' or entry['utc'] == '2031-07-01T14:00Z', entry
        assert entry['place'] == 'Blue Bottle' and entry['state'] == 'planned'
        assert entry['window'] is None

        loose = fika.fika('plan', '--kind', 'walk', '--with', 'Ada', '--start', '2031-07-05T12:00',
                          '--window', 'afternoon')
        session = fika.fika('plan', '--kind', 'session', '--group', 'choir', '--start',
                            '2031-07-03T19:00', '--repeat', 'FREQ=WEEKLY')
        assert session['group'] == 'Choir' and session['repeat'] == 'FREQ=WEEKLY'
        entries = fika.fika('agenda', '--from', '2031-07-01', '--days', '14')
        assert [entry['start'] for entry in entries] == [
            '2031-07-01T10:00', '2031-07-03T19:00', '2031-07-05T12:00', '2031-07-10T19:00']
        assert entries[2]['uid'] == loose['uid'] and entries[2]['window'] == 'afternoon'
        assert entries[1]['series'] == session['uid']
        for kind in KINDS:
            assert fika.fika('plan', '--kind', kind, '--with', 'Ada', '--start',
                             '2032-01-01T10:00')['kind'] == kind


def test_utc_of_the_agenda():
    """Against Python's own time zones, in and out of summer time."""
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        for zone in ('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'):
            for month in (1, 4, 7, 10):
                start = datetime.datetime(2031, month, 15, 9, 30, tzinfo=zoneinfo.ZoneInfo(zone))
                plan = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--zone', zone, '--start',
                                 start.strftime('%Y-%m-%dT%H:%M'))
                entries = fika.fika('agenda', '--from', f'2031-{month:02}-14', '--days', '3')
                utc, = [entry['utc'] for entry in entries if entry['uid'] == plan['uid']]
                expected = start.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M')
                assert utc.startswith(expected) and utc.endswith('Z'), (zone, utc, expected)


def test_bad_plans():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        base = ['plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00']
        for words, says in (
                (['plan', '--kind', 'dance', '--with', 'Ada', '--start', '2031-07-01T10:00'],
                 ['dance', *KINDS]),
                (base[:-1] + ['2031-02-30T10:00'], ['30']),
                (base[:-1] + ['tomorrow'], ['tomorrow']),
                (base[:-1] + ['2031-07-01T25:00'], ['25']),
                (base[:-2], ['--start']),
                (['plan', '--kind', 'call', '--start', '2031-07-01T10:00'], []),
                (base + ['--window', 'night'], ['night', 'morning', 'evening']),
                (base + ['--zone', 'Mars/Base'], ['Mars/Base']),
                (base + ['--minutes', '-5'], []),
                (base + ['--minutes', 'long'], ['long']),
                (base + ['--minutes', '99999999999999999999'], []),
                (base + ['--remind', '-10'], []),
                (base + ['--remind', 'often'], ['often']),
                (base + ['--repeat', 'FREQ=SECONDLY'], []),
                (base + ['--repeat', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'], []),
                (base + ['--repeat', 'every week'], []),
                (base + ['--repeat', 'FREQ=DAILY', '--after-days', '3'], []),
                (base + ['--after-days', '-1'], []),
                (base + ['--group', 'Nothing of that name'], ['Nothing of that name'])):
            done = fika.run(*words)
            assert done.returncode in (1, 2), (words, done)
            assert done.stdout == '' and done.stderr.strip(), (words, done)
            for text in says:
                assert text in done.stderr, (words, text, done.stderr)
        assert fika.fika('history')[0]['label'].startswith('Add'), 'a failure left something behind'
        refused(fika, 2, 'agenda', '--days', '0')
        refused(fika, 2, 'agenda', '--days', '-3')


def test_series_one_at_a_time():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        series = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-01-05T17:00',
                           '--repeat', 'FREQ=WEEKLY;COUNT=4')
        uid = series['uid']

        skipped = fika.fika('skip', uid, '--start', '2031-01-12T17:00')
        keys(skipped, ENTRY)
        assert skipped['state'] == 'skipped' and skipped['series'] == uid
        moved = fika.fika('move', uid, '--start', '2031-01-19T17:00', '--to', '2031-01-20T18:30')
        keys(moved, ENTRY)
        assert moved['start'] == '2031-01-20T18:30' and moved['series'] == uid

        entries = fika.fika('agenda', '--from', '2031-01-01', '--days', '40')
        assert [(entry['start'], entry['state']) for entry in entries] == [
            ('2031-01-05T17:00', 'planned'), ('2031-01-12T17:00', 'skipped'),
            ('2031-01-20T18:30', 'planned'), ('2031-01-26T17:00', 'planned')]

        # The moved one is known by where it is now, by where the rule put it, and by its own uid.
        again = fika.fika('move', uid, '--start', '2031-01-20T18:30', '--to', '2031-01-21T09:00')
        assert again['start'] == '2031-01-21T09:00' and again['uid'] == moved['uid']
        once_more = fika.fika('move', uid, '--start', '2031-01-19T17:00', '--to', '2031-01-22T09:00')
        assert once_more['start'] == '2031-01-22T09:00'
        by_uid = fika.fika('move', moved['uid'], '--start', '2031-01-22T09:00', '--to',
                           '2031-01-23T09:00')
        assert by_uid['start'] == '2031-01-23T09:00'

        refused(fika, 1, 'skip', uid, '--start', '2031-01-13T17:00')
        refused(fika, 1, 'skip', 'no-such-uid', says=['no-such-uid'])
        refused(fika, 2, 'move', uid, '--start', '2031-01-26T17:00', says=['--to'])
        done = fika.run('move', uid, '--start', '2031-01-26T17:00', '--to', '2031-02-29T17:00')
        assert done.returncode in (1, 2) and done.stderr, done

        deleted = fika.fika('delete', uid)
        assert deleted['uid'] == uid
        assert fika.fika('agenda', '--from', '2031-01-01', '--days', '40') == []
        fika.fika('undo')
        assert len(fika.fika('agenda', '--from', '2031-01-01', '--days', '40')) == 4


def test_log():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        fika.fika('person', 'add', 'Sam')
        start = local(hours=-2)
        logged = fika.fika('log', '--with', 'Ada', '--with', 'sam', '--kind', 'coffee', '--start',
                           start, '--minutes', '30', '--note', 'New job', '--next', 'the interview')
        keys(logged, ENTRY)
        assert logged['state'] == 'happened' and logged['start'] == start
        assert logged['people'] == ['Ada', 'Sam']
        assert [person['last_contact'] for person in fika.fika('people')] == [start, start]
        now = fika.fika('log', '--with', 'Ada', '--kind', 'message')
        assert abs((datetime.datetime.now() - datetime.datetime.fromisoformat(now['start']))
                   .total_seconds()) < 120
        refused(fika, 1, 'log', '--with', 'Ada', '--kind', 'call', '--start', local(days=2))
        refused(fika, 2, 'log', '--with', 'Ada')
        refused(fika, 1, 'log', 'no-such-uid', says=['no-such-uid'])
        done = fika.run('log', '--with', 'Ada', '--kind', 'call', '--minutes', '-1')
        assert done.returncode in (1, 2) and done.stderr, done


def test_log_a_plan():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        plan = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', local(hours=-1))
        logged = fika.fika('log', plan['uid'], '--note', 'Long')
        assert logged['uid'] == plan['uid'] and logged['state'] == 'happened'
        before = len(fika.fika('history'))
        for _ in range(3):
            fika.fika('log', plan['uid'])
        assert len(fika.fika('history')) == before, 'logging again is no news'


def test_log_of_a_series_is_the_one_that_just_was():
    """Without --start it is today's call that one logs, not next week's."""
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        start = datetime.datetime.now() - datetime.timedelta(minutes=70)
        anchor = start - datetime.timedelta(days=14)
        series = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start',
                           anchor.strftime('%Y-%m-%dT%H:%M'), '--repeat', 'FREQ=WEEKLY')
        logged = fika.fika('log', series['uid'])
        assert logged['start'] == start.strftime('%Y-%m-%dT%H:%M'), logged
        assert logged['state'] == 'happened' and logged['series'] == series['uid']
        assert fika.fika('people')[0]['last_contact'] == start.strftime('%Y-%m-%dT%H:%M')

        # Then there is only next week's.
        entries = fika.fika('agenda', '--days', '8')
        assert [entry['state'] for entry in entries
                if entry['start'] > local()] == ['planned'], entries


def test_after_the_last_time():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        series = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', local(hours=-1),
                           '--after-days', '10')
        assert series['repeat'] == 'after 10 days', series
        fika.fika('log', series['uid'], '--start', series['start'])
        entries = [entry for entry in fika.fika('agenda', '--days', '30')
                   if entry['state'] == 'planned']
        due = datetime.datetime.fromisoformat(series['start']) + datetime.timedelta(days=10)
        assert [entry['start'] for entry in entries] == [due.strftime('%Y-%m-%dT%H:%M')], entries


# Groups

def test_groups():
    with desk() as fika:
        added = fika.fika('group', 'add', 'Kör i Skåne', '--type', 'club', '--stage', 'asked')
        assert added['name'] == 'Kör i Skåne' and added['type'] == 'club' and added['stage'] == 'asked'
        group, = fika.fika('groups')
        assert group['uid'] == added['uid']
        start = local(hours=-3)
        visit = fika.fika('visit', 'kor i skane', '--start', start, '--minutes', '90', '--again', 'yes',
                          '--note', 'Warm')
        assert visit['state'] == 'happened' and visit['start'] == start
        assert visit['group'] == 'Kör i Skåne' and visit['kind'] == 'session'
        fika.fika('visit', 'Kör')
        assert fika.fika('groups')[0]['visits'] == 2
        refused(fika, 1, 'visit', 'Nothing of that name', says=['Nothing of that name'])
        for words in (['group', 'add', 'B', '--type', 'gang'], ['group', 'add', 'B', '--stage', 'gone'],
                      ['visit', 'Kör', '--again', 'perhaps'], ['group', 'add', '']):
            done = fika.run(*words)
            assert done.returncode in (1, 2) and done.stderr and not done.stdout, (words, done)
        assert len(fika.fika('groups')) == 1


def test_a_visit_is_the_session_that_was_planned():
    with desk() as fika:
        fika.fika('group', 'add', 'Choir')
        start = local(hours=-1)
        plan = fika.fika('plan', '--kind', 'session', '--group', 'Choir', '--start', start)
        visit = fika.fika('visit', 'choir', '--again', 'maybe')
        assert visit['uid'] == plan['uid'] and visit['state'] == 'happened'


# Reminders

def test_reminders():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada', '--phone', '+49 30 901820')
        fika.fika('person', 'add', 'Sam')
        start = (datetime.datetime.now() + datetime.timedelta(days=2)).replace(hour=17, minute=0)
        text = start.strftime('%Y-%m-%dT%H:%M')
        fika.fika('log', '--with', 'Ada', '--kind', 'call', '--start', local(days=-12), '--note',
                  'Her new flat')
        call = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', text, '--remind', '0',
                         '--remind', '60')
        fika.fika('plan', '--kind', 'coffee', '--with', 'Sam', '--start', text, '--remind', '5')
        reminders = fika.fika('reminders')
        keys(reminders, REMINDER)
        due = [(start - datetime.timedelta(minutes=lead)).strftime('%Y-%m-%dT%H:%M')
               for lead in (60, 5, 0)]
        assert [reminder['due'] for reminder in reminders] == due, reminders
        first = reminders[0]
        assert first['uid'] == call['uid']
        assert first['title'].startswith('Call with Ada'), first
        assert 'Her new flat' in first['body'], first
        assert first['actions'] == ['call', 'log', 'snooze']
        assert reminders[1]['actions'] == ['log', 'snooze']
        utc = datetime.datetime.fromisoformat(due[0]).astimezone(datetime.timezone.utc)
        assert first['utc'].startswith(utc.strftime('%Y-%m-%dT%H:%M')) and first['utc'].endswith('Z')
        assert len(fika.fika('reminders', '--limit', '1')) == 1
        assert len(fika.fika('reminders', '--from', due[1])) == 2
        assert fika.fika('reminders', '--from', local(days=9)) == []
        refused(fika, 2, 'reminders', '--limit', '0')
        assert fika.fika('reminders', '--history') == []
        done = fika.run('reminders', '--from', 'noon')
        assert done.returncode in (1, 2) and done.stderr, done


def test_default_reminder():
    """Ten minutes before, where nothing else is preferred."""
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00')
        assert [reminder['due'] for reminder in fika.fika('reminders')] == ['2031-07-01T09:50']
        # A loose window is told of when it opens, and in its last third.
        fika.fika('plan', '--kind', 'walk', '--with', 'Ada', '--start', '2031-06-01T00:00',
                  '--window', 'afternoon')
        assert [reminder['due'] for reminder in fika.fika('reminders')] == [
            '2031-06-01T12:00', '2031-06-01T15:20', '2031-07-01T09:50']


# In and out

CARDS = '''BEGIN:VCARD
VERSION:3.0
UID:one
FN:Ada Lovelace
TEL;TYPE=HOME:+44 20 7946 0000
END:VCARD
BEGIN:VCARD
VERSION:3.0
NOTE:nobody
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:two
FN:Sam
EMAIL:sam@example.org
END:VCARD
'''


def test_import():
    with desk() as fika:
        file = fika.path('cards.vcf')
        with open(file, 'w', encoding='utf-8') as cards:
            cards.write(CARDS)
        preview = fika.fika('import', file, '--preview')
        keys(preview, COUNTS)
        assert preview['new'] == 2 and preview['updated'] == 0, preview
        skipped, = preview['skipped']
        assert set(skipped) == {'line', 'reason'} and skipped['line'] == 7, skipped
        assert fika.fika('people') == []

        done = fika.fika('import', file)
        assert done['new'] == 2
        assert [person['name'] for person in fika.fika('people')] == ['Ada Lovelace', 'Sam']
        again = fika.fika('import', file)
        assert (again['new'], again['unchanged']) == (0, 2), again
        fika.fika('undo')
        assert fika.fika('people') == []

        refused(fika, 1, 'import', fika.path('nothing.vcf'))
        with open(fika.path('noise'), 'wb') as noise:
            noise.write(bytes(range(256)) * 100)
        refused(fika, 1, 'import', fika.path('noise'))


def test_export():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada', '--phone', '+44 20 7946 0000')
        fika.fika('group', 'add', 'Choir')
        fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00')
        whole = json.loads(fika.run('export').stdout)
        assert whole['people'] and whole['groups'] and whole['catchups'], list(whole)
        people = json.loads(fika.run('export', '--people').stdout)
        assert people['people'] and 'groups' not in people and 'catchups' not in people
        groups = json.loads(fika.run('export', '--groups').stdout)
        assert groups['groups'] and 'people' not in groups
        plans = json.loads(fika.run('export', '--plans').stdout)
        assert plans['catchups'] and 'people' not in plans

        file = fika.path('cards.vcf')
        done = fika.run('export', '--format', 'vcard', file)
        assert done.returncode == 0, done
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
        with open(file, encoding='utf-8', newline='') as cards:
            text = cards.read()
        assert 'BEGIN:VCARD' in text and 'FN:Ada' in text, text
        assert fika.run('export', '--format', 'vcard').stdout == text.replace('\r\n', '\n') or \
            fika.run('export', '--format', 'vcard').stdout.replace('\r\n', '\n') == \
            text.replace('\r\n', '\n')
        again = fika.fika('import', file)
        assert again['new'] == 0 and again['unchanged'] == 1, again

        for name in ('ical', 'csv'):
            refused(fika, 1, 'export', '--format', name, says=[name])
        done = fika.run('export', '--format', 'pdf')
        assert done.returncode in (1, 2) and 'json' in done.stderr and 'vcard' in done.stderr, done
        refused(fika, 1, 'export', fika.path('no', 'such', 'folder', 'file.json'))


def test_json_comes_back():
    with desk() as here, desk() as there:
        here.fika('person', 'add', 'Ada', '--phone', '+44 20 7946 0000', '--circle', 'close')
        here.fika('person', 'add', 'Jürgen', '--birthday', '--04-12')
        file = here.path('all.json')
        assert here.run('export', file).returncode == 0
        assert there.fika('import', file)['new'] == 2
        assert [person['name'] for person in there.fika('people')] == ['Ada', 'Jürgen']
        assert here.fika('people') == there.fika('people')


def test_068_export_leaves_the_old_file():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        folder = fika.path('locked')
        os.mkdir(folder)
        file = os.path.join(folder, 'all.json')
        with open(file, 'w', encoding='utf-8') as old:
            old.write('old')
        os.mkdir(os.path.join(folder, 'taken'))
        refused(fika, 1, 'export', os.path.join(folder, 'taken'))
        with open(file, encoding='utf-8') as old:
            assert old.read() == 'old'


# History, backup, check

def test_undo_redo_history():
    with desk() as fika:
        refused(fika, 1, 'undo')
        refused(fika, 1, 'redo')
        for name in ('Ada', 'Sam'):
            fika.fika('person', 'add', name)
        history = fika.fika('history')
        assert len(history) == 2
        for entry in history:
            assert {'label', 'source', 'at', 'undone'} <= set(entry), entry
            assert entry['source'] == 'terminal' and entry['at'].endswith('Z')
        assert 'Sam' in history[0]['label']
        undone = fika.fika('undo')
        keys(undone, {'undone'})
        assert 'Sam' in undone['undone']
        assert [person['name'] for person in fika.fika('people')] == ['Ada']
        assert 'Ada' in fika.fika('undo')['undone']
        assert fika.fika('people') == []
        redone = fika.fika('redo')
        assert 'Ada' in redone['redone'], redone
        fika.fika('redo')
        assert [person['name'] for person in fika.fika('people')] == ['Ada', 'Sam']
        assert len(fika.fika('history', '--limit', '1')) == 1
        refused(fika, 2, 'history', '--limit', '-1')


def test_delete():
    with desk() as fika:
        person = fika.fika('person', 'add', 'Ada')
        group = fika.fika('group', 'add', 'Choir')
        plan = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00')
        assert fika.fika('delete', plan['uid'])['uid'] == plan['uid']
        assert fika.fika('delete', group['uid'])['uid'] == group['uid']
        assert fika.fika('delete', person['uid'])['uid'] == person['uid']
        assert fika.fika('people') == [] and fika.fika('groups') == []
        for _ in range(3):
            fika.fika('undo')
        assert fika.fika('agenda', '--from', '2031-07-01', '--days', '1')[0]['people'] == ['Ada']
        refused(fika, 1, 'delete', 'no-such-uid', says=['no-such-uid'])


def test_backup_and_check():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        fika.fika('group', 'add', 'Choir')
        fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00')
        assert fika.fika('check') == {'ok': True}
        file = fika.path('copy.db')
        backup = fika.fika('backup', file)
        assert backup == {'file': file, 'people': 1, 'catchups': 1, 'groups': 1}, backup
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
        copy = sqlite3.connect(f'file:{file}?mode=ro&immutable=1', uri=True)
        assert copy.execute('PRAGMA integrity_check').fetchall() == [('ok',)]
        assert copy.execute('SELECT name FROM person').fetchall() == [('Ada',)]
        copy.close()
        refused(fika, 1, 'backup', fika.path('no', 'folder', 'copy.db'))
        kept = fika.fika('backup')
        assert os.path.dirname(kept['file']) == fika.path('home'), kept
        assert os.path.exists(kept['file']), kept


def test_damaged_data():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        with open(fika.path('data', 'fika', 'fika.db'), 'r+b') as file:
            file.truncate(os.path.getsize(file.name) // 2)
        for verb in (['check'], ['people'], ['person', 'add', 'Sam']):
            done = fika.run(*verb)
            assert done.returncode == 1 and done.stderr and done.stdout == '', (verb, done)


def test_016_newer_data():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        fika.sql('PRAGMA user_version = 9999')
        done = fika.run('person', 'add', 'Sam')
        assert done.returncode == 1 and done.stdout == '' and done.stderr, done
        assert fika.sql('SELECT count(*) FROM person') == [(1,)]


def test_072_private():
    with desk() as fika:
        done = fika.run('person', 'add', 'Ada', preexec_fn=lambda: os.umask(0))
        assert done.returncode == 0, done
        folder = fika.path('data', 'fika')
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        for name in os.listdir(folder):
            mode = stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode)
            assert mode & 0o077 == 0, (name, oct(mode))


# The service, and output

def test_service_status_without_one():
    with desk() as fika:
        status = fika.fika('service', 'status')
        keys(status, {'running', 'notifications', 'login', 'next'})
        assert status == {'running': False, 'notifications': False, 'login': False, 'next': None}
        done = fika.run('service', 'status')
        assert done.returncode == 0 and done.stdout, done


def test_service_status_with_one():
    with Desk(activatable=False) as fika:
        assert fika.fika('service', 'status')['running'] is False
        fika.fika('person', 'add', 'Ada')
        fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00')
        fika.start_service()
        wait_for('the server', lambda: fika.status().get('server'))
        status = fika.fika('service', 'status')
        assert status['running'] is True and status['notifications'] is True, status
        assert status['next'], status
        words = fika.run('service', 'status').stdout.splitlines()
        assert words[3] == f"The next reminder comes at {status['next']}.", words


def test_service_status_starts_nothing():
    with Desk() as fika:
        assert fika.fika('service', 'status')['running'] is False
        assert fika.owner(SERVICE_NAME) is None


def test_login():
    with desk() as fika:
        folder = fika.path('config', 'autostart')
        os.makedirs(folder)
        entry = os.path.join(folder, 'org.fikaplanner.Fika.Service.desktop')
        start = '[Desktop Entry]\nType=Application\nName=Fika\nExec='
        for content, login in ((f'{start}true\n', True),
                               (f'{start}true\nHidden=true\n', False),
                               (f'{start}true\nX-GNOME-Autostart-enabled=false\n', False),
                               (f'{start}/no/such/fika-service\n', False)):
            with open(entry, 'w', encoding='utf-8') as file:
                file.write(content)
            assert fika.fika('service', 'status')['login'] is login, content


def test_a_bus_that_is_gone():
    """A bus that nobody answers on keeps no write from being done."""
    with desk() as fika:
        env = {**fika.env, 'DBUS_SESSION_BUS_ADDRESS': 'unix:path=' + fika.path('gone')}
        begun = time.monotonic()
        done = fika.run('person', 'add', 'Ada', env=env)
        assert done.returncode == 0 and done.stderr == '', done
        assert time.monotonic() - begun < 10


def test_output_that_goes_nowhere():
    with desk() as fika:
        fika.fika('person', 'add', 'Ada')
        with open('/dev/full', 'w', encoding='utf-8') as full:
            for words in (['people'], ['people', '--json'], ['export'], ['--help']):
                done = subprocess.run([FIKA, *words], env=fika.env, stdout=full,
                                      stderr=subprocess.PIPE, text=True, check=False, timeout=60)
                assert done.returncode == 1 and done.stderr, (words, done)


def test_plain_words_for_people():
    """Without --json: short, aligned, and no control characters of anybody's name."""
    with desk() as fika:
        fika.fika('person', 'add', 'Ada Lovelace')
        fika.fika('person', 'add', '李小龍')
        for words in (['people'], ['groups'], ['agenda'], ['reminders'], ['history'], ['check'],
                      ['service', 'status'], ['undo'], ['redo']):
            done = fika.run(*words)
            assert done.returncode == 0 and done.stdout.endswith('\n'), (words, done)
            assert '\x1b' not in done.stdout
            for line in done.stdout.splitlines():
                assert line == line.rstrip(), (words, line)


def test_039_writes_poke_the_service():
    with Desk() as fika:
        fika.fika('people')
        assert fika.owner(SERVICE_NAME) is None, 'reading starts nothing'
        fika.fika('person', 'add', 'Ada')
        wait_for('the service', lambda: fika.owner(SERVICE_NAME))
        plan = fika.fika('plan', '--kind', 'call', '--with', 'Ada', '--start', '2031-07-01T10:00')
        due = int(datetime.datetime(2031, 7, 1, 9, 50).timestamp())
        wait_for('it to know', lambda: fika.status().get('next') == due)
        fika.fika('delete', plan['uid'])
        wait_for('it to know', lambda: 'next' not in fika.status())


run([value for name, value in sorted(globals().items()) if name.startswith('test_')])
