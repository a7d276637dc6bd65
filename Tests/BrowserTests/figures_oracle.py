"""Counts appointments one by one from the tables, in a way of its own: what the pages say must be the same."""
import sqlite3
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def participations(url, organization, first, last):
    """(month, status, origin, how, reason, days waited) of each person in each appointment of an organization, first and last day included."""
    database = sqlite3.connect(f"file:{url.removeprefix('sqlite:')}?mode=ro", uri=True)
    rows = database.execute(
        """
        SELECT appointment.starts_at, participation.status, appointment.origin, appointment.how, reason.name, appointment.created_at
        FROM participation JOIN appointment ON appointment.id = participation.appointment_id
        JOIN organization ON organization.id = appointment.organization_id JOIN reason ON reason.id = appointment.reason_id
        WHERE organization.name = ?
        """,
        (organization,),
    ).fetchall()
    database.close()
    for starts, status, origin, how, reason, created in rows:
        day = datetime.fromtimestamp(starts, PARIS).date()
        if first <= day <= last:
            yield day.strftime("%Y-%m"), status, origin, how, reason, max(0, (starts - created) // 86_400)


class Oracle:
    def __init__(self, url, organization, first, last):
        self.all = list(participations(url, organization, first, last))

    def total(self):
        return len(self.all)

    def statuses(self):
        return Counter(one[1] for one in self.all)

    def by(self, column):
        return Counter(one[column] for one in self.all)

    def missed_share(self):
        statuses = self.statuses()
        return statuses["missed"] / (statuses["missed"] + statuses["attended"])

    def mean_days(self):
        waited = [one[5] for one in self.all if not one[1].startswith("cancelled")]
        return sum(waited) / len(waited)
