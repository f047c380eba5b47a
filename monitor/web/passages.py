"""The sentence round a citation, cut from a window of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.annotations.rendering import Html, Span, render_line
from monitor.ingest.document import BLOCK_JOINT

REACH = 160  # code points on either side that are shown where no sentence begins or ends near
NEAR = 320  # how far a sentence may reach
# A stop, perhaps a closing quote or bracket and a note's marker, a blank, and something that may begin a sentence.
_CLOSING = r"[.!?][\u201d\"\u2019')\]]{0,3}"
_MARKERS = r"(?: ?\[\d{1,3}\]){0,3}"
_SENTENCE_START = re.compile(rf"{_CLOSING}{_MARKERS} (?=[A-Z\u201c\"\u2018'(])")
_SENTENCE_END = re.compile(rf"{_CLOSING}{_MARKERS}(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words round a citation; an ellipsis stands where a sentence is cut."""

    html: Html
    cut_before: bool
    cut_after: bool


def passage_around(window: str, start: int, end: int, *, is_begin: bool, is_end: bool) -> Passage:
    """Return the sentence, or REACH code points on either side, of `window[start:end]`, which is marked as a hit.

    `is_begin` and `is_end` say whether the window begins and ends where its text does. The passage stays within its
    paragraph. Never raises for 0 <= start <= end <= len(window).
    """
    left, cut_before = _beginning(window, start, is_begin=is_begin)
    right, cut_after = _ending(window, end, is_end=is_end)
    hit = Span("mark", start, end, (("class", "hit"),))
    return Passage(render_line(window, [hit], left, right), cut_before, cut_after)


def _beginning(window: str, start: int, *, is_begin: bool) -> tuple[int, bool]:
    paragraph = window.rfind(BLOCK_JOINT, 0, start)
    floor = paragraph + len(BLOCK_JOINT) if paragraph >= 0 else 0
    whole = is_begin or paragraph >= 0
    sentences = [found.end() for found in _SENTENCE_START.finditer(window, floor, start)]
    if sentences and sentences[-1] >= start - NEAR:
        return sentences[-1], False
    if whole and floor >= start - NEAR:
        return floor, False
    blank = window.find(" ", max(start - REACH, floor), start)
    return (blank + 1 if blank >= 0 else max(start - REACH, floor)), True


def _ending(window: str, end: int, *, is_end: bool) -> tuple[int, bool]:
    paragraph = window.find(BLOCK_JOINT, end)
    ceiling = paragraph if paragraph >= 0 else len(window)
    whole = is_end or paragraph >= 0
    sentence = _SENTENCE_END.search(window, end, min(ceiling, end + NEAR))
    if sentence:
        return sentence.end(), False
    if whole and ceiling <= end + NEAR:
        return ceiling, False
    blank = window.rfind(" ", end, min(end + REACH, ceiling))
    return (blank if blank > end else min(end + REACH, ceiling)), True
