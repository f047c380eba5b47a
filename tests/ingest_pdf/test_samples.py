"""The sample issues, read from their PDFs, are their gold to the last comma, and cheap to read."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest

from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.sandbox import read_guarded
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.serialising import to_json

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
SLUGS = sorted(path.stem for path in (ROOT / "samples").glob("*.pdf"))
ISSUE_KEYS = ("publication", "tagline", "volume", "number", "date", "date_basis", "pages")
ARTICLE_KEYS = ("kind", "title", "authors", "page_start", "bio")
CITATION_KEYS = ("where", "block", "start", "end", "source", "date", "iso", "inferred", "url", "linked")
MOST_TIMES = 1.3  # the goal for a whole reading, in times of bare text extraction


def pdf_of(slug: str) -> Path:
    return ROOT / "samples" / f"{slug}.pdf"


def gold_of(slug: str) -> dict[str, Any]:
    path = ROOT / "tests" / "fixtures" / "samples" / f"{slug}.gold.json"
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def only(keys: tuple[str, ...], data: dict[str, Any]) -> dict[str, Any]:
    return {key: data.get(key) for key in keys}


def comparable(issue: dict[str, Any]) -> dict[str, Any]:
    """Return what this side of the reader answers for: not what notes mean, nor regions and findings."""
    return {
        "issue": only(ISSUE_KEYS, issue["issue"]),
        "toc": issue["toc"],
        "articles": [
            only(ARTICLE_KEYS, article)
            | {
                "blocks": [only(("type", "text"), block) for block in article["blocks"]],
                "notes": [only(("n", "text"), note) for note in article["notes"]],
                "markers": article["markers"],
                "citations": [only(CITATION_KEYS, citation) for citation in article["citations"]],
                "links": [only(("text", "url"), link) for link in article["links"]],
            }
            for article in issue["articles"]
        ],
    }


def test_there_are_samples() -> None:
    assert len(SLUGS) >= 2


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sample_reads_as_its_gold(slug: str) -> None:
    found = to_json(read_guarded(pdf_of(slug), name=f"{slug}.pdf", limits=Limits()))
    assert comparable(found) == comparable(gold_of(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_no_running_head_of_a_sample_is_text(slug: str) -> None:
    document = read_pdf_issue(pdf_of(slug).read_bytes(), limits=Limits())
    text = "\n".join(block.text for article in document.articles for block in article.blocks)
    assert [head for head in gold_of(slug)["furniture"] if head in text] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_block_of_a_sample_says_where_it_stands(slug: str) -> None:
    document = read_pdf_issue(pdf_of(slug).read_bytes(), limits=Limits())
    sizes = document.issue.page_sizes
    for article in document.articles:
        for block in article.blocks:
            assert block.regions
            for region in block.regions:
                width, height = sizes[region.page - 1]
                x0, top, x1, bottom = region.bbox
                assert 0 <= x0 < x1 <= width
                assert 0 <= top < bottom <= height


def test_reading_costs_at_most_what_was_promised() -> None:
    """The whole reading of all samples against pdfplumber's bare text, in one process; .6 to .9 alone, 1.04 beside others."""
    files = [pdf_of(slug).read_bytes() for slug in SLUGS]

    def plain(data: bytes) -> None:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.close()

    def whole(data: bytes) -> None:
        read_pdf_issue(data, limits=Limits())

    assert _seconds(whole, files) < MOST_TIMES * _seconds(plain, files)


def _seconds(read: Callable[[bytes], None], files: list[bytes]) -> float:
    read(files[0])
    rounds = []
    for _ in range(2):
        started = time.process_time()
        for data in files:
            read(data)
        rounds.append(time.process_time() - started)
    return min(rounds)
