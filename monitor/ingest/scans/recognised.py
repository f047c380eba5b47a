"""What was recognised on the picture of a page: words where they stand, in pixels, with how sure the program was.

This is what travels: kept beside the original, handed to the reading child as JSON, and believed in nothing unchecked.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

FORM = "monitor-recognised/1"
LARGEST = 1_000_000  # pixels along a side
MOST_LINES, MOST_WORDS = 5_000, 50_000  # on one page
LONGEST_WORD = 1_000  # code points
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word and the box around its ink, in pixels of the upright picture."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: int  # percent
    bold: bool = False
    raised: bool = False  # a note's number above the line


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """Words on one baseline, which runs through (`x0`, `base`) and falls by `slope` pixels a pixel to the right."""

    x0: int
    base: float
    slope: float
    size: float  # of its letters, in pixels: what a font of that size would be called
    words: tuple[RecognisedWord, ...]


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The lines of one page. A page that could not be recognised has none and says why in `failure`."""

    number: int  # physical page, from 1
    width: int  # pixels of the picture once it stands upright
    height: int
    turned: int = 0  # degrees clockwise by which the picture had to be turned to stand upright
    straightened: float = 0.0  # by which slope it was then straightened before the lines were read
    lines: tuple[RecognisedLine, ...] = ()
    languages: str = ""
    failure: str = ""

    @property
    def words(self) -> tuple[RecognisedWord, ...]:
        return tuple(word for line in self.lines for word in line.words)

    @property
    def slope(self) -> float:
        """Return how far the lines still fall, pixels a pixel: the middle one, longer lines counting more."""
        weighted = sorted((line.slope, line.words[-1].x1 - line.words[0].x0) for line in self.lines)
        half = sum(length for _, length in weighted) / 2
        for slope, length in weighted:
            half -= length
            if half <= 0:
                return slope
        return 0.0

    @property
    def confidence(self) -> int:
        """Return how sure the program was, in percent, longer words counting more; 0 where there is no word."""
        return confidence_of(self.words)


def confidence_of(words: Iterable[RecognisedWord]) -> int:
    """Return the mean confidence of words weighted by their letters, in percent."""
    weights = [(len(word.text), word.confidence) for word in words]
    letters = sum(weight for weight, _ in weights)
    return round(sum(weight * confidence for weight, confidence in weights) / letters) if letters else 0


def page_to_json(page: RecognisedPage) -> dict[str, Any]:
    """Return a page as plain data; a word is a list, since there are many."""
    return {
        "form": FORM,
        "page": page.number,
        "size": [page.width, page.height],
        "turned": page.turned,
        "straightened": page.straightened,
        "languages": page.languages,
        "failure": page.failure,
        "lines": [
            {"x0": line.x0, "base": line.base, "slope": line.slope, "size": line.size, "words": _words(line)}
            for line in page.lines
        ],
    }


def _words(line: RecognisedLine) -> list[list[Any]]:
    return [[w.text, w.x0, w.top, w.x1, w.bottom, w.confidence, int(w.bold), int(w.raised)] for w in line.words]


def pages_to_bytes(pages: Iterable[RecognisedPage]) -> bytes:
    """Return pages as ASCII JSON."""
    return json.dumps([page_to_json(page) for page in pages], separators=(",", ":")).encode("ascii")


def pages_from_bytes(data: bytes) -> dict[int, RecognisedPage]:
    """Return the pages in `data` by their number. Raises ValueError where it holds anything else."""
    told = json.loads(data.decode("utf-8"))
    pages = [page_from_json(item) for item in told]
    return {page.number: page for page in pages}


def page_from_json(data: Any) -> RecognisedPage:
    """Return the page that `page_to_json` gave `data` for. Raises ValueError where it is none."""
    try:
        if data["form"] != FORM or data["turned"] not in TURNS or len(data["lines"]) > MOST_LINES:
            raise ValueError("not a recognised page")
        width, height = data["size"]
        page = RecognisedPage(
            number=_whole(data["page"], least=1),
            width=_whole(width, least=1),
            height=_whole(height, least=1),
            turned=data["turned"],
            straightened=_real(data["straightened"]),
            lines=tuple(_line(line) for line in data["lines"]),
            languages=_text(data["languages"]),
            failure=_text(data["failure"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a recognised page") from error
    if len(page.words) > MOST_WORDS:
        raise ValueError("more words than a page can hold")
    return page


def _line(data: Any) -> RecognisedLine:
    if not data["words"]:
        raise ValueError("a line without words")
    return RecognisedLine(
        x0=_whole(data["x0"]),
        base=_real(data["base"]),
        slope=_real(data["slope"]),
        size=_real(data["size"]),
        words=tuple(_word(*word) for word in data["words"]),
    )


def _word(
    text: Any, x0: Any, top: Any, x1: Any, bottom: Any, confidence: Any, bold: Any, raised: Any
) -> RecognisedWord:
    return RecognisedWord(
        _text(text, least=1),
        _whole(x0),
        _whole(top),
        _whole(x1),
        _whole(bottom),
        min(_whole(confidence), 100),
        bold=bool(_whole(bold)),
        raised=bool(_whole(raised)),
    )


def _text(value: Any, *, least: int = 0) -> str:
    if (
        not isinstance(value, str)
        or not least <= len(value) <= LONGEST_WORD
        or any("\ud800" <= c <= "\udfff" for c in value)
    ):
        raise ValueError("not a text")
    return value


def _whole(value: Any, *, least: int = 0) -> int:
    if not isinstance(value, int) or not least <= value <= LARGEST:
        raise ValueError("not a number of pixels")
    return int(value)


def _real(value: Any) -> float:
    if not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError("not a number")
    return float(value)
