"""docs/scenarios.md: each promise has a line, each line a browser test that exists and is run."""
import ast
import re

import pytest

from lien import ROOT

TEXT = (ROOT / "docs/scenarios.md").read_text()
TESTS = ROOT / "Tests/BrowserTests"
WAITED = "Still waited for"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def sections():
    """{title: (the numbers promised, the rows)}"""
    parts = {part.split("\n", 1)[0]: part for part in TEXT.split("\n## ")[1:]}
    return {title: (re.findall(r"^(\d+)\. \S", part, re.MULTILINE), ROW.findall(part)) for title, part in parts.items()}


def waited():
    """What is said to have no line yet: {("Steering", "1"), …}"""
    said = TEXT.split(f"\n## {WAITED}\n")[1] if f"\n## {WAITED}\n" in TEXT else ""
    return {(title, number) for title, numbers in re.findall(r"([A-Z][^.\d]*) ((?:\d+, )*\d+)\.", said) for number in numbers.split(", ")}


SECTIONS = {title: found for title, found in sections().items() if title != WAITED}
LINES = [(title, *row) for title, (_, rows) in SECTIONS.items() for row in rows]


def test_every_promise_has_a_line_or_is_said_to_wait_for_one():
    promised = {(title, number) for title, (numbers, _) in SECTIONS.items() for number in numbers}
    kept = {(title, number) for title, number, *_ in LINES}
    assert promised and kept
    assert kept - promised == set(), "lines that belong to no promise"
    assert promised - kept == waited(), "promises without a line, beside those that are waited for"


def test_no_row_is_written_otherwise():
    rows = [line for line in TEXT.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) == len(LINES), [row for row in rows if not ROW.match(row)]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]}: {line[2][:50]}")
def test_each_line_has_its_page_its_steps_and_a_test_that_is_run(line):
    _, _, what, page, steps, tests = line
    assert what.strip() and steps.strip()
    assert re.findall(r"`(/[^`]*)`", page), f"no page: {page}"
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", tests)
    assert named, f"no test: {tests}"
    for file, function in named:
        assert_is_run(file, function)


def assert_is_run(file, function):
    path = TESTS / file
    assert path.is_file(), f"{file} is not there"
    module = ast.parse(path.read_text())
    found = [one for one in module.body if isinstance(one, ast.FunctionDef) and one.name == function]
    assert found, f"{file} has no {function}"
    marks = [ast.unparse(one) for one in found[-1].decorator_list] + [
        ast.unparse(one.value) for one in module.body if isinstance(one, ast.Assign) and "pytestmark" in ast.unparse(one.targets[0])
    ]
    assert not [mark for mark in marks if re.search(r"\b(skip|skipif|xfail)\b", mark)], f"{function} is skipped"
    assert "pytest.skip(" not in ast.unparse(found[-1]), f"{function} skips itself"
