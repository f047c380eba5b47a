"""Small letters above or below the line: note markers, exponents, ordinals, indices, and the words they belong to.

A marker is told from an exponent by what it stands on ("km²", "10⁶"); whether a note of that number exists is known
only later, so that both are handed on: a marker as a word of its own, an exponent in superscript letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.pdf.words import Row, Word

SMALL = 0.78  # of its neighbour's size: below it a digit may be a superscript
SMALL_RAISED = 0.88  # the same where it stands in a row of its own, so much higher that nothing else can be meant
TINY = 0.4  # of its neighbour's size: smaller still, and the neighbour is a drop cap
RAISED = 0.08  # of its neighbour's size: above it it is one
CLEARLY_RAISED = 0.2  # the same where a blank stands before it
LEVEL = 0.25  # of the host's size: a row's own tolerance
REACH = 0.8  # of the host's size: how far a superscript's baseline may lie above its row's
SUNK = 0.35  # of the host's size: how far an index may lie below it
BESIDE = 0.6  # of the host's size: how far it may stand from the letter before it
TIGHT = 0.18  # of the host's size: letters so near belong to the same word
APART = 1.0  # of its own size: what stands alone has nothing nearer in its row
STOPS = ".,;:!?)]\u2026\u201d\u2019\"'"
LONGEST_INDEX = 4  # letters: "1st", "M.le", "x_max"; longer ones are text
LONGEST_RANGE = 12  # notes that one marker may name ("3-5")
DIGITS = re.compile(r"^[0-9]{1,3}(?:[,\u2013-][0-9]{1,3}){0,4}[,;]?$")
UNITS = frozenset({"km", "m", "cm", "mm", "mi", "ft", "yd", "ha", "sq", "nm", "dm"})
LONE_LETTERS = frozenset("AaIO")  # words; another single letter is a quantity
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?:[,\u2013-][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}){0,4}")
NUMBER_END = re.compile(r"[0-9]{1,12}$")


class _Place(NamedTuple):
    row: int
    at: int
    host: Word


def numbers_of(text: str) -> list[str]:
    """Return the notes that a marker's digits name: "1,2" two of them, "3-5" three."""
    found: list[str] = []
    for part in re.split(r"[,;]", text.rstrip(",;")):
        first, _, last = part.replace("\u2013", "-").partition("-")
        if last and int(first) < int(last) <= int(first) + LONGEST_RANGE:
            found += [str(number) for number in range(int(first), int(last) + 1)]
        else:
            found += [first, last] if last else [first]
    return found


def is_note_number(word: Word, host: Word) -> bool:
    """Tell a note's number from an exponent ("km²", "10⁶", "x²"); a year may well carry a note ("in 2021⁵")."""
    if not DIGITS.match(word.text):
        return False
    if host.marker:
        return True
    figure = NUMBER_END.search(host.text)
    if figure:
        return len(figure.group()) > 2
    bare = host.text.strip("(\u201c\"'")
    if word.text in {"2", "3"} and bare in UNITS:
        return False
    return not (len(bare) == 1 and bare.isalpha() and bare not in LONE_LETTERS)


def marked_in_row(words: Sequence[Word]) -> list[Word]:
    """Mark raised digits whose baseline is still within the row's tolerance, and digits raised by the font."""
    marked: list[Word] = []
    for drawn in words:
        for word in _with_raised_letters(drawn, marked[-1] if marked else None):
            marked.append(word)
            if len(marked) < 2 or word.marker:
                continue
            host = next((other for other in reversed(marked[:-1]) if not other.marker), marked[-2])
            rise = (host.base - word.base) / host.size
            if word.size >= SMALL * host.size or rise <= RAISED or not DIGITS.match(word.text):
                continue
            if word.glued or (rise > CLEARLY_RAISED and word.x0 - marked[-2].x1 <= BESIDE * host.size):
                marked[-1] = raised_word(word, marked[-2])
    return _with_label(marked)


def raised_word(word: Word, host: Word) -> Word:
    """Return raised digits as a marker or as an exponent of their host."""
    if is_note_number(word, host):
        return word._replace(marker=True, glued=True)
    return word._replace(text=word.text.translate(RAISED_DIGITS), glued=True)


def _with_label(words: list[Word]) -> list[Word]:
    """Mark a raised number at the head of a row: a note's own number, or a marker whose word ended the line before."""
    if len(words) > 1:
        first, after = words[0], words[1]
        small = first.size < SMALL * after.size and after.base - first.base > RAISED * after.size
        if small and not first.marker and DIGITS.match(first.text):
            words[0] = first._replace(marker=True)
    return words


def _with_raised_letters(word: Word, before: Word | None) -> Iterator[Word]:
    """Part a word from superscript letters of its font: behind it ("winter.¹", "held¹,"), or before it ("¹See")."""
    runs = list(RAISED_RUN.finditer(word.text)) if not word.text.isascii() else []
    at = 0
    for run in runs:
        start, end = run.span()
        digits = run.group().translate(SUPERSCRIPTS)
        host = _part(word, at, start) if start > at else before if word.glued and not at else None
        label = host is None and end < len(word.text) and not at
        if not label and (host is None or not is_note_number(word._replace(text=digits), host)):
            continue
        if start > at:
            yield _part(word, at, start)
        yield _part(word, start, end)._replace(text=digits, marker=True, glued=word.glued if label else True)
        at = end
    if at < len(word.text):
        yield _part(word, at, len(word.text))


def _part(word: Word, start: int, end: int) -> Word:
    """Return letters `start:end` of a word, in their share of its width."""
    if start == 0 and end == len(word.text):
        return word
    each = (word.x1 - word.x0) / len(word.text)
    label = start > 0 and word.text[:start].translate(SUPERSCRIPTS).isdecimal()
    return word._replace(
        text=word.text[start:end],
        x0=word.x0 + each * start,
        x1=word.x0 + each * end,
        glued=word.glued if start == 0 else not label,
    )


def with_raised_rows(rows: list[Row]) -> list[Row]:
    """Move small raised (or sunk) words from rows of their own into the rows they belong to."""
    for index, row in enumerate(rows):
        if not any(_may_move(row.words, at) for at in range(len(row.words))):
            continue
        kept: list[Word] = []
        last: _Place | None = None
        for at, word in enumerate(row.words):
            place = _host(rows, index, word, last) if _may_move(row.words, at) else None
            if place is None:
                kept.append(word)
                last = None
            else:
                last = _moved(rows, place, word)
        row.words = kept
    return [row for row in rows if row.words]


def _may_move(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word may be an index of another row: digits, or a few letters that stand alone."""
    word = words[at]
    if DIGITS.match(word.text) or word.marker:
        return True
    if len(word.text) > LONGEST_INDEX:
        return False
    left = word.x0 - words[at - 1].x1 if at else APART * word.size
    right = words[at + 1].x0 - word.x1 if at + 1 < len(words) else APART * word.size
    return min(left, right) >= APART * word.size


def _moved(rows: list[Row], place: _Place, word: Word) -> _Place:
    """Put a word into the row of its host; return where it stands now."""
    row, at, host = place
    words = rows[row].words
    sunk = host.base <= word.base
    behind = host.x0 < word.x0
    number = not sunk and (is_note_number(word, host) or (not behind and DIGITS.match(word.text) is not None))
    gap = word.x0 - words[at - 1].x1 if behind and at else 0.0
    if number:
        moved = word._replace(marker=True, glued=behind)
    elif DIGITS.match(word.text) and not sunk:
        moved = word._replace(text=word.text.translate(RAISED_DIGITS), glued=behind)
    else:
        moved = word._replace(glued=behind and gap < TIGHT * host.size)
    words.insert(at, moved)
    following = words[at + 1] if at + 1 < len(words) else None
    near = following is not None and following.x0 - word.x1 < TIGHT * host.size
    # Behind a marker a narrow blank is still one, unless a stop follows.
    if following and near and (not number or (behind and following.text[0] in STOPS)):
        words[at + 1] = following._replace(glued=True)
    return _Place(row, at + 1, host)


def _host(rows: list[Row], index: int, word: Word, last: _Place | None) -> _Place | None:
    """Return the row, the place in it and the word that the small `word` of row `index` belongs to."""
    if last and _belongs(word, last.host):
        moved = rows[last.row].words[last.at - 1]
        if moved.x1 - 1 <= word.x0 <= moved.x1 + BESIDE * last.host.size:
            return last
    letters = DIGITS.match(word.text) is None
    for step in (1, 2, 3, -1):
        target = index + step
        if not 0 <= target < len(rows) or not rows[target].words:
            continue
        words = rows[target].words
        at = bisect_left([other.x0 for other in words], word.x0)
        before = words[at - 1] if at else None
        reach = TIGHT if letters else BESIDE
        if before and _belongs(word, before) and word.x0 - before.x1 <= reach * before.size:
            return _Place(target, at, before)
        # A note's own number at the start of its line is raised too, with nothing before it.
        after = words[at] if at < len(words) else None
        leads = after and after.base > word.base and _belongs(word, after) and not word.text.isalpha()
        if after and leads and 0 <= after.x0 - word.x1 <= BESIDE * after.size:
            return _Place(target, at, after)
    return None


def _belongs(word: Word, host: Word) -> bool:
    rise = host.base - word.base
    small = SMALL_RAISED if rise > LEVEL * host.size else SMALL
    return TINY * host.size <= word.size < small * host.size and -SUNK * host.size <= rise <= REACH * host.size
