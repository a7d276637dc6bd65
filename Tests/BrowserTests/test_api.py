"""The API does what its own description says."""
import json
import os
import subprocess
import sys
from pathlib import Path

import pages


def test_the_served_description_holds_under_schemathesis(desk, demo_server, tmp_path):
    """Every operation, generated right and wrong; answers must match the description, and never be a 5xx.

    Left out: `positive_data_acceptance`. A schema cannot say that a name holds a letter or that a month has one weekday: such requests
    are rightly refused with 422.
    """
    page = desk.page_as(demo_server, "manager")
    before = tokens(page, pages.create_token(page))
    token = pages.create_token(page)
    (own,) = tokens(page, token) - before
    counts = tmp_path / "counts.json"
    variables = {"SCHEMATHESIS_HOOKS": "api_hooks", "PYTHONPATH": str(Path(__file__).parent), "LIEN_COUNTS": str(counts)}
    done = subprocess.run(
        [
            Path(sys.executable).parent / "schemathesis", "run", f"{demo_server.url}/api/v1/openapi.json",
            "--checks", "all", "--exclude-checks", "positive_data_acceptance", "--header", f"Authorization: Bearer {token}",
            "--max-examples", "30", "--seed", "1", "--generation-database", "none", "--max-time", "120", "--no-color",
        ],
        cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False,
        env=os.environ | variables | {"LIEN_TOKEN": token, "LIEN_TOKEN_ID": own},
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    covers_every_operation(page, json.loads(counts.read_text()))


def tokens(page, secret):
    """The ids of the tokens of whom this one speaks for."""
    answer = page.context.request.get("/api/v1/tokens?limit=100", headers={"authorization": f"Bearer {secret}"})
    return {one["id"] for one in answer.json()["items"]}


def covers_every_operation(page, answered):
    """Each is asked, and its token holds to the end: a run answered 401 would prove nothing."""
    described = page.context.request.get("/api/v1/openapi.json").json()["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods if method != "parameters"}
    # The description itself is for anyone: it is read without the token that is counted.
    operations -= {"GET /openapi.json"}
    assert operations <= answered.keys(), sorted(operations - answered.keys())
    assert {label: counts for label, counts in answered.items() if "401" in counts} == {}


def test_a_refusal_is_problem_json_with_a_stable_code(desk, demo_server):
    token = pages.create_token(desk.page_as(demo_server, "reception"))
    ask = desk.page(demo_server).context.request
    answer = ask.get("/api/v1/people/01890000-0000-7000-8000-000000000000", headers={"authorization": f"Bearer {token}"})
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert {"code", "detail", "status"} <= answer.json().keys()
