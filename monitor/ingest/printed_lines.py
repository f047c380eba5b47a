"""The lines of a text file, and which of them belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
BULLET = re.compile(r"[ \t]{0,12}[-*+\u2022\u25aa\u25e6][ \t]+(?=\S)(?!\d{1,4} ?[-\u2013\u2014] ?$)")
FOOTNOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s\[]{1,40})\]:[ \t]*")
LABEL = re.compile(r"[ ]{0,3}(?:\[(\d{1,3})\]\.?|(\d{1,3})[.)])[ \t]+(?=\S)")
TABLE_RULE = re.compile(r"[ \t]{0,3}\|?[ \t]{0,20}:?-{3,200}:?[ \t]{0,20}\|[-:| \t]{0,500}$")
EMPHASISED = re.compile(r"[ \t]{0,3}(\*{1,3}|_{1,3})(?=\S)[^*_\n]{1,200}\1[ \t]{0,20}$")
INDENT = re.compile(r"(?:[ ]{2,12}|\t)(?=\S)")
# No line is wrapped by hand at this width: a run that holds such a line has one paragraph to a line.
WIDEST_WRAP = 160
NOTES_LINES = frozenset({"notes", "endnotes", "footnotes", "references", "notes:", "endnotes:", "references:"})


@dataclass(frozen=True, slots=True)
class Line:
    """Code points `start:end` of the file, without the line end; `number` counts from 1."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that make one piece. `skips` are the lengths of what stands before each line's own text."""

    lines: tuple[Line, ...]
    skips: tuple[int, ...]
    kind: str | None = None  # "quote", "list", "footnote", "table"
    level: int | None = None


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text; a form feed ends a line and leaves a blank one, as a page break does."""
    lines: list[Line] = []
    number, at = 1, 0
    for found in LINE_END.finditer(text):
        lines.append(Line(number, at, found.start(), text[at : found.start()]))
        if found.group() == "\x0c":
            lines.append(Line(number, found.start(), found.start(), ""))
        else:
            number += 1
        at = found.end()
    lines.append(Line(number, at, len(text), text[at:]))
    return lines


def runs_of(lines: Sequence[Line]) -> Iterator[Run]:
    """Yield the runs of a text in order; every line with a letter in it is in exactly one."""
    group: list[Line] = []
    for line in (*lines, None):
        if line is not None and line.text.strip(" \t\u00a0\ufeff\u200b\x00"):
            group.append(line)
            continue
        if group:
            yield from parts_of(group)
        group = []


def parts_of(group: list[Line]) -> Iterator[Run]:
    """Yield the runs within lines that no blank line parts."""
    if len(group) > 1 and TABLE_RULE.match(group[1].text[:800]) and "|" in group[0].text:
        yield Run((group[0], *group[2:]), (0,) * (len(group) - 1), "table")
        return
    one_each = len(group) > 1 and any(len(line.text) > WIDEST_WRAP for line in group)
    taken: list[Line] = []
    begun: Run | None = None
    for line in group:
        bar = rule_mark(line.text)
        new = None if bar else beginning(line, begun, taken)
        stays = begun is not None and not bar and not new and not one_each and not begins_paragraph(line, begun, taken)
        if stays:
            taken.append(line)
            continue
        if begun:
            # A short line underlined is a heading in Markdown; the bar under a paragraph only parts it from the next.
            underlined = bar in {"=", "-"} and len(taken) == 1 and begun.kind is None and begun.level is None
            yield filled(replace(begun, level=1 if bar == "=" else 2) if underlined else begun, taken)
        begun, taken = (None, []) if bar else (new or Run((line,), (0,)), [line])
    if begun:
        yield filled(begun, taken)


def filled(begun: Run, taken: list[Line]) -> Run:
    """Return the run with all its lines."""
    skips = (quote_width(line) if begun.kind == "quote" else 0 for line in taken[1:])
    return replace(begun, lines=(*begun.lines, *taken[1:]), skips=(*begun.skips, *skips))


def rule_mark(text: str) -> str | None:
    """Return the character a line is ruled with ("---", "* * *", "```"), None for any other line."""
    bare = text.replace(" ", "").replace("\t", "")
    if len(bare) >= 3 and bare[0] in "-=*_`" and not bare.strip(bare[0]):
        return bare[0]
    return None


def quote_width(line: Line) -> int:
    """Return how many code points of a line are the sign of a quotation."""
    sign = QUOTE.match(line.text)
    return sign.end() if sign else 0


def beginning(line: Line, run: Run | None, taken: Sequence[Line]) -> Run | None:
    """Return the run that a line opens by its first characters, None where it opens nothing."""
    if sign := HEADING.match(line.text):
        return Run((unhashed(line),), (sign.end(),), level=len(sign[1]))
    if sign := FOOTNOTE.match(line.text):
        return Run((line,), (sign.end(),), "footnote")
    if sign := QUOTE.match(line.text):
        return Run((line,), (sign.end(),), "quote") if run is None or run.kind != "quote" else None
    free = run is None or run.kind is not None or run.level is not None
    if (sign := BULLET.match(line.text)) and (free or taken[-1].text.rstrip().endswith(":")):
        return Run((line,), (sign.end(),), "list")
    if run is not None and next_label(line, run):
        return Run((line,), (0,))
    return None


def unhashed(line: Line) -> Line:
    """Return a heading's line without the signs that may close it."""
    text = line.text.rstrip(" \t")
    bare = text.rstrip("#")
    return replace(line, end=line.start + len(bare.rstrip()), text=bare.rstrip()) if bare.endswith(" ") else line


def next_label(line: Line, run: Run) -> bool:
    """Tell whether a line is labelled as the note or item after the one that the run holds."""
    label = LABEL.match(line.text)
    if label is None:
        return False
    first = LABEL.match(run.lines[0].text)
    if first is None:
        return run.lines[0].text.strip(" \t*#").casefold() in NOTES_LINES
    return int(label[1] or label[2]) == int(first[1] or first[2]) + 1


def begins_paragraph(line: Line, run: Run, taken: Sequence[Line]) -> bool:
    """Tell whether a line without a sign of its own leaves the paragraph before it."""
    if run.level is not None:
        return True
    if EMPHASISED.match(line.text[:240]) or EMPHASISED.match(taken[-1].text[:240]):
        return True
    if run.kind is not None or not INDENT.match(line.text) or INDENT.match(taken[-1].text):
        return False
    if LABEL.match(run.lines[0].text):
        # The lines after a label hang under its text.
        return False
    return taken[-1].text.rstrip().endswith((".", "!", "?", '"', "\u201d", "]"))
