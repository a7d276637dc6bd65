"""The pages in the words that people read on them: the one place to change when a label does."""
import re

from playwright.sync_api import expect

CANDIDATES = "[role=option]"
HOW_TOLD = re.compile(r"SMS|e-mail|courrier|téléphone", re.IGNORECASE)
TAKEN = re.compile("vient d’être pris")
SLOT = re.compile(r"^\d{1,2} h(?: \d{2})?")


class Hands:
    """Someone at work: each press, choice or typed word is an action, each new address a page."""

    def __init__(self, page):
        self.page, self.actions, self.addresses = page, 0, []
        page.on("framenavigated", self.moved)

    def moved(self, frame):
        address = frame.url.split("?")[0]
        if frame == self.page.main_frame and address not in self.addresses:
            self.addresses.append(address)

    def press(self, locator):
        self.actions += 1
        locator.click()

    def key(self, key):
        self.actions += 1
        self.page.keyboard.press(key)

    def type(self, locator, text):
        self.actions += 1
        locator.fill(text)

    def choose(self, locator, label):
        self.actions += 1
        locator.select_option(label=label)


def sign_in(page, email, password):
    page.goto("/sign-in")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Se déconnecter")).to_be_attached()


def sign_out(page):
    page.locator("summary").filter(has_text=re.compile(r"^\W*\w{1,2}\W*$")).click()
    page.get_by_role("button", name="Se déconnecter").click()


def search_box(page):
    return page.locator("header").get_by_label("Chercher une personne")


def search(page, text):
    """Types into the header's search as a person does, and returns the candidates."""
    box = search_box(page)
    box.fill("")
    page.keyboard.press("/") if not box.evaluate("one => one === document.activeElement") else None
    page.keyboard.type(text, delay=15)
    return page.locator(CANDIDATES)


def create_person(page, given, family, born="", phones=(), emails=()):
    """A person created by phone, from the page made for it; returns the path of their page."""
    page.goto("/people/new")
    fill_person(page, given, family, born, phones, emails)
    page.get_by_role("button", name=re.compile("Créer")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(family)
    return page.url


def fill_person(page, given, family, born="", phones=(), emails=()):
    page.get_by_label("Prénom").first.fill(given)
    page.get_by_label(re.compile("^Nom")).first.fill(family)
    if born:
        page.get_by_label(re.compile("Date de naissance|Né")).first.fill(born)
    for number, phone in enumerate(phones):
        page.get_by_label(re.compile("Téléphone")).nth(number).fill(phone)
    for number, email in enumerate(emails):
        page.get_by_label(re.compile("E-mail|Adresse e-mail")).nth(number).fill(email)
    told = page.get_by_label(re.compile("phrase|informée"))
    if told.count():
        told.first.check()


def new_appointment(hands):
    """From a person's page to the booking screen, where they are already chosen."""
    hands.press(hands.page.locator("main").get_by_role("link", name=re.compile("rendez-vous", re.IGNORECASE)).first)


def choose_reason(hands, reason):
    hands.choose(hands.page.get_by_label("Motif"), reason)
    look = hands.page.locator("main").get_by_role("button", name=re.compile("Voir les créneaux|Chercher"))
    if look.count():
        hands.press(look)


def slots(page):
    """The free starts on show, earliest first: each is a button or a radio named by its hour."""
    return page.locator("main").get_by_role("button", name=SLOT).or_(page.locator("main").get_by_role("radio", name=SLOT))


def said(page):
    return page.get_by_label(re.compile("Ce que dit la personne|Ce qu’elle dit"))


def book(hands):
    hands.press(hands.page.locator("main").get_by_role("button", name=re.compile("^(Prendre ce rendez-vous|Réserver|Prendre rendez-vous)")))


def agenda_entry(page, name):
    return page.locator("main").get_by_role("link", name=re.compile(re.escape(name)))


def create_token(page):
    """A personal token with every right of its owner, for the API; shown once."""
    page.goto("/account")
    page.get_by_label(re.compile("Nom du jeton|Usage")).fill("essai")
    page.get_by_role("button", name=re.compile("Créer (un|le) jeton")).click()
    return page.get_by_label(re.compile("Jeton")).input_value()
