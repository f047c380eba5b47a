"""Set the documents, read them, and say how well: `python -m tests.held_apart [NAME...] [--seed N] [--details] [--keep DIR]`.

A name may be the beginning of several. The worst documents come first; producers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from tests.held_apart.differences import differences
from tests.held_apart.documents import BESIDE_THE_REQUIREMENTS, DOCUMENTS
from tests.held_apart.floors import raise_floors
from tests.held_apart.judging import Figures, figures, loss, reading_of
from tests.held_apart.setting import ProducerMissingError

if TYPE_CHECKING:
    from tests.held_apart.documents import Document

HERE = Path(__file__).resolve().parent
CACHE = Path(tempfile.gettempdir()) / "monitor-held-apart"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.held_apart", description=__doc__)
    parser.add_argument("names", nargs="*", default=[""])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--details", action="store_true", help="what differs, line by line")
    parser.add_argument("--keep", type=Path, help="write the PDFs, golds and readings here")
    parser.add_argument("--raise-floors", action="store_true", help="commit to what is better than before")
    asked = parser.parse_args()
    results: list[tuple[str, Figures, list[str]]] = []
    for document in DOCUMENTS:
        if document.name.startswith(tuple(asked.names)):
            try:
                pdf, gold = made(document, asked.seed)
            except ProducerMissingError as missing:
                print(f"{document.name}: left out, {missing}")
                continue
            began = time.process_time()
            found = reading_of(pdf)
            print(f"{document.name}: read in {time.process_time() - began:.1f} s", file=sys.stderr)
            kept(asked.keep, document.name, pdf, gold, found)
            results.append((document.name, figures(found, gold), list(differences(found, gold))))
    results.sort(key=lambda result: -sum(loss(*figure) for figure in result[1].items()))
    table(results)
    if asked.raise_floors:
        tested = [document.name for document in DOCUMENTS if document.producer in BESIDE_THE_REQUIREMENTS]
        raise_floors({name: found for name, found, _ in results if name in tested})
    if asked.details:
        for name, _, lines in results:
            print(f"\n== {name}", *lines, sep="\n")


def made(document: Document, seed: int) -> tuple[bytes, dict[str, Any]]:
    """Return a document's PDF and gold, set anew only where the text of this folder has changed."""
    sources = b"".join(
        path.read_bytes() for path in sorted(HERE.rglob("*.py")) if path.parent.name == "makers" or path.name in DRAWN
    )
    key = hashlib.sha256(sources + f"{document.name} {seed}".encode()).hexdigest()[:24]
    pdf, gold = CACHE / f"{key}.pdf", CACHE / f"{key}.json"
    if not gold.exists():
        CACHE.mkdir(exist_ok=True)
        data, right = document.set(seed)
        pdf.write_bytes(data)
        gold.write_text(json.dumps(right, ensure_ascii=False), encoding="utf-8")
    return pdf.read_bytes(), json.loads(gold.read_text(encoding="utf-8"))


DRAWN = ("matter.py", "words.py", "writing.py", "houses.py", "documents.py", "gold.py", "drawn_links.py", "setting.py")


def kept(folder: Path | None, name: str, pdf: bytes, gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Write what was set and read for a person to look at."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.pdf").write_bytes(pdf)
        for kind, data in (("gold", gold), ("read", found)):
            (folder / f"{name}.{kind}.json").write_text(
                json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8"
            )


def table(results: list[tuple[str, Figures, list[str]]]) -> None:
    """Print every figure that is not perfect, the worst documents first, then the means."""
    for name, found, _ in results:
        odd = {key: value for key, value in found.items() if loss(key, value) > 0}
        print(f"{name:22s} " + (", ".join(f"{key} {value:.4g}" for key, value in odd.items()) or "perfect"))
    measures = sorted({key for _, found, _ in results for key in found})
    print(f"\n{'measure':22s} {'mean':>8s} {'worst':>8s}")
    for measure in measures:
        values = [found[measure] for _, found, _ in results if measure in found]
        worst = max(values, key=lambda value: loss(measure, value))
        print(f"{measure:22s} {mean(values):8.4f} {worst:8.4f}")


if __name__ == "__main__":
    main()
