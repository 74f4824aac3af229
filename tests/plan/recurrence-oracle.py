#!/usr/bin/env python3
"""Makes up repeating rules and says what python3-dateutil makes of them.

usage: recurrence-oracle.py COUNT SEED

One line a rule, fields divided by tabs: the rule, the anchor, the start of a span, its end (no longer
in it), and the occurrences in it, divided by blanks. The rules keep off Fika's departures: days of
the month after the 28th, except counted from the end or together with weekdays or positions. Numbered
weeks are Python's own (date.isocalendar), for dateutil 2.8 takes 2022-01-01 for a day of week 53.
"""

import random
import sys
from datetime import date, datetime, timedelta

try:
    from dateutil.rrule import rrulestr
except ImportError:
    sys.exit(77)

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def some(rng, values, most):
    return rng.sample(values, rng.randint(1, min(most, len(values))))


def join(values):
    return ",".join(str(value) for value in values)


def numbered(rng, numbers, most):
    return some(rng, [f"{n}{day}" for n in numbers for day in DAYS], most)


def daily(rng):
    parts = [f"INTERVAL={rng.choice([1, 1, 2, 3, 5, 7, 10, 30, 100])}"]
    if rng.random() < 0.3:
        parts.append("BYMONTH=" + join(some(rng, range(1, 13), 4)))
    if rng.random() < 0.3:
        parts.append("BYDAY=" + join(some(rng, DAYS, 5)))
    if rng.random() < 0.2:
        parts.append("BYMONTHDAY=" + join(some(rng, [*range(1, 32), *range(-31, 0)], 6)))
    return parts


def weekly(rng):
    parts = [f"INTERVAL={rng.choice([1, 1, 1, 2, 2, 3, 4, 6, 13, 52])}"]
    months = rng.random() < 0.2
    if months:
        parts.append("BYMONTH=" + join(some(rng, range(1, 13), 4)))
    if rng.random() < 0.7:
        days = some(rng, DAYS, 7)
        parts.append("BYDAY=" + join(days))
        if not months and rng.random() < 0.2:
            # From the end: dateutil counts forward from the anchor, in the first week.
            parts.append(f"BYSETPOS={-rng.randint(1, len(days))}")
    return parts


def month_days(rng):
    return join(some(rng, [*range(1, 29), *range(-31, 0)], 4))


def monthly(rng):
    parts = [f"INTERVAL={rng.choice([1, 1, 1, 2, 3, 4, 6, 5, 12, 18])}"]
    if rng.random() < 0.25:
        parts.append("BYMONTH=" + join(some(rng, range(1, 13), 6)))
    kind = rng.randrange(6)
    if kind == 1:
        parts.append("BYMONTHDAY=" + month_days(rng))
    elif kind == 2:
        parts.append("BYDAY=" + join(numbered(rng, [1, 2, 3, 4, 5, -1, -2, -5], 3)))
    elif kind == 3:
        parts.append("BYDAY=" + join(some(rng, DAYS, 3)))
    elif kind == 4:
        parts.append("BYDAY=" + join(some(rng, DAYS, 7)))
        parts.append("BYSETPOS=" + join(some(rng, [1, 2, 3, 4, -1, -2, -3], 2)))
    elif kind == 5:
        parts.append("BYDAY=" + join(some(rng, DAYS, 2)))
        parts.append("BYMONTHDAY=" + join(some(rng, [*range(1, 32), *range(-7, 0)], 8)))
    return parts


def yearly(rng):
    parts = [f"INTERVAL={rng.choice([1, 1, 1, 2, 3, 4, 5, 10])}"]
    kind = rng.randrange(10)
    months = "BYMONTH=" + join(some(rng, range(1, 13), 3))
    if kind == 1:
        parts += [months]
    elif kind == 2:
        parts += [months, "BYMONTHDAY=" + month_days(rng)]
    elif kind == 3:
        parts += [months, "BYDAY=" + join(numbered(rng, [1, 2, 3, 4, 5, -1, -2], 3))]
    elif kind == 4:
        parts += ["BYDAY=" + join(numbered(rng, [1, 2, 10, 20, 52, 53, -1, -10], 3))]
    elif kind == 5:
        parts += [months, "BYDAY=" + join(some(rng, DAYS, 3))]
        if rng.random() < 0.5:
            parts += ["BYSETPOS=" + join(some(rng, [1, 2, 5, -1, -3], 2))]
    elif kind == 6:
        parts += ["BYYEARDAY=" + join(some(rng, [1, 59, 60, 61, 100, 200, 365, 366, -1, -60, -306,
                                                 -307, -365, -366], 3))]
    elif kind == 7:
        parts[0] = "INTERVAL=1"
        parts += ["BYWEEKNO=" + join(some(rng, [1, 2, 20, 26, 51, 52, 53, -1, -2], 3)),
                  "BYDAY=" + join(some(rng, DAYS, 3))]
    elif kind == 8:
        parts += ["BYDAY=" + join(some(rng, DAYS, 2)),
                  "BYMONTHDAY=" + join(some(rng, [*range(1, 32), *range(-7, 0)], 5))]
    elif kind == 9:
        parts += ["BYMONTHDAY=" + month_days(rng)]
    return parts


def exists(parts):
    """Whether one of the days of the month exists in one of the months: Fika refuses the others."""
    values = dict(part.split("=") for part in parts)
    if "BYMONTHDAY" not in values:
        return True
    lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    months = [int(month) for month in values.get("BYMONTH", join(range(1, 13))).split(",")]
    days = [abs(int(day)) for day in values["BYMONTHDAY"].split(",")]
    return min(days) <= max(lengths[month - 1] for month in months)


def in_weeks(rule, anchor):
    """The instances of a rule with BYWEEKNO and BYDAY."""
    values = dict(part.split("=") for part in rule.split(";"))
    numbers = [int(number) for number in values["BYWEEKNO"].split(",")]
    left = int(values.get("COUNT", 10**6))
    until = datetime.strptime(values.get("UNTIL", "20991231T235900"), "%Y%m%dT%H%M%S")
    when = anchor
    while when <= until and left > 0:
        year, number, weekday = when.isocalendar()
        weeks = date(year, 12, 28).isocalendar()[1]
        if (number in numbers or number - weeks - 1 in numbers) and \
                DAYS[weekday - 1] in values["BYDAY"].split(","):
            yield when
            left -= 1
        when += timedelta(days=1)


def one(rng):
    kind = rng.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"])
    make = {"DAILY": daily, "WEEKLY": weekly, "MONTHLY": monthly, "YEARLY": yearly}[kind]
    parts = make(rng)
    while not exists(parts):
        parts = make(rng)
    numbered_weeks = any(part.startswith("BYWEEKNO") for part in parts)
    if not numbered_weeks and rng.random() < 0.25:
        parts.append("WKST=" + rng.choice(DAYS))

    first = date(rng.choice([1999, 2000, 2019, 2023, 2024, 2025, 2026]), rng.randint(1, 12), 1)
    anchor = datetime(first.year, first.month, rng.randint(1, 28), rng.randint(0, 23),
                      rng.choice([0, 15, 30, 59]))
    end = rng.random()
    if end < 0.2:
        parts.append(f"COUNT={rng.choice([1, 2, 5, 10, 50, 200])}")
    elif end < 0.4:
        until = anchor + timedelta(days=rng.choice([0, 10, 100, 1000, 5000]))
        if rng.random() < 0.5:
            parts.append(f"UNTIL={until:%Y%m%dT%H%M%S}")
        else:
            # To dateutil a day ends at its first minute; to the standard, with its last.
            parts.append(f"UNTIL={until:%Y%m%d}T235900")
    rng.shuffle(parts)
    rule = f"FREQ={kind};" + ";".join(parts)

    start = anchor + timedelta(days=rng.choice([-400, 0, 0, 0, 0, 1, 30, 365, 2500, 9000]),
                               minutes=rng.choice([-1, 0, 1]))
    until = start + timedelta(days=rng.choice([1, 31, 366, 1500, 4000, 4000]))

    expected = []
    instances = in_weeks(rule, anchor) if numbered_weeks else rrulestr(rule, dtstart=anchor)
    for instance in instances:
        if instance < start:
            continue
        if instance >= until or len(expected) >= 60:
            break
        expected.append(instance)
    if len(expected) >= 60:
        until = expected[-1]
        expected.pop()

    form = "%Y-%m-%dT%H:%M"
    return "\t".join([rule, anchor.strftime(form), start.strftime(form), until.strftime(form),
                      " ".join(instance.strftime(form) for instance in expected)])


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    for _ in range(count):
        print(one(rng))


main()
