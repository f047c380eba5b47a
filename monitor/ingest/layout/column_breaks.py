"""What the end of a column breaks beside the running text: captions, boxes and pull quotes that go on in the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.layout.line_groups import OPEN_WORDS
from monitor.ingest.layout.lines import ends_sentence
from monitor.ingest.pdf.typefaces import are_alike, type_of
from monitor.ingest.structure.looks import begins_lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.ingest.layout.lines import Line
    from monitor.ingest.layout.page_parts import Aside
    from monitor.ingest.pdf.typefaces import Type

KINDS = frozenset(["caption", "sidebar", "pullquote"])
SAME_SIZE = 0.6  # points
LEADING = 1.8  # of the size: lines of one aside stand no farther from each other
MOST_LINES = 3  # of a rest, or of a beginning, in the running text; more are text
QUOTES = ("\u201c", '"', "\u201e", "\u00ab")
CLOSING = ("\u201d", '"', "\u201c", "\u00bb")


@dataclass(frozen=True, slots=True)
class Whole:
    """Asides with their spots among the text's lines, and the ids of lines that belong to asides."""

    asides: list[tuple[int, Aside]]
    gone: set[int]


def with_rests(asides: Iterable[tuple[int, Aside]], flow: Sequence[Line], body: Type) -> Whole:
    """Put asides together that the end of a column breaks in a sentence; they come in order, with their spots in `flow`."""
    found: list[tuple[int, Aside]] = []
    gone: set[int] = set()
    for spot, aside in asides:
        before = found[-1] if found else None
        if before and before[0] == spot and before[1].kind == aside.kind and _goes_on(before[1], aside.lines[0]):
            found[-1] = (spot, replace(before[1], lines=before[1].lines + aside.lines))
        else:
            found.append((spot, aside))
    for at, (spot, aside) in enumerate(found):
        if spot and _is_title(flow[spot - 1], aside):
            gone.add(id(flow[spot - 1]))
            found[at] = (spot, replace(aside, lines=(flow[spot - 1], *aside.lines)))
            continue
        begun = _beginning(aside, flow[max(0, spot - MOST_LINES) : spot])
        if begun:
            gone |= {id(line) for line in begun}
            found[at] = (spot, replace(aside, lines=(*begun, *aside.lines)))
    last = {spot: at for at, (spot, _) in enumerate(found)}
    for spot, at in last.items():
        aside = found[at][1]
        rest = list(_rest(aside, flow[spot : spot + MOST_LINES + 1], body))
        if 0 < len(rest) <= MOST_LINES:
            gone |= {id(line) for line in rest}
            found[at] = (spot, replace(aside, lines=(*aside.lines, *rest)))
    return Whole(found, gone)


def is_next_column(last: Line, first: Line) -> bool:
    """Tell whether a line stands in a column right of another's and higher, or on the next page."""
    beside = first.page == last.page and first.base < last.base and first.x0 > last.x1
    return first.page == last.page + 1 or beside


def _is_title(line: Line, aside: Aside) -> bool:
    """Tell whether a bold line alone at a column's foot, where no head may stand, is the title of a box in the next."""
    first = aside.lines[0]
    same = line.style.family == first.style.family and abs(line.style.size - first.style.size) <= SAME_SIZE
    titled = line.style.bold and not first.style.bold and not ends_sentence(line.text)
    return aside.kind == "sidebar" and same and titled and is_next_column(line, first)


def _beginning(aside: Aside, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the last of the lines before a pull quote where they open the quotation marks that it only closes."""
    first = aside.lines[0]
    kind = type_of(first.words)
    closes = aside.lines[-1].text.rstrip(".,;").endswith(CLOSING) and not first.text.startswith(QUOTES)
    if aside.kind != "pullquote" or not closes or not lines or not is_next_column(lines[-1], first):
        return ()
    style = (first.style.bold, first.style.italic)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        below = lines[at + 1] if at + 1 < len(lines) else line
        near = line.column == below.column and 0 <= below.base - line.base <= LEADING * line.style.size
        alike = are_alike(type_of(line.words), kind) and (line.style.bold, line.style.italic) == style
        if not near or not alike or any(mark in line.text[1:] for mark in CLOSING):
            return ()
        if line.text.startswith(QUOTES):
            return lines[at:]
    return ()


def _goes_on(one: Aside, first: Line) -> bool:
    """Tell whether a line at the head of the next column goes on the sentence that an aside breaks off."""
    last = one.lines[-1]
    if one.kind not in KINDS or not is_next_column(last, first) or ends_sentence(last.text):
        return False
    same = last.style.family == first.style.family and abs(last.style.size - first.style.size) <= SAME_SIZE
    if not same or (last.style.bold, last.style.italic) != (first.style.bold, first.style.italic):
        return False
    lower = first.text[:1].isdecimal() or begins_lower(first.text) or first.text[:1].islower()
    return lower or last.text.rsplit(" ", 1)[-1] in OPEN_WORDS or _is_quoted(one)


def _is_quoted(one: Aside) -> bool:
    """Tell whether an aside opens quotation marks at its beginning and does not close them."""
    return one.lines[0].text.startswith(QUOTES) and not one.lines[-1].text.endswith(CLOSING)


def _rest(one: Aside, lines: Sequence[Line], body: Type) -> Iterator[Line]:
    """Yield the lines at the head of the next column that go on an aside in its own type, which is not the text's."""
    if not lines or are_alike(type_of(one.lines[-1].words), body) or not _goes_on(one, lines[0]):
        return
    last = lines[0]
    for line in lines:
        near = line.base - last.base <= LEADING * line.style.size
        if line.column != last.column or not near or not are_alike(type_of(line.words), type_of(last.words)):
            return
        yield line
        last = line
