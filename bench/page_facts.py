"""The paragraphs and running heads of a PDF, as facts that hold none of its text.

    python -m bench.page_facts FILE.pdf PARAGRAPHS.txt FURNITURE.txt "where it was found" WAY > bench/facts/NAME.json

PARAGRAPHS.txt holds the prose as printed, a blank line between paragraphs; FURNITURE.txt one running head a line. WAY is
"by eye" where people read the paragraphs off the pictures of the pages, "proposed" where a reader proposed them.
A paragraph is kept as its first letters, its length and a digest: enough to find it, too little to read it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

FACTS = Path(__file__).with_name("facts")
BEGINS = 20  # letters
WAYS = ("by eye", "proposed")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by its letters alone: blanks, hyphens and points are what extractors rightly differ in."""

    begins: str
    letters: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What one file must give: its paragraphs whole, its furniture not at all."""

    sha256: str
    found_in: str
    way: str  # how the paragraphs were found: one of WAYS
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[str, ...]  # their letters


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, folded, so that ligatures, cases and breaks make no difference."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def paragraph_facts(text: str) -> Paragraph:
    letters = letters_of(text)
    return Paragraph(letters[:BEGINS], len(letters), _digest(letters))


def is_whole(paragraph: Paragraph, output: str) -> bool:
    """Tell whether the letters of an output hold the paragraph without a break."""
    at = output.find(paragraph.begins)
    while at >= 0:
        if _digest(output[at : at + paragraph.letters]) == paragraph.sha256:
            return True
        at = output.find(paragraph.begins, at + 1)
    return False


def is_alone(paragraph: Paragraph, outputs: frozenset[str]) -> bool:
    """Tell whether the paragraph is one of the output's own."""
    return any(len(text) == paragraph.letters and _digest(text) == paragraph.sha256 for text in outputs)


def all_facts() -> dict[str, PageFacts]:
    """Return the facts by the sha256 of their file."""
    return {facts.sha256: facts for facts in map(_read, sorted(FACTS.glob("*.json")))}


def _read(path: Path) -> PageFacts:
    data = json.loads(path.read_text(encoding="utf-8"))
    paragraphs = tuple(Paragraph(**paragraph) for paragraph in data["paragraphs"])
    return PageFacts(data["sha256"], data["found_in"], data["way"], paragraphs, tuple(data["furniture"]))


def _digest(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()


def main(file: str, paragraphs: str, furniture: str, found_in: str, way: str) -> None:
    if way not in WAYS:
        raise SystemExit(__doc__)
    prose = re.split(r"\n\s*\n", Path(paragraphs).read_text(encoding="utf-8").strip())
    heads = Path(furniture).read_text(encoding="utf-8").splitlines()
    facts = PageFacts(
        hashlib.sha256(Path(file).read_bytes()).hexdigest(),
        found_in,
        way,
        tuple(map(paragraph_facts, prose)),
        tuple(letters_of(head) for head in heads if letters_of(head)),
    )
    print(json.dumps(asdict(facts), indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
