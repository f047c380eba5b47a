"""An article as its reading page shows it: rows turned into blocks, links and notes.

The text itself is drawn by `annotations.rendering`; this module says which stretch of it leads where.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.urls import reverse

from monitor.annotations.rendering import BlockFrame, Html, Span, render_blocks, render_line
from monitor.library.queries import current_text
from monitor.web.links import SAFE_REL, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.library.models import Article, Block, Marker, Note, TextLink
    from monitor.library.source_models import Citation

Row = TypeVar("Row", "TextLink", "Citation")

# Which link stays where two overlap.
MARKER, CITATION, PRINTED_LINK = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A section head of the article, for the rail."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """An endnote with its links, the ids of its markers, and the note it stands for."""

    id: str
    number: int
    html: Html
    markers: tuple[str, ...]
    resolved: Resolved | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The note that an "Ibid." or a short form means."""

    id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reading page says of one article's text."""

    html: Html
    headings: tuple[Heading, ...]
    notes: tuple[PrintedNote, ...]
    regions: tuple[tuple[str, list[dict[str, Any]]], ...]  # fragment of each block, and where it stands on the pages


def block_id(position: int) -> str:
    """Return the fragment of a block: `p1` is the first."""
    return f"p{position + 1}"


def read(article: Article) -> Reading:
    body = current_text(article).body
    blocks = list(article.blocks.all())
    notes = list(article.notes.all())
    note_ids = _unique_ids("n", notes)
    markers = [marker for marker in article.markers.all() if marker.note_id in note_ids]
    marker_ids = _unique_ids("r", markers)
    links, citations = _by_note(article.links.all()), _by_note(article.citations.select_related("spelling__source"))
    spans = _link_spans(links[None]) + _citation_spans(citations[None])
    spans += [_marker_span(marker, marker_ids[marker.pk], note_ids[marker.note_id or 0]) for marker in markers]
    return Reading(
        html=render_blocks(body, [_frame(block) for block in blocks], spans),
        headings=tuple(Heading(block_id(b.position), body[b.start : b.end]) for b in blocks if b.type == "heading"),
        regions=tuple((block_id(block.position), block.regions) for block in blocks),
        notes=_printed_notes(notes, note_ids, links, citations, _markers_by_note(markers, marker_ids)),
    )


def _unique_ids(letter: str, rows: Iterable[Note] | Iterable[Marker]) -> dict[int, str]:
    """Return an id for each row by its number; a number that is printed again gets `-2`, `-3`, …."""
    seen: dict[int, int] = defaultdict(int)
    ids = {}
    for row in rows:
        seen[row.number] += 1
        again = f"-{seen[row.number]}" if seen[row.number] > 1 else ""
        ids[row.pk] = f"{letter}{row.number}{again}"
    return ids


def _frame(block: Block) -> BlockFrame:
    rows = tuple(tuple(cells) for cells in block.rows)
    return BlockFrame(block.type, block.start, block.end, block_id(block.position), block.level, rows)


def _by_note(rows: Iterable[Row]) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.note_id].append(row)
    return found


def _marker_span(marker: Marker, own_id: str, note_id: str) -> Span:
    attributes = (("class", "ref"), ("id", own_id), ("role", "doc-noteref"), ("href", f"#{note_id}"))
    return Span("link", marker.start, marker.end, attributes, priority=MARKER, bracketed=True)


def _citation_spans(citations: Sequence[Citation]) -> list[Span]:
    return [
        Span(
            "link",
            citation.start,
            citation.end,
            (
                ("class", "cite"),
                ("href", reverse("source", args=[citation.source.slug])),
                ("data-card", reverse("citation", args=[citation.pk])),
            ),
            priority=CITATION,
        )
        for citation in citations
    ]


def _link_spans(links: Sequence[TextLink]) -> list[Span]:
    return [
        Span("link", link.start, link.end, (("href", address), ("rel", SAFE_REL)), priority=PRINTED_LINK)
        for link in links
        if (address := web_address(link.url))
    ]


def _markers_by_note(markers: list[Marker], ids: dict[int, str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for marker in markers:
        found[marker.note_id or 0] += (ids[marker.pk],)
    return found


def _printed_notes(
    notes: list[Note],
    ids: dict[int, str],
    links: dict[int | None, list[TextLink]],
    citations: dict[int | None, list[Citation]],
    markers: dict[int, tuple[str, ...]],
) -> tuple[PrintedNote, ...]:
    by_pk = {note.pk: note for note in notes}
    return tuple(
        PrintedNote(
            id=ids[note.pk],
            number=note.number,
            html=render_line(note.text, _link_spans(links[note.pk]) + _citation_spans(citations[note.pk])),
            markers=markers[note.pk],
            resolved=_resolved(by_pk.get(note.resolves_to_id or 0), ids),
        )
        for note in notes
    )


def _resolved(meant: Note | None, ids: dict[int, str]) -> Resolved | None:
    return Resolved(ids[meant.pk], meant.number, meant.text) if meant else None
