"""What is printed in any of the usual styles is read back as it was: dates, citations, names, contents, mastheads."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from monitor.ingest.apparatus.citations import read_citations
from monitor.ingest.apparatus.dates import (
    date_at_end,
    days_meant,
    find_dates,
    latest_on_or_before,
    next_on_or_after,
    resolve,
)
from monitor.ingest.apparatus.notes import label_of, short_form
from monitor.ingest.letters.hyphens import at_line_end, vocabulary
from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.contents import Row, entries_by_leaders
from monitor.ingest.structure.masthead import read_masthead, roman

if TYPE_CHECKING:
    from collections.abc import Callable

days = st.dates(date(1850, 1, 1), date(2099, 12, 31))
FULL: dict[str, Callable[[date], str]] = {
    "American": lambda day: f"{calendar.month_name[day.month]} {day.day}, {day.year}",
    "American without comma": lambda day: f"{calendar.month_name[day.month]} {day.day} {day.year}",
    "American capitals": lambda day: f"{calendar.month_name[day.month].upper()} {day.day}, {day.year}",
    "British": lambda day: f"{day.day} {calendar.month_name[day.month]} {day.year}",
    "short": lambda day: f"{calendar.month_abbr[day.month]} {day.day}, {day.year}",
    # May is never shortened.
    "short with stop": lambda day: f"{day.day} {calendar.month_abbr[day.month]}. {day.year}".replace("May.", "May"),
    "digits": lambda day: day.isoformat(),
}
WITHOUT_YEAR: dict[str, Callable[[date], str]] = {
    "American": lambda day: f"{calendar.month_name[day.month]} {day.day}",
    "British": lambda day: f"{day.day} {calendar.month_name[day.month]}",
    "short": lambda day: f"{calendar.month_abbr[day.month]} {day.day}",
}
SOURCES = [
    "Lorr Post", "The Tesk Observer", "AFP", "al-Marsa.example", "Twitter/@reedwatch", "coast24.example",
    "Board of Rivers, Annual Report", "Radio Tesk (Velmara)", "D\u00e9p\u00eache de Lorr", "Jos\u00e9's Daily",
]  # fmt: skip
PEOPLE = [
    "Ilse Marrow", "J. R. Oke", "Piet van der Heesen", "Mary O\u2019Neil", "Jean-Luc d'Ormesson", "Zia ur Haddat",
    "\u00c9lise \u00d8rvik", "Mustafa al-Masri", "Sue-Ann Ocho",
]  # fmt: skip
TITLES = ["Salt and Tar", "Who Burned the Ferry at Tolm?", "The Quiet War: Lorr after the Truce", "Rope Walks"]


@pytest.mark.parametrize("style", FULL)
@given(day=days)
def test_a_full_date_is_read_back_in_every_style(style: str, day: date) -> None:
    text = f"It fell on {FULL[style](day)}"

    (found,) = find_dates(text)

    assert (found.full, text[found.start : found.end]) == (day, FULL[style](day))
    assert days_meant(found, text) == (day, day)
    assert date_at_end(text) == found


@pytest.mark.parametrize("style", WITHOUT_YEAR)
@given(day=days, back=st.integers(0, 300))
def test_a_date_without_year_is_the_last_such_day_before_the_issue(style: str, day: date, back: int) -> None:
    reference = day + timedelta(days=back)
    (found,) = find_dates(WITHOUT_YEAR[style](day))

    assert (found.year, found.month, found.day) == (None, day.month, day.day)
    assert resolve(found, (reference, reference)) == day.isoformat()


@given(month=st.integers(1, 12), day=st.integers(1, 31), reference=days)
def test_the_latest_day_and_the_next_one_lie_within_a_year_on_either_side(
    month: int, day: int, reference: date
) -> None:
    assume(day <= calendar.monthrange(2000, month)[1])
    before, after = latest_on_or_before(month, day, reference), next_on_or_after(month, day, reference)

    if before is not None:
        assert (before.month, before.day) == (month, day)
        assert timedelta(0) <= reference - before <= timedelta(days=366)
    if after is not None:
        assert (after.month, after.day) == (month, day)
        assert timedelta(0) <= after - reference <= timedelta(days=731)
    assert (month, day) == (2, 29) or (before is not None and after is not None)


@given(first=days, length=st.integers(1, 27))
def test_a_range_of_days_is_read_back_with_its_end(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assume(last.year <= 2099)
    end = f"{last.day}" if last.month == first.month else f"{calendar.month_name[last.month]} {last.day}"
    text = f"{calendar.month_name[first.month]} {first.day}-{end}, {last.year}"

    (found,) = find_dates(text)

    assert days_meant(found, text) == (first, last)
    assert found.full == first


cited = st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(sorted(FULL)), days), min_size=1, max_size=4)


@given(groups=st.lists(cited, min_size=1, max_size=3), signs=st.sampled_from(["()", "[]"]))
def test_citations_are_read_back_from_a_paragraph(groups: list[list[tuple[str, str, date]]], signs: str) -> None:
    if signs == "[]":
        assume(all("(" not in source for group in groups for source, _, _ in group))
    printed = [[(source, FULL[style](day)) for source, style, day in group] for group in groups]
    opened, closed = signs[0], signs[1]
    sentences = [f"It fell {opened}{'; '.join(', '.join(one) for one in group)}{closed}." for group in printed]
    text = " ".join(sentences)

    members = read_citations(text).members

    assert [(member.source, text[member.date]) for member in members] == [one for group in printed for one in group]
    assert [member.printed.full for member in members] == [day for group in groups for _, _, day in group]
    assert all(text[m.start : m.end] == f"{m.source}, {text[m.date]}" for m in members)


@given(
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True),
    st.sampled_from(["", "By ", "by ", "By: ", "BY "]),
    st.sampled_from([" and ", " & ", ", and ", " with ", "; "]),
    st.sampled_from(["", ", senior fellow", ", University of Lorr", " | July 3, 2023", " \u2014 3 July 2023"]),
)
def test_authors_are_read_back_from_their_line(names: list[str], sign: str, last: str, rest: str) -> None:
    *others, final = names
    line = sign + (", ".join(others) + last + final if others else final) + rest

    byline = read_byline(line)

    assert byline is not None
    assert (byline.names, byline.signed, byline.rest) == (tuple(names), bool(sign), rest.strip(" ,|\u2014"))


@given(
    st.lists(st.tuples(st.sampled_from(TITLES), st.integers(1, 40)), min_size=2, max_size=6),
    st.sampled_from([" ..... ", " . . . . ", ", p. ", " | ", " ", "\u2026"]),
)
def test_entries_of_the_contents_are_read_back_with_their_pages(listed: list[tuple[str, int]], gap: str) -> None:
    listed = sorted(listed, key=lambda entry: entry[1])

    found = entries_by_leaders([Row(f"{title}{gap}{page}", k) for k, (title, page) in enumerate(listed)])

    assert [(entry.text, entry.page) for entry in found.entries] == listed
    assert found.spare == ()


NUMERALS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
NUMERALS += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def in_roman(number: int) -> str:
    text = ""
    for value, sign in NUMERALS:
        text += sign * (number // value)
        number %= value
    return text


@given(st.integers(1, 3999))
def test_roman_numbers_are_read_back(number: int) -> None:
    assert (roman(in_roman(number)), roman(in_roman(number).lower()), roman(str(number))) == (number,) * 3


@given(
    st.integers(1, 120),
    st.integers(1, 400),
    days,
    st.sampled_from(
        [
            "VOLUME {v} | ISSUE {n} | {d}",
            "Vol. {v}, No. {n} \u2013 {d}",
            "Vol. {v} No. {n}, {d}",
            "{d} \u2022 Volume {v}, Issue {n}",
        ]
    ),
    st.sampled_from(sorted(FULL)),
)
def test_volume_number_and_date_are_read_back(volume: int, number: int, day: date, row: str, style: str) -> None:
    printed = row.format(v=in_roman(volume), n=number, d=FULL[style](day))

    facts = read_masthead(["The Tesk Observer", "Close reading", printed], DEFAULT)

    assert (facts.publication, facts.tagline) == ("The Tesk Observer", "Close reading")
    assert (facts.volume, facts.number, facts.date) == (in_roman(volume), number, day.isoformat())


@given(st.text(alphabet="abcdefghij", min_size=4, max_size=12), st.integers(2, 10))
def test_a_word_that_the_issue_prints_whole_loses_the_hyphen_at_a_line_end(word: str, at: int) -> None:
    assume(at < len(word) - 1)
    whole, parted = vocabulary([f"the {word} fell"]), vocabulary([f"the {word[:at]}-{word[at:]} fell"])

    assert at_line_end(f"the {word[:at]}-", f"{word[at:]} fell", whole) == "drop"
    assert at_line_end(f"the {word[:at]}-", f"{word[at:]} fell", parted) == "keep"


@given(st.text(max_size=200) | st.text(alphabet="Ab1()[]., -\u00b9\u201c", max_size=80))
@example("\x85")  # white that no sign of a line's end is
def test_small_readers_take_any_text(text: str) -> None:
    byline = read_byline(text)
    label = label_of(text)
    short_form(text)

    if byline is not None:
        assert all(name in text for name in byline.names)
        assert byline.rest in text
    if label is not None:
        assert 0 < label.width <= len(text)
        assert 0 <= label.n < 1000
