"""A program that acts for whoever is signed in on a page, through the API: for what a test needs to be there."""
from datetime import datetime, timedelta, timezone

import pages


class Program:
    def __init__(self, page):
        self.page, self.token = page, pages.create_token(page)
        self.me = self.get("/me")
        self.house = self.me["memberships"][0]["organization"]

    def ask(self, method, path, data=None):
        answer = self.page.request.fetch(
            f"/api/v1{path}", method=method, data=data,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.status != 204 else None

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, data):
        return self.ask("POST", path, data)

    def agents(self):
        found, mark = [], ""
        while mark is not None:
            page = self.get(f"/agents?limit=100{mark and '&cursor=' + mark}")
            found, mark = found + page["items"], page.get("next")
        return found

    def reason(self, how="phone", **fields):
        """The first of this kind that is bookable here."""
        for one in self.get("/reasons?limit=100")["items"]:
            if one["how"] == how and all(one.get(name) == value for name, value in fields.items()):
                return one
        raise AssertionError(f"the demo has no reason {how} {fields}")

    def person(self, given, family, **fields):
        return self.post("/people", {
            "first_name": given, "last_name": family, "organization": self.house, "informed": True, "create_anyway": True} | fields)

    def book(self, person, start, minutes=15, agent=None, reason=None, **fields):
        reason = reason or self.reason()
        return self.post("/appointments", {
            "reason": reason["id"], "agent": agent or self.me["id"], "people": [person["id"]], "organization": self.house,
            "starts_at": utc(start), "minutes": minutes, "again": True} | fields)


def utc(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def at(hour, minute=0, days=0):
    """An hour of today, or of another day, where the territory is."""
    day = datetime.now(pages.PARIS).date() + timedelta(days=days)
    return datetime.combine(day, datetime.min.time(), pages.PARIS).replace(hour=hour, minute=minute)


def now(minutes=0):
    """So many minutes from now, on a multiple of five."""
    moment = datetime.now(pages.PARIS) + timedelta(minutes=minutes)
    return moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0)
