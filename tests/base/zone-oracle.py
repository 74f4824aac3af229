#!/usr/bin/env python3
"""Says what Python's zoneinfo makes of times around changes of the clock.

One line a question, fields divided by tabs:
  civil ZONE LOCAL UTC   the instant of a local time, the first where there are two (PEP 495, fold=0)
  utc ZONE UTC LOCAL OFFSET   the local minute and the offset in seconds at an instant
and at the end "changes N", the number of changes that were looked at.
"""

import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# In each, every change from 2026 to 2030.
ZONES = [
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Chisinau", "Africa/Casablanca",
    "Africa/Cairo", "Asia/Jerusalem", "Asia/Beirut", "Asia/Gaza", "America/New_York",
    "America/Los_Angeles", "America/St_Johns", "America/Havana", "America/Nuuk",
    "America/Santiago", "Pacific/Easter", "Pacific/Auckland", "Pacific/Chatham",
    "Australia/Adelaide", "Australia/Lord_Howe", "Antarctica/Troll", "Atlantic/Azores",
]
# Without any, and beyond the hours that others have.
QUIET = ["UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"]
# Years that no table in the files has any more, and years before there was summer time.
FAR = [(zone, year) for zone in ["Europe/Berlin", "America/New_York", "Australia/Adelaide"]
       for year in [1880, 1945, 1970, 2038, 2039, 2100, 2400, 9990]]
# A day that was left out, one that came twice, offsets with seconds.
ODD = [("Pacific/Apia", 2011), ("America/Juneau", 1867), ("Europe/Amsterdam", 1925),
       ("Africa/Monrovia", 1972), ("Pacific/Kwajalein", 1993)]

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def offset(zone, utc):
    return (EPOCH + timedelta(seconds=utc)).astimezone(zone).utcoffset() // timedelta(seconds=1)


def changes(zone, first_year, last_year):
    start = int((datetime(first_year, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds())
    end = int((datetime(last_year + 1, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds())
    step = 6 * 3600
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


def ask_utc(name, zone, utc):
    seconds = offset(zone, utc)
    local = datetime(1970, 1, 1) + timedelta(seconds=utc + seconds)
    print("utc", name, utc, local.strftime("%Y-%m-%dT%H:%M"), seconds, sep="\t")


def ask_civil(name, zone, local):
    utc = (local.replace(tzinfo=zone, fold=0) - EPOCH) // timedelta(seconds=1)
    print("civil", name, local.strftime("%Y-%m-%dT%H:%M"), utc, sep="\t")


def around(name, zone, utc):
    before, after = offset(zone, utc - 1), offset(zone, utc)
    for seconds in [-86400, -3600, -60, -1, 0, 1, 60, 3600, 86400]:
        ask_utc(name, zone, utc + seconds)

    first = datetime(1970, 1, 1) + timedelta(seconds=utc + min(before, after))
    last = datetime(1970, 1, 1) + timedelta(seconds=utc + max(before, after))
    asked = {first + timedelta(days=days) for days in [-1, 1]}
    for edge in [first, last]:
        asked |= {edge + timedelta(minutes=minutes) for minutes in [-61, -1, 0, 1, 61]}
    inside = first
    while inside < last:
        asked.add(inside)
        inside += timedelta(minutes=30)
    for local in sorted({local.replace(second=0) for local in asked}):
        ask_civil(name, zone, local)


def main():
    n = 0
    spans = [(name, 2026, 2030) for name in ZONES + QUIET]
    spans += [(name, year, year) for name, year in FAR + ODD]
    for name, first_year, last_year in spans:
        zone = ZoneInfo(name)
        for month in range(1, 13):
            ask_civil(name, zone, datetime(first_year, month, 15, 12, 0))
        for utc in changes(zone, first_year, last_year):
            around(name, zone, utc)
            n += 1
    print("changes", n, sep="\t")


try:
    main()
except ZoneInfoNotFoundError:
    sys.exit(77)
