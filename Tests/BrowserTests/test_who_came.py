"""Who came, and who is told of it."""
from datetime import datetime, timedelta

from playwright.sync_api import expect

import pages
import program
from pages import main

ORTHEZ = "Orthez"


def test_someone_expected_is_there_and_the_agent_is_told_on_screen(desk, demo_server):
    worker, reception = (desk.page_as(demo_server, role, ORTHEZ) for role in ("worker", "reception"))
    acting = program.Program(worker)
    site = next(one for one in acting.get("/sites?limit=100")["items"] if one["organization"] == acting.house)
    person = acting.person("Maddi", "Zubiondo", phones=[{"number": "06 39 98 44 01"}])
    acting.book(person, soon(), minutes=5, reason=acting.reason("site"), site=site["id"], overbook_because="essai")
    worker.goto("/agenda?view=day")
    reception.goto(f"/waiting-room/{site['id']}")
    expected = main(reception).get_by_role("listitem").filter(has_text="Maddi Zubiondo")
    expected.get_by_role("button", name="Est là").click()
    received = worker.get_by_role("button", name="Reçu")
    waiting = main(worker).get_by_role("listitem").filter(has_text="Maddi Zubiondo").filter(has=received)
    expect(waiting).to_be_visible(timeout=8_000)
    main(reception).get_by_role("listitem").filter(has_text="Maddi Zubiondo").get_by_role("button", name="Parti").click()
    expect(waiting).to_have_count(0, timeout=8_000)


def soon():
    """The next five minutes, whatever the hour."""
    now = datetime.now(pages.PARIS)
    return now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0) + timedelta(minutes=5)
