"""From drafts to articles: blocks, notes with their kinds, markers, links and citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from monitor.ingest.apparatus.citations import Member, Oddity, read_citations
from monitor.ingest.apparatus.endnotes import usual_form
from monitor.ingest.apparatus.linked_sources import with_whole_links
from monitor.ingest.apparatus.markers import markers_of, with_bracketed_markers
from monitor.ingest.apparatus.notes import judged
from monitor.ingest.apparatus.raised_numbers import settled
from monitor.ingest.document import Article, Block, BlockType, Citation, Link, Note
from monitor.ingest.text_file.plain_text import BOLD_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.drafts import Draft
    from monitor.ingest.structure.paragraphs import Paragraph

BLOCK_TYPES: dict[str, BlockType] = {name: name for name in get_args(BlockType)}


@dataclass(frozen=True, slots=True)
class Oddities:
    """What reading an article's parts found odd: indices of blocks or notes with places in them."""

    in_blocks: tuple[tuple[int, Oddity], ...] = ()
    in_notes: tuple[tuple[int, Oddity], ...] = ()
    ibid_open: tuple[int, ...] = ()
    short_open: tuple[int, ...] = ()
    joined_blocks: tuple[tuple[int, int], ...] = ()  # block and number of joints
    joined_notes: tuple[tuple[int, int], ...] = ()
    label_variants: tuple[tuple[int, str], ...] = ()
    superscripts: tuple[tuple[int, int, int], ...] = ()  # block, start and end of raised numbers that no note bears


@dataclass(frozen=True, slots=True)
class Built:
    """An article and what was odd in it."""

    article: Article
    oddities: Oddities


def build(draft: Draft, kind: str, page_start: int | None) -> Built:
    """Return the article of a draft; its year-less dates still wait for the issue's date."""
    numbers = {note.n for note in draft.notes}
    raised = settled([paragraph.piece for paragraph in draft.paragraphs], numbers)
    pieces = with_bracketed_markers(raised.pieces, numbers)
    blocks = tuple(block_of(p, piece, draft.title_level) for p, piece in zip(draft.paragraphs, pieces, strict=True))
    verdict = judged(
        [
            Note(note.n, note.piece.text, regions=note.piece.regions, lines=note.piece.lines, origin=note.piece.origin)
            for note in draft.notes
        ],
        [note.piece.italics for note in draft.notes],
    )
    note_pieces = [note.piece for note in draft.notes]
    body_read = [read_citations(piece.text, piece.links) for piece in pieces]
    notes_read = [read_citations(piece.text, piece.links) for piece in note_pieces]
    pieces = [with_whole_links(piece, read.members) for piece, read in zip(pieces, body_read, strict=True)]
    note_pieces = [with_whole_links(piece, read.members) for piece, read in zip(note_pieces, notes_read, strict=True)]
    cited = [
        *(one for k, read in enumerate(body_read) for one in citations_of(read.members, pieces[k], block=k)),
        *(one for k, read in enumerate(notes_read) for one in citations_of(read.members, note_pieces[k], note=k)),
    ]
    article = Article(
        kind=kind,
        title=draft.title,
        authors=draft.authors,
        page_start=page_start,
        bio=" ".join(piece.text for piece in draft.bios) or None,
        blocks=blocks,
        notes=verdict.notes,
        markers=tuple(markers_of(blocks)),
        citations=tuple(cited),
        links=(*links_of(pieces, "block"), *links_of(note_pieces, "note")),
    )
    usual = usual_form(draft.notes)
    oddities = Oddities(
        in_blocks=tuple((k, odd) for k, read in enumerate(body_read) for odd in read.oddities),
        in_notes=tuple((k, odd) for k, read in enumerate(notes_read) for odd in read.oddities),
        ibid_open=verdict.ibid_open,
        short_open=verdict.short_open,
        joined_blocks=tuple((k, p.joined) for k, p in enumerate(draft.paragraphs) if p.joined),
        joined_notes=tuple((k, note.joined) for k, note in enumerate(draft.notes) if note.joined),
        superscripts=raised.unmatched,
        label_variants=tuple((k, note.form) for k, note in enumerate(draft.notes) if note.form != usual),
    )
    return Built(article, oddities)


def block_of(paragraph: Paragraph, piece: Piece, title_level: int) -> Block:
    """Return the block of a paragraph. The heads next below the title have level 1."""
    level = None
    kind: BlockType = "para"
    if paragraph.role == "heading":
        kind = "heading"
        ranked = piece.level is not None and piece.level < BOLD_LINE
        level = max(1, (piece.level or 1) - title_level) if ranked and title_level else 1
    elif paragraph.role == "aside":
        kind = BLOCK_TYPES.get(piece.aside or "", "para")
    return Block(
        type=kind,
        text=piece.text,
        level=level,
        regions=piece.regions,
        lines=piece.lines,
        origin=piece.origin,
        rows=piece.cells,
    )


def links_of(pieces: Sequence[Piece], place: str) -> Iterator[Link]:
    """Yield every printed link of blocks or notes; an empty target is no address."""
    for index, piece in enumerate(pieces):
        for link in piece.links:
            block, note = (index, None) if place == "block" else (None, index)
            yield Link(piece.text[link.start : link.end], target(link.url), link.start, link.end, block, note)


def target(url: str) -> str | None:
    """Return a link's address, None where the file gives none."""
    return url if url not in {"", "#"} else None


def citations_of(
    members: Iterable[Member], piece: Piece, *, block: int | None = None, note: int | None = None
) -> Iterator[Citation]:
    """Yield the citations of one block or note; years are still those printed."""
    for member in members:
        links = [link for link in piece.links if link.start < member.end and link.end > member.start]
        url = next((address for link in links if (address := target(link.url))), None)
        yield Citation(
            where="body" if block is not None else "note",
            start=member.start,
            end=member.end,
            source=member.source,
            date=piece.text[member.date],
            iso=member.printed.iso,
            inferred=member.printed.year is None,
            url=url,
            linked=bool(links),
            block=block,
            note=note,
        )
