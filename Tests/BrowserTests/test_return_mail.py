"""What comes back to e-mails is read in a real mailbox: addresses that do not answer, answers, and what is for a human."""
import email.utils
import itertools
import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

import lien
import pages
import program
import screen
from carriers import Mailbox
from mailroom import ReturnMailbox
from test_sending import eventually, execute

HOURS = itertools.count(9)
NUMBERS = itertools.count(9_500)


@pytest.fixture(scope="module")
def post(tmp_path_factory):
    """A mail server that takes what leaves, and the mailbox where what comes back is put."""
    folder = tmp_path_factory.mktemp("post")
    with Mailbox(folder) as mailbox, ReturnMailbox(folder) as returns:
        yield mailbox, returns


@pytest.fixture(scope="module")
def server(demo_file, post, tmp_path_factory):
    folder = tmp_path_factory.mktemp("returning")
    file = lien.copy_sqlite(demo_file, folder)
    execute(file, "UPDATE message SET withdrawn_at = 0 WHERE sent_at IS NULL AND withdrawn_at IS NULL")
    execute(file, "UPDATE appointment SET reminded = TRUE")
    execute(file, "UPDATE territory SET quiet_until = 0, quiet_from = 1440, sunday_messages = TRUE")
    gateways = folder / "gateways.json"
    gateways.write_text(json.dumps({"gateways": [post[0].gateway(returns=post[1].gateway())]}))
    server = lien.Server(f"sqlite:{file}", folder / "lien.log", LIEN_GATEWAYS=str(gateways))
    server.variables["LIEN_PUBLIC_URL"] = server.url
    server.file = file
    with server:
        yield server


@pytest.fixture
def reception(desk, server):
    page = desk.page_as(server, "reception", "Orthez")
    page.goto("/agenda")
    return page


@pytest.fixture
def at_work(reception):
    return program.Program(reception)


def someone(at_work, **fields):
    address = f"{pages.invented_name().lower()}@example.org"
    return at_work.person("Lucie", pages.invented_name(), emails=[{"address": address}], channel="email", **fields), address


def book(at_work, person, days=20):
    """In the first agenda that has room: the demo's are full."""
    start, refused = program.at(next(HOURS) % 8 + 9, days=days), None
    for agent in at_work.agents():
        try:
            return at_work.book(person, start, agent=agent["id"], phone="+33536490001")
        except AssertionError as error:
            refused = error
    raise refused


def notification(comeback, address):
    """As Postfix writes that nobody has this address."""
    return f"""Return-Path: <>
Delivered-To: {comeback}
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {comeback}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="6B2F/mx"

--6B2F/mx
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--6B2F/mx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected: User unknown

--6B2F/mx--
"""


def envelope(mailbox, address):
    """The first letter to an address, and where it says that it comes from."""
    eventually(lambda: mailbox.to(address), seconds=30)
    return next((letter, sender) for (recipients, letter), sender in zip(mailbox.letters, mailbox.senders) if recipients == [address])


def test_an_address_that_does_not_answer_is_said_and_the_next_message_goes_by_sms(reception, at_work, post, server):
    number = f"+3363998{next(NUMBERS):04d}"
    person, address = someone(at_work, phones=[{"number": number}])
    book(at_work, person)
    letter, sender = envelope(post[0], address)
    assert re.fullmatch(r"retour\+[0-9a-f]{52}@example\.org", sender)
    assert len(sender.split("@")[0]) <= 64
    assert email.utils.parseaddr(letter["reply-to"])[1] == sender
    assert email.utils.parseaddr(letter["from"])[1] == "rendez-vous@example.org"
    assert letter["list-unsubscribe"] is None
    post[1].put(notification(sender, address))
    notice = reception.get_by_text("ne répond pas", exact=True)
    eventually(lambda: (reception.goto(f"/people/{person['id']}"), notice.count())[1], seconds=60)
    expect(reception.locator("main")).to_contain_text("plus rien n’y est envoyé")
    screen.shot(reception, "person-bounced")
    assert screen.at_widths(reception, screen.axe) == []
    book(at_work, person, days=21)
    reception.goto("/messages?tray=waiting")
    expect(reception.locator("main li.card").filter(has_text=person["last_name"])).to_contain_text("SMS")
    reception.goto("/messages?tray=sent&state=undelivered")
    expect(reception.locator("main li.card").filter(has_text=person["last_name"])).to_contain_text("numéro ou adresse refusés")
    # The way out.
    reception.goto(f"/people/{person['id']}")
    reception.get_by_role("button", name="L’adresse fonctionne de nouveau").click()
    expect(reception.locator("#notice")).to_contain_text("peuvent y partir de nouveau")
    expect(notice).to_have_count(0)
    eventually(lambda: len(post[0].to(address)) == 2, seconds=30)


def test_an_answer_is_read_by_who_follows_the_appointment_and_changes_nothing(reception, at_work, post, server):
    person, address = someone(at_work)
    booked = book(at_work, person)
    letter, _ = envelope(post[0], address)
    comeback = email.utils.parseaddr(letter["reply-to"])[1]
    post[1].put(f"""Return-Path: <{address}>
From: Lucie <{address}>
To: Maison <{comeback.upper()}>
Subject: Re: Votre rendez-vous
Message-ID: <{booked['id']}@mobile.example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

NON

Le 23 nov. 2026 à 10:00, Maison a écrit :
> Bonjour,
> Vous avez un rendez-vous
""")
    card = reception.locator("main li.card").filter(has_text=person["last_name"])
    eventually(lambda: (reception.goto("/messages/replies"), card.count())[1], seconds=60)
    expect(card).to_contain_text(f"par e-mail, de {address}")
    expect(card).to_contain_text("Semble dire : non")
    expect(card).not_to_contain_text("Vous avez un rendez-vous")
    assert at_work.get(f"/appointments/{booked['id']}")["people"][0]["status"] == "upcoming"
    screen.shot(reception, "reply-by-email")
    assert screen.at_widths(reception, screen.axe) == []


def test_what_is_not_understood_stays_in_the_mailbox_with_a_flag_and_is_counted(desk, server, post):
    known = len(post[1].flags())
    post[1].put("From: quelqu’un@example.org\nTo: retour@example.org\nSubject: Bonjour\n\nAllô ?\n")
    eventually(lambda: len(post[1].flags()) > known and "F" in post[1].flags()[-1], seconds=60)
    assert all("S" in flags for flags in post[1].flags())
    admin = desk.page_as(server, "administrator")
    admin.goto("/setup/gateways")
    card = admin.locator("section.card").filter(has_text="Boîte de retour de courriel")
    expect(card).to_contain_text("retour+{token}@example.org")
    expect(card).to_contain_text("marqués d’un drapeau")
    screen.shot(admin, "gateways-returns")
    assert screen.at_widths(admin, screen.axe) == []


def look_at_opt_out(browser, link):
    """By day and by night, on the smallest telephone and at a desk: readable, no wider than the screen, and no line begins with a colon."""
    for colours in ("light", "dark"):
        context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=colours, locale="fr-FR")
        page = context.new_page()
        page.goto(link)
        for width in (320, screen.DESK):
            screen.resize(page, width)
            assert screen.axe(page) == [] and screen.too_wide(page) == [] and screen.small_targets(page) == [], f"{colours}, {width} px"
        assert re.findall(r"\S [:;?!»]|« ", page.locator("main").inner_text()) == []
        context.close()


def test_a_campaign_offers_to_want_no_more_and_an_appointment_does_not(desk, browser, reception, at_work, post, server):
    person, address = someone(at_work)
    manager = desk.page_as(server, "manager", "Orthez")
    manager.goto("/messages/campaigns/new")
    manager.get_by_label("Nom de la campagne").fill("Salle fraîche")
    manager.locator("[name=subject]").fill("La salle est ouverte")
    manager.locator("[name=email]").fill("La salle est ouverte ce jour. Venez boire un verre d’eau.")
    manager.get_by_role("radio", name=re.compile("Par une liste")).check()
    manager.get_by_label("Numéros ou e-mails").fill(address)
    manager.get_by_role("button", name=re.compile("Enregistrer")).click()
    manager.get_by_role("button", name="Lancer la campagne").click()
    letter, _ = envelope(post[0], address)
    link = letter["list-unsubscribe"].strip("<>")
    assert link.startswith(f"{server.url}/unsubscribe/") and letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        assert link in letter.get_body((kind,)).get_content()
    # Whoever reads, on an old telephone, without JavaScript and without an account.
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_role("heading", name="Ne plus recevoir nos informations")).to_be_visible()
    screen.shot(page, "opt-out")
    look_at_opt_out(browser, link)
    page.get_by_role("button", name="Ne plus les recevoir").click()
    expect(page.get_by_role("heading", name="C’est fait")).to_be_visible()
    screen.shot(page, "opt-out-done")
    look_at_opt_out(browser, link)
    context.close()
    # Asked again by a mail program: the same, once.
    request = urllib.request.Request(link, data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
    reception.goto(f"/people/{person['id']}")
    expect(reception.locator("main")).to_contain_text("n’en veut plus")
