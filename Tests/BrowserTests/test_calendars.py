"""An agent's agenda is read by another program, which knows nothing of ours but an address."""
import re
import threading
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import icalendar
import pytest
import recurring_ical_events
from playwright.sync_api import expect

import lien
import pages
import program
import screen
from pages import main


def fetch(address, tag=None):
    request = urllib.request.Request(address, headers={"If-None-Match": tag} if tag else {})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers, answer.read()


def status(address, tag=None):
    try:
        fetch(address, tag)
        return 200
    except urllib.error.HTTPError as error:
        return error.code


def events(text, day):
    """What another program shows of one day, by its hour on the wall."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(day, day + timedelta(days=1))
    return {str(one["UID"]): (one["DTSTART"].dt.astimezone(pages.PARIS), str(one["SUMMARY"]), int(one["SEQUENCE"])) for one in found}


def make_address(page, shows):
    page.goto("/account/calendars")
    main(page).get_by_label(shows).check()
    main(page).get_by_role("button", name=re.compile("Créer l’adresse|Changer d’adresse")).click(delay=80)
    return main(page).locator("input[readonly]").input_value()


def test_an_agenda_is_read_elsewhere_and_follows_what_changes(worker):
    agent = program.Program(worker)
    person = agent.person("Xalbat", "Iratzoki", phones=[{"number": "06 39 98 66 31"}])
    start = program.at(7, days=9)
    appointment = agent.book(person, start, phone="06 39 98 66 31")
    address = make_address(worker, re.compile("^Rendez-vous par téléphone"))
    complaints = screen.at_widths(worker, screen.axe)
    headers, text = fetch(address)
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert events(text, start)[appointment["id"]] == (start, "Rendez-vous par téléphone", 0)
    for word in ("Iratzoki", "Xalbat", "39986631", "06 39"):
        assert word not in text.decode(), word
    assert status(address, headers["etag"]) == 304
    later = start + timedelta(minutes=45)
    agent.post(f"/appointments/{appointment['id']}/move", {"starts_at": program.utc(later)})
    again, moved = fetch(address, headers["etag"])
    assert again["etag"] != headers["etag"]
    assert events(moved, start)[appointment["id"]] == (later, "Rendez-vous par téléphone", 1)
    agent.post(f"/appointments/{appointment['id']}/cancellation", {"by": "person", "why": "Empêchée"})
    assert appointment["id"] not in events(fetch(address)[1], start)
    worker.goto("/account/calendars")
    expect(main(worker).get_by_text(re.compile("^vers "))).to_be_visible()
    complaints += screen.at_widths(worker, screen.axe)
    main(worker).get_by_role("button", name="Supprimer l’adresse").click(delay=80)
    expect(worker.get_by_text("L’adresse ne répond plus.")).to_be_visible()
    assert status(address) == 404
    assert not complaints, "\n".join(complaints)


def test_a_person_reads_their_own_appointments(reception, worker):
    agent, other = program.Program(reception), program.Program(worker)
    person = agent.person("Gaxuxa", "Elizagarai", phones=[{"number": "06 39 98 66 32"}])
    reception.goto(f"/people/{person['id']}")
    main(reception).get_by_role("link", name="Sur son téléphone").click()
    complaints = screen.at_widths(reception, screen.axe)
    main(reception).get_by_role("button", name="Créer une adresse").click(delay=80)
    address = main(reception).get_by_label("Adresse du calendrier").input_value()
    complaints += screen.at_widths(reception, screen.axe)
    start = program.at(7, 15, days=9)
    booked = agent.book(person, start, agent=other.me["id"], phone="06 39 98 66 32")
    _, text = fetch(address)
    when, summary, _ = events(text, start)[booked["id"]]
    assert when == start and summary.startswith("Rendez-vous")
    for word in ("Elizagarai", other.me["name"], "39986632", "RSA", "PMI"):
        assert word not in text.decode().replace("\r\n ", ""), word
    reception.goto(f"/people/{person['id']}/calendars")
    main(reception).get_by_role("button", name="Supprimer").click(delay=80)
    expect(reception.get_by_text("L’adresse ne répond plus.")).to_be_visible()
    assert status(address) == 404
    assert not complaints, "\n".join(complaints)


class Elsewhere:
    """Another program's calendar, on this machine."""

    def __init__(self):
        self.status, self.text, self.asked = 200, "", 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                self.send_response(outer.status)
                self.send_header("content-type", "text/calendar")
                self.end_headers()
                self.wfile.write(outer.text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/agenda.ics?cle=tresor"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hold(self, start, minutes):
        calendar, event = icalendar.Calendar(), icalendar.Event()
        calendar.add("version", "2.0")
        calendar.add("prodid", "essai")
        event.add("uid", "1")
        event.add("dtstamp", start)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=minutes))
        event.add("summary", "Cardiologue")
        calendar.add_component(event)
        self.text = calendar.to_ical().decode()


@pytest.fixture
def elsewhere():
    one = Elsewhere()
    yield one
    one.server.shutdown()


@pytest.fixture
def open_server(demo_file, tmp_path):
    file = lien.copy_sqlite(demo_file, tmp_path)
    with lien.Server(f"sqlite:{file}", tmp_path / "lien.log", LIEN_WEBHOOKS_TO_LOOPBACK="yes") as server:
        yield server


def wait_for(page, words):
    for _ in range(60):
        page.goto("/account/calendars")
        if main(page).get_by_text(words).count():
            return
        page.wait_for_timeout(250)
    expect(main(page).get_by_text(words)).to_be_visible()


def test_a_foreign_calendar_takes_its_hours_out_of_the_slots(desk, open_server, elsewhere):
    worker = desk.page_as(open_server, "worker", "Orthez")
    agent = program.Program(worker)
    reason, free = first_free(agent)
    elsewhere.hold(free, 30)
    worker.goto("/account/calendars")
    main(worker).get_by_label("Nom de cet agenda").fill("Mairie")
    main(worker).get_by_label("Adresse du calendrier").fill("http://192.168.1.1/agenda.ics")
    main(worker).get_by_role("button", name="Lire cet agenda").click(delay=80)
    expect(main(worker).get_by_label("Adresse du calendrier")).to_have_attribute("aria-invalid", "true")
    expect(main(worker).get_by_label("Nom de cet agenda")).to_have_value("Mairie")
    complaints = screen.at_widths(worker, screen.axe)
    main(worker).get_by_label("Adresse du calendrier").fill(elsewhere.url)
    main(worker).get_by_role("button", name="Lire cet agenda").click(delay=80)
    wait_for(worker, re.compile("Il est relu"))
    assert program.utc(free) not in starts(agent, reason)
    complaints += screen.at_widths(worker, screen.axe)
    worker.goto(f"/agenda?date={free.astimezone(pages.PARIS).date()}")
    assert "Cardiologue" not in worker.content() and "Occupé" in worker.content()
    elsewhere.status = 404
    worker.goto("/account/calendars")
    main(worker).get_by_role("button", name="Relire maintenant").click(delay=80)
    wait_for(worker, re.compile("Redemandez l’adresse"))
    assert program.utc(free) not in starts(agent, reason), "the last hours known still count"
    assert "tresor" not in worker.content() and "tresor" not in open_server.log.read_text()
    complaints += screen.at_widths(worker, screen.axe)
    main(worker).get_by_role("button", name="Retirer").click(delay=80)
    expect(main(worker).get_by_text("Aucun agenda extérieur n’est lu.")).to_be_visible()
    assert program.utc(free) in starts(agent, reason)
    assert not complaints, "\n".join(complaints)


def starts(agent, reason):
    found = agent.get(f"/slots?reason={reason['id']}&agent={agent.me['id']}")
    return {one["start"] for one in found["slots"]}


def first_free(agent):
    """A reason of the worker's, and the first hour at which they are free for it."""
    for reason in agent.get("/reasons?limit=100")["items"]:
        found = agent.get(f"/slots?reason={reason['id']}&agent={agent.me['id']}")["slots"]
        if found:
            return reason, datetime.fromisoformat(found[0]["start"].replace("Z", "+00:00"))
    raise AssertionError("the worker of the demo has no free hour")
