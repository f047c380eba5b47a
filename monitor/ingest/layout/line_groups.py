"""Lines to paragraphs: where a new one begins, and which go on in the next column or on the next page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.layout.blanks import is_spread, usual_blanks
from monitor.ingest.layout.lines import Line, ends_sentence, half_points
from monitor.ingest.layout.pitches import USUAL_PITCH, Pitch, pitches_of
from monitor.ingest.pdf.typefaces import design_of
from monitor.ingest.pdf.words import is_bold
from monitor.ingest.structure.looks import BEFORE_NAMES, begins_lower, ends_in_abbreviation, last_word

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

WIDE_GAP = 1.28  # of the pitch: a paragraph of its own
TALL = 2.0  # of the pitch: farther no tall letters push a line down
SOME_GAP = 1.10  # of the pitch: a paragraph if the line before could have been longer
INDENT_LEAST, INDENT_MOST = 0.5, 3.2  # of the size: a first line
OTHER_SIZE = 0.8  # points
BEYOND = 6.0  # points by which a line stands out of a column that is not its own
CENTRED = 2.0  # points
UNSTRETCHED, STRETCHED = 1.5, 0.3  # points from a justified column's edge
WORD_SPACE = 0.28  # of the size
SHORT = 0.25  # of the column's width: so much room left, and a line is short
OVER = 1.5  # of a column's width: what has so much for itself stands over columns
LONGEST_HEAD = 9  # words of a head that runs into the text
AFTER_HEAD = (".", ":", "?", "!")
LONG = 0.6  # of the column's width: a line of running text, not of a title
NOTES_HEADING = re.compile(r"^(?:end|foot)?notes?(?: and references)?:?$|^references:?$|^sources:?$", re.IGNORECASE)
MARKER = re.compile(r"^(?:\[\d{1,3}\]){1,6}")
WITHIN = "(,;"  # nothing begins with these
AWAITS = (",", ";", "(", "-")  # nothing ends with these
AFTER_MARKER = (".", ",", ";", ")")
GO_ON = "the a an of for and or in on at by to with from that which who whose as its their his"
OPEN_WORDS = frozenset(GO_ON.split())  # nothing ends with these
KEY = re.compile(r"^(?:\[[^\[\]]{1,30}\]|\(?\w{1,4}[.)])$")  # of a work in a list, alone on its line
LABEL = re.compile(r"^(?:\[(\d{1,3})\]\.?|(\d{1,3})\.)(?: |$)")


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines that belong together; `continues` says whether they go on the paragraph before (None: cannot tell)."""

    lines: tuple[Line, ...]
    continues: bool | None = None


def line_groups(lines: Sequence[Line], early: Collection[int] = ()) -> list[LineGroup]:
    """Return the paragraphs of the issue's lines, which come in reading order.

    `early` are the ids of lines after which their column has room left.
    """
    pitches = pitches_of(lines, _is_forced)
    body = max(pitches, key=lambda size: (pitches[size].lines, size), default=0.0)
    blanks = usual_blanks(lines)
    found: list[LineGroup] = []
    open_lines: list[Line] = []
    continues: bool | None = None
    notes = _NoteLabels()
    for line in lines:
        before = open_lines[-1] if open_lines else None
        labelled = notes.begins(line)
        if before is None:
            open_lines = [line]
        elif before.column != line.column:
            found.append(LineGroup(tuple(open_lines), continues))
            open_lines = [line]
            ended = labelled or (
                id(before) in early and _is_white_house(before, pitches) and _may_part(found[-1].lines, line)
            )
            within = _is_open(found[-1].lines) or is_spread(before, blanks)
            continues = not ended and _goes_on(before, line, in_notes=notes.inside, within=within)
        elif labelled or _begins(open_lines, line, pitches, in_notes=notes.inside) or _is_over(open_lines, line, body):
            found.append(LineGroup(tuple(open_lines), continues))
            open_lines, continues = [line], False
        else:
            open_lines.append(line)
    if open_lines:
        found.append(LineGroup(tuple(open_lines), continues))
    return found


class _NoteLabels:
    """Follows the notes' numbers: after a Notes heading, the next number at a line's start begins a note."""

    def __init__(self) -> None:
        self.inside = False
        self._last = 0
        self._size = 0.0

    def begins(self, line: Line) -> bool:
        """Tell whether `line` begins a note."""
        if NOTES_HEADING.match(line.text):
            self.inside, self._last, self._size = True, 0, 0.0
            return False
        if self.inside and not self._size:
            self._size = line.style.size  # whatever its label looks like, what stands below the heading is a note
        found = LABEL.match(line.text) if self.inside else None
        if found and int(found[1] or found[2]) == self._last + 1:
            self._last, self._size = self._last + 1, line.style.size
            return True
        # Something set larger than the notes is what comes after them.
        if self._size and line.style.size > self._size + OTHER_SIZE:
            self.inside = False
        return False


def _is_white_house(line: Line, pitches: dict[float, Pitch]) -> bool:
    """Tell whether paragraphs set like a line are parted by white: where they are indented, the indent tells."""
    pitch = pitches.get(half_points(line.style.size))
    return pitch is not None and pitch.paragraphs is not None


def _may_part(open_lines: Sequence[Line], line: Line) -> bool:
    """Tell whether a sentence has ended, all brackets are closed, and the next line begins with a capital."""
    text = " ".join(one.text for one in open_lines[-3:])
    closed = text.count("(") <= text.count(")")
    return closed and open_lines[-1].ends_sentence and not line.text[:1].islower() and not line.text[:1].isdigit()


def _is_forced(before: Line, line: Line) -> bool:
    """Tell whether a line ends a paragraph of running text, by its stop and the room it leaves."""
    return before.ends_sentence and not _other_style(before, line, loose=True) and _would_fit(before, line)


def _is_over(open_lines: Sequence[Line], line: Line, body: float) -> bool:
    """Tell whether a single short line without a stop is a head or a byline over the text that `line` begins.

    Its break was meant: the next word would have fitted. The lines of a title are broken at will too.
    """
    before = open_lines[0]
    if len(open_lines) > 1 or before.style.size > body + OTHER_SIZE or line.text[:1].islower():
        return False
    if KEY.match(before.text):
        return False
    width = line.edges.right - line.edges.left
    first = _is_first(before) and not _is_centred(before)
    return _short(before) and _would_fit(before, line) and line.x1 - line.x0 > LONG * width and not first


def _is_centred(line: Line) -> bool:
    """Tell whether a line leaves as much of its column free at its left as at its right."""
    return abs((line.x0 - line.edges.left) - (line.edges.right - line.x1)) <= CENTRED


def _begins(open_lines: Sequence[Line], line: Line, pitches: dict[float, Pitch], *, in_notes: bool) -> bool:
    """Tell whether `line` begins a paragraph, below others in the same column."""
    before = open_lines[-1]
    size = half_points(line.style.size)
    pitch = pitches.get(size) or Pitch(USUAL_PITCH * size, 0)
    gap = line.base - before.base
    if gap < 0 or gap > WIDE_GAP * pitch.distance:
        return gap < 0 or gap > TALL * pitch.distance or not _is_pushed_down(before, line)
    loose = gap > SOME_GAP * pitch.distance
    # A title in italics may fill a line of a note, and end in a stop of its own.
    within = in_notes and not loose and line.text[:1] in WITHIN
    alone = len(open_lines) == 1 and _would_fit(before, line)
    if alone and loose and not in_notes and not line.text[:1].islower():
        return True  # a head set like the text
    if not within and _other_style(before, line, loose=loose or alone):
        return True
    ended = before.ends_sentence and last_word(before.text) not in BEFORE_NAMES
    if not ended and (in_notes or not _is_lone_marker(open_lines)):
        return False
    if not in_notes and _is_first(line) and before.indent < INDENT_LEAST:
        return True
    # Two indented lines in turn: paragraphs of one line each.
    if not in_notes and _is_first(line) and _is_first(before) and _would_fit(before, line):
        return True
    return pitch.parts(gap) or (gap > SOME_GAP * pitch.distance and _would_fit(before, line))


def _is_pushed_down(before: Line, line: Line) -> bool:
    """Tell whether a line goes on a full one within a sentence, pushed down by tall letters of another script's font."""
    if before.ends_sentence or _would_fit(before, line) or _other_style(before, line, loose=True):
        return False
    return any(len({design_of(word.font) for word in one.words}) > 1 for one in (before, line))


def _is_lone_marker(lines: Sequence[Line]) -> bool:
    """Tell whether the last line is nothing but a marker behind the end of a sentence."""
    return len(lines) > 1 and MARKER.fullmatch(lines[-1].text) is not None and lines[-2].ends_sentence


def _is_first(line: Line) -> bool:
    return INDENT_LEAST <= line.indent <= INDENT_MOST


def _other_style(before: Line, line: Line, *, loose: bool) -> bool:
    """Tell whether the two lines are set differently.

    One line of a paragraph may be all italic (a long title), so italics count only where the text may end. A head that
    runs into the text makes no line of its own, though most of its line be bold.
    """
    one, other = before.style, line.style
    bold = one.bold and (other.bold or not has_run_in_head(before))
    if abs(one.size - other.size) > OTHER_SIZE or bold != other.bold:
        return True
    loose = loose or before.ends_sentence or _short(before)
    return loose and (one.italic != other.italic or _other_design(before, line))


def _other_design(before: Line, line: Line) -> bool:
    """Tell whether two lines have no design of letters in common."""
    if before.words[0].font == line.words[0].font:
        return False
    return not {design_of(word.font) for word in before.words} & {design_of(word.font) for word in line.words}


def _short(line: Line) -> bool:
    """Tell whether a line leaves much of its column free, on its right or on both sides."""
    free = max(line.edges.right - line.x1, 0.0) + max(line.x0 - line.edges.left, 0.0)
    return free > SHORT * (line.edges.right - line.edges.left)


def _is_stretched(line: Line) -> bool:
    """Tell whether a line of a justified column ends at its very edge."""
    return line.edges.justified and abs(line.edges.right - line.x1) <= STRETCHED


def _would_fit(before: Line, line: Line) -> bool:
    """Tell whether the next line's first word had room on the line before: then the break was meant.

    In a justified column only a paragraph's last line is not stretched to the edge, however long it is.
    """
    if before.edges.justified and before.edges.right - before.x1 > UNSTRETCHED:
        return True
    first = line.words[0]
    width = first.x1 - first.x0
    for word in line.words[1:]:
        if not word.glued:
            break
        width = word.x1 - first.x0
    return before.edges.right - before.x1 > width + WORD_SPACE * line.style.size


def _is_open(lines: Sequence[Line]) -> bool:
    """Tell whether lines end within brackets, or with a word after which something must follow: "for the"."""
    text = " ".join(one.text for one in lines[-3:])
    if ends_sentence(text):
        return False
    return text.rfind("(") > text.rfind(")") or text.rsplit(" ", 1)[-1] in OPEN_WORDS


def _goes_on(before: Line, line: Line, *, in_notes: bool, within: bool) -> bool:
    """Tell whether the paragraph that ends a column goes on at the top of the next; `within` its words it must."""
    marked = MARKER.match(line.text)
    if not in_notes and marked and (before.ends_sentence or line.text[marked.end() :][:1] in AFTER_MARKER):
        return True  # no paragraph begins with a note's number
    if _other_style(before, line, loose=_is_across(before, line)):
        return False
    if before.ends_sentence and has_run_in_head(line):
        return False
    if not before.ends_sentence:
        # Above what stands in a column a text's line is full: a short one is a byline or a head.
        meant = _would_fit(before, line) and (_is_below(before, line) or _short(before))
        # "(see below)" goes on what it explains, and so does a source in brackets.
        lower = line.text[:1].islower() or begins_lower(line.text) or line.text[:1] in WITHIN
        return lower or within or before.text.endswith(AWAITS) or not (meant or _is_over_columns(before, line))
    if last_word(before.text) in BEFORE_NAMES or (begins_lower(line.text) and _is_shortened(before.text)):
        return True  # "Gen." ends nothing
    if _would_fit(before, line):
        return False
    if _is_below(before, line):
        # Something stands between them: there it is mostly where a paragraph ends.
        return line.text[:1].islower() or (within and not _is_first(line))
    return in_notes or not _is_first(line)


def has_run_in_head(line: Line) -> bool:
    """Tell whether a line begins with a few words set bold, with a stop behind them, and goes on plain: a head."""
    bold = [is_bold(word.font) for word in line.words]
    end = bold.index(False) if False in bold else 0
    return 0 < end <= LONGEST_HEAD and not any(bold[end:]) and line.words[end - 1].text.endswith(AFTER_HEAD)


def _is_shortened(text: str) -> bool:
    """Tell whether the stop at the end of a text is a shortened word's: "U.S.", "vol."."""
    return ends_in_abbreviation(text) or last_word(text) in BEFORE_NAMES


def _is_across(before: Line, line: Line) -> bool:
    """Tell whether a line stands above the column that the other begins, and over more than that."""
    beyond = before.x0 < line.edges.left - BEYOND or before.x1 > line.edges.right + BEYOND
    return _is_below(before, line) and beyond


def _is_over_columns(before: Line, line: Line) -> bool:
    """Tell whether a short line stands over columns one of which the other line begins: names."""
    width = line.edges.right - line.edges.left
    if _is_stretched(before):
        return False
    if before.edges.region > OVER * line.edges.region:
        return before.x1 - before.x0 < LONG * before.edges.region
    above = before.page == line.page and line.base > before.base and before.x0 > line.x1
    return above and before.x1 - before.x0 < LONG * width


def _is_below(before: Line, line: Line) -> bool:
    """Tell whether a line stands below another in one column of a page."""
    return before.page == line.page and line.base > before.base and line.x0 < before.x1 and line.x1 > before.x0
