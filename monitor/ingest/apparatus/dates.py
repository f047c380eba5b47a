"""Dates as periodicals print them, and the one rule for those printed without a year. No clock is asked."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.months import FOREIGN, FOREIGN_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
SHORT = {name: number for number, name in enumerate(calendar.month_abbr) if name} | {"Sept": 9}
BY_NAME = FOREIGN | {name.casefold(): number for name, number in (MONTHS | SHORT).items()}
# Winter goes over the new year, so its year does not say which months are meant.
SEASONS = {"Spring": (3, 5), "Summer": (6, 8), "Autumn": (9, 11), "Fall": (9, 11), "Winter": (1, 12)}
DAY_NAMES = frozenset(name.casefold() for name in calendar.day_name)

ENGLISH_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
MONTH = rf"(?:{ENGLISH_MONTH}|(?:{FOREIGN_MONTH})\b)"
# "1er mars", "3. M\u00e4rz": the stop is the day's own before a German month only.
DAY = rf"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|\.(?= (?:{FOREIGN_MONTH})\b))?(?!\d)"
YEAR = r"(?:1[89]|20)\d\d(?!\d)"
TO = r" ?[-\u2013\u2014] ?| and | & |, "
# The first form that fits at a place is the longest: day before month before year.
DATE = re.compile(
    rf"(?<![\w])(?:"
    rf"(?P<iso>(?P<iy>{YEAR})-(?P<im>[01]\d)-(?P<idy>[0-3]\d)(?!\d))"
    rf"|(?P<m1>{MONTH})(?P<gap1>\.?,? )(?P<d1>{DAY})(?P<to1>(?:{TO})(?:{MONTH} )?{DAY}(?!\w))?(?:(?P<c1>,? |,)(?P<y1>{YEAR}))?"
    rf"|(?P<d2>{DAY})(?P<to2>(?:[-\u2013]| and )(?P<e2>{DAY}))? (?:of |de )?(?P<m2>{MONTH})(?P<c2>,?)(?: (?:de )?(?P<y2>{YEAR}))?"
    rf"|(?P<m3>{MONTH})(?P<to3>(?: ?[-\u2013/] ?| and ){MONTH})?,? (?:de )?(?P<y3>{YEAR})"
    rf"|(?P<season>(?:{'|'.join(SEASONS)})),? (?P<y4>{YEAR})"
    rf"|(?P<y5>{YEAR})"
    rf")(?!\w)"
)
RANGE_END = re.compile(rf"(?:(?P<month>{MONTH}) ?)?(?P<day>{DAY})?$")
NAMES_MONTH = re.compile(rf"(?<!\w)(?:{ENGLISH_MONTH})(?!\w)")
YEAR_DAYS = 366


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date where it stands: code points `start:end` of a text. A range is read as the day it begins."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    odd: str | None = None  # what is unusual in its form
    until: tuple[int, int | None] | None = None  # month and day in which a printed range ends, in `year` or the next

    @property
    def iso(self) -> str | None:
        """YYYY[-MM[-DD]] where the year is printed."""
        if self.year is None:
            return None
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    @property
    def full(self) -> date | None:
        """The day, where day, month and year are printed."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def find_dates(text: str) -> Iterator[PrintedDate]:
    """Yield the dates of a text in order; impossible ones (31 June) are left out."""
    for found in DATE.finditer(text):
        if (read := read_match(found)) is not None:
            yield read


def read_match(found: re.Match[str]) -> PrintedDate | None:
    """Return what one match says, None where no calendar has that day."""
    start, end = found.span()
    if found["iso"]:
        parts = int(found["iy"]), int(found["im"]), int(found["idy"])
        return checked(PrintedDate(start, end, *parts, odd="written in digits"))
    if found["m1"]:
        odd = "a range of days" if found["to1"] else oddity(found["m1"])
        if found["y1"] and found["c1"] == " ":
            odd = odd or "without a comma before the year"
        month, until = number_of(found["m1"]), range_end(found["to1"], found["m1"])
        return checked(
            PrintedDate(start, end, begun(found["y1"], month, until), month, number(found["d1"]), odd, until)
        )
    if found["m2"]:
        odd = "a range of days" if found["to2"] else "day before month"
        # "5 May," is a date and a comma; the comma is the date's own only where a year follows it.
        end -= len(found["c2"]) if not found["y2"] else 0
        year = int(found["y2"]) if found["y2"] else None
        until = range_end(found["e2"], found["m2"])
        return checked(PrintedDate(start, end, year, number_of(found["m2"]), number(found["d2"]), odd, until))
    if found["m3"]:
        odd = "a range of months" if found["to3"] else oddity(found["m3"])
        month, until = number_of(found["m3"]), range_end(found["to3"], found["m3"])
        return PrintedDate(start, end, begun(found["y3"], month, until), month, None, odd, until)
    if found["season"]:
        return PrintedDate(start, end, int(found["y4"]), None, None, "a season")
    return PrintedDate(start, end, int(found["y5"]), None, None)


def range_end(printed: str | None, first: str) -> tuple[int, int | None] | None:
    """Return month and day in which a range ends that began in the month `first`; None where nothing is printed."""
    found = RANGE_END.search(printed) if printed else None
    if found is None:
        return None
    return number_of(found["month"] or first), number(found["day"]) if found["day"] else None


def begun(year: str | None, month: int, until: tuple[int, int | None] | None) -> int | None:
    """Return the year in which a date begins: "December 28 - January 3, 2021" prints the year of its end."""
    if not year:
        return None
    return int(year) - (until is not None and until[0] < month)


def oddity(month: str) -> str | None:
    """Say what is odd in the way a month is printed."""
    whole = month.casefold().capitalize() in MONTHS or month.casefold() in FOREIGN
    return None if whole else "with a shortened month"


def number_of(month: str) -> int:
    """Return a month's number."""
    return BY_NAME[month.rstrip(".").casefold()]


def number(day: str) -> int:
    """Return the number of a day printed as "3", "3rd" or "3."."""
    return int(day.rstrip("stndrhe."))


def checked(printed: PrintedDate) -> PrintedDate | None:
    """Return the date where a calendar has it; one without a year may be the 29th of February."""
    year, month, day = printed.year or 2000, printed.month or 1, printed.day or 1
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return printed


def days_meant(printed: PrintedDate, text: str) -> tuple[date, date] | None:
    """Return the first and the last day that a date printed in `text` may mean, None where it has no year."""
    if printed.year is None or printed.iso is None:
        return None
    if printed.odd == "a season":
        first, last = SEASONS[text[printed.start : printed.end - 4].rstrip(", ")]
        return date(printed.year, first, 1), month_end(date(printed.year, last, 1))
    start = first_day(printed.iso)
    if printed.until is None:
        return start, last_day(printed.iso)
    month, day = printed.until
    begins = date(printed.year + (month < start.month), month, 1)
    return start, begins.replace(day=min(day, month_end(begins).day)) if day else month_end(begins)


def date_at_end(text: str) -> PrintedDate | None:
    """Return the longest date that ends where the text ends."""
    # The longest form, "September 29 - December 30, 2021", is well within the window.
    window = max(0, len(text) - 60)
    while window and (text[window - 1].isalnum() or text[window - 1] == "."):
        window += 1
        if window >= len(text):
            return None
    best: PrintedDate | None = None
    for found in find_dates(text[window:]):
        best = found
    if best is None or best.end + window != len(text):
        return None
    return replace(best, start=best.start + window, end=len(text))


def latest_on_or_before(month: int, day: int, reference: date) -> date | None:
    """Return the last such day up to `reference`, at most 12 months back; None for a 29 February out of reach."""
    for year in (reference.year, reference.year - 1):
        if year < date.min.year or day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found <= reference and reference - found <= timedelta(days=YEAR_DAYS):
            return found
    return None


def next_on_or_after(month: int, day: int, start: date) -> date | None:
    """Return the first such day from `start` on within a year; None for a 29 February out of reach."""
    for year in (start.year, start.year + 1):
        if year > date.max.year or day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found >= start:
            return found
    return None


def resolve(printed: PrintedDate, reference: tuple[date, date] | None) -> str | None:
    """Return the ISO form of a printed date.

    A day without a year is the latest one on or before the issue; the issue's date is known as a range (twice the
    same day where it is sure), and both ends must agree, else None.
    """
    if printed.iso is not None:
        return printed.iso
    if reference is None or printed.month is None or printed.day is None:
        return None
    found = {latest_on_or_before(printed.month, printed.day, end) for end in reference}
    only = found.pop()
    return only.isoformat() if only is not None and not found else None


def last_day(of: str) -> date:
    """Return the last day that an ISO date of any precision may mean."""
    parts = [int(part) for part in of.split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])
    return date(*parts)


def first_day(of: str) -> date:
    """Return the first day that an ISO date of any precision may mean."""
    parts = [int(part) for part in of.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def month_end(day: date) -> date:
    """Return the last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def distinct_days(dates: Iterable[PrintedDate]) -> set[tuple[int, int]]:
    """Return the (month, day) pairs printed without a year."""
    return {(found.month, found.day) for found in dates if found.year is None and found.month and found.day}
