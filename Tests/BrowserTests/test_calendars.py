"""An agent's agenda is read by another program, which knows nothing of ours but an address."""
import re
import urllib.error
import urllib.request
from datetime import timedelta

import icalendar
import recurring_ical_events
from playwright.sync_api import expect

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
    return main(page).get_by_label("Adresse du calendrier").input_value()


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
