"""bin/with-postgres: a cluster for the length of a command, and nothing afterwards."""
import os
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import pytest

from lien import ROOT
from machine import marked


@pytest.fixture
def mark():
    return f"LIEN_MARK={uuid.uuid4()}"


def start(mark, folder, *command, **options):
    name, value = mark.split("=")
    environment = os.environ | {name: value, "LIEN_POSTGRES_FAST": "1", "TMPDIR": str(folder)}
    environment.pop("LIEN_POSTGRES", None)
    return subprocess.Popen(
        [ROOT / "bin/with-postgres", *command], env=environment, text=True, cwd="/", preexec_fn=mind_interrupts, **options
    )


def mind_interrupts():
    """What is run in the background of a script ignores SIGINT from birth, and a shell never traps what it was born to ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def nothing_left(mark, folder, seconds=15):
    end = time.monotonic() + seconds
    while marked(mark) and time.monotonic() < end:
        time.sleep(0.1)
    assert marked(mark) == []
    assert list(folder.iterdir()) == []


@pytest.fixture
def folder():
    """A temporary folder that the database's account can reach too: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o777)
        yield path


@pytest.mark.parametrize("status", [0, 7])
def test_the_status_is_passed_on_and_nothing_is_left(mark, folder, status):
    script = f'psql -qtAX "$LIEN_POSTGRES" -c "SELECT version()" && exit {status}'
    done = start(mark, folder, "sh", "-c", script, stdout=subprocess.PIPE)
    said, _ = done.communicate(timeout=60)
    assert done.returncode == status
    assert said.startswith("PostgreSQL 15")
    nothing_left(mark, folder)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_command_and_the_cluster(mark, folder, how):
    done = start(mark, folder, "sh", "-c", "echo begun; exec sleep 300", stdout=subprocess.PIPE)
    assert done.stdout.readline() == "begun\n"
    done.send_signal(how)
    assert done.wait(30) != 0
    done.stdout.close()
    nothing_left(mark, folder)
