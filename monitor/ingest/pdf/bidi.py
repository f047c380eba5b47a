"""Words in Arabic or Hebrew script from the order in which they stand on the page to the order in which they are read.

Producers draw such runs in either order and call mirrored brackets by either name, so that only the places count: a
line's letters from left to right are its visual order, and the logical one follows from the scripts' directions.
Numbers run from left to right in both.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.words import Word

FIRST_RTL = "\u0590"
RTL_BLOCKS = (
    ("\u0590", "\u08ff"),
    ("\ufb1d", "\ufdff"),
    ("\ufe70", "\ufefc"),
    ("\U00010800", "\U00010fff"),
    ("\U0001e800", "\U0001efff"),
)
MIRRORED = str.maketrans("()[]{}<>\u00ab\u00bb\u2039\u203a", ")(][}{><\u00bb\u00ab\u203a\u2039")
OPENING, CLOSING = "([{<\u00ab\u2039", ")]}>\u00bb\u203a"
STOPS = frozenset(".,;:!?\u060c\u061b\u061f")
PERCENT = frozenset("%\u066a")
MOSTLY = 2  # letters from right to left for each of the others: then the line runs so too
NUMBER_PARTS = frozenset(".,:/-\u2013+\u066b\u066c")

Direction = Literal["L", "R", "N", "-"]  # left to right, right to left, number, neutral


class _Sign(NamedTuple):
    """A letter with its marks, a whole marker, or a blank: what is never turned round in itself."""

    text: str
    word: int  # index of its word, -1 for a blank between two
    direction: Direction


def has_rtl(text: str) -> bool:
    """Tell whether a text holds letters that run from right to left."""
    return not text.isascii() and any(c >= FIRST_RTL and is_rtl(c) for c in text)


def is_rtl(character: str) -> bool:
    """Tell whether a character belongs to a script that runs from right to left, marks and digits included."""
    return any(low <= character <= high for low, high in RTL_BLOCKS)


def reading_order(words: Sequence[Word], direction: Literal["L", "R"] | None = None) -> list[Word]:
    """Return a line's words, given from left to right, as they are read; lines in one direction come back as they are.

    A word's text is in visual order too: each letter followed by its marks, from left to right. `direction` is that
    of the paragraph, where the lines around tell it.
    """
    if not any(has_rtl(word.text) for word in words):
        return list(words)
    signs = _signs(words)
    ordered = _rtl_line(signs) if (direction or _own_direction(signs) or _commoner(signs)) == "R" else _ltr_line(signs)
    return _as_words(words, ordered)


def directions(lines: Sequence[Sequence[Word]]) -> list[Literal["L", "R"] | None]:
    """Return the direction of each line of a column; a line that could be either goes with the nearest that could not.

    None means that the line has nothing to turn.
    """
    if not any(has_rtl(word.text) for words in lines for word in words):
        return [None] * len(lines)
    sure = [_own_direction(_signs(words)) for words in lines]
    before, after = _carried(sure), _carried(sure[::-1])[::-1]
    return [own or (one if one == other else None) for own, one, other in zip(sure, before, after, strict=True)]


def _carried(sure: Sequence[Literal["L", "R"] | None]) -> list[Literal["L", "R"] | None]:
    """Return for each line the last direction that was sure up to it."""
    last: Literal["L", "R"] | None = None
    found = []
    for one in sure:
        last = one or last
        found.append(last)
    return found


def _signs(words: Sequence[Word]) -> list[_Sign]:
    signs: list[_Sign] = []
    for at, word in enumerate(words):
        if at and not word.glued:
            signs.append(_Sign(" ", -1, "-"))
        if word.marker:
            signs.append(_Sign(word.text, at, "-"))
            continue
        for cluster in clusters(word.text):
            percent = cluster in PERCENT and bool(signs) and signs[-1].direction == "N"
            signs.append(_Sign(cluster, at, "N" if percent else _direction(cluster)))
    return signs


def clusters(text: str) -> list[str]:
    """Return the letters of a text, each with the marks that follow it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _direction(cluster: str) -> Direction:
    kind = unicodedata.bidirectional(cluster[0])
    if kind in {"R", "AL"}:
        return "R"
    if kind in {"EN", "AN"}:
        return "N"
    return "L" if kind == "L" else "-"


def _own_direction(signs: Sequence[_Sign]) -> Literal["L", "R"] | None:
    """Return the direction of a line that can have only one: by its outermost letters, or by a stop at an end."""
    strong = [sign.direction for sign in signs if sign.direction in {"L", "R"}]
    if not strong:
        return None
    if strong[0] == strong[-1]:
        return "R" if strong[0] == "R" and 2 * strong.count("R") > len(strong) else "L"
    stops = signs[0].text in STOPS, signs[-1].text in STOPS
    if stops[0] != stops[1]:
        return "R" if stops[0] else "L"
    return None


def _commoner(signs: Sequence[_Sign]) -> Literal["L", "R"]:
    """Return the direction of a line of which nothing else tells: mixed lines are mostly English ones with names."""
    right = sum(sign.direction == "R" for sign in signs)
    left = len([sign for sign in signs if sign.direction == "L"])
    return "R" if right > MOSTLY * left else "L"


def _ltr_line(signs: Sequence[_Sign]) -> list[_Sign]:
    """Turn round each run from its first letter of the other direction to its last."""
    ordered: list[_Sign] = []
    turned: set[int] = set()
    at = 0
    while at < len(signs):
        if signs[at].direction != "R":
            ordered.append(signs[at])
            at += 1
            continue
        end = last = at + 1
        while end < len(signs) and signs[end].direction != "L":
            end += 1
            if signs[end - 1].direction == "R":
                last = end
        turned.update(range(len(ordered), len(ordered) + last - at))
        ordered += _turned(signs[at:last])
        at = last
    return _with_brackets(ordered, turned)


def _rtl_line(signs: Sequence[_Sign]) -> list[_Sign]:
    """Turn the whole line round, and back again each run of words that go from left to right."""
    ordered: list[_Sign] = []
    turned: set[int] = set()
    end = len(signs)
    while end:
        start = end - 1
        if signs[start].direction != "L":
            while start and signs[start - 1].direction != "L":
                start -= 1
            turned.update(range(len(ordered), len(ordered) + end - start))
            ordered += _turned(signs[start:end])
            end = start
            continue
        first = start
        while start and signs[start - 1].direction != "R":
            start -= 1
            if signs[start].direction in {"L", "N"}:
                first = start
        ordered += signs[first:end]
        end = first
    return _with_brackets(ordered, turned)


def _turned(run: Sequence[_Sign]) -> list[_Sign]:
    """Return a run that goes from right to left in reading order: numbers stay as they are."""
    turned: list[_Sign] = []
    end = len(run)
    while end:
        start = end - 1
        if run[start].direction == "N":
            while start and _goes_on_number(run, start - 1):
                start -= 1
        turned += run[start:end]
        end = start
    return turned


def _with_brackets(signs: list[_Sign], turned: set[int]) -> list[_Sign]:
    """Mirror the brackets of the turned runs if the line's brackets then open before they close."""
    mirrored = [
        sign._replace(text=sign.text.translate(MIRRORED)) if at in turned else sign for at, sign in enumerate(signs)
    ]
    return mirrored if _disorder(signs) > _disorder(mirrored) else signs


def _goes_on_number(run: Sequence[_Sign], at: int) -> bool:
    """Tell whether the sign at `at` belongs to the number to its right."""
    if run[at].direction == "N":
        return True
    return run[at].text in NUMBER_PARTS and at > 0 and run[at - 1].direction == "N"


def _disorder(signs: Sequence[_Sign]) -> int:
    """Count brackets that close what is not open, or are never closed."""
    wrong = depth = 0
    for sign in signs:
        if sign.text in OPENING:
            depth += 1
        elif sign.text in CLOSING:
            wrong += depth == 0
            depth -= depth > 0
    return wrong + depth


def _as_words(words: Sequence[Word], signs: Sequence[_Sign]) -> list[Word]:
    """Put signs together as words again; a word whose parts are read apart becomes two."""
    found: list[Word] = []
    last, blank = -1, True
    for sign in signs:
        if sign.word < 0:
            last, blank = -1, True
        elif sign.word == last and not words[last].marker:
            found[-1] = found[-1]._replace(text=found[-1].text + sign.text)
        else:
            found.append(words[sign.word]._replace(text=sign.text, glued=bool(found) and not blank))
            last, blank = sign.word, False
    return found
