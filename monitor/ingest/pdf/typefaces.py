"""Which type a page is set in: the design behind a font's many names, and the one its running text keeps to."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.pdf.words import Row, Word

# Names of styles and makers that fonts of one design differ in.
STYLE_NAMES = re.compile(
    r"bold|black|heavy|semi|demi|ital(?:ic)?|obli(?:que)?|regular|roman|medium|light|book|narrow|cond(?:ensed)?"
    r"|regu|medi|psmt|ps|mt|std|pro|caps?|sc|it|bd"
)
# TeX's own fonts have a name for each style: upright, italic, bold, small capitals, and the signs between them.
COMPUTER_MODERN = re.compile(r"^(?:cm|sf|ec|lm)(?:r|ti|bx|bxti|sl|csc|mi|sy|ex|rm|ri|bxi|b|u)\d{1,4}$")
SAME_SIZE = 0.6  # points
SHARE = 0.2  # of an issue's letters: a type that carries so many is no aside's


class Type(NamedTuple):
    """A design of letters in a size, in points."""

    design: str
    size: float


@lru_cache(maxsize=1024)
def design_of(font: str) -> str:
    """Return a font's design: its name without style, maker's marks and numbers, in small letters."""
    name = font.casefold()
    if COMPUTER_MODERN.match(name):
        return "computer modern"
    plain = re.sub(r"[^a-z]", "", STYLE_NAMES.sub("", re.sub(r"\d", "", name)))
    return plain or re.sub(r"[^a-z]", "", name)


class TypeCount:
    """Counts the letters of an issue by type."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._letters: Counter[Type] = Counter()
        for row in rows:
            for word in row.words:
                self._letters[Type(design_of(word.font), round(word.size * 2) / 2)] += len(word.text)
        self._total = sum(self._letters.values())

    def body(self) -> Type:
        """Return the type of the running text: the commonest one."""
        return max(self._letters, key=lambda t: (self._letters[t], t), default=Type("", 10.0))

    def is_common(self, here: Type) -> bool:
        """Tell whether so much of the issue is set like this that it must be running text somewhere."""
        alike = sum(n for t, n in self._letters.items() if are_alike(t, here))
        return alike > SHARE * self._total


def are_alike(one: Type, other: Type) -> bool:
    """Tell whether two types are one design in about one size."""
    return one.design == other.design and abs(one.size - other.size) <= SAME_SIZE


def type_of(words: Sequence[Word]) -> Type:
    """Return the type that most letters of some words (at least one) are set in."""
    letters: Counter[tuple[str, float]] = Counter()
    for word in words:
        letters[word.font, word.size] += 0 if word.marker else len(word.text)
    designs: Counter[Type] = Counter()
    for (font, size), count in letters.items():
        designs[Type(design_of(font), size)] += count
    return max(designs, key=lambda t: (designs[t], t))
