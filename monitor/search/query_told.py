"""A query read back in plain words. Pure.

Two queries that mean different things are never told alike: names stand in quotation marks, and what is nested stands
in brackets.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

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
    is_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.search.query_tree import Node

NO_NAMES: Mapping[Named, str] = {}

_PLACES = {
    "title": "in the title",
    "heads": "in a section head",
    "body": "in the text",
    "endnotes": "in the endnotes",
    "note": "in what somebody wrote beside it",
}
_HAS = {
    "annotation": "with an annotation",
    "note": "with something written beside it",
    "tag": "with a tagged passage",
    "endnotes": "with endnotes",
    "author": "with a named author",
    "source": "citing a source",
    "actor": "naming an actor",
    "region": "naming a place",
}
_PASSAGE_HAS = {"annotation": "annotated", "note": "written on", "tag": "tagged"}
# How something is named, with all that belongs to it, and alone.
_NAMED = {
    "actor": ("naming the actor {}", "naming the actor {} and no other so called"),
    "region": ("naming {} (or a place in it)", "naming {} itself"),
    "about": ("chiefly about {}", "chiefly about {} itself"),
    "source": ("citing {}", "citing {} itself"),
    "cites": ("citing the source {}", "citing the source {} itself"),
    "author": ("written by {}", "written by the very {}"),
    "tag": ("with a passage tagged {} (or below it)", "with a passage tagged {} itself"),
    "periodical": ("in the periodical {}", "in the very periodical {}"),
    "kind": ("of the kind {}", "of the very kind {}"),
    "by": ("annotated by {}", "annotated by the very {}"),
}


def told(tree: Node, names: Mapping[Named, str] = NO_NAMES) -> str:
    """Return what a query asks for, without a full stop. `names` may say what a name in it was found to mean."""
    match tree:
        case Everything():
            return "All articles"
        case Not(Everything()):
            return "No articles"
        case _:
            return f"Articles {_Teller(names).clause(tree)}"


def quoted(text: str) -> str:
    """Return a text in the quotation marks of print."""
    return f"\u201c{text}\u201d"


class _Teller:
    """Tells nodes, calling what is named by the names it was given."""

    def __init__(self, names: Mapping[Named, str]) -> None:
        self.names = names

    def clause(self, node: Node) -> str:
        """Return what is said of articles: "with ...", "naming ...", "not ..."."""
        match node:
            case And(children):
                return ", ".join(self.runs(children))
            case Or(children) if not is_text(node):
                return " or ".join(self.bracketed(child, self.clause) for child in children)
            case Not(child):
                return f"not {self.bracketed(child, self.clause)}"
            case Within(field, child):
                return f"with {self.bracketed(child, self.words)} {_PLACES[field]}"
            case Where(text, passage):
                return f"with {self.bracketed(text, self.words)} in a passage {self.of_passage(passage)}"
            case _:
                return self.leaf(node)

    def runs(self, children: tuple[Node, ...]) -> list[str]:
        """Tell words that follow each other in one go."""
        told_parts = []
        for are_words, group in groupby(children, key=_are_plain_words):
            if are_words:
                told_parts.append("with " + " and ".join(self.bracketed(child, self.words) for child in group))
            else:
                told_parts += [self.bracketed(child, self.clause) for child in group]
        return told_parts

    def bracketed(self, node: Node, tell: Callable[[Node], str]) -> str:
        # "with not a" could be taken for "not with a".
        nested = isinstance(node, And | Or) or (isinstance(node, Not) and tell == self.words)
        return f"({tell(node)})" if nested else tell(node)

    def words(self, node: Node) -> str:
        """Return a tree of words alone as it stands behind "with"."""
        match node:
            case And(children):
                return " and ".join(self.bracketed(child, self.words) for child in children)
            case Or(children):
                return " or ".join(self.bracketed(child, self.words) for child in children)
            case Not(child):
                return f"not {self.bracketed(child, self.words)}"
            case Near(left, right, distance):
                apart = "next to" if distance == 1 else f"at most {distance} words from"
                return f"{self.bracketed(left, self.words)} {apart} {self.bracketed(right, self.words)}"
            case Prefix(text):
                return f"words that begin with {quoted(text)}"
            case Phrase(words):
                return f"the phrase {quoted(' '.join(words))}"
            case Word(text):
                return quoted(text)
            case _:
                return ""

    def leaf(self, node: Node) -> str:
        match node:
            case Named(field, value, exact):
                return _NAMED[field][exact].format(quoted(self.names.get(node, value)))
            case Dates(first, last):
                return told_dates(first, last)
            case Has(what):
                return _HAS[what]
            case Everything():
                return "of any sort"
            case _:
                return f"with {self.words(node)}"

    def of_passage(self, node: Node) -> str:
        """Return what is said of a marked passage: "tagged ...", "annotated by ..."."""
        match node:
            case And(children):
                return " and ".join(self.bracketed(child, self.of_passage) for child in children)
            case Or(children):
                return " or ".join(self.bracketed(child, self.of_passage) for child in children)
            case Not(child):
                return f"not {self.bracketed(child, self.of_passage)}"
            case Named("tag", value, exact):
                name = quoted(self.names.get(node, value))
                return f"tagged {name} itself" if exact else f"tagged {name} (or below it)"
            case Within("note", child):
                return f"with {self.bracketed(child, self.words)} written beside it"
            case Has(what):
                return _PASSAGE_HAS[what]
            case _:
                return self.leaf(node)


def _are_plain_words(node: Node) -> bool:
    return is_text(node) and not isinstance(node, Not)


def told_dates(first: dt.date | None, last: dt.date | None) -> str:
    """Tell a half-open range of days: "in 2021", "from March 2021 to 5 April 2022", "until 2020"."""
    begin = None if first is None else _rough(first, first)
    final = None if last is None else _rough(last, last - dt.timedelta(days=1))
    if begin is None or final is None:
        return f"from {begin} on" if begin else f"until {final}"
    if first is not None and last is not None and _is_one(first, last):
        return f"on {begin_day(first)}" if last - first == dt.timedelta(days=1) else f"in {_period(first, last)}"
    return f"from {begin} to {final}"


def begin_day(day: dt.date) -> str:
    """Return a day as it is printed: 5 March 2021."""
    return f"{day.day} {day:%B} {day.year}"


def _rough(border: dt.date, day: dt.date) -> str:
    """Return a day as roughly as its border allows: a year for the first of January, a month for the first of one."""
    if border.day > 1:
        return begin_day(day)
    return str(day.year) if border.month == 1 else f"{day:%B} {day.year}"


def _is_one(first: dt.date, last: dt.date) -> bool:
    return last - first == dt.timedelta(days=1) or _months(first, last) in {1, 12}


def _months(first: dt.date, last: dt.date) -> int:
    """Return of how many whole months a range is made; 12 stand for a calendar year alone, 0 for anything else."""
    if (first.day, last.day) != (1, 1):
        return 0
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months == 1 or (months == 12 and first.month == 1) else 0


def _period(first: dt.date, last: dt.date) -> str:
    return str(first.year) if _months(first, last) == 12 else f"{first:%B} {first.year}"
