"""Typeset the sample issues and write their gold: `python -m samples.typeset` from the top of the repository.

Every source in samples/issues/ becomes samples/<slug>.pdf and tests/fixtures/samples/<slug>.gold.json. The same
source gives the same bytes: the fonts are those inside the typst wheel, the dates are the issue's own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from samples.gold import gold_document
from samples.source_text import Passage, SourceIssue, long_date, read_source

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "issues"
GOLD = HERE.parent / "tests" / "fixtures" / "samples"
TEMPLATE = HERE / "newsletter.typ"


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished issue: the PDF, the page on which each article starts, and how many pages there are."""

    pdf: bytes
    starts: tuple[int, ...]
    pages: int


def slugs() -> list[str]:
    """Return the names of the sample issues, oldest first."""
    return sorted((path.stem for path in SOURCES.glob("*.md")), key=lambda slug: issue_of(slug).date)


def issue_of(slug: str) -> SourceIssue:
    """Read one source."""
    return read_source((SOURCES / f"{slug}.md").read_text(encoding="utf-8"))


def running_heads(issue: SourceIssue) -> dict[str, str]:
    """Return the lines above left and right pages."""
    return {
        "even": f"{issue.publication} · {issue.tagline}",
        "odd": f"Volume {issue.volume}, Issue {issue.number} · {long_date(issue.date)}",
    }


def typeset(issue: SourceIssue) -> Typeset:
    """Set one issue. The first run finds the pages; the contents are printed as the source has them."""
    inputs = {"issue": json.dumps(_for_template(issue), ensure_ascii=False)}
    compiler = typst.Compiler(str(TEMPLATE), root=str(HERE), ignore_system_fonts=True, sys_inputs=inputs)
    stamp = datetime(issue.date.year, issue.date.month, issue.date.day, tzinfo=UTC)
    pdf = compiler.compile(format="pdf", timestamp=stamp)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    starts = json.loads(compiler.query("<starts>", field="value"))
    (pages,) = json.loads(compiler.query("<ends>", field="value"))
    return Typeset(pdf, tuple(starts), pages)


def _for_template(issue: SourceIssue) -> dict[str, Any]:
    titles = [article.title for article in issue.articles]
    return {
        "publication": issue.publication,
        "tagline": issue.tagline,
        "number-line": issue.number_line,
        "date-line": long_date(issue.date),
        "date": [issue.date.year, issue.date.month, issue.date.day],
        "editor": issue.contents[0].authors[0],
        "disclaimer": issue.disclaimer,
        "running": running_heads(issue),
        "contents": [
            {
                "page": entry.page,
                "title": entry.rows,
                "byline": " and ".join(entry.authors),
                # A section ("Briefs") leads to the first article of the issue.
                "target": _label(titles.index(entry.title) if entry.title in titles else 0),
            }
            for entry in issue.contents
        ],
        "articles": [
            {
                "title": article.title,
                "byline": article.byline,
                "label": _label(i),
                "first": i == 0,
                "blocks": [_passage(block) for block in article.blocks],
                "bios": [_passage(bio)["runs"] for bio in article.bios],
                "notes": [_passage(note) for note in article.notes],
            }
            for i, article in enumerate(issue.articles)
        ],
    }


def _label(index: int) -> str:
    return f"article-{index + 1}"


def _passage(passage: Passage) -> dict[str, Any]:
    return {"type": passage.type, "n": passage.n, "runs": [asdict(run) for run in passage.runs]}


def wrong_pages(issue: SourceIssue, done: Typeset) -> list[str]:
    """Return one sentence for each entry of the contents that names another page than the true one."""
    true = dict(zip((article.title for article in issue.articles), done.starts, strict=True))
    return [
        f"contents: “{entry.title}” stands on p.{true.get(entry.title, 1)}, not p.{entry.page}"
        for entry in issue.contents
        if entry.page != true.get(entry.title, 1)
    ]


def main() -> int:
    GOLD.mkdir(parents=True, exist_ok=True)
    failed = False
    for slug in slugs():
        issue = issue_of(slug)
        done = typeset(issue)
        (HERE / f"{slug}.pdf").write_bytes(done.pdf)
        gold = gold_document(slug, issue, done.starts, done.pages, [*running_heads(issue).values(), issue.disclaimer])
        (GOLD / f"{slug}.gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{slug}: {done.pages} pages, {len(done.pdf)} bytes")
        for sentence in wrong_pages(issue, done):
            print(f"  {sentence}")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
