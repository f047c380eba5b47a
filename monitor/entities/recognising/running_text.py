"""A document as words with their places: what every rule of the recogniser looks at.

Each word knows where it stands in its piece, so that whatever is found in folded words is told in code points of the
printed text, however the two differ.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.entities.recognising.letters import INNER, UNSEEN, fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.entities.recognising.document import Document, Piece, Range

MASK = "\0"  # every character of a zone
LETTER = rf"(?:[^\W_]|[\u0300-\u036f{UNSEEN}])"
WORD = re.compile(rf"[^\W_]{LETTER}*(?:['’‘`´′]{LETTER}+)*")  # noqa: RUF001
POSSESSIVE = re.compile(rf"[{INNER}][sS]$")
# Joins two words of one name: a space, a hyphen or dash, the dot of an abbreviation, an ampersand, the apostrophe
# that ends a plural possessive.
JOINT = re.compile(rf"[{INNER}]?(?:[\s{UNSEEN}]+|[-‐‑–.&]|\s&\s|\.\s+)?\Z")  # noqa: RUF001
SENTENCE_END = re.compile(r"[.!?:…•]|[\"“„«]\s*\Z|\n\s*\n")
ABBREVIATIONS = frozenset(
    re.split(
        " ", "gen lt col maj brig dr mr mrs ms st sgt capt cpt adm sen rep gov prof cmdr hon rev fr ft no vs dept jr sr"
    )
)


class Word(NamedTuple):
    """One word of a piece. A tuple, since an article has thousands of them."""

    start: int
    end: int  # without a possessive 's
    plain: str
    fold: str
    gap: str  # what stands between it and the word before
    soft: bool  # it may go on a name that the word before it began
    initial: bool  # it begins a sentence, heading or quotation
    piece: int
    possessive: bool
    in_head: bool
    capital: bool  # written as a name: "Qom", and "hÉireann" and "d'Ivoire" too
    shouted: bool  # all capitals


class RunningText:
    """The words of all pieces in order: body, title, notes as the document gives them."""

    def __init__(self, document: Document) -> None:
        self.pieces = document.pieces
        self.words: list[Word] = []
        for number, piece in enumerate(self.pieces):
            self.words.extend(_words(piece, number))

    def printed(self, first: int, last: int) -> str:
        """Return what is printed from word `first` to word `last`, both included."""
        words = self.words
        return self.pieces[words[first].piece].text[words[first].start : words[last].end]

    def name(self, first: int, last: int) -> str:
        """Return the same on one line, without characters that are not seen."""
        seen = re.sub(f"[{UNSEEN}]", "", self.printed(first, last))
        return " ".join(seen.split())

    def folded(self, first: int, last: int) -> str:
        """Return the folded words, joined by spaces."""
        return " ".join(word.fold for word in self.words[first : last + 1])

    def before(self, index: int) -> Word | None:
        """Return the word before `index` in the same piece."""
        if index and self.words[index - 1].piece == self.words[index].piece:
            return self.words[index - 1]
        return None

    def after(self, index: int) -> Word | None:
        """Return the word after `index` in the same piece."""
        if index + 1 < len(self.words) and self.words[index + 1].piece == self.words[index].piece:
            return self.words[index + 1]
        return None


def masked(text: str, zones: Iterable[Range]) -> str:
    """Return `text`, as long as it was, with every character of a zone made unreadable. Zones may overlap."""
    parts, at = [], 0
    for start, end in sorted(zones):
        if end > at:
            parts += [text[at : max(at, start)], MASK * (min(end, len(text)) - max(at, start))]
            at = min(end, len(text))
    return "".join([*parts, text[at:]])


def _words(piece: Piece, number: int) -> Iterator[Word]:
    text = masked(piece.text, piece.zones)
    heads = _Ranges(piece.heads)
    whole_head, any_head = piece.where == "title", bool(piece.heads)
    end, before, head_before = 0, "", False
    for match in WORD.finditer(text):
        start, stop = match.span()
        length, letters, folded, possessive, capital, shouted = _spelling(match[0])
        if not letters:
            continue  # an ayn by itself
        gap, in_head = text[end:start], whole_head or (any_head and heads.hold(start))
        if gap == " " and before:  # most words: the rest of the loop would say the same
            core = start + length
            yield Word(start, core, letters, folded, gap, True, False, number, possessive, in_head, capital, shouted)
            end, before, head_before = stop, text[start:core], in_head
            continue
        broken = (in_head or head_before) and _breaks(gap)
        soft = not broken and goes_on(gap, before)
        initial = not before or broken or (_ends_sentence(gap) and not (soft and _abbreviates(before)))
        core = start + length
        yield Word(start, core, letters, folded, gap, soft, initial, number, possessive, in_head, capital, shouted)
        end, before, head_before = stop, text[start:core], in_head


@lru_cache(maxsize=1 << 16)
def _spelling(printed: str) -> tuple[int, str, str, bool, bool, bool]:
    """Return length without a possessive 's, letters, key, and whether it has the 's, a capital, only capitals."""
    possessive = POSSESSIVE.search(printed)
    core = printed[: possessive.start()] if possessive else printed
    letters = plain(core)
    capital = letters[:1].isupper() or letters[1:2].isupper()
    return len(core), letters, fold(core), bool(possessive), capital, len(letters) > 1 and letters.isupper()


@lru_cache(maxsize=1 << 12)
def _ends_sentence(gap: str) -> bool:
    return bool(SENTENCE_END.search(gap))


def _breaks(gap: str) -> bool:
    return "\n\n" in gap.replace("\r", "")


@lru_cache(maxsize=1 << 12)
def _joins(gap: str) -> bool:
    return bool(JOINT.match(gap))


def goes_on(gap: str, before: str) -> bool:
    """Tell whether a word may go on the name that `before` began, with `gap` between them."""
    if not before or not _joins(gap):
        return False
    return len(gap) < 2 or gap[0] != "." or _abbreviates(before)


def _abbreviates(word: str) -> bool:
    return len(word) == 1 or word.lower() in ABBREVIATIONS


class _Ranges:
    """Whether a rising position lies in one of some ranges."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self.ranges = sorted(ranges)
        self.at = 0

    def hold(self, position: int) -> bool:
        while self.at < len(self.ranges) and self.ranges[self.at][1] <= position:
            self.at += 1
        return self.at < len(self.ranges) and self.ranges[self.at][0] <= position
