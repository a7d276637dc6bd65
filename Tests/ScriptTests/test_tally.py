"""What bin/test believes of the tests it ran: `tally.py` over events as Swift Testing writes them, and pytest's junit."""
import json

import pytest

import tally


def function(name):
    return {"kind": "test", "payload": {"kind": "function", "id": f"CoreTests.{name}", "name": name}}


def event(kind, name=None, symbol="default", text=""):
    payload = {"kind": kind, "messages": [{"symbol": symbol, "text": text}]}
    return {"kind": "event", "payload": payload | ({"testID": f"CoreTests.{name}"} if name else {})}


SUITE = {"kind": "test", "payload": {"kind": "suite", "id": "CoreTests.Booking", "name": "Booking"}}
PASSES = [event("testStarted", "a"), event("testEnded", "a", "pass")]
FAILS = [event("testStarted", "b"), event("testEnded", "b", "fail")]
END = [event("runEnded")]


@pytest.fixture
def stream(tmp_path):
    def write(*events):
        file = tmp_path / "events"
        file.write_text("".join(json.dumps(one) + "\n" for one in events))
        return file

    return write


def test_each_function_counts_once_and_a_suite_not_at_all(stream):
    suite = event("testEnded", "Booking", "fail")
    good, bad, lines = tally.swift(stream(SUITE, function("a"), function("b"), *PASSES, *FAILS, suite, *END))
    assert (good, bad) == (1, 1)
    assert lines == ["failed: CoreTests: b"]


def test_what_died_or_never_began_failed_and_a_cut_line_is_no_trouble(stream):
    file = stream(function("a"), function("b"), function("c"), *PASSES, event("testStarted", "b"))
    file.write_text(file.read_text() + '{"kind": "event", "payl')
    assert tally.swift(file)[:2] == (1, 2)


def test_a_skipped_test_is_named_and_neither_passed_nor_failed(stream):
    good, bad, lines = tally.swift(stream(function("a"), function("b"), *PASSES, event("testSkipped", "b", "skip", "why"), *END))
    assert (good, bad) == (1, 0)
    assert lines == ["skipped: CoreTests: why"]


def test_an_engine_that_no_case_ran_on_is_a_failure(stream):
    cases = [event("testCaseStarted", "a", text="Test case passing 1 argument engine → .sqlite")]
    good, bad, lines = tally.engines(stream(function("a"), *cases, *PASSES, *END))
    assert (good, bad, lines) == (1, 1, ["failed: no test ran on postgres"])


def test_errors_of_pytest_are_failures(tmp_path):
    file = tmp_path / "junit.xml"
    file.write_text(
        "<testsuites><testsuite><testcase classname='A' name='a'/><testcase classname='A' name='b'><failure message='m'/></testcase>"
        "<testcase classname='A' name='c'><error message=''/></testcase><testcase classname='A' name='d'><skipped message='s'/></testcase>"
        "</testsuite></testsuites>"
    )
    assert tally.junit(file)[:2] == (1, 2)
