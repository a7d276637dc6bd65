"""Without root and with something missing, the scripts say exactly what to install, and stop."""
import pytest

from machine import Machine

TO_BUILD = ["libpq-dev", "libsqlite3-dev", "libphonenumber-dev", "libgmime-3.0-dev", "libical-dev", "libxlsxwriter-dev", "libqrencode-dev", "pkg-config", "weasyprint"]
TO_TEST = ["postgresql-15", "chromium", "dovecot-imapd", "poppler-utils", "zbar-tools"]


@pytest.fixture
def bare(tmp_path):
    """An ordinary user without sudo on a Debian that has nothing but Swift."""
    machine = Machine(tmp_path / "bin")
    machine.program("id", "echo 1000")
    machine.program("sudo", "exit 1")
    machine.program("dpkg-query", "exit 1")
    machine.program("apt-get", "echo apt-get was called; exit 1")
    machine.program("swift", "exit 1")
    return machine


def line_to_paste(done):
    lines = [line.strip() for line in done.stderr.splitlines() if "apt-get install" in line]
    assert len(lines) == 1, done.stderr
    return lines[0].split()


def test_setup_demo_names_what_is_needed_to_build(bare):
    done = bare.run("bin/setup", "demo")
    assert done.returncode == 2
    assert set(TO_BUILD) <= set(line_to_paste(done))
    assert not set(TO_TEST) & set(line_to_paste(done))


def test_setup_test_names_the_rest_too(bare):
    done = bare.run("bin/setup", "test")
    assert done.returncode == 2
    assert set(TO_BUILD + TO_TEST) <= set(line_to_paste(done))


def test_only_what_is_missing_is_named(bare):
    bare.program("dpkg-query", 'for one in "$@"; do case $one in -*|libpq-dev) ;; *) echo "$one installed" ;; esac; done')
    assert line_to_paste(bare.run("bin/setup", "demo"))[-1] == "libpq-dev"
    assert "libsqlite3-dev" not in bare.run("bin/setup", "demo").stderr


def test_a_package_that_was_removed_counts_as_missing(bare):
    states = 'case $one in -*) ;; git) echo "git config-files" ;; *) echo "$one installed" ;; esac'
    bare.program("dpkg-query", f'for one in "$@"; do {states}; done')
    assert line_to_paste(bare.run("bin/setup", "demo"))[-1] == "git"


def test_without_swift_it_says_so(bare):
    bare.program("dpkg-query", 'for one in "$@"; do echo "$one installed"; done')
    (bare.folder / "swift").unlink()
    done = bare.run("bin/setup", "demo")
    assert done.returncode == 2
    assert "Swift" in done.stderr and "swift.org" in done.stderr


def test_root_installs_what_is_missing(bare, tmp_path):
    bare.program("id", "echo 0")
    bare.program("apt-get", f'echo "$@" >> {tmp_path}/asked')
    bare.program("dpkg-query", 'for one in "$@"; do case $one in -*|git) ;; *) echo "$one installed" ;; esac; done')
    assert bare.run("bin/setup", "demo").returncode == 0
    assert (tmp_path / "asked").read_text().splitlines()[-1].split()[-3:] == ["install", "--no-install-recommends", "git"]


def test_demo_stops_there(bare):
    done = bare.run("bin/demo", LIEN_PORT="1")
    assert done.returncode == 2
    assert "libpq-dev" in line_to_paste(done)


def test_test_stops_there_and_still_closes_with_its_line(bare):
    done = bare.run("bin/test", TMPDIR=str(bare.folder.parent))
    assert done.returncode != 0
    assert done.stdout.splitlines()[-1] == "0 passed, 1 failed"
    assert "postgresql-15" in line_to_paste(done)


def test_a_mode_that_is_none_is_refused(bare):
    done = bare.run("bin/setup", "nothing")
    assert done.returncode == 64
    assert "usage" in done.stderr
