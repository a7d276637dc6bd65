"""What whoever runs Lien relies on: probes, figures, and a stop that does not hang."""
import time
import urllib.request

import lien


def test_it_says_that_it_lives_is_ready_and_what_it_counts(demo_server):
    assert demo_server.status("/health") == 200
    assert demo_server.status("/ready") == 200
    with urllib.request.urlopen(demo_server.url + "/metrics", timeout=10) as answer:
        assert any(line and not line.startswith("#") for line in answer.read().decode().splitlines())


def test_sigterm_stops_it_in_seconds_with_an_agenda_open_and_leaves_one_file(desk, demo_file, tmp_path):
    file = lien.copy_sqlite(demo_file, tmp_path)
    with lien.Server(f"sqlite:{file}", tmp_path / "log") as server:
        page = desk.page_as(server, "worker")
        with page.expect_request("**/agenda/events**"):
            page.goto("/agenda")
        begun = time.monotonic()
        assert server.stop(10) == 0
        assert time.monotonic() - begun < 5
    assert [one.name for one in tmp_path.glob(f"{file.name}*")] == [file.name]


def test_nothing_personal_stands_in_the_log(desk, demo_server):
    page = desk.page_as(demo_server, "reception")
    page.goto("/people?q=0639981234")
    assert "0639981234" not in demo_server.log.read_text()
    assert page.login["email"] not in demo_server.log.read_text()
