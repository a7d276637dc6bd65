"""Debian's Chromium, and pages that are signed in."""
import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

import screen
from desk import Desk


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("LIEN_CHROMIUM") or shutil.which("chromium")
    assert chromium, "no Chromium: run bin/setup test, or name one in LIEN_CHROMIUM"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


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


@pytest.fixture
def worker(desk, demo_server):
    return desk.page_as(demo_server, "worker", "Orthez")


@pytest.fixture
def reception(desk, demo_server):
    return desk.page_as(demo_server, "reception", "Orthez")


@pytest.fixture
def manager(desk, demo_server):
    return desk.page_as(demo_server, "manager", "Orthez")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True
    return report
