"""The command line: help, an exit status, and errors in a sentence on standard error."""
import pytest

import lien

COMMANDS = [
    "serve", "migrate", "demo", "import communes", "agent create", "agent password", "agent disable", "bench", "journal verify", "check", "version",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command):
    done = lien.run(*command.split(), "--help")
    assert f"USAGE: lien {command}" in done.stdout


def test_the_version_is_a_number():
    assert any(character.isdigit() for character in lien.run("version").stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--database", "mysql://elsewhere"],
        ["check", "--database", "postgres://postgres@127.0.0.1:1/nowhere"],
        ["check", "--database", "sqlite:/nowhere/at/all.sqlite"],
        ["import", "communes", "/nowhere/communes.csv", "--database", "sqlite:/nowhere/at/all.sqlite"],
        ["serve", "--port", "many"],
        ["nothing"],
    ],
)
def test_an_error_is_a_sentence_on_standard_error_and_a_status(arguments):
    done = lien.run(*arguments, check=False, seconds=60)
    assert done.returncode != 0
    assert done.stderr.strip()
    for trace in ("Fatal error", "Stack dump", "libswift", ".swift:", "Optional("):
        assert trace not in done.stderr, done.stderr


def test_a_command_leaves_one_file(tmp_path):
    """A backup copies it alone: nothing waits beside it."""
    lien.run("migrate", "--database", f"sqlite:{tmp_path}/lien.sqlite")
    assert [one.name for one in tmp_path.iterdir()] == ["lien.sqlite"]


def test_a_port_that_is_taken_stops_the_start_with_its_number(demo_server, demo_file, tmp_path):
    database = f"sqlite:{lien.copy_sqlite(demo_file, tmp_path)}"
    done = lien.run("serve", "--database", database, "--port", demo_server.port, check=False, seconds=60)
    assert done.returncode != 0
    assert str(demo_server.port) in done.stderr


def test_the_demo_passes_its_own_checks(demo_file, tmp_path):
    database = f"sqlite:{lien.copy_sqlite(demo_file, tmp_path)}"
    lien.run("check", "--database", database)
    assert "intact" in lien.run("journal", "verify", "--database", database).stdout
