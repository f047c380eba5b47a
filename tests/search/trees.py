"""Random trees and texts of queries, for tests of everything that takes one."""

from __future__ import annotations

import datetime as dt
import unicodedata

from hypothesis import strategies as st

from monitor.search.query_tree import (
    NAMED_FIELDS,
    TEXT_FIELDS,
    WHATS,
    Dates,
    Everything,
    Has,
    Named,
    Near,
    Node,
    Phrase,
    Prefix,
    Where,
    Within,
    Word,
    any_of,
    every_of,
    no,
)
from monitor.search.query_values import LAST_YEAR

# Words that look like signs, that bear signs, and that are made of strange letters.
TRAPS = [
    "OR", "AND", "NOT", "NEAR", "NEAR/3", "near/3", "where", "Where", "tag:x", "http://a.b/c", "9:30", "foo:bar", "-x",
    "a*b", "1,500", "U.S.", "al-Kadhimi", "(x", "x)", "x,y", "Ba'ath", 'say"so', "back\\slash", "x\\", "=x", "x!", "\u5317",
    "\u0130", "\u00ab\u00bbx", "x\u00a0", "date:", "+x", "&x", "_x", "\u0627\u0644\u0642\u0627\u0639\u062f\u0629",
]  # fmt: skip


def is_no_blank(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) not in {"Cc", "Cs"}


plain_words = st.text(alphabet="abcdefgXYZ019", min_size=2, max_size=6)
odd_words = st.one_of(
    st.sampled_from([word for word in TRAPS if "\u00a0" not in word and "\u00ab" not in word]),
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=5)
    .filter(lambda word: all(map(is_no_blank, word)) and not set(word) & set("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"))
    .map(lambda word: f"x{word}"),
)  # fmt: skip
words = st.one_of(plain_words, odd_words)
leaf_words: st.SearchStrategy[Node] = words.map(Word)
beginnings: st.SearchStrategy[Node] = plain_words.map(Prefix)
phrases: st.SearchStrategy[Node] = st.lists(words, min_size=2, max_size=4).map(lambda typed: Phrase(tuple(typed)))
nearby: st.SearchStrategy[Node] = st.one_of(
    leaf_words, beginnings, phrases, st.lists(st.one_of(leaf_words, phrases), min_size=2, max_size=3).map(any_of)
)
nears: st.SearchStrategy[Node] = st.builds(Near, nearby, nearby, st.integers(1, 30))


def joined(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.recursive(
        leaves,
        lambda below: st.one_of(
            st.lists(below, min_size=1, max_size=3).map(every_of),
            st.lists(below, min_size=1, max_size=3).map(any_of),
            below.map(no),
        ),
        max_leaves=6,
    )


texts: st.SearchStrategy[Node] = joined(st.one_of(leaf_words, beginnings, phrases, nears))
within: st.SearchStrategy[Node] = st.builds(Within, st.sampled_from(TEXT_FIELDS), texts)
values = st.lists(words, min_size=1, max_size=3).map(" ".join)
named: st.SearchStrategy[Node] = st.builds(
    lambda field, value, exact: Named(field, value, exact, field == "about"),
    st.sampled_from(NAMED_FIELDS),
    values,
    st.booleans(),
)
days = st.dates(dt.date(1, 1, 1), dt.date(LAST_YEAR, 12, 31))


def between(one: dt.date, other: dt.date) -> Node:
    first, last = min(one, other), max(one, other) + dt.timedelta(days=1)
    return Dates(first, last)


dates: st.SearchStrategy[Node] = st.one_of(
    st.builds(between, days, days),
    days.map(lambda day: Dates(day, None)),
    days.map(lambda day: Dates(None, day + dt.timedelta(days=1))),
    st.integers(1, LAST_YEAR).map(lambda year: Dates(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))),
)
has: st.SearchStrategy[Node] = st.sampled_from(WHATS).map(Has)
of_passages: st.SearchStrategy[Node] = joined(
    st.one_of(
        st.builds(Named, st.sampled_from(["tag", "by"]), values, st.booleans()),
        texts.map(lambda text: Within("note", text)),
        st.sampled_from([Has("annotation"), Has("note"), Has("tag")]),
    )
)
wheres: st.SearchStrategy[Node] = st.builds(Where, texts, of_passages)
trees: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()), joined(st.one_of(texts, within, named, dates, has, wheres))
)

signs = st.sampled_from([
    "(", ")", '"', "\u201c", "-", "- ", " ", " ", " OR ", " AND ", " NOT ", " NEAR/3 ", " NEAR ", " where ", "tag:", "title:",
    "region:=", "date:", "has:", "2021", "..", "*", ",", "\x00", "\ud800", "\n", ":", "=", "\\", "/", "x", "al-", "foo:",
])  # fmt: skip
queries = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(signs, plain_words, st.sampled_from(TRAPS)), max_size=25).map("".join),
    st.lists(st.one_of(signs, plain_words), max_size=25).map(" ".join),
)
