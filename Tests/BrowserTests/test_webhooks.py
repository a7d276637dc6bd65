"""Another program hears of appointments, and can know that it is this server that speaks."""
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

import lien
import program
import screen
from pages import main

ORTHEZ = "Orthez"
NAMES = {}
exec(re.search(r"```python\n(.*?)```", (lien.ROOT / "docs/webhooks.md").read_text(), re.DOTALL)[1], NAMES)


class Receiver:
    """A small server that keeps what it is sent, and answers what it is told to."""

    def __init__(self):
        self.received, self.status, self.heard = [], 200, threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                with outer.heard:
                    outer.received.append((dict(self.headers), body))
                    outer.heard.notify_all()
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/rdv"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, count, seconds=15):
        with self.heard:
            assert self.heard.wait_for(lambda: len(self.received) >= count, seconds), f"{len(self.received)} heard of {count}"
        return self.received[count - 1]


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.server.shutdown()


@pytest.fixture
def open_server(demo_file, tmp_path):
    file = lien.copy_sqlite(demo_file, tmp_path)
    with lien.Server(f"sqlite:{file}", tmp_path / "lien.log", LIEN_WEBHOOKS_TO_LOOPBACK="yes") as server:
        yield server


def to_webhooks(page):
    page.goto("/setup")
    main(page).get_by_role("link", name=re.compile(f"^Affectations.*{ORTHEZ}")).click()
    main(page).get_by_role("link", name="Webhooks").click()


def make(page, url):
    to_webhooks(page)
    main(page).get_by_label("Nom").fill("Logiciel métier")
    main(page).get_by_label("Adresse").fill(url)
    main(page).get_by_role("button", name="Créer ce webhook").click()
    return main(page).get_by_label("Secret").input_value()


def verified(secret, sent):
    return NAMES["verified"](secret, {name.lower(): value for name, value in sent[0].items()}, sent[1])


def test_a_program_hears_of_appointments_and_verifies_who_speaks(desk, open_server, receiver):
    admin = desk.page_as(open_server, "admin", ORTHEZ)
    secret = make(admin, receiver.url)
    complaints = screen.at_widths(admin, screen.axe)
    admin.get_by_role("button", name="Envoyer un essai").click()
    assert verified(secret, receiver.wait(1)) and json.loads(receiver.received[0][1])["type"] == "ping"
    worker = program.Program(desk.page_as(open_server, "worker", ORTHEZ))
    person = worker.person("Maddi", "Zubihitza", phones=[{"number": "06 39 98 77 21"}])
    appointment = worker.book(person, program.at(7, days=6), phone="06 39 98 77 21")
    sent = receiver.wait(2)
    told = json.loads(sent[1])
    assert verified(secret, sent) and told["type"] == "appointment.created" and told["data"]["id"] == appointment["id"]
    assert b"Zubihitza" not in sent[1] and b"39987721" not in sent[1]
    # While it answers badly nothing is lost: the page says so, and one sends again by hand.
    receiver.status = 500
    worker.post(f"/appointments/{appointment['id']}/cancellation", {"by": "person", "why": "Empêchée"})
    first = receiver.wait(3)
    row = main(admin).get_by_role("row").filter(has_text="rendez-vous annulé")
    expect_reloaded(admin, row.filter(has_text="à réessayer"))
    expect(row).to_contain_text("500")
    complaints += screen.at_widths(admin, screen.axe)
    row.get_by_role("link").click()
    complaints += screen.at_widths(admin, screen.axe)
    receiver.status = 200
    admin.get_by_role("button", name="Renvoyer").click()
    again = receiver.wait(4)
    assert again[0]["webhook-id"] == first[0]["webhook-id"] and again[1] == first[1]
    expect_reloaded(admin, row.filter(has_text="remise"))
    assert not complaints, "\n".join(complaints)


def test_a_new_secret_signs_beside_the_old_one(desk, open_server, receiver):
    admin = desk.page_as(open_server, "admin", ORTHEZ)
    old = make(admin, receiver.url)
    admin.get_by_role("button", name="Changer de secret").click()
    new = main(admin).get_by_label("Secret").input_value()
    assert new != old
    admin.get_by_role("button", name="Envoyer un essai").click()
    sent = receiver.wait(1)
    assert verified(old, sent) and verified(new, sent)


def test_a_private_address_is_refused_beside_its_field(desk, demo_server, receiver):
    admin = desk.page_as(demo_server, "admin", ORTHEZ)
    for address in (receiver.url, "https://192.168.0.1/", "https://169.254.169.254/latest/meta-data/", "https://2130706433/"):
        to_webhooks(admin)
        main(admin).get_by_label("Nom").fill("Dedans")
        main(admin).get_by_label("Adresse").fill(address)
        main(admin).get_by_role("button", name="Créer ce webhook").click()
        expect(main(admin).get_by_label("Adresse")).to_have_attribute("aria-invalid", "true")
        expect(main(admin).get_by_label("Adresse")).to_have_value(address)
    assert not receiver.received


def test_an_address_that_is_gone_turns_the_webhook_off_and_says_so(desk, open_server, receiver):
    receiver.status = 410
    admin = desk.page_as(open_server, "admin", ORTHEZ)
    make(admin, receiver.url)
    admin.get_by_role("button", name="Envoyer un essai").click()
    receiver.wait(1)
    expect_reloaded(admin, main(admin).get_by_text(re.compile("n’existe plus")))
    admin.get_by_role("button", name="Remettre en marche").click()
    expect(admin.get_by_role("button", name="Envoyer un essai")).to_be_visible()


def expect_reloaded(page, line):
    """What the receiver answered is written once it has answered: the page is read again until it says so."""
    for _ in range(40):
        page.reload()
        if line.count():
            return
        page.wait_for_timeout(250)
    expect(line).to_be_visible()
