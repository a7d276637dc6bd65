"""What is wrong gets a clear sentence and a 4xx, and never a 5xx."""
import pytest

NOBODY = "/people/01890000-0000-7000-8000-000000000000"


@pytest.fixture
def ask(desk, demo_server):
    """Requests with the cookies of reception."""
    return desk.page_as(demo_server, "reception").context.request


@pytest.mark.parametrize("address", [NOBODY, "/people/personne", NOBODY.replace("people", "appointments"), "/nulle-part", "/assets/non.css"])
def test_what_does_not_exist_is_a_page_that_says_so(ask, address):
    answer = ask.get(address, headers={"accept": "text/html"})
    assert answer.status == 404
    assert "<h1>Page introuvable</h1>" in answer.text()


def test_a_change_without_the_form_s_token_is_refused(ask):
    answer = ask.post("/session/end", form={})
    assert answer.status in (400, 403)
    assert ask.get("/agenda").status == 200


def test_a_body_of_ten_megabytes_is_refused(ask):
    answer = ask.post("/people", data=b"family=" + b"a" * 10_000_000, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status == 413


def test_bytes_that_are_not_utf_8_are_refused(ask):
    answer = ask.post("/people", data=b"family=\xff\xfe&csrf=x", headers={"content-type": "application/x-www-form-urlencoded"})
    assert 400 <= answer.status < 500


def test_a_method_that_an_address_does_not_have_is_405_and_says_which_it_has(ask):
    answer = ask.delete("/agenda")
    assert answer.status == 405
    assert "GET" in answer.headers["allow"]


def test_who_is_not_signed_in_is_sent_to_sign_in_and_the_api_says_401(desk, demo_server):
    ask = desk.page(demo_server).context.request
    answer = ask.get("/people", max_redirects=0)
    assert answer.status in (302, 303)
    assert answer.headers["location"].startswith("/sign-in")
    refused = ask.get(f"/api/v1{NOBODY}")
    assert refused.status == 401
    assert refused.headers["content-type"].startswith("application/problem+json")


def test_pages_carry_the_headers_that_keep_them_safe(ask, desk, demo_server):
    headers = ask.get("/agenda").headers
    policy = headers["content-security-policy"]
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy
    assert "default-src" in policy and "frame-ancestors" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "no-store" in headers["cache-control"]


def test_the_session_s_cookie_is_for_the_server_alone(desk, demo_server):
    cookies = desk.page_as(demo_server, "reception").context.cookies()
    assert any(one["httpOnly"] and one["sameSite"] in ("Lax", "Strict") for one in cookies)
