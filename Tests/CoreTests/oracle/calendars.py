"""What icalendar and recurring-ical-events read in a calendar: given as an argument from when to when, answered in JSON."""
import json
import sys
from datetime import datetime, timezone

import icalendar
import recurring_ical_events

text = sys.stdin.buffer.read()
since, until = (datetime.fromtimestamp(int(one), timezone.utc) for one in sys.argv[1:3])
calendar = icalendar.Calendar.from_ical(text)


def line(event, name):
    return str(event.get(name, ""))


def read(event):
    start, end = (event[name].dt for name in ("DTSTART", "DTEND"))
    return {
        "uid": line(event, "UID"), "sequence": int(event.get("SEQUENCE", -1)), "status": line(event, "STATUS"),
        "start": int(start.timestamp()), "end": int(end.timestamp()), "wall": start.strftime("%Y-%m-%d %H:%M"),
        "summary": line(event, "SUMMARY"), "location": line(event, "LOCATION"), "description": line(event, "DESCRIPTION"),
        "organizer": line(event, "ORGANIZER"), "attendee": line(event, "ATTENDEE"),
    }


json.dump({
    "method": line(calendar, "METHOD"), "name": line(calendar, "X-WR-CALNAME"),
    "errors": [str(one) for part in calendar.walk() for one in part.errors],
    "events": [read(one) for one in recurring_ical_events.of(calendar).between(since, until)],
    "every": [read(one) for one in calendar.walk("VEVENT")],
}, sys.stdout)
