"""One file each: doubles are announced while one types, two files are made one, and a list is imported."""
import re

import pytest
from playwright.sync_api import expect

import pages
import screen

ALIKE = re.compile("existe peut-être déjà")


@pytest.fixture
def reception(desk, server):
    return desk.page_as(server, "reception", "Orthez")


def test_a_double_is_announced_while_one_types_and_nothing_typed_is_lost(reception):
    family, number = pages.invented_name(), pages.free_number()
    pages.create_person(reception, "Maddi", family, "3/12/1950", [number])
    reception.goto("/people/new")
    form = reception.locator("main")
    form.get_by_label(re.compile("^Besoins")).fill("fauteuil")
    form.get_by_label(re.compile("^Nom")).first.press_sequentially(family, delay=10)
    form.get_by_label(re.compile("^Prénom")).first.press_sequentially("maddi", delay=10)
    expect(reception.get_by_text(ALIKE)).to_have_count(0)
    born = form.get_by_label(re.compile("^Date de naissance")).first
    born.press_sequentially("3/12/1950", delay=10)
    expect(reception.get_by_text(ALIKE)).to_be_visible()
    expect(born).to_be_focused()
    expect(form.get_by_label(re.compile("^Besoins"))).to_have_value("fauteuil")
    expect(born).to_have_value("3/12/1950")
    assert screen.axe(reception) == []
    with reception.context.expect_page() as opened:
        reception.get_by_role("link", name=re.compile(family)).first.click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text(family)
    opened.value.close()
    form.get_by_label(re.compile("^C’est quelqu’un d’autre")).check()
    form.get_by_label(re.compile("^Téléphone")).first.press_sequentially(pages.free_number(), delay=10)
    reception.wait_for_timeout(600)
    expect(form.get_by_label(re.compile("^C’est quelqu’un d’autre"))).to_be_checked()
    reception.get_by_role("button", name="Créer la fiche").click()
    expect(reception.get_by_role("heading", level=1)).to_contain_text(family)


def test_without_a_script_the_form_comes_back_with_who_may_already_exist(desk, server, reception):
    family = pages.invented_name()
    pages.create_person(reception, "Peio", family, "3/12/1950")
    plain = desk.page_as(server, "reception", "Orthez", java_script_enabled=False)
    plain.goto("/people/new")
    pages.fill_person(plain, "Peio", family, "3 décembre 1950")
    plain.get_by_role("button", name="Créer la fiche").click()
    expect(plain.get_by_role("heading", name=ALIKE)).to_be_visible()
    expect(plain.locator("main").get_by_label(re.compile("^Prénom")).first).to_have_value("Peio")


def test_two_files_are_made_one_side_by_side_and_the_old_address_leads_there(reception):
    family, number = pages.invented_name(), pages.free_number()
    old = pages.create_person(reception, "Maïté", family, "3/12/1950", [number])
    kept = pages.create_person(reception, "Maialen", family)
    reception.get_by_role("link", name="Réunir avec une autre fiche").click()
    reception.get_by_label(re.compile("^Chercher l’autre fiche")).fill(family)
    reception.get_by_role("button", name="Chercher", exact=True).click()
    reception.get_by_role("link", name=re.compile("Comparer")).first.click()
    expect(reception.get_by_role("heading", level=1)).to_contain_text("Réunir deux fiches")
    for width in (screen.PHONE, screen.DESK):
        screen.resize(reception, width)
        assert screen.axe(reception) == [] and screen.too_wide(reception) == []
        screen.shot(reception, f"merging-{width}")
    reception.get_by_label("Maïté").check()
    reception.get_by_role("button", name="Réunir les deux fiches").click()
    expect(reception.get_by_role("heading", level=1)).to_have_text(f"Maïté {family}")
    expect(reception.get_by_text("Fiches réunies à celle-ci")).to_be_visible()
    reception.goto(old)
    assert reception.url == kept
    expect(reception.get_by_role("link", name=number)).to_be_visible()


def test_a_list_is_imported_after_its_preview(desk, server):
    page, family = desk.page_as(server, "administrator"), pages.invented_name()
    page.goto("/setup/imports")
    assert screen.axe(page) == []
    rows = f"NOM;Prénom;DDN;Note\n{family};Zoé;03/12/1950;x\n{family};Luc;31/02/1950;y\n"
    page.get_by_label("Fichier CSV").set_input_files({"name": "liste.csv", "mimeType": "text/csv", "buffer": rows.encode("latin-1")})
    page.get_by_label(re.compile("Qui suivra")).select_option(index=1)
    page.get_by_role("button", name="Afficher l’aperçu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aperçu de liste.csv")
    expect(page.get_by_role("row").filter(has_text="Refusée")).to_contain_text("n’existe pas")
    for width in (screen.PHONE, screen.DESK):
        screen.resize(page, width)
        assert screen.axe(page) == [] and screen.too_wide(page) == []
        screen.shot(page, f"import-{width}")
    page.get_by_label("DDN").select_option(label="Ne pas importer")
    page.get_by_role("button", name="Afficher l’aperçu avec ces colonnes").click()
    expect(page.get_by_role("row").filter(has_text="Refusée")).to_have_count(0)
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import de liste.csv")
    expect(page.get_by_role("row").filter(has_text="Nouvelle fiche")).to_have_count(2)
