"""A tree written as the text that is read into it again. Pure; the shortest writing, always the same for one meaning."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from monitor.search.query_tokens import QUOTES, Sort, pieces_of
from monitor.search.query_tree import (
    And,
    Dates,
    Everything,
    Has,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Where,
    Within,
    Word,
)
from monitor.search.query_values import read_word

if TYPE_CHECKING:
    from monitor.search.query_tree import Node

_DAY = dt.timedelta(days=1)
_SAFE_VALUE = re.compile(r"[^\s=(),;\"][^\s(),;\"]*")


def unparse(tree: Node) -> str:
    """Return a query's text: `parse(unparse(tree)).tree == tree`; nothing for everything."""
    return "" if isinstance(tree, Everything) else _written(tree)


def _written(node: Node) -> str:
    match node:
        case And(children):
            return " ".join(_bracketed(child, Or) for child in children)
        case Or(children):
            return " OR ".join(_bracketed(child, And) for child in children)
        case Not(child):
            return "-" + _bracketed(child, And, Or, Near, Where)
        case Near(left, right, distance):
            return f"{_bracketed(left, Or)} NEAR/{distance} {_bracketed(right, Or)}"
        case Where(text, passage):
            return f"{_bracketed(text, And, Or, Not)} where {_bracketed(passage, And, Or)}"
        case Within(field, child):
            return f"{field}:{_bracketed(child, And, Or, Not, Near)}"
        case _:
            return _leaf(node)


def _bracketed(node: Node, *sorts: type) -> str:
    return f"({_written(node)})" if isinstance(node, sorts) else _written(node)


def _leaf(node: Node) -> str:
    match node:
        case Word(text):
            return text if _reads_as_word(text) else quoted(text)
        case Prefix(text):
            return f"{text}*"
        case Phrase(words):
            return quoted(" ".join(words))
        case Named(field, value, exact):
            return f"{field}:{'=' if exact else ''}{_value(value)}"
        case Dates(first, last):
            return f"date:{_dates(first, last)}"
        case Has(what):
            return f"has:{what}"
        case _:
            return "*"


def quoted(text: str) -> str:
    """Return a text in quotation marks that are read as one; a typographic mark inside becomes a plain one."""
    plain = "".join('"' if letter in QUOTES else letter for letter in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _reads_as_word(text: str) -> bool:
    """Return whether a word may stand without quotation marks and still is that word, whatever stands beside it."""
    pieces = pieces_of(text)
    if [(piece.sort, piece.text) for piece in pieces] != [(Sort.WORD, text)] or text.lower() == "where":
        return False
    return read_word(text, 0) == (Word(text), [])


def _value(value: str) -> str:
    pieces = pieces_of(f"by:{value}")
    bare = _SAFE_VALUE.fullmatch(value) and len(pieces) == 2 and pieces[1].text == value
    return value if bare else quoted(value)


def _dates(first: dt.date | None, last: dt.date | None) -> str:
    """Write a half-open range of days as people do: 2021, 2021-03, 2021..2022, ..2020-06."""
    for last_named in (_year, _month, _day):
        one = last_named(first, last)
        if one is not None:
            return one
    return f"{_beginning(first)}..{_end(last)}"


def _year(first: dt.date | None, last: dt.date | None) -> str | None:
    whole = first and last and (first.month, first.day, last.month, last.day) == (1, 1, 1, 1)
    return f"{first.year:04}" if whole and first and last and last.year == first.year + 1 else None


def _month(first: dt.date | None, last: dt.date | None) -> str | None:
    if first is None or last is None or (first.day, last.day) != (1, 1):
        return None
    months = (last.year - first.year) * 12 + last.month - first.month
    return first.isoformat()[:7] if months == 1 else None


def _day(first: dt.date | None, last: dt.date | None) -> str | None:
    return first.isoformat() if first and last and last - first == _DAY else None


def _beginning(first: dt.date | None) -> str:
    if first is None:
        return ""
    if first.day > 1:
        return first.isoformat()
    return f"{first.year:04}" if first.month == 1 else first.isoformat()[:7]


def _end(last: dt.date | None) -> str:
    if last is None:
        return ""
    if last.day > 1:
        return (last - _DAY).isoformat()
    return f"{last.year - 1:04}" if last.month == 1 else (last - _DAY).isoformat()[:7]
