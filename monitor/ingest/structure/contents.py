"""The printed contents: finding its entries, and telling title from author by what stands over the articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from monitor.ingest.document import ContentsEntry
from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.contained import contained

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAGE_MARK = re.compile(r"(?:pp?\.|page|pg\.?) ?(?P<page>\d{1,4})(?: ?[-\u2013] ?\d{1,4})?[.:]?$", re.IGNORECASE)
# "..... 5", "… p. 5", ", p. 5", "(page 5)", "| 5", "— 5"
LED_PAGE = re.compile(
    r" ?(?:[.\u2026\u00b7_]{3,40}|(?<= )[.]{2} ?(?=\d)|(?<= )\. (?=\d)|[.\u00b7]( [.\u00b7]){2,20}|\u2026|[,|:\u2013\u2014-] ?(?:pp?\.|page)|\((?:pp?\.|page)"
    r"|[|\u2013\u2014\u2022]) ?(?P<page>\d{1,4})(?: ?[-\u2013] ?\d{1,4})?\)?$",
    re.IGNORECASE,
)
# "The Ferrymen   3": told from a year or a count by its place in a run of such lines only.
BARE_PAGE = re.compile(r" (?P<page>\d{1,3})$")
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2011": "-"})
# What a page leaves at the end of its title: leaders, a comma, a bar.
LEFT_BEHIND = re.compile(r"(?: ?[,|_\u00b7]| [.\u2026]{1,60}|[.\u2026]{4,60})$")
SAME_TITLE = 85.0
LONGEST_ENTRY = 400
MOST_ROWS = 12
MOST_ENTRIES = 200
MOST_LINES = 200
TAIL = 40
MOST_NAME_WORDS = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of the contents and the number of the piece it stands in.

    `role` is "title" or "names" where an article prints the whole line as such.
    """

    text: str
    piece: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """The lines between one page number and the next, title and authors not yet told apart."""

    page: int | None
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """All its lines as one."""
        return joined(row.text for row in self.rows)


def joined(rows: Iterable[str]) -> str:
    """Return printed lines as one; a hyphen at a line's end before a capital or small letter is kept."""
    text = ""
    for row in rows:
        close = text.endswith(("-", "/")) and not text.endswith((" -", " /"))
        text = f"{text}{row}" if close or not text else f"{text} {row}"
    return text


def folded(text: str) -> str:
    """Return a title as it is compared: straight quotes, plain dashes, no case."""
    return " ".join(text.translate(QUOTES).casefold().split())


def likeness(first: str, second: str) -> float:
    """Return how alike two titles are, 0-100."""
    return fuzz.ratio(folded(first[:LONGEST_ENTRY]), folded(second[:LONGEST_ENTRY]))


def page_of(text: str) -> int | None:
    """Return the page that a line names and nothing else ("p.3")."""
    mark = PAGE_MARK.match(text) if len(text) < 20 else None
    return int(mark["page"]) if mark else None


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of the contents, and the lines among them that belong to none."""

    entries: tuple[RawEntry, ...] = ()
    spare: tuple[str, ...] = ()


def entries_by_marks(rows: Sequence[Row]) -> Entries:
    """Return the entries that begin with a line of their own for the page; one may have its page after its title."""
    entries: list[RawEntry] = []
    spare: list[str] = []
    for row in rows:
        page = page_of(row.text)
        led = led_row(row) if page is None else None
        if len(entries) < MOST_ENTRIES and (page is not None or led is not None):
            entries.append(RawEntry(page, ()) if led is None else led)
        elif entries and len(entries[-1].rows) < MOST_ROWS:
            entries[-1] = RawEntry(entries[-1].page, (*entries[-1].rows, row))
        else:
            spare.append(row.text)
    return Entries(tuple(entries), tuple(spare))


def led_row(row: Row) -> RawEntry | None:
    """Return the entry of a line that ends in its page, None for any other line."""
    found = LED_PAGE.search(row.text[-TAIL:])
    if found is None:
        return None
    title = without_page(row.text)
    return RawEntry(int(found["page"]), (Row(title, row.piece),) if title else ())


def bare_pages(rows: Sequence[Row]) -> dict[int, int]:
    """Return the pages of rows that end in one without any sign before it: two at least, which never go back."""
    found = {
        k: int(page["page"]) for k, row in enumerate(rows[:MOST_LINES]) if (page := BARE_PAGE.search(row.text[-TAIL:]))
    }
    pages = list(found.values())
    return found if len(pages) > 1 and pages == sorted(pages) else {}


def without_page(text: str) -> str:
    """Return a line of the contents without the page at its end."""
    tail = text[-TAIL:]
    found = LED_PAGE.search(tail) or BARE_PAGE.search(tail)
    return text[: len(text) - len(tail) + found.start()].rstrip(" .") if found else text


def entries_by_leaders(rows: Sequence[Row]) -> Entries:
    """Return the entries whose page stands at the end of their line, or that have none.

    A line after the page that names people belongs to that entry; any other begins the next one.
    """
    entries: list[RawEntry] = []
    waiting: list[Row] = []
    signed = False  # the last entry has its names
    spare: list[str] = []
    led_rows = [led_row(row) for row in rows[:MOST_LINES]]
    bare = {} if any(led_rows) else bare_pages(rows)
    for k, (row, leads) in enumerate(zip(rows, led_rows, strict=False)):
        led = RawEntry(bare[k], (Row(without_page(row.text), row.piece),)) if k in bare else leads
        if led is not None:
            whole = (*waiting, *led.rows)
            entries.append(RawEntry(led.page, whole[-MOST_ROWS:]))
            spare += (row.text for row in whole[:-MOST_ROWS])
            waiting = []
            signed = False
        elif entries and not (waiting or signed) and len(entries[-1].rows) < MOST_ROWS and read_byline(row.text):
            entries[-1] = RawEntry(entries[-1].page, (*entries[-1].rows, row))
            signed = not row.text.endswith(",")
        else:
            waiting.append(row)
    entries += (RawEntry(None, (row,)) for row in waiting)
    spare += (row.text for entry in entries[MOST_ENTRIES:] for row in entry.rows)
    return Entries(tuple(entries[:MOST_ENTRIES]), (*spare, *(row.text for row in rows[MOST_LINES:])))


def without_sections(entries: Sequence[RawEntry], titles: Sequence[str]) -> Iterator[tuple[RawEntry, bool]]:
    """Yield the entries, a section's name that stands above one apart from it, and which of them are such names.

    Without its first line the entry must be more like an article's title than with it.
    """
    for entry in entries:
        texts = [row.text for row in entry.rows[:MOST_ROWS]]
        alone = closest(texts[1:], titles)
        split = alone >= SAME_TITLE and alone > closest(texts, titles) and not names_lead(texts, titles)
        if split and not title_begins(texts[0]):
            yield RawEntry(None, entry.rows[:1]), True
            yield RawEntry(entry.page, entry.rows[1:]), False
        else:
            yield entry, False


def title_begins(line: str) -> bool:
    """Tell whether a line names authors and goes on with the first words of a title: "Jane Roe: From"."""
    return any(read_byline(before) for before, sign, _ in (line.partition(": "), line.rpartition(", ")) if sign)


def names_lead(texts: Sequence[str], titles: Sequence[str]) -> bool:
    """Tell whether the first line of an entry names its authors, all that follows being a title."""
    rest = folded(joined(texts[1:])[:LONGEST_ENTRY])
    whole = process.extractOne(rest, titles, scorer=fuzz.ratio, score_cutoff=SAME_TITLE)
    return whole is not None and read_byline(texts[0]) is not None


def closest(rows: Sequence[str], titles: Sequence[str]) -> float:
    """Return how like an article's title the first of some lines are, 0-100."""
    cuts = (folded(joined(rows[:cut])[:LONGEST_ENTRY]) for cut in range(1, len(rows) + 1))
    found = (process.extractOne(cut, titles, scorer=fuzz.ratio) for cut in cuts)
    return max((match[1] for match in found if match is not None), default=0.0)


def reconciled(
    entry: RawEntry, titles: Sequence[str], authors: frozenset[str] = frozenset()
) -> tuple[ContentsEntry, int | None]:
    """Return the entry with title and authors apart, and the index of the article it announces.

    The cut is where the text before it is most like an article's title; where it is like none, the last piece (or
    line) that names people are the authors. `titles` and `authors` are those over the articles,
    folded.
    """
    texts = [row.text for row in entry.rows[:MOST_ROWS]]
    cuts = [(joined(texts[:cut]), joined(texts[cut:])) for cut in range(1, len(texts) + 1)]
    if texts and read_byline(texts[0]):
        cuts += [(joined(texts[cut:]), joined(texts[:cut])) for cut in range(1, len(texts))]
    cuts += inline_cuts(joined(texts)) + cuts_before(joined(texts), authors)
    cuts += [cut for title in titles if (cut := contained(joined(texts), title)) is not None]
    best: tuple[float, tuple[str, str], int] = (0.0, ("", ""), 0)
    for cut in cuts:
        # An equal score later on is no better: the first cut and the first title win.
        found = process.extractOne(folded(cut[0][:LONGEST_ENTRY]), titles, scorer=fuzz.ratio, score_cutoff=SAME_TITLE)
        if found is not None and found[1] > best[0]:
            best = (found[1], cut, found[2])
    if best[0] >= SAME_TITLE:
        title, after = best[1]
        if after and read_byline(after) is None and read_byline(texts[-1]):
            # A line about the article stands between its title and its authors.
            title, after = joined(texts[:-1]), texts[-1]
        return with_authors(entry.page, title, after), best[2]
    # A cut between two pieces is likelier than one inside a piece.
    for at in sorted(range(1, len(texts)), key=lambda at: entry.rows[at - 1].piece == entry.rows[at].piece):
        if read_byline(joined(texts[at:])):
            return with_authors(entry.page, joined(texts[:at]), joined(texts[at:])), None
    if len(texts) > 1 and (byline := read_byline(texts[0])) and all(folded(name) in authors for name in byline.names):
        return with_authors(entry.page, joined(texts[1:]), texts[0]), None
    for before, after in (*names_first(joined(texts)), *inline_cuts(joined(texts))):
        byline = read_byline(after)
        if byline and (byline.signed or all(folded(name) in authors for name in byline.names)):
            return with_authors(entry.page, before, after), None
    before, after = next(iter(cuts_before(joined(texts), authors)), (joined(texts), ""))
    return with_authors(entry.page, before, after), None


def inline_cuts(text: str) -> list[tuple[str, str]]:
    """Return the ways to read one line as title and authors: "Title, Author", "Title \u2014 Author", "Author: Title"."""
    found: list[tuple[str, str]] = []
    for sign in (" by ", " \u2014 ", " \u2013 ", " | ", " / ", ", "):
        at = text.find(sign)
        # Several authors hold the sign themselves, so the first place that leaves only names counts.
        for _ in range(MOST_ROWS):
            if at < 0:
                break
            after = text[at + 1 :].lstrip() if sign == " by " else text[at + len(sign) :]
            if at and read_byline(after):
                found.append((text[:at], after))
                break
            at = text.find(sign, at + 1)
    before, _, after = text.partition(": ")
    if after and read_byline(before):
        found.append((after, before))
    return found


def names_first(text: str) -> list[tuple[str, str]]:
    """Return the ways to read one line as names and a title after a comma, as title and names; most names first."""
    found: list[tuple[str, str]] = []
    at = text.find(", ")
    while at >= 0 and len(found) < MOST_ROWS:
        found.append((text[at + 2 :], text[:at]))
        at = text.find(", ", at + 1)
    return [cut for cut in reversed(found) if cut[0] and read_byline(cut[1])]


def cuts_before(text: str, authors: frozenset[str]) -> list[tuple[str, str]]:
    """Return the ways to read one line as title and the known authors after it, with nothing but a blank between."""
    spaces = [at for at, character in enumerate(text) if character == " "][-MOST_NAME_WORDS:]
    cuts = [(text[:at], text[at + 1 :]) for at in spaces]
    named = [(cut, byline) for cut in cuts if cut[1][:1].isalpha() and (byline := read_byline(cut[1]))]
    known = (cut for cut, byline in named if all(folded(name) in authors for name in byline.names))
    return [cut for cut in known if cut[0][-1:].isalnum() or cut[0].endswith(("?", "!"))]


def with_authors(page: int | None, title: str, authors: str) -> ContentsEntry:
    """Return an entry; a line after the title that names nobody stays with the title, so that nothing is lost."""
    title = LEFT_BEHIND.sub("", title)
    if not authors:
        return ContentsEntry(page, title)
    byline = read_byline(authors)
    if byline is None:
        return ContentsEntry(page, f"{title} {authors}")
    return ContentsEntry(page, title, byline.names)
