"""What happens in a day: words left for agents, and who waits for them."""
import datetime
import re

from playwright.sync_api import expect

import screen

ORTHEZ = "Orthez"


def own_name(page):
    return page.get_by_label(re.compile("^Compte de ")).get_attribute("aria-label").removeprefix("Compte de ")


def leave_a_memo(page, agent, caller):
    page.goto("/memos")
    page.get_by_role("link", name="Laisser un mot").click()
    page.get_by_label("Pour qui ?").select_option(label=agent)
    page.get_by_label("Qui a appelé ?").fill(caller)
    page.get_by_label(re.compile("Numéro à rappeler")).fill("06 39 98 12 34")
    page.get_by_label("Que faut-il savoir ?").fill("Le propriétaire demande le loyer avant vendredi.")
    page.get_by_role("button", name="Laisser le mot").click()


def test_a_memo_waits_on_top_of_the_day_until_it_is_called_back(desk, demo_server):
    worker, reception = (desk.page_as(demo_server, role, ORTHEZ) for role in ("worker", "reception"))
    caller = "Mme Zubigaray"
    worker.goto("/agenda")
    leave_a_memo(reception, own_name(worker), caller)
    expect(reception.get_by_role("listitem").filter(has_text=caller)).to_be_visible()
    # The open agenda hears of it without reloading.
    memo = worker.get_by_role("listitem").filter(has_text=caller)
    expect(memo).to_be_visible(timeout=5_000)
    expect(memo.get_by_role("link", name="06 39 98 12 34")).to_have_attribute("href", "tel:+33639981234")
    memo.get_by_role("button", name="Pas joint").click()
    expect(memo).to_contain_text("pas joint par")
    memo.get_by_role("button", name="Rappelé").click()
    expect(memo).to_have_count(0)
    worker.goto("/memos")
    worker.get_by_text("Réglés aujourd’hui").click()
    expect(worker.get_by_role("listitem").filter(has_text=caller).get_by_role("button", name="Rouvrir")).to_be_visible()


def test_a_memo_that_says_nothing_is_refused_beside_its_fields(desk, demo_server):
    page = desk.page_as(demo_server, "reception", ORTHEZ)
    page.goto("/memos/new")
    page.get_by_label("Qui a appelé ?").fill("M. Pomès")
    page.get_by_role("button", name="Laisser le mot").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Qui a appelé ?")).to_have_value("M. Pomès")


def test_someone_without_an_appointment_waits_for_a_service_and_is_received(desk, demo_server):
    worker, reception = (desk.page_as(demo_server, role, ORTHEZ) for role in ("worker", "reception"))
    reception.goto("/waiting-room")
    reception.get_by_role("textbox", name=re.compile("^Nom")).fill("M. Zubeldia")
    reception.get_by_label(re.compile("^Avec qui")).fill("son fils")
    reception.get_by_label("Pour quel service ?").select_option(label="Service social")
    reception.get_by_role("button", name="Mettre dans la file").click()
    expect(reception.get_by_role("listitem").filter(has_text="M. Zubeldia")).to_contain_text("son fils")
    worker.goto("/agenda")
    waiting = worker.get_by_role("listitem").filter(has_text="M. Zubeldia")
    expect(waiting).to_contain_text("arrivé à")
    waiting.get_by_role("button", name="Reçu").click()
    expect(waiting).to_have_count(0)
    reception.reload()
    reception.get_by_text("Reçus ou partis aujourd’hui").click()
    expect(reception.get_by_role("listitem").filter(has_text="M. Zubeldia")).to_contain_text("reçu à")


def test_a_day_is_printed_on_a4_and_downloaded(desk, demo_server):
    worker = desk.page_as(demo_server, "worker", ORTHEZ)
    # A day with appointments: the first of the week's page that leads to one.
    worker.goto("/agenda")
    worker.locator(".agenda .day h2 a").first.click()
    worker.get_by_role("link", name="Liste à imprimer").first.click()
    expect(worker.get_by_role("heading", level=1)).to_contain_text("Liste du")
    sheet = worker.get_by_role("region", name=re.compile(re.escape(own_name(worker))))
    expect(sheet).to_be_visible()
    with worker.expect_download() as download:
        worker.get_by_role("link", name="Télécharger (CSV)").click()
    text = download.value.path().read_bytes()
    assert text.startswith("\ufeffDate;Début;Fin;Agent;Personne;".encode()), text[:80]
    assert sheet.locator("tbody tr").count() == text.decode().count("\r\n") - 1
    worker.emulate_media(media="print")
    worker.set_viewport_size({"width": 680, "height": 960})
    expect(worker.locator("header.bar")).to_be_hidden()
    expect(worker.get_by_role("link", name="Télécharger (CSV)")).to_be_hidden()
    expect(sheet).to_be_visible()


def hold_a_permanence(page):
    """Today, for the social service; the name of the site."""
    page.goto("/agenda/openings/new")
    page.get_by_label("Une permanence").check()
    page.get_by_label("Permanence de quel service ?").select_option(label="Service social")
    sites = page.get_by_label(re.compile("^Lieu"))
    sites.select_option(index=1)
    site = sites.locator("option:checked").inner_text()
    page.get_by_label("Le, ou à partir du").fill(f"{datetime.date.today()}")
    page.get_by_label("De", exact=True).fill("00:05")
    page.get_by_label("À", exact=True).fill("23:55")
    page.get_by_role("button", name="Enregistrer la plage").click()
    # It lies over the openings of the day: it is said once.
    if page.get_by_text("Enregistrez de nouveau").count():
        page.get_by_role("button", name="Enregistrer la plage").click()
    expect(page.get_by_text("Plage enregistrée.")).to_be_visible()
    return site


def test_who_comes_to_a_permanence_is_called_in_turn_by_who_holds_it(desk, demo_server):
    worker, reception = (desk.page_as(demo_server, role, ORTHEZ) for role in ("worker", "reception"))
    site = hold_a_permanence(worker)
    reception.goto("/waiting-room")
    if reception.get_by_role("link", name=site, exact=True).count():
        reception.get_by_role("link", name=site, exact=True).click()
    queue = reception.get_by_role("region", name="Permanences").get_by_role("listitem").filter(has_text="Service social")
    expect(queue).to_contain_text(own_name(worker))
    for name in ("Mme Zabaleta", ""):
        reception.get_by_role("textbox", name=re.compile("^Nom")).fill(name)
        reception.get_by_label("Pour quel service ?").select_option(label="Service social")
        reception.get_by_role("button", name="Mettre dans la file").click()
    expect(reception.get_by_role("listitem").filter(has_text="Mme Zabaleta")).to_contain_text("arrivé à")
    assert queue.get_by_role("button", name="Appeler le suivant").count() == 0, "reception does not call"
    worker.goto(reception.url)
    waiting = worker.get_by_role("region", name="Attendent").get_by_role("listitem")
    first = waiting.filter(has_text="1er de la file").inner_text().split("\n")[0]
    worker.get_by_role("button", name="Appeler le suivant").click()
    expect(waiting.filter(has_text=f"appelé par {own_name(worker)}")).to_have_count(1)
    expect(waiting.filter(has_text=f"appelé par {own_name(worker)}")).to_contain_text(first.split(" 1er")[0])
    assert screen.axe(worker) == []
    called = waiting.filter(has_text="appelé par")
    called.get_by_role("button", name="Parti").click()
    worker.get_by_text("Reçus ou partis aujourd’hui").click()
    expect(worker.get_by_role("listitem").filter(has_text="parti à").first).to_be_visible()


def test_past_appointments_are_closed_one_key_each(desk, demo_server):
    page = desk.page_as(demo_server, "manager", ORTHEZ)
    page.goto("/agenda/to-close")
    if not page.locator(".to-close li").count():
        page = desk.page_as(demo_server, "worker", ORTHEZ)
        page.goto("/agenda/to-close")
    assert screen.axe(page) == []
    counted = page.get_by_role("navigation", name="Principal").get_by_role("link", name=re.compile("^À renseigner"))
    before = int(re.search(r"\d+", counted.inner_text()).group())
    first = page.locator(".to-close li").first.get_by_role("link").first.get_attribute("href")
    page.keyboard.press("1")
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    expect(page.locator(f'.to-close a[href="{first}"]')).to_have_count(0)
    page.keyboard.press("1")
    page.wait_for_load_state()
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    page.goto("/agenda")
    after = counted.inner_text()
    assert int((re.search(r"\d+", after) or re.match("", "0")).group() or 0) <= before - 1
