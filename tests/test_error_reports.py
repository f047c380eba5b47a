"""Reports of errors hold kinds and places alone, and there are none without an address."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from monitor.asking import Asking, on_behalf_of
from monitor.error_reports import without_words

ROOT = Path(__file__).resolve().parents[1]
CANARY = "canaryword"
BREAKING = """
import json, sys
from monitor.error_reports import start_reports
from sentry_sdk.transport import Transport
kept = []
class Here(Transport):
    def capture_envelope(self, envelope):
        kept.extend(item.payload.json for item in envelope.items if item.type == 'event')
start_reports('https://key@sentry.example/1', transport=Here)
import sentry_sdk, logging
def look_for(query):
    raise ValueError('no canaryword here')
sentry_sdk.set_user({'username': 'canaryword'})
logging.getLogger('x').warning('canaryword before')
try:
    look_for('canaryword')
except ValueError as error:
    sentry_sdk.capture_exception(error)
print(json.dumps(kept, default=str))
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def test_a_report_tells_kind_and_place_and_no_words() -> None:
    (report,) = json.loads(run(BREAKING))

    (error,) = report["exception"]["values"]
    assert (error["type"], error["stacktrace"]["frames"][-1]["function"]) == ("ValueError", "look_for")
    assert CANARY not in json.dumps({**report, "exception": error["type"]})
    assert "vars" not in error["stacktrace"]["frames"][-1]
    assert "value" not in error


def test_nothing_is_loaded_without_an_address() -> None:
    assert (
        run(
            "from monitor.error_reports import start_reports as s; s(''); import sys; print('sentry_sdk' in sys.modules)"
        )
        == "False\n"
    )


def test_what_is_not_known_to_be_harmless_is_left_out() -> None:
    event = {
        "event_id": "1", "level": "error", "request": {"url": CANARY}, "user": {"id": CANARY}, "extra": {"x": CANARY},
        "breadcrumbs": {"values": [CANARY]}, "contexts": {"x": CANARY}, "logentry": {"message": CANARY}, "tags": {"q": CANARY},
        "exception": {"values": [{"type": "KeyError", "value": CANARY, "mechanism": {"data": CANARY}}]},
    }  # fmt: skip
    with on_behalf_of(Asking("0123456789abcdef")):
        told = without_words(event, {})

    assert told == {
        "event_id": "1",
        "level": "error",
        "exception": {"values": [{"type": "KeyError"}]},
        "tags": {"request": "0123456789abcdef"},
    }
