#!/usr/bin/env python3
"""Says when local times are, by Python's zoneinfo: the first of two, and by the offset before a gap
(PEP 495, fold=0).

    zone-times.py                      answers lines "ZONE<tab>LOCAL" with UTC seconds, one a line
    zone-times.py transitions N SEED   picks N changes of the clock and says around each
                                       "ZONE<tab>CHANGE<tab>LOCAL<tab>UTC": before it, in it, after it
"""

import random
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
NAIVE = datetime(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 2026, 2030


def offset(zone, utc):
    return (EPOCH + timedelta(seconds=utc)).astimezone(zone).utcoffset() // timedelta(seconds=1)


def instant(zone, local):
    return (local.replace(tzinfo=zone, fold=0) - EPOCH) // timedelta(seconds=1)


def changes(zone):
    start = int((datetime(FIRST_YEAR, 1, 2, tzinfo=timezone.utc) - EPOCH).total_seconds())
    end = int((datetime(LAST_YEAR, 12, 28, tzinfo=timezone.utc) - EPOCH).total_seconds())
    step = 12 * 3600
    before = offset(zone, start)
    for low in range(start, end, step):
        if offset(zone, low + step) == before:
            continue
        high = low + step
        while high - low > 1:
            middle = (low + high) // 2
            if offset(zone, middle) == before:
                low = middle
            else:
                high = middle
        yield high
        before = offset(zone, high)


def around(zone, change):
    """Whole minutes: a day to either side, the edges, the middle."""
    before, after = offset(zone, change - 1), offset(zone, change)
    first = NAIVE + timedelta(seconds=change + min(before, after))
    last = NAIVE + timedelta(seconds=change + max(before, after))
    middle = first + (last - first) / 2
    return [time.replace(second=0, microsecond=0) for time in (
        first - timedelta(minutes=1), first, middle, last - timedelta(minutes=1), last,
        middle - timedelta(days=1), middle + timedelta(days=1))]


def names():
    return sorted(name for name in available_timezones()
                  if '/' in name and not name.startswith(('posix/', 'right/', 'Etc/', 'SystemV/')))


def pick(count, seed):
    """Each zone that has any gets its turn before one gets its second."""
    chance = random.Random(seed)
    order = names()
    chance.shuffle(order)
    rounds = []
    for name in order:
        found = list(changes(ZoneInfo(name)))
        chance.shuffle(found)
        for turn, change in enumerate(found):
            rounds.append((turn, len(rounds), name, change))
        if sum(turn == 0 for turn, *_ in rounds) >= count:
            break
    for _turn, _place, name, change in sorted(rounds)[:count]:
        for local in around(ZoneInfo(name), change):
            print(name, change, local.strftime('%Y-%m-%dT%H:%M'), instant(ZoneInfo(name), local),
                  sep='\t')


def main():
    if len(sys.argv) > 1:
        pick(int(sys.argv[2]), int(sys.argv[3]))
        return
    for line in sys.stdin:
        name, local = line.rstrip('\n').split('\t')
        print(instant(ZoneInfo(name), datetime.strptime(local, '%Y-%m-%dT%H:%M')))


try:
    main()
except ZoneInfoNotFoundError:
    sys.exit(77)
