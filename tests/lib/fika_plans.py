"""Many plans to be reminded of, and what became of their reminders: for tests that count."""

import json
import os
import sys
import time
import uuid

from gi.repository import GLib

from fika_bus import SERVICE_NAME, SOURCE, wait_for

ADA = ('person', 'add', 'Ada Lovelace', '--phone', '+49 30 901820')


class Plans:
    """Calls with Ada tomorrow; each has one reminder, in an hour unless it is told to come sooner. They
    are known by the number of the reminder's row."""

    def __init__(self, desk, count):
        self.desk = desk
        desk.fika(*ADA)
        desk.plan_due_in(3600, '--with', 'Ada')
        document = desk.fika('export')
        model, = document['catchups']
        document['catchups'] = [{**model, 'uid': str(uuid.uuid4()), 'own_title': f'Call {number}'}
                                for number in range(1, count)] + [model]
        file = desk.path('plans.json')
        with open(file, 'w', encoding='utf-8') as stream:
            json.dump(document, stream)
        desk.fika('import', file)
        # Being asked whether it happened is another matter.
        desk.sql("DELETE FROM reminder WHERE kind <> 'plan'")
        desk.sql("UPDATE reminder SET due = ?", int(time.time()) + 3600 * 12)
        self.unused = [row for row, in desk.sql('SELECT id FROM reminder ORDER BY id')]
        assert len(self.unused) == count, len(self.unused)

    def take(self, count=1):
        taken, self.unused = self.unused[:count], self.unused[count:]
        assert len(taken) == count, 'out of plans'
        return taken

    def due(self, rows, seconds=0):
        """Has reminders come so many seconds from now, as if they had been snoozed until then: whatever
        is done about Ada meanwhile, they do."""
        marks = ', '.join('?' * len(rows))
        self.desk.sql(f"UPDATE reminder SET (due, snoozed) = (?, 1) WHERE state = 'pending' AND id IN ({marks})",
                      int(time.time()) + seconds, *rows)

    def title(self, row):
        return self.desk.sql('SELECT title FROM catchup WHERE id = (SELECT catchup FROM reminder WHERE'
                             ' id = ?)', row)[0][0]

    def states(self, rows):
        marks = ', '.join('?' * len(rows))
        found = dict(self.desk.sql(f'SELECT id, state FROM reminder WHERE id IN ({marks})', *rows))
        return [found.get(row) for row in rows]

    def await_states(self, rows, *states):
        wait_for(f'{rows} to be {states}',
                 lambda: all(state in states for state in self.states(rows)))

    def on_screen(self, rows):
        """What the server of now shows of them: a dictionary of Desk.shown by row."""
        try:
            shown = {tag_of(popup): popup for popup in self.desk.shown()}
        except GLib.Error:
            return {}  # there is none
        return {row: shown[f'fika-{row}'] for row in rows if f'fika-{row}' in shown}

    def await_screen(self, rows):
        """Until each is on the screen, by the service of now, and noted as told."""
        def all_there():
            now, service = self.on_screen(rows), self.desk.owner(SERVICE_NAME)
            senders = {popup['hints'].get('sender-pid') for popup in now.values()}
            return now if len(now) == len(rows) and senders <= {service} else None

        shown = wait_for(f'{rows} on the screen', all_there)
        self.await_states(rows, 'shown')
        return shown

    def log(self, rows, gone=None):
        """Presses Log on each, or where there are no buttons takes them away; gone says when they have
        left the screen."""
        for row, popup in self.await_screen(rows).items():
            if 'log' in popup['keys']:
                self.desk.press(popup, 'log')
            else:
                self.desk.steer('Close', '(uu)', popup['number'], 2)
            self.await_states([row], 'done', 'dismissed')
        wait_for('them to leave the screen', gone or (lambda: not self.on_screen(rows)))


def tag_of(popup):
    return popup['hints'].get('x-dunst-stack-tag', '')


def doubled(journal, acted=None):
    """What a server's journal shows as told twice: while another that tells the same was on the screen,
    or after it was acted on. acted has the length of the journal then, by tag."""
    acted = acted or {}
    return [entry for number, entry in enumerate(journal) if entry['what'] == 'made' and (
        entry['twin'] or number >= acted.get(entry['tag'], len(journal)))]


def stand_in_window(desk):
    """Has what would open the window noted instead; the function answers what was asked so far."""
    asked = desk.path('asked')
    script = os.path.join(SOURCE, 'tests', 'service', 'stand-in-window.py')
    desk.activate_by('org.fikaplanner.Fika', f'{sys.executable} {script} {asked}')
    desk.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ReloadConfig')

    def lines():
        if not os.path.exists(asked):
            return []
        with open(asked, encoding='utf-8') as file:
            return [json.loads(line) for line in file]

    return lines
