"""What an issue says of itself on its first lines and in its running heads: name, tagline, volume, number, date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.dates import DAY_NAMES, days_meant, find_dates
from monitor.ingest.structure.looks import is_bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.periodicals import Profile

NUMERAL = r"(?:[IVXLCDM]{1,8}|[ivxlcdm]{1,8}|\d{1,4})(?!\w)"
VOLUME = re.compile(
    rf"(?<!\w)vol(?:ume)?(?![^\W\d_])[.:]? ?(?P<volume>{NUMERAL})(?: ?[/(] ?(?P<number>\d{{1,4}})\)?)?", re.IGNORECASE
)
# "Nov 1" holds no number V.
NUMBER = re.compile(
    rf"(?<!\w)(?:issue|number|numero|num\.|no\.?|nr\.?|n\u00b0|\u2116)(?![^\W\d_]):? ?(?:(?:no|nr|number)(?![^\W\d_])[.:]? ?)?#?(?P<number>{NUMERAL})|#(?P<hash>\d{{1,4}})(?!\w)",
    re.IGNORECASE,
)
PAGE_COUNT = re.compile(r"(?<!\w)(?:ISSN|www\.|https?://|@|\u00a9|\(c\))", re.IGNORECASE)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
SEPARATORS = " ,;:|/\u2022\u00b7\u2013\u2014-()"
PARTS = re.compile(r" ?[|\u2022\u00b7] ?")
LONGEST_NAME = 80
LONGEST_DATED = 60  # letters of a row that is a date, or a date and a number
LONGEST_TAGLINE = 160
SIGNED = ("By ", "by ", "BY ")
SHORTEST_TAGLINE = 3  # words, where something else stands in its row


@dataclass(frozen=True, slots=True)
class Masthead:
    """What was read; `taken` are the rows that became the name and the tagline."""

    publication: str | None = None
    tagline: str | None = None
    volume: str | None = None
    number: int | None = None
    date: str | None = None  # a full date
    month: tuple[str, str] | None = None  # first and last day, where the date is a range, a month or a year
    taken: tuple[str, ...] = ()


def roman(numeral: str) -> int | None:
    """Return the value of a Roman or Arabic numeral, None for letters that are none."""
    if numeral.isdecimal() or not numeral:
        return int(numeral) if numeral else None
    total = 0
    values = [ROMAN.get(letter, 0) for letter in numeral.casefold()]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if 0 not in values else None


def is_issue_row(row: str) -> bool:
    """Tell whether a row prints a volume, an issue number or nothing but a date."""
    if len(row) > LONGEST_TAGLINE:
        return False
    if VOLUME.search(row) is not None or is_date_row(row):
        return True
    # "Year 6 | Issue 15 | 21 August 2020": any part of the row may be the number, also what stands behind the date.
    return any(NUMBER.match(part) or NUMBER.match(without_date(part)) for part in PARTS.split(row))


def without_date(row: str) -> str:
    """Return what a row prints beside its first date that names a month, the whole row where it has none."""
    found = next(find_dates(row), None) if len(row) < LONGEST_DATED else None
    rest = row[: found.start] + row[found.end :] if found and (found.month or found.day) else row
    return rest.strip(SEPARATORS)


def is_date_row(row: str) -> bool:
    """Tell whether a row is a date and nothing more."""
    found = next(find_dates(row), None) if len(row) < LONGEST_DATED else None
    bare = without_date(row)
    return found is not None and (not bare or bare.casefold() in DAY_NAMES)


def read_masthead(rows: Sequence[str], profile: Profile) -> Masthead:
    """Return what the first rows of an issue say of it. A name that a person or a profile gives wins."""
    facts = read_issue_rows(rows)
    rows = [row for row in rows if row.strip(" :*").casefold() not in profile.contents_headings]
    names = {" ".join(name.split()).casefold() for name in profile.names()}
    name = next((row for row in rows if row.casefold() in names), None)
    if name is None:
        name = next(filter(can_be_name, rows), None) if not profile.name else None
    after = [row for row in rows[rows.index(name) + 1 :] if not same_name(row, name)] if name is not None else []
    tagline = next((row for row in after[:3] if can_be_tagline(row)), None)
    between = next(filter(None, map(tagline_between, after[:3])), None) if tagline is None else None
    if profile.tagline:
        known = profile.tagline.casefold()
        tagline = next((row for row in rows if row.casefold() == known), tagline)
    for row in filter(None, (name, tagline)):
        # A number or a date may stand at the far end of either line.
        facts = with_date(facts, row) if own_part(row) != row else facts
    return replace(
        facts,
        publication=profile.name or (own_part(name) if name else None),
        tagline=own_part(tagline) if tagline else between,
        # A row that prints more than the name stays among what is in no other place.
        taken=tuple(row for row in (name, tagline) if row is not None and own_part(row) == row),
    )


def same_name(row: str, name: str) -> bool:
    """Tell whether a row prints the name once more."""
    return own_part(row).casefold() == own_part(name).casefold()


def is_plain(row: str) -> bool:
    """Tell whether a row can be a name or a tagline."""
    return not is_issue_row(row) and is_bare(row) and not PAGE_COUNT.search(row)


def can_be_name(row: str) -> bool:
    """Tell whether a row can name the periodical; the number of the issue may stand behind the name."""
    if is_issue_row(row):
        name = own_part(row)
        return name != row and bool(name) and is_plain(name) and not is_date_row(row)
    return is_plain(row) and len(row) <= LONGEST_NAME


def can_be_tagline(row: str) -> bool:
    """Tell whether a row can be the line under the name; the number of the issue may stand at its far end."""
    if row.startswith(SIGNED):
        return False
    words = own_part(row)
    behind = words != row and len(words.split(" ")) >= SHORTEST_TAGLINE and row.startswith(words) and is_plain(words)
    return len(row) <= LONGEST_TAGLINE and (behind or is_plain(row))


def tagline_between(row: str) -> str | None:
    """Return what a row prints between the number at its left end and the date at its right, if it can be a tagline."""
    if len(row) > LONGEST_TAGLINE or not is_issue_row(row):
        return None
    signs = [found.end() for found in (VOLUME.match(row), *NUMBER.finditer(row)) if found]
    dates = [found.start for found in find_dates(row) if found.month]
    middle = row[max(signs, default=0) : min(dates, default=0)].strip(SEPARATORS)
    return middle if len(middle.split(" ")) >= SHORTEST_TAGLINE and is_plain(middle) else None


def own_part(row: str) -> str:
    """Return what stands before the number or date of the issue in a row, the whole row where it prints only these."""
    signs = [found.start() for found in (VOLUME.search(row), NUMBER.search(row)) if found]
    signs += [found.start for found in find_dates(row) if found.odd == "a season" or found.month]
    return row[: min(signs, default=len(row))].strip(SEPARATORS) or row


def read_issue_rows(rows: Iterable[str]) -> Masthead:
    """Return the volume, number and date that rows print, the first of each."""
    facts = Masthead()
    for row in rows:
        if len(row) > LONGEST_TAGLINE:
            continue
        volume, number = VOLUME.search(row), NUMBER.search(row)
        if volume and facts.volume is None and roman(volume["volume"]):
            facts = replace(facts, volume=volume["volume"])
            if volume["number"]:
                facts = replace(facts, number=int(volume["number"]))
        if number and facts.number is None and (value := roman(number["number"] or number["hash"])):
            facts = replace(facts, number=value)
        if volume or number or is_date_row(row):
            facts = with_date(facts, NUMBER.sub(" | ", VOLUME.sub(" | ", row)))
    return facts


def with_date(facts: Masthead, row: str) -> Masthead:
    """Return the facts with the date of a row, a full one before one that names only the month."""
    for found in find_dates(row):
        meant = days_meant(found, row) if facts.date is None else None
        if meant and found.full and found.until is None:
            return replace(facts, date=meant[0].isoformat(), month=None)
        if meant and facts.month is None:
            facts = replace(facts, month=(meant[0].isoformat(), meant[1].isoformat()))
    return facts


def with_running_heads(facts: Masthead, furniture: Iterable[str]) -> Masthead:
    """Return the facts with what only the running heads say."""
    rows = tuple(furniture)
    said = read_issue_rows(rows)
    if said.date is None and facts.publication:
        # A date beside the periodical's name is the issue's; one alone in a foot may be the day of a download.
        name = facts.publication.casefold()
        for row in rows:
            said = with_date(said, row) if name in row.casefold() and len(row) <= LONGEST_TAGLINE else said
    return replace(
        facts,
        volume=facts.volume or said.volume,
        number=facts.number if facts.number is not None else said.number,
        date=facts.date or said.date,
        month=None if facts.date or said.date else facts.month or said.month,
    )
