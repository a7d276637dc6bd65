"""bin/demo as a newcomer runs it, with the binary at hand in place of a release build."""
import json
import os
import signal
import subprocess
import time
import urllib.request

import pytest

import lien


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The scripts in a tree of their own, where `swift build` has nothing left to do."""
    tree = tmp_path_factory.mktemp("checkout")
    (tree / "bin").mkdir()
    for script in ("demo", "setup"):
        (tree / "bin" / script).symlink_to(lien.ROOT / "bin" / script)
    (tree / ".build/release").mkdir(parents=True)
    (tree / ".build/release/lien").symlink_to(lien.BINARY)
    os.utime(tree / ".build/release/lien", (0, 0), follow_symlinks=False)
    (tree / "Sources").mkdir()
    (tree / "Package.swift").touch()
    (tree / "path").mkdir()
    (tree / "path/swift").write_text('#!/bin/sh\necho "$@" >> path/asked\n')
    (tree / "path/swift").chmod(0o755)
    return tree


class Demo:
    """One run of bin/demo, up to the moment when it answers."""

    def __init__(self, tree, *arguments):
        self.port, self.begun = lien.free_port(), time.monotonic()
        variables = {"LIEN_PORT": str(self.port), "PATH": f"{tree}/path:{os.environ['PATH']}"}
        self.process = subprocess.Popen(
            [tree / "bin/demo", *arguments], cwd="/", env=os.environ | variables, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        self.wait()

    def wait(self, seconds=900):
        while time.monotonic() - self.begun < seconds and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ready", timeout=5).close()
                self.seconds = time.monotonic() - self.begun
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise AssertionError(f"bin/demo does not answer:\n{self.said}")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.said = self.process.communicate(timeout=30)[0]
        return self


@pytest.fixture(scope="module")
def first(checkout):
    return Demo(checkout).stop()


def test_the_first_run_builds_in_release_loads_and_prints_the_address_and_the_logins(checkout, first):
    assert "build -c release --product lien" in (checkout / "path/asked").read_text()
    assert f"http://127.0.0.1:{first.port}" in first.said
    logins = json.loads(lien.run("demo", "--logins", "--database", f"sqlite:{checkout}/var/demo.sqlite").stdout)
    assert logins
    for one in logins:
        assert one["email"] in first.said and one["password"] in first.said


def test_a_second_run_starts_in_seconds_keeps_the_data_and_prints_the_logins_again(checkout, first):
    file = (checkout / "var/demo.sqlite").stat().st_ino
    for source in ("Sources", "Package.swift"):
        os.utime(checkout / source, (0, 0))
    (checkout / "path/asked").unlink()
    second = Demo(checkout).stop()
    assert second.seconds < 15
    assert not (checkout / "path/asked").exists(), "nothing changed: nothing to build"
    assert (checkout / "var/demo.sqlite").stat().st_ino == file
    assert "@" in second.said


def test_what_the_demo_sends_is_written_into_a_folder(checkout, first):
    assert "var/demo-messages" in first.said
    gateways = json.loads((checkout / "var/demo-gateways.json").read_text())["gateways"]
    assert {(one["kind"], one["channel"], one["folder"]) for one in gateways} == {
        ("folder", "sms", "var/demo-messages"), ("folder", "email", "var/demo-messages"),
    }


def test_a_change_of_the_sources_is_built(checkout, first):
    (checkout / "Sources/New.swift").touch()
    Demo(checkout).stop()
    assert "build -c release --product lien" in (checkout / "path/asked").read_text()


def test_a_port_that_is_taken_is_said_before_anything_is_built(checkout, demo_server):
    taken = os.environ | {"LIEN_PORT": str(demo_server.port)}
    done = subprocess.run([checkout / "bin/demo"], env=taken, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert "LIEN_PORT" in done.stderr
