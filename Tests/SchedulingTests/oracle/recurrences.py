"""Expands rules with python-dateutil: JSON on standard input, JSON on standard output.

A rule in: {zone, first, kind, every, weekdays, nth, until, times, minutes: [from, to], exceptions: {date: {kind, to, minutes}},
dates: [from, before], window: [from, before]}. Out, for each: {dates: [...], ranges: [[start, end], ...]} in seconds since 1970.
"""

import json
import sys
from datetime import date, datetime, timedelta, timezone

from dateutil import rrule, tz

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
REACH = timedelta(days=60)


def midnight(text):
    return datetime.combine(date.fromisoformat(text), datetime.min.time())


def pattern(rule):
    first = midnight(rule["first"])
    if rule["kind"] == "once":
        return rrule.rrule(rrule.DAILY, dtstart=first, count=1)
    options = {"dtstart": first, "interval": rule["every"], "wkst": rrule.MO}
    if rule.get("until"):
        options["until"] = midnight(rule["until"])
    if rule.get("times"):
        options["count"] = rule["times"]
    if rule["kind"] == "daily":
        return rrule.rrule(rrule.DAILY, **options)
    days = [rrule.weekday(day - 1) for day in rule["weekdays"]]
    if rule["kind"] == "weekly":
        return rrule.rrule(rrule.WEEKLY, byweekday=days, **options)
    return rrule.rrule(rrule.MONTHLY, byweekday=[day(rule["nth"]) for day in days], **options)


def seconds(zone, day, minute):
    """dateutil's own answers for the times that clocks skip (moved forward by the gap) and show twice (the first)."""
    moment = tz.resolve_imaginary((day + timedelta(minutes=minute)).replace(tzinfo=zone, fold=0))
    return int((moment.astimezone(timezone.utc) - EPOCH).total_seconds())


def occurrences(rule, lower, upper):
    """Pairs of a day and its minutes."""
    days = pattern(rule)
    exceptions = rule["exceptions"]
    for day in days.between(lower - REACH, upper + REACH, inc=True):
        exception = exceptions.get(day.date().isoformat())
        if exception is None or exception["kind"] == "added":
            yield day, rule["minutes"]
        elif exception["kind"] == "cut":
            yield day, exception["minutes"]
    for text, exception in exceptions.items():
        day = midnight(text)
        if exception["kind"] == "added":
            yield day, exception["minutes"]
        if exception["kind"] == "moved" and days.between(day, day, inc=True):
            yield midnight(exception["to"]), exception["minutes"]


def expand(rule):
    zone = tz.gettz(rule["zone"])
    lower, upper = (midnight(text) for text in rule["dates"])
    found = list(occurrences(rule, lower, upper))
    dates = sorted({day.date().isoformat() for day, _ in found if lower <= day < upper})
    ranges = [[seconds(zone, day, minutes[0]), seconds(zone, day, minutes[1])] for day, minutes in found]
    start, end = rule["window"]
    return {"dates": dates, "ranges": sorted(r for r in ranges if r[0] < r[1] and r[0] < end and r[1] > start)}


json.dump([expand(rule) for rule in json.load(sys.stdin)], sys.stdout)
