#!/usr/bin/env python3
"""Counts what passed and failed, for bin/test.

    tally.py swift EVENTS       the event stream of Swift Testing (JSON lines)
    tally.py engines EVENTS     the same, and no case on SQLite or none on PostgreSQL is a failure
    tally.py junit FILE         pytest's junit XML

Prints "PASSED FAILED" on the first line, then a line for each test that failed or was skipped.
A test that began and never ended failed: the process died under it.
"""
import json
import sys
import xml.etree.ElementTree as ElementTree

ENGINES = ("sqlite", "postgres")


def swift(path, both_engines=False):
    planned, begun, ended, skipped = {}, set(), {}, {}
    seen, finished = set(), False
    for event in events(path):
        kind, payload = event["kind"], event["payload"]
        if kind == "test":
            if payload["kind"] == "function":
                planned[payload["id"]] = payload.get("displayName") or payload["name"]
            continue
        test, said = payload.get("testID"), messages(payload)
        match payload["kind"]:
            case "testStarted":
                begun.add(test)
            case "testCaseStarted":
                seen |= {engine for engine in ENGINES if engine in said.lower()}
            case "testSkipped":
                skipped[test] = said
            case "testEnded":
                ended[test] = passed(payload)
            case "runEnded":
                finished = True
    failed = [test for test in planned if ended.get(test) is False]
    lost = [test for test in planned if test not in ended and test not in skipped and (test in begun or not finished)]
    good = sum(1 for test in planned if ended.get(test))
    lines = [f"failed: {module(test)}: {planned[test]}" for test in failed]
    lines += [f"never ended: {module(test)}: {planned[test]}" for test in lost]
    lines += [f"skipped: {module(test)}: {skipped[test]}" for test in skipped if test in planned]
    missing = [engine for engine in ENGINES if engine not in seen] if both_engines else []
    lines += [f"failed: no test ran on {engine}" for engine in missing]
    return good, len(failed) + len(lost) + len(missing), lines


def events(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue  # the last line of a process that died


def messages(payload):
    return " ".join(message["text"] for message in payload.get("messages", []))


def passed(payload):
    return all(message["symbol"] != "fail" for message in payload.get("messages", []))


def module(test):
    return test.split(".", 1)[0]


def junit(path):
    good, bad, lines = 0, 0, []
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}: {case.get('name')}"
        failure = next((case.find(tag) for tag in ("failure", "error") if case.find(tag) is not None), None)
        skipped = case.find("skipped")
        if failure is not None:
            bad += 1
            lines.append(f"failed: {name}: {(failure.get('message') or '').splitlines()[:1]}")
        elif skipped is not None:
            lines.append(f"skipped: {name}: {skipped.get('message')}")
        else:
            good += 1
    return good, bad, lines


def engines(path):
    return swift(path, both_engines=True)


def main(kind, path):
    good, bad, lines = {"swift": swift, "engines": engines, "junit": junit}[kind](path)
    print(good, bad)
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    main(*sys.argv[1:])
