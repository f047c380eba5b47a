"""Pull quotes: a few large lines that stand in the running text, over it or between its columns, and belong to no sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.layout.cutouts import Cutout, around, overlap, segments, without
from monitor.ingest.layout.lines import ends_sentence
from monitor.ingest.pdf.typefaces import SAME_SIZE, are_alike, type_of
from monitor.ingest.pdf.words import Row, is_bold, is_italic
from monitor.ingest.structure.looks import is_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.ingest.layout.cutouts import Painted
    from monitor.ingest.pdf.printed_page import Box
    from monitor.ingest.pdf.typefaces import Type

LARGE = 1.12  # of the body's size
LEADING = 1.75  # of the size: lines of one quotation stand no farther from each other
LEAST_WORDS, SURE_WORDS, MOST_WORDS = 4, 8, 90
LONG_WORDS = 10  # more than a centred head within an article has
NAMEPLATE = 1.3  # of the body's size: below letters so large stands a tagline
DISPLAY = 1.2  # of the body's size: larger than heads
TALLEST = 2.6  # of the body's size: letters larger are titles' and initials'
BESIDE = 3.0  # of the quotation's size: what stands above or below it is looked for so far
SAME_LINE = 2.0  # points between the baselines of parts of one line
OPENING = "\u201c\u201e\u00ab\"\u2018'"
CLOSING = "\u201d\u201c\u00bb\"\u2019'"
DOUBLE_OPENING, DOUBLE_CLOSING = '\u201c\u201e\u00ab"', '\u201d\u00bb"'
WORD = re.compile(r"[^\W\d_]{2,40}")
ATTRIBUTION = re.compile(r"^[\u2014\u2013\u2015-] ?\S")
ASKS = ("?", "!")
IN_NAMES = frozenset(
    [
        "by",
        "and",
        "al",
        "el",
        "bin",
        "ibn",
        "ur",
        "van",
        "der",
        "den",
        "ter",
        "de",
        "da",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "von",
        "zu",
        "af",
        "y",
        "et",
        "und",
    ]
)


@dataclass(slots=True)
class _Block:
    """Large lines below each other, set alike."""

    rows: list[Row]
    kind: Type
    slanted: bool
    bold: bool
    begun: int = 0  # rows in the column where it begins, if it goes on in the next one

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)


def pull_quotes(rows: Sequence[Row], painted: Painted, body: Type, *, front: bool) -> tuple[list[Row], list[Cutout]]:
    """Part a page's rows into those of its text and its pull quotes; `front` says that it is the issue's first page."""
    parts = [part for row in sorted(rows, key=lambda row: row.base) for part in segments(row)]
    found: list[Cutout] = []
    gone: list[Row] = []
    for block in _mended(_blocks(parts, body)):
        if _is_pull_quote(block, parts, painted, body, front=front):
            block.rows += _attribution(block, parts, body)
            place = around(block.rows[: block.begun] if block.begun else block.rows)
            found.append(Cutout("pullquote", place, tuple(block.rows)))
            if block.begun:
                found.append(Cutout("picture", around(block.rows[block.begun :])))
            gone += block.rows
    return without(rows, gone), found


def _blocks(parts: Sequence[Row], body: Type) -> list[_Block]:
    """Return the page's large lines, those together that follow each other and are set alike."""
    done: list[_Block] = []
    growing: list[_Block] = []
    for part in parts:
        if not LARGE * body.size <= part.size <= TALLEST * body.size:
            continue
        kind = type_of(part.words)
        if kind.size < LARGE * body.size:
            continue  # one large sign in a line of text
        slanted, bold = _most(part, is_italic), _most(part, is_bold)
        growing = [block for block in growing if part.base - block.rows[-1].base <= LEADING * block.kind.size]
        for block in growing:
            alike = are_alike(kind, block.kind) and (slanted, bold) == (block.slanted, block.bold)
            if alike and overlap(part, around(block.rows)) > 0:
                block.rows.append(part)
                break
        else:
            growing.append(_Block([part], kind, slanted, bold))
            done.append(growing[-1])
    return done


def _mended(blocks: list[_Block]) -> list[_Block]:
    """Put quotations together that the end of a column cuts: one part opens the quotation marks, one closes them."""
    done: list[_Block] = []
    for block in sorted(blocks, key=lambda block: block.rows[0].x0):
        opened = next((one for one in done if _goes_on(one, block)), None)
        if opened:
            opened.begun = len(opened.rows)
            opened.rows += block.rows
        else:
            done.append(block)
    return done


def _goes_on(one: _Block, other: _Block) -> bool:
    """Tell whether a quotation that opens goes on at the top of a column farther right."""
    first, last = one.text, other.text
    opens = first[0] in DOUBLE_OPENING and not any(mark in first[1:] for mark in DOUBLE_CLOSING)
    closes = last.rstrip(".,;")[-1:] in DOUBLE_CLOSING and last[0] not in DOUBLE_OPENING
    alike = are_alike(one.kind, other.kind) and (one.slanted, one.bold) == (other.slanted, other.bold)
    beside = other.rows[0].x0 > max(row.x1 for row in one.rows) and other.rows[0].base < one.rows[0].base
    return opens and closes and alike and beside and not one.begun


def _most(row: Row, test: Callable[[str], bool]) -> bool:
    return 2 * sum(len(w.text) for w in row.words if test(w.font)) > sum(len(w.text) for w in row.words)


def _is_pull_quote(block: _Block, parts: Sequence[Row], painted: Painted, body: Type, *, front: bool) -> bool:
    """Tell a pull quote from a title by its words, its type and what it stands between."""
    text = block.text
    count = len(text.split())
    closes = not front and _only_closes(text)
    if count > MOST_WORDS or len(WORD.findall(text[:400])) < (1 if closes else LEAST_WORDS) or "=" in text:
        return False
    quoted = text[0] in OPENING and text.rstrip(".,;").endswith(tuple(CLOSING))
    stopped = ends_sentence(text) and not text.rstrip(CLOSING).endswith((":", *ASKS))
    above, below = _neighbour(block, parts, up=True), _neighbour(block, parts, up=False)
    if below and _is_byline(below, body) and not quoted:
        return False
    # A title stands over its text; a quotation stands in it, or at the top of a column that goes on.
    inside = (above is not None and _is_text(above, body)) or (above is None and not front)
    ruled = _is_ruled(around(block.rows), painted, block.kind.size)
    nameplate = front and above is not None and above.size > NAMEPLATE * body.size
    if below is not None and not _is_text(below, body):
        named = _is_byline(below, body)
        return quoted and (stopped or not (front or named)) and not nameplate
    if above is None and closes:
        return True
    if (quoted or (ruled and (stopped or block.slanted) and not block.bold)) and not nameplate:
        return True
    if not inside:
        return False
    if stopped and (block.slanted or not block.bold):
        return True
    held = above is not None or below is not None or _is_last(block, parts, body)
    if block.bold and held and _is_centred(block) and count >= LONG_WORDS:
        return True
    if block.bold:
        return (stopped or ruled) and count >= SURE_WORDS and (ruled or interrupts(above, below))
    if (
        below is not None
        and block.kind.size >= DISPLAY * body.size
        and (ruled or _is_centred(block))
        and is_sentence(text)
    ):
        return True
    return (block.slanted and count >= SURE_WORDS) or (ruled and stopped) or interrupts(above, below)


def _only_closes(text: str) -> bool:
    """Tell whether a text closes quotation marks that it does not open: the rest of a quotation that a page's end breaks."""
    text = text.rstrip(".,;")
    return text.endswith(tuple(DOUBLE_CLOSING)) and not any(mark in text[:-1] for mark in DOUBLE_OPENING)


def _is_last(block: _Block, parts: Sequence[Row], body: Type) -> bool:
    """Tell whether no running text stands below a block, wherever in its column: no title is left so."""
    place = around(block.rows)
    return not any(part.top >= place.bottom and overlap(part, place) > 0 and _is_text(part, body) for part in parts)


def _is_centred(block: _Block) -> bool:
    """Tell whether the lines of a block, two or more, have one middle and no edge in common."""
    middles = [(row.x0 + row.x1) / 2 for row in block.rows]
    starts = [row.x0 for row in block.rows]
    return max(middles) - min(middles) <= SAME_LINE and max(starts) - min(starts) > 2 * SAME_LINE


def interrupts(above: Row | None, below: Row | None) -> bool:
    """Tell whether a sentence goes on from the line above to the line below."""
    return above is not None and below is not None and not ends_sentence(above.text) and below.text[:1].islower()


def _neighbour(block: _Block, parts: Sequence[Row], *, up: bool) -> Row | None:
    """Return the nearest line above or below a block that stands over it or under it."""
    place = around(block.rows)
    reach = BESIDE * block.kind.size
    if up:
        near = [p for p in parts if -1 <= place.top - p.bottom <= reach and overlap(p, place) > 0]
        nearest = max((p.base for p in near), default=0.0)
    else:
        near = [p for p in parts if -1 <= p.top - place.bottom <= reach and overlap(p, place) > 0]
        nearest = min((p.base for p in near), default=0.0)
    # A loose line of text is in several parts.
    words = [word for p in near if abs(p.base - nearest) <= SAME_LINE for word in p.words]
    return Row(words) if words else None


def _is_text(row: Row, body: Type) -> bool:
    """Tell whether a line is one of running text."""
    return are_alike(type_of(row.words), body) and not _most(row, is_bold)


def _is_byline(row: Row, body: Type) -> bool:
    """Tell whether a line below a large one names authors: short, and no sentence."""
    words = [word for word in row.text.split() if word[:1].isalpha()]
    names = sum(word[0].isupper() or word.casefold() in IN_NAMES for word in words)
    return len(words) <= 10 and names == len(words) and not ends_sentence(row.text)


def _is_ruled(place: Box, painted: Painted, size: float) -> bool:
    """Tell whether a rule stands close above a block, and one close below."""
    level = [r for r in painted.rules if r.x1 - r.x0 > r.bottom - r.top and min(r.x1, place.x1) > max(r.x0, place.x0)]
    above = any(-2 <= place.top - rule.bottom <= 2 * size for rule in level)
    return above and any(-2 <= rule.top - place.bottom <= 2 * size for rule in level)


def _attribution(block: _Block, parts: Sequence[Row], body: Type) -> list[Row]:
    """Return the line below a quotation that says whose it is."""
    below = _neighbour(block, parts, up=False)
    near = below is not None and below.top - block.rows[-1].bottom <= block.kind.size
    if below is None or not near or not ATTRIBUTION.match(below.text):
        return []
    other = (
        abs(below.size - body.size) > SAME_SIZE or not are_alike(type_of(below.words), body) or _most(below, is_italic)
    )
    return [below] if other else []
