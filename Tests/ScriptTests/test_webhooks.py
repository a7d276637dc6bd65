"""The receiver's code of docs/webhooks.md is run as it stands there."""
import re

from lien import ROOT

TEXT = (ROOT / "docs/webhooks.md").read_text()
SECRET = re.search(r"`(whsec_[^`]+=)`", TEXT)[1]
EXAMPLE = {
    "webhook-id": re.search(r"the id `([^`]+)`", TEXT)[1],
    "webhook-timestamp": re.search(r"the timestamp `([^`]+)`", TEXT)[1],
    "webhook-signature": re.search(r"the signature is `([^`]+)`", TEXT)[1],
}
BODY = re.search(r"the body `([^`]+)`", TEXT)[1].encode()
MOMENT = int(EXAMPLE["webhook-timestamp"])


def verified(headers=EXAMPLE, body=BODY, secret=SECRET, now=MOMENT):
    names = {}
    exec(re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)[1], names)  # noqa: S102: our own document
    return names["verified"](secret, headers, body, now)


def test_the_example_of_the_document_verifies():
    assert verified()
    assert verified(EXAMPLE | {"webhook-signature": "v1,AAAA " + EXAMPLE["webhook-signature"]})


def test_anything_else_does_not():
    assert not verified(body=BODY + b" ")
    assert not verified(EXAMPLE | {"webhook-id": "0193f2a0-0000-7000-8000-000000000002"})
    assert not verified(secret="whsec_" + "A" * 43 + "=")
    assert not verified(now=MOMENT + 301)


def test_it_is_the_example_that_the_server_signs():
    assert f'"{EXAMPLE["webhook-signature"]}"' in (ROOT / "Tests/CoreTests/Webhooks/WebhookExample.swift").read_text()
