"""Looking for a slot and booking it: pace, follow-up, groups, what was not found, holds, other houses."""
import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

import pages
import screen
from pages import main


class Office:
    """An administrator who sets reasons up, and a worker's hours, through the API."""

    def __init__(self, desk, server):
        self.desk, self.server = desk, server
        self.administrator = desk.page_as(server, "administrator")
        self.worker = desk.page_as(server, "worker")
        self.tokens = {}
        self.me = self.api(self.worker, "GET", "/me")
        self.house = self.me["memberships"][0]["organization"]
        sites = self.api(self.worker, "GET", "/sites")["items"]
        self.site = next(one for one in sites if one["organization"] == self.house)

    def api(self, page, method, path, data=None):
        if page not in self.tokens:
            self.tokens[page] = pages.create_token(page)
        answer = page.request.fetch(
            f"/api/v1{path}", method=method, data=data,
            headers={"Authorization": f"Bearer {self.tokens[page]}", "Content-Type": "application/json"})
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json() if answer.status != 204 else None

    def reason(self, **others):
        """A reason of the worker's own service, of a name of its own."""
        name = "Motif " + pages.invented_name()
        body = {"service": self.me["services"][0], "name": name, "minutes": 45, "how": "site", "bookable_by": "agents", **others}
        return self.api(self.administrator, "POST", "/reasons", body)

    def open(self, reason, hours=("08:00", "12:00"), days=20):
        """The worker opens one morning for it, where nothing else is booked."""
        date = datetime.now(pages.PARIS).date() + timedelta(days=days)
        while date.weekday() != 6:
            date += timedelta(days=1)
        self.api(self.worker, "POST", "/openings", {
            "organization": self.house, "agent": self.me["id"], "reasons": [reason["id"]], "site": self.site["id"],
            "date": f"{date}", "from": hours[0], "to": hours[1]})
        return date

    def person(self, family, phone=None):
        return self.api(self.worker, "POST", "/people", {
            "first_name": "Maddi", "last_name": family, "organization": self.house, "informed": True, "create_anyway": True,
            "phones": [{"number": phone}] if phone else []})


@pytest.fixture
def office(desk, demo_server):
    return Office(desk, demo_server)


def look_for(page, reason, person=None):
    page.goto(f"/appointments/new?reason={reason['id']}" + (f"&person={person['id']}" if person else ""))
    expect(page.get_by_role("heading", name="Créneaux libres")).to_be_visible()


def starts(page):
    return [pages.start(slot) for slot in pages.slots(page).all()]


def test_a_reason_s_step_and_gap_are_set_and_obeyed(office):
    admin, worker = office.administrator, office.worker
    reason = office.reason()
    office.open(reason)
    admin.goto(f"/setup/reasons/{reason['id']}")
    admin.get_by_label(re.compile("^Minutes entre deux débuts")).fill("7")
    main(admin).get_by_role("button", name="Enregistrer").click()
    expect(main(admin).get_by_text(re.compile("de 5 en 5")).first).to_be_visible()
    admin.get_by_label(re.compile("^Minutes entre deux débuts")).fill("15")
    admin.get_by_label(re.compile("^Minutes gardées libres après")).fill("30")
    main(admin).get_by_role("button", name="Enregistrer").click()
    look_for(worker, reason)
    found = starts(worker)
    assert found[1] - found[0] == timedelta(minutes=15), found
    person = office.person(pages.invented_name())
    look_for(worker, reason, person)
    pages.slots(worker).first.click()
    pages.book(pages.Hands(worker))
    expect(main(worker)).to_contain_text("puis 30 minutes gardées libres")
    look_for(worker, reason)
    assert starts(worker)[0] - found[0] == timedelta(minutes=75), "the appointment and its gap"


def test_a_follow_up_reason_is_taken_with_the_referent_or_says_why(office):
    worker = office.worker
    reason = office.reason(follow_up=True)
    office.open(reason)
    person = office.person(pages.invented_name())
    look_for(worker, reason)
    expect(main(worker).get_by_text("choisissez la personne")).to_be_visible()
    look_for(worker, reason, person)
    expect(main(worker).get_by_text("n’a pas de référent")).to_be_visible()
    expect(pages.slots(worker)).to_have_count(0)
    worker.get_by_label("Un autre agent que le référent").check()
    expect(pages.slots(worker).first).to_be_visible()
    pages.slots(worker).first.click()
    pages.book(pages.Hands(worker))
    expect(main(worker).get_by_text("Dites pourquoi un autre agent la reçoit.").first).to_be_visible()
    worker.get_by_label("Pourquoi un autre agent ?").fill("pas encore de référent")
    pages.book(pages.Hands(worker))
    expect(worker.get_by_role("heading", level=1)).to_contain_text("Rendez-vous de")
    expect(main(worker)).to_contain_text("pas encore de référent")
    office.api(worker, "PUT", f"/people/{person['id']}/referents/{reason['service']}", {"agent": office.me["id"]})
    look_for(worker, reason, person)
    expect(main(worker).get_by_text("référent de la personne, sont proposés")).to_be_visible()
    expect(pages.slots(worker).first).to_be_visible()


def test_people_take_the_seats_of_a_group_one_by_one_until_it_is_full(office):
    worker = office.worker
    reason = office.reason(seats=2)
    family = [pages.invented_name() for _ in range(3)]
    people = [office.person(one) for one in family]
    date = office.open(reason, days=34)
    worker.goto("/groups/new")
    worker.get_by_label("Motif").select_option(value=reason["id"])
    worker.get_by_label("Agent").select_option(value=office.me["id"])
    worker.get_by_label(re.compile("^Lieu")).select_option(value=office.site["id"])
    worker.get_by_label("Jour").fill(f"{date}")
    worker.get_by_label("Heure").fill("09:00")
    complaints = screen.at_widths(worker, screen.axe)
    main(worker).get_by_role("button", name="Écrire le rendez-vous collectif").click()
    expect(worker.get_by_role("heading", level=1)).to_have_text("Rendez-vous collectif")
    expect(main(worker)).to_contain_text("2 places, 2 restantes")
    group = worker.url
    for index, person in enumerate(people[:2]):
        worker.goto(group)
        main(worker).get_by_role("link", name="Inscrire quelqu’un").click()
        worker.wait_for_url(re.compile("/appointments/new"))
        expect(main(worker)).to_contain_text(f"2 places, {2 - index} restante")
        worker.goto(f"{worker.url}&person={person['id']}")
        pages.book(pages.Hands(worker))
        expect(worker.get_by_role("heading", level=1)).to_have_text("Rendez-vous collectif")
    for words in ("2 places, complet", family[0], family[1]):
        expect(main(worker)).to_contain_text(words)
    complaints += screen.at_widths(worker, screen.axe)
    look_for(worker, reason, people[2])
    expect(main(worker)).to_contain_text("Complets")
    worker.goto(group)
    worker.get_by_text("Quelqu’un ne vient plus").click()
    worker.get_by_role("button", name=re.compile(f"{family[0]} ne vient plus")).click()
    expect(main(worker)).to_contain_text("2 places, 1 restante")
    worker.goto("/groups")
    complaints += screen.at_widths(worker, screen.axe)
    expect(main(worker).get_by_text(re.compile("2.places, 1.restante")).first).to_be_visible()
    assert not complaints, "\n".join(complaints)


def test_a_couple_comes_to_one_appointment(office):
    worker = office.worker
    reason = office.reason()
    office.open(reason)
    one, other = pages.invented_name(), pages.invented_name()
    person = office.person(one)
    office.person(other)
    look_for(worker, reason, person)
    worker.get_by_text("À plusieurs, dans le même rendez-vous").click()
    worker.get_by_label("Chercher une autre personne").fill(other)
    worker.get_by_label(re.compile(other)).check()
    pages.slots(worker).first.click()
    pages.book(pages.Hands(worker))
    read_back = pages.booked(worker, one)
    assert other in read_back


def test_what_no_slot_was_found_for_is_noted_in_one_press_and_counted(desk, demo_server, office):
    worker = office.worker
    reason = office.reason()
    person = office.person(pages.invented_name())
    worker.goto(f"/appointments/new?reason={reason['id']}&person={person['id']}&site={office.site['id']}")
    main(worker).get_by_role("button", name="Noter la demande sans créneau").click()
    expect(worker.get_by_text("Demande notée").first).to_be_visible()
    manager = desk.page_as(demo_server, "manager")
    manager.goto("/unmet-demands")
    expect(manager.get_by_role("heading", level=1)).to_have_text("Demandes sans créneau")
    complaints = screen.at_widths(manager, screen.axe)
    if manager.login["organization"] == worker.login["organization"]:
        row = main(manager).get_by_role("row").filter(has_text=reason["name"]).first
        expect(row).to_contain_text(office.site["name"])
        expect(row).to_contain_text("1")
    assert not complaints, "\n".join(complaints)


def test_a_slot_being_written_down_is_shown_to_colleagues_and_given_back(desk, demo_server, office):
    worker = office.worker
    reason = office.reason()
    date = office.open(reason)
    colleague = desk.page_as(demo_server, "reception", worker.login["organization"])
    look_for(worker, reason)
    with worker.expect_response(lambda answer: answer.request.method == "POST" and "/appointments/new" in answer.url):
        pages.slots(worker).first.click()
    expect(main(worker).get_by_text("Créneau gardé pour vous")).to_be_visible()
    look_for(colleague, reason)
    expect(main(colleague).get_by_text("en cours de réservation par")).to_be_visible()
    complaints = screen.axe(colleague)
    colleague.goto(f"/agenda/agents/{office.me['id']}?view=day&date={date}")
    expect(main(colleague).get_by_text("En cours de réservation par").first).to_be_attached()
    complaints += screen.axe(worker)
    worker.goto("/agenda")
    for _ in range(20):  # what leaves with the page arrives a little after it
        look_for(colleague, reason)
        if main(colleague).get_by_text("en cours de réservation par").count() == 0:
            break
        colleague.wait_for_timeout(500)
    expect(main(colleague).get_by_text("en cours de réservation par")).to_have_count(0)
    assert not complaints, "\n".join(complaints)


def test_a_slot_of_another_house_is_prescribed(desk, demo_server, office):
    worker = office.worker
    reason = office.reason(prescribable=True)
    office.open(reason)
    house = worker.login["organization"]
    elsewhere = next(one for one in demo_server.logins() if one["role"] == "reception" and one["organization"] != house)
    prescriber = desk.page_as(demo_server, "reception", elsewhere["organization"])
    family = pages.invented_name()
    pages.create_person(prescriber, "Jeanne", family)
    person = prescriber.url.rsplit("/", 1)[1]
    look_for(prescriber, reason, {"id": person})
    slot = pages.slots(prescriber).first
    assert worker.login["name"] not in slot.inner_text()
    slot.click()
    pages.book(pages.Hands(prescriber))
    read_back = pages.booked(prescriber, family)
    assert "Prescrit par" in read_back and worker.login["name"] in read_back
    expect(main(prescriber).get_by_role("link", name="Déplacer")).to_have_count(0)
    worker.goto(prescriber.url)
    assert "Prescrit par" in pages.booked(worker, family)
