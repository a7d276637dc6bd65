"""What is already promised to people when plans change: absences, closures, bascules, handing over, and weeks kept under a name."""
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

import pages
import program
import screen
from pages import choose_like, main, plain, press

ORTHEZ = "Orthez"


@pytest.fixture
def looked():
    """What axe finds on the way, at both widths."""
    complaints = []

    def look(page):
        found = screen.at_widths(page, screen.axe) + screen.at_widths(page, screen.too_wide)
        complaints.extend(f"{page.url}: {one}" for one in found)
        screen.resize(page, screen.DESK)

    yield look
    assert not complaints, "\n".join(complaints)


def far(days):
    """A working day of its own for each test, far from what the demo holds, and its date as a form takes it."""
    moment = program.at(10, days=days)
    return moment - timedelta(days=moment.weekday() - 1)


def own_name(page):
    return page.get_by_label(re.compile("^Compte de ")).get_attribute("aria-label").removeprefix("Compte de ")


def test_an_absence_over_appointments_lists_them_and_what_to_do_about_each(worker, looked):
    day, acting = far(140), program.Program(worker)
    families = [pages.invented_name(), pages.invented_name()]
    for hour, family in zip((10, 11), families):
        acting.book(acting.person("Jeanne", family, phones=[{"number": "06 39 98 61 01"}]), day.replace(hour=hour), phone="06 39 98 61 01")
    worker.goto("/agenda/absences/new")
    main(worker).get_by_label(re.compile("^Titre")).fill("Formation")
    main(worker).get_by_label(re.compile("^Du")).fill(f"{day:%Y-%m-%d}")
    press(worker, "Enregistrer l’indisponibilité")
    assert "2 rendez-vous à venir tombent pendant cette absence" in plain(worker)
    looked(worker)
    main(worker).get_by_label("Pour tous").select_option(label="annuler, avec un message")
    press(worker, "Remplir pour tous")
    for family in families:
        expect(main(worker).get_by_label(re.compile(family))).to_have_value("cancel")
    main(worker).get_by_label(re.compile(families[1])).select_option("keep")
    press(worker, "Enregistrer l’indisponibilité")
    worker.goto(f"/agenda?view=day&date={day:%Y-%m-%d}")
    expect(main(worker).get_by_text("Formation").first).to_be_visible()
    expect(main(worker).get_by_role("link", name=re.compile(families[1])).first).to_be_visible()
    assert {one["status"] for one in appointments(acting, day)} == {"upcoming", "cancelled-by-service"}


def test_a_house_closes_and_its_appointments_are_dealt_with_in_bulk(worker, manager, looked):
    day, acting = far(147), program.Program(worker)
    family = pages.invented_name()
    acting.book(acting.person("Paul", family, phones=[{"number": "06 39 98 61 02"}]), day, phone="06 39 98 61 02")
    manager.goto("/agenda/closures")
    looked(manager)
    main(manager).get_by_role("link", name="Nouvelle fermeture").click()
    main(manager).get_by_label(re.compile("^Pourquoi")).fill("Travaux")
    choose_like(manager, "Ce qui ferme", "tous les lieux")
    main(manager).get_by_label(re.compile("^Du")).fill(f"{day:%Y-%m-%d}")
    press(manager, "Enregistrer la fermeture")
    expect(main(manager).get_by_label(re.compile(family))).to_be_visible()
    looked(manager)
    if main(manager).get_by_label("Pour tous").count():
        main(manager).get_by_label("Pour tous").select_option(label="annuler, avec un message")
        press(manager, "Remplir pour tous")
    else:
        main(manager).get_by_label(re.compile(family)).select_option("cancel")
    press(manager, "Enregistrer la fermeture")
    expect(main(manager).get_by_text("Travaux").first).to_be_visible()
    looked(manager)
    worker.goto(f"/agenda?view=day&date={day:%Y-%m-%d}")
    expect(main(worker).get_by_text("Travaux").first).to_be_visible()
    manager.goto("/agenda/closures")
    main(manager).get_by_role("link", name=re.compile("^Ouvrir : Travaux")).first.click()
    looked(manager)
    press(manager, "Supprimer la fermeture")


def test_a_site_goes_by_phone_for_a_while_and_back(worker, manager, looked):
    day, acting = far(154), program.Program(worker)
    families = [pages.invented_name(), pages.invented_name()]
    reason = acting.reason("site")
    site = next(one for one in acting.get("/sites?limit=100")["items"] if one["organization"] == acting.house)
    for hour, family, phones in [(10, families[0], [{"number": "06 39 98 61 03"}]), (11, families[1], [])]:
        person = acting.person("Anne", family, phones=phones)
        acting.book(person, day.replace(hour=hour), reason=reason, site=site["id"])
    manager.goto("/agenda/bascules")
    looked(manager)
    main(manager).get_by_role("link", name="Nouvelle bascule").click()
    main(manager).get_by_label("Lieu").select_option(label=site["name"])
    main(manager).get_by_label("Service").select_option(label="Service social")
    main(manager).get_by_label("Du", exact=True).fill(f"{day:%Y-%m-%d}")
    main(manager).get_by_label("Au, compris").fill(f"{day:%Y-%m-%d}")
    main(manager).get_by_label(re.compile("^Pourquoi")).fill("Canicule " + families[0])
    press(manager, "Voir ce qui changerait")
    assert "Sans numéro" in plain(manager) and "Avec interprète" in plain(manager)
    looked(manager)
    press(manager, "Basculer et prévenir")
    expect(main(manager).get_by_role("heading", level=1)).to_have_text("Canicule " + families[0])
    expect(main(manager).get_by_role("heading", name="Sans numéro")).to_be_visible()
    looked(manager)
    moved = {one["people"][0]["name"]: one["how"] for one in appointments(acting, day)}
    assert moved == {f"Anne {families[0]}": "phone", f"Anne {families[1]}": "site"}, moved
    press(manager, "Rétablir comme avant")
    expect(main(manager).get_by_text(re.compile("Rétablie"))).to_be_visible()
    assert {one["how"] for one in appointments(acting, day)} == {"site"}


def appointments(acting, day):
    return acting.get(f"/appointments?agent={acting.me['id']}&from={day:%Y-%m-%d}&to={day:%Y-%m-%d}")["items"]


def test_an_agent_s_appointments_people_openings_and_memos_go_to_a_colleague(desk, demo_server, worker, manager, looked):
    day, acting = far(161), program.Program(worker)
    family, caller = pages.invented_name(), pages.invented_name()
    acting.book(acting.person("Léa", family, phones=[{"number": "06 39 98 61 04"}]), day, phone="06 39 98 61 04")
    reception = desk.page_as(demo_server, "reception", ORTHEZ)
    program.Program(reception).post("/memos", {
        "agent": acting.me["id"], "caller": caller, "text": "Rappeler.", "due_at": program.utc(day)})
    worker.goto("/memos")
    expect(main(worker).get_by_role("listitem").filter(has_text=caller)).to_be_visible()
    manager.goto(f"/agenda/agents/{acting.me['id']}")
    main(manager).get_by_role("link", name="Confier à un collègue").first.click()
    assert re.search(r"mots? à traiter", plain(manager))
    looked(manager)
    name = someone_free(manager, f"{day:%Y-%m-%d}", family)
    looked(manager)
    choose_like(manager, re.compile(family), re.escape(name))
    main(manager).get_by_text("Restent comme elles sont").click()
    press(manager, "Confier et prévenir")
    expect(manager.locator("#notice")).to_be_visible()
    reception.goto("/memos")
    expect(main(reception).get_by_role("listitem").filter(has_text=caller)).to_contain_text(name)
    worker.goto("/memos")
    expect(main(worker).get_by_role("listitem").filter(has_text=caller)).to_contain_text(name)
    worker.goto(f"/agenda?view=day&date={day:%Y-%m-%d}")
    expect(main(worker).get_by_role("link", name=re.compile(family))).to_have_count(0)


def someone_free(manager, date, family):
    """A colleague who can receive at the same hour, chosen in the form, with what would be handed over on show."""
    names = [name for name in main(manager).get_by_label("À qui ?").locator("option").all_inner_texts() if name != "Choisir…"]
    for name in names:
        main(manager).get_by_label("À qui ?").select_option(label=name)
        main(manager).get_by_label("À partir du").fill(date)
        press(manager, re.compile("^Voir"))
        field = main(manager).get_by_label(re.compile(family))
        expect(field).to_be_visible()
        if field.locator("option").filter(has_text=name).count():
            return name
    raise AssertionError(f"none of {names} is free")


def test_a_week_of_openings_is_kept_and_laid_in_another_week(worker, looked):
    name = "Semaine " + pages.invented_name()
    worker.goto("/agenda/openings")
    main(worker).get_by_role("link", name="Semaines types").click()
    main(worker).get_by_label("Nom").fill(name)
    main(worker).get_by_label("La semaine du").nth(-1).fill(f"{program.at(9, days=7):%Y-%m-%d}")
    press(worker, "Enregistrer cette semaine")
    expect(main(worker).get_by_role("listitem").filter(has_text=name).first).to_be_visible()
    looked(worker)
    main(worker).get_by_label("Laquelle ?").select_option(label=name)
    laid = main(worker).get_by_role("heading", name=re.compile("^Poser une semaine type")).locator("xpath=..")
    laid.get_by_label("La semaine du").fill(f"{far(400):%Y-%m-%d}")
    laid.get_by_role("button").click()
    worker.goto(f"/agenda?view=week&date={far(400):%Y-%m-%d}")
    looked(worker)


def test_a_team_is_made_of_agents_and_changed(desk, demo_server, looked):
    admin = desk.page_as(demo_server, "admin", ORTHEZ)
    name = "Équipe " + pages.invented_name()
    admin.goto("/setup")
    main(admin).get_by_role("link", name=re.compile(f"^Affectations.*{ORTHEZ}")).click()
    main(admin).get_by_role("link", name="Équipes").click()
    main(admin).get_by_label("Nom").fill(name)
    press(admin, "Créer cette équipe")
    expect(main(admin).get_by_text("Choisissez au moins un agent.").first).to_be_visible()
    expect(main(admin).get_by_label("Nom")).to_have_value(name)
    looked(admin)
    main(admin).get_by_role("checkbox").first.check()
    press(admin, "Créer cette équipe")
    main(admin).get_by_role("link", name=name).click()
    looked(admin)
    press(admin, "Supprimer cette équipe")
    expect(main(admin).get_by_role("link", name=name)).to_have_count(0)


def test_overlapping_openings_warn_before_they_are_saved(worker, looked):
    day = far(168)
    for turn in ("first", "second"):
        worker.goto("/agenda/openings/new")
        main(worker).get_by_label("Le, ou à partir du").fill(f"{day:%Y-%m-%d}")
        main(worker).get_by_label("De", exact=True).fill("18:00")
        main(worker).get_by_label("À", exact=True).fill("19:00")
        main(worker).get_by_role("group", name="Pour quels motifs ?").get_by_label(re.compile("^Premier contact RSA")).check()
        press(worker, "Enregistrer la plage")
    expect(main(worker).get_by_role("alert").filter(has_text="déjà ouverte")).to_be_visible()
    looked(worker)
    press(worker, "Enregistrer la plage")
    expect(main(worker).get_by_role("heading", level=1)).to_have_text("Plages d’ouverture")


@pytest.mark.parametrize("act", ["moved", "deleted", "added"])
def test_one_day_of_what_recurs_is_moved_deleted_or_added(worker, act):
    opening = weekly_opening(worker)
    main(worker).get_by_role("link", name=re.compile("Ajouter un jour")).click() if act == "added" else days(worker).first.click()
    if act == "moved":
        main(worker).get_by_label("Le", exact=True).fill(f"{far(203) + timedelta(days=1):%Y-%m-%d}")
        press(worker, "Enregistrer")
    elif act == "deleted":
        main(worker).get_by_role("button", name="Supprimer ce jour", exact=True).click()
    else:
        main(worker).get_by_label("Le", exact=True).fill(f"{far(203) + timedelta(days=2):%Y-%m-%d}")
        main(worker).get_by_label("De", exact=True).fill("18:00")
        main(worker).get_by_label("À", exact=True).fill("18:30")
        press(worker, "Ajouter ce jour")
    expect(worker.locator("#notice")).to_be_visible()
    worker.goto(opening)
    words = {"moved": "déplacé", "deleted": "supprimé", "added": "ajouté"}[act]
    expect(main(worker).get_by_text(re.compile(words)).first).to_be_visible()


def days(page):
    return page.get_by_role("heading", name="Un seul jour").locator("xpath=..").get_by_role("link")


def weekly_opening(page):
    """One of the test's own, every week for five weeks; returns its address."""
    day = far(196)
    page.goto("/agenda/openings/new")
    main(page).get_by_label("Le, ou à partir du").fill(f"{day:%Y-%m-%d}")
    main(page).get_by_label("De", exact=True).fill("19:00")
    main(page).get_by_label("À", exact=True).fill("19:30")
    main(page).get_by_text("Chaque semaine").click()
    main(page).get_by_role("group", name="Quels jours ?").get_by_label("Mardi").check()
    main(page).get_by_label(re.compile("^Jusqu’au")).fill(f"{day + timedelta(days=35):%Y-%m-%d}")
    main(page).get_by_role("group", name="Pour quels motifs ?").get_by_label(re.compile("^Premier contact RSA")).check()
    press(page, "Enregistrer la plage")
    saved, warned = page.locator("#notice:not(:empty)"), page.get_by_role("alert").filter(has_text="déjà ouverte")
    expect(saved.or_(warned).first).to_be_visible()
    if warned.count():
        press(page, "Enregistrer la plage")
        expect(saved).to_be_visible()
    page.goto("/agenda/openings")
    link = main(page).get_by_role("link", name=re.compile("^Modifier.*19 h", re.DOTALL)).last
    link.click()
    return page.url
