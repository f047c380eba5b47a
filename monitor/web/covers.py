"""Drawn covers: a motif and a tint for each periodical, a number for each issue, geometry as SVG attributes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sin
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from monitor.library.models import Issue

STROKES = 12  # as many are strong as the issue's number says
FAINT = "0.28"
LETTERS_PER_LINE = 19


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line, bar or ring of a motif: the element's name and its attributes."""

    element: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover shows."""

    tint: str
    name_lines: tuple[str, ...]
    number: str
    volume: str
    strokes: tuple[Stroke, ...]


def cover_of(issue: Issue) -> Cover:
    name = issue.periodical.name
    strong = (issue.number - 1) % STROKES + 1 if issue.number else 0
    return Cover(
        tint=issue.periodical.tint,
        name_lines=_lines(name),
        number="" if issue.number is None else str(issue.number)[:4],
        volume=f"Vol. {issue.volume[:8]}" if issue.volume else "",
        strokes=motif(name, strong),
    )


def _lines(name: str) -> tuple[str, ...]:
    """Return the name on two lines as even as its words allow, each cut to the cover's width."""
    words = name.split()
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    lines = min(breaks, key=lambda pair: max(map(len, pair)), default=(name,))
    return tuple(line if len(line) <= LETTERS_PER_LINE else f"{line[: LETTERS_PER_LINE - 1]}…" for line in lines)


@lru_cache(maxsize=512)  # sixty covers stand on a page of the shelf
def motif(name: str, strong: int) -> tuple[Stroke, ...]:
    """Return a periodical's own pattern of STROKES strokes; the first `strong` ones are drawn strongly."""
    seed = crc32(name.casefold().encode())
    draw = (_wave, _bar, _ring, _peak)[seed % 4]
    return tuple(draw(seed >> 2, i, "1" if i < strong else FAINT) for i in range(STROKES))


def _polyline(points: list[tuple[float, float]], opacity: str) -> Stroke:
    joined = " ".join(f"{x:.4g},{y:.1f}" for x, y in points)
    return Stroke("polyline", (("class", "line"), ("points", joined), ("opacity", opacity)))


def _wave(seed: int, i: int, opacity: str) -> Stroke:
    phase, height = (seed % 7) + i * (0.7 + seed % 5 / 10), 3 + (i * 7 + seed) % 4
    return _polyline([(x, 130 + 7 * i + height * sin(x / 17 + phase)) for x in range(16, 185, 6)], opacity)


def _peak(seed: int, i: int, opacity: str) -> Stroke:
    peaks, top = 5 + seed % 4, (seed >> i & 3) * 2 + 3
    step = 168 / (2 * peaks)
    return _polyline([(16 + n * step, 134 + 7 * i - (top if n % 2 else 0)) for n in range(2 * peaks + 1)], opacity)


def _bar(seed: int, i: int, opacity: str) -> Stroke:
    height = 10 + (seed >> i & 15) * 5
    place = (("x", f"{16 + 14.1 * i:.1f}"), ("y", str(210 - height)), ("width", "9"), ("height", str(height)))
    return Stroke("rect", (("class", "band"), *place, ("opacity", opacity)))


def _ring(seed: int, i: int, opacity: str) -> Stroke:
    place = (("cx", str(94 + (seed >> i & 7) * 2)), ("cy", "214"), ("r", f"{10 + 6.2 * i:.1f}"))
    return Stroke("circle", (("class", "line"), *place, ("opacity", opacity)))
