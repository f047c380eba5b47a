"""Paragraphs taken from the pictures of pages, without any extractor's help: `python -m bench.seen_pages FILE.pdf SEEN.txt`.

SEEN.txt holds what a reader of the pictures wrote down, a line for each part of a paragraph and a blank line between
paragraphs: `page | first words | last words | printed lines`. A paragraph over a column or a page has two parts. The
letters between come from pdfium; what does not agree with the pages is told on the error output and left out. The
paragraphs are printed for `python -m bench.page_facts`.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from bench.page_facts import letters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_LETTERS = 60  # of a paragraph: shorter ones are found by chance
LEAST_STEP = 6.0  # points from one line's baseline to the next


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph within one column, as it was seen."""

    page: int  # the first is 1
    first: str
    last: str
    lines: int


@dataclass(frozen=True, slots=True)
class PageLetters:
    """The letters of a page in the order in which they are drawn, and the height of each one's baseline."""

    letters: str
    heights: tuple[float, ...]  # points from the page's foot


def seen_paragraphs(notes: str) -> list[list[Part]]:
    """Return what was written down. Raises ValueError for a line of another form."""
    paragraphs = [block.splitlines() for block in notes.strip().split("\n\n")]
    return [[_part(line) for line in lines if line.strip()] for lines in paragraphs]


def _part(line: str) -> Part:
    page, first, last, lines = (cell.strip() for cell in line.split("|"))
    return Part(int(page), first, last, int(lines))


def letters_between(page: PageLetters, part: Part) -> str:
    """Return the letters from the first words to the last. Raises ValueError where the page does not agree."""
    first, last = letters_of(part.first), letters_of(part.last)
    begin = page.letters.find(first)
    if begin < 0:
        raise ValueError(f"page {part.page} does not hold: {part.first}")
    found = page.letters.find(last, begin + max(0, len(first) - len(last)))
    if found < 0:
        raise ValueError(f"page {part.page} does not go on to: {part.last}")
    end = found + len(last)
    lines = _lines(page.heights[begin:end])
    if lines != part.lines:
        raise ValueError(f"{part.lines} lines were seen, {lines} are there: {part.first}")
    return page.letters[begin:end]


def _lines(heights: tuple[float, ...]) -> int:
    """Return how many lines the baselines make; raised letters and small steps are none."""
    count, current = 0, float("inf")
    for height in heights:
        if abs(height - current) > LEAST_STEP:
            count, current = count + 1, height
    return count


def page_letters(page: pypdfium2.PdfPage) -> PageLetters:
    text, x, y = page.get_textpage(), ctypes.c_double(), ctypes.c_double()
    letters: list[str] = []
    heights: list[float] = []
    for i in range(pdfium.FPDFText_CountChars(text)):
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        folded = letters_of(chr(pdfium.FPDFText_GetUnicode(text, i)))
        letters += folded
        heights += [y.value] * len(folded)
    return PageLetters("".join(letters), tuple(heights))


def paragraphs(file: pypdfium2.PdfDocument, notes: str) -> Iterator[str]:
    """Yield the letters of each paragraph; tell those that do not agree with the pages or are too short."""
    for parts in seen_paragraphs(notes):
        try:
            text = "".join(letters_between(page_letters(file[part.page - 1]), part) for part in parts)
        except ValueError as odd:
            print(f"left out: {odd}", file=sys.stderr)
            continue
        if len(text) >= LEAST_LETTERS:
            yield text
        else:
            print(f"left out: {len(text)} letters only: {parts[0].first}", file=sys.stderr)


def main(arguments: list[str]) -> None:
    if len(arguments) != 2:
        sys.exit(__doc__)
    with pypdfium2.PdfDocument(arguments[0]) as file:
        print("\n\n".join(paragraphs(file, Path(arguments[1]).read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main(sys.argv[1:])
