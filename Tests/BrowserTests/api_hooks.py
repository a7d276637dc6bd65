"""What schemathesis runs around each request: it keeps the token that it asks with, and counts what each operation answers to it."""
import atexit
import collections
import json
import os
import uuid
from pathlib import Path

import schemathesis

SECRET, OWN, COUNTS = (os.environ[name] for name in ("LIEN_TOKEN", "LIEN_TOKEN_ID", "LIEN_COUNTS"))
statuses = collections.defaultdict(collections.Counter)


@schemathesis.hook
def before_call(context, case, kwargs):
    """It finds its own token in the list of tokens, and would revoke it: all that follows would be 401."""
    if case.operation.label == "DELETE /tokens/{id}" and (case.path_parameters or {}).get("id") == OWN:
        case.path_parameters["id"] = str(uuid.uuid4())


@schemathesis.hook
def after_call(context, case, response):
    if response.request.headers.get("Authorization") == f"Bearer {SECRET}":
        statuses[case.operation.label][response.status_code] += 1


@atexit.register
def write():
    Path(COUNTS).write_text(json.dumps(statuses))
