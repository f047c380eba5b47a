"""One read article as rows: its text version, blocks, notes, markers, links, citations and authors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from monitor.ingest.document import PARSER_VERSION, block_offsets, canonical_text
from monitor.library.models import ArticleText, Authorship, Block, Marker, Note, State, TextLink
from monitor.library.slugs import readable_slug
from monitor.library.source_models import Citation, Precision

if TYPE_CHECKING:
    from monitor.ingest.document import Article as ReadArticle
    from monitor.ingest.document import Region
    from monitor.library.models import Article, Author
    from monitor.library.source_models import SourceSpelling

BATCH = 500
LARGEST = 2**31 - 1  # of Postgres' integers
_PRECISION = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def store_article(
    row: Article, read: ReadArticle, *, spellings: dict[str, SourceSpelling], authors: dict[str, Author]
) -> None:
    """Save `row` as `read` says. What stood in it before is replaced, but for older text versions and note ids."""
    body = canonical_text(read)
    _set_facts(row, read, body)
    row.save()
    _store_text(row, body)
    _store_authors(row, read, authors)
    for related in (row.citations, row.links, row.markers, row.blocks):
        related.all().delete()
    _store_blocks(row, read)
    notes = _store_notes(row, read)
    _store_markers(row, read, notes)
    _store_links(row, read, notes)
    _store_citations(row, read, notes, spellings)


def _set_facts(row: Article, read: ReadArticle, body: str) -> None:
    row.kind, row.title, row.bio = read.kind[:20], read.title, read.bio or ""
    row.slug = row.slug or readable_slug(read.title)
    row.page_start = read.page_start
    row.page_end = _last_page(read)
    row.words = len(body.split())
    if row.state == State.GONE:
        row.state = State.PUBLISHED


def _last_page(read: ReadArticle) -> int | None:
    """Return the printed number of the last page: printed and physical numbers run in step within an article."""
    pages = [region.page for block in read.blocks for region in block.regions]
    if read.page_start is None or not pages:
        return None
    return min(read.page_start + max(pages) - min(pages), LARGEST)


def _store_text(row: Article, body: str) -> None:
    newest = row.texts.order_by("-version").first()
    if newest and newest.body == body:
        return
    version = newest.version + 1 if newest else 1
    ArticleText.objects.create(article=row, version=version, body=body, parser_version=PARSER_VERSION)
    if row.text_version != version:
        row.text_version = version
        row.save(update_fields=["text_version"])


def _store_authors(row: Article, read: ReadArticle, authors: dict[str, Author]) -> None:
    row.authorships.all().delete()
    signed = list(dict.fromkeys(authors[name] for name in read.authors if name in authors))
    Authorship.objects.bulk_create(Authorship(article=row, author=a, position=n) for n, a in enumerate(signed))


def _regions(regions: tuple[Region, ...]) -> list[dict[str, object]]:
    return [{"page": region.page, "bbox": list(region.bbox)} for region in regions]


def _store_blocks(row: Article, read: ReadArticle) -> None:
    Block.objects.bulk_create(
        Block(
            article=row,
            position=position,
            type=block.type,
            level=block.level,
            start=start,
            end=start + len(block.text),
            regions=_regions(block.regions),
            rows=[list(cells) for cells in block.rows],
        )
        for position, (block, start) in enumerate(zip(read.blocks, block_offsets(read), strict=True))
    )


def _store_notes(row: Article, read: ReadArticle) -> list[Note]:
    """Keep the ids of notes that have the same place and number as before: annotations may point at them."""
    before = {(note.position, note.number): note for note in row.notes.all()}
    notes: list[Note] = []
    kept: list[Note] = []
    new: list[Note] = []
    for position, printed in enumerate(read.notes):
        stood = before.pop((position, printed.n), None)
        note = stood or Note(article=row, position=position, number=printed.n)
        note.text, note.kind, note.regions = printed.text, printed.kind, _regions(printed.regions)
        note.resolves_to = None
        notes.append(note)
        (kept if stood else new).append(note)
    Note.objects.filter(pk__in=[note.pk for note in before.values()]).delete()
    Note.objects.bulk_update(kept, ["text", "kind", "regions", "resolves_to"], batch_size=BATCH)
    Note.objects.bulk_create(new)
    _resolve(notes, read)
    return notes


def _resolve(notes: list[Note], read: ReadArticle) -> None:
    by_number = {note.number: note for note in reversed(notes)}
    resolved = []
    for note, printed in zip(notes, read.notes, strict=True):
        meant = by_number.get(printed.resolves_to) if printed.resolves_to is not None else None
        if meant and meant is not note:
            note.resolves_to = meant
            resolved.append(note)
    Note.objects.bulk_update(resolved, ["resolves_to"], batch_size=BATCH)


def _store_markers(row: Article, read: ReadArticle, notes: list[Note]) -> None:
    offsets, by_number = block_offsets(read), {note.number: note for note in reversed(notes)}
    rows: dict[int, Marker] = {}  # one a place: the page shows one, and the database holds us to it
    for marker in read.markers:
        start = offsets[marker.block] + marker.offset
        end = start + len(f"[{marker.n}]")
        rows.setdefault(start, Marker(article=row, note=by_number.get(marker.n), number=marker.n, start=start, end=end))
    Marker.objects.bulk_create(rows.values())


def _store_links(row: Article, read: ReadArticle, notes: list[Note]) -> None:
    offsets = block_offsets(read)
    rows = []
    for link in read.links:
        base = offsets[link.block] if link.block is not None else 0
        note = notes[link.note] if link.note is not None else None
        link_row = TextLink(article=row, note=note, start=base + link.start, end=base + link.end)
        link_row.text, link_row.url = link.text, link.url or ""
        rows.append(link_row)
    TextLink.objects.bulk_create(rows)


def _store_citations(row: Article, read: ReadArticle, notes: list[Note], spellings: dict[str, SourceSpelling]) -> None:
    offsets = block_offsets(read)
    rows: dict[tuple[int | None, int], Citation] = {}  # one a place, as with markers
    for cited in read.citations:
        if cited.end <= cited.start:
            continue
        inside = read.blocks[cited.block].text if cited.block is not None else read.notes[cited.note or 0].text
        base = offsets[cited.block] if cited.block is not None else 0
        citation = Citation(
            article=row, start=base + cited.start, end=base + cited.end, spelling=spellings[cited.source]
        )
        citation.note = notes[cited.note] if cited.note is not None else None
        citation.printed, citation.printed_date = inside[cited.start : cited.end], cited.date[:80]
        citation.linked, citation.url = cited.linked, cited.url or ""
        set_date(citation, cited.iso, inferred=cited.inferred)
        rows.setdefault((cited.note, citation.start), citation)
    Citation.objects.bulk_create(rows.values())


def set_date(citation: Citation, iso: str | None, *, inferred: bool) -> None:
    """Give a citation the date `iso` (YYYY[-MM[-DD]]) means, or none."""
    citation.date = date.fromisoformat((iso + "-01-01")[:10]) if iso else None
    citation.precision = _PRECISION[len(iso)] if iso else ""
    citation.inferred = inferred and iso is not None
