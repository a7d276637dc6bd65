"""A manager looks at what appointments become and takes it along; an agent at their own; anyone at what is published."""
import csv
import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

import screen
from figures_oracle import Oracle
from test_every_page import look, today

RSS = re.compile(r"VmHWM:\s+(\d+) kB")


def months():
    """From the first of two months ago to the end of last month."""
    end = today().replace(day=1) - timedelta(days=1)
    return (end.replace(day=1) - timedelta(days=1)).replace(day=1), end


def number(text):
    return int(re.sub(r"\D", "", text))


def cells(page, table):
    rows = page.locator(f"section[aria-labelledby=figure-{table}] tbody tr").all()
    return {row.locator("td").nth(0).inner_text(): [one.inner_text() for one in row.locator("td").all()[1:]] for row in rows}


def rows(page, address):
    answer = page.context.request.get(address)
    assert answer.status == 200, answer.text()
    body = answer.body()
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def test_the_figures_of_a_manager_are_those_that_counting_one_by_one_gives(desk, demo_server):
    first, last = months()
    page = desk.page_as(demo_server, "manager", "Orthez")
    page.goto("/agenda")
    page.get_by_role("link", name="Pilotage").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pilotage")
    page.get_by_label("Du", exact=True).fill(f"{first}")
    page.get_by_label("Au", exact=True).fill(f"{last}")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url(re.compile(f"from={first}"))
    oracle = Oracle(demo_server.database, page.login["organization"], first, last)
    total = cells(page, "periods")["Total"]
    statuses = oracle.statuses()
    assert oracle.total() > 500
    assert [number(total[0]), number(total[1]), number(total[2])] == [oracle.total(), statuses["attended"], statuses["missed"]]
    assert [number(one) for one in total[4:8]] == [
        statuses[one] for one in ("cancelled-by-person", "cancelled-by-service", "not-provided", "upcoming")
    ]
    assert abs(float(total[3].rstrip("\xa0 %").replace(",", ".")) / 100 - oracle.missed_share()) <= 0.0006
    assert abs(float(re.match(r"[\d,]+", total[8]).group().replace(",", ".")) - oracle.mean_days()) <= 0.06
    origins = cells(page, "origins")
    assert sum(number(one[0]) for one in origins.values()) == oracle.total()
    assert number(origins["l’accueil"][0]) == oracle.by(2)["reception"]
    # Lines of fewer than three agents stand together.
    for reason, line in cells(page, "reasons").items():
        if reason not in ("Total", "Autres motifs"):
            assert number(line[0]) == oracle.by(4)[reason], reason
    assert sum(number(line[0]) for name, line in cells(page, "reasons").items() if name != "Total") == oracle.total()
    assert page.locator("main svg[role=img]").count() == 2
    assert page.get_by_text("Par agent").count() == 0
    for width in (screen.PHONE, screen.DESK):
        screen.resize(page, width)
        screen.shot(page, f"steering-{width}")
    complaints = look(page)
    assert not complaints, "\n".join(complaints)


def test_files_say_what_the_page_says_and_a_long_list_is_never_held_whole(desk, demo_server):
    first, last = months()
    page = desk.page_as(demo_server, "manager", "Orthez")
    page.goto(f"/steering?from={first}&to={last}")
    oracle = Oracle(demo_server.database, page.login["organization"], first, last)
    assert int(rows(page, page.get_by_role("link", name=re.compile("^CSV : Par mois")).get_attribute("href"))[-1][1]) == oracle.total()
    listed = rows(page, page.get_by_role("link", name="Liste CSV").get_attribute("href"))
    assert len(listed) - 1 == oracle.total() and listed[0][0] == "Date"
    book = openpyxl.load_workbook(io.BytesIO(page.context.request.get(
        page.get_by_role("link", name="Classeur").get_attribute("href")).body()), read_only=True)
    assert list(book["Par mois"].values)[-1][:2] == ("Total", oracle.total())
    peak = memory(demo_server)
    year = f"from={last - timedelta(days=200)}&to={last + timedelta(days=200)}"
    everything = rows(page, f"/steering/appointments/csv?{year}")
    answer = page.context.request.get(f"/steering/appointments/xlsx?{year}", timeout=120_000)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body()), read_only=True).active
    assert sum(1 for _ in sheet.values) == len(everything) > 3 * len(listed)
    assert zipfile.ZipFile(io.BytesIO(answer.body())).testzip() is None
    assert memory(demo_server) - peak < 60_000, "a list of a year grew the server by more than 60 MB"


def memory(server):
    """The most that the server ever took, in kilobytes."""
    return int(RSS.search(Path(f"/proc/{server.process.pid}/status").read_text()).group(1))


def test_each_agent_reads_their_own_figures_and_who_sees_them(desk, demo_server):
    page = desk.page_as(demo_server, "worker", "Orthez")
    page.goto("/agenda")
    assert page.get_by_role("link", name="Pilotage").count() == 0
    page.get_by_label(re.compile("^Compte de ")).click()
    page.get_by_role("link", name="Mes chiffres").click()
    expect(page.get_by_text("Vous seul voyez ces chiffres")).to_be_visible()
    assert number(cells(page, "periods")["Total"][0]) > 100
    assert page.context.request.get("/steering").status == 403


def test_statistics_are_published_by_an_administrator_and_read_by_anyone(desk, demo_server):
    nobody, boss = desk.page(demo_server), desk.page_as(demo_server, "administrator")
    boss.goto("/setup/territory")
    slug = "pyrenees"
    assert nobody.context.request.get(f"/{slug}/statistics").status == 404
    boss.get_by_label("Publier des statistiques").check()
    boss.get_by_role("button", name="Enregistrer").click()
    nobody.goto(f"/{slug}/statistics")
    expect(nobody.get_by_role("heading", level=1)).to_have_text("Statistiques des rendez-vous")
    shown = [one for table in ("months", "organizations", "services", "hows") for one in cells(nobody, table).values()]
    numbers = [number(one) for line in shown for one in line if one[0].isdigit()]
    assert numbers and min(numbers) >= 11
    assert nobody.get_by_text("Total").count() == 0
    published = rows(nobody, f"/{slug}/statistics/months")
    assert len(published) == 13
    complaints = look(nobody)
    assert not complaints, "\n".join(complaints)
    boss.goto("/setup/territory")
    boss.get_by_label("Publier des statistiques").uncheck()
    boss.get_by_role("button", name="Enregistrer").click()
    assert nobody.context.request.get(f"/{slug}/statistics").status == 404
