"""The text of a query cut into its signs and words, each with its place. Pure, linear, and nothing is refused.

What a value, a date or a word may be is judged in `query_values.py`, how they belong together in `query_language.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from monitor.search.query_tree import NAMED_FIELDS, TEXT_FIELDS

FIELDS = (*TEXT_FIELDS, *NAMED_FIELDS, "date", "has")

# Any of these opens or closes a quotation: people type and paste them all, and often only one half is the typographic one.
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'
# Blanks, control characters and halves of characters: none of them can be part of anything.
_NOTHING = r"\s\x00-\x1f\x7f-\x9f\ud800-\udfff"
_SKIPPED = re.compile(f"[{_NOTHING}]+|[,;](?![0-9])|(?<![0-9])[,;]")
_RUN = re.compile(rf"(?:[^{_NOTHING}(){QUOTES}\uff08\uff09,;]|(?<=[0-9])[,;](?=[0-9]))+")
_FIELD = re.compile(r"([A-Za-z]{2,20})[:\uff1a](=?)")
_NEAR = re.compile(r"(?:NEAR|near(?=/))(?:/([0-9]{1,6}))?")
_OPERATORS = {"OR": "OR", "AND": "AND", "NOT": "NOT"}
_ESCAPED = re.compile(r"\\([\"\\])")
# Unicode's opinion of what ends a line would part words that a person sees as one.
_WHITE = re.compile(f"[{_NOTHING}]+")


class Sort(Enum):
    """What a piece of a query is."""

    OPEN = auto()
    CLOSE = auto()
    QUOTED = auto()
    WORD = auto()
    VALUE = auto()  # a word that stands right behind the colon of a field: nothing in it is a sign
    FIELD = auto()
    MINUS = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    NEAR = auto()
    STRAY = auto()  # a minus with nothing behind it


@dataclass(frozen=True, slots=True)
class Piece:
    """A sign or a word. `text` is a field's name in small letters, the inside of a quotation, or what stands there."""

    sort: Sort
    text: str
    start: int
    end: int
    exact: bool = False  # of a field: an equals sign follows the colon
    number: int | None = None  # of NEAR: how many words apart
    closed: bool = True  # of a quotation: it ends before the query does


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of a query in order."""
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        skipped = _SKIPPED.match(text, at)
        if skipped:
            at = skipped.end()
            continue
        piece = _piece(text, at, pieces[-1] if pieces else None)
        pieces.append(piece)
        at = piece.end
    return pieces


def words_in(text: str) -> list[str]:
    """Return what blanks part, control characters being blanks."""
    return [word for word in _WHITE.split(text) if word]


def _piece(text: str, at: int, before: Piece | None) -> Piece:
    letter = text[at]
    if letter in "(\uff08":
        return Piece(Sort.OPEN, letter, at, at + 1)
    if letter in ")\uff09":
        return Piece(Sort.CLOSE, letter, at, at + 1)
    if letter in QUOTES:
        return _quoted(text, at)
    run = _RUN.match(text, at)
    if run is None:  # a comma between digits and something else
        return Piece(Sort.STRAY, letter, at, at + 1)
    if before is not None and before.sort is Sort.FIELD and before.end == at:
        return Piece(Sort.VALUE, run[0], at, run.end())
    return _signed(text, at, run[0])


def _quoted(text: str, at: int) -> Piece:
    end = at + 1
    escapes = text[at] == '"'
    while end < len(text) and text[end] not in QUOTES:
        end += 2 if escapes and _ESCAPED.match(text, end) else 1
    end = min(end, len(text))
    inside = _ESCAPED.sub(r"\1", text[at + 1 : end]) if escapes else text[at + 1 : end]
    closed = end < len(text)
    return Piece(Sort.QUOTED, inside, at, end + closed, closed=closed)


def _signed(text: str, at: int, run: str) -> Piece:
    """Return the sign or the word at the beginning of a run of characters."""
    if run[0] == "-":
        follows = text[at + 1 : at + 2]
        goes_on = bool(follows) and (follows in f"({QUOTES}\uff08" or len(run) > 1)
        return Piece(Sort.MINUS if goes_on else Sort.STRAY, "-", at, at + 1)
    field = _FIELD.match(run)
    if field and field[1].lower() in FIELDS:
        return Piece(Sort.FIELD, field[1].lower(), at, at + field.end(), exact=bool(field[2]))
    near = _NEAR.fullmatch(run)
    if near:
        return Piece(Sort.NEAR, run, at, at + len(run), number=int(near[1]) if near[1] else None)
    sort = Sort[_OPERATORS[run]] if run in _OPERATORS else Sort.WORD
    return Piece(sort, run, at, at + len(run))


def strange_field(run: str) -> str | None:
    """Return the name before the colon of a word that looks like a field and is none: `foo:bar`, but not 9:30, a URL."""
    found = _FIELD.match(run)
    if found is None or found[1].lower() in FIELDS or found.end() == len(run) or run[found.end()] in "/:\\":
        return None
    return found[1].lower()
