"""Messages leave once, whatever dies: nodes are killed without warning while thousands leave."""
import json
import os
import random
import sqlite3
import subprocess
import threading
import time
import uuid
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import lien

# All six thousand of the purpose with LIEN_OUTBOX=6000; enough to be killed many times without.
COUNT = int(os.environ.get("LIEN_OUTBOX", "1500"))
TERRITORY = 64
# Two workers of eight.
AT_ONCE = 16


class Operator:
    """A gateway that keeps what it is given; `knows` makes it recognize what it was given under one name."""

    def __init__(self):
        self.calls, self.taken, self.lock = Counter(), Counter(), threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                said = json.loads(self.rfile.read(int(self.headers["content-length"])))
                with outer.lock:
                    outer.calls[said["to"]] += 1
                    outer.taken[(said["to"], said["id"])] += 1
                body = b'{"status": "ok"}'
                self.send_response(200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 128
            daemon_threads = True

            def handle_error(self, *_):
                """Whoever asked was killed."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sms"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Sqlite:
    def __init__(self, folder):
        self.url, self.nodes, self.path = f"sqlite:{folder}/outbox.sqlite", 1, folder / "outbox.sqlite"

    def uuid(self, one):
        return f"X'{one.hex}'"

    def run(self, *statements):
        with sqlite3.connect(self.path, timeout=60) as db:
            for statement in statements:
                db.execute(statement)
        db.close()

    def rows(self, query):
        db = sqlite3.connect(self.path, timeout=60)
        try:
            return [tuple(str(value) for value in row) for row in db.execute(query)]
        finally:
            db.close()

    def drop(self):
        pass


class Postgres:
    def __init__(self):
        self.admin = os.environ["LIEN_POSTGRES"]
        self.name, self.nodes = f"lien_outbox_{os.getpid()}_{random.randrange(10 ** 6)}", 2
        self.url = f"{self.admin.rsplit('/', 1)[0]}/{self.name}"
        self.psql(self.admin, f"CREATE DATABASE {self.name}")

    @staticmethod
    def psql(url, text):
        return subprocess.run(
            ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--no-align", "--tuples-only", url], input=text, text=True, check=True,
            capture_output=True).stdout

    def uuid(self, one):
        return f"'{one}'"

    def run(self, *statements):
        self.psql(self.url, ";\n".join(statements))

    def rows(self, query):
        return [tuple(line.split("|")) for line in self.psql(self.url, query).splitlines()]

    def drop(self):
        self.psql(self.admin, f"DROP DATABASE {self.name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path):
    one = Sqlite(tmp_path) if request.param == "sqlite" else Postgres()
    yield one
    one.drop()


def house(database):
    """A territory that writes at any hour, with one house, agent and reason: their ids, as the database writes them."""
    lien.run("migrate", "--database", database.url)
    house, service, agent, reason = (database.uuid(uuid.uuid4()) for _ in range(4))
    database.run(
        f"""INSERT INTO territory (id, slug, name, time_zone, holiday_zone, colour, organization_label, privacy_notice,
        attempts_before_missed, minutes_between_attempts, quiet_until, quiet_from, sunday_messages)
        VALUES ({TERRITORY}, 'essai', 'Essai', 'Europe/Paris', 'metropole', '#0a6b5d', 'MDS', '', 2, 10, 0, 1440, TRUE)""",
        f"INSERT INTO organization (territory_id, id, name, phone) VALUES ({TERRITORY}, {house}, 'Orthez', '+33536490000')",
        f"INSERT INTO service (territory_id, id, name, secret) VALUES ({TERRITORY}, {service}, 'Service social', FALSE)",
        f"INSERT INTO agent (territory_id, id, first_name, last_name, created_at) VALUES ({TERRITORY}, {agent}, 'Paul', 'Barrère', 0)",
        f"""INSERT INTO reason (territory_id, id, service_id, name, minutes, how, colour, bookable_by, earliest_minutes, latest_minutes,
        instructions) VALUES ({TERRITORY}, {reason}, {service}, 'Point', 30, 'phone', '#0a6b5d', 'agents', 0, 100000, '')""")
    return house, service, agent, reason


def someone(person):
    return f"""INSERT INTO person (territory_id, id, first_name, last_name, channel, language, address, postal_code, commune, needs,
        created_at) VALUES ({TERRITORY}, {person}, 'Jeanne', 'Lacoste', 'sms', '', '', '', '', '', 0)"""


def fill(database):
    """One appointment of one person, and as many messages about it to as many numbers."""
    orthez, service, agent, reason = house(database)
    person, appointment = (database.uuid(uuid.uuid4()) for _ in range(2))
    start = int(time.time()) // 300 * 300 + 40 * 86400
    database.run(
        someone(person),
        f"""INSERT INTO appointment (territory_id, id, agent_id, organization_id, reason_id, service_id, place, how, phone, starts_at,
        ends_at, created_at, reminded) VALUES ({TERRITORY}, {appointment}, {agent}, {orthez}, {reason}, {service}, '', 'phone',
        '+33639980000', {start}, {start + 1800}, 0, TRUE)""",
        f"INSERT INTO participation (territory_id, appointment_id, person_id, status) VALUES ({TERRITORY}, {appointment}, {person}, 'upcoming')",
        *(f"""INSERT INTO message (territory_id, id, person_id, appointment_id, purpose, channel, recipient, due_at, dedup_key, created_at)
        VALUES ({TERRITORY}, {database.uuid(uuid.uuid4())}, {person}, {appointment}, 'confirmation', 'sms', '{number(index)}', 0, '{index}',
        0)""" for index in range(COUNT)))


def launch(database):
    """A campaign to as many people, launched: no message is made yet."""
    orthez, _, agent, _ = house(database)
    campaign, now = database.uuid(uuid.uuid4()), int(time.time())
    people = [database.uuid(uuid.uuid4()) for _ in range(COUNT)]
    database.run(
        f"""INSERT INTO campaign (territory_id, id, organization_id, name, sms, subject, email, audience, commune, unmatched, apart_days,
        rate, reply_percent, version, prepared_at, prepared_by, queued_to)
        VALUES ({TERRITORY}, {campaign}, {orthez}, 'Salle', 'La salle est ouverte.', '', '', 'filter', '', 0, 0, 6000, 0, 1, 0, {agent}, 0)""",
        *(someone(person) for person in people),
        *(f"INSERT INTO person_phone (territory_id, person_id, rank, number, label, mobile) VALUES ({TERRITORY}, {person}, 0, '{number(index)}', '', TRUE)"
          for index, person in enumerate(people)),
        *(f"""INSERT INTO campaign_recipient (territory_id, campaign_id, person_id, turn, channel, recipient, message_id)
        VALUES ({TERRITORY}, {campaign}, {person}, {index + 1}, 'sms', '{number(index)}', {database.uuid(uuid.uuid4())})"""
          for index, person in enumerate(people)),
        f"""UPDATE campaign SET launched_at = {now}, launched_by = {agent}, told = {COUNT}, approval_above = 1000000, queue_at = {now}
        WHERE id = {campaign}""")


def number(index):
    return f"+336399{index:05d}"


def gateways(folder, operator, repeatable):
    file = folder / "gateways.json"
    file.write_text(json.dumps({"gateways": [{
        "name": "essai", "channel": "sms", "kind": "http", "url": operator.url, "json": {"to": "{to}", "id": "{id}", "text": "{text}"},
        "answer": {"status": "status", "accepted": ["ok"]}, "repeatable": repeatable}]}))
    return str(file)


def left(database):
    """What was not made yet, and what has not left."""
    waiting = "SELECT count(*) FROM message WHERE sent_at IS NULL AND withdrawn_at IS NULL"
    unmade = "SELECT coalesce(sum(told - queued_to), 0) FROM campaign"
    return int(database.rows(waiting)[0][0]) + int(database.rows(unmade)[0][0])


def kill_until_all_left(database, folder, settings, seed):
    """Kills a node every few seconds, at any instant, and starts another in its place."""
    chance, kills = random.Random(seed), 0
    nodes = [lien.Server(database.url, folder / f"node-{index}.log", LIEN_GATEWAYS=settings) for index in range(database.nodes)]
    for node in nodes:
        node.__enter__()
    try:
        end = time.monotonic() + 240
        while left(database):
            assert time.monotonic() < end, f"{left(database)} have not left"
            time.sleep(chance.uniform(1, 4))
            node = chance.choice(nodes)
            node.process.kill()
            node.process.wait()
            kills += 1
            forget_leases(database)
            node.__enter__()
    finally:
        for node in nodes:
            node.stop()
    return kills


def forget_leases(database):
    """As if two minutes had passed: of what a node has on its way, another takes care."""
    try:
        database.run("UPDATE message SET leased_until = 0 WHERE lease IS NOT NULL")
    except subprocess.CalledProcessError as error:
        assert "deadlock" in error.stderr, error.stderr


def test_confirmations_outlive_the_nodes_by_a_gateway_that_knows_what_it_was_given(database, tmp_path):
    fill(database)
    check(database, tmp_path, repeatable=True)


def test_a_campaign_outlives_the_nodes_by_a_gateway_that_does_not(database, tmp_path):
    launch(database)
    check(database, tmp_path, repeatable=False)


def check(database, folder, repeatable):
    operator = Operator()
    kills = kill_until_all_left(database, folder, gateways(folder, operator, repeatable), seed=64)
    states = {recipient: outcome for recipient, outcome in database.rows("SELECT recipient, outcome FROM message")}
    tally = Counter(states.values())
    print(f"{kills} kills: {dict(tally)}, {sum(operator.calls.values())} calls")
    assert kills >= 3 and len(states) == COUNT
    handed = {recipient for recipient, outcome in states.items() if outcome == "handed"}
    assert set(operator.calls) >= handed, "what is said to have left has left"
    if repeatable:
        assert len(handed) == COUNT, "none is lost"
        names = Counter(recipient for recipient, _ in operator.taken)
        assert set(names.values()) == {1}, "what is given again is given under the same name"
    else:
        assert set(tally) <= {"handed", "unknown"}, "none is lost: each left, or is seen not to be sure"
        assert set(operator.calls.values()) == {1}, "none is sent twice"
        assert tally["unknown"] <= kills * AT_ONCE, "what was on its way, and no more"
    operator.server.shutdown()
