"""Someone whom only the post reaches: their letter is printed and posted, and its code answers it on an old telephone."""
import re
import sqlite3
import subprocess

import pytest
from playwright.sync_api import expect

import lien
import pages
import program
import screen
from test_sending import book, execute

ORTHEZ = "Orthez"
OLD_PHONE = {"viewport": {"width": 320, "height": 480}, "java_script_enabled": False, "has_touch": True}


@pytest.fixture(scope="module")
def post_server(demo_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters")
    file = lien.copy_sqlite(demo_file, folder)
    # What the demo itself has to say stays here: only what a test books is printed.
    execute(file, "UPDATE message SET withdrawn_at = 0 WHERE sent_at IS NULL AND withdrawn_at IS NULL")
    server = lien.Server(f"sqlite:{file}", folder / "lien.log")
    server.variables["LIEN_PUBLIC_URL"] = server.url
    server.file = file
    with server:
        yield server


@pytest.fixture
def reception(desk, post_server):
    page = desk.page_as(post_server, "reception", ORTHEZ)
    page.goto("/agenda")
    return page


def by_post(at_work, **fields):
    return at_work.person("Anne-Marie", pages.invented_name(), channel="letter", address="12 rue du Pont-Neuf", postal_code="64300",
                          commune="Orthez", **fields)


def prepare(page):
    """All that waits here, in one batch."""
    page.goto("/messages/letters")
    page.locator("main").get_by_role("button", name=re.compile("Préparer un lot")).first.click()
    expect(page.locator("#notice")).to_contain_text("prêt à imprimer")


def downloaded(page, folder):
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("button", name="Télécharger le PDF").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def text(file):
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout.replace("\u00a0", " ")


def letter_of(file, person):
    return next(one for one in text(file).split("\f") if person["last_name"] in one)


def code_in(letter):
    return " ".join(re.search(r"tapez ce code\s*:\s*(\w{4}\s+\w{4})", letter).group(1).split())


def looked_at(page, name):
    """At 320 px, with no script; axe, which needs one, looks at the same pages in the next test."""
    screen.shot(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_letter_is_printed_and_its_code_frees_the_appointment(desk, post_server, reception, tmp_path):
    at_work = program.Program(reception)
    person, other = by_post(at_work), by_post(at_work)
    booked = book(at_work, person, program.at(10, 30, days=20))
    book(at_work, other, program.at(11, days=20))
    reception.goto("/messages")
    reception.get_by_role("link", name="Courriers").click()
    expect(reception.locator("main li.card").filter(has_text=person["last_name"])).to_contain_text("Confirmation")
    screen.shot(reception, "letters")
    assert screen.at_widths(reception, screen.axe) == []
    prepare(reception)
    batch = reception.url
    file = downloaded(reception, tmp_path)
    letter = letter_of(file, person)
    assert "10 h 30" in letter and "64300 ORTHEZ" in letter and "RSA" not in letter
    code = code_in(letter)
    assert code_in(letter_of(downloaded(reception, tmp_path), person)) == code, "another print says the same"

    phone = desk.page(post_server, **OLD_PHONE)
    phone.goto("/c")
    looked_at(phone, "code-320")
    phone.get_by_label("Code de la lettre").fill("zzzz zzzz")
    phone.get_by_role("button", name="Voir mon rendez-vous").click()
    expect(phone.locator("main")).to_contain_text("n’ouvre aucun rendez-vous à venir")
    phone.get_by_label("Code de la lettre").fill(code.lower())
    phone.get_by_role("button", name="Voir mon rendez-vous").click()
    expect(phone.locator("main")).to_contain_text("10 h 30")
    assert person["last_name"] not in phone.locator("body").inner_text()
    looked_at(phone, "coded-320")
    phone.get_by_role("button", name="Je viendrai").click()
    expect(phone.locator("#notice")).to_contain_text("vous viendrez")
    phone.get_by_role("link", name="Je ne peux pas venir").click()
    looked_at(phone, "coded-refusal-320")
    status = lambda: at_work.get(f"/appointments/{booked['id']}")["people"][0]["status"]
    assert status() == "upcoming", "looking changes nothing"
    phone.get_by_role("button", name="Oui, je ne peux pas venir").click()
    expect(phone.locator("#notice")).to_contain_text("n’a plus lieu")
    expect(phone.locator("main")).to_contain_text("Ce rendez-vous n’a pas lieu")
    assert status() == "cancelled-by-person"

    reception.goto("/messages/replies")
    reception.get_by_text(re.compile("Réglées depuis hier")).click()
    answers = reception.locator("main li.card").filter(has_text=person["last_name"])
    expect(answers.filter(has_text="Je ne peux pas venir")).to_contain_text("à son courrier")
    expect(answers.filter(has_text="Je viendrai")).to_have_count(1)
    reception.goto(batch)
    out = reception.locator(".notice.warn")
    expect(out).to_contain_text("À retirer du lot de papier")
    expect(out).to_contain_text(person["last_name"])
    screen.shot(reception, "letter-batch")
    assert screen.at_widths(reception, screen.axe) == []
    reception.get_by_role("button", name="Tout est posté").click()
    expect(reception.locator("#notice")).to_contain_text("1 lettre postée")
    reception.goto(f"/people/{other['id']}/story?part=messages")
    expect(reception.locator("main")).to_contain_text("dit ou posté")


def test_someone_asks_to_be_called_and_the_pages_of_a_code_are_accessible(desk, post_server, reception, tmp_path):
    at_work = program.Program(reception)
    person = by_post(at_work)
    book(at_work, person, program.at(9, days=21))
    prepare(reception)
    code = code_in(letter_of(downloaded(reception, tmp_path), person))
    phone = desk.page(post_server, viewport={"width": 390, "height": 800})
    complaints = []
    for address in ["/c", f"/c/{code.replace(' ', '')}", f"/c/{code.replace(' ', '')}/no"]:
        phone.goto(address)
        complaints += screen.shape(phone) + screen.at_widths(phone, screen.axe)
        complaints += screen.at_widths(phone, screen.too_wide, (320, screen.PHONE, screen.DESK))
        complaints += screen.at_widths(phone, screen.small_targets, (screen.PHONE,)) + screen.keyboard(phone)
    assert not complaints, "\n".join(complaints)
    phone.goto(f"/c/{code.replace(' ', '')}")
    phone.get_by_text("Rappelez-moi", exact=True).first.click()
    phone.get_by_label("À quel numéro").fill("05 36")
    phone.get_by_role("button", name="Rappelez-moi").click()
    expect(phone.locator("main")).to_contain_text("Ce numéro n’est pas complet")
    screen.shot(phone, "coded-call-refused")
    phone.get_by_label("À quel numéro").fill("05 36 49 00 01")
    phone.get_by_role("button", name="Rappelez-moi").click()
    expect(phone.locator("#notice")).to_contain_text("Nous vous rappelons")
    reception.goto("/messages/replies")
    card = reception.locator("main li.card").filter(has_text=person["last_name"])
    expect(card.get_by_role("link", name=re.compile("05 36 49 00 01"))).to_have_count(1)
    card.get_by_role("button", name="Fait").click()
    expect(reception.locator("#notice")).to_contain_text("C’est noté")


def test_a_batch_that_is_undone_gives_its_letters_back(post_server, reception):
    at_work = program.Program(reception)
    person = by_post(at_work)
    book(at_work, person, program.at(9, 30, days=21))
    prepare(reception)
    reception.get_by_role("button", name="Défaire le lot").click()
    expect(reception.locator("#notice")).to_contain_text("de nouveau à imprimer")
    reception.goto("/messages/letters")
    expect(reception.locator("main section li.card").filter(has_text=person["last_name"])).to_have_count(1)
    kept = sqlite3.connect(post_server.file).execute("SELECT count(*) FROM letter WHERE removed_at IS NULL AND because IS NOT NULL")
    assert kept.fetchone() == (0,)


def test_a_posted_letter_and_its_code_stand_in_the_proof_of_a_convocation(desk, post_server, reception, tmp_path):
    at_work = program.Program(reception)
    person = by_post(at_work)
    site = next(one for one in at_work.get("/sites?limit=100")["items"] if one["organization"] == at_work.house)
    booked = book(at_work, person, program.at(15, 30, days=22), reason=at_work.reason("site", summons=True), site=site["id"])
    proof = reception.locator("section.card").filter(has=reception.get_by_role("heading", name="Preuve de la convocation"))
    reception.goto(f"/appointments/{booked['id']}")
    expect(proof).to_contain_text("Aucun message n’est parti.")
    prepare(reception)
    code = code_in(letter_of(downloaded(reception, tmp_path), person))
    reception.get_by_role("button", name="Tout est posté").click()
    expect(reception.locator("#notice")).to_contain_text("postée")
    reception.goto(f"/appointments/{booked['id']}")
    expect(proof).to_contain_text("Une lettre a été postée")
    phone = desk.page(post_server, **OLD_PHONE)
    phone.goto(f"/c/{code.replace(' ', '')}/no")
    phone.get_by_role("button", name="Oui, je ne peux pas venir").click()
    reception.reload()
    expect(proof).to_contain_text("La personne a répondu avec le code de la lettre")
    expect(proof).to_contain_text("« Je ne peux pas venir »")
    expect(proof).to_contain_text("12 rue du Pont-Neuf, 64300 Orthez")
    proof.get_by_text("Le texte de la lettre").click()
    expect(proof).to_contain_text("15 h 30")
    screen.shot(reception, "proof-letter")
    screen.resize(reception, screen.PHONE)
    screen.shot(reception, "proof-letter-390")
    assert screen.at_widths(reception, screen.axe) == [] and screen.at_widths(reception, screen.too_wide, (320, screen.PHONE)) == []
