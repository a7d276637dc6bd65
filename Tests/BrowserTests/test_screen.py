"""The checks themselves: each sees the fault that it is there for, and none in a page that has none."""
import pytest

import screen

RIGHT = """<!doctype html><html lang="fr"><meta name="viewport" content="width=device-width"><title>Essai</title>
<style>button, input { min-height: 44px } :focus-visible { outline: 3px solid black }</style>
<body><a href="#main">Aller au contenu</a><main id="main"><h1>Essai</h1>
<label>Nom <input></label> <button>Continuer</button></main></body></html>"""

FAULTS = [
    (screen.axe, "<label>Nom <input></label>", "<input>"),
    (screen.axe, '<button>', '<button style="color: #ccc; background: #fff">'),
    (screen.shape, "<h1>Essai</h1>", "<h2>Essai</h2>"),
    (screen.too_wide, "<h1>", '<div style="width: 3000px">x</div><h1>'),
    (screen.small_targets, "min-height: 44px", "height: 30px; padding: 0"),
    (screen.keyboard, "outline: 3px solid black", "outline: none"),
    (screen.keyboard, "</main>", "<button onfocus='this.blur()'>x</button></main>"),
    (screen.keyboard, '<a href="#main">Aller au contenu</a>', ""),
]


@pytest.fixture
def blank(browser):
    page = browser.new_page()
    yield page
    page.close()


def test_a_page_without_fault_raises_no_complaint(blank):
    blank.set_content(RIGHT)
    assert screen.shape(blank) + screen.at_widths(blank, screen.axe) + screen.too_wide(blank) + screen.small_targets(blank) == []
    assert screen.keyboard(blank) == []


@pytest.mark.parametrize("check, right, wrong", FAULTS)
def test_a_fault_is_seen(blank, check, right, wrong):
    assert right in RIGHT
    blank.set_content(RIGHT.replace(right, wrong))
    assert check(blank)
