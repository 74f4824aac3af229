#!/usr/bin/python3
"""What goes wrong with reminders elsewhere, by its number in the failure catalogue; each has at least
one test here that is named after it (“/zone/024-gap”, “test_041_portal_denies”)."""

import os
import re
import sys

SOURCE = os.environ['FIKA_SRCDIR']

ROWS = {
    20: 'told late or never after the computer slept',
    21: 'what mends sleep breaks a snooze or a pause',
    22: 'the clock is set, by a server or by another system',
    23: 'the time zone changes while the service runs',
    24: 'a local time that does not exist',
    25: 'a local hour that comes twice',
    26: 'the shift of a gap leaks into the days after it',
    27: 'a series drifts by an hour with summer time',
    28: 'a busy loop at midnight or where the hour changes',
    29: 'the 31st and 29 February vanish',
    30: 'a long wait overflows, and is told now',
    31: 'new rules of time zones are not seen',
    32: 'only what is due today is waited for',
    33: 'years of old reminders at the start',
    34: 'a snooze is lost, or told at once, when the service starts anew',
    35: 'a snooze moves the plan, or is tidied away',
    36: 'what was deleted or changed is told all the same',
    37: 'what came too late is dropped without a word',
    38: 'a reminder is lost at the edge of a span of time',
    39: 'reminders come only while the window is open',
    40: 'starting at login does not work, and nobody says so',
    41: 'a sandbox may not run in the background',
    42: 'two services on two buses',
    43: 'the service ends because it has nothing to do',
    44: 'one reminder ends the service again and again',
    45: 'the service is older or newer than the data',
    46: 'no notification server',
    47: 'a notification server that hangs',
    48: 'what another program was answered is taken for ours',
    49: 'the notification server dies, and what it showed with it',
    50: 'a server that keeps three and lets the others go',
    51: 'a server without buttons',
    52: 'what expired is taken for dismissed',
    53: 'the window takes notifications back or doubles them',
    54: 'markup in names and notes',
    55: 'names on a locked screen',
    56: 'a press that arrives twice',
    57: 'what was told cannot be found again',
}

C_NAME = re.compile(r'\(\s*"((?:/[a-z0-9-]+)*/)?((?:\d{3}-)+)')
PYTHON_NAME = re.compile(r'^def test_((?:\d{3}_)+)', re.MULTILINE)


def numbers(path):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    if path.endswith('.c'):
        found = [match.group(2) for match in C_NAME.finditer(text)]
    else:
        found = [match.group(1) for match in PYTHON_NAME.finditer(text)]
    return {int(number) for name in found for number in re.findall(r'\d{3}', name)}


def main():
    tested = set()
    for folder, _, names in os.walk(os.path.join(SOURCE, 'tests')):
        for name in names:
            if name.startswith('test-') and name.endswith(('.c', '.py')):
                tested |= numbers(os.path.join(folder, name))
    print(f'1..{len(ROWS)}')
    for number, (row, words) in enumerate(ROWS.items(), 1):
        print(f'{"ok" if row in tested else "not ok"} {number} row {row}: {words}')
    sys.exit(0 if tested >= set(ROWS) else 1)


main()
