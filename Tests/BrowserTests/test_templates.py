"""An administrator writes what messages say: counted, priced and measured while they type, refused when it is hard to read."""
import re

import pytest
from playwright.sync_api import expect

import lien
import screen

PLAIN = "{organisation} : vous avez un rendez-vous le {date} à {heure}.[ Appelez le {numéro}.]"
HARD = "Conformément à la réglementation applicable, votre participation obligatoire est subordonnée à une inscription préalable."


@pytest.fixture
def server(demo_file, tmp_path):
    with lien.Server(f"sqlite:{lien.copy_sqlite(demo_file, tmp_path)}", tmp_path / "lien.log") as server:
        yield server


def open_reminder(page):
    page.goto("/setup")
    page.get_by_role("link", name="Modèles de messages").click()
    page.get_by_role("link", name="Rappel par SMS").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rappel par SMS")


def look(page):
    return page.locator("#look")


def parts(page):
    return look(page).locator(".tag").first


def test_a_text_is_counted_while_it_is_typed_and_kept_as_a_version(desk, server):
    page = desk.page_as(server, "administrator")
    page.goto("/setup/templates")
    page.get_by_label("Centimes par SMS").fill("4,5")
    page.get_by_role("button", name="Enregistrer").click()
    open_reminder(page)
    body = page.get_by_label("Message")
    body.fill(PLAIN + " Ça se passe en septembre, n’oubliez pas ! " + "Venez à l’heure. " * 6)
    expect(parts(page)).to_have_text("2\xa0SMS")
    expect(look(page)).to_contain_text("9\xa0centimes")
    body.fill("Bonjour {prénom}")
    expect(look(page)).to_contain_text("{prénom} n’existe pas")
    body.fill(PLAIN)
    expect(parts(page)).to_have_text("1\xa0SMS")
    expect(body).to_be_focused()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le modèle est enregistré : version 1.")).to_be_visible()

    body.fill(HARD)
    expect(look(page)).to_contain_text("Plus simple")
    page.get_by_role("button", name="Enregistrer").click()
    because = page.get_by_label("Pourquoi garder un texte difficile")
    expect(page.locator("#f-because-error")).to_contain_text("sous 70")
    expect(body).to_have_value(HARD)
    for complaint in screen.at_widths(page, screen.axe) + screen.at_widths(page, screen.too_wide, (320, screen.PHONE, screen.DESK)):
        pytest.fail(complaint)
    screen.resize(page, screen.DESK)
    because.fill("La loi l’impose mot pour mot.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le modèle est enregistré : version 2.")).to_be_visible()

    page.get_by_role("link", name="Historique").click()
    expect(page.get_by_text("La loi l’impose mot pour mot.")).to_be_visible()
    page.get_by_role("button", name="Revenir à la version 1").click()
    expect(page.get_by_text("Ce texte parle de nouveau : c’est la version 3.")).to_be_visible()
    expect(body).to_have_value(PLAIN)


def test_without_a_script_a_button_looks(desk, server):
    page = desk.page_as(server, "administrator", java_script_enabled=False)
    open_reminder(page)
    page.get_by_label("Message").fill(PLAIN + " Надо.")
    page.get_by_role("button", name="Voir", exact=True).click()
    expect(page.locator("#look")).to_contain_text("70 par SMS au lieu de 160")
    expect(page.get_by_label("Message")).to_have_value(PLAIN + " Надо.")


def test_the_administrator_of_a_house_writes_for_it_alone(desk, server):
    page = desk.page_as(server, "admin")
    open_reminder(page)
    expect(page.get_by_text(re.compile("Modèles de messages : "))).not_to_contain_text("toute la collectivité")
    page.get_by_label("Message").fill(PLAIN)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le modèle est enregistré : version 1.")).to_be_visible()
    assert page.request.get("/setup/templates/edit?purpose=reminder&channel=sms").status == 403
