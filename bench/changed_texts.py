"""Texts changed in known ways, so that the true place of every passage afterwards is known.

A `Tracked` text remembers of each of its characters where it stood at first. Kinds of change are functions from it and
a source of chance to another one. Those in `SEEN` were looked at while the anchoring was made; those in `UNSEEN` were
run only when it was done.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

INSERTED = -1
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,;'|!"


@dataclass(frozen=True)
class Tracked:
    """`text` and, for each character, its offset in the first text, or `INSERTED`."""

    text: str
    origin: tuple[int, ...]

    def where(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range that now holds what stood at `start:end`, or None if nothing of it is left."""
        left = [at for at, first in enumerate(self.origin) if start <= first < end]
        return (left[0], left[-1] + 1) if left else None

    def table(self) -> dict[int, list[int]]:
        """Return, for each first offset, where its character is now."""
        places: dict[int, list[int]] = {}
        for at, first in enumerate(self.origin):
            places.setdefault(first, []).append(at)
        return places


Change = "Callable[[Tracked, Random], Tracked]"


def untouched(text: str) -> Tracked:
    return Tracked(text, tuple(range(len(text))))


def _rebuilt(pieces: list[tuple[str, tuple[int, ...]]]) -> Tracked:
    return Tracked("".join(text for text, _ in pieces), tuple(first for _, origin in pieces for first in origin))


def _part(before: Tracked, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    return before.text[start:end], before.origin[start:end]


def _new(text: str) -> tuple[str, tuple[int, ...]]:
    return text, (INSERTED,) * len(text)


def replaced(before: Tracked, pattern: str, put: Callable[[re.Match[str]], str | None]) -> Tracked:
    """Put other letters for what the pattern finds; the first keeps the place, None leaves it as it is."""
    pieces, at = [], 0
    for match in re.finditer(pattern, before.text):
        other = put(match)
        if other is None:
            continue
        pieces.append(_part(before, at, match.start()))
        firsts = [first for first in before.origin[match.start() : match.end()] if first != INSERTED]
        spread = (
            [firsts[min(number * len(firsts) // max(len(other), 1), len(firsts) - 1)] for number in range(len(other))]
            if firsts
            else []
        )
        pieces.append((other, tuple(spread) if spread else (INSERTED,) * len(other)))
        at = match.end()
    return _rebuilt([*pieces, _part(before, at, len(before.text))])


def cleaned(before: Tracked, chance: Random) -> Tracked:
    """Lines joined to paragraphs, printed hyphens undone, quotation marks and dashes straightened, double spaces gone."""
    plain = replaced(before, r"(?<=[a-z])-\n(?=[a-z])", lambda _: "")
    plain = replaced(plain, r"(?<!\n)\n(?!\n)", lambda _: " ")
    plain = replaced(plain, "[“”„«»]", lambda _: '"')
    plain = replaced(plain, "[‘’]", lambda _: "'")  # noqa: RUF001
    plain = replaced(plain, "[–—]", lambda _: "-")  # noqa: RUF001
    return replaced(plain, " {2,}", lambda _: " ")


def with_heads(before: Tracked, chance: Random) -> Tracked:
    """Let a page's foot and head fall in every 2,500 characters or so, between words, without regard to sentences."""
    pieces, at, page = [], 0, 1
    for match in re.finditer(r"\s+", before.text):
        if match.start() - at > 2000 + chance.randrange(1000):
            page += 1
            pieces += [
                _part(before, at, match.start()),
                _new(f"\n\n{page}\n\nCeasefire Quarterly\nVolume IV • Issue {page % 4}\n\n"),
            ]
            at = match.end()
    return _rebuilt([*pieces, _part(before, at, len(before.text))])


def noise(rate: float) -> Callable[[Tracked, Random], Tracked]:
    """Letters replaced (half of the faults), lost and doubled by others (a quarter each)."""

    def change(before: Tracked, chance: Random) -> Tracked:
        def fault(match: re.Match[str]) -> str | None:
            if chance.random() >= rate:
                return None
            kind = chance.random()
            if kind < 0.5:
                return chance.choice(LETTERS)
            return "" if kind < 0.75 else match[0] + chance.choice(LETTERS)

        return replaced(before, r"\S", fault)

    return change


def block_moved(before: Tracked, chance: Random) -> Tracked:
    """Move some 6,000 characters, from one paragraph's end to another's."""
    ends = [match.end() for match in re.finditer(r"\n{2,}|(?<=\.)\n", before.text)] or [len(before.text)]
    size = min(6000, len(before.text) // 4)
    start = chance.choice([end for end in ends if end + size < len(before.text)] or [0])
    stop = min(ends, key=lambda end: abs(end - start - size))
    if stop <= start:
        stop = start + size
    to = chance.choice([end for end in [0, *ends] if end <= start or end >= stop] or [0])
    block = _part(before, start, stop)
    if to <= start:
        return _rebuilt([_part(before, 0, to), block, _part(before, to, start), _part(before, stop, len(before.text))])
    return _rebuilt([_part(before, 0, start), _part(before, stop, to), block, _part(before, to, len(before.text))])


def paragraphs_otherwise(before: Tracked, chance: Random) -> Tracked:
    """Half of the paragraphs joined to the next, one sentence in five begins a new one."""
    joined = replaced(before, r"\n{2,}", lambda _: " " if chance.random() < 0.5 else None)
    return replaced(joined, r"(?<=[.?!]) (?=[A-Z])", lambda _: "\n\n" if chance.random() < 0.2 else None)


def capitals(before: Tracked, chance: Random) -> Tracked:
    return replaced(before, r"[a-zäöüéèñ]", lambda match: match[0].upper())


def without_accents(before: Tracked, chance: Random) -> Tracked:
    """Return what is left when a text went through ASCII; letters without an accent are as they were."""

    def bare(match: re.Match[str]) -> str | None:
        return "".join(one for one in unicodedata.normalize("NFKD", match[0]) if not unicodedata.combining(one))

    return replaced(before, r"[\u00c0-\u017f]", bare)


def after(*changes: Callable[[Tracked, Random], Tracked]) -> Callable[[Tracked, Random], Tracked]:
    def change(before: Tracked, chance: Random) -> Tracked:
        for one in changes:
            before = one(before, chance)
        return before

    return change


SEEN: dict[str, Callable[[Tracked, Random], Tracked]] = {
    "cleaned": cleaned,
    "+ running heads": after(cleaned, with_heads),
    "+ 1 % noise": after(cleaned, with_heads, noise(0.01)),
    "+ 5 % noise": after(cleaned, with_heads, noise(0.05)),
    "+ a block moved": after(cleaned, with_heads, block_moved),
    "a block moved, 5 % noise": after(block_moved, noise(0.05)),
    "paragraphs otherwise": paragraphs_otherwise,
    "capitals": capitals,
    "accents lost": without_accents,
}

# Pairs that recognition takes for each other, by the shapes of letters.
_CONFUSED = {
    "rn": "m",
    "m": "rn",
    "l": "1",
    "I": "l",
    "O": "0",
    "0": "O",
    "e": "c",
    "h": "b",
    "cl": "d",
    "vv": "w",
    "5": "S",
    "S": "5",
    "ii": "u",
    "t": "f",
    "B": "8",
    "g": "q",
    "a": "o",
}
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}


def confusions(rate: float) -> Callable[[Tracked, Random], Tracked]:
    def change(before: Tracked, chance: Random) -> Tracked:
        pattern = "|".join(sorted(_CONFUSED, key=len, reverse=True))
        return replaced(before, pattern, lambda match: _CONFUSED[match[0]] if chance.random() < rate else None)

    return change


def hyphenated(before: Tracked, chance: Random) -> Tracked:
    """Set anew in narrow lines: one long word in five is broken with a hyphen, lines end where spaces were."""
    broken = replaced(
        before, r"(?<=[a-z]{3})[a-z](?=[a-z]{3})", lambda match: f"{match[0]}-\n" if chance.random() < 0.05 else None
    )
    return replaced(broken, r"(?<=\w) (?=\w)", lambda _: "\n" if chance.random() < 0.12 else None)


def ligatures(before: Tracked, chance: Random) -> Tracked:
    return replaced(before, "|".join(_LIGATURES), lambda match: _LIGATURES[match[0]])


def typographic(before: Tracked, chance: Random) -> Tracked:
    """Straight signs become printed ones, spaces before closing signs do not break, dots become an ellipsis."""
    curled = replaced(before, r'(?<=\s)"', lambda _: "“")
    curled = replaced(curled, '"', lambda _: "”")
    curled = replaced(curled, "'", lambda _: "’")  # noqa: RUF001
    curled = replaced(curled, r"\.\.\.", lambda _: "…")
    curled = replaced(curled, r"(?<=\w)-(?=\w)", lambda _: "\u2011")
    return replaced(curled, r" (?=\d)", lambda _: "\u00a0")


def decomposed(before: Tracked, chance: Random) -> Tracked:
    """Letters and their accents apart (NFD), and soft hyphens within words."""
    apart = replaced(before, r"[^\x00-\x7f]", lambda match: unicodedata.normalize("NFD", match[0]))
    return replaced(apart, r"(?<=[^\W\d_]{3})(?=[^\W\d_]{3})", lambda _: "\u00ad" if chance.random() < 0.1 else None)


def spaces_lost(before: Tracked, chance: Random) -> Tracked:
    return replaced(before, r"[ \n]+", lambda _: "")


def words_corrected(before: Tracked, chance: Random) -> Tracked:
    """One small word in forty is another, as an editor changes them."""
    return replaced(
        before,
        r"\b[a-z]{4,9}\b",
        lambda _: chance.choice(["however", "stated", "group", "which"]) if chance.random() < 0.025 else None,
    )


def sentences_in(before: Tracked, chance: Random) -> Tracked:
    """Put a sentence between two others, one time in fifteen."""
    put = " The ministry did not answer when asked about it last week."
    return replaced(before, r"(?<=[.?!]) ", lambda _: f"{put} " if chance.random() < 0.07 else None)


def notes_raised(before: Tracked, chance: Random) -> Tracked:
    """Numbers of notes fall in behind words, as raised digits or in brackets."""
    return replaced(
        before,
        r"(?<=[a-z][.,]) ",
        lambda _: f"{chance.choice(['¹', '²', '[7]', '12'])} " if chance.random() < 0.2 else None,
    )


UNSEEN: dict[str, Callable[[Tracked, Random], Tracked]] = {
    "letters confused, 10 % of those": confusions(0.1),
    "letters confused, 25 % of those": confusions(0.25),
    "hyphenated anew": hyphenated,
    "ligatures": ligatures,
    "typographic signs": typographic,
    "NFD and soft hyphens": decomposed,
    "no spaces at all": spaces_lost,
    "words corrected": words_corrected,
    "sentences put in": sentences_in,
    "note numbers fallen in": notes_raised,
    "all of it, and 2 % noise": after(
        hyphenated, with_heads, ligatures, notes_raised, confusions(0.05), block_moved, noise(0.02)
    ),
}
