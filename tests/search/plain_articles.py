"""Small articles and the plainest answer to what a query's tree finds in them: no index, no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from monitor.search.compiled import EVERY_FIELD, Field, Text
from monitor.search.matching import matches, words_in
from monitor.search.query_tree import (
    And,
    Dates,
    Everything,
    Has,
    Named,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Where,
    Within,
    Word,
    any_of,
    every_of,
    no,
)
from monitor.search.writings import expanded

if TYPE_CHECKING:
    from collections.abc import Callable

FIELDS = {"title": Field.TITLE, "heads": Field.HEADS, "body": Field.BODY, "endnotes": Field.NOTES}
ABOVE = {"Mosul": ("Iraq",), "violence/raid": ("violence",)}  # what is named with what it lies in


@dataclass(frozen=True)
class Mark:
    """An annotation: the passage it marks, its tags, whose it is and what was written."""

    passage: str
    tags: tuple[str, ...] = ()
    by: str = "ann"
    note: str = ""


@dataclass(frozen=True)
class PlainArticle:
    """An article: its parts, what is named in it and how, its day, and its annotations."""

    parts: tuple[tuple[Field, str], ...]
    day: dt.date = dt.date(2021, 6, 1)
    named: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = field(default=())


def finds(node: Node, article: PlainArticle) -> bool:
    """Return whether a query finds an article."""
    match node:
        case Everything():
            return True
        case And() | Or() | Not():
            return _joined(node, lambda child: finds(child, article))
        case Word() | Prefix() | Phrase() | Near():
            return matches(Text(expanded(node), EVERY_FIELD), article.parts)
        case Within("note", _) | Named("tag" | "by") | Has("annotation" | "note" | "tag"):
            return any(_is_true_of(node, mark) for mark in article.marks)
        case Within(name, child):
            return _in_field(child, article, frozenset({FIELDS[name]}))
        case Where(text, passage):
            return any(_in_text(text, mark.passage) and _is_true_of(passage, mark) for mark in article.marks)
        case Dates(first, last):
            return (first is None or first <= article.day) and (last is None or article.day < last)
        case Named("about", value):
            return value in article.about
        case Named(name, value, exact):
            return any(kind == name and _is_named(value, other, exact) for kind, other in article.named)
        case Has(what):
            return any(kind == what for kind, _ in article.named)


def _joined(node: Node, ask: Callable[[Node], bool]) -> bool:
    match node:
        case And(children):
            return all(map(ask, children))
        case Or(children):
            return any(map(ask, children))
        case Not(child):
            return not ask(child)
    raise TypeError(node)


def _is_named(asked: str, named: str, exact: bool) -> bool:
    return asked == named or (not exact and asked in ABOVE.get(named, ()))


def _in_field(node: Node, article: PlainArticle, fields: frozenset[Field]) -> bool:
    if isinstance(node, And | Or | Not):
        return _joined(node, lambda child: _in_field(child, article, fields))
    return matches(Text(expanded(node), fields), article.parts)


def _in_text(node: Node, text: str) -> bool:
    if isinstance(node, And | Or | Not):
        return _joined(node, lambda child: _in_text(child, text))
    return words_in(expanded(node), text)


def _is_true_of(node: Node, mark: Mark) -> bool:
    match node:
        case And() | Or() | Not():
            return _joined(node, lambda child: _is_true_of(child, mark))
        case Within(_, child):
            return _in_text(child, mark.note)
        case Named("tag", value, exact):
            return any(_is_named(value, tag, exact) for tag in mark.tags)
        case Named(_, value):
            return mark.by == value
        case Has("note"):
            return bool(mark.note)
        case Has("tag"):
            return bool(mark.tags)
    return True


# -- Random ones -------------------------------------------------------------------------------------------------------
WORDS = ["prison", "prisons", "break", "jail", "al-Qaeda", "Qaeda", "counter-terrorism", "terrorism", "law"]
some_texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
some_marks = st.builds(
    Mark,
    some_texts,
    st.lists(st.sampled_from(["violence", "violence/raid", "hoax"]), max_size=2).map(tuple),
    st.sampled_from(["ann", "ben"]),
    some_texts,
)
some_articles = st.builds(
    PlainArticle,
    st.lists(st.tuples(st.sampled_from(Field), some_texts), max_size=4).map(tuple),
    st.dates(dt.date(2020, 1, 1), dt.date(2022, 12, 31)),
    st.lists(st.sampled_from([("region", "Mosul"), ("region", "Iraq"), ("actor", "TTP")]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["TTP", "Iraq"]), max_size=1).map(tuple),
    st.lists(some_marks, max_size=2).map(tuple),
)
_words: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from(WORDS).map(Word),
    st.sampled_from(["pri", "terr"]).map(Prefix),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda words: Phrase(tuple(words))),
)
_texts: st.SearchStrategy[Node] = st.one_of(_words, st.builds(Near, _words, _words, st.sampled_from([1, 3, 30])))
_of_marks: st.SearchStrategy[Node] = st.sampled_from([
    Named("tag", "violence"), Named("tag", "violence", exact=True), Named("by", "ann"), Has("note"), Has("tag"),
    Within("note", Word("law")), no(Named("tag", "hoax")),
])  # fmt: skip
_leaves: st.SearchStrategy[Node] = st.one_of(
    _texts,
    st.builds(Within, st.sampled_from(["title", "heads", "body", "endnotes", "note"]), _texts),
    st.builds(Where, _texts, _of_marks),
    _of_marks,
    st.sampled_from([
        Named("region", "Iraq"), Named("region", "Iraq", exact=True), Named("actor", "TTP"), Has("actor"),
        Named("about", "TTP", about=True), Dates(dt.date(2021, 1, 1), None), Dates(None, dt.date(2021, 6, 2)),
    ]),
)  # fmt: skip
some_queries: st.SearchStrategy[Node] = st.recursive(
    _leaves,
    lambda below: st.one_of(
        st.lists(below, min_size=1, max_size=3).map(every_of),
        st.lists(below, min_size=1, max_size=3).map(any_of),
        below.map(no),
    ),
    max_leaves=5,
)
