"""Initials over several lines, put before the first of the lines beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.ingest.letters.word_list import is_word
from monitor.ingest.pdf.spacing import SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.letters.hyphens import Vocabulary
    from monitor.ingest.pdf.words import Row, Word

DROP_CAP = 2.1  # of the body's size
CAP_REACH = 1.0  # of the body's size, from the initial to the first letter beside it
MOST_LETTERS = 2
QUOTES = "\"'\u2018\u201c\u00ab\u201e"
WORDS = frozenset({"A", "I", "O"})  # letters that are words as well
FIRST_WORD = re.compile(r"[^\W\d_]{1,40}")


def with_initials(rows: Iterable[Row], body: float, known: Vocabulary) -> list[Row]:
    """Return rows in which an initial over several lines stands before the first of them.

    `body` is the size of the running text in points. No space follows it, but where it is a word of its own:
    `known`, the issue's words, has "committee" and no "acommittee".
    """
    kept = list(rows)
    for row in list(kept):
        if row.words and row.size >= DROP_CAP * body:
            for cap in _caps(row, body):
                host = _beside(kept, cap[-1], body)
                if host is not None:
                    _put_before(row, cap, host, known)
    return [row for row in kept if row.words]


def _caps(row: Row, body: float) -> list[list[Word]]:
    """Return the initials of a row, each with the quotation mark before it."""
    groups: list[list[Word]] = []
    for word in row.words:
        if word.size < DROP_CAP * body:
            continue
        last = groups[-1][-1] if groups else None
        if last and word.x0 - last.x1 < SPACE * word.size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [group for group in groups if _is_cap(group)]


def _is_cap(group: Sequence[Word]) -> bool:
    letters = "".join(word.text for word in group).strip(QUOTES)
    return 0 < len(letters) <= MOST_LETTERS and letters.isalpha() and letters[0].isupper()


def _beside(rows: Sequence[Row], cap: Word, body: float) -> Row | None:
    """Return the topmost row that begins just right of the initial, within its height, and keeps its place free."""
    for row in rows:
        if not row.words or row.x1 < cap.x1:
            continue
        inside = [word for word in row.words if word.x0 >= cap.x1 - 1]
        if not inside or inside[0].size >= DROP_CAP * body or inside[0].x0 - cap.x1 > CAP_REACH * body:
            continue
        if any(w.x0 < cap.x1 - 1 and w.x1 > cap.x0 + 1 and w.size < DROP_CAP * body for w in row.words):
            continue  # a line above the initial, where it leaves no room for it
        if cap.top - 0.8 * body <= inside[0].top < cap.bottom:
            return row
    return None


def _put_before(row: Row, cap: Sequence[Word], host: Row, known: Vocabulary) -> None:
    """Move an initial from its row to the place before the word beside it in another, in that word's size."""
    ids = {id(word) for word in cap}
    row.words = [word for word in row.words if id(word) not in ids]
    at = next(at for at, word in enumerate(host.words) if word.x0 >= cap[-1].x1 - 1)
    first = host.words[at]
    shrunk = [word._replace(size=first.size, base=first.base, top=first.top, bottom=first.bottom) for word in cap]
    parts = [shrunk[0]._replace(glued=False), *(word._replace(glued=True) for word in shrunk[1:])]
    glued = not _is_word("".join(word.text for word in cap).strip(QUOTES), first.text, known)
    host.words[at : at + 1] = [*parts, first._replace(glued=glued)]


def _is_word(letter: str, after: str, known: Vocabulary) -> bool:
    """Tell whether an initial is a word by itself: what follows it is one, and both together are none."""
    rest = FIRST_WORD.match(after)
    if letter not in WORDS or rest is None:
        return False
    if rest.group()[0].isupper() and not rest.group().isupper():
        return True
    word = rest.group().casefold()
    whole = letter.casefold() + word
    if is_word(whole) or known.seen[whole]:
        return False
    # The word beside the initial has been counted itself, whatever it is.
    return is_word(word) or known.seen[word] > 1
