"""Footnotes at the foot of a page: small lines from the first that begins with a number or sign to the column's end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from monitor.ingest.layout.line_groups import NOTES_HEADING, OTHER_SIZE
from monitor.ingest.layout.lines import ends_sentence
from monitor.ingest.layout.pitches import PITCH_MOST
from monitor.ingest.structure.looks import breaks_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.layout.lines import Line
    from monitor.ingest.pdf.printed_page import Rule

SMALL = 0.92  # of the body's size: footnotes are set smaller
SMALLER = 0.25  # points: below a rule a smaller difference is enough
UPPER = 0.4  # of the page's height: footnotes stand below it
SAME_SIZE = 0.6  # points
RULE_ABOVE = 2.0  # of the size: how far the rule over footnotes stands from them
SMALL_MARKER = 0.78  # of the body's size: raised numbers are set smaller
LONGEST_REST = 12  # lines
LONGEST_NUMBER = 3  # digits
UNDERLINE = 4.0  # points below a baseline: a rule so near is an underline
OUT_OF_LINE = 6.0  # points: the rule over footnotes begins where their column does
NUMBERED = re.compile(r"^(\d{1,3})(\.?) (?=\S)")
SIGNED = re.compile(r"^(?:\*{1,3}|[\u2020\u2021\u00a7\u00b6]{1,2}) ?(?=\S)")


@dataclass(slots=True)
class Before:
    """What the pages before have left open."""

    endnotes: bool = False  # the notes of an article go on: small numbered lines are theirs
    footnote: bool = False  # the last footnote lacks its end
    last: Line | None = None  # of that footnote
    gutters: list[tuple[float, float]] = field(default_factory=list)  # of the columns, from x0 to x1 in points


@dataclass(frozen=True, slots=True)
class Footnotes:
    """A page's lines without its footnotes, and these one by one; the first may go on one of the page before."""

    lines: tuple[Line, ...]
    notes: tuple[tuple[Line, ...], ...]


def without_footnotes(
    lines: Sequence[Line], body: float, height: float, before: Before | None = None, rules: Sequence[Rule] = ()
) -> Footnotes:
    """Part one page's footnotes from its text; `body` is the issue's commonest size, `height` the page's, in points.

    `before` is brought up to date for the next page.
    """
    before = before or Before()
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    kept: list[Line] = []
    notes: list[tuple[Line, ...]] = []
    level = [rule for rule in rules if rule.x1 - rule.x0 > rule.bottom - rule.top]
    goes_on = before.footnote
    for column in columns.values():
        ruled = _ruled(column, body, height, level)
        start = ruled if ruled is not None and _is_zone(column[ruled:], goes_on=goes_on) else None
        if start is None:
            start = len(column) if _in_endnotes(column, before, body) else _zone(column, body, height)
        last = notes[-1][-1] if notes else before.last
        if start == len(column) and notes and _are_below(column, notes[-1][-1]):
            start = 0
        if start == len(column) and goes_on and last:
            start = _rest(column, last, body, height)
        _follow_endnotes(column[:start], before, body)
        kept += column[:start]
        notes += _parted(column[start:])
        goes_on = bool(notes) and breaks_off(notes[-1][-1].text)
    before.footnote = goes_on
    before.last = notes[-1][-1] if notes else before.last
    return Footnotes(tuple(kept), tuple(notes))


def _are_below(column: Sequence[Line], last: Line) -> bool:
    """Tell whether lines go on right below a footnote, set like it: more notes over all columns, parted by their widths."""
    near = 0 < column[0].base - last.base <= RULE_ABOVE * last.style.size
    return near and all(_is_set_like(line, last) for line in column)


def with_lone_markers(lines: Sequence[Line], body: float) -> list[Line]:
    """Return lines in which a raised number that the typesetter left alone on a line ends the line before it."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before and before.column == line.column and _is_lone_marker(line, before, body):
            marker = line.words[0]._replace(marker=True, glued=True)
            found[-1] = replace(before, words=(*before.words, marker), text=f"{before.text}[{marker.text}]")
        else:
            found.append(line)
    return found


def _is_lone_marker(line: Line, before: Line, body: float) -> bool:
    word = line.words[0]
    alone = len(line.words) == 1 and word.text.isdecimal() and len(word.text) <= LONGEST_NUMBER
    near = 0 < word.base - before.base < PITCH_MOST * body and before.style.size > SMALL * body
    return alone and near and word.size < SMALL_MARKER * body


def _in_endnotes(column: Sequence[Line], before: Before, body: float) -> bool:
    """Tell whether a column ends in the notes of an article, under their heading or going on from the column before."""
    after = Before(before.endnotes)
    _follow_endnotes(column, after, body)
    return after.endnotes


def _follow_endnotes(lines: Sequence[Line], before: Before, body: float) -> None:
    """Bring up to date whether endnotes are open: their heading opens them, larger lines after them close them."""
    for line in lines:
        if NOTES_HEADING.match(line.text):
            before.endnotes = True
        elif before.endnotes and line.style.size > body + OTHER_SIZE:
            before.endnotes = False


def _ruled(column: Sequence[Line], body: float, height: float, rules: Sequence[Rule]) -> int | None:
    """Return where a column goes on in smaller type below a rule, None where it has no such place.

    Several rules may stand among notes: the highest one parts them from the text.
    """
    found = None
    for at in range(len(column) - 1, -1, -1):
        line = column[at]
        if line.style.size > body - SMALLER or line.base < UPPER * height:
            break
        above = column[at - 1] if at else None
        if any(_parts(rule, above, line, body) for rule in rules):
            found = at
    return found


def _parts(rule: Rule, above: Line | None, line: Line, body: float) -> bool:
    """Tell whether a rule stands close above a line of its column, and below the line before without underlining it."""
    if not (rule.bottom <= line.top + 3 and line.top - rule.bottom < RULE_ABOVE * body):
        return False
    if rule.x0 > line.x1 or rule.x1 < line.x0 or rule.x0 > line.edges.left + OUT_OF_LINE:
        return False
    if above is None:
        return True
    underlined = rule.top - above.base < UNDERLINE and above.x0 - 1 <= rule.x0 and rule.x1 <= above.x1 + 1
    return rule.top >= above.base - 1 and not underlined


def _is_zone(lines: Sequence[Line], *, goes_on: bool) -> bool:
    """Tell whether the lines below a rule are footnotes: one begins with a label, or they go on one.

    A rule may stand over a biography too, with the article's notes under a heading of their own.
    """
    if any(NOTES_HEADING.match(line.text) for line in lines):
        return False
    first = lines[0]
    labelled = _is_label(first, raised=False) or any(line.words[0].marker for line in lines)
    return labelled or (goes_on and not first.text[:1].isupper()) or any(NUMBERED.match(line.text) for line in lines)


def _zone(column: Sequence[Line], body: float, height: float) -> int:
    """Return where the footnotes of a column begin, its length where it has none."""
    start = len(column)
    for at in range(len(column) - 1, -1, -1):
        line = column[at]
        if line.style.size > SMALL * body or line.style.bold or line.base < UPPER * height:
            break
        start = at
    # A column of nothing but small print is no foot of anything, unless raised numbers lead its lines.
    labels = [at for at in range(start, len(column)) if _is_label(column[at], raised=start == 0)]
    return start if labels and _alike(column[start : labels[0] + 1]) else len(column)


def _rest(column: Sequence[Line], last: Line, body: float, height: float) -> int:
    """Return where the rest of a note begins at a column's foot, its length where it has none; `last` is what it goes on."""
    start = len(column)
    while start and _is_set_like(column[start - 1], last) and column[start - 1].base > UPPER * height:
        start -= 1
    own = last.style.size <= SMALL * body and len(column) - start <= LONGEST_REST
    return start if own and 0 < start < len(column) and column[start - 1].style.size > SMALL * body else len(column)


def _is_set_like(line: Line, last: Line) -> bool:
    alike = abs(line.style.size - last.style.size) <= SMALLER and line.style.family == last.style.family
    return alike and not line.style.bold


def _is_label(line: Line, *, raised: bool) -> bool:
    if line.words[0].marker:
        return True
    return not raised and (NUMBERED.match(line.text) or SIGNED.match(line.text)) is not None


def _alike(lines: Sequence[Line]) -> bool:
    """Tell whether the lines before the first number could be the end of a note from the page before."""
    return all(abs(line.style.size - lines[-1].style.size) <= SAME_SIZE for line in lines)


def _parted(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    notes: list[list[Line]] = []
    raised = any(line.words[0].marker for line in lines)
    stopped = any(found[2] for line in lines if (found := NUMBERED.match(line.text)))
    for line in lines:
        before = notes[-1] if notes else None
        if before is None or (_is_label(line, raised=raised) and not _counts(line, before, stopped=stopped)):
            notes.append([])
        notes[-1].append(line)
    return [tuple(note) for note in notes]


def _counts(line: Line, note: Sequence[Line], *, stopped: bool) -> bool:
    """Tell whether a bare number that begins a line of a note is one of its words: "within | 235 miles".

    It is where other notes' numbers have a stop, or where it goes on a sentence and is not the next note's.
    """
    found = NUMBERED.match(line.text)
    if line.words[0].marker or found is None or found[2]:
        return False
    own = NUMBERED.match(note[0].text)
    follows = own is None or int(found[1]) == int(own[1]) + 1
    return not ends_sentence(note[-1].text) and (stopped or not follows or line.text[found.end() :][:1].islower())
