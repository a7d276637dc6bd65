"""What every page must be: reachable, readable, wide enough for a finger and narrow enough for a phone."""
import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

PHONE, DESK = 390, 1440
HEIGHTS = {PHONE: 844, DESK: 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def resize(page, width):
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})


def axe(page, rules=None):
    """What axe-core finds, one line a violation."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def at_widths(page, check, widths=(PHONE, DESK)):
    """What `check` complains of at each width."""
    complaints = []
    for width in widths:
        resize(page, width)
        complaints += [f"at {width} px: {complaint}" for complaint in check(page)]
    return complaints


def too_wide(page):
    """No page scrolls sideways; 320 px is also what 1280 px at 400 % zoom comes to."""
    room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"{room[0]} px of content in {room[1]} px"] if room[0] > room[1] else []


SMALL_TARGETS = """
() => [...document.querySelectorAll("button, a.button, nav a, summary, select, textarea, input")]
  .filter((one) => !["hidden", "radio", "checkbox"].includes(one.type))
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1)
  .filter((one) => Math.round(one.getBoundingClientRect().height) < 44)
  .map((one) => `${Math.round(one.getBoundingClientRect().height)} px high: ${one.outerHTML.slice(0, 160)}`)
"""


def small_targets(page):
    """What is pressed is at least 44 px high; links inside a sentence are not asked to be."""
    return page.evaluate(SMALL_TARGETS)


# Where one is before the first Tab, even on a page that begins in a field of its own.
FROM_THE_TOP = """
() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  document.body.blur();
  scrollTo(0, 0);
}
"""
FOCUSED = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  one.dataset.reached = "yes";
  const seen = (part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const shown = seen(one) || (one.matches("input[type=radio], input[type=checkbox]") && one.closest("label") && seen(one.closest("label")));
  return { text: one.outerHTML.slice(0, 160), shown };
}
"""
UNREACHED = """
() => [...document.querySelectorAll("a[href], button, select, textarea, summary, input:not([type=hidden], [type=radio])")]
  .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && !one.dataset.reached)
  .map((one) => one.outerHTML.slice(0, 160))
"""


def keyboard(page, most=400):
    """Tab goes from "Aller au contenu" through everything that can be used, and one always sees where one is."""
    page.evaluate(FROM_THE_TOP)
    complaints, first = [], None
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        first = first or focused["text"]
        if not focused["shown"]:
            complaints.append(f"focus is not seen on {focused['text']}")
    if not first or "#main" not in first:
        complaints.append(f"the first Tab does not lead to the content but to {first}")
    return complaints + [f"Tab does not reach {one}" for one in page.evaluate(UNREACHED)]


def shape(page):
    """A title, one h1, a language, a main part: what a screen reader steers by."""
    complaints = []
    headings = page.locator("h1").count()
    if headings != 1:
        complaints.append(f"{headings} h1")
    if page.locator("html").get_attribute("lang") is None:
        complaints.append("no language")
    if page.locator("main").count() != 1:
        complaints.append("not one main")
    if not page.title().strip():
        complaints.append("no title")
    return complaints


def shot(page, name):
    """Keeps a picture in the folder LIEN_SCREENSHOTS, when there is one."""
    if not (folder := os.environ.get("LIEN_SCREENSHOTS")):
        return
    path = Path(folder) / (re.sub(r"[^\w/-]+", "-", name).strip("-") + ".png")
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
