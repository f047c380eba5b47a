"""Cutting and joining printed pieces without losing where their characters come from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from monitor.ingest.document import Origin
from monitor.ingest.pieces import Piece, PieceJump, PieceLink, Superscript

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = TypeVar("Span", PieceLink, PieceJump, Superscript)


@dataclass(frozen=True, slots=True)
class Traced:
    """A text that knows the code point of the source file each of its characters was."""

    text: str
    origin: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of code points `start:end`."""

    start: int
    end: int
    text: str = ""


def grown(runs: list[Origin], start: int, source: int, length: int) -> None:
    """Append a run to `runs`, lengthening the last one where the new run goes straight on."""
    if length <= 0:
        return
    last = runs[-1] if runs else None
    if last and last.start + last.length == start and last.source + last.length == source:
        runs[-1] = Origin(last.start, last.source, last.length + length)
    else:
        runs.append(Origin(start, source, length))


def traced_ranges(origin: Sequence[Origin], ranges: Iterable[tuple[int, int]]) -> tuple[Origin, ...]:
    """Return the origin of a text put together from the given ranges, whose starts never go back."""
    runs: list[Origin] = []
    at = k = 0
    for start, end in ranges:
        while k < len(origin) and origin[k].start + origin[k].length <= start:
            k += 1
        here = k
        while here < len(origin) and origin[here].start < end:
            run = origin[here]
            low, high = max(start, run.start), min(end, run.start + run.length)
            grown(runs, at + low - start, run.source + low - run.start, high - low)
            here += 1
        at += end - start
    return tuple(runs)


def edited(traced: Traced, edits: Sequence[Edit]) -> Traced:
    """Return the text after the edits (in order, disjoint). A longer replacement comes from the last code point."""
    if not edits:
        return traced
    parts: list[str] = []
    ranges: list[tuple[int, int]] = []
    at = 0
    for edit in edits:
        parts += (traced.text[at : edit.start], edit.text)
        ranges.append((at, edit.start))
        width = edit.end - edit.start
        ranges.append((edit.start, edit.start + min(width, len(edit.text))))
        ranges += [(edit.end - 1, edit.end)] * max(0, len(edit.text) - width)
        at = edit.end
    parts.append(traced.text[at:])
    ranges.append((at, len(traced.text)))
    return Traced("".join(parts), traced_ranges(traced.origin, ranges))


class Moved:
    """Where a position of the marked text stands once the edits are made."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.ends = [edit.end for edit in edits]
        self.shifts = [0]
        for edit in edits:
            self.shifts.append(self.shifts[-1] + len(edit.text) - (edit.end - edit.start))

    def to(self, position: int) -> int:
        """Return the new position of one that lies outside every edit or at its edge."""
        return position + self.shifts[bisect_right(self.ends, position)]


def cut_origin(origin: Sequence[Origin], start: int, end: int) -> tuple[Origin, ...]:
    """Return the origin of code points `start:end` of a text."""
    return traced_ranges(origin, [(start, end)])


def source_end(origin: Sequence[Origin]) -> int | None:
    """Return the code point of the file just after the text's last one."""
    return origin[-1].source + origin[-1].length if origin else None


def source_span(origin: Sequence[Origin], start: int, end: int) -> tuple[int, int] | None:
    """Return the code points of the file from the first to the last of `start:end`; None where nothing is known.

    A span broken over a page is given as one range, with the break inside.
    """
    runs = cut_origin(origin, start, end)
    if not runs:
        return None
    return min(run.source for run in runs), max(run.source + run.length for run in runs)


def cut(piece: Piece, start: int, end: int) -> Piece:
    """Return code points `start:end` of a piece as a piece of its own, on one row."""
    text = piece.text[start:end]
    return replace(
        piece,
        text=text,
        rows=(text,),
        links=_cut_spans(piece.links, start, end),
        italics=tuple((max(a, start) - start, min(b, end) - start) for a, b in piece.italics if a < end and b > start),
        jumps=_cut_spans(piece.jumps, start, end),
        superscripts=_cut_spans(
            tuple(one for one in piece.superscripts if start <= one.start < one.end <= end), start, end
        ),
        origin=cut_origin(piece.origin, start, end),
    )


def _cut_spans(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return what of spans lies in code points `start:end`, counted from `start`."""
    return tuple(
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if span.start < end and span.end > start
    )


def rewritten(piece: Piece, edits: Sequence[Edit]) -> Piece:
    """Return a piece after edits of its text (in order, disjoint)."""
    traced = edited(Traced(piece.text, piece.origin), edits)
    moved = Moved(edits)
    return replace(
        piece,
        text=traced.text,
        rows=(traced.text,),
        origin=traced.origin,
        links=_moved_spans(piece.links, moved),
        italics=tuple((moved.to(start), moved.to(end)) for start, end in piece.italics),
        jumps=_moved_spans(piece.jumps, moved),
        superscripts=_moved_spans(piece.superscripts, moved),
    )


def _moved_spans(spans: Sequence[Span], moved: Moved) -> tuple[Span, ...]:
    return tuple(replace(span, start=moved.to(span.start), end=moved.to(span.end)) for span in spans)


def _goes_on(link: PieceLink, after: PieceLink, between: str) -> bool:
    """Tell whether a link goes on behind the break that cuts it."""
    return link.url == after.url and after.start - link.end == len(between) <= 1


def _shifted(spans: Sequence[Span], by: int) -> list[Span]:
    return [replace(span, start=span.start + by, end=span.end + by) for span in spans]


def join(pieces: Sequence[Piece], between: Sequence[str]) -> Piece:
    """Return pieces as one, `between[i]` standing before piece i + 1; what makes the first one special stays.

    A character of `between` comes from the code point after the text before it.
    """
    runs: list[Origin] = []
    links: list[PieceLink] = []
    italics: list[tuple[int, int]] = []
    jumps: list[PieceJump] = []
    superscripts: list[Superscript] = []
    parts: list[str] = []
    by = 0
    for k, piece in enumerate(pieces):
        if k and between[k - 1]:
            end = source_end(pieces[k - 1].origin)
            parts.append(between[k - 1])
            if end is not None:
                grown(runs, by, end, len(between[k - 1]))
            by += len(between[k - 1])
        parts.append(piece.text)
        for run in piece.origin:
            grown(runs, run.start + by, run.source, run.length)
        shifted = _shifted(piece.links, by)
        if links and shifted and _goes_on(links[-1], shifted[0], between[k - 1] if k else ""):
            shifted[0] = replace(shifted[0], start=links.pop().start)
        links += shifted
        jumps += _shifted(piece.jumps, by)
        superscripts += _shifted(piece.superscripts, by)
        italics += ((start + by, end + by) for start, end in piece.italics)
        by += len(piece.text)
    numbers = [piece.lines for piece in pieces if piece.lines]
    return replace(
        pieces[0],
        text="".join(parts),
        rows=tuple(row for piece in pieces for row in piece.rows),
        links=tuple(links),
        italics=tuple(italics),
        jumps=tuple(jumps),
        superscripts=tuple(superscripts),
        regions=tuple(dict.fromkeys(region for piece in pieces for region in piece.regions)),
        lines=(numbers[0][0], numbers[-1][1]) if numbers else None,
        origin=tuple(runs),
    )
