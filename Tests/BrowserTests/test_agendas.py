"""Agendas as people look at them: a month, colleagues side by side, what is left out of sight, what each prefers."""
import re

from playwright.sync_api import expect

import screen

ORTHEZ = "Orthez"


def busy_week(page):
    """A week of one's own that holds appointments, from the present one on."""
    page.goto("/agenda")
    for _ in range(6):
        if page.locator(".agenda a.rdv").count():
            return
        page.keyboard.press("k")
        page.wait_for_load_state()
    raise AssertionError("no week with an appointment")


def test_a_week_is_seen_as_a_month_and_as_a_list(desk, demo_server):
    page = desk.page_as(demo_server, "worker", ORTHEZ)
    busy_week(page)
    who = page.locator(".agenda a.rdv b").first.inner_text().split(" · ")[1]
    page.get_by_role("link", name="Mois", exact=True).click()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader").first).to_have_text("lundi")
    cell = table.get_by_role("cell").filter(has_text=who)
    if not cell.count():
        cell = table.get_by_role("cell").filter(has_text="autres")
    cell.first.locator("a.date").click()
    expect(page).to_have_url(re.compile("view=day"))
    page.go_back()
    page.get_by_role("link", name="Liste", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text=who).first).to_be_visible()


def test_what_is_left_out_of_sight_stays_so_from_day_to_day(desk, demo_server):
    page = desk.page_as(demo_server, "worker", ORTHEZ)
    busy_week(page)
    legend = page.get_by_role("navigation", name="Légende")
    assert page.locator(".agenda .opening").count()
    legend.get_by_role("link", name=re.compile("^Plages d’ouverture")).click()
    expect(page.locator(".agenda .opening")).to_have_count(0)
    page.keyboard.press("k")
    page.wait_for_load_state()
    expect(legend.get_by_role("link", name=re.compile("^Plages d’ouverture : afficher"))).to_be_visible()
    page.keyboard.press("j")
    page.wait_for_load_state()
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_label("Statut").select_option(label="Annulé")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator(".agenda a.rdv")).to_have_count(0)
    page.get_by_role("link", name="Tout afficher").first.click()
    expect(page.locator(".agenda a.rdv").first).to_be_visible()


def test_colleagues_side_by_side_are_kept_as_a_group(desk, demo_server):
    page = desk.page_as(demo_server, "reception", ORTHEZ)
    page.goto("/agenda")
    page.get_by_role("link", name="Plusieurs agents").first.click()
    boxes = page.get_by_role("group", name="Quels agents ?").get_by_role("checkbox")
    names = [boxes.nth(number).locator("xpath=..").inner_text().split("\n")[0].strip() for number in range(2)]
    for number in range(2):
        boxes.nth(number).check()
    page.get_by_role("button", name="Afficher côte à côte").click()
    for name in names:
        expect(page.get_by_role("heading", name=re.compile(re.escape(name))).first).to_be_visible()
    page.get_by_role("button", name="Garder ce groupe").click()
    expect(page.get_by_role("alert")).to_contain_text("Donnez un nom")
    page.get_by_label("Nom du groupe").fill("Équipe du jeudi")
    page.get_by_role("button", name="Garder ce groupe").click()
    expect(page.get_by_text("Le groupe est gardé.")).to_be_visible()
    page.get_by_role("link", name="Semaine", exact=True).click()
    expect(page.get_by_role("rowheader", name=names[0])).to_be_visible()
    assert screen.axe(page) == []
    page.goto("/agenda")
    page.get_by_label("Agenda", exact=True).select_option(label="Équipe du jeudi")
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile("/agenda/groups/"))
    page.get_by_role("link", name="Modifier ce groupe").click()
    page.get_by_role("button", name="Supprimer ce groupe").click()
    expect(page.get_by_text("Le groupe est supprimé.")).to_be_visible()


def test_preferences_are_kept_and_obeyed(desk, demo_server):
    page = desk.page_as(demo_server, "manager", ORTHEZ)
    page.goto("/account/preferences")
    page.get_by_label("Afficher à partir de").select_option(label="7 h")
    page.get_by_label("Jusqu’à").select_option(label="6 h")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("La fin doit être après le début")
    page.get_by_label("Jusqu’à").select_option(label="20 h")
    page.get_by_label("Toujours afficher le samedi").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Vos préférences sont enregistrées.")).to_be_visible()
    page.goto("/agenda?view=week")
    expect(page.locator(".agenda .hours li").first).to_have_text("7 h")
    expect(page.locator(".agenda .day")).to_have_count(7)
    page.goto("/account/preferences")
    expect(page.get_by_label("Toujours afficher le samedi")).to_be_checked()


def hours_of(block):
    return tuple(int(block.get_attribute(f"data-{name}")) for name in ("from", "to"))


def movable(page):
    """An appointment of one's own that may be moved, with free time after it in its lane."""
    busy_week(page)
    for _ in range(6):
        blocks = page.locator(".agenda a.rdv[data-move]")
        for number in range(blocks.count()):
            block = blocks.nth(number)
            others = block.locator("xpath=..").locator(".rdv, .busy, .away, .hold")
            if others.count() == 1 and hours_of(block)[1] <= 16 * 60:
                return block.get_attribute("data-move")
        page.keyboard.press("k")
        page.wait_for_load_state()
    raise AssertionError("no appointment to move")


def test_an_appointment_is_dragged_and_stretched_and_put_back_when_refused(desk, demo_server):
    page = desk.page_as(demo_server, "worker", ORTHEZ)
    block = page.locator(f'.lane [data-move="{movable(page)}"]')
    start, end = hours_of(block)
    block.scroll_into_view_if_needed()
    box = block.bounding_box()
    scale = box["height"] / (end - start)
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + box["height"] / 2 + 30 * scale, steps=6)
    page.mouse.up()
    expect(page.locator("#notice")).to_contain_text("Rendez-vous déplacé")
    assert hours_of(block) == (start + 30, end + 30)
    box = block.bounding_box()
    page.mouse.move(middle, box["y"] + box["height"] - 3)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + box["height"] - 3 + 15 * scale, steps=6)
    page.mouse.up()
    expect(block).to_have_attribute("data-to", str(end + 45))
    # Somewhere the server says no: the day before yesterday is over.
    page.route("**/time", lambda route: route.continue_(post_data=re.sub(r"date=[0-9-]+", "date=2020-01-06", route.request.post_data)))
    box = block.bounding_box()
    page.mouse.move(middle, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + 6 + 30 * scale, steps=6)
    page.mouse.up()
    expect(page.locator("#notice")).to_contain_text("Cette date est passée")
    assert hours_of(block) == (start + 30, end + 45)
    assert abs(block.bounding_box()["y"] - box["y"]) < 2, "it is back where it was"


def test_the_same_by_keyboard_is_said_aloud(desk, demo_server):
    page = desk.page_as(demo_server, "worker", ORTHEZ)
    block = page.locator(f'.lane [data-move="{movable(page)}"]')
    start, end = hours_of(block)
    block.focus()
    page.keyboard.press("d")
    dialog = page.get_by_role("dialog", name=re.compile("^Déplacer : "))
    expect(dialog).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(dialog.get_by_role("status")).to_contain_text(f"de {(start + 15) // 60} h")
    assert screen.axe(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(block).to_be_focused()
    assert hours_of(block) == (start, end)
    page.keyboard.press("d")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Rendez-vous déplacé")
    expect(block).to_have_attribute("data-from", str(start + 15))
    expect(block).to_be_focused()


def test_an_opening_is_moved_for_one_day_by_its_grip(desk, demo_server):
    page = desk.page_as(demo_server, "worker", ORTHEZ)
    busy_week(page)
    page.keyboard.press("k")
    page.wait_for_load_state()
    grip = page.locator(".agenda .grip").last
    grip.focus()
    address, start = grip.get_attribute("data-move"), hours_of(grip)[0]
    date = grip.get_attribute("data-date")
    page.keyboard.press("d")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Plage déplacée, ce jour seulement")
    moved = page.locator(f'.agenda .grip[data-move="{address}"][data-date="{date}"]').first
    assert hours_of(moved)[0] == start


def test_what_others_change_is_told_and_undone(desk, demo_server):
    worker = desk.page_as(demo_server, "worker", ORTHEZ)
    worker.goto("/agenda/changes")
    expect(worker.get_by_role("heading", level=1)).to_have_text("Changements récents")
    worker.goto("/agenda/openings/new")
    worker.get_by_label("Des rendez-vous").check()
    worker.get_by_role("group", name="Pour quels motifs ?").get_by_role("checkbox").first.check()
    worker.get_by_label("Ou un autre lieu").fill("Salle polyvalente")
    worker.get_by_label("De", exact=True).fill("18:00")
    worker.get_by_label("À", exact=True).fill("18:30")
    worker.get_by_role("button", name="Enregistrer la plage").click()
    worker.goto("/agenda/changes")
    change = worker.get_by_role("listitem").filter(has_text="Plage d’ouverture posée").first
    expect(change).to_contain_text("de 18 h à 18 h 30")
    change.get_by_role("button", name="Revenir en arrière").click()
    expect(worker.get_by_text("C’est de nouveau comme avant.")).to_be_visible()
    expect(worker.get_by_role("listitem").filter(has_text="(retour en arrière)").first).to_be_visible()
    assert screen.axe(worker) == []
