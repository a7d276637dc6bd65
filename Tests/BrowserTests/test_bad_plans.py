"""What cannot be, and what one is told then."""
import re
from datetime import timedelta

from playwright.sync_api import expect

import pages
import program
from pages import main, press


def test_a_file_is_not_united_with_itself_nor_with_one_that_is_not_here(reception):
    person = pages.create_person(reception, "Anne", "Zubiederra").rsplit("/", 1)[1]
    for other in (person, "01890000-0000-7000-8000-000000000000"):
        answer = reception.goto(f"/people/{person}/merging/{other}")
        assert answer.status in (404, 409, 422), answer.status
        expect(reception.locator("h1")).to_be_visible()


def test_a_day_that_is_none_of_those_that_recur_has_no_page(worker):
    worker.goto("/agenda/openings")
    main(worker).get_by_role("link", name=re.compile("^Modifier : (Tous les|Du lundi|Le )")).first.click()
    opening = worker.url.split("?")[0]
    sunday = program.at(9, days=30)
    sunday += timedelta(days=6 - sunday.weekday())
    answer = worker.goto(f"{opening}/days/{sunday:%Y-%m-%d}")
    assert answer.status in (404, 422)


def test_an_absence_of_ten_years_is_refused_beside_its_field(worker):
    worker.goto("/agenda/absences/new")
    main(worker).get_by_label(re.compile("^Du")).fill("2027-01-04")
    main(worker).get_by_label(re.compile("^Au")).fill("2037-01-04")
    press(worker, "Enregistrer l’indisponibilité")
    expect(main(worker).get_by_role("alert")).to_be_visible()
    expect(main(worker).get_by_label(re.compile("^Du"))).to_have_value("2027-01-04")


def test_a_reason_that_is_in_use_is_retired_and_not_deleted(desk, demo_server):
    administrator = desk.page_as(demo_server, "administrator")
    administrator.goto("/setup/reasons")
    main(administrator).get_by_role("link", name="Suivi RSA").click()
    press(administrator, "Supprimer")
    expect(main(administrator).get_by_text("Cet élément sert encore").first).to_be_visible()
    expect(main(administrator).get_by_label("Nom", exact=True)).to_have_value("Suivi RSA")
    expect(main(administrator).get_by_role("button", name="Retirer ce motif")).to_be_visible()


def test_of_two_who_change_one_opening_the_second_is_shown_what_changed(manager, worker):
    # At hours of no other test: two that overlap would be warned of first.
    day = program.at(9, days=210)
    worker.goto("/agenda/openings/new")
    main(worker).get_by_label("Le, ou à partir du").fill(f"{day:%Y-%m-%d}")
    main(worker).get_by_label("De", exact=True).fill("21:10")
    main(worker).get_by_label("À", exact=True).fill("21:40")
    main(worker).get_by_role("group", name="Pour quels motifs ?").get_by_label(re.compile("^Premier contact RSA")).check()
    press(worker, "Enregistrer la plage")
    worker.goto("/agenda/openings")
    main(worker).get_by_role("link", name=re.compile("^Modifier.*de 21 h 10 à 21 h 40".replace(" ", r"\s"))).first.click()
    manager.goto(worker.url)
    for page, end in ((manager, "21:45"), (worker, "21:50")):
        main(page).get_by_label("À", exact=True).fill(end)
    press(manager, "Enregistrer")
    expect(manager.locator("#notice")).to_be_visible()
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text(re.compile("entre-temps")).first).to_be_visible()
    expect(main(worker).get_by_text(re.compile(r"21\sh\s45")).first).to_be_visible()
    expect(main(worker).get_by_label("À", exact=True)).to_have_value("21:50")
