"""Printed notes: their labels, what kind each is, and which earlier note an "Ibid." or a short form means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.citations import read_citations
from monitor.ingest.apparatus.dates import PrintedDate, find_dates
from monitor.ingest.structure.looks import has_inner_stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.document import Note, NoteKind

LABEL = re.compile(
    r"(?:\[(?P<square>\d{1,3})\](?P<stop>[.:]?)|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})(?P<sign>[.)])|(?P<bare>\d{1,3}))(?: |$)"
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED_LABEL = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}) ?")
IBID = re.compile(r"(?:ibid(?:em)?\b|id\.|idem\b|same(?: as above| source)?\.?$|op\. cit\.?$|loc\. cit)", re.IGNORECASE)
INTERVIEW = re.compile(
    r"(?:the )?(?:authors?['\u2019]?s?['\u2019]? )?(?:own )?"
    r"(?:telephonic|telephone|phone|personal|private|online|remote|video|virtual|e-?mail|skype|zoom|whatsapp|"
    r"face-to-face|in-person|confidential|anonymous|multiple|several|series of)?,? ?"
    r"(?:interviews?|conversations?|correspondence|communications?|discussions?)\b"
    r"(?=,|\.| (?:with|by|conducted|held|between|in|on|series|from|of)\b)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"\u201c\u2018]([^\"\u201c\u201d]{3,400})[\"\u201d]")
SEE = re.compile(r"(?:see also|see|cf\.?|compare|for [a-z ]{1,40}, see)[ :,]", re.IGNORECASE)
PAGES = re.compile(r"\b(?:pp?\.|pages?|vol\.|no\.|issue) ?\d", re.IGNORECASE)
# Where in the work: "point 3.2", "Annex on Normalization", "pp. 4-7".
PLACE = re.compile(
    r"(?:(?<=[\"\u201d]) |, ?)(?:points?|paras?\.?|paragraphs?|chapters?|ch\.|sections?|sec\.|articles?|art\.|annex|appendix"
    r"|clauses?|folios?|part(?= [ivx\d])|pp?\.)(?: [^,;()\"\u201c\u201d]{1,60})?$",
    re.IGNORECASE,
)
OP_CIT = re.compile(r",? ?\bop\. ?cit\b\.?$", re.IGNORECASE)
DIGIT = re.compile(r"\d")
WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+){0,5}")
# Words of a short form that say nothing of the work meant.
EMPTY_WORDS = frozenset(
    ["a", "al", "and", "at", "by", "cf", "cit", "et", "for", "in", "note", "of", "on", "op", "p", "pp", "see", "the"]
)
LONGEST_SHORT_FORM = 160
LONGEST_LEAD = 160
SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A note's printed number: the first `width` code points of its text, in the given form ("[n]", "n." …)."""

    n: int
    width: int
    form: str


def label_of(text: str) -> Label | None:
    """Return the label that a note's text begins with."""
    if raised := RAISED_LABEL.match(text):
        return Label(int(raised[1].translate(RAISED)), raised.end(), "n raised")
    found = LABEL.match(text)
    if found is None:
        return None
    if found["square"]:
        return Label(int(found["square"]), found.end(), f"[n]{found['stop']}")
    if found["round"]:
        return Label(int(found["round"]), found.end(), "(n)")
    if found["plain"]:
        return Label(int(found["plain"]), found.end(), f"n{found['sign']}")
    return Label(int(found["bare"]), found.end(), "n")


@dataclass(frozen=True, slots=True)
class Judged:
    """An article's notes with kinds and references, and the numbers of those whose reference stays open."""

    notes: tuple[Note, ...]
    ibid_open: tuple[int, ...] = ()  # indices
    short_open: tuple[int, ...] = ()


def judged(notes: Sequence[Note], italics: Sequence[Sequence[tuple[int, int]]]) -> Judged:
    """Return the notes of one article with their kinds, in order; `italics` are the italic spans of each."""
    done: list[Note] = []
    ibid_open: list[int] = []
    short_open: list[int] = []
    for index, (note, spans) in enumerate(zip(notes, italics, strict=True)):
        kind: NoteKind
        if IBID.match(note.text):
            meant = ibid_target(done)
            done.append(replace(note, kind="ibid", resolves_to=meant))
            ibid_open += [] if meant is not None else [index]
            continue
        if INTERVIEW.match(note.text[:LONGEST_LEAD]):
            done.append(replace(note, kind="interview"))
            continue
        form = short_form(note.text)
        meant = short_form_target(form, done) if form else None
        if meant is not None:
            done.append(replace(note, kind="short_form", resolves_to=meant))
            continue
        kind = "source" if form or is_source(note.text, spans) else "explanatory"
        short_open += [index] if form and not form.complete else []
        done.append(replace(note, kind=kind))
    return Judged(tuple(done), tuple(ibid_open), tuple(short_open))


def ibid_target(before: Sequence[Note]) -> int | None:
    """Return the number of the nearest note before that is no ibid, unless it names several works."""
    # An ibid after an unresolved ibid is as open as that one.
    nearest = next((note for note in reversed(before) if note.kind != "ibid"), None)
    if nearest is None or names_several_works(nearest.text):
        return None
    return nearest.n


def names_several_works(text: str) -> bool:
    """Tell whether a note names more than one work."""
    if len(read_citations(text).members) >= SEVERAL:
        return True
    pieces = [piece for piece in text.split("; ") if QUOTED.search(piece[:1000]) or dated_at_end(piece)]
    return len(pieces) >= SEVERAL


def dated_at_end(text: str) -> bool:
    """Tell whether a text ends in a date."""
    bare = text.rstrip(" .")
    return any(found.end == len(bare[-80:]) for found in find_dates(bare[-80:]))


def is_source(text: str, italics: Sequence[tuple[int, int]] = ()) -> bool:
    """Tell whether a note names a work: a quoted or italic title near its start, with a publisher, date or pages."""
    title = title_span(text, italics)
    if title is None:
        return False
    start, end = title
    if not is_lead(text[:start]):
        return False
    after = text[end : end + 400].strip(" \"\u201d'.,)")
    if not after:
        return True
    dated = any(True for _ in find_dates(after)) or PAGES.search(after) is not None
    return dated or is_names(after[:80])


def title_span(text: str, italics: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return where the first title stands: in quotes, else in italics."""
    quoted = QUOTED.search(text[: 2 * LONGEST_LEAD + 400])
    spans = [(start, end) for start, end in italics if end - start > 2]
    if quoted:
        spans.append(quoted.span())
    return min(spans) if spans else None


def is_lead(text: str) -> bool:
    """Tell whether a text before a title can be "See", authors, or nothing."""
    bare = text.strip(" ,:\"\u201c'(")
    if seen := SEE.match(bare + " "):
        bare = bare[seen.end() :]
    return len(bare) <= LONGEST_LEAD and is_names(bare)


def is_names(text: str) -> bool:
    """Tell whether at least two in three of a text's words begin with a capital."""
    words: list[str] = [word for word in WORD.findall(text) if word.casefold() not in EMPTY_WORDS]
    capital = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return 3 * capital >= 2 * len(words)


@dataclass(frozen=True, slots=True)
class ShortForm:
    """What a short reference prints: words of its authors and title, and a date."""

    words: frozenset[str]
    date: PrintedDate | None
    complete: bool  # enough for a first reference: a newspaper and a day, a report and its number


def short_form(text: str) -> ShortForm | None:
    """Return a note's short reference: "[See] Names, date." or "Names, “Title.”", also with a place in the work."""
    bare = text.strip()
    if seen := SEE.match(bare):
        bare = bare[seen.end() :].strip()
    placed = PLACE.search(bare[: LONGEST_SHORT_FORM + 1].rstrip(" ."))
    plain = OP_CIT.sub("", bare[: placed.start()] if placed else bare[: LONGEST_SHORT_FORM + 1])
    if len(plain) > LONGEST_SHORT_FORM or not plain or "(" in plain or "; " in plain:
        return None
    body = plain.rstrip(" .")
    cited_before = plain != bare
    quoted = list(QUOTED.finditer(plain))
    if quoted:
        rest = plain[: quoted[0].start()] + plain[quoted[-1].end() :]
        title_only = len(quoted) == 1 and not plain[quoted[0].end() :].strip(" .,") and is_names(rest)
        return ShortForm(words_of(plain), None, complete=False) if title_only else None
    dates = list(find_dates(body))
    if len(dates) > 1 or (dates and dates[0].end != len(body)):
        return None
    names = body[: dates[0].start] if dates else body
    if not (dates or cited_before) or has_inner_stop(names) or not names.strip(" ,") or not is_names(names):
        return None
    # A report has its number, a newspaper its day.
    full = bool(dates) and (dates[0].day is not None or DIGIT.search(names) is not None)
    complete = full and not seen and not cited_before
    return ShortForm(words_of(names), dates[0] if dates else None, complete)


def words_of(text: str) -> frozenset[str]:
    """Return the words that tell a work, folded."""
    words = (word.casefold().replace("\u2019", "'") for word in WORD.findall(text))
    return frozenset(word for word in words if word not in EMPTY_WORDS)


def short_form_target(form: ShortForm, before: Sequence[Note]) -> int | None:
    """Return the number of the one earlier source that has all the words of a short form and no other date."""
    fitting = [
        note.n
        for note in before
        if note.kind == "source" and form.words and form.words <= words_of(note.text) and agrees(form.date, note.text)
    ]
    return fitting[0] if len(fitting) == 1 else None


def agrees(printed: PrintedDate | None, candidate: str) -> bool:
    """Tell whether a short form's date is among those of the work it may mean (or that work prints none)."""
    if printed is None:
        return True
    dates = list(find_dates(candidate))
    return not dates or any(covers(printed, other) for other in dates)


def covers(printed: PrintedDate, other: PrintedDate) -> bool:
    """Tell whether two dates can be one, whatever the coarser one leaves out."""
    pairs = ((printed.year, other.year), (printed.month, other.month), (printed.day, other.day))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)
