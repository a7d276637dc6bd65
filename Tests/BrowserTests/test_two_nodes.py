"""Two `lien serve` over one PostgreSQL: what one books the other shows, and nobody is booked twice."""
import re
import time

import pytest
from playwright.sync_api import expect

import pages
from test_main_job import ORTHEZ, REASON


@pytest.fixture
def worker(postgres_pair):
    return postgres_pair[0].login("worker", ORTHEZ)


@pytest.fixture
def booking(desk, postgres_pair, worker):
    """Reception of Orthez on each node, one slot of one worker chosen on both for two people, nothing sent yet."""
    ready = []
    for node, given in zip(postgres_pair, ("Ximun", "Lucie")):
        page, family = desk.page_as(node, "reception", ORTHEZ), pages.invented_name()
        pages.create_person(page, given, family, phones=[pages.free_number()])
        hands = pages.Hands(page)
        pages.new_appointment(hands)
        pages.choose_reason(hands, REASON)
        pages.choose_agent(hands, worker["name"])
        ready.append((page, hands, family))
    # Both see it before either chooses it: from then on it is held.
    assert pages.start(pages.slots(ready[0][0]).first) == pages.start(pages.slots(ready[1][0]).first)
    for page, hands, _ in ready:
        hands.press(pages.slots(page).first)
        pages.said(page).fill("rappeler le soir")
    return ready


def test_the_worker_s_agenda_on_another_node_shows_within_two_seconds_what_reception_booked(desk, postgres_pair, worker, booking):
    page, hands, family = booking[0]
    agenda = desk.page_as(postgres_pair[1], "worker", ORTHEZ)
    with agenda.expect_request("**/agenda/events**"):
        agenda.goto(f"/agenda?date={pages.start(pages.slots(page).first):%Y-%m-%d}")
    expect(pages.agenda_entry(agenda, family)).to_have_count(0)
    pages.book(hands)
    pages.booked(page, family)
    begun = time.monotonic()
    expect(pages.agenda_entry(agenda, family).first).to_be_visible(timeout=2_000)
    assert time.monotonic() - begun <= 2


def test_the_loser_is_told_kindly_shown_three_slots_and_keeps_what_was_typed(booking):
    (winner, first, family), (loser, second, other) = booking
    pages.book(first)
    pages.booked(winner, family)
    pages.book(second)
    expect(loser.locator("main")).to_contain_text(pages.TAKEN)
    nearest = loser.get_by_role("group", name="Les plus proches du créneau perdu")
    expect(nearest.get_by_role("radio")).to_have_count(3)
    expect(pages.said(loser)).to_have_value("rappeler le soir")
    second.press(pages.slots(loser).first)
    pages.book(second)
    pages.booked(loser, other)


# Sends the form that books, as its button would, several times at once.
RUSH = """
(times) => {
  const button = [...document.querySelectorAll("main form[method=post] button")].find((one) => one.textContent === "Prendre le rendez-vous");
  const body = new URLSearchParams(new FormData(button.form, button));
  const status = (answer) => (answer.type === "opaqueredirect" ? 303 : answer.status);
  const once = () => fetch(button.form.action, { method: "POST", body, redirect: "manual" }).then(status);
  window.rush = Promise.all(Array.from({ length: times }, once));
}
"""


def test_of_sixteen_at_once_on_two_nodes_one_wins(booking):
    for page, _, _ in booking:
        page.evaluate(RUSH, 8)
    statuses = [status for page, _, _ in booking for status in page.evaluate("window.rush")]
    assert statuses.count(303) == 1, statuses
    assert set(statuses) <= {303, 409, 422}, statuses
