"""Sets an issue until its printed contents are true, with producers that need not be installed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

from tests.held_apart.matter import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.held_apart.matter import Issue

Pages = dict[int, int]  # index of a piece: page on which it starts
MOST_RUNS = 5
LONGEST_RUN = 180  # seconds for one producer


class ProducerMissingError(RuntimeError):
    """A producer is not installed here."""


@dataclass(frozen=True, slots=True)
class SetIssue:
    pdf: bytes
    pages: Pages


def settled(issue: Issue, make: Callable[[Issue, Pages], bytes]) -> SetIssue:
    """Set an issue again and again until the pages in its contents are those on which the pieces start."""
    pages = dict.fromkeys(range(len(issue.pieces)), 1)
    for _ in range(MOST_RUNS):
        pdf = make(issue, pages)
        found = starts(pdf, issue)
        if found == pages:
            return SetIssue(pdf, pages)
        pages = found
    raise ValueError(f"{issue.house.publication}: the pages of the contents never settle")


def starts(pdf: bytes, issue: Issue) -> Pages:
    """Return the page on which each piece's first paragraph begins, by the letters pdfium finds there."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as file:
        texts = [letters(page.get_textpage().get_text_bounded()) for page in file]
    found: Pages = {}
    for i, piece in enumerate(issue.pieces):
        first = next(block for block in piece.blocks if block.type == "para")
        # The first word may be a drop cap or small capitals, and stand apart.
        opening = letters(printed(first.spans).split(" ", 1)[1])
        # Pieces come in order, below their titles; a sentence that one opens with may stand in those before it too.
        found[i] = page_with(texts, opening, found.get(i - 1, 1), letters(piece.title))
    return found


def page_with(texts: list[str], opening: str, first: int = 1, title: str = "") -> int:
    """Return the page, `first` or a later one, that holds as much of a piece's opening as can be found.

    Of several it is the one where it follows the title most closely: the contents print titles too, and several pieces
    open with the same sentence.
    """
    for length in (90, 60, 40, 25):
        begun = opening[:length]
        having = [number for number, text in enumerate(texts, start=1) if number >= first and begun in text]
        if having:
            return min(having, key=lambda number: (letters_between(texts[number - 1], title, begun), number))
    raise ValueError(f"these words are on no page: {opening[:60]}")


def letters_between(text: str, title: str, opening: str) -> int:
    """Return how many letters stand between a title and the opening behind it, as few as may be; more than there are, if none do."""
    ends = (found.end() for found in re.finditer(re.escape(title), text))
    gaps = (text.find(opening, end) - end for end in ends)
    return min((gap for gap in gaps if gap >= 0), default=len(text) + (title not in text))


def letters(text: str) -> str:
    """Return the plain Latin letters of a text, in lower case: what survives every font and line end."""
    return re.sub(r"[^a-z]+", "", unicodedata.normalize("NFKD", text).casefold())


def program(*names: str) -> str:
    """Return the first of the programs that is installed, or raise ProducerMissingError."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise ProducerMissingError(f"{names[0]} is not installed")


def run(command: Sequence[str], folder: Path, text: bytes | None = None) -> bytes:
    """Run a producer in a folder and return what it prints; its own words are in the error."""
    done = subprocess.run(command, cwd=folder, input=text, capture_output=True, timeout=LONGEST_RUN, check=False)
    if done.returncode:
        told = (done.stdout + done.stderr).decode(errors="replace")
        raise RuntimeError(f"{command[0]} failed: {told[-1500:]}")
    return done.stdout
