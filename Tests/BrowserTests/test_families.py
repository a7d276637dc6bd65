"""Children, those who answer for them, and those who help: who is told, who comes along, who must not be shown where another lives."""
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

import pages
import program
import screen
from pages import choose_like, main, press

ORTHEZ = "Orthez"


@pytest.fixture
def acting(reception):
    return program.Program(reception)


def family_of(acting, *children, **fields):
    """A mother with a mobile, and her children, whose messages she receives and for whom she may book."""
    name = pages.invented_name()
    mother = acting.person("Marie", name, phones=[{"number": "06 39 98 55 01"}], **fields)
    born = [acting.person(given, name, birth_date=date) for given, date in children]
    for child in born:
        acting.post(f"/people/{child['id']}/relatives", {"other": mother["id"], "kind": "parent", "receives": True, "books": True})
    return name, mother, born


def test_siblings_are_seen_one_after_the_other_in_one_act_with_the_adult_who_comes(desk, demo_server, reception, acting):
    family, _, (lea, tom) = family_of(acting, ("Léa", "2024-05-04"), ("Tom", "2025-06-07"))
    reception.goto(f"/people/{lea['id']}")
    hands = pages.Hands(reception)
    pages.new_appointment(hands)
    pages.choose_reason(hands, "Consultation de nourrisson")
    slot, start, agent = with_room_for_two(reception, minutes=30)
    slot.click()
    main(reception).get_by_label(re.compile(f"^Tom {family}")).check()
    choose_like(reception, re.compile("^Qui vient avec l’enfant"), f"Marie {family}")
    complaints = screen.at_widths(reception, screen.axe)
    screen.resize(reception, screen.DESK)
    pages.book(hands)
    expect(main(reception).get_by_role("heading", level=1)).to_contain_text(family)
    expect(main(reception).get_by_text(f"Marie {family}").first).to_be_visible()
    first, second = sorted((appointment_of(acting, agent, start, child) for child in (lea, tom)), key=lambda one: one["starts_at"])
    assert first["starts_at"] == program.utc(start)
    assert first["ends_at"] == second["starts_at"], "one right after the other"
    assert not complaints, "\n".join(complaints)


def with_room_for_two(page, minutes):
    """A slot whose agent is free again right after it."""
    found = [(slot, pages.start(slot), slot.locator("input").get_attribute("value").split("_")[1]) for slot in pages.slots(page).all()]
    free = {(start, agent) for _, start, agent in found}
    return next(one for one in found if (one[1] + timedelta(minutes=minutes), one[2]) in free)


def appointment_of(acting, agent, day, person):
    items = acting.get(f"/appointments?agent={agent}&from={day:%Y-%m-%d}&to={day:%Y-%m-%d}&limit=100")["items"]
    (one,) = [one for one in items if any(someone["id"] == person["id"] for someone in one["people"])]
    return one


def test_what_a_child_without_a_number_is_told_goes_to_the_parent_who_receives(demo_server, reception, acting):
    family, _, (child,) = family_of(acting, ("Léa", "2022-05-04"))
    name = demo_server.login("worker", ORTHEZ)["name"]
    worker = next(one for one in acting.agents() if f"{one['first_name']} {one['last_name']}" == name)
    made = acting.book(child, program.at(10, days=150), agent=worker["id"], phone="06 39 98 55 01")
    reception.goto(f"/appointments/{made['id']}")
    told = main(reception).get_by_role("region", name="Ce qui est dit")
    expect(told).to_contain_text(f"Marie {family}")
    expect(told).to_contain_text("06 39 98 55 01")


def test_parents_who_live_apart_are_not_shown_each_other_s_address(reception, acting):
    where = {"address": "3 impasse des Essais", "commune": "Orthez", "postal_code": "64300"}
    family, _, (child,) = family_of(acting, ("Léa", "2022-05-04"), **where)
    father = acting.person("Paul", pages.invented_name(), address="8 allée des Mesures", commune="Pau", postal_code="64000")
    acting.post(f"/people/{child['id']}/relatives", {"other": father["id"], "kind": "parent"})
    reception.goto(f"/people/{child['id']}")
    expect(main(reception).get_by_text(f"Marie {family}").first).to_be_visible()
    for street in ("impasse des Essais", "allée des Mesures"):
        expect(main(reception).get_by_text(street)).to_have_count(0)
    reception.goto(f"/people/{father['id']}")
    expect(main(reception).get_by_text("impasse des Essais")).to_have_count(0)


def test_a_carer_is_a_person_of_their_own_who_agreed(reception, acting):
    family = pages.invented_name()
    helped = acting.person("Anne", family, birth_date="1940-05-06")
    acting.person("Jean", family)
    reception.goto(f"/people/{helped['id']}")
    main(reception).get_by_role("link", name="Ajouter un proche").click()
    main(reception).get_by_label("Chercher le proche").fill(f"Jean {family}")
    press(reception, "Chercher")
    main(reception).get_by_role("link", name=re.compile(f"Jean {family}")).click()
    main(reception).get_by_label(re.compile("est, pour")).select_option(label="Aidant")
    press(reception, "Enregistrer")
    expect(main(reception).get_by_role("alert")).to_be_visible()
    main(reception).get_by_label(re.compile("^Donné le")).fill("01/11/2025")
    main(reception).get_by_label(re.compile("^Comment")).fill("de vive voix")
    press(reception, "Enregistrer")
    expect(main(reception).get_by_text(re.compile("[Aa]ccord"))).to_be_visible()


def test_nobody_is_their_own_relative(reception, acting):
    family = pages.invented_name()
    person = acting.person("Anne", family)
    reception.goto(f"/people/{person['id']}/relatives/new?other={person['id']}")
    if main(reception).get_by_label(re.compile("est, pour")).count():
        main(reception).get_by_label(re.compile("est, pour")).select_option(label="Conjoint")
        press(reception, "Enregistrer")
    expect(main(reception).get_by_text(re.compile("Personne n’est son propre proche")).first).to_be_visible()
