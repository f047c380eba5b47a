from __future__ import annotations

import pytest

from monitor.ingest.periodicals import DEFAULT, Profile, named
from monitor.ingest.structure.masthead import (
    Masthead,
    is_date_row,
    is_issue_row,
    read_masthead,
    roman,
    with_running_heads,
)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("XX", 20), ("iv", 4), ("MCMXCIX", 1999), ("7", 7), ("12", 12), ("IXC", 89), ("ABC", None), ("", None)],
)
def test_roman_reads_both_kinds_of_numerals(numeral: str, value: int | None) -> None:
    assert roman(numeral) == value


@pytest.mark.parametrize(
    ("row", "volume", "number", "date"),
    [
        ("VOLUME XX | ISSUE 3", "XX", 3, None),
        ("Volume XX, Issue 3", "XX", 3, None),
        ("Vol. 4, No. 2 \u2013 12 March 2021", "4", 2, "2021-03-12"),
        ("Vol. 4 No. 2 | March 12, 2021", "4", 2, "2021-03-12"),
        ("VOL. XII, NO. 4, DECEMBER 19, 2019", "XII", 4, "2019-12-19"),
        ("vol 4/2", "4", 2, None),
        ("Vol. 4 (2)", "4", 2, None),
        ("Issue 17", None, 17, None),
        ("Issue III | 2021-03-12", None, 3, "2021-03-12"),
        ("No. 5", None, 5, None),
        ("Volume 3 #8", "3", 8, None),
        ("Number 9 / June 4, 2020", None, 9, "2020-06-04"),
        ("March 12, 2021", None, None, "2021-03-12"),
        ("Friday", None, None, None),
        ("Nov 1, 2000", None, None, "2000-11-01"),
        ("Volume I | Issue 4 | Nov 1, 2000", "I", 4, "2000-11-01"),
        ("Vol.XII No.4", "XII", 4, None),
        ("Friday, March 12, 2021", None, None, "2021-03-12"),
        ("2021-03-12 (Friday)", None, None, "2021-03-12"),
        ("volume: 7", "7", None, None),
        ("issue: 5", None, 5, None),
        ("No. 212, 8-14 October 2018", None, 212, None),
    ],
)
def test_read_masthead_reads_volume_number_and_date(
    row: str, volume: str | None, number: int | None, date: str | None
) -> None:
    facts = read_masthead(["The Tesk Observer", row], DEFAULT)

    assert (facts.publication, facts.volume, facts.number, facts.date) == ("The Tesk Observer", volume, number, date)


def test_read_masthead_takes_the_first_of_each() -> None:
    facts = read_masthead(
        ["Observer", "Volume IX", "Issue 2", "Volume X | Issue 7", "May 3, 2021", "May 4, 2021"], DEFAULT
    )

    assert (facts.volume, facts.number, facts.date) == ("IX", 2, "2021-05-03")


@pytest.mark.parametrize(
    ("row", "month"),
    [
        ("Vol. 4, No. 2, March 2021", ("2021-03-01", "2021-03-31")),
        ("February 2020", ("2020-02-01", "2020-02-29")),
        ("Issue 3 | 2021", ("2021-01-01", "2021-12-31")),
    ],
)
def test_read_masthead_keeps_a_month_as_a_range(row: str, month: tuple[str, str]) -> None:
    facts = read_masthead(["Observer", row], DEFAULT)

    assert (facts.date, facts.month) == (None, month)


def test_read_masthead_prefers_a_full_date_to_a_month() -> None:
    facts = read_masthead(["Observer", "Issue 3, March 2021", "March 12, 2021"], DEFAULT)

    assert (facts.date, facts.month) == ("2021-03-12", None)


def test_read_masthead_takes_name_and_tagline_by_their_places() -> None:
    facts = read_masthead(["The Tesk Observer", "Close reading of a river war", "Volume IX"], DEFAULT)

    assert (facts.publication, facts.tagline) == ("The Tesk Observer", "Close reading of a river war")
    assert facts.taken == ("The Tesk Observer", "Close reading of a river war")


def test_read_masthead_takes_name_and_tagline_from_the_profile_wherever_they_stand() -> None:
    profile = Profile(name="Tesk Observer", aliases=("The Tesk Observer",), tagline="A river war")

    facts = read_masthead(["Quay House", "THE TESK OBSERVER", "Lorr", "a river war"], profile)

    assert (facts.publication, facts.tagline) == ("Tesk Observer", "a river war")
    assert facts.taken == ("THE TESK OBSERVER", "a river war")


def test_read_masthead_lets_a_name_given_by_a_person_win() -> None:
    facts = read_masthead(["Quay House Papers", "Issue 3"], named("Observer"))

    assert (facts.publication, facts.number, facts.taken) == ("Observer", 3, ())


def test_read_masthead_finds_a_name_before_the_volume_on_one_line() -> None:
    facts = read_masthead(["The Quarterly Ledger, Vol. 4, No. 2, 12 March 2021"], DEFAULT)

    assert (facts.publication, facts.volume, facts.number) == ("The Quarterly Ledger", "4", 2)


def test_read_masthead_of_nothing_knows_nothing() -> None:
    assert read_masthead([], DEFAULT) == Masthead()


def test_read_masthead_passes_over_addresses() -> None:
    assert (
        read_masthead(["www.observer.example", "ISSN 1234-5678", "The Observer"], DEFAULT).publication == "The Observer"
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("VOLUME XX | ISSUE 3", True),
        ("March 12, 2021", True),
        ("12 March 2021 |", True),
        ("The Issue 3 of the day", False),
        ("Issue 3", True),
        ("2021", False),
        ("The town fell on March 12, 2021", False),
        ("Notes", False),
        ("No doubt about it", False),
        ("x" * 300, False),
    ],
)
def test_is_issue_row_knows_lines_about_the_issue(row: str, expected: bool) -> None:
    assert is_issue_row(row) is expected


def test_is_date_row_allows_nothing_but_the_date() -> None:
    assert is_date_row("March 2021")
    assert not is_date_row("March 2021 in Lorr")


def test_with_running_heads_fills_what_the_masthead_leaves_open() -> None:
    facts = with_running_heads(
        Masthead(publication="Observer", volume="IX"), ["Observer | Volume X | Issue 2 | May 3, 2021"]
    )

    assert (facts.volume, facts.number, facts.date) == ("IX", 2, "2021-05-03")


@pytest.mark.parametrize(
    ("row", "first", "last"),
    [
        ("No. 212, 8-14 October 2018", "2018-10-08", "2018-10-14"),
        ("Volume 12, Number 3 Autumn 2019", "2019-09-01", "2019-11-30"),
        ("No. 4 | July/August 2019", "2019-07-01", "2019-08-31"),
    ],
)
def test_a_range_or_a_season_is_the_time_in_which_the_issue_appeared(row: str, first: str, last: str) -> None:
    facts = read_masthead(["The Tesk Observer", row], DEFAULT)

    assert (facts.date, facts.month) == (None, (first, last))


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("The Marches Review Autumn 2019", "The Marches Review"),
        ("Delta Watch \u2014 Issue 6 (July 2023)", "Delta Watch"),
        ("Lorr Notes, May 2020", "Lorr Notes"),
        ("Studies 2000", "Studies 2000"),
        ("Salt and Tar", "Salt and Tar"),
    ],
)
def test_the_name_ends_where_number_or_date_begin(row: str, name: str) -> None:
    assert read_masthead([row, "Close reading"], DEFAULT).publication == name


def test_the_name_printed_twice_is_no_tagline() -> None:
    assert read_masthead(["Salt and Tar", "SALT AND TAR", "2021-03-12"], DEFAULT).tagline is None
    assert read_masthead(["Salt and Tar", "Salt and Tar", "Of the sea"], DEFAULT).tagline == "Of the sea"


def test_name_and_tagline_may_print_number_and_date_at_their_far_ends() -> None:
    facts = read_masthead(["RIVER AND STEPPE Vol. 6 / No. 1", "Notes on an unfinished border January 2008"], DEFAULT)

    assert (facts.publication, facts.tagline) == ("RIVER AND STEPPE", "Notes on an unfinished border")
    assert (facts.volume, facts.number, facts.month) == ("6", 1, ("2008-01-01", "2008-01-31"))


def test_a_name_before_its_number_comes_before_later_lines() -> None:
    assert read_masthead(["The Ledger, Vol. 4, No. 2", "Published by Quay House"], DEFAULT).publication == "The Ledger"
    assert read_masthead(["Vol. 4, No. 2", "The Ledger"], DEFAULT).publication == "The Ledger"
    assert read_masthead(["Friday, March 12, 2021", "The Ledger"], DEFAULT).publication == "The Ledger"
    assert read_masthead(["Vol. 4, No. 2"], DEFAULT).publication is None


def test_a_year_in_a_name_dates_nothing() -> None:
    facts = read_masthead(["Studies 2000", "No. 4"], DEFAULT)

    assert (facts.publication, facts.date, facts.month) == ("Studies 2000", None, None)


def test_with_running_heads_believes_a_date_only_beside_the_name() -> None:
    known = Masthead(publication="Observer")

    assert with_running_heads(known, ["The Observer of May 3, 2021, page 4"]).date == "2021-05-03"
    assert with_running_heads(known, ["Downloaded on May 3, 2021 by a reader"]).date is None
    assert with_running_heads(Masthead(), ["Downloaded on May 3, 2021 by a reader"]).date is None


@pytest.mark.parametrize("row", ["By Jane Roe", "BY JANE ROE", "by Jane Roe and Karl Ott"])
def test_a_line_that_says_by_whom_is_no_tagline(row: str) -> None:
    assert read_masthead(["Salt and Tar", "Volume IV", row], DEFAULT).tagline is None


@pytest.mark.parametrize("row", ["Issue No. 17", "Issue Nr. 17", "Issue Number 17", "Issue #17", "Number 17"])
def test_two_words_for_the_number_are_one(row: str) -> None:
    facts = read_masthead(["Salt and Tar", row, "Of the sea"], DEFAULT)

    assert (facts.number, facts.tagline) == (17, "Of the sea")


@pytest.mark.parametrize("heading", ["Contents", "IN THIS ISSUE", "Inside:"])
def test_the_heading_of_the_contents_is_no_tagline(heading: str) -> None:
    assert read_masthead(["Salt and Tar", "Volume IV", heading], DEFAULT).tagline is None


def test_a_tagline_may_stand_between_number_and_date() -> None:
    found = read_masthead(("Sarn Quarterly", "Volume XI | Issue 20 Notes on the river November 28, 2019"), DEFAULT)
    assert (found.tagline, found.number, found.date) == ("Notes on the river", 20, "2019-11-28")
    bare = read_masthead(("Sarn Quarterly", "Volume XI | Issue 20 | November 28, 2019"), DEFAULT)
    assert bare.tagline is None
