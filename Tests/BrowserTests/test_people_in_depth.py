"""People's files in depth, as agents fill them in: discreet contact, archives, relatives, protection, private notes, the story."""
import re

from playwright.sync_api import expect

import pages
from pages import main, press

ORTHEZ = "Orthez"


def follow(page, name):
    main(page).get_by_role("link", name=name, exact=True).first.click()


def test_discreet_contact_is_warned_of_before_each_call_or_letter(worker):
    family = pages.invented_name()
    pages.create_person(worker, "Jeanne", family, phones=[pages.free_number()])
    follow(worker, "Modifier")
    worker.get_by_label("Ne jamais laisser de message").check()
    worker.get_by_label("Adresse confidentielle").check()
    worker.get_by_label(re.compile("^À savoir avant d’appeler")).fill("appeler avant 16 h")
    worker.get_by_label(re.compile("^Nom de naissance")).fill("Etchegoyen" + family)
    worker.get_by_label(re.compile("^Numéro CAF")).fill("99" + str(pages.RANDOM.randint(10_000, 99_999)) + " Z")
    number = worker.get_by_label(re.compile("^Numéro CAF")).input_value()
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text("Ne jamais laisser de message").first).to_be_visible()
    worker.goto("/people")
    main(worker).get_by_label("Chercher une personne").fill(number.replace(" ", ""))
    press(worker, "Chercher")
    main(worker).get_by_role("link", name=re.compile(family)).click()
    follow(worker, "Prendre rendez-vous")
    expect(main(worker).get_by_text("Ne jamais laisser de message").first).to_be_visible()
    expect(main(worker).get_by_text("appeler avant 16 h").first).to_be_visible()


def test_a_file_is_put_away_and_taken_out(worker):
    family = pages.invented_name()
    address = pages.create_person(worker, "Anne", family)
    follow(worker, "Archiver")
    main(worker).get_by_text("A déménagé").click()
    press(worker, "Archiver la fiche")
    expect(main(worker).get_by_text("Fiche archivée", exact=True).first).to_be_visible()
    worker.goto("/people")
    main(worker).get_by_label("Chercher une personne").fill(family)
    press(worker, "Chercher")
    expect(main(worker).get_by_text("Personne ne correspond")).to_be_visible()
    worker.get_by_label("Chercher aussi dans les archives").check()
    press(worker, "Chercher")
    expect(main(worker).get_by_role("link", name=re.compile(family))).to_be_visible()
    worker.goto(address)
    press(worker, "Sortir des archives")
    expect(main(worker).get_by_role("link", name="Prendre rendez-vous")).to_be_visible()


def add_relative(page, person, name, kind):
    page.goto(person)
    follow(page, "Ajouter un proche")
    main(page).get_by_label("Chercher le proche").fill(name)
    press(page, "Chercher")
    main(page).get_by_role("link", name=re.compile(name)).click()
    main(page).get_by_label(re.compile("est, pour")).select_option(label=kind)


def test_a_child_s_parents_and_who_must_not_know(worker):
    family, other = pages.invented_name(), pages.invented_name()
    child = pages.create_person(worker, "Léa", family, born="04/05/2020")
    pages.create_person(worker, "Marie", family, phones=[pages.free_number()])
    pages.create_person(worker, "Paul", other, phones=[pages.free_number()])
    add_relative(worker, child, f"Marie {family}", "Parent")
    worker.get_by_label("Reçoit les messages").check()
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text("Reçoit", exact=True)).to_be_visible()
    add_relative(worker, child, f"Paul {other}", "Parent")
    worker.get_by_label(re.compile("ne doit pas savoir$")).check()
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text("Dites depuis quand.").first).to_be_visible()
    worker.get_by_label(re.compile("^Depuis le")).fill("01/11/2025")
    worker.get_by_label(re.compile("^D’après")).fill("un jugement")
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text(re.compile("Ne doit pas savoir, depuis le"))).to_be_visible()
    follow(worker, "Prendre rendez-vous")
    expect(main(worker).get_by_text(f"Paul {other} ne doit pas savoir")).to_be_visible()


def test_a_protected_adult_s_measure_and_representative(worker):
    family = pages.invented_name()
    person = pages.create_person(worker, "Anne", family)
    pages.create_person(worker, "Paul", family, phones=[pages.free_number()])
    add_relative(worker, person, f"Paul {family}", "Représentant légal")
    press(worker, "Enregistrer")
    follow(worker, "Ajouter une mesure")
    worker.get_by_label("Mesure").select_option(label="Curatelle")
    worker.get_by_label(re.compile("^Du")).fill("01/02/2026")
    worker.get_by_label(re.compile("^Représentant")).select_option(label=f"Paul {family}")
    worker.get_by_label("Lui envoyer une copie des messages").check()
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text("qui reçoit une copie des messages, sans le motif")).to_be_visible()


def test_a_private_note_stands_in_its_author_s_story_alone(desk, demo_server, worker):
    family = pages.invented_name()
    person = pages.create_person(worker, "Anne", family)
    worker.get_by_label("Note", exact=True).fill("Rien que pour moi")
    worker.get_by_label("Qui la lira").select_option(label="Moi seul")
    press(worker, "Enregistrer la note")
    expect(main(worker).get_by_text("Rien que pour moi")).to_be_visible()
    follow(worker, "Toute l’histoire")
    expect(main(worker).get_by_text("Rien que pour moi")).to_be_visible()
    reception = desk.page_as(demo_server, "reception", ORTHEZ)
    reception.goto(person)
    expect(main(reception).get_by_text("Rien que pour moi")).to_have_count(0)


def test_the_data_protection_role_hands_over_all_that_is_kept(desk, demo_server, worker):
    family = pages.invented_name()
    person = pages.create_person(worker, "Anne", family)
    worker.get_by_label("Note", exact=True).fill("À lire par elle aussi")
    worker.get_by_label("Qui la lira").select_option(label="Moi seul")
    press(worker, "Enregistrer la note")
    officer = desk.page_as(demo_server, "data-protection")
    officer.goto("/journal/people/" + person.rsplit("/", 1)[1])
    officer.get_by_label(re.compile("Pourquoi consultez-vous")).fill("elle demande ce que l’on garde d’elle")
    press(officer, "Voir qui a consulté")
    press(officer, "Tout ce que l’on garde d’elle")
    expect(main(officer).get_by_text("À lire par elle aussi")).to_be_visible()
    expect(main(officer).get_by_role("heading", level=1)).to_contain_text(family)
    with officer.expect_download() as download:
        press(officer, "Télécharger (JSON)")
    assert "À lire par elle aussi" in open(download.value.path(), encoding="utf-8").read()
