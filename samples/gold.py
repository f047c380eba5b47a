"""The gold of a sample issue: what a perfect reader finds in it, worked out from the source.

Schema `monitor-issue/1`. Nothing here is taken from Monitor's own reader, which the gold judges.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samples.source_text import Passage, SourceArticle, SourceIssue

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
GROUP = re.compile(r"\(([^()]+)\)")
MEMBER = re.compile(rf"(?P<source>.+?), (?P<date>(?:{MONTHS}) \d{{1,2}}(?:, \d{{4}})?|(?:{MONTHS}) \d{{4}}|\d{{4}})")
MARKER = re.compile(r"\[(\d+)\]")

# Which earlier note a short form means is the author's knowledge: {(slug, article from 0): {short form: note}}.
SHORT_FORMS = {
    ("ceasefire-quarterly-i-4", 2): {5: 2},
    ("ceasefire-quarterly-i-4", 4): {7: 2},
    ("ceasefire-quarterly-iii-2", 2): {8: 2},
    ("ceasefire-quarterly-iii-2", 3): {6: 2},
    ("ceasefire-quarterly-iii-2", 4): {5: 4},
    ("ceasefire-quarterly-iv-4", 2): {5: 3},
    ("ceasefire-quarterly-iv-4", 3): {6: 3},
    ("ceasefire-quarterly-iv-4", 4): {6: 2},
}


def gold_document(
    slug: str, issue: SourceIssue, starts: tuple[int, ...], pages: int, furniture: list[str]
) -> dict[str, Any]:
    """Return the issue as `parse --json` should print it; `starts` and `pages` come from the typesetter."""
    listed = {entry.title for entry in issue.contents}
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
        "toc": [{"page": entry.page, "title": entry.title, "authors": list(entry.authors)} for entry in issue.contents],
        "articles": [
            {
                "kind": "article" if article.title in listed else "brief",
                **_article(article, start, issue.date, SHORT_FORMS.get((slug, i), {})),
            }
            for i, (article, start) in enumerate(zip(issue.articles, starts, strict=True))
        ],
        "furniture": furniture,
    }


def _article(article: SourceArticle, start: int, printed: date, short_forms: dict[int, int]) -> dict[str, Any]:
    passages = [("body", i, block) for i, block in enumerate(article.blocks)]
    passages += [("note", i, note) for i, note in enumerate(article.notes)]
    return {
        "title": article.title,
        "authors": list(article.authors),
        "page_start": start,
        "bio": " ".join(bio.text for bio in article.bios),
        "blocks": [{"type": block.type, "text": block.text} for block in article.blocks],
        "notes": _notes(article, short_forms),
        "markers": [
            {"n": int(match[1]), "block": i, "offset": match.start()}
            for i, block in enumerate(article.blocks)
            for match in MARKER.finditer(block.text)
        ],
        "citations": [
            citation for where, i, passage in passages for citation in _citations(where, i, passage, printed)
        ],
        "links": [{"text": run.text, "url": run.url} for *_, passage in passages for run in passage.runs if run.url],
    }


def _notes(article: SourceArticle, short_forms: dict[int, int]) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = []
    last = None  # the latest note that is not itself an "Ibid."
    for n, note in enumerate(article.notes, start=1):
        ibid = note.text == "Ibid."
        notes.append({"n": note.n, "text": note.text, "resolves_to": last if ibid else short_forms.get(n)})
        last = last if ibid else n
    return notes


def _citations(where: str, index: int, passage: Passage, printed: date) -> list[dict[str, Any]]:
    found = []
    for group in GROUP.finditer(passage.text):
        members = _members(group)
        if any(match for _, match in members) and not all(match for _, match in members):
            raise ValueError(f"half a citation: {group[0]}")
        for start, match in members:
            if match:
                url = _url_at(passage, start)
                iso, inferred = resolved(match["date"], printed)
                found.append(
                    {
                        "where": where,
                        "block" if where == "body" else "note": index,
                        "start": start,
                        "end": start + len(match[0]),
                        "source": match["source"],
                        "date": match["date"],
                        "iso": iso,
                        "inferred": inferred,
                        "url": url,
                        "linked": url is not None,
                    }
                )
    return found


def _members(group: re.Match[str]) -> list[tuple[int, re.Match[str] | None]]:
    members, at = [], group.start(1)
    for part in group[1].split("; "):
        members.append((at, MEMBER.fullmatch(part)))
        at += len(part) + len("; ")
    return members


def _url_at(passage: Passage, offset: int) -> str | None:
    at = 0
    for run in passage.runs:
        if at == offset and run.url:
            return run.url
        at += len(run.text)
    return None


def resolved(printed: str, issue: date) -> tuple[str, bool]:
    """Return a printed date in ISO form and whether its year had to be inferred.

    A day without a year is the latest such day on or before the issue's date.
    """
    if re.fullmatch(r"\d{4}", printed):
        return printed, False
    for form, iso in (("%B %d, %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m")):
        try:
            return datetime.strptime(printed, form).replace(tzinfo=UTC).strftime(iso), False
        except ValueError:
            continue
    this_year = datetime.strptime(f"{printed}, {issue.year}", "%B %d, %Y").replace(tzinfo=UTC).date()
    day = this_year if this_year <= issue else this_year.replace(year=issue.year - 1)
    return day.isoformat(), True
