"""The lines of a text file, and which of them belong together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.looks import ends_in_abbreviation, ends_sentence, is_bare
from monitor.ingest.text_file.page_edges import Alone, lines_alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
BULLET = re.compile(r"[ \t]{0,12}[-*+\u2022\u25aa\u25e6][ \t]+(?=\S)(?!\d{1,4} ?[-\u2013\u2014] ?$)")
FOOTNOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s\[]{1,40})\]:[ \t]*")
LABEL = re.compile(
    r"[ ]{0,3}(?:(?:\[(?P<square>\d{1,3})\]\.?|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)])[ \t]+"
    r"|(?P<raised>[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3})[ \t]?)(?=\S)"
)
TABLE_RULE = re.compile(r"[ \t]{0,3}\|?[ \t]{0,20}:?-{3,200}:?[ \t]{0,20}\|[-:| \t]{0,500}$")
EMPHASISED = re.compile(r"[ \t]{0,3}(\*{1,3}|_{1,3})(?=\S)[^*_\n]{1,200}\1[ \t]{0,20}$")
# Pandoc's "{#anchor .class}" after a heading.
ATTRIBUTES = re.compile(r"[ \t]\{[#.][^{}\n]{0,80}\}$")
SENTENCE_END = re.compile(
    r"[.!?\"\u201d\u00bb\])](?:\d{1,3}\)?|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3})?[ \t]{0,20}$"
)
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
    page_break: bool = False  # the empty line that a form feed leaves


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that make one piece. `skips` are the lengths of what stands before each line's own text."""

    lines: tuple[Line, ...]
    skips: tuple[int, ...]
    kind: str | None = None  # "quote", "list", "footnote", "table", "furniture"
    level: int | None = None


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text; a form feed ends a line and leaves a blank one, as a page break does."""
    lines: list[Line] = []
    number, at = 1, 0
    for found in LINE_END.finditer(text):
        lines.append(Line(number, at, found.start(), text[at : found.start()]))
        if found.group() == "\x0c":
            lines.append(Line(number, found.start(), found.start(), "", page_break=True))
        else:
            number += 1
        at = found.end()
    lines.append(Line(number, at, len(text), text[at:]))
    return lines


def runs_of(lines: Sequence[Line]) -> Iterator[Run]:
    """Yield the runs of a text in order; every line with a letter in it is in exactly one."""
    alone = lines_alone(lines)
    unwrapped = is_unwrapped(lines)
    group: list[Line] = []
    for line in (*lines, None):
        shown = line is not None and not is_blank(line)
        apart = alone.get(line.start) if line is not None and shown else None
        if line is not None and shown and apart is None:
            group.append(line)
            continue
        if group:
            yield from parts_of(group, unwrapped=unwrapped)
        group = []
        if line is not None and apart is not None:
            yield run_alone(line, apart)


def run_alone(line: Line, apart: Alone) -> Run:
    """Return the run of a line that stands alone."""
    end = len(line.text) - apart.cut
    return Run((replace(line, end=line.start + end, text=line.text[:end]),), (apart.skip,), apart.kind)


def below_rules(lines: Sequence[Line]) -> frozenset[int]:
    """Return where the lines begin that a rule parts from what stands before; a bar right under a line underlines it."""
    found: set[int] = set()
    ruled = below_blank = False
    for line in lines:
        blank = is_blank(line)
        if not blank and rule_mark(line.text):
            ruled = ruled or below_blank
        elif not blank:
            found |= {line.start} if ruled else set()
            ruled = False
        below_blank = blank
    return frozenset(found)


def is_blank(line: Line) -> bool:
    """Tell whether a line shows nothing."""
    return not line.text.strip(" \t\u00a0\ufeff\u200b\x00")


def is_unwrapped(lines: Sequence[Line]) -> bool:
    """Tell whether the file has one paragraph to a line: most of its letters stand in lines too long for any page."""
    lengths = [len(line.text) for line in lines]
    return 2 * sum(length for length in lengths if length > WIDEST_WRAP) > sum(lengths)


def parts_of(group: list[Line], *, unwrapped: bool = False) -> Iterator[Run]:
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
        parted = one_each or (unwrapped and bool(taken) and is_whole(taken[-1].text))
        if begun is not None and not bar and not new and not parted and not begins_paragraph(line, begun, taken):
            taken.append(line)
            continue
        if begun:
            # A short line underlined is a heading in Markdown; the bar under a paragraph only parts it from the next.
            underlined = bar in {"=", "-"} and len(taken) == 1 and begun.kind is None and begun.level is None
            yield filled(replace(begun, level=1 if bar == "=" else 2) if underlined else begun, taken)
        begun, taken = (None, []) if bar else (new or Run((line,), (0,)), [line])
    if begun:
        yield filled(begun, taken)


def is_whole(text: str) -> bool:
    """Tell whether a line of a file with one paragraph to a line is a paragraph and no part of a title."""
    return ends_sentence(text) and not ends_in_abbreviation(text) and not is_bare(text.strip())


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
    if attributes := ATTRIBUTES.search(text[-100:]):
        text = text[: len(text) - len(attributes.group())].rstrip(" \t")
        line = replace(line, end=line.start + len(text), text=text)
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
    return number_in(label) == number_in(first) + 1


def number_in(label: re.Match[str]) -> int:
    """Return the number that a label prints."""
    return int(unicodedata.normalize("NFKC", label[label.lastgroup or 0]))


def begins_paragraph(line: Line, run: Run, taken: Sequence[Line]) -> bool:
    """Tell whether a line without a sign of its own leaves the paragraph before it."""
    if run.level is not None:
        return True
    if EMPHASISED.match(line.text[:240]) or EMPHASISED.match(taken[-1].text[:240]):
        return True
    if run.kind is not None or not INDENT.match(line.text):
        return False
    if INDENT.match(taken[-1].text) and not line.text.startswith("\t"):
        return False
    if LABEL.match(run.lines[0].text):
        # The lines after a label hang under its text.
        return False
    return SENTENCE_END.search(taken[-1].text[-40:]) is not None
