"""Signing in and out, as anyone does it."""
import re

from playwright.sync_api import expect

import pages


def test_someone_signs_in_sees_their_agenda_and_signs_out(desk, demo_server):
    login = demo_server.login("reception")
    page = desk.page(demo_server)
    pages.sign_in(page, login["email"], login["password"])
    expect(page).to_have_url(re.compile("/agenda"))
    pages.sign_out(page)
    page.goto("/agenda")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_who_asked_for_a_page_gets_it_after_signing_in(desk, demo_server):
    login = demo_server.login("reception")
    page = desk.page(demo_server)
    page.goto("/people")
    expect(page).to_have_url(re.compile("/sign-in.*return="))
    page.get_by_label("Adresse e-mail").fill(login["email"])
    page.get_by_label("Mot de passe").fill(login["password"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/people$"))


def test_a_wrong_password_and_an_unknown_address_are_told_alike_and_keep_what_was_typed(desk, demo_server):
    known, sentences = demo_server.login("caller")["email"], []
    for email in (known, "personne@example.org"):
        page = desk.page(demo_server)
        page.goto("/sign-in")
        page.get_by_label("Adresse e-mail").fill(email)
        page.get_by_label("Mot de passe").fill("ce n’est pas le bon")
        page.get_by_role("button", name="Se connecter").click()
        expect(page.get_by_label("Adresse e-mail")).to_have_value(email)
        expect(page.get_by_label("Mot de passe")).to_have_value("")
        sentences.append(page.locator("main").inner_text())
    assert sentences[0] == sentences[1]


def test_without_a_script_one_signs_in_all_the_same(desk, demo_server):
    login = demo_server.login("worker")
    page = desk.page(demo_server, java_script_enabled=False)
    pages.sign_in(page, login["email"], login["password"])
    expect(page.locator("header")).to_contain_text(login["name"])
