"""A loaded demo, made once a session, and servers over it on both engines."""
import os
import subprocess
from pathlib import Path

import pytest

import lien


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory):
    """A loaded demo nobody serves: copy it. LIEN_DEMO_FILE names one that is loaded already (var/demo.sqlite, say)."""
    if given := os.environ.get("LIEN_DEMO_FILE"):
        return Path(given).resolve()
    file = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    lien.load_demo(f"sqlite:{file}")
    return file


@pytest.fixture(scope="session")
def demo_server(demo_file, tmp_path_factory):
    """One `lien serve` over a copy of the demo in SQLite."""
    folder = tmp_path_factory.mktemp("serve")
    with lien.Server(f"sqlite:{lien.copy_sqlite(demo_file, folder)}", folder / "lien.log") as server:
        yield server


@pytest.fixture(scope="session")
def demo_database():
    """The demo in a PostgreSQL database of its own."""
    admin = os.environ.get("LIEN_POSTGRES")
    assert admin, "LIEN_POSTGRES is not set: run these tests with bin/test, or with bin/with-postgres before the command"
    name = f"lien_demo_{os.getpid()}"
    psql(admin, f"CREATE DATABASE {name}")
    url = f"{admin.rsplit('/', 1)[0]}/{name}"
    lien.load_demo(url)
    yield url
    psql(admin, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_pair(demo_database, tmp_path_factory):
    """Two `lien serve` over that one database."""
    folder = tmp_path_factory.mktemp("pair")
    with lien.Server(demo_database, folder / "one.log") as one, lien.Server(demo_database, folder / "two.log") as two:
        yield one, two


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def server(request):
    """A server over each engine in turn."""
    if request.param == "sqlite":
        return request.getfixturevalue("demo_server")
    return request.getfixturevalue("postgres_pair")[0]


def psql(url, statement):
    command = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", url, "--command", statement]
    subprocess.run(command, check=True, capture_output=True)
