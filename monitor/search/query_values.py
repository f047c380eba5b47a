"""What stands behind a field, and single words: read into nodes, with what is odd about them. Pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from rapidfuzz import process

from monitor.search.query_tokens import FIELDS, strange_field, words_in
from monitor.search.query_tree import WHATS, Dates, Everything, Has, Phrase, Prefix, Trouble, Word
from monitor.search.words import compounds_of
from monitor.search.writings import LONGEST_CHAIN

if TYPE_CHECKING:
    from monitor.search.query_tree import Node, What

SHORTEST_BEGINNING = 2  # letters before a star
_ROUND_ABOUT = "!?:=+\u2026"  # what a word may have about it when a sentence is pasted; a full stop may belong to it

# What other systems and other heads call our fields.
_OTHER_NAMES = {
    "country": "region", "place": "region", "location": "region", "group": "actor", "person": "actor", "entity": "actor",
    "outlet": "source", "writer": "author", "publication": "periodical", "journal": "periodical", "code": "tag",
    "label": "tag", "topic": "tag", "text": "body", "heading": "heads", "footnote": "endnotes", "footnotes": "endnotes",
    "notes": "endnotes", "comment": "note", "memo": "note", "user": "by", "owner": "by", "from": "date", "since": "date",
    "until": "date", "before": "date", "after": "date", "year": "date", "type": "kind", "subject": "about",
}  # fmt: skip
_OTHER_WHATS: dict[str, What] = {
    "annotations": "annotation", "notes": "note", "comment": "note", "comments": "note", "tags": "tag",
    "endnote": "endnotes", "footnotes": "endnotes", "authors": "author", "sources": "source", "actors": "actor",
    "regions": "region",
}  # fmt: skip
_ALIKE_ENOUGH = 70  # of 100, by rapidfuzz's weighted ratio

_DAY = r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
_RANGE = re.compile(rf"(?:{_DAY})?(?:\.\.|\u2026|\u2013)(?:{_DAY})?")
_ONE = re.compile(_DAY)
_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})")
LAST_YEAR = 9998  # the day after a range must be a day, too

Read = tuple["Node | None", list[Trouble]]  # None: left out
Days = tuple[dt.date | None, dt.date | None]  # half-open


def read_word(text: str, start: int) -> Read:
    """Read a word outside quotation marks; a star at its end makes it a beginning."""
    bare = text.strip(_ROUND_ABOUT)
    if not compounds_of(bare) and "*" not in bare:
        return None, [no_word(text, start, start + len(text))]
    start += len(text) - len(text.lstrip(_ROUND_ABOUT))
    end = start + len(bare)
    if bare and not bare.strip("*"):
        return Everything(start=start, end=end), []
    begun, star, rest = bare.partition("*")
    if not compounds_of(bare):  # a star among signs
        return None, [no_word(bare, start, end)]
    if not star:
        return Word(bare, start=start, end=end), _strange(bare, start)
    if rest.strip("*") or not compounds_of(begun):
        return _star_inside(bare, start)
    return _beginning(begun, start, end)


def _star_inside(bare: str, start: int) -> Read:
    end = start + len(bare)
    begun = bare.partition("*")[0]
    node: Node = Word(bare.replace("*", ""), start=start, end=end)
    understood = f"Read as the word \u201c{bare.replace('*', '')}\u201d."
    if _may_begin(begun):
        node = Prefix(begun, start=start, end=end)
        understood = f"Read as words that begin with \u201c{begun}\u201d."
    return node, [Trouble("A star may stand only at the end of a word.", understood, start=start, end=end)]


def _beginning(begun: str, start: int, end: int) -> Read:
    if _may_begin(begun):
        return Prefix(begun, start=start, end=end), []
    told = f"Too many words begin with \u201c{begun}\u201d: give at least {SHORTEST_BEGINNING} letters before a star."
    return Word(begun, start=start, end=end), [
        Trouble(told, f"Read as the word \u201c{begun}\u201d.", start=start, end=end)
    ]


def _may_begin(begun: str) -> bool:
    compounds = compounds_of(begun)
    last = compounds[-1][-1].word if compounds else ""
    return len(last) >= SHORTEST_BEGINNING or not last.isascii()


def _strange(bare: str, start: int) -> list[Trouble]:
    name = strange_field(bare)
    if name is None:
        return []
    near = nearest_field(name)
    told = f"There is no field \u201c{name}:\u201d" + (f"; perhaps {near}: is meant." if near else ".")
    end = start + len(bare)
    instead = near + bare[len(name) :] if near else ""
    return [Trouble(told, f"Read as the words \u201c{bare}\u201d.", instead, start=start, end=end)]


def no_field(piece: str, start: int) -> list[Trouble]:
    """Return what is odd about a word that a bracket or quotation mark follows at once: it may have been meant as a field."""
    name = strange_field(f"{piece}x") if piece.endswith(":") else None
    if name is None:
        return []
    near = nearest_field(name)
    told = f"There is no field \u201c{name}:\u201d" + (f"; perhaps {near}: is meant." if near else ".")
    understood = f"Read as the word \u201c{piece[:-1]}\u201d."
    return [Trouble(told, understood, f"{near}:" if near else "", start=start, end=start + len(piece))]


def nearest_field(name: str) -> str:
    """Return the field that is likely meant by a name that is none, or nothing."""
    found = process.extractOne(name, (*FIELDS, *_OTHER_NAMES), score_cutoff=_ALIKE_ENOUGH)
    return _OTHER_NAMES.get(found[0], found[0]) if found else ""


def no_word(text: str, start: int, end: int) -> Trouble:
    """Return the trouble with something that has no letter and no digit."""
    return Trouble(f"\u201c{text}\u201d is no word.", "Left out.", start=start, end=end)


def read_quoted(inside: str, start: int, end: int) -> Read:
    """Read what stands in quotation marks: a phrase, or a word as it is."""
    words = [word for word in words_in(inside) if compounds_of(word)]
    if not words:
        return None, [Trouble("There are no words in the quotation marks.", "Left out.", start=start, end=end)]
    troubles = []
    if "*" in inside:
        troubles.append(
            Trouble("A star does nothing inside quotation marks.", "Read without it.", start=start, end=end)
        )
    if len(words) > LONGEST_CHAIN:
        told = f"A phrase may have {LONGEST_CHAIN} words."
        troubles.append(Trouble(told, f"Read as its first {LONGEST_CHAIN} words.", start=start, end=end))
    words = words[:LONGEST_CHAIN]
    return (
        Word(words[0], start=start, end=end) if len(words) == 1 else Phrase(tuple(words), start=start, end=end)
    ), troubles


def read_what(value: str, start: int, end: int) -> Read:
    """Read what stands behind `has:`."""
    name = value.strip().lower()
    what = next((known for known in WHATS if known == name), _OTHER_WHATS.get(name))
    if what:
        return Has(what, start=start, end=end), []
    known = ", ".join(f"has:{each}" for each in WHATS)
    return None, [Trouble(f"There is no has:{value}. There are {known}.", "Left out.", start=start, end=end)]


def read_dates(value: str, start: int, end: int) -> Read:
    """Read a day, a month, a year, or two of them with two dots between, either of which may be missing."""
    found = _RANGE.fullmatch(value.strip()) or _YEARS.fullmatch(value.strip())
    try:
        if found is None:
            one = _ONE.fullmatch(value.strip())
            return (
                (Dates(*_days(one.groups()), start=start, end=end), [])
                if one
                else (None, [_no_date(value, start, end)])
            )
        half = len(found.groups()) // 2
        return _range(_days(found.groups()[:half]), _days(found.groups()[half:]), value, start, end)
    except ValueError:
        return None, [_no_date(value, start, end)]


def _days(printed: tuple[str | None, ...]) -> Days:
    """Return the first day of what is printed and the day after its last. Raises ValueError where there is no such day."""
    year, month, day = (*(int(part) if part else None for part in printed), None, None)[:3]  # years alone have one part
    if year is None:
        return None, None
    if not 1 <= year <= LAST_YEAR:
        raise ValueError(year)
    if month is None:
        return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    if day is None:
        return dt.date(year, month, 1), dt.date(year + month // 12, month % 12 + 1, 1)
    first = dt.date(year, month, day)
    return first, first + dt.timedelta(days=1)


def _range(one: Days, other: Days, value: str, start: int, end: int) -> Read:
    first, last = one[0], other[1]
    if first is None and last is None:
        return None, [_no_date(value, start, end)]
    if first is not None and last is not None and first >= last:
        told = f"In \u201c{value}\u201d the end is before the beginning."
        return Dates(other[0], one[1], start=start, end=end), [
            Trouble(told, "Read the other way round.", start=start, end=end)
        ]
    return Dates(first, last, start=start, end=end), []


def _no_date(value: str, start: int, end: int) -> Trouble:
    told = f"\u201c{value}\u201d is no date: write date:2021, date:2021-03, date:2021-03-05 or date:2020..2021-06."
    return Trouble(told, "Left out.", start=start, end=end)
