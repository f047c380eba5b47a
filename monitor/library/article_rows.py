"""Read articles as rows: their text versions, blocks, notes, markers, links, citations and authors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from monitor.ingest.document import PARSER_VERSION, block_offsets, canonical_text
from monitor.library.models import (
    Article,
    ArticleText,
    Authorship,
    Block,
    Marker,
    Note,
    State,
    TextLink,
    title_key,
)
from monitor.library.slugs import readable_slug
from monitor.library.source_models import Citation, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.ingest.document import Article as ReadArticle
    from monitor.ingest.document import Region
    from monitor.library.models import Author
    from monitor.library.source_models import SourceSpelling

BATCH = 500
LARGEST = 2**31 - 1  # of Postgres' integers
_PRECISION = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True, slots=True)
class Stored:
    """A row, what is read in it, its notes, and where its blocks begin in its text."""

    row: Article
    read: ReadArticle
    notes: list[Note]
    offsets: list[int]


def store_articles(
    articles: Iterable[tuple[Article, ReadArticle]],
    *,
    spellings: dict[str, SourceSpelling],
    authors: dict[str, Author],
) -> None:
    """Save each row as its article is read. What stood in it is replaced, but for older text versions and note ids.

    All of them together: an issue takes as many statements as an article.
    """
    pairs = [(row, read, canonical_text(read)) for row, read in articles]
    earlier = [row for row, _, _ in pairs if row.pk]
    texts = _store_rows(pairs, earlier)
    ArticleText.objects.bulk_create(texts, batch_size=BATCH)
    if earlier:
        for rows in (Authorship.objects, Citation.objects, TextLink.objects, Marker.objects, Block.objects):
            rows.filter(article__in=earlier).delete()
    stored = _store_notes([(row, read) for row, read, _ in pairs], earlier)
    Authorship.objects.bulk_create((row for one in stored for row in _authorships(one, authors)), batch_size=BATCH)
    Block.objects.bulk_create((row for one in stored for row in _blocks(one)), batch_size=BATCH)
    Marker.objects.bulk_create((row for one in stored for row in _markers(one)), batch_size=BATCH)
    TextLink.objects.bulk_create((row for one in stored for row in _links(one)), batch_size=BATCH)
    Citation.objects.bulk_create((row for one in stored for row in _citations(one, spellings)), batch_size=BATCH)


def _store_rows(pairs: list[tuple[Article, ReadArticle, str]], earlier: list[Article]) -> list[ArticleText]:
    """Save the articles themselves; return the texts that they did not have before."""
    newest = ArticleText.objects.filter(article__in=earlier).order_by("article_id", "-version").distinct("article_id")
    before = {text.article_id: text for text in newest} if earlier else {}
    texts, new = [], []
    for row, read, body in pairs:
        _set_facts(row, read, body)
        stood = before.get(row.pk)
        if stood is None or stood.body != body:
            row.text_version = stood.version + 1 if stood else 1
            texts.append(ArticleText(article=row, version=row.text_version, body=body, parser_version=PARSER_VERSION))
        if row.pk:
            row.save()
        else:
            new.append(row)
    Article.objects.bulk_create(new, batch_size=BATCH)
    return texts


def _set_facts(row: Article, read: ReadArticle, body: str) -> None:
    row.kind, row.title, row.bio = read.kind[:20], read.title, read.bio or ""
    row.title_key = title_key(row.title)
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


def _authorships(stored: Stored, authors: dict[str, Author]) -> Iterator[Authorship]:
    signed = dict.fromkeys(authors[name] for name in stored.read.authors if name in authors)
    return (Authorship(article=stored.row, author=author, position=at) for at, author in enumerate(signed))


def _regions(regions: tuple[Region, ...]) -> list[dict[str, object]]:
    return [{"page": region.page, "bbox": list(region.bbox)} for region in regions]


def _blocks(stored: Stored) -> Iterator[Block]:
    for position, (block, start) in enumerate(zip(stored.read.blocks, stored.offsets, strict=True)):
        yield Block(
            article=stored.row,
            position=position,
            type=block.type,
            level=block.level,
            start=start,
            end=start + len(block.text),
            regions=_regions(block.regions),
            rows=[list(cells) for cells in block.rows],
        )


def _store_notes(articles: list[tuple[Article, ReadArticle]], earlier: list[Article]) -> list[Stored]:
    """Keep the ids of notes that have the same place and number as before: annotations may point at them."""
    rows = Note.objects.filter(article__in=earlier) if earlier else ()
    before = {(note.article_id, note.position, note.number): note for note in rows}
    stored = []
    new, kept = list[Note](), list[Note]()
    for row, read in articles:
        notes = []
        for position, printed in enumerate(read.notes):
            stood = before.pop((row.pk, position, printed.n), None)
            note = stood or Note(article=row, position=position, number=printed.n)
            note.text, note.kind, note.regions = printed.text, printed.kind, _regions(printed.regions)
            note.resolves_to = None
            notes.append(note)
            (kept if stood else new).append(note)
        stored.append(Stored(row, read, notes, block_offsets(read)))
    if before:
        Note.objects.filter(pk__in=[note.pk for note in before.values()]).delete()
    Note.objects.bulk_update(kept, ["text", "kind", "regions", "resolves_to"], batch_size=BATCH)
    Note.objects.bulk_create(new, batch_size=BATCH)
    resolved = [note for one in stored for note in _resolved(one)]
    Note.objects.bulk_update(resolved, ["resolves_to"], batch_size=BATCH)
    return stored


def _resolved(stored: Stored) -> Iterator[Note]:
    """Yield the notes that stand for another one, with it."""
    by_number = {note.number: note for note in reversed(stored.notes)}
    for note, printed in zip(stored.notes, stored.read.notes, strict=True):
        meant = by_number.get(printed.resolves_to) if printed.resolves_to is not None else None
        if meant and meant is not note:
            note.resolves_to = meant
            yield note


def _markers(stored: Stored) -> Iterable[Marker]:
    by_number = {note.number: note for note in reversed(stored.notes)}
    rows: dict[int, Marker] = {}  # one a place: the page shows one, and the database holds us to it
    for marker in stored.read.markers:
        start = stored.offsets[marker.block] + marker.offset
        end = start + len(f"[{marker.n}]")
        row = Marker(article=stored.row, note=by_number.get(marker.n), number=marker.n, start=start, end=end)
        rows.setdefault(start, row)
    return rows.values()


def _links(stored: Stored) -> Iterator[TextLink]:
    for link in stored.read.links:
        base = stored.offsets[link.block] if link.block is not None else 0
        note = stored.notes[link.note] if link.note is not None else None
        row = TextLink(article=stored.row, note=note, start=base + link.start, end=base + link.end)
        row.text, row.url = link.text, link.url or ""
        yield row


def _citations(stored: Stored, spellings: dict[str, SourceSpelling]) -> Iterable[Citation]:
    read = stored.read
    rows: dict[tuple[int | None, int], Citation] = {}  # one a place, as with markers
    for cited in read.citations:
        if cited.end <= cited.start:
            continue
        inside = read.blocks[cited.block].text if cited.block is not None else read.notes[cited.note or 0].text
        base = stored.offsets[cited.block] if cited.block is not None else 0
        citation = Citation(
            article=stored.row, start=base + cited.start, end=base + cited.end, spelling=spellings[cited.source]
        )
        citation.note = stored.notes[cited.note] if cited.note is not None else None
        citation.printed, citation.printed_date = inside[cited.start : cited.end], cited.date[:80]
        citation.linked, citation.url = cited.linked, cited.url or ""
        set_date(citation, cited.iso, inferred=cited.inferred)
        rows.setdefault((cited.note, citation.start), citation)
    return rows.values()


def set_date(citation: Citation, iso: str | None, *, inferred: bool) -> None:
    """Give a citation the date `iso` (YYYY[-MM[-DD]]) means, or none."""
    citation.date = date.fromisoformat((iso + "-01-01")[:10]) if iso else None
    citation.precision = _PRECISION[len(iso)] if iso else ""
    citation.inferred = inferred and iso is not None
