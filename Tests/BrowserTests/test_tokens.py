"""A program acts for an agent, and no further than what was chosen for it."""
import re

from playwright.sync_api import expect

import screen
from pages import main


def ask(page, token, method, path, data=None):
    return page.request.fetch(
        f"/api/v1{path}", method=method, data=data, headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})


def test_a_token_goes_no_further_than_what_was_chosen(desk, demo_server):
    page = desk.page_as(demo_server, "reception", "Orthez")
    page.goto("/account")
    main(page).get_by_label("Nom du jeton").fill("annuaire")
    main(page).get_by_role("button", name="Créer le jeton").click()
    expect(main(page).get_by_text("Dites au moins une chose que le jeton permet.").first).to_be_visible()
    expect(main(page).get_by_label("Nom du jeton")).to_have_value("annuaire")
    complaints = screen.at_widths(page, screen.axe)
    screen.resize(page, screen.DESK)
    main(page).get_by_label("Fiches des personnes").select_option("read")
    main(page).get_by_role("button", name="Créer le jeton").click()
    token = main(page).get_by_label("Jeton", exact=True).input_value()
    row = main(page).get_by_role("row").filter(has_text="annuaire")
    expect(row.first).to_contain_text("Fiches des personnes : lire")
    assert ask(page, token, "POST", "/people/search", {"q": "Lahargarai"}).status == 200
    for method, path, data in [("GET", "/appointments", None), ("GET", "/agents", None)]:
        answer = ask(page, token, method, path, data)
        assert (answer.status, answer.json()["code"]) == (403, "token-scope"), answer.text()
    written = ask(page, token, "POST", "/people", {"first_name": "A", "last_name": "B", "informed": True})
    assert (written.status, written.json()["code"]) == (403, "read-only-token"), written.text()
    page.goto("/account")
    main(page).get_by_role("row").filter(has_text="annuaire").first.get_by_role("button", name=re.compile("Révoquer")).click()
    assert ask(page, token, "GET", "/me").status == 401
    assert not complaints, "\n".join(complaints)
