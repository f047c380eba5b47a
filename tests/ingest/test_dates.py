from __future__ import annotations

from datetime import date

import pytest

from monitor.ingest.apparatus.dates import (
    PrintedDate,
    date_at_end,
    days_meant,
    distinct_days,
    find_dates,
    first_day,
    last_day,
    latest_on_or_before,
    month_end,
    next_on_or_after,
    resolve,
)


def only(text: str) -> PrintedDate:
    (found,) = find_dates(text)
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("January 13", (None, 1, 13)),
        ("January 13, 2022", (2022, 1, 13)),
        ("May 3 2021", (2021, 5, 3)),
        ("May 3,2021", (2021, 5, 3)),
        ("January 3rd, 2021", (2021, 1, 3)),
        ("DECEMBER 19, 2019", (2019, 12, 19)),
        ("January 2022", (2022, 1, None)),
        ("January, 2022", (2022, 1, None)),
        ("21 January 2022", (2022, 1, 21)),
        ("21st of January 2022", (2022, 1, 21)),
        ("12 March", (None, 3, 12)),
        ("2022-01-05", (2022, 1, 5)),
        ("2014", (2014, None, None)),
        ("1889", (1889, None, None)),
        ("Jan. 21", (None, 1, 21)),
        ("Sept. 4, 2020", (2020, 9, 4)),
        ("Sep 4, 2020", (2020, 9, 4)),
        ("Feb 2020", (2020, 2, None)),
        ("January 3-5", (None, 1, 3)),
        ("January 3\u20135, 2021", (2021, 1, 3)),
        ("January 3 and 5", (None, 1, 3)),
        ("January 30-February 2, 2021", (2021, 1, 30)),
        ("January 30 \u2013 February 2, 2021", (2021, 1, 30)),
        ("3-5 January 2022", (2022, 1, 3)),
        ("July-September 2021", (2021, 7, None)),
        ("July/August 2021", (2021, 7, None)),
        ("Spring 2021", (2021, None, None)),
        ("February 29", (None, 2, 29)),
        ("February 29, 2020", (2020, 2, 29)),
    ],
)
def test_find_dates_reads_each_printed_form(text: str, parts: tuple[int | None, ...]) -> None:
    found = only(text)

    assert (found.year, found.month, found.day) == parts
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "June 31",
        "February 30, 2021",
        "February 29, 2021",
        "2022-13-05",
        "2022-02-30",
        "Maybe",
        "Marching 3",
        "12345",
        "21000",
        "A2014",
        "2014b",
        "the may queen",
        "1799",
        "2100",
    ],
)
def test_find_dates_leaves_out_what_no_calendar_has(text: str) -> None:
    assert list(find_dates(text)) == []


def test_find_dates_returns_all_dates_in_order() -> None:
    text = "From May 3, 2020, to 12 June 2021; also 2019."

    assert [text[found.start : found.end] for found in find_dates(text)] == ["May 3, 2020", "12 June 2021", "2019"]


def test_find_dates_does_not_take_the_comma_after_a_day_and_month() -> None:
    text = "On 12 March, the council met."

    found = only(text)

    assert text[found.start : found.end] == "12 March"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("May 3, 2021", "2021-05-03"),
        ("May 2021", "2021-05"),
        ("2021", "2021"),
        ("May 3", None),
    ],
)
def test_iso_has_the_precision_that_is_printed(text: str, iso: str | None) -> None:
    assert only(text).iso == iso


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("May 3, 2021", None),
        ("May 3", None),
        ("May 2021", None),
        ("2021", None),
        ("May 3 2021", "without a comma before the year"),
        ("Jan. 21", "with a shortened month"),
        ("Jan. 2021", "with a shortened month"),
        ("21 January", "day before month"),
        ("2021-01-21", "written in digits"),
        ("January 3-5", "a range of days"),
        ("3-5 January", "a range of days"),
        ("July-August 2021", "a range of months"),
        ("Winter 2021", "a season"),
    ],
)
def test_odd_says_what_is_unusual(text: str, odd: str | None) -> None:
    assert only(text).odd == odd


def test_full_is_a_day_only_where_all_of_it_is_printed() -> None:
    assert only("May 3, 2021").full == date(2021, 5, 3)
    assert only("May 3").full is None
    assert only("May 2021").full is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Dawn, January 13", 6),
        ("Dawn, January 13, 2022", 6),
        ("Annals, 2014", 8),
        ("Review July-September 30, 2021", 12),
        ("x" * 200 + ", May 3", 202),
    ],
)
def test_date_at_end_finds_the_last_date(text: str, start: int) -> None:
    found = date_at_end(text)

    assert found is not None
    assert (found.start, found.end) == (start, len(text))


@pytest.mark.parametrize("text", ["", "January 13,", "January 13 (Urdu)", "Dawn", "x" * 500, "1" * 500, "5 pp."])
def test_date_at_end_is_none_where_the_text_ends_otherwise(text: str) -> None:
    assert date_at_end(text) is None


@pytest.mark.parametrize(
    ("month", "day", "reference", "expected"),
    [
        (2, 3, date(2022, 2, 3), date(2022, 2, 3)),
        (2, 4, date(2022, 2, 3), date(2021, 2, 4)),
        (12, 26, date(2022, 2, 3), date(2021, 12, 26)),
        (1, 1, date(2022, 1, 1), date(2022, 1, 1)),
        (2, 29, date(2022, 2, 3), None),
        (2, 29, date(2020, 2, 29), date(2020, 2, 29)),
        (2, 29, date(2020, 2, 28), None),
        (2, 29, date(2021, 2, 3), date(2020, 2, 29)),
        (2, 29, date(2021, 3, 5), None),
    ],
)
def test_latest_on_or_before_goes_back_a_year_at_most(
    month: int, day: int, reference: date, expected: date | None
) -> None:
    assert latest_on_or_before(month, day, reference) == expected


@pytest.mark.parametrize(
    ("month", "day", "start", "expected"),
    [
        (2, 3, date(2022, 1, 23), date(2022, 2, 3)),
        (1, 23, date(2022, 1, 23), date(2022, 1, 23)),
        (1, 22, date(2022, 1, 23), date(2023, 1, 22)),
        (2, 29, date(2022, 1, 1), None),
        (2, 29, date(2023, 3, 1), date(2024, 2, 29)),
        (1, 1, date(9999, 12, 31), None),
    ],
)
def test_next_on_or_after_goes_on_a_year_at_most(month: int, day: int, start: date, expected: date | None) -> None:
    assert next_on_or_after(month, day, start) == expected


FEBRUARY = (date(2022, 2, 3), date(2022, 2, 28))


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("February 3", FEBRUARY, "2022-02-03"),
        ("February 10", FEBRUARY, None),
        ("March 1", FEBRUARY, "2021-03-01"),
        ("February 10", (date(2022, 2, 11), date(2022, 2, 11)), "2022-02-10"),
        ("February 10", None, None),
        ("February 10, 2020", None, "2020-02-10"),
        ("February 29", FEBRUARY, None),
        ("May 2021", FEBRUARY, "2021-05"),
    ],
)
def test_resolve_takes_the_latest_day_that_both_ends_of_the_range_agree_on(
    text: str, reference: tuple[date, date] | None, expected: str | None
) -> None:
    assert resolve(only(text), reference) == expected


def test_first_and_last_day_of_each_precision() -> None:
    assert (first_day("2020"), last_day("2020")) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (first_day("2020-02"), last_day("2020-02")) == (date(2020, 2, 1), date(2020, 2, 29))
    assert first_day("2020-02-05") == last_day("2020-02-05") == date(2020, 2, 5)
    assert month_end(date(2021, 2, 3)) == date(2021, 2, 28)


def test_distinct_days_are_those_without_a_year() -> None:
    assert distinct_days(find_dates("May 3; May 3; May 4, 2020; June 2020; 2021; 5 July")) == {(5, 3), (7, 5)}


@pytest.mark.parametrize(("reference", "found"), [(date(1, 5, 1), date(1, 3, 2)), (date(1, 1, 1), None)])
def test_latest_on_or_before_does_not_go_back_beyond_the_calendar(reference: date, found: date | None) -> None:
    assert latest_on_or_before(3, 2, reference) == found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("14 October 2018", "2018-10-14", "2018-10-14"),
        ("8-14 October 2018", "2018-10-08", "2018-10-14"),
        ("October 8-14, 2018", "2018-10-08", "2018-10-14"),
        ("January 30-February 2, 2021", "2021-01-30", "2021-02-02"),
        ("December 28-January 3, 2021", "2020-12-28", "2021-01-03"),
        ("October 2018", "2018-10-01", "2018-10-31"),
        ("July-September 2021", "2021-07-01", "2021-09-30"),
        ("July/August 2021", "2021-07-01", "2021-08-31"),
        ("December-January 2021", "2020-12-01", "2021-01-31"),
        ("January 2-31, 2021", "2021-01-02", "2021-01-31"),
        ("Spring 2021", "2021-03-01", "2021-05-31"),
        ("Autumn, 2019", "2019-09-01", "2019-11-30"),
        ("Fall 2019", "2019-09-01", "2019-11-30"),
        ("Winter 2019", "2019-01-01", "2019-12-31"),
        ("2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_days_meant_goes_from_the_first_to_the_last_day(text: str, first: str, last: str) -> None:
    assert days_meant(only(text), text) == (date.fromisoformat(first), date.fromisoformat(last))


def test_days_meant_needs_a_year() -> None:
    assert days_meant(only("October 8-14"), "October 8-14") is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("December 28 - January 3, 2021", "2020-12-28"),
        ("December 28 and January 3, 2021", "2020-12-28"),
        ("January 3 - December 28, 2021", "2021-01-03"),
        ("November/December 2021", "2021-11"),
        ("December 2020-January 2021", None),
    ],
)
def test_a_range_over_new_year_begins_in_the_year_before_the_printed_one(text: str, iso: str | None) -> None:
    assert next(find_dates(text)).iso == (iso or "2020-12")


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("3 mars 2021", "2021-03-03"),
        ("1er juin 2019", "2019-06-01"),
        ("3. März 2021", "2021-03-03"),
        ("4 de mayo de 2020", "2020-05-04"),
        ("5 May\u0131s 2020", "2020-05-05"),
        ("12 A\u011fustos 2020", "2020-08-12"),
        ("7 maart 2018", "2018-03-07"),
        ("31 marts 2018", "2018-03-31"),
        ("diciembre de 2020", "2020-12"),
        ("gennaio 2018", "2018-01"),
        ("31 juin 2019", None),
    ],
)
def test_months_of_other_languages_are_read_as_printed(printed: str, iso: str | None) -> None:
    whole = [found for found in find_dates(f"Le Fanal, {printed}") if found.start == len("Le Fanal, ")]
    assert [found.iso for found in whole if found.month] == ([iso] if iso else [])


def test_a_stop_behind_a_number_belongs_to_the_day_before_foreign_months_only() -> None:
    assert [found.iso for found in find_dates("on page 3. March 2020 saw it")] == ["2020-03"]
    assert [found.day for found in find_dates("am 3. April 2020")] == [3]
