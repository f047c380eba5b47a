"""What a perfect reader finds in an issue, worked out from the matter and never from a reading of it."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.held_apart.matter import MARKER, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.held_apart.matter import Block, Issue, Piece, Span

NAMES = {name: n for n, name in enumerate(calendar.month_name) if name}
NAMES |= {f"{name}.": n for n, name in enumerate(calendar.month_abbr) if name} | {"Sept.": 9}
MONTH = "|".join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))
DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<day>\d\d?) (?P<m1>{MONTH}) (?P<y1>\d{{4}})"
    rf"|(?P<m2>{MONTH}) (?P<d2>\d\d?)(?:, (?P<y2>\d{{4}}))?|(?P<m3>{MONTH}) (?P<y3>\d{{4}})|(?P<year>\d{{4}})"
)
GROUP = re.compile(r"\(([^()]+)\)")

FOLLOWING = 40  # characters


def gold_of(issue: Issue, pages: dict[int, int]) -> dict[str, Any]:
    """Return the issue in the scorer's schema; `pages` says on which page each piece starts."""
    house = issue.house
    listed = {entry.piece: entry for entry in issue.contents}
    return {
        "schema": "monitor-issue/1",
        "issue": {
            "publication": house.publication,
            "volume": house.volume,
            "number": house.number,
            "date": house.date,
        },
        "toc": [
            {"page": pages[entry.piece], "title": entry.title, "authors": list(entry.authors)}
            for _, entry in sorted(listed.items())
        ],
        "articles": [_article(issue, piece, pages[i]) for i, piece in enumerate(issue.pieces)],
        "furniture": [*issue.furniture, *house.running],
    }


def _article(issue: Issue, piece: Piece, page: int) -> dict[str, Any]:
    house = issue.house
    texts = [text_of(block, house.markers) for block in piece.blocks]
    notes = [printed(note.spans) for note in piece.notes]
    passages = [("body", i, text, block.spans) for i, (text, block) in enumerate(zip(texts, piece.blocks, strict=True))]
    passages += [("note", i, text, note.spans) for i, (text, note) in enumerate(zip(notes, piece.notes, strict=True))]
    reference = date.fromisoformat(house.date) if house.date else date(house.year, 12, 31)
    return {
        "kind": piece.kind,
        "title": piece.title,
        "authors": list(piece.authors),
        "page_start": page,
        "bio": piece.bio,
        "blocks": [
            {"type": block.type, "text": text, **({"rows": [list(row) for row in block.rows]} if block.rows else {})}
            for block, text in zip(piece.blocks, texts, strict=True)
        ],
        "notes": [{"n": note.n, "text": text} for note, text in zip(piece.notes, notes, strict=True)],
        "markers": [
            {"n": int(found[1]), "block": i, "offset": found.start()}
            for i, text in enumerate(texts)
            for found in MARKER.finditer(text)
        ],
        "citations": [citation for where, i, text, _ in passages for citation in _citations(where, i, text, reference)],
        "links": [link for *_, spans in passages for link in _links(spans)],
    }


def text_of(block: Block, markers: str) -> str:
    """Return a block's text as the conventions give it: a sidebar with its title, a table row by row."""
    if block.rows:
        return " ".join(" ".join(row) for row in block.rows)
    body = printed(block.spans, markers)
    return f"{block.title} {body}" if block.title else body


def _links(spans: Sequence[Span]) -> Iterator[dict[str, Any]]:
    """Yield each link with what is printed behind it, which tells it from others to the same source."""
    for at, span in enumerate(spans):
        if span.url:
            yield {"text": span.text, "url": span.url, "after": printed(tuple(spans[at + 1 :]))[:FOLLOWING]}


def _citations(where: str, index: int, text: str, reference: date) -> Iterator[dict[str, Any]]:
    for group in GROUP.finditer(text):
        at = group.start(1)
        for member in group[1].split("; "):
            source, comma, day = _halves(member)
            if comma:
                iso, inferred = resolved(day, reference)
                place = "block" if where == "body" else "note"
                yield {
                    "where": where,
                    place: index,
                    "start": at,
                    "end": at + len(member),
                    "source": source,
                    "date": day,
                    "iso": iso,
                    "inferred": inferred,
                }
            at += len(member) + len("; ")


def _halves(member: str) -> tuple[str, str, str]:
    """Split `SOURCE, DATE` at the first comma after which nothing but a date stands."""
    for comma in re.finditer(", ", member):
        if DATE.fullmatch(member[comma.end() :]):
            return member[: comma.start()], ", ", member[comma.end() :]
    return member, "", ""


def resolved(day: str, reference: date) -> tuple[str, bool]:
    """Return a printed date in ISO form, and whether its year had to be worked out from the issue's date."""
    found = DATE.fullmatch(day)
    if found is None:
        raise ValueError(f"not a date: {day}")
    if found["iso"] or found["year"]:
        return day, False
    if found["m3"]:
        return f"{found['y3']}-{NAMES[found['m3']]:02}", False
    month, number = NAMES[found["m1"] or found["m2"]], int(found["day"] or found["d2"])
    year = found["y1"] or found["y2"]
    if year:
        return f"{year}-{month:02}-{number:02}", False
    past = (month, number) <= (reference.month, reference.day)
    return f"{reference.year - (not past)}-{month:02}-{number:02}", True
