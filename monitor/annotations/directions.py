"""Runs of a line that read the other way than the line: names in Arabic within English, English within Hebrew.

Each is isolated, or the marks and figures beside it would be drawn on its wrong side. The script of the line's first
letter says which way the line reads, as browsers decide it by `unicode-bidi: plaintext`.
"""

from __future__ import annotations

import re
import unicodedata

# Letters of scripts written from right to left: Hebrew to Syriac and Arabic with their presentation forms, Thaana, NKo,
# and the blocks of the further planes that hold such scripts.
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# Inside a run letters may be parted by a few blanks, marks or figures, not by a bracket that may belong to the line.
_BETWEEN = r"[\s0-9.,'\u2019\u2013\u0300-\u036f-]{1,4}"
_RIGHT_RUN = re.compile(rf"[{_RIGHT}]+(?:{_BETWEEN}[{_RIGHT}]+)*")
_LEFT_RUN = re.compile(rf"[^\W\d_{_RIGHT}]+(?:{_BETWEEN}[^\W\d_{_RIGHT}]+)*")
_ANY_RIGHT = re.compile(rf"[{_RIGHT}]")
_LETTER = re.compile(r"[^\W\d_]")


def foreign_runs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the runs of `text[start:end]` that read against its first letter, as half-open ranges of code points."""
    stop = len(text) if end is None else end
    first = _LETTER.search(text, start, stop)
    if first is None or _ANY_RIGHT.search(text, start, stop) is None:
        return []
    runs = _LEFT_RUN if _ANY_RIGHT.match(first[0]) else _RIGHT_RUN
    return [(found.start(), _with_accents(text, found.end(), stop)) for found in runs.finditer(text, start, stop)]


def reads_left(text: str, start: int = 0, end: int | None = None) -> bool:
    """Say whether the first letter of `text[start:end]` is of a script written from right to left."""
    first = _LETTER.search(text, start, len(text) if end is None else end)
    return first is not None and _ANY_RIGHT.match(first[0]) is not None


def _with_accents(text: str, at: int, stop: int) -> int:
    while at < stop and unicodedata.combining(text[at]):
        at += 1
    return at
