"""Every page that a role can reach by its links, found by following them: nothing has to be listed to be looked at."""
import re
from collections import deque
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

import pages
import screen

ROLES = ["reception", "worker", "manager", "admin", "caller", "administrator", "data-protection"]
MOST = 90
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")

# What a walk that works must have met: without it, an empty site would pass.
MET = {
    "reception": ["/agenda", "/messages", "/messages/to-call", "/messages/replies", "/memos", "/memos/new", "/waiting-room/{id}", "/people", "/people/{id}", "/people/new", "/appointments/new", "/appointments/{id}",
                  "/people/{id}/story", "/people/{id}/calendars", "/people/{id}/archiving", "/people/{id}/relatives/new", "/people/{id}/protections/new"],
    "worker": ["/agenda", "/account/calendars", "/people", "/people/{id}", "/appointments/{id}"],
    "manager": ["/messages/campaigns", "/messages/campaigns/new"],
    "admin": ["/setup/organizations/{id}/webhooks", "/setup/organizations/{id}/teams", "/setup/templates", "/setup/templates/edit"],
    "administrator": ["/account", "/setup/campaigns", "/setup/gateways", "/setup/gateways/costs", "/setup/person-fields", "/setup/tags/new", "/setup/templates", "/setup/templates/edit"],
}

# Those that may fall on a Tuesday.
HOLIDAYS = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"]

looked_at = set()


def pattern(url):
    """/people/0190…?date=2026-11-30 → /people/{id}?date: pages of one kind are looked at once."""
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return IDENTITY.sub("{id}", parts.path) + ("?" + "&".join(names) if names else "")


# Links, and forms that only look, as they would be sent.
WAYS_ON = """
() => {
  const links = [...document.querySelectorAll("a[href]:not([download])")].map((one) => one.href);
  const forms = [...document.querySelectorAll("form[method=get]")]
    .map((one) => `${one.action.split("?")[0]}?${new URLSearchParams(new FormData(one))}`);
  return [...links, ...forms];
}
"""


def ways_on(page, server):
    return [url.split("#")[0] for url in page.evaluate(WAYS_ON) if url.startswith(server.url + "/") and "/assets/" not in url]


def today():
    return datetime.now(pages.PARIS).date()


def starts(server):
    """Where one arrives, and a working day: today may be one on which nobody is received."""
    day = today() + timedelta(days=8 - today().weekday())
    while f"{day:%m-%d}" in HOLIDAYS:
        day += timedelta(days=1)
    return deque([server.url + "/", f"{server.url}/agenda?date={day}"])


def look(page):
    complaints = screen.shape(page)
    complaints += screen.at_widths(page, screen.axe)
    complaints += screen.at_widths(page, screen.too_wide, (320, screen.PHONE, screen.DESK))
    complaints += screen.at_widths(page, screen.small_targets, (screen.PHONE,))
    screen.resize(page, screen.DESK)
    return complaints + dark(page) + screen.keyboard(page)


def dark(page):
    page.emulate_media(color_scheme="dark")
    complaints = [f"dark: {one}" for one in screen.axe(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return complaints


def keep(page, role, kind):
    for width in (screen.PHONE, screen.DESK):
        screen.resize(page, width)
        screen.shot(page, f"{role}{kind}-{width}")


def without_script(plain, url, heading):
    """The same page with no script says the same thing, and each of its forms can be sent."""
    plain.goto(url)
    complaints = []
    if plain.locator("h1").first.inner_text() != heading:
        complaints.append("without a script, the heading is another")
    for form in plain.locator("main form").all():
        fields = form.locator("input:not([type=hidden]), select, textarea").count()
        if fields and form.locator("button:not([type=button]), input[type=submit]").count() == 0:
            complaints.append(f"without a script, this form has no button: {form.evaluate('one => one.outerHTML.slice(0, 160)')}")
    return complaints


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_fits_and_works_without_a_script(desk, demo_server, role):
    page, plain = desk.page_as(demo_server, role), desk.page_as(demo_server, role, java_script_enabled=False)
    waiting, seen, complaints = starts(demo_server), set(), []
    while waiting and len(seen) < MOST:
        url = waiting.popleft()
        if pattern(url) in seen:
            continue
        seen.add(pattern(url))
        complaints += [f"{pattern(url)}: {one}" for one in visit(page, plain, url, role, demo_server, waiting, seen)]
    met = {kind.split("?")[0] for kind in seen}
    complaints += [f"{role} found no way to {one}" for one in MET.get(role, []) if one not in met]
    assert not complaints, "\n".join([*complaints, f"Seen: {sorted(seen)}"])


def visit(page, plain, url, role, server, waiting, seen):
    probe = page.context.request.get(url)
    kind = pattern(probe.url)
    seen.add(kind)
    if probe.status != 200:
        return [f"answers {probe.status}"]
    if "text/html" not in probe.headers.get("content-type", ""):
        return []
    page.goto(url)
    waiting.extend(ways_on(page, server))
    if kind in looked_at:
        return []
    looked_at.add(kind)
    heading = page.locator("h1").first.inner_text()
    complaints = look(page)
    keep(page, role, kind)
    return complaints + without_script(plain, url, heading)


def test_pages_for_nobody_in_particular_are_accessible(desk, demo_server):
    page = desk.page(demo_server)
    complaints = []
    for address in ["/sign-in", "/nulle-part"]:
        page.goto(address)
        complaints += [f"{address}: {one}" for one in look(page)]
        keep(page, "anyone", address)
    assert not complaints, "\n".join(complaints)


def test_what_a_search_finds_is_accessible_and_fits_without_a_script_too(desk, demo_server):
    for script in (True, False):
        page = desk.page_as(demo_server, "reception", java_script_enabled=script)
        page.goto("/people")
        box = page.locator("header").get_by_label("Chercher une personne")
        box.fill("0639981234")
        box.press("Enter")
        expect(page.locator("main").get_by_role("link", name=re.compile("Lahargarai"))).to_have_count(2)
        assert "0639" not in page.url, "what is searched stands in the address"
        if script:
            complaints = look(page)
            keep(page, "reception", "/people/search")
            assert not complaints, "\n".join(complaints)


def test_the_keys_of_the_trade(desk, demo_server):
    page = desk.page_as(demo_server, "reception")
    page.goto("/agenda")
    tomorrow = f"{today() + timedelta(days=1)}"
    page.keyboard.press("k")
    page.wait_for_url(re.compile(f"/agenda/.*date={tomorrow}"))
    page.keyboard.press("j")
    page.wait_for_url(re.compile(f"/agenda/(?!.*{tomorrow})"))
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Raccourcis clavier").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Chercher une personne").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/appointments/new"))
