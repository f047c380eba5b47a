"""Citations in parentheses or brackets: `(Source, Month day, year; Other source, Month day)`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.dates import DATE, DAY_NAMES, NAMES_MONTH, PrintedDate, date_at_end, find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ingest.pieces import PieceLink

LONGEST_GROUP = 600
DEEPEST = 3
PARENTHESIS = re.compile(r"[()]")
BRACKETS = re.compile(r"\[([^\[\]()]{6,300})\]")
# What may stand after a source's date: the page, or the day on which the writer saw it.
AFTER_DATE = re.compile(
    r",? (?:pp?\.|pages?) ?[\divxl]{1,6}(?: ?[-\u2013] ?\d{1,5})?$|,? (?:last )?accessed (?:on )?[^()]{3,20}$",
    re.IGNORECASE,
)
TAIL = 48
LEAD = re.compile(r"(?:see also|see|cf\.|e\.g\.,?|i\.e\.,?|via|quoted in|cited in|source:)\s", re.IGNORECASE)
# A source begins as a name does, or is an address, or has an Arabic article; anything else is a clause.
NAME_START = re.compile(
    r"(?:the |an? )?(?:(?:al|el|an|as|ash|at|ar|ad|az)[-\u2010\u2011 ])?[\"'\u2018\u201c@#]?[A-Z\d@\u00c0-\u00de\u0100-\uffff]"
)
NO_SOURCES = DAY_NAMES | {"today", "yesterday"}
INNER_DATE = re.compile(rf", (?:{DATE.pattern}), (?=[A-Z@])")
DATED_BY_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Member:
    """One source with its date: code points `start:end` of the text it was read in."""

    start: int
    end: int
    source: str
    printed: PrintedDate
    inherited: bool = False  # printed without a source, after one that has it

    @property
    def date(self) -> slice:
        """Where the date stands."""
        return slice(self.printed.start, self.printed.end)


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something in parentheses that reads like a citation and is none: `code` is the finding's."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """What the parentheses of one text hold, in order."""

    members: tuple[Member, ...] = ()
    oddities: tuple[Oddity, ...] = ()


def read_citations(text: str, links: tuple[PieceLink, ...] = ()) -> Read:
    """Return the citations of one paragraph or note: sorted, disjoint, verbatim."""
    members: list[Member] = []
    oddities: list[Oddity] = []
    done = -1
    for start, end in groups(text):
        if start < done:
            continue
        found = read_group(text, start, end, links)
        if found.members:
            done = end
            members += found.members
            oddities += found.oddities
        elif found.oddities and not any(inner for inner in groups(text[start:end])):
            oddities += found.oddities
    return Read(tuple(members), tuple(oddities))


def groups(text: str) -> list[tuple[int, int]]:
    """Return what stands between matching parentheses, outer before inner, none longer than LONGEST_GROUP.

    A group that holds more than DEEPEST others within one another is left out: no source is printed like that.
    Brackets hold citations in some houses ("[Reuters, May 4]"); no others stand inside them.
    """
    found: list[tuple[int, int]] = [bracketed.span(1) for bracketed in BRACKETS.finditer(text)]
    opened: list[tuple[int, int]] = []  # where, and how deep the groups inside go
    for sign in PARENTHESIS.finditer(text):
        if sign.group() == "(":
            opened.append((sign.end(), 0))
        elif opened:
            start, height = opened.pop()
            if sign.start() - start <= LONGEST_GROUP and height < DEEPEST:
                found.append((start, sign.start()))
            if opened:
                opened[-1] = opened[-1][0], max(opened[-1][1], height + 1)
    return sorted(found, key=lambda group: (group[0], -group[1]))


def read_group(text: str, start: int, end: int, links: tuple[PieceLink, ...]) -> Read:
    """Return the members of one group, and those of its parts that have no date beside others that have."""
    members: list[Member] = []
    undated: list[Oddity] = []
    for low, high in parts(text, start, end):
        read = read_part(text, low, high, members)
        members += read
        if not read:
            undated.append(Oddity("citation_undated", low, high))
    if members:
        oddities = [*undated, *(Oddity("citation_source_empty", m.start, m.end) for m in members if not m.source)]
        return Read(tuple(members), tuple(sorted(oddities, key=lambda odd: odd.start)))
    whole_link = any(link.start <= start + 1 and link.end >= end - 1 for link in links)
    if whole_link or names_month_and_day(text[start:end]):
        return Read((), (Oddity("citation_undated", start, end),))
    return Read()


def names_month_and_day(inside: str) -> bool:
    """Tell whether a parenthesis names a month in digits' company and is more than a bare date."""
    if not NAMES_MONTH.search(inside) or not DATED_BY_DIGITS.search(inside):
        return False
    return not any(found.start == 0 and found.end == len(inside) for found in find_dates(inside))


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts between semicolons that stand in no inner parenthesis, without the spaces around them."""
    depth, low = 0, start
    for at in range(start, end + 1):
        sign = text[at] if at < end else ";"
        if sign == ";" and (depth == 0 or at == end):
            high = at
            while low < high and text[low].isspace():
                low += 1
            while low < high and text[high - 1].isspace():
                high -= 1
            if low < high:
                yield from dated_parts(text, low, high)
            low = at + 1
        depth += (sign == "(") - (sign == ")")


def dated_parts(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield a part cut after each date that a further name follows: "(Dawn, May 3, Tolo News, May 4)"."""
    at = low
    for found in INNER_DATE.finditer(text, low, high):
        if found.start() > at:
            yield at, found.end() - 2
            at = found.end()
    yield at, high


def read_part(text: str, low: int, high: int, before: list[Member]) -> tuple[Member, ...]:
    """Return the citation that a part is, or nothing."""
    printed = last_date(text[low:high])
    if printed is None:
        return ()
    printed = replace(printed, start=printed.start + low, end=printed.end + low)
    if printed.start == low:
        # A date alone: after a source it means that source again, elsewhere it is no citation.
        return (Member(low, printed.end, before[-1].source, printed, inherited=True),) if before else ()
    if text[printed.start - 1] == "," or text[printed.start - 2 : printed.start] == ", ":
        comma = printed.start - (1 if text[printed.start - 1] == "," else 2)
        lead = LEAD.match(text, low, comma)
        source_start = lead.end() if lead else low
        source = text[source_start:comma]
        if is_source(source):
            return (Member(source_start, printed.end, source, printed),)
    return ()


def last_date(part: str) -> PrintedDate | None:
    """Return the date in which a part of a group ends, pages and days of access left aside."""
    part = part.rstrip(",")
    if after := AFTER_DATE.search(part[-TAIL:]):
        part = part[: len(part) - len(part[-TAIL:]) + after.start()]
    # The stop of "3 Mar." is the month's own, any other one the sentence's.
    return date_at_end(part) or date_at_end(part.rstrip(",."))


def is_source(source: str) -> bool:
    """Tell whether a text can be the name of a source; an empty one can, since it is printed now and then."""
    bare = source.strip()
    if not bare:
        return True
    if bare.casefold() in NO_SOURCES or bare != source or NAMES_MONTH.fullmatch(bare):
        return False
    if source[0].islower() and " " not in source and any(sign in source[1:-1] for sign in "./@"):
        return True
    return NAME_START.match(source) is not None
