"""Two `lien serve` over one PostgreSQL: what one books the other shows, and nobody is booked twice."""
import re
import time

import pytest
from playwright.sync_api import expect

import pages
from test_main_job import ORTHEZ, REASON, invented_name


@pytest.fixture
def booking(desk, postgres_pair):
    """Reception of Orthez on each node, the same slot chosen on both for two people, nothing sent yet."""
    ready = []
    for node, given in zip(postgres_pair, ("Ximun", "Lucie")):
        page, family = desk.page_as(node, "reception", ORTHEZ), invented_name()
        pages.create_person(page, given, family, phones=["06 39 98 45 67"])
        hands = pages.Hands(page)
        pages.new_appointment(hands)
        pages.choose_reason(hands, REASON)
        ready.append((page, hands, family))
    for page, hands, _ in ready:
        hands.press(pages.slots(page).first)
        pages.said(page).fill("rappeler le soir")
    return ready


def test_the_worker_sees_on_another_node_within_two_seconds_what_reception_booked(desk, postgres_pair, booking):
    page, hands, family = booking[0]
    pages.book(hands)
    expect(page.locator("main")).to_contain_text(family)
    agenda = page.locator("main").get_by_role("link", name=re.compile("[Aa]genda")).first.get_attribute("href")
    watcher = desk.page_as(postgres_pair[1], "reception", ORTHEZ)
    watcher.goto(agenda)
    expect(pages.agenda_entry(watcher, family)).to_be_visible()
    other, other_hands, other_family = booking[1]
    other.reload()
    other_hands.press(pages.slots(other).first)
    pages.book(other_hands)
    begun = time.monotonic()
    expect(pages.agenda_entry(watcher, other_family)).to_be_visible(timeout=2_000)
    assert time.monotonic() - begun <= 2


def test_the_loser_is_told_kindly_shown_three_slots_and_keeps_what_was_typed(booking):
    (winner, first, family), (loser, second, _) = booking
    pages.book(first)
    expect(winner.locator("main")).to_contain_text(family)
    pages.book(second)
    expect(loser.locator("main")).to_contain_text(pages.TAKEN)
    assert pages.slots(loser).count() >= 3
    expect(pages.said(loser)).to_have_value("rappeler le soir")
    second.press(pages.slots(loser).first)
    pages.book(second)
    expect(loser.locator("main")).not_to_contain_text(pages.TAKEN)


# Sends the form that books, as its button would, several times at once.
RUSH = """
(times) => {
  const button = [...document.querySelectorAll("main form[method=post] button[type=submit]")].find((one) => /Prendre|Réserver/.test(one.textContent));
  const body = new URLSearchParams(new FormData(button.form, button));
  const once = () => fetch(button.form.action, { method: "POST", body, redirect: "manual" }).then((answer) => answer.type === "opaqueredirect" ? 303 : answer.status);
  window.rush = Promise.all(Array.from({ length: times }, once));
}
"""


def test_of_sixteen_at_once_on_two_nodes_one_wins(booking):
    for page, _, _ in booking:
        page.evaluate(RUSH, 8)
    statuses = [status for page, _, _ in booking for status in page.evaluate("window.rush")]
    assert statuses.count(303) == 1, statuses
    assert set(statuses) <= {303, 409, 422}, statuses
