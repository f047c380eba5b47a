"""Small capitals that are no letters of their own: large capitals and small ones side by side.

TeX's Times, word processors and browsers without such a font set them so. What is printed small is a small letter.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.pdf.words import Word

SMALLEST, LARGEST = 0.68, 0.88  # of the capitals' size; a drop cap's neighbours are smaller
SAME_SIZE = 0.1  # points
LEVEL = 0.05  # of the size: on one baseline
CAPS = "Caps"  # in the names of fonts whose small letters are capitals


def in_own_case(words: Sequence[Word]) -> list[Word]:
    """Return one row's words, small ones among capitals that begin with a large one in small letters and full size.

    Their font's name tells, as that of a font of small capitals does.
    """
    sizes = {small.size: (large.size, small.font) for large, small in pairwise(words) if _is_begun(large, small)}
    if not sizes:
        return list(words)
    found = [_in_small_letters(word, sizes) for word in words]
    for at, word in enumerate(words[:-1]):
        if _is_begun(word, words[at + 1]):
            found[at] = word._replace(font=found[at + 1].font)
    return found


def _is_begun(large: Word, small: Word) -> bool:
    """Tell whether a word in small capitals goes on what a large one begins."""
    if not small.glued or small.font != large.font or small.marker or large.marker:
        return False
    level = abs(small.base - large.base) <= LEVEL * large.size
    among = SMALLEST * large.size <= small.size <= LARGEST * large.size
    return level and among and large.text[-1:].isupper() and small.text.isupper()


def _in_small_letters(word: Word, sizes: dict[float, tuple[float, str]]) -> Word:
    for small, (large, font) in sizes.items():
        same = word.font == font or word.glued  # a letter that the font lacks comes from another
        if same and abs(word.size - small) <= SAME_SIZE and word.text == word.text.upper():
            return word._replace(text=word.text.lower(), size=large, font=_of_small_capitals(font))
    return word


def _of_small_capitals(font: str) -> str:
    """Return the name of a font's small capitals: the family's name tells."""
    family, dash, style = font.partition("-")
    return f"{family}{CAPS}{dash}{style}"
