"""The pages in the words that people read on them: the one place to change when a label does."""
import random
import re
import string
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

CANDIDATES = "[role=option]"
TAKEN = re.compile("vient d’être pris")
PARIS = ZoneInfo("Europe/Paris")
# Landlines that the demo gives to nobody: a file with one of them looks like no other.
NUMBERS = iter(range(1_100, 1_300))
RANDOM = random.Random(1789)


def main(page):
    return page.locator("main")


def press(page, name):
    main(page).get_by_role("button", name=name).click()


def plain(page):
    """What is read there, with every space an ordinary one."""
    return main(page).inner_text().replace("\u202f", " ").replace("\xa0", " ")


def choose_like(page, label, words):
    """The first choice that holds these words."""
    field = main(page).get_by_label(label)
    option = field.locator("option").filter(has_text=re.compile(words)).first
    field.select_option(value=option.get_attribute("value"))


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
        """A hand holds a button down for a moment, in which the page may change under it."""
        self.actions += 1
        locator.click(delay=80)

    def key(self, key):
        self.actions += 1
        self.page.keyboard.press(key)

    def type(self, locator, text):
        self.actions += 1
        locator.fill(text)

    def choose(self, locator, beginning):
        """The first choice whose words begin so."""
        self.actions += 1
        option = locator.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(beginning)}", re.IGNORECASE)).first
        locator.select_option(value=option.get_attribute("value"))


def sign_in(page, email, password):
    page.goto("/sign-in")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_text("Se déconnecter", exact=True)).to_be_attached()


def sign_out(page):
    page.get_by_label(re.compile("^Compte de ")).click()
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


def invented_name():
    """A family name that nobody in the demo bears."""
    return "Zubi" + "".join(RANDOM.choices(string.ascii_lowercase, k=6)) + "garay"


def free_number():
    digits = next(NUMBERS)
    return f"05 36 49 {digits // 100} {digits % 100:02}"


def create_person(page, given, family, born="", phones=(), emails=()):
    """A person created by phone, from the page made for it; returns the path of their page."""
    page.goto("/people/new")
    fill_person(page, given, family, born, phones, emails)
    page.get_by_role("button", name=re.compile("Créer")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(family)
    return page.url


def fill_person(page, given, family, born="", phones=(), emails=()):
    form = page.locator("main")
    form.get_by_label(re.compile("^Nom")).first.fill(family)
    form.get_by_label(re.compile("^Prénom")).first.fill(given)
    if born:
        form.get_by_label(re.compile("^Date de naissance")).first.fill(born)
    for number, phone in enumerate(phones):
        form.get_by_label(re.compile("^Téléphone")).nth(number).fill(phone)
    for number, email in enumerate(emails):
        form.get_by_label(re.compile("^E-mail")).nth(number).fill(email)
    form.get_by_label("La phrase a été dite").check()


def new_appointment(hands):
    """From a person's page to the booking screen, where they are already chosen."""
    hands.press(hands.page.locator("main").get_by_role("link", name=re.compile("^(Nouveau|Prendre( un)?) rendez-vous")).first)


def choose_reason(hands, reason):
    hands.choose(hands.page.get_by_label(re.compile("^Motif")), reason)
    expect(slots(hands.page).first).to_be_visible()


def choose_agent(hands, name):
    with hands.page.expect_response(lambda answer: answer.request.method == "POST"):
        hands.choose(hands.page.get_by_label(re.compile("^Agent")), name)
    expect(slots(hands.page).first).to_be_visible()


def slots(page):
    """The free starts on show, earliest first: each is a radio with its hour, its agent and its place."""
    return page.locator("main label").filter(has=page.locator("input[name=slot]"))


def start(slot):
    """When a slot begins, in the territory's time."""
    seconds = int(slot.locator("input").get_attribute("value").split("_")[0])
    return datetime.fromtimestamp(seconds, PARIS)


def hour(moment):
    """"9 h", "9 h 05": as every page writes it."""
    return f"{moment.hour} h {moment.minute:02}" if moment.minute else f"{moment.hour} h"


def said(page):
    return page.get_by_label("Ce que dit la personne")


def create_on_the_spot(hands, given, family, phones=()):
    hands.press(hands.page.get_by_text("Créer sa fiche"))
    fill_person(hands.page, given, family, phones=phones)


def book(hands):
    hands.press(hands.page.get_by_role("button", name="Prendre le rendez-vous"))


def booked(page, family):
    """The appointment read back, as plain text."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(rf"Rendez-vous de .*{family}"))
    return page.locator("main").inner_text().replace("\u202f", " ").replace("\xa0", " ")


def agenda_entry(page, name):
    return page.locator("main").get_by_role("link", name=re.compile(re.escape(name)))


def create_token(page):
    """A personal token with every right of its owner, for the API; shown once."""
    page.goto("/account")
    for domain in ["Fiches des personnes", "Rendez-vous et agendas", "Réglages", "Journal"]:
        page.get_by_label(domain).select_option("write")
    page.get_by_label(re.compile("Nom du jeton|Usage")).fill("essai")
    page.get_by_role("button", name=re.compile("Créer (un|le) jeton")).click()
    return page.get_by_label(re.compile("Jeton")).input_value()
