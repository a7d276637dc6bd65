"""A day that changes: someone is ill, a house closes, one day of an opening is cut."""
import re
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

import pages
import screen
from pages import plain


def api(page, token, method, path, data=None):
    answer = page.request.fetch(
        f"/api/v1{path}", method=method, data=data,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json() if answer.status != 204 else None


def tonight(day):
    """The last half hour of today: it is still to come whenever the tests run, but for a few minutes."""
    return datetime.combine(day, datetime.min.time(), pages.PARIS).replace(hour=23, minute=0)


@pytest.fixture
def ill(desk, server):
    """A worker with two appointments tonight: with someone who has a mobile, and someone who has a landline."""
    now = datetime.now(pages.PARIS)
    if now.hour >= 22:
        pytest.skip("nothing of today is left")
    worker = desk.page_as(server, "worker")
    token = pages.create_token(worker)
    me = api(worker, token, "GET", "/me")
    return worker, token, me


def book(worker, token, me, minute, given, family, phone):
    organization = me["memberships"][0]["organization"] if "memberships" in me else None
    reason = next(one for one in api(worker, token, "GET", "/reasons")["items"] if one["how"] == "phone")
    house = organization or api(worker, token, "GET", f"/memberships?agent={me['id']}")["items"][0]["organization"]
    person = api(worker, token, "POST", "/people", {
        "first_name": given, "last_name": family, "organization": house, "phones": [{"number": phone}], "informed": True,
        "create_anyway": True})
    start = tonight(datetime.now(pages.PARIS).date()) + timedelta(minutes=minute)
    return api(worker, token, "POST", "/appointments", {
        "reason": reason["id"], "agent": me["id"], "people": [person["id"]], "organization": house, "phone": phone,
        "starts_at": start.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "minutes": 15})


def test_someone_is_ill_two_actions_then_a_list_to_call(desk, server, ill):
    worker, token, me = ill
    book(worker, token, me, 0, "Maddi", "Zubialde", "06 39 98 77 01")
    book(worker, token, me, 30, "Peio", "Zubieta", "05 36 49 11 77")
    worker.goto("/agenda?view=day")
    hands = pages.Hands(worker)
    hands.press(worker.get_by_role("link", name="Indisponible aujourd’hui").first)
    expect(worker.get_by_role("heading", level=1)).to_have_text("Indisponible aujourd’hui")
    assert "Maddi Zubialde" in plain(worker) and "message tout de suite" in plain(worker)
    complaints = screen.at_widths(worker, screen.axe)
    hands.press(worker.get_by_role("button", name=re.compile("Déclarer")))
    assert hands.actions == 2
    expect(worker.get_by_role("heading", level=1)).to_have_text("À prévenir")
    assert "Peio Zubieta" in plain(worker) and "Maddi Zubialde" not in plain(worker)
    complaints += screen.at_widths(worker, screen.axe)
    red = worker.locator("header .count.urgent")
    expect(red).to_be_visible()
    card = worker.locator("main li.card").filter(has_text="Peio Zubieta")
    card.get_by_role("button", name="Pas joint").click()
    expect(worker.locator("main li.card").filter(has_text="Peio Zubieta")).to_contain_text("Pas joint")
    before = int(red.inner_text())
    worker.locator("main li.card").filter(has_text="Peio Zubieta").get_by_role("button", name="Prévenu").click()
    expect(worker.locator("main li.card").filter(has_text="Peio Zubieta")).to_have_count(0)
    if before > 1:
        expect(red).to_have_text(str(before - 1))
    else:
        expect(red).to_have_count(0)
    assert not complaints, "\n".join(complaints)


def test_one_day_of_an_opening_is_cut_alone(desk, server):
    worker = desk.page_as(server, "worker")
    worker.goto("/agenda/openings")
    worker.locator("main").get_by_role("link", name=re.compile("^Modifier : Tous les|^Modifier : Du lundi|^Modifier : Le |^Modifier : Un")).first.click()
    days = worker.get_by_role("heading", name="Un seul jour").locator("xpath=..").get_by_role("link")
    name = days.first.inner_text()
    days.first.click()
    expect(worker.get_by_role("heading", level=1)).to_have_text(name)
    complaints = screen.at_widths(worker, screen.axe)
    worker.get_by_label("De", exact=True).fill("10:00")
    worker.get_by_label("À", exact=True).fill("10:30")
    worker.get_by_role("button", name="Enregistrer").click()
    expect(worker.locator("#notice")).to_contain_text("C’est changé")
    changed = worker.get_by_role("heading", name="Un seul jour").locator("xpath=..").locator("li").filter(has_text=name)
    assert "de 10 h à 10 h 30" in changed.inner_text().replace("\u00a0", " ")
    assert not complaints, "\n".join(complaints)
