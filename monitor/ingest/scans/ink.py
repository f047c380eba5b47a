"""How heavy the letters on a picture are: bold type is what tells heads from text, and Tesseract does not say it.

The measure is the width of a stroke over the size of the line: the mean run of dark pixels in a row, without the few
long ones that bars and serifs make. It is the same for capitals and small letters and for every size of a face.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from monitor.ingest.scans.recognised import RecognisedLine, RecognisedWord

DARK = b"\x00"
RUN = re.compile(rb"\x00+")
BOLDER = 1.3  # times the stroke of most letters on the page; book faces have 1.4 to 1.9
LONG_RUN = 2.0  # times the median run: a bar of a T, no stem
LEAST_RUNS = 12  # of a word, before its weight means anything
WHOLE_LINE = 0.7  # of a line's letters: then all of it is bold
MOST_PIXELS = 4_000_000  # of one word
QUIET = 0.02  # of all pixels, at either end of the scale, that may be dirt


def weighed(lines: Sequence[RecognisedLine], image: Image.Image) -> tuple[RecognisedLine, ...]:
    """Return the lines with `bold` set on words whose strokes are heavier than most on the page.

    `image` is the gray picture the lines were read on.
    """
    black = image.point(_threshold(image))
    strokes = [[_stroke(word, black) / max(line.size, 1) for word in line.words] for line in lines]
    usual = _usual(lines, strokes)
    if not usual:
        return tuple(lines)
    return tuple(_marked(line, [s / usual for s in row]) for line, row in zip(lines, strokes, strict=True))


def _threshold(image: Image.Image) -> list[int]:
    """Return the table that makes ink black (0) and paper white (255), whatever gray the paper has."""
    counts = image.histogram()
    least = QUIET * sum(counts)
    dark, light = _reached(counts, least / 4), 255 - _reached(counts[::-1], least)
    middle = (dark + light) // 2
    return [0 if value <= middle else 255 for value in range(256)]


def _reached(counts: Sequence[int], least: float) -> int:
    total = 0
    for value, count in enumerate(counts):
        total += count
        if total > least:
            return value
    return len(counts) - 1


def _stroke(word: RecognisedWord, black: Image.Image) -> float:
    """Return the mean width of a word's strokes in pixels, 0 where it is too small to say."""
    box = (word.x0, word.top, min(word.x1, black.width), min(word.bottom, black.height))
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) < 1 or width * height > MOST_PIXELS:
        return 0.0
    pixels = black.crop(box).tobytes()
    rows = [pixels[at : at + width] for at in range(0, len(pixels), width)]
    runs = sorted(len(run) for row in rows for run in RUN.findall(row))
    if len(runs) < LEAST_RUNS:
        return 0.0
    stems = [run for run in runs if run <= LONG_RUN * runs[len(runs) // 2]]
    return sum(stems) / len(stems)


def _usual(lines: Sequence[RecognisedLine], strokes: Sequence[Sequence[float]]) -> float:
    """Return the stroke of the middle letter of the page, 0 without one."""
    weighted = sorted(
        (stroke, len(word.text))
        for line, row in zip(lines, strokes, strict=True)
        for word, stroke in zip(line.words, row, strict=True)
        if stroke
    )
    half = sum(letters for _, letters in weighted) / 2
    for stroke, letters in weighted:
        half -= letters
        if half <= 0:
            return stroke
    return 0.0


def _marked(line: RecognisedLine, weights: Sequence[float]) -> RecognisedLine:
    """Mark bold words; a line that is bold in the main is bold as a whole, short words and all."""
    heavy = [weight >= BOLDER for weight in weights]
    told = sum(len(word.text) for word, weight in zip(line.words, weights, strict=True) if weight)
    bold = sum(len(word.text) for word, is_heavy in zip(line.words, heavy, strict=True) if is_heavy)
    if bold >= WHOLE_LINE * told > 0:
        heavy = [True] * len(heavy)
    elif bold < (1 - WHOLE_LINE) * told:
        # One or two letters in a light line are heavy by accident.
        heavy = [is_heavy and len(word.text) > 3 for word, is_heavy in zip(line.words, heavy, strict=True)]
    words = tuple(replace(word, bold=is_heavy) for word, is_heavy in zip(line.words, heavy, strict=True))
    return replace(line, words=words)
