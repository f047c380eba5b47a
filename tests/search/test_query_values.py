"""Single words, quotations, dates and the rest that stands behind a field."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.search.query_tokens import FIELDS
from monitor.search.query_tree import WHATS, Dates, Everything, Has, Node, Phrase, Prefix, Word
from monitor.search.query_values import (
    LAST_YEAR,
    nearest_field,
    no_field,
    read_dates,
    read_quoted,
    read_what,
    read_word,
)


@pytest.mark.parametrize(
    ("text", "node", "start", "end"),
    [
        ("prison", Word("prison"), 5, 11),
        ("prison!", Word("prison"), 5, 11),
        ("?prison", Word("prison"), 6, 12),
        ("U.S.", Word("U.S."), 5, 9),
        ("prison:", Word("prison"), 5, 11),
        ("+prison", Word("prison"), 6, 12),
        ("=prison", Word("prison"), 6, 12),
        ("terror*", Prefix("terror"), 5, 12),
        ("terror**", Prefix("terror"), 5, 13),
        ("\u5317*", Prefix("\u5317"), 5, 7),
        ("*", Everything(), 5, 6),
        ("**", Everything(), 5, 7),
    ],
)
def test_read_word_takes_a_word_without_what_stands_about_it(text: str, node: Node, start: int, end: int) -> None:
    read, troubles = read_word(text, 5)
    assert (read, troubles) == (node, [])
    assert read is not None
    assert (read.start, read.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "node", "understood"),
    [
        ("a*", Word("a"), "Read as the word \u201ca\u201d."),
        ("*stan", Word("stan"), "Read as the word \u201cstan\u201d."),
        ("be*st", Prefix("be"), "Read as words that begin with \u201cbe\u201d."),
        ("b*st", Word("bst"), "Read as the word \u201cbst\u201d."),
        ("be*st*", Prefix("be"), "Read as words that begin with \u201cbe\u201d."),
        ("&", None, "Left out."),
        ("!?", None, "Left out."),
        ("-*", None, "Left out."),
        ("auhtor:x", Word("auhtor:x"), "Read as the words \u201cauhtor:x\u201d."),
    ],
)
def test_read_word_tells_what_it_took_an_odd_one_for(text: str, node: Node | None, understood: str) -> None:
    read, troubles = read_word(text, 3)
    assert read == node
    assert [trouble.understood for trouble in troubles] == [understood]
    assert all(3 <= trouble.start < trouble.end <= 3 + len(text) for trouble in troubles)


@pytest.mark.parametrize(
    ("inside", "node"),
    [
        ("prison break", Phrase(("prison", "break"))),
        (" prison \n break ", Phrase(("prison", "break"))),
        ("prison", Word("prison")),
        ("prison \u2013 break", Phrase(("prison", "break"))),
        ("& prison", Word("prison")),
        ("OR", Word("OR")),
        ("tag:x", Word("tag:x")),
    ],
)
def test_read_quoted_keeps_the_words_of_a_quotation(inside: str, node: Node) -> None:
    assert read_quoted(inside, 0, 9) == (node, [])


def test_read_quoted_reads_the_first_words_of_a_very_long_phrase() -> None:
    node, troubles = read_quoted("one " * 41, 0, 166)
    assert node == Phrase(("one",) * 40)
    assert [trouble.sentence for trouble in troubles] == ["A phrase may have 40 words."]


@pytest.mark.parametrize("inside", ["", " ", "&", "\u2014 ..."])
def test_read_quoted_leaves_out_what_has_no_words(inside: str) -> None:
    node, troubles = read_quoted(inside, 0, 5)
    assert node is None
    assert [trouble.sentence for trouble in troubles] == ["There are no words in the quotation marks."]


@pytest.mark.parametrize("what", WHATS)
def test_read_what_knows_everything_that_may_be_had(what: str) -> None:
    assert read_what(what, 0, 4) == read_what(what.upper(), 0, 4)
    assert isinstance(read_what(what, 0, 4)[0], Has)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("annotations", "annotation"),
        ("comments", "note"),
        ("tags", "tag"),
        ("footnotes", "endnotes"),
        ("actors", "actor"),
    ],
)
def test_read_what_knows_other_words_for_it(value: str, what: str) -> None:
    node, troubles = read_what(value, 0, 4)
    assert isinstance(node, Has)
    assert (node.what, troubles) == (what, [])


def days(first: str | None, last: str | None) -> Dates:
    return Dates(*(dt.date.fromisoformat(day) if day else None for day in (first, last)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021", days("2021-01-01", "2022-01-01")),
        (" 2021 ", days("2021-01-01", "2022-01-01")),
        ("2020-02", days("2020-02-01", "2020-03-01")),
        ("2020-2", days("2020-02-01", "2020-03-01")),
        ("2020-02-29", days("2020-02-29", "2020-03-01")),
        ("2021-12-31", days("2021-12-31", "2022-01-01")),
        ("2021..2022", days("2021-01-01", "2023-01-01")),
        ("2021\u20262022", days("2021-01-01", "2023-01-01")),
        ("2021\u20132022", days("2021-01-01", "2023-01-01")),
        ("2021-2022", days("2021-01-01", "2023-01-01")),
        ("2021-06..2021-06", days("2021-06-01", "2021-07-01")),
        ("2021-06-10..2021", days("2021-06-10", "2022-01-01")),
        ("..2021-06", days(None, "2021-07-01")),
        ("2021-06..", days("2021-06-01", None)),
        ("0001", days("0001-01-01", "0002-01-01")),
        ("9998", days("9998-01-01", "9999-01-01")),
    ],
)
def test_read_dates_gives_the_days_that_are_meant(value: str, expected: Dates) -> None:
    assert read_dates(value, 0, 9) == (expected, [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022..2021", days("2021-01-01", "2023-01-01")),
        ("2021-06-10..2021-06-09", days("2021-06-09", "2021-06-11")),
        ("2022-2021", days("2021-01-01", "2023-01-01")),
    ],
)
def test_read_dates_reads_a_range_that_goes_backwards_the_other_way_round(value: str, expected: Dates) -> None:
    node, troubles = read_dates(value, 0, 9)
    assert node == expected
    assert [trouble.understood for trouble in troubles] == ["Read the other way round."]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "..",
        "x",
        "21",
        "20211",
        "2021-00",
        "2021-13",
        "2021-02-29",
        "0000",
        "9999",
        "2021...2022",
        "2021/03",
        "3.2021",
    ],
)
def test_read_dates_leaves_out_what_is_no_date(value: str) -> None:
    node, troubles = read_dates(value, 0, 9)
    assert node is None
    assert [trouble.understood for trouble in troubles] == ["Left out."]


@given(st.dates(dt.date(1, 1, 1), dt.date(LAST_YEAR, 12, 31)), st.dates(dt.date(1, 1, 1), dt.date(LAST_YEAR, 12, 31)))
def test_any_two_days_make_a_range_with_both_in_it(one: dt.date, other: dt.date) -> None:
    node, _ = read_dates(f"{one.isoformat()}..{other.isoformat()}", 0, 22)
    assert node == Dates(min(one, other), max(one, other) + dt.timedelta(days=1))


@pytest.mark.parametrize("field", FIELDS)
def test_the_nearest_field_of_a_field_is_itself(field: str) -> None:
    assert nearest_field(field) == field


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("auhtor", "author"),
        ("regions", "region"),
        ("actors", "actor"),
        ("tilte", "title"),
        ("country", "region"),
        ("countries", "region"),
        ("group", "actor"),
        ("outlet", "source"),
        ("footnote", "endnotes"),
        ("comment", "note"),
        ("since", "date"),
        ("topic", "tag"),
        ("zzqx", ""),
    ],
)
def test_nearest_field_knows_mistakes_and_what_others_call_it(name: str, expected: str) -> None:
    assert nearest_field(name) == expected


def test_no_field_speaks_of_words_that_look_like_one() -> None:
    assert [(t.start, t.end, t.instead) for t in no_field("country:", 4)] == [(4, 12, "region:")]
    assert no_field("Iraq", 0) == []
    assert no_field("9:", 0) == []
