"""The rest of what a person's file holds: dates, words, notes, the story in order; and what a territory makes of its files."""
import re

import pytest
from playwright.sync_api import expect

import pages
import program
import screen
from pages import main, press

ORTHEZ = "Orthez"


def search(page, text):
    page.goto("/people")
    main(page).get_by_label("Chercher une personne").fill(text)
    press(page, "Chercher")


@pytest.mark.parametrize("typed", ["Lefèbvre-{}", "lefevre {}", "LE FEBVRE {}", "le fèvre {}", "Lephebvre {}"])
def test_a_name_is_found_however_it_is_spelt(worker, typed):
    family = pages.invented_name()
    pages.create_person(worker, "Jeanne", f"Lefebvre {family}")
    search(worker, typed.format(family))
    expect(main(worker).get_by_role("link", name=re.compile(family))).to_be_visible()


def test_a_birth_that_is_expected_stands_on_the_file(worker):
    family = pages.invented_name()
    pages.create_person(worker, "Jeanne", family)
    main(worker).get_by_role("link", name="Modifier", exact=True).first.click()
    main(worker).get_by_label(re.compile("^Naissance prévue")).fill("04/05/2027")
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text(re.compile("4\\s+mai\\s+2027")).first).to_be_visible()


def test_a_territory_s_words_and_fields_are_on_its_files_as_it_chose(desk, demo_server, worker):
    administrator, word, family = desk.page_as(demo_server, "administrator"), "Atelier " + pages.invented_name(), pages.invented_name()
    administrator.goto("/setup/tags/new")
    main(administrator).get_by_label("Nom").fill(word)
    press(administrator, "Enregistrer")
    pages.create_person(worker, "Anne", family)
    main(worker).get_by_role("link", name="Modifier", exact=True).first.click()
    main(worker).get_by_label(word).check()
    press(worker, "Enregistrer")
    expect(main(worker).get_by_text(word).first).to_be_visible()
    expected = main(worker).get_by_label(re.compile("^Numéro CAF"))
    for isOn in (False, True):
        administrator.goto("/setup/person-fields")
        box = main(administrator).get_by_label(re.compile("CAF")).first
        box.check() if isOn else box.uncheck()
        press(administrator, "Enregistrer")
        worker.goto("/people/new")
        expect(main(worker).get_by_label(re.compile("^Nom")).first).to_be_visible()
        expect(expected).to_have_count(1 if isOn else 0)


def test_a_note_is_read_by_its_service_with_who_wrote_it_and_by_no_other(desk, demo_server, worker):
    family, said = pages.invented_name(), "Note " + pages.invented_name()
    person = pages.create_person(worker, "Anne", family)
    worker.get_by_label("Note", exact=True).fill(said)
    press(worker, "Enregistrer la note")
    expect(main(worker).get_by_text(said)).to_be_visible()
    card = main(worker).get_by_role("listitem").filter(has_text=said)
    expect(card).to_contain_text("Service social")
    pmi = next(one for one in demo_server_logins(demo_server) if one["email"] == "pmi.orthez@example.org")
    other = desk.page(demo_server)
    pages.sign_in(other, pmi["email"], pmi["password"])
    other.goto(person)
    expect(main(other).get_by_role("heading", level=1)).to_contain_text(family)
    expect(main(other).get_by_text(said)).to_have_count(0)


def demo_server_logins(server):
    server.login("worker")
    return server._logins


def test_the_story_of_a_person_is_told_in_time_order(worker):
    acting, family = program.Program(worker), pages.invented_name()
    person = acting.person("Anne", family, phones=[{"number": "06 39 98 55 11"}])
    for days in (150, 157):
        acting.book(person, program.at(11, days=days), phone="06 39 98 55 11")
    worker.goto(f"/people/{person['id']}")
    worker.get_by_label("Note", exact=True).fill("Vue aujourd’hui")
    press(worker, "Enregistrer la note")
    main(worker).get_by_role("link", name="Toute l’histoire").click()
    complaints = screen.at_widths(worker, screen.axe)
    told = [line for line in main(worker).locator("li:not(nav li)").all_inner_texts() if re.search("Rendez-vous|Message|Note", line)]
    kinds = [re.search("Rendez-vous|Message|Note", line)[0] for line in told]
    assert kinds.count("Rendez-vous") == 2 and "Message" in kinds and "Note" in kinds, told
    assert kinds.index("Rendez-vous") < kinds.index("Note"), "what is to come stands before what was"
    assert not complaints, "\n".join(complaints)


def new_agent(administrator, family, email=""):
    administrator.goto("/setup/agents/new")
    main(administrator).get_by_label("Nom", exact=True).fill(family)
    main(administrator).get_by_label(re.compile("^Adresse e-mail")).fill(email)
    press(administrator, "Créer cet agent")


def join(administrator, words):
    house = main(administrator).get_by_label(re.compile("^Ajouter une organisation"))
    option = house.locator("option").filter(has_text=re.compile(words)).first
    house.select_option(value=option.get_attribute("value"))
    main(administrator).get_by_role("group", name="Rôles dans cette organisation").get_by_label("Travailleur social").check()
    press(administrator, "Enregistrer les affectations")


def test_an_agent_without_a_login_works_in_two_organizations_with_one_calendar(desk, demo_server):
    administrator, manager = desk.page_as(demo_server, "administrator"), desk.page_as(demo_server, "manager", ORTHEZ)
    family = pages.invented_name()
    new_agent(administrator, family)
    expect(main(administrator).get_by_text("Sans e-mail, cet agent a un agenda et ne se connecte pas.")).to_be_visible()
    for words in ("Orthez", "Pau"):
        join(administrator, words)
    complaints = screen.at_widths(administrator, screen.axe)
    assert main(administrator).get_by_role("group", name=re.compile("Orthez|Pau")).count() == 2
    address = administrator.url.split("/")[5].split("?")[0]
    manager.goto(f"/agenda/agents/{address}")
    above = main(manager).locator(".head")
    expect(above).to_contain_text("Orthez")
    expect(above).to_contain_text("Pau")
    press(administrator, "Désactiver cet agent")
    expect(main(administrator).get_by_role("button", name="Réactiver cet agent")).to_be_visible()
    assert not complaints, "\n".join(complaints)


def test_who_leaves_with_appointments_is_not_disabled_before_they_are_handed_over(desk, demo_server):
    administrator, worker = desk.page_as(demo_server, "administrator"), desk.page_as(demo_server, "worker", ORTHEZ)
    acting = program.Program(worker)
    administrator.goto(f"/setup/agents/{acting.me['id']}")
    expect(main(administrator).get_by_text(re.compile("rendez-vous à venir.*un responsable les confie d’abord"))).to_be_visible()
    expect(main(administrator).get_by_role("button", name="Désactiver cet agent")).to_have_count(0)


def test_private_notes_of_who_leaves_are_given_to_a_colleague_or_erased(desk, demo_server):
    administrator, family = desk.page_as(demo_server, "administrator"), pages.invented_name()
    email = f"{family.lower()}@example.org"
    new_agent(administrator, family, email)
    join(administrator, ORTHEZ)
    main(administrator).get_by_role("group", name=re.compile("^Cet agent voit")).get_by_label("Service social").check()
    press(administrator, "Enregistrer les services")
    press(administrator, "Créer un lien de mot de passe")
    link, agent = main(administrator).get_by_label("Lien à remettre").input_value(), administrator.url
    leaver = desk.page(demo_server)
    leaver.goto(link[link.index("/password/"):])
    password = "quatre gaves sous la grêle"
    for field in leaver.locator("main input[type=password]").all():
        field.fill(password)
    main(leaver).get_by_role("button").first.click()
    pages.sign_in(leaver, email, password)
    pages.create_person(leaver, "Anne", pages.invented_name())
    leaver.get_by_label("Note", exact=True).fill("Pour moi seul")
    leaver.get_by_label("Qui la lira").select_option(label="Moi seul")
    press(leaver, "Enregistrer la note")
    administrator.goto(re.sub("/(password-link|services|memberships)$", "", agent))
    press(administrator, "Désactiver cet agent")
    expect(main(administrator).get_by_label("Ses 1 note privée")).to_have_attribute("aria-invalid", "true")
    main(administrator).get_by_label("Ses 1 note privée").select_option(label="Effacées")
    press(administrator, "Désactiver cet agent")
    expect(main(administrator).get_by_role("button", name="Réactiver cet agent")).to_be_visible()


def test_a_list_of_agents_is_imported_with_a_line_for_each_row(desk, demo_server):
    page, family = desk.page_as(demo_server, "administrator"), pages.invented_name()
    page.goto("/setup/organizations")
    house = main(page).get_by_role("link", name=re.compile(ORTHEZ)).first.inner_text()
    page.goto("/setup/imports")
    main(page).get_by_text("Des agents").click()
    rows = f"Nom;Prénom;Mail;MDS;Rôle\n{family};Anne;{family.lower()}@example.org;{house};Travailleur social\n{family};Luc;;Nulle part;accueil\n"
    page.get_by_label("Fichier CSV").set_input_files({"name": "agents.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    press(page, "Afficher l’aperçu")
    expect(page.get_by_role("row").filter(has_text="Refusée")).to_have_count(1)
    press(page, re.compile("^Importer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Import de agents.csv")
    page.goto("/setup/agents")
    expect(main(page).get_by_text(re.compile(family)).first).to_be_visible()
