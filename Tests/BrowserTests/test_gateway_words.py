"""Administrators learn by e-mail that a gateway takes nothing more: what, since when, and what to do."""
import json
import re
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

import lien
import pages
import program
import screen
from carriers import Mailbox


class Operator:
    """An operator whose credit is spent, until someone pays."""

    def __init__(self):
        self.asked, self.paid = 0, False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["content-length"]))
                outer.asked += 1
                body = b'{"status": "ok"}' if outer.paid else b'{"error": "no credit left"}'
                self.send_response(200 if outer.paid else 402)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def gateway(self):
        return {
            "name": "operateur", "channel": "sms", "kind": "http", "url": f"http://127.0.0.1:{self.server.server_port}/sms",
            "json": {"to": "{to}", "text": "{text}"}, "answer": {"status": "status", "accepted": ["ok"], "credit": ["credit"]}}


@pytest.fixture(scope="module")
def spent(demo_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spent")
    file = lien.copy_sqlite(demo_file, folder)
    db = sqlite3.connect(file, timeout=60)
    with db:
        db.execute("UPDATE message SET withdrawn_at = 0 WHERE sent_at IS NULL AND withdrawn_at IS NULL")
        db.execute("UPDATE appointment SET reminded = TRUE")
    db.close()
    operator = Operator()
    with Mailbox(folder) as mailbox:
        gateways = folder / "gateways.json"
        gateways.write_text(json.dumps({"gateways": [mailbox.gateway(), operator.gateway()]}))
        server = lien.Server(f"sqlite:{file}", folder / "lien.log", LIEN_GATEWAYS=str(gateways))
        server.variables["LIEN_PUBLIC_URL"] = server.url
        with server:
            yield server, operator, mailbox
    operator.server.shutdown()


def eventually(look, seconds=30):
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it does not arrive"
        time.sleep(0.2)
    return found


def test_a_spent_credit_is_told_by_e_mail_and_all_leaves_once_it_is_paid(desk, spent):
    server, operator, mailbox = spent
    reception = desk.page_as(server, "reception", "Orthez")
    reception.goto("/agenda")
    at_work = program.Program(reception)
    for hour in (9, 10):
        person = at_work.person("Lucie", pages.invented_name(), phones=[{"number": "+33639988800"}], channel="sms")
        agent = next(one["id"] for one in at_work.agents() if one["id"] != at_work.me["id"])
        at_work.book(person, program.at(hour, 5, days=26), minutes=5, agent=agent, phone="+33639988800")
    admin = desk.page_as(server, "administrator")
    address = admin.login["email"]
    [letter] = eventually(lambda: mailbox.to(address))
    assert letter["subject"].replace("\u00a0", " ") == "Passerelle « operateur » : crédit épuisé chez l’opérateur"
    text = letter.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert "Rechargez le compte chez l’opérateur." in text and "attend" in text and "Lucie" not in text
    assert letter.get_body(("html",)) is not None
    # It fails again and again, and says so once.
    asked = operator.asked
    eventually(lambda: operator.asked > asked, seconds=60)
    time.sleep(2)
    assert len(mailbox.to(address)) == 1
    [link] = re.findall(r"http://\S+", text)
    admin.goto(link.removeprefix(server.url))
    notice = admin.locator("main").get_by_text("Crédit épuisé chez l’opérateur.")
    expect(notice).to_be_visible()
    expect(admin.locator("main")).to_contain_text("passerelle « operateur »")
    screen.shot(admin, "gateway-trouble")
    assert screen.at_widths(admin, screen.axe) == []
    operator.paid = True
    eventually(lambda: (admin.reload(), notice.count() == 0)[1], seconds=90)
