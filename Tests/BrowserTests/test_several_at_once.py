"""More than one agent and one hour: two agents, a room and an interpreter, two reasons in a row, a series."""
import re
from datetime import datetime, timedelta

import pytest
from dateutil.easter import easter
from playwright.sync_api import expect

import pages
import screen
from pages import plain


FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


@pytest.fixture
def reception(desk, server):
    return desk.page_as(server, "reception")


def reason_by_phone(page):
    """The first reason taken by phone: it needs no site."""
    page.goto("/appointments/new")
    return page.locator("select[name=reason] option").filter(has_text="par téléphone").first


def choose_reason(page):
    option = reason_by_phone(page)
    page.get_by_label("Motif", exact=True).select_option(value=option.get_attribute("value"))
    expect(page.locator("#when input[name=slot]").first).to_be_visible()


def unfold_options(page):
    page.locator("#options > summary").click()


def slots_become(page, wished):
    """The search has answered: every slot is of the kind that was asked for."""
    for _ in range(100):
        values = page.locator("#when input[name=slot]").evaluate_all("all => all.map(one => one.value)")
        if values and all(wished(value) for value in values):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no such slots: {values}")


def create_person(page, name):
    page.get_by_text("Créer sa fiche", exact=True).click()
    page.get_by_label("Nom", exact=True).fill(name)
    page.locator("input[name=phone_1]").fill(f"05 36 49 {next(pages.NUMBERS):04d}"[:14])
    page.get_by_label("La phrase a été dite").check()


def take_first_slot(page):
    page.locator("#when input[name=slot]").first.check(force=True)
    page.get_by_role("button", name="Prendre le rendez-vous").click()
    expect(page.locator("#notice")).to_contain_text("Rendez-vous pris.")


def test_two_agents_receive_together_and_both_agendas_show_it(reception):
    choose_reason(reception)
    unfold_options(reception)
    reception.get_by_label("Avec un second agent").select_option("any")
    slots_become(reception, lambda value: value.count("_") == 4)
    complaints = screen.at_widths(reception, screen.axe)
    create_person(reception, "Zubialde-Deux")
    take_first_slot(reception)
    received = reception.locator("dt", has_text=re.compile("^Avec$")).locator("xpath=following-sibling::dd[1]").inner_text()
    assert " et " in received, received
    complaints += screen.at_widths(reception, screen.axe)
    reception.get_by_text("Second agent", exact=True).click()
    reception.get_by_role("button", name=re.compile("^Continuer sans")).first.click()
    expect(reception.locator("#notice")).to_contain_text("C’est noté")
    assert " et " not in reception.locator("dt", has_text=re.compile("^Avec$")).locator("xpath=following-sibling::dd[1]").inner_text()
    assert "ne reçoit plus" in plain(reception)
    assert not complaints, "\n".join(complaints)


def test_two_reasons_are_taken_one_after_the_other_and_in_one_act(reception):
    choose_reason(reception)
    unfold_options(reception)
    then = reception.get_by_label("Puis, à la suite")
    second = then.locator("option").filter(has_text="min").first
    name = second.inner_text().split(" · ")[0]
    then.select_option(value=second.get_attribute("value"))
    expect(then).to_be_visible()  # unfolded by hand, and what was chosen stays in view
    expect(reception.locator("#when input[name=slot]").first).to_be_visible()
    create_person(reception, "Zubialde-Suite")
    complaints = screen.at_widths(reception, screen.axe)
    take_first_slot(reception)
    assert "Pris à la suite" in plain(reception) and name in plain(reception)
    complaints += screen.at_widths(reception, screen.axe)
    assert not complaints, "\n".join(complaints)


def test_a_series_shows_each_date_is_taken_at_once_and_cancelled_from_one_on(reception):
    choose_reason(reception)
    create_person(reception, "Zubialde-Serie")
    reception.locator("#when input[name=slot]").first.check(force=True)
    unfold_options(reception)
    reception.get_by_text("Plusieurs fois, en série").click()
    reception.get_by_label("Combien de rendez-vous").fill("4")
    reception.get_by_label("Toutes les … semaines").fill("1")
    reception.get_by_role("button", name="Voir les dates").click()
    expect(reception.get_by_role("heading", level=1)).to_have_text("Les dates de la série")
    assert reception.locator("fieldset.card").count() == 4
    # A date on which nobody is free is left out, and says so.
    chosen = reception.locator("fieldset.card input:checked").evaluate_all("all => all.map(one => one.value)")
    taken = len([one for one in chosen if one != "none"])
    assert len(chosen) == 4 and taken >= 2, chosen
    complaints = screen.at_widths(reception, screen.axe)
    reception.get_by_role("button", name="Prendre ces rendez-vous").click()
    expect(reception.locator("#notice")).to_contain_text(re.compile("rendez-vous pris"))
    assert "De la même série" in plain(reception) and f"pour {taken} rendez-vous" in plain(reception)
    reception.get_by_role("link", name=re.compile(r"\d h")).and_(reception.locator("dd a")).first.click()
    reception.get_by_text("Annuler", exact=True).click()
    reception.get_by_label("La personne", exact=True).check(force=True)
    reception.get_by_label("Celui-ci et les suivants").check(force=True)
    complaints += screen.at_widths(reception, screen.axe)
    reception.get_by_role("button", name="Annuler le rendez-vous").click()
    expect(reception.locator("#notice")).to_contain_text("annulé")
    assert not complaints, "\n".join(complaints)


def is_holiday(day):
    after_easter = (day - easter(day.year)).days
    return (day.month, day.day) in FIXED or after_easter in (1, 39, 50)


def meeting_a_holiday(page):
    """A slot, and how many weeks later its day is a public holiday."""
    for slot in page.locator("#when input[name=slot]").all():
        start = datetime.fromtimestamp(int(slot.get_attribute("value").split("_")[0]), pages.PARIS)
        for weeks in range(1, 26):
            if is_holiday(start.date() + timedelta(weeks=weeks)):
                return slot, weeks
    raise AssertionError("no slot on a weekday of a holiday to come")


def test_a_series_that_meets_a_holiday_says_so_and_goes_on_without_it(reception):
    choose_reason(reception)
    create_person(reception, "Zubialde-Ferie")
    slot, weeks = meeting_a_holiday(reception)
    slot.check(force=True)
    unfold_options(reception)
    reception.get_by_text("Plusieurs fois, en série").click()
    reception.get_by_label("Combien de rendez-vous").fill(f"{weeks + 1}")
    reception.get_by_label("Toutes les … semaines").fill("9")
    reception.get_by_role("button", name="Voir les dates").click()
    expect(reception.get_by_text("D’une à 8 semaines entre deux.").first).to_be_visible()
    reception.get_by_label("Toutes les … semaines").fill("1")
    reception.get_by_role("button", name="Voir les dates").click()
    holiday = reception.locator("fieldset.card").filter(has_text="Férié").last
    expect(holiday).to_be_visible()
    holiday.get_by_label(re.compile("^Ne pas prendre")).check(force=True)
    assert holiday.locator("input[type=radio]:checked").input_value() == "none"


def test_a_room_is_set_up_reserved_and_shown_in_its_week(desk, server, reception):
    admin = desk.page_as(server, "admin")
    admin.goto("/setup/resources/new")
    complaints = screen.at_widths(admin, screen.axe)
    admin.get_by_label("Organisation", exact=True).select_option(index=1)
    admin.get_by_label("Interprète", exact=True).check(force=True)
    admin.get_by_label("Nom", exact=True).fill("Interprète de nuit")
    admin.get_by_label("Peul", exact=True).check(force=True)
    admin.get_by_label("À confirmer", exact=True).check(force=True)
    admin.get_by_role("button", name="Enregistrer").click()
    expect(admin.locator("#notice")).to_contain_text("enregistrée")
    choose_reason(reception)
    unfold_options(reception)
    reception.get_by_label(re.compile("^Interprète")).select_option(label="Peul")
    slots_become(reception, lambda value: "_r" in value)
    create_person(reception, "Zubialde-Arabe")
    take_first_slot(reception)
    assert "à confirmer" in plain(reception)
    reception.goto("/resources/to-confirm")
    complaints += screen.at_widths(reception, screen.axe)
    line = reception.locator("main li.card").filter(has_text="Zubialde-Arabe")
    line.get_by_role("button", name="Accepté").click()
    expect(reception.locator("main li.card").filter(has_text="Zubialde-Arabe")).to_have_count(0)
    reception.goto("/resources")
    complaints += screen.at_widths(reception, screen.axe)
    reception.get_by_role("link", name="Interprète de nuit").first.click()
    complaints += screen.at_widths(reception, screen.axe)
    assert not complaints, "\n".join(complaints)
