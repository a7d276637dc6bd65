"""The built `lien` as the tests use it: its commands, a loaded demo, a server on a free port."""
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("LIEN_BINARY", ROOT / ".build/debug/lien"))


def run(*arguments, check=True, seconds=600, **options):
    """Runs one command to its end; when it should not fail and does, its own words are the failure."""
    done = subprocess.run(
        [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL, check=False, **options
    )
    assert not check or done.returncode == 0, f"lien {' '.join(map(str, arguments))}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def load_demo(database):
    """The real day, since `lien serve` looks at the real clock: a demo of one fixed day would have no future one day."""
    run("demo", "--database", database, "--seed", "1", seconds=1200)


def logins(database):
    """[{role, email, password, name, organization}], as `lien demo --logins` prints them."""
    return json.loads(run("demo", "--logins", "--database", database).stdout)


def copy_sqlite(source, folder):
    """A database file and what SQLite may have left beside it."""
    for part in source.parent.glob(source.name + "*"):
        shutil.copy(part, folder / part.name)
    return folder / source.name


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """A `lien serve`. Use it in a `with`: it is ready inside, and stopped by SIGTERM afterwards."""

    def __init__(self, database, log, **variables):
        self.database, self.log, self.port, self.variables = database, Path(log), free_port(), variables
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def __enter__(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--database", self.database, "--host", "127.0.0.1", "--port", str(self.port)],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=os.environ | {"LIEN_RATE": "0"} | self.variables,  # all tests have one address
            )
        self.wait_until_ready()
        return self

    def __exit__(self, *_):
        self.stop()

    def wait_until_ready(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, f"lien serve ended with {self.process.returncode}:\n{self.tail()}"
            if self.status("/ready") == 200:
                return
            time.sleep(0.1)
        self.stop()
        raise AssertionError(f"lien serve is not ready after {seconds} s:\n{self.tail()}")

    def status(self, path):
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def stop(self, seconds=15):
        """Returns the exit status, or fails when SIGTERM was not enough."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"lien serve did not stop within {seconds} s of SIGTERM:\n{self.tail()}") from None

    def tail(self):
        return self.log.read_text(errors="replace")[-4000:]

    def login(self, role, organization=""):
        """Someone of the demo who has this role (in an organization whose name holds these words)."""
        for one in self.logins():
            if one["role"] == role and organization in (one["organization"] or ""):
                return one
        raise AssertionError(f"the demo has no login for {role} {organization}: {self.logins()}")

    def logins(self):
        """Everyone of the demo who signs in, asked for once."""
        if not hasattr(self, "_logins"):
            self._logins = logins(self.database)
        return self._logins
