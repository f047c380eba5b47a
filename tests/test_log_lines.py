"""Lines of the log: one each, with the request's number, without what errors say."""

from __future__ import annotations

import json
import logging
import sys

from monitor.asking import Asking, on_behalf_of
from monitor.log_lines import DebuggingLine, JsonLine, Line, places_of

NUMBER = "0123456789abcdef"


def record(message: str = "signed in: hedda", **more: object) -> logging.LogRecord:
    made = logging.LogRecord("monitor.accounts", logging.INFO, "x.py", 1, message, None, None)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def broken() -> logging.LogRecord:
    try:
        raise ValueError("the canaryword of a query")  # noqa: TRY301 - it is handled at once
    except ValueError:
        return record("it broke", exc_info=sys.exc_info())


def test_line_has_the_number_of_the_request_if_there_is_one() -> None:
    with on_behalf_of(Asking(NUMBER)):
        assert Line().format(record()).endswith(f" INFO monitor.accounts [{NUMBER}]: signed in: hedda")
    assert Line().format(record()).endswith(" INFO monitor.accounts: signed in: hedda")


def test_asvs_16_4_1_a_message_stays_one_line() -> None:
    line = Line().format(record("eve\r\n2026 INFO forged\x1b[2J\u2028x"))

    assert line.endswith(r"eve\r\n2026 INFO forged\x1b[2J\u2028x")
    assert JsonLine().format(record("a\r\nb\u2028")).count("\n") == 0


def test_an_error_is_told_by_its_kind_and_places_alone() -> None:
    for told in (Line().format(broken()), JsonLine().format(broken())):
        assert "canaryword" not in told
        assert "ValueError" in told
        assert "test_log_lines.py" in told
    assert "canaryword" in DebuggingLine().format(broken())


def test_places_of_no_error_are_none() -> None:
    assert places_of(None) == []


def test_json_line_has_facts_beside_the_message() -> None:
    with on_behalf_of(Asking(NUMBER)):
        told = json.loads(JsonLine().format(record("answered", facts={"route": "search/", "ms": 1.5})))

    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "INFO",
        "logger": "monitor.accounts",
        "message": "answered",
        "request": NUMBER,
        "route": "search/",
        "ms": 1.5,
    }
