"""What is booked arrives: in a real mailbox, and at the operator of a real SMS gateway."""
import itertools
import json
import os
import re
import sqlite3
import time
from datetime import datetime, timedelta
from urllib.parse import unquote_plus

import icalendar
import pytest
from playwright.sync_api import expect

import lien
import pages
import program
import screen
from carriers import Kannel, Mailbox

ORTHEZ = "Orthez"
MOBILES = itertools.count(9_000)


@pytest.fixture(scope="module")
def carriers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("carriers")
    with Mailbox(folder) as mailbox:
        yield mailbox, Kannel(folder)


@pytest.fixture(scope="module")
def sending_server(demo_file, carriers, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sending")
    file = lien.copy_sqlite(demo_file, folder)
    # What the demo itself has to say stays here: only what a test books leaves.
    execute(file, "UPDATE message SET withdrawn_at = 0 WHERE sent_at IS NULL AND withdrawn_at IS NULL")
    execute(file, "UPDATE appointment SET reminded = TRUE")
    execute(file, "UPDATE territory SET quiet_until = 0, quiet_from = 1440, sunday_messages = TRUE")
    gateways = folder / "gateways.json"
    gateways.write_text(json.dumps({"gateways": [one.gateway() for one in carriers]}))
    server = lien.Server(f"sqlite:{file}", folder / "lien.log", LIEN_GATEWAYS=str(gateways))
    server.variables["LIEN_PUBLIC_URL"] = server.url
    server.file = file
    # Kannel is told where to bring what people answer.
    environment = os.environ | {"LIEN_GATEWAYS": str(gateways), "LIEN_PUBLIC_URL": server.url}
    listed = lien.run("gateways", "--database", f"sqlite:{file}", env=environment)
    carriers[1].replies = re.search(r"kannel \(sms\)  (\S+)", listed.stdout).group(1)
    with server, carriers[1]:
        yield server


def execute(file, statement, *values):
    db = sqlite3.connect(file, timeout=60)
    with db:
        found = db.execute(statement, values).fetchall()
    db.close()
    return found


def eventually(look, seconds=20):
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it does not arrive"
        time.sleep(0.2)
    return found


@pytest.fixture
def reception(desk, sending_server):
    page = desk.page_as(sending_server, "reception", ORTHEZ)
    page.goto("/agenda")
    return page


@pytest.fixture
def at_work(reception):
    return program.Program(reception)


def worker_of(at_work):
    """Any colleague of the house with an agenda."""
    reason = at_work.reason()
    return next(one["id"] for one in at_work.agents() if one["id"] != at_work.me["id"]), reason


def someone(at_work, **fields):
    return at_work.person("Lucie", pages.invented_name(), **fields)


def free_mobile():
    """Numbers that the product knows as mobile ones: nothing else leaves for them here."""
    return f"+3363998{next(MOBILES):04d}"


def book(at_work, person, start, **fields):
    """In the first agenda that has room: the demo's are full."""
    refused = None
    for agent in at_work.agents():
        try:
            return at_work.book(person, start, agent=agent["id"], phone=person["phones"][0]["number"] if person["phones"] else "+33536490001", **fields)
        except AssertionError as error:
            refused = error
    raise refused


def test_a_booking_arrives_at_the_operator_and_its_fate_is_read_on_the_page(reception, at_work, carriers):
    mobile = free_mobile()
    person = someone(at_work, phones=[{"number": mobile}], channel="sms")
    start = program.at(10, days=20)
    book(at_work, person, start)
    texts = eventually(lambda: carriers[1].to(mobile))
    assert len(texts) == 1
    assert "10 h" in texts[0] and "RSA" not in texts[0]
    family = person["last_name"]
    line = reception.locator("main li.card").filter(has_text=family)
    eventually(lambda: (reception.goto("/messages?tray=sent"), line.filter(has_text=re.compile("arrivé|remis à la passerelle")).count())[1])
    expect(line).to_contain_text("par kannel")
    # The operator says that it arrived, at the address that it was given.
    eventually(lambda: (reception.goto("/messages?tray=sent&state=arrived"), line.count())[1], seconds=30)
    screen.shot(reception, "messages-sent")


def test_an_e_mail_arrives_enciphered_with_what_it_must_say(at_work, carriers):
    address = f"{pages.invented_name().lower()}@example.org"
    person = someone(at_work, emails=[{"address": address}], channel="email")
    booked = book(at_work, person, program.at(11, days=20))
    letter = eventually(lambda: carriers[0].to(address))[0]
    assert letter["subject"].startswith("Votre rendez-vous du ")
    assert letter["auto-submitted"] == "auto-generated" and letter["message-id"] and letter["date"]
    assert "11\u00a0h" in letter.get_body(("plain",)).get_content()
    assert len(carriers[0].to(address)) == 1
    event = invited(letter, "REQUEST")
    assert event["DTSTART"].dt == program.at(11, days=20) and event["ATTENDEE"] == f"mailto:{address}"
    at_work.post(f"/appointments/{booked['id']}/cancellation", {"by": "person", "why": "Empêchée"})
    cancelled = invited(eventually(lambda: carriers[0].to(address)[1:])[0], "CANCEL")
    assert cancelled["UID"] == event["UID"] and cancelled["SEQUENCE"] > event["SEQUENCE"]


def invited(letter, method):
    """The one event that a letter carries for calendars; nothing in it says what for."""
    part = letter.get_body(("calendar",)) or next(one for one in letter.walk() if one.get_content_type() == "text/calendar")
    assert part.get_param("method") == method
    text = part.get_content()
    assert "RSA" not in text
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["METHOD"] == method
    return next(one for one in calendar.walk("VEVENT"))


def test_an_address_that_the_server_refuses_is_seen_with_its_cause(reception, at_work, carriers):
    for answer, is_gone in [("550 5.1.1 No such user here", True), ("550 5.7.1 Rejected by policy", False)]:
        address = f"{pages.invented_name().lower()}@example.org"
        carriers[0].refuse[address] = answer
        person = someone(at_work, emails=[{"address": address}], channel="email")
        book(at_work, person, program.at(14, days=20))
        line = reception.locator("main li.card").filter(has_text=person["last_name"])
        eventually(lambda: (reception.goto("/messages?tray=kept"), line.count())[1])
        expect(line).to_contain_text("refusé : numéro ou adresse refusés")
        screen.shot(reception, "messages-kept")
        # Nobody is there: it is written to no more. Of a server that refuses us, the address is as good as before.
        reception.goto(f"/people/{person['id']}")
        expect(reception.get_by_text("ne répond pas", exact=True)).to_have_count(1 if is_gone else 0)


def test_a_reminder_follows_the_appointment_that_moves_and_leaves_once(reception, at_work, carriers, sending_server):
    mobile = free_mobile()
    person = someone(at_work, phones=[{"number": mobile}], channel="sms")
    booked = book(at_work, person, program.at(15, days=5))
    eventually(lambda: carriers[1].to(mobile))
    line = reception.locator("main li.card").filter(has_text=person["last_name"]).filter(has_text="Rappel")
    eventually(lambda: (reception.goto("/messages"), line.count())[1], seconds=30)
    before = line.inner_text()
    moved = program.at(16, 0, days=5)
    at_work.post(f"/appointments/{booked['id']}/move", {"agent": booked["agent"], "starts_at": program.utc(moved)})
    eventually(lambda: (reception.goto("/messages"), line.count() == 1 and line.inner_text() != before)[1], seconds=30)
    expect(line).to_contain_text("16 h")
    # Two days before, at last: as if the time had come.
    execute(sending_server.file, "UPDATE message SET due_at = 0 WHERE purpose = 'reminder' AND recipient = ? AND withdrawn_at IS NULL", mobile)
    reminders = eventually(lambda: [one for one in carriers[1].to(mobile) if "16 h" in one and "passe au" not in one])
    assert len(reminders) == 1 and "16 h" in reminders[0]
    reception.goto(f"/people/{person['id']}/story?part=messages")
    expect(reception.locator("main")).to_contain_text("Rappel par SMS")
    screen.shot(reception, "messages-story")


def test_whom_no_message_reaches_is_listed_to_be_called(reception, at_work, sending_server):
    person = someone(at_work, phones=[{"number": "+33536491299"}])
    booked = book(at_work, person, program.at(17, days=1))
    # As if it had been booked a month ago: its reminder is due, and nobody can be written to.
    appointment = bytes.fromhex(booked["id"].replace("-", ""))
    execute(sending_server.file, "UPDATE appointment SET created_at = created_at - 2592000 WHERE id = ?", appointment)
    execute(sending_server.file, "DELETE FROM reminder WHERE appointment_id = ?", appointment)
    execute(sending_server.file, "UPDATE appointment SET reminded = FALSE WHERE id = ?", appointment)
    line = reception.locator("main li.card").filter(has_text=person["last_name"])
    eventually(lambda: (reception.goto("/messages/to-call"), line.count())[1], seconds=30)
    expect(line.get_by_role("link", name=re.compile("05 36 49 12 99"))).to_have_count(1)
    screen.shot(reception, "to-call")
    line.get_by_role("button", name="Rappelé").click()
    expect(reception.get_by_text("C’est noté : rappelé.")).to_be_visible()
    expect(line).to_have_count(0)


def test_an_answer_frees_the_appointment_or_waits_to_be_read(reception, at_work, carriers, sending_server):
    mobile = free_mobile()
    person = someone(at_work, phones=[{"number": mobile}], channel="sms")
    booked = book(at_work, person, program.at(10, days=22))
    eventually(lambda: carriers[1].to(mobile))
    carriers[1].answer(mobile, "Puis-je venir avec ma soeur ?")
    card = reception.locator("main li.card").filter(has_text=person["last_name"])
    eventually(lambda: (reception.goto("/messages/replies"), card.count())[1], seconds=30)
    expect(card).to_contain_text("Puis-je venir avec ma soeur ?")
    # Kannel says which message it was: brought twice, it would be one.
    [(reference,)] = execute(sending_server.file, "SELECT reference FROM reply WHERE sender = ?", mobile)
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", reference or "")
    screen.shot(reception, "replies")
    assert screen.at_widths(reception, screen.axe) == []
    card.get_by_role("button", name="Fait").click()
    expect(reception.locator("#notice")).to_contain_text("C’est noté")
    carriers[1].answer(mobile, "non")
    appointment = lambda: at_work.get(f"/appointments/{booked['id']}")
    eventually(lambda: appointment()["people"][0]["status"] == "cancelled-by-person", seconds=30)
    told = eventually(lambda: [one for one in carriers[1].to(mobile) if "n'a pas lieu" in one], seconds=30)
    assert len(told) == 1 and "Pour en prendre un autre" in told[0]


def a_missed_appointment(reception, at_work, **fields):
    """Closed by hand as missed, an hour ago, at the site: the agent's own page says it."""
    person = someone(at_work, **fields)
    site = next(one for one in at_work.get("/sites?limit=100")["items"] if one["organization"] == at_work.house)
    booked = book(at_work, person, program.now(minutes=-65), reason=at_work.reason("site", summons=False), site=site["id"])
    reception.goto(f"/appointments/{booked['id']}")
    reception.get_by_role("button", name="Manqué").click()
    expect(reception.locator("#notice")).to_be_visible()
    return person, booked


def test_who_did_not_come_is_told_how_to_take_another(reception, at_work, carriers, sending_server):
    mobile = free_mobile()
    person, _ = a_missed_appointment(reception, at_work, phones=[{"number": mobile}], channel="sms")
    line = reception.locator("main li.card").filter(has_text=person["last_name"]).filter(has_text="Rendez-vous manqué")
    reception.goto("/messages")
    expect(line).to_have_count(1)
    assert not [one for one in carriers[1].to(mobile) if "attendions" in one], "not within two hours"
    execute(sending_server.file, "UPDATE message SET due_at = 0 WHERE purpose = 'missed' AND recipient = ?", mobile)
    told = eventually(lambda: [one for one in carriers[1].to(mobile) if "nous vous attendions" in one], seconds=30)
    assert len(told) == 1 and "Pour un autre rendez-vous, appelez le" in told[0] and "RSA" not in told[0]


def test_who_did_not_come_and_has_no_mobile_is_to_be_called(reception, at_work, sending_server):
    person, booked = a_missed_appointment(reception, at_work, phones=[{"number": "+33536491388"}])
    appointment = bytes.fromhex(booked["id"].replace("-", ""))
    execute(sending_server.file, "UPDATE reminder SET due_at = 0 WHERE appointment_id = ?", appointment)
    line = reception.locator("main li.card").filter(has_text=person["last_name"])
    eventually(lambda: (reception.goto("/messages/to-call"), line.count())[1], seconds=40)
    expect(line).to_contain_text("Proposez-lui un autre rendez-vous")
    screen.shot(reception, "to-call-missed")
    assert screen.at_widths(reception, screen.axe) == []
    line.get_by_role("button", name="Rappelé").click()
    expect(reception.get_by_text("C’est noté : rappelé.")).to_be_visible()
    expect(line).to_have_count(0)


def test_an_agent_is_told_by_e_mail_of_what_others_change(desk, sending_server, at_work, carriers):
    worker = desk.page_as(sending_server, "worker", ORTHEZ)
    worker.goto("/account/preferences")
    choice = worker.get_by_role("group", name="M’écrire un e-mail quand d’autres changent mes rendez-vous")
    choice.get_by_label("Tout").check()
    worker.get_by_role("button", name="Enregistrer").click()
    expect(worker.locator("#notice")).to_be_visible()
    screen.shot(worker, "preferences-emails")
    assert screen.at_widths(worker, screen.axe) == []
    me = program.Program(worker).me
    person = someone(at_work, phones=[{"number": "+33536491477"}])
    booked = at_work.book(person, program.at(12, 5, days=25), minutes=5, agent=me["id"], phone="+33536491477")
    moved = program.at(12, 15, days=25)
    at_work.post(f"/appointments/{booked['id']}/move", {"agent": me["id"], "starts_at": program.utc(moved)})
    agent = bytes.fromhex(me["id"].replace("-", ""))
    execute(sending_server.file, "UPDATE message SET due_at = 0 WHERE to_agent_id = ? AND withdrawn_at IS NULL", agent)
    letter = eventually(lambda: carriers[0].to(me["email"]), seconds=30)[-1]
    text = letter.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert letter["subject"] == "Un changement dans votre agenda", "booked and moved within minutes is one thing to know"
    assert "– Pris : " in text and "12 h 15" in text and f"{sending_server.url}/agenda/changes" in text
    assert person["last_name"] not in text and "RSA" not in text


def test_a_mother_and_her_child_recalled_together_get_one_sms(reception, at_work, carriers, sending_server):
    mobile = free_mobile()
    mother = someone(at_work, phones=[{"number": mobile}], channel="sms")
    child = at_work.post("/people", {
        "first_name": "Léo", "last_name": mother["last_name"], "organization": at_work.house, "informed": True, "create_anyway": True,
        "birth_date": "2021-05-04"})
    at_work.post(f"/people/{child['id']}/relatives", {"other": mother["id"], "kind": "parent", "receives": True})
    for count, person in enumerate((mother, child)):
        book(at_work, person, program.at(18, 20 * count, days=4))
        # What is told at once would leave together too.
        eventually(lambda: len(carriers[1].to(mobile)) == count + 1)
    recalling = "UPDATE message SET due_at = 0 WHERE purpose = 'reminder' AND recipient = ? AND withdrawn_at IS NULL"
    line = reception.locator("main li.card").filter(has_text="Rappel").filter(has_text=mother["last_name"])
    found = "SELECT id FROM message WHERE purpose = 'reminder' AND recipient = ? AND withdrawn_at IS NULL"
    eventually(lambda: len(execute(sending_server.file, found, mobile)) == 2, seconds=40)
    execute(sending_server.file, recalling, mobile)
    # Two parts of one SMS: the operator is given them under one reference (3GPP TS 23.040, 9.2.3.24.1).
    told = eventually(lambda: len(carriers[1].to(mobile)) > 3 and carriers[1].to(mobile)[2:], seconds=30)
    heads, words = zip(*(one.split(" data ", 1) for one in told))
    assert len({head[:12] for head in heads}) == 1, told
    assert f"18 h 20 pour Léo {mother['last_name']}" in unquote_plus("".join(words)).replace("\u00a0", " "), told
    eventually(lambda: (reception.goto("/messages?tray=sent"), line.filter(has_text="dans le même message").count())[1], seconds=30)


def waiting_and_freed(at_work):
    """Two free slots of one reason, agent and place: the first in days, the second a week later."""
    reason = at_work.reason("site", follow_up=False, seats=None)
    found = at_work.get(f"/slots?reason={reason['id']}&organization={at_work.house}&limit=2000")["slots"]
    for soon in (one for one in found if one["start"] > program.utc(program.at(0, days=3))):
        for late in found:
            same = all(soon[key] == late[key] for key in ("agent", "site", "organization"))
            if same and late["start"] > program.utc(datetime.fromisoformat(soon["start"]) + timedelta(days=7)):
                return reason, soon, late
    raise AssertionError("the demo has no two such slots")


def take(at_work, person, reason, slot, **fields):
    return at_work.post("/appointments", {
        "reason": reason["id"], "agent": slot["agent"], "people": [person["id"]], "organization": slot["organization"],
        "site": slot["site"], "starts_at": slot["start"], "slot": True} | fields)


def test_whoever_wants_to_come_sooner_is_told_of_a_place_and_moved_there(reception, at_work, carriers, sending_server):
    reason, soon, late = waiting_and_freed(at_work)
    mobile = free_mobile()
    person = someone(at_work, phones=[{"number": mobile}], channel="sms")
    taken = take(at_work, someone(at_work, phones=[{"number": free_mobile()}], channel="sms"), reason, soon)
    waiting = take(at_work, person, reason, late)
    reception.goto(f"/appointments/{waiting['id']}")
    hands = pages.Hands(reception)
    hands.press(reception.get_by_role("button", name="Prévenir si une place se libère plus tôt"))
    card = reception.get_by_role("region", name="Venir plus tôt")
    expect(card).to_contain_text("veut plus tôt")
    at_work.post(f"/appointments/{taken['id']}/cancellation", {"by": "person"})
    # As if the five minutes had passed.
    execute(sending_server.file, "UPDATE freed_place SET freed_at = freed_at - 300 WHERE looked_at IS NULL")
    told = eventually(lambda: [one for one in carriers[1].to(mobile) if "place est libre" in one], seconds=30)
    assert len(told) == 1 and "Pour la prendre, appelez" in told[0] and "RSA" not in told[0]
    line = reception.locator("main li.card").filter(has_text=person["last_name"]).filter(has_text="Créneau plus tôt")
    eventually(lambda: (reception.goto("/messages?tray=sent"), line.count())[1], seconds=30)
    # They call: reception opens their appointment.
    reception.goto(f"/appointments/{waiting['id']}")
    expect(card).to_contain_text("Une place plus tôt")
    screen.shot(reception, "earlier-place")
    assert screen.at_widths(reception, screen.axe) == []
    hands.press(card.get_by_role("link", name="Déplacer à cette place"))
    expect(reception.locator("input[name=slot]:checked")).to_have_count(1)
    screen.shot(reception, "earlier-move")
    hands.press(reception.get_by_role("button", name="Déplacer le rendez-vous"))
    expect(reception.locator("#notice")).to_contain_text("Rendez-vous déplacé.")
    assert at_work.get(f"/appointments/{waiting['id']}")["starts_at"] == soon["start"]
    expect(reception.locator("main")).not_to_contain_text("veut plus tôt")


def test_a_cancellation_at_night_leaves_at_once_when_someone_says_why(reception, at_work, carriers, sending_server):
    execute(sending_server.file, "UPDATE territory SET quiet_until = 1438, quiet_from = 1439")
    try:
        mobile = free_mobile()
        person = someone(at_work, phones=[{"number": mobile}], channel="sms")
        booked = book(at_work, person, program.at(10, days=23))
        eventually(lambda: carriers[1].to(mobile))
        reception.goto(f"/appointments/{booked['id']}")
        reception.get_by_text("Annuler", exact=True).click()
        reception.get_by_label("Le service").check()
        reception.get_by_label("Prévenir tout de suite, même la nuit ou le dimanche").check()
        assert screen.at_widths(reception, screen.axe) == []
        screen.shot(reception, "cancel-urgent")
        reception.get_by_role("button", name="Annuler le rendez-vous").click()
        expect(reception.get_by_text("Dites en quelques mots pourquoi prévenir sans attendre").first).to_be_visible()
        reception.get_by_label("Pourquoi prévenir sans attendre").fill("La route est coupée")
        reception.get_by_role("button", name="Annuler le rendez-vous").click()
        told = eventually(lambda: [one for one in carriers[1].to(mobile) if "n'a pas lieu" in one], seconds=30)
        assert len(told) == 1
    finally:
        execute(sending_server.file, "UPDATE territory SET quiet_until = 0, quiet_from = 1440")
