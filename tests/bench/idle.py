#!/usr/bin/python3
"""What fika-service costs while it waits: ten thousand plans, and nothing due.

    idle.py [--plans N] [--people N] [--seconds N] [--settle N] [--tap]

The real service on a private bus, with the data that fika-make-data makes. Prints one line of JSON:
    wakes           how often any of its threads ran (/proc/PID/task/*/status: context switches)
    wakes_per_hour  the same for an hour
    pss_kb, rss_kb  memory in the end (smaps_rollup); private_kb what is its own alone, dirty_kb what of
                    that is not a file's
    threads, cpu_ms
With --tap it is a test of the aims below.
"""

import argparse
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ['FIKA_SRCDIR'], 'tests', 'lib'))

from fika_bus import BUILD, Desk, wait_for

MAKE_DATA = os.path.join(BUILD, 'tests', 'bench', 'fika-make-data')


# The aims.
WAKES_PER_HOUR = 1
PSS_KB = 5 * 1024
RSS_KB = 15 * 1024


def switches(pid):
    """Context switches of each thread, wanted or not; a preempted thread ran, too."""
    found = {}
    for thread in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{thread}/status', encoding='ascii') as status:
            found[thread] = sum(int(line.split(':')[1]) for line in status if 'ctxt_switches' in line)
    return found


def between(before, after):
    """How often threads ran; one that came or went ran for that."""
    return (sum(after[thread] - before.get(thread, 0) for thread in after)
            + len(before.keys() - after.keys()))


def memory(pid):
    with open(f'/proc/{pid}/smaps_rollup', encoding='ascii') as rollup:
        found = {line.split(':')[0]: int(line.split()[1]) for line in rollup if line.endswith(' kB\n')}
    return {'pss_kb': found['Pss'], 'rss_kb': found['Rss'],
            'private_kb': found['Private_Clean'] + found['Private_Dirty'],
            'dirty_kb': found['Private_Dirty']}


def cpu_ms(pid):
    with open(f'/proc/{pid}/stat', encoding='ascii') as stat:
        fields = stat.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 // os.sysconf('SC_CLK_TCK')


def measure(plans, people, seconds, settle):
    with Desk(activatable=False) as desk:
        folder = desk.path('data', 'fika')
        os.makedirs(folder, mode=0o700)
        subprocess.run([MAKE_DATA, '--people', str(people), '--catchups', str(10 * people),
                        '--plans', str(plans), folder], env=desk.env, check=True,
                       stdout=subprocess.DEVNULL)
        service = desk.start_service()
        status = wait_for('the server', lambda: (lambda now: now if now['notifications'] else None)(
            desk.status()))
        # Nothing is due while it is measured: what would be is told first, or comes later.
        late = time.time() + seconds + settle + 60
        desk.sql("UPDATE reminder SET due = ? WHERE state = 'pending' AND due < ?",
                 int(late) + 3600, int(late))
        desk.service_call('Poke')
        wait_for('it to know', lambda: desk.status().get('next', late) >= late)
        # The last work of a start is done when no thread has run for a while; GLib's idle ones end
        # after fifteen seconds.
        before, quiet = switches(service.pid), time.monotonic()
        while time.monotonic() - quiet < settle:
            time.sleep(0.25)
            now = switches(service.pid)
            if now != before:
                before, quiet = now, time.monotonic()

        used = cpu_ms(service.pid)
        begun = time.monotonic()
        before = switches(service.pid)
        time.sleep(seconds)  # this is what is measured
        wakes = between(before, switches(service.pid))
        lasted = time.monotonic() - begun
        count = desk.sql("SELECT count(*) FROM reminder WHERE state = 'pending' AND kind = 'plan'")
        return {'plans': plans, 'waiting': count[0][0], 'seconds': round(lasted), 'wakes': wakes,
                'wakes_per_hour': round(wakes * 3600 / lasted, 1), **memory(service.pid),
                'threads': len(os.listdir(f'/proc/{service.pid}/task')),
                'cpu_ms': cpu_ms(service.pid) - used, 'server': status.get('server')}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--plans', type=int, default=10000)
    parser.add_argument('--people', type=int, default=1000)
    parser.add_argument('--seconds', type=int, default=600)
    parser.add_argument('--settle', type=int, default=20)
    parser.add_argument('--tap', action='store_true')
    arguments = vars(parser.parse_args())
    tap = arguments.pop('tap')
    if tap:
        print('1..1', flush=True)
    found = measure(**arguments)
    print(('# figure: idle: ' if tap else '') + json.dumps(found), flush=True)
    if tap:
        right = (found['wakes'] <= max(WAKES_PER_HOUR * found['seconds'] / 3600, 1)
                 and found['pss_kb'] <= PSS_KB and found['rss_kb'] <= RSS_KB)
        print('ok 1 idle' if right else 'not ok 1 idle - an aim is missed')


if __name__ == '__main__':
    main()
