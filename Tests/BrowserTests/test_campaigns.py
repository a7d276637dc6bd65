"""A campaign: prepared by one, approved by another, launched, read at the gateway, and those whom it did not reach are called."""
import json
import re
import sqlite3
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

import lien
import pages
import screen

ORTHEZ = "Orthez"
TEXT = "La salle est ouverte ce jour. Venez boire un verre d’eau."


def rows(file, statement, *values):
    db = sqlite3.connect(file, timeout=60)
    with db:
        found = db.execute(statement, values).fetchall()
    db.close()
    return found


def eventually(look, seconds=30):
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it does not arrive"
        time.sleep(0.2)
    return found


@pytest.fixture(scope="module")
def campaign_server(demo_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("campaigns")
    file = lien.copy_sqlite(demo_file, folder)
    rows(file, "UPDATE message SET withdrawn_at = 0 WHERE sent_at IS NULL AND withdrawn_at IS NULL")
    rows(file, "UPDATE appointment SET reminded = TRUE")
    rows(file, "UPDATE territory SET quiet_until = 0, quiet_from = 1440, sunday_messages = TRUE")
    # Two people at most without a second person.
    rows(file, "INSERT INTO campaign_rule (territory_id, approval_above, apart_days, calls_per_hour) SELECT id, 2, 7, 60 FROM territory")
    outbox = folder / "outbox"
    gateways = folder / "gateways.json"
    gateways.write_text(json.dumps({"gateways": [{"kind": "folder", "name": "dossier", "channel": "sms", "folder": str(outbox)}]}))
    server = lien.Server(f"sqlite:{file}", folder / "lien.log", LIEN_GATEWAYS=str(gateways))
    server.file, server.outbox = file, outbox
    with server:
        yield server


def texts(server):
    """What left, by number."""
    found = {}
    for one in Path(server.outbox).glob("*.txt"):
        number, *_, text = one.read_text().strip().split("\n")
        found.setdefault(number.removeprefix("À : "), []).append(text)
    return found


def mobiles(server, house, count):
    """Of people who are told by SMS, each a number that nobody else has."""
    found = rows(server.file, """
        SELECT number FROM person_phone JOIN person ON person.id = person_phone.person_id
        JOIN person_organization ON person_organization.person_id = person.id
        JOIN organization ON organization.id = person_organization.organization_id
        WHERE organization.name LIKE ? AND person.channel = 'sms' AND mobile AND rank = 0
          AND NOT EXISTS (SELECT 1 FROM archiving WHERE archiving.person_id = person.id)
          AND NOT EXISTS (SELECT 1 FROM person_detail WHERE person_detail.person_id = person.id)
        GROUP BY number HAVING count(*) = 1 ORDER BY number LIMIT ?""", f"%{house}%", count)
    return [one[0] for one in found]


def fill(page, name, **fields):
    page.goto("/messages/campaigns/new")
    page.get_by_label("Nom de la campagne").fill(name)
    page.get_by_label("SMS", exact=False).first.fill(fields.get("sms", TEXT))
    page.get_by_role("radio", name=re.compile("Par une liste")).check()
    page.get_by_label("Numéros ou e-mails").fill("\n".join(fields["numbers"]))
    page.get_by_label("Messages par minute").fill("600")


def test_a_campaign_is_approved_by_a_second_person_and_arrives_once_at_each(desk, campaign_server):
    manager = desk.page_as(campaign_server, "manager", ORTHEZ)
    numbers = mobiles(campaign_server, ORTHEZ, 4)
    fill(manager, "Salle fraîche", numbers=[*numbers, numbers[0], "06 39 98 99 99"], sms="Vous êtes prié de {jour}.")
    manager.get_by_role("button", name="Enregistrer").click()
    expect(manager.get_by_text(re.compile("{jour} n’existe pas")).first).to_be_visible()
    expect(manager.get_by_label("Nom de la campagne")).to_have_value("Salle fraîche")
    screen.shot(manager, "campaign-refused")
    fill(manager, "Salle fraîche", numbers=[*numbers, numbers[0], "06 39 98 99 99"])
    manager.get_by_role("button", name="Enregistrer").click()
    main = manager.locator("main")
    expect(main.get_by_text("4 messages", exact=True)).to_be_visible()
    expect(main.get_by_text(re.compile(r"1\sligne de la liste n’est d’aucune personne"))).to_be_visible()
    expect(main.get_by_text(re.compile("une autre personne doit l’approuver"))).to_be_visible()
    expect(main.get_by_role("button", name="Lancer la campagne")).to_have_count(0)
    screen.shot(manager, "campaign-prepared")
    # Tried on oneself: nobody else gets anything.
    manager.get_by_label("Votre mobile").fill("06 39 98 77 77")
    manager.get_by_role("button", name="M’envoyer l’essai").click()
    eventually(lambda: texts(campaign_server).get("+33639987777"))
    assert set(texts(campaign_server)) == {"+33639987777"}

    second = desk.page_as(campaign_server, "worker", ORTHEZ)
    rows(campaign_server.file, """
        INSERT INTO membership (territory_id, organization_id, agent_id, role)
        SELECT agent.territory_id, organization_id, agent.id, 'manager' FROM agent JOIN membership ON agent_id = agent.id
        WHERE email = ? AND role = 'worker'""", second.login["email"])
    second.goto("/messages/campaigns")
    second.get_by_role("link", name="Salle fraîche").click()
    second.get_by_role("button", name="Approuver").click()
    expect(second.get_by_text("La campagne est approuvée.")).to_be_visible()

    manager.reload()
    manager.get_by_role("button", name="Lancer la campagne").click()
    # The page looks again by itself.
    expect(manager.locator("#live")).to_contain_text("4 sur 4", timeout=30_000)
    screen.shot(manager, "campaign-sent")
    left = texts(campaign_server)
    assert {number: left.get(number) for number in numbers} == {number: ["La salle est ouverte ce jour. Venez boire un verre d'eau."] for number in numbers}
    assert len(left) == 5


def test_a_campaign_is_paused_and_stopped(desk, campaign_server):
    manager = desk.page_as(campaign_server, "manager", ORTHEZ)
    numbers = mobiles(campaign_server, ORTHEZ, 6)[4:]
    fill(manager, "Atelier cuisine", numbers=numbers)
    manager.get_by_label("Messages par minute").fill("1")
    manager.get_by_role("button", name="Enregistrer").click()
    manager.get_by_role("button", name="Lancer la campagne").click()
    expect(manager.locator("#live")).to_contain_text("1 sur 2", timeout=30_000)
    manager.get_by_role("button", name="Mettre en pause").click()
    expect(manager.get_by_text("La campagne est en pause : rien ne part plus.")).to_be_visible()
    screen.shot(manager, "campaign-paused")
    expect(manager.get_by_role("button", name="Reprendre")).to_be_visible()
    manager.get_by_role("button", name="Arrêter").click()
    expect(manager.get_by_text("La campagne est arrêtée.")).to_be_visible()
    expect(manager.locator("#live")).to_contain_text("2 sur 2")
    # The second never left.
    assert not texts(campaign_server).keys() >= set(numbers)


def test_whom_a_campaign_did_not_reach_is_called(desk, campaign_server):
    manager = desk.page_as(campaign_server, "manager", ORTHEZ)
    told = mobiles(campaign_server, ORTHEZ, 7)[6:]
    landline = rows(campaign_server.file, """
        SELECT number FROM person_phone JOIN person ON person.id = person_phone.person_id
        JOIN person_organization ON person_organization.person_id = person.id
        JOIN organization ON organization.id = person_organization.organization_id
        WHERE organization.name LIKE ? AND person.channel <> 'none' AND NOT mobile
          AND NOT EXISTS (SELECT 1 FROM person_phone other WHERE other.person_id = person.id AND other.mobile)
          AND NOT EXISTS (SELECT 1 FROM archiving WHERE archiving.person_id = person.id)
          AND NOT EXISTS (SELECT 1 FROM person_detail WHERE person_detail.person_id = person.id)
        GROUP BY number HAVING count(*) = 1 ORDER BY number LIMIT 1""", f"%{ORTHEZ}%")[0][0]
    fill(manager, "Guichet fermé", numbers=[*told, landline])
    manager.get_by_role("button", name="Enregistrer").click()
    manager.get_by_role("button", name="Lancer la campagne").click()
    expect(manager.locator("#live")).to_contain_text("1 sur 1", timeout=30_000)
    manager.get_by_role("link", name=re.compile("À appeler")).click()
    line = manager.locator("main li.card")
    expect(line).to_have_count(1)
    screen.shot(manager, "campaign-unreached")
    pages.Hands(manager).press(line.get_by_role("button", name="Appelé"))
    expect(manager.get_by_text("C’est noté : appelé.")).to_be_visible()
    with manager.expect_download() as letters:
        manager.get_by_role("button", name="Liste d’adresses").click()
    assert Path(letters.value.path()).read_text(encoding="utf-8-sig").startswith("Nom;Adresse;Commune")
