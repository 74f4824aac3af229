#!/usr/bin/python3
"""From due to told, by the wall clock: the real service and its real timer, second after second. A
reminder is never early. How late they were is told, beside how late the machine itself is at the same
times: a thread that wakes and has a file written to the disk, as the service's claim is. It is judged only
where all are gone through (-m slow), on a machine that has the time.
"""

import math
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_bus import Desk, figure, run, slow, wait_for
from fika_plans import Plans

SLOW = slow()
COUNT = 200 if SLOW else 5

# Goals of a release, in seconds.
P99, MOST = 0.250, 1.0
# A machine that is later than this has other things to do.
BUSY = 0.050


def percentile(values, part):
    return sorted(values)[max(math.ceil(len(values) * part) - 1, 0)]


class Machine(threading.Thread):
    """How late the machine is at each second."""

    def __init__(self, file, begin):
        super().__init__(daemon=True)
        self.file, self.begin, self.late = file, begin, []

    def run(self):
        with open(self.file, 'wb') as file:
            for second in range(self.begin, self.begin + COUNT):
                time.sleep(max(second - time.time(), 0))
                file.write(b'.' * 4096)
                file.flush()
                os.fsync(file.fileno())
                self.late.append(time.time() - second)


def tell(what, late):
    figure(f'{what}: {len(late)} times, p50 {percentile(late, .5) * 1000:.1f} ms, '
           f'p99 {percentile(late, .99) * 1000:.1f} ms, max {max(late) * 1000:.1f} ms')


def test_020_due_to_notify():
    with Desk(activatable=False) as desk:
        plans = Plans(desk, COUNT)
        desk.start_service()
        wait_for('the server', lambda: desk.status()['notifications'])
        rows = plans.take(COUNT)
        assert rows == list(range(rows[0], rows[0] + COUNT)), rows
        # All are set at once, so that none is due before the service knows.
        begin = int(time.time()) + 3
        due = {f'fika-{row}': begin + number for number, row in enumerate(rows)}
        desk.sql('UPDATE reminder SET (due, snoozed) = (?1 + id - ?2, 1) WHERE id BETWEEN ?2 AND ?3',
                 begin, rows[0], rows[-1])
        desk.poke()
        wait_for('the service to know', lambda: desk.status().get('next', 0) < begin + COUNT)
        known = time.time()
        machine = Machine(desk.path('machine'), max(begin, int(known) + 1))
        machine.start()
        seen = 0
        while seen < COUNT:
            seen = wait_for('the next', lambda: (lambda now: now if now > seen else None)(
                len(desk.told())), patience=60)
            for popup in desk.shown():
                desk.steer('Close', '(uu)', popup['number'], 2)

        told = {}
        for call in desk.told():
            told.setdefault(call[5].get('x-dunst-stack-tag', ''), []).append(call[6])
        assert set(due) <= set(told), sorted(set(due) - set(told))
        assert all(len(told[tag]) == 1 for tag in due), 'told twice'
        late = [told[tag][0] - due[tag] for tag in due if due[tag] > known]
        machine.join()
        tell('due to Notify', late)
        tell('the machine itself', machine.late)
        assert min(late) >= 0, f'{-min(late)} s early'
        if SLOW and percentile(machine.late, .99) <= BUSY:
            assert percentile(late, .99) <= P99, 'p99'
            assert max(late) <= MOST, 'max'


run([test_020_due_to_notify])
