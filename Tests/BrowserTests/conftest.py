"""Debian's Chromium, and pages that are signed in."""
import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

import pages
import screen

FRENCH = {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("LIEN_CHROMIUM") or shutil.which("chromium")
    assert chromium, "no Chromium: run bin/setup test, or name one in LIEN_CHROMIUM"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


class Desk:
    """Opens pages for whoever a test needs, and notices what their scripts complain about."""

    def __init__(self, browser, states):
        self.browser, self.states = browser, states
        self.contexts, self.complaints = [], []

    def page(self, server, storage_state=None, **options):
        context = self.browser.new_context(base_url=server.url, storage_state=storage_state, **FRENCH, **options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self.hear(page, message))
        return page

    def page_as(self, server, role, organization="", **options):
        """Someone with this role, signed in once a server and a session."""
        login = server.login(role, organization)
        key = (server.url, login["email"])
        if key not in self.states:
            self.states[key] = self.sign_in(server, login)
        page = self.page(server, self.states[key], **options)
        page.login = login
        return page

    def sign_in(self, server, login):
        page = self.page(server)
        pages.sign_in(page, login["email"], login["password"])
        return page.context.storage_state()

    def hear(self, page, message):
        # A refusal's status is a test's business; a policy broken or a script in trouble is everyone's.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{page.url}: {message.text}")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="session")
def signed_in_states():
    return {}


@pytest.fixture
def desk(request, browser, signed_in_states):
    desk = Desk(browser, signed_in_states)
    yield desk
    if getattr(request.node, "failed", False):
        for number, page in enumerate(page for context in desk.contexts for page in context.pages):
            screen.shot(page, f"failed/{request.node.name}-{number}")
    desk.close()
    assert not desk.complaints, "\n".join(desk.complaints)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True
    return report
