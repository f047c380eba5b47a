"""How many paragraphs of real PDFs come out whole, here and with other extractors: `python -m bench.extractors FOLDER`.

`--misses` names the paragraphs that ours does not give whole, by their first letters.

Every PDF of the folder for which `bench/facts/` knows the paragraphs is read by all of them in the same run. An
extractor that is not installed is left out: pdftotext comes with poppler-utils, PyMuPDF with `pip install PyMuPDF`.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench.page_facts import WAYS, PageFacts, all_facts, is_alone, is_whole, letters_of
from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.ingest.document import Article

    Extract = Callable[[bytes], list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """What one extractor made of one file."""

    whole: int  # paragraphs that stand unbroken somewhere in the output
    alone: int  # of these, the ones that are a paragraph of the output
    furniture: int  # running heads among the text
    seconds: float


def monitor_paragraphs(data: bytes) -> list[str]:
    """Return all that our reader takes for text: what it sets aside as furniture is not there."""
    return [text for article in read_pdf_issue(data, limits=Limits()).articles for text in _texts(article)]


def _texts(article: Article) -> Iterator[str]:
    yield article.title
    yield ", ".join(article.authors)
    yield from (block.text for block in article.blocks)
    yield article.bio or ""
    yield from (f"{note.n} {note.text}" for note in article.notes)


def pdftotext_paragraphs(data: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)  # noqa: S607
    return _split(done.stdout.decode("utf-8", "replace"))


def pymupdf_paragraphs(data: bytes) -> list[str]:
    with importlib.import_module("pymupdf").open(stream=data, filetype="pdf") as file:
        return [block[4] for page in file for block in page.get_text("blocks") if block[6] == 0]


def pdfminer_paragraphs(data: bytes) -> list[str]:
    text: str = importlib.import_module("pdfminer.high_level").extract_text(BytesIO(data))
    return _split(text)


def _split(text: str) -> list[str]:
    return re.split(r"\n\s*\n|\f", text)


def extractors() -> dict[str, Extract]:
    """Return the extractors that can run here."""
    found: dict[str, Extract] = {"Monitor": monitor_paragraphs, "pdfminer.six": pdfminer_paragraphs}
    if shutil.which("pdftotext"):
        found["pdftotext"] = pdftotext_paragraphs
    if importlib.util.find_spec("pymupdf"):
        found["PyMuPDF"] = pymupdf_paragraphs
    return found


def score(extract: Extract, data: bytes, facts: PageFacts) -> Score:
    began = time.perf_counter()
    paragraphs = [letters_of(text) for text in extract(data)]
    seconds = time.perf_counter() - began
    output, own = "".join(paragraphs), frozenset(paragraphs)
    return Score(
        whole=sum(is_whole(paragraph, output) for paragraph in facts.paragraphs),
        alone=sum(is_alone(paragraph, own) for paragraph in facts.paragraphs),
        furniture=sum(output.count(head) for head in facts.furniture),
        seconds=seconds,
    )


def report(folder: Path, known: dict[str, PageFacts]) -> Iterator[str]:
    """Yield a table for each way in which the facts were found, and name the files without facts."""
    tools = extractors()
    files = {path: known.get(hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(folder.glob("*.pdf"))}
    yield "Paragraphs found whole, those that stand alone, running heads left in the text."
    for way in WAYS:
        chosen = {path: facts for path, facts in files.items() if facts and facts.way == way}
        if chosen:
            yield f"\nParagraphs found {way}:\n\n| file | paragraphs | " + " | ".join(tools) + " |"
            yield "|---|---|" + "---|" * len(tools)
            yield from _rows(chosen, tools)
    yield from (f"\n{path.name}: no facts" for path, facts in files.items() if facts is None)


def _rows(chosen: dict[Path, PageFacts], tools: dict[str, Extract]) -> Iterator[str]:
    totals = {name: [0, 0, 0, 0.0] for name in tools}
    for path, facts in chosen.items():
        data = path.read_bytes()
        scores = {name: score(extract, data, facts) for name, extract in tools.items()}
        for name, one in scores.items():
            figures = (one.whole, one.alone, one.furniture, one.seconds)
            totals[name] = [total + figure for total, figure in zip(totals[name], figures, strict=True)]
        cells = (f"{one.whole}, {one.alone}, {one.furniture}" for one in scores.values())
        yield f"| {path.name} | {len(facts.paragraphs)} | " + " | ".join(cells) + " |"
    number = sum(len(facts.paragraphs) for facts in chosen.values())
    cells = (f"{a / number:.3f}, {b / number:.3f}, {c}; {t:.1f} s" for a, b, c, t in totals.values())
    yield f"| all | {number} | " + " | ".join(cells) + " |"


def misses(folder: Path, known: dict[str, PageFacts]) -> Iterator[str]:
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        facts = known.get(hashlib.sha256(data).hexdigest())
        output = "".join(letters_of(text) for text in monitor_paragraphs(data)) if facts else ""
        for paragraph in facts.paragraphs if facts else ():
            if not is_whole(paragraph, output):
                yield f"{path.name}: {paragraph.begins}\u2026 ({paragraph.letters} letters)"


def main(arguments: list[str]) -> None:
    folders = [Path(argument) for argument in arguments if argument != "--misses"]
    if len(folders) != 1 or not folders[0].is_dir():
        sys.exit(__doc__)
    for line in (misses if "--misses" in arguments else report)(folders[0], all_facts()):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
