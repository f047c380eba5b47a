"""An article as its reading page shows it: rows turned into blocks, links, hits and notes.

The text itself is drawn by `annotations.rendering`; this module says which stretch of it leads where.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from monitor.annotations.rendering import BlockFrame, Html, Span, render_blocks, render_each, render_line
from monitor.library.languages import language_of
from monitor.web.fixed_addresses import stem_of
from monitor.web.hit_marks import HitMarks
from monitor.web.links import SAFE_REL, web_address
from monitor.web.named_spans import with_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from monitor.library.printed import Printed

    Over = Mapping[int | None, Sequence[Span]]

    Row = dict[str, Any]  # as `library.printed` gives them

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
class ShownFinding:
    """What a curator should look at in this article, and the fragment at which it stands, if that is known."""

    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reading page says of one article's text."""

    html: Html
    drawn: Callable[[], dict[str, Html]]  # each block alone, by its fragment: for answers that bring one anew
    language: str
    headings: tuple[Heading, ...]
    notes: tuple[PrintedNote, ...]
    regions: tuple[tuple[str, list[dict[str, Any]]], ...]  # fragment of each block, and where it stands on the pages
    findings: tuple[ShownFinding, ...]
    hits: int | None  # in text and notes; their fragments are h1, h2, ...; None where nothing is looked for in them


def block_id(position: int) -> str:
    """Return the fragment of a block: `p1` is the first."""
    return f"p{position + 1}"


def read(
    body: str,
    printed: Printed,
    *,
    query: str = "",
    hit: int = 0,
    named: Sequence[Row] | None = None,
    over: Over | None = None,
) -> Reading:
    """Draw an article's text and notes; the words of `query` are marked as hits, the one numbered `hit` as at hand.

    With `named` (rows of names) these are the hits instead. `over` are the spans of annotations: over the text (None) and
    over each note, by its key.
    """
    over = with_names(over, printed.named)
    note_ids = unique_note_ids(printed)
    markers, marker_ids = _markers(printed, note_ids)
    marks = HitMarks(query, hit, named)
    links, citations = _by_note(printed.links), _by_note(printed.citations)
    spans = _link_spans(links[None]) + _citation_spans(citations[None]) + marks.over_blocks(body, printed.blocks)
    spans += [_marker_span(marker, marker_ids[marker["pk"]], note_ids[marker["note"]]) for marker in markers]
    blocks = printed.blocks
    spans += over.get(None, [])
    frames = [_frame(block) for block in blocks]
    return Reading(
        html=render_blocks(body, frames, spans),
        drawn=partial(render_each, body, frames, spans),
        language=language_of(body),
        headings=tuple(_heading(body, block) for block in blocks if block["type"] == "heading"),
        regions=tuple((block_id(block["position"]), block["regions"]) for block in blocks),
        notes=_printed_notes(printed, note_ids, (links, citations), _markers_by_note(markers, marker_ids), marks, over),
        findings=tuple(_shown_finding(row, printed) for row in printed.findings),
        hits=marks.drawn if marks.is_sought else None,
    )


def read_part(
    body: str, printed: Printed, notes: Mapping[int, str], over: Over
) -> tuple[dict[str, Html], dict[str, Html]]:
    """Draw the blocks in `printed` and these `notes` (texts by their keys), by their fragments, as `read` does.

    Of `printed` all notes and markers must be there, since numbers that are printed again get ids by their order.
    """
    note_ids = unique_note_ids(printed)
    markers, marker_ids = _markers(printed, note_ids)
    links, citations, named = _by_note(printed.links), _by_note(printed.citations), with_names(over, printed.named)
    lines = {
        note_ids[pk]: render_line(
            text, _link_spans(links[pk]) + _citation_spans(citations[pk]) + list(named.get(pk, ()))
        )
        for pk, text in notes.items()
    }
    numbered = [(marker, marker_ids[marker["pk"]], note_ids[marker["note"]]) for marker in markers]
    return read_blocks(body, printed, numbered, over), lines


def read_blocks(body: str, printed: Printed, markers: Iterable[tuple[Row, str, str]], over: Over) -> dict[str, Html]:
    """Draw the blocks in `printed`, by their fragments; each of `markers` comes with its id and that of its note."""
    links, citations, named = _by_note(printed.links), _by_note(printed.citations), with_names(over, printed.named)
    spans = _link_spans(links[None]) + _citation_spans(citations[None]) + list(named.get(None, ()))
    spans += [_marker_span(marker, own_id, note_id) for marker, own_id, note_id in markers]
    return render_each(body, [_frame(block) for block in printed.blocks], spans)


def unique_note_ids(printed: Printed) -> dict[int, str]:
    """Return the fragment of each note, by its key."""
    return _unique_ids("n", printed.notes)


def _markers(printed: Printed, note_ids: Mapping[int, str]) -> tuple[list[Row], dict[int, str]]:
    """Return the markers whose notes are printed, and their ids by their keys."""
    markers = [marker for marker in printed.markers if marker["note"] in note_ids]
    return markers, _unique_ids("r", markers)


def _unique_ids(letter: str, rows: Iterable[Row]) -> dict[int, str]:
    """Return an id for each row by its number; a number that is printed again gets `-2`, `-3`, …."""
    seen: dict[int, int] = defaultdict(int)
    ids = {}
    for row in rows:
        number = row["number"]
        ids[row["pk"]] = unique_id(letter, number, earlier=seen[number])
        seen[number] += 1
    return ids


def unique_id(letter: str, number: int, *, earlier: int) -> str:
    """Return the fragment of a note (`n`) or marker (`r`) before which `earlier` others bear the same number."""
    return f"{letter}{number}-{earlier + 1}" if earlier else f"{letter}{number}"


def _frame(block: Row) -> BlockFrame:
    rows = tuple(tuple(cells) for cells in block["rows"])
    return BlockFrame(block["type"], block["start"], block["end"], block_id(block["position"]), block["level"], rows)


def _heading(body: str, block: Row) -> Heading:
    return Heading(block_id(block["position"]), body[block["start"] : block["end"]])


def _shown_finding(row: Row, printed: Printed) -> ShownFinding:
    if row["note"] is not None and any(note["number"] == row["note"] for note in printed.notes):
        return ShownFinding(row["message"], f"n{row['note']}")
    at = row["start"]
    inside = (b for b in printed.blocks if at is not None and b["start"] <= at <= b["end"])
    return ShownFinding(row["message"], next((block_id(block["position"]) for block in inside), ""))


def _by_note(rows: Iterable[Row]) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["note"]].append(row)
    return found


def _marker_span(marker: Row, own_id: str, note_id: str) -> Span:
    attributes = (("class", "ref"), ("id", own_id), ("role", "doc-noteref"), ("href", f"#{note_id}"))
    return Span("link", marker["start"], marker["end"], attributes, priority=MARKER, bracketed=True)


def _citation_spans(citations: Sequence[Row]) -> list[Span]:
    if not citations:
        return []
    # One address is asked for and the others are made of it: a long article has hundreds.
    (source, source_end), (card, card_end) = stem_of("source", "-"), stem_of("citation", 0)
    return [
        Span(
            "link",
            citation["start"],
            citation["end"],
            (
                ("class", "cite"),
                ("href", f"{source}{citation['slug']}{source_end}"),
                ("data-card", f"{card}{citation['pk']}{card_end}"),
            ),
            priority=CITATION,
        )
        for citation in citations
    ]


def _link_spans(links: Sequence[Row]) -> list[Span]:
    return [
        Span("link", link["start"], link["end"], (("href", address), ("rel", SAFE_REL)), priority=PRINTED_LINK)
        for link in links
        if (address := web_address(link["url"]))
    ]


def _markers_by_note(markers: list[Row], ids: dict[int, str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for marker in markers:
        found[marker["note"]] += (ids[marker["pk"]],)
    return found


def _printed_notes(
    printed: Printed,
    ids: dict[int, str],
    inside: tuple[dict[int | None, list[Row]], dict[int | None, list[Row]]],
    markers: dict[int, tuple[str, ...]],
    marks: HitMarks,
    over: Over,
) -> tuple[PrintedNote, ...]:
    links, citations = inside
    by_pk = {note["pk"]: note for note in printed.notes}
    return tuple(
        PrintedNote(
            id=ids[pk],
            number=note["number"],
            html=render_line(
                note["text"],
                _link_spans(links[pk])
                + _citation_spans(citations[pk])
                + marks.over_note(note["text"], pk)
                + list(over.get(pk, [])),
            ),
            markers=markers[pk],
            resolved=_resolved(by_pk.get(note["resolves_to"]), ids),
        )
        for pk, note in by_pk.items()
    )


def _resolved(meant: Row | None, ids: dict[int, str]) -> Resolved | None:
    return Resolved(ids[meant["pk"]], meant["number"], meant["text"]) if meant else None
