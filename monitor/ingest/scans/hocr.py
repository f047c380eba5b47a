"""Tesseract's hOCR, the one form in which it tells baselines and sizes, to recognised lines.

It writes one element a line; each is read by itself, so that nothing it writes can make the reading slow.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from monitor.ingest.scans.recognised import LONGEST_WORD, MOST_LINES, MOST_WORDS, RecognisedLine, RecognisedWord

LINE = re.compile(r"class='ocr_(?:line|header|textfloat|caption)' [^>]{0,80}title=\"([^\"]{0,300})\"")
WORD = re.compile(r"class='ocrx_word' [^>]{0,80}title='([^']{0,300})'[^>]{0,80}>([^\n]{0,4000})")
NUMBER = r"-?[0-9]{1,9}(?:\.[0-9]{1,12})?(?:e-?[0-9]{1,3})?"
BBOX = re.compile(r"bbox ([0-9]{1,6}) ([0-9]{1,6}) ([0-9]{1,6}) ([0-9]{1,6})")
BASELINE = re.compile(rf"baseline ({NUMBER}) ({NUMBER})")
HEIGHTS = re.compile(rf"x_size ({NUMBER}); x_descenders ({NUMBER})")
ANGLE = re.compile(r"textangle ([0-9]{1,3})")
CONFIDENCE = re.compile(r"x_wconf ([0-9]{1,3})")
TAG = re.compile(r"<[^<>]{0,300}>")
PAGE_REFERENCE = re.compile(r"^p[-\u2013\u2014,_:](?=[0-9]{1,4}$)")  # "p.3" as it is often misread
EM = 1.43  # size of a font over the height of its ascenders: .70 of the em in the common book faces
CAP_EM = 1.5  # the same over the height of its capitals and digits
TALL, CAPITAL = frozenset("bdfhkl"), frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
SAME_TYPE = 0.12  # by which the sizes measured of one paragraph's lines may differ
STEEPEST = 0.3  # a baseline that falls more is none
SPECK = 40  # percent: a lone sign without letter or digit that is less sure than this is dirt on the paper


@dataclass(slots=True)
class _Open:
    x0: int
    base: float
    slope: float
    size: float
    paragraph: int
    words: list[RecognisedWord] = field(default_factory=list)


def lines_of_hocr(text: str) -> tuple[RecognisedLine, ...]:
    """Return the lines of an hOCR page that hold words, in Tesseract's order; places in pixels of its picture.

    Lines that stand on their side are left out. Never raises.
    """
    lines: list[_Open] = []
    words = paragraph = 0
    upright = True
    for row in text.splitlines():
        paragraph += "class='ocr_par'" in row
        if found := LINE.search(row):
            opened = _opened(found[1], paragraph)
            upright = opened is not None
            if opened and len(lines) < MOST_LINES:
                lines.append(opened)
        elif upright and lines and words < MOST_WORDS and (found := WORD.search(row)):
            word = _word(found[1], found[2])
            if word:
                lines[-1].words.append(word)
                words += 1
    lines = [line for line in lines if line.words]
    sizes = _evened([(line.paragraph, _size(line)) for line in lines])
    return tuple(
        RecognisedLine(line.x0, line.base, line.slope, size, tuple(line.words))
        for line, size in zip(lines, sizes, strict=True)
    )


def _evened(measured: list[tuple[int, float]]) -> list[float]:
    """Return the lines' sizes, with those of one paragraph that differ by no more than the measuring made one."""
    paragraphs: dict[int, list[float]] = {}
    for paragraph, size in measured:
        paragraphs.setdefault(paragraph, []).append(size)
    middles = {number: sorted(sizes)[len(sizes) // 2] for number, sizes in paragraphs.items()}
    return [
        middles[number] if abs(size - middles[number]) <= SAME_TYPE * middles[number] else size
        for number, size in measured
    ]


def _size(line: _Open) -> float:
    """Return the size of a line by the ink of its tall letters: Tesseract's own guess differs from line to line."""
    for letters, em in ((TALL, EM), (CAPITAL, CAP_EM)):
        heights = sorted(
            line.base + line.slope * ((word.x0 + word.x1) / 2 - line.x0) - word.top
            for word in line.words
            if not letters.isdisjoint(word.text)
        )
        if heights and heights[len(heights) // 2] > 0:
            return round(em * heights[len(heights) // 2], 2)
    return line.size


def _opened(title: str, paragraph: int) -> _Open | None:
    box, base, heights, angle = (pattern.search(title) for pattern in (BBOX, BASELINE, HEIGHTS, ANGLE))
    if not box or (angle and angle[1] != "0"):
        return None
    x0, top, _, bottom = (int(value) for value in box.groups())
    slope, offset = (float(base[1]), float(base[2])) if base else (0.0, 0.0)
    if abs(slope) > STEEPEST:
        slope = 0.0
    # Where no letter of a line goes below it, the size is a guess; the height above it is measured.
    above = float(heights[1]) - float(heights[2]) if heights else 0.0
    size = round(EM * (above if above > 0 else bottom - top), 2)
    return _Open(x0, bottom + offset, slope, size, paragraph)


def _word(title: str, inside: str) -> RecognisedWord | None:
    box, sure = BBOX.search(title), CONFIDENCE.search(title)
    text = "".join(html.unescape(TAG.sub("", inside)).split())[:LONGEST_WORD]
    text = PAGE_REFERENCE.sub("p.", "".join(c for c in text if c.isprintable()))
    if not box or not text:
        return None
    confidence = min(int(sure[1]), 100) if sure else 0
    if confidence < SPECK and not any(c.isalnum() for c in text):
        return None
    x0, top, x1, bottom = (int(value) for value in box.groups())
    return RecognisedWord(text, x0, top, max(x1, x0 + 1), max(bottom, top + 1), confidence)
