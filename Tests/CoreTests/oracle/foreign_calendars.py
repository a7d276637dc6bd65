"""Random calendars of other programs, and the hours that recurring-ical-events says are taken in each: a seed, how many, from, to."""
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

PARIS = ZoneInfo("Europe/Paris")
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
STEPS = {"DAILY": 1, "WEEKLY": 7}
# As Outlook writes it: the name is known to nobody else.
ZONE = """BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE""".split("\n")


def when(name, moment, kind):
    if kind == "date":
        return f"{name};VALUE=DATE:{moment:%Y%m%d}"
    zone = f";TZID={kind}" if kind not in ("utc", "floating") else ""
    return f"{name}{zone}:{moment:%Y%m%dT%H%M%S}{'Z' if kind == 'utc' else ''}"


def rule(dice, start, kind):
    every = dice.choice([1, 1, 2, 3])
    frequency = dice.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY"])
    text = f"FREQ={frequency};INTERVAL={every}"
    if frequency == "WEEKLY" and dice.random() < 0.6:
        text += ";BYDAY=" + ",".join(DAYS[day] for day in sorted({start.weekday(), *dice.sample(range(7), 2)}))
    if frequency == "MONTHLY" and dice.random() < 0.6:
        text += f";BYDAY={(start.day - 1) // 7 + 1}{DAYS[start.weekday()]}"
    if (end := dice.random()) < 0.3:
        text += f";COUNT={dice.randint(1, 40)}"
    elif end < 0.6:
        last = start + timedelta(days=dice.randint(1, 300))
        text += f";UNTIL={last:%Y%m%d}" if kind == "date" else f";UNTIL={last:%Y%m%dT%H%M%S}{'' if kind == 'floating' else 'Z'}"
    return text, STEPS.get(frequency), every


def event(dice):
    kind = dice.choice(["date", "utc", "floating", "Europe/Paris", "Romance Standard Time", "America/New_York"])
    start = datetime(2026, dice.choice([1, 6, 9, 10, 11]), dice.randint(1, 28), dice.choice([0, 8, 9, 14, 23]), dice.choice([0, 30]))
    length = timedelta(days=dice.randint(1, 2)) if kind == "date" else timedelta(minutes=dice.choice([30, 45, 90, 600]))
    lines = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", when("DTSTART", start, kind)]
    if kind != "date" and dice.random() < 0.3:
        lines.append(f"DURATION:PT{int(length.total_seconds()) // 60}M")
    else:
        lines.append(when("DTEND", start + length, kind))
    moved = []
    if dice.random() < 0.8:
        text, step, every = rule(dice, start, kind)
        lines.append("RRULE:" + text)
        if dice.random() < 0.6:
            lines.append(when("EXDATE", start + timedelta(days=(step or 0) * dice.randint(0, 6)), kind))
        if step and dice.random() < 0.4:
            day = start + timedelta(days=step * every * dice.randint(1, 5))
            moved = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", when("RECURRENCE-ID", day, kind)]
            moved += [when("DTSTART", day + timedelta(hours=3), kind), when("DTEND", day + timedelta(hours=3) + length, kind), "END:VEVENT"]
    return lines + ["END:VEVENT"] + moved


def instant(moment):
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).timestamp())


def taken(text, since, until):
    """Disjoint, in order, cut to the window."""
    around = [datetime.fromtimestamp(since, timezone.utc) - timedelta(days=3), datetime.fromtimestamp(until, timezone.utc) + timedelta(days=3)]
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(*around)
    hours = sorted((max(instant(one["DTSTART"].dt), since), min(instant(one["DTEND"].dt), until)) for one in found)
    union = []
    for start, end in hours:
        if start >= end:
            continue
        if union and start <= union[-1][1]:
            union[-1][1] = max(union[-1][1], end)
        else:
            union.append([start, end])
    return union


seed, count, since, until = map(int, sys.argv[1:])
trials = []
for number in range(count):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:essai", *ZONE, *event(random.Random(seed + number)), "END:VCALENDAR", ""]
    text = "\r\n".join(lines)
    trials.append({"text": text, "taken": taken(text, since, until)})
json.dump(trials, sys.stdout)
