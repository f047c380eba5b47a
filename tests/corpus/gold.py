"""The gold of an invented issue: what a perfect reader finds in it, in the form of `parse --json`.

Everything comes from what the generator knows. Nothing is parsed out of text, and nothing of Monitor's reader,
which the gold judges, is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.corpus.issue_model import Article, Block, Issue, Run, printed_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def gold_of(
    issue: Issue, *, superscript: bool, starts: Sequence[int], pages: int, furniture: Sequence[str]
) -> dict[str, Any]:
    """Return the issue as it should be read; `starts` (one page per article) and `pages` are the typesetter's."""
    return {
        "schema": "monitor-issue/1",
        "issue": {
            "publication": issue.publication,
            "tagline": issue.tagline,
            "volume": issue.volume,
            "number": issue.number,
            "date": issue.date.isoformat(),
            "date_basis": "printed",
            "date_range": None,
            "pages": pages,
        },
        "toc": [
            {"page": starts[entry.article], "title": entry.title, "authors": list(entry.authors)}
            for entry in issue.contents
        ],
        "articles": [
            _article(article, start, superscript) for article, start in zip(issue.articles, starts, strict=True)
        ],
        "furniture": list(furniture),
    }


def _article(article: Article, start: int, superscript: bool) -> dict[str, Any]:
    homes = [("body", i, block.runs) for i, block in enumerate(article.blocks)]
    homes += [("note", i, note.runs) for i, note in enumerate(article.notes)]
    return {
        "kind": article.kind,
        "title": article.title,
        "authors": list(article.authors),
        "page_start": start,
        "bio": " ".join(article.bios),
        "blocks": [block_gold(block, superscript) for block in article.blocks],
        "notes": [
            {"n": note.n, "text": printed_text(note.runs, superscript=superscript), "resolves_to": note.resolves_to}
            for note in article.notes
        ],
        "markers": [
            {"n": run.marker, "block": i, "offset": at + (0 if superscript else 1)}
            for where, i, runs in homes
            if where == "body"
            for run, at in _placed(runs, superscript)
            if run.marker is not None
        ],
        "citations": [found for where, i, runs in homes for found in _citations(where, i, runs, superscript)],
        "links": [{"text": run.text, "url": run.url} for *_, runs in homes for run in runs if run.url],
    }


def block_gold(block: Block, superscript: bool) -> dict[str, Any]:
    """Return one block; a table's text is its cells, row by row."""
    if block.type == "table":
        rows = [list(row) for row in block.rows]
        return {"type": "table", "text": " ".join(cell for row in rows for cell in row), "rows": rows}
    return {"type": block.type, "text": printed_text(block.runs, superscript=superscript)}


def _placed(runs: Iterable[Run], superscript: bool) -> list[tuple[Run, int]]:
    """Return each run with the offset at which it begins, in code points."""
    placed, at = [], 0
    for run in runs:
        placed.append((run, at))
        at += len(printed_text((run,), superscript=superscript))
    return placed


def _citations(where: str, index: int, runs: Iterable[Run], superscript: bool) -> list[dict[str, Any]]:
    return [
        {
            "where": where,
            "block" if where == "body" else "note": index,
            "start": at,
            "end": at + len(f"{run.cited.source}, {run.cited.date}"),
            "source": run.cited.source,
            "date": run.cited.date,
            "iso": run.cited.iso,
            "inferred": run.cited.inferred,
            "url": run.url,
            "linked": run.url is not None,
        }
        for run, at in _placed(runs, superscript)
        if run.cited
    ]
