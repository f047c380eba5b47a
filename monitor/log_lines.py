"""How lines of the log look: one line each, with the number of the request; with LOG_FORMAT=json an object each.

Of an error its kind and its places in the code are told, never its message: that may hold words of a text or a query.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from monitor.asking import asking

PLACES = 12  # of a traceback, the innermost ones


class Line(logging.Formatter):
    """For people: time, level, place, the request if there is one, what happened."""

    tells_messages = False  # of errors; on while debugging

    def format(self, record: logging.LogRecord) -> str:
        number = asking().number
        where = f"{record.name} [{number}]" if number else record.name
        line = f"{self.formatTime(record)} {record.levelname} {where}: {in_one_line(record.getMessage())}"
        if not record.exc_info:
            return line
        if self.tells_messages:
            return f"{line}\n{self.formatException(record.exc_info)}"
        return f"{line}\n  {chr(10).join(places_of(record.exc_info[1])).replace(chr(10), chr(10) + '  ')}"


class DebuggingLine(Line):
    """The same with the messages of errors, for a developer's own machine."""

    tells_messages = True


class JsonLine(logging.Formatter):
    """For programs: one object a line; what a log call passes as `extra={"facts": {...}}` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := asking().number:
            told["request"] = number
        told |= getattr(record, "facts", {})
        if record.exc_info:
            told["error"] = places_of(record.exc_info[1])
        return json.dumps(told, ensure_ascii=True, default=str)


def in_one_line(message: str) -> str:
    """Return a message whose line ends and other controls cannot be taken for another line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in message)


def places_of(error: BaseException | None) -> list[str]:
    """Return the kind of an error and where in the code it arose, the innermost place last."""
    if error is None:
        return []
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    return [kind, *(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)]
