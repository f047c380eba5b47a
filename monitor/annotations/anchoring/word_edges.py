"""Where words begin and end: "Niger" is not in "Nigeria", nor "12" in "12,000"."""

from __future__ import annotations

import re

# Scripts written without spaces: any two letters of theirs may be parted.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_GROUPING = ",.:/"  # between digits they belong to the number
_LONGEST_SNAP = 2  # letters that noise may have put before or after a word


def cuts_word(text: str, at: int) -> bool:
    """Tell whether this offset lies inside a word or number.

    A digit beside a letter is an edge: it is a note's number set close more often than part of a word.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalpha() and after.isalpha():
        return not (_UNSPACED.match(before) or _UNSPACED.match(after))
    if before.isdecimal():
        return after.isdecimal() or (after in _GROUPING and text[at + 1 : at + 2].isdecimal())
    return before in _GROUPING and after.isdecimal() and text[max(at - 2, 0) : at - 1].isdecimal()


def whole_words(text: str, start: int, end: int, *, reach: int = _LONGEST_SNAP) -> tuple[int, int]:
    """Return the range with the rest of the words it cuts, where that rest is at most `reach` characters."""
    left, right = start, end
    while left > 0 and start - left <= reach and cuts_word(text, left):
        left -= 1
    while right < len(text) and right - end <= reach and cuts_word(text, right):
        right += 1
    return (start if cuts_word(text, left) else left), (end if cuts_word(text, right) else right)
