"""A stored article as the recogniser takes it: the very document that `recognising.issue_documents` makes of a read one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.entities.recognising.document import Document, Piece
from monitor.entities.recognising.issue_documents import READ_NOTES
from monitor.library.models import Article, ArticleText, Block, Issue, Note, State
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.entities.recognising.document import Range

HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Stored:
    """An article, its text as it is read today, its notes in their order, and what the recogniser reads of it."""

    article: Article
    text: ArticleText
    notes: tuple[Note, ...]
    document: Document


def stored_documents(issue: Issue) -> Iterator[Stored]:
    """Yield the articles of an issue that its newest reading has; seven queries, however many there are."""
    articles = list(issue.articles.exclude(state=State.GONE).order_by("position"))
    keys = [article.pk for article in articles]
    texts = {(text.article_id, text.version): text for text in ArticleText.objects.filter(article__in=keys)}
    heads, notes, zones = defaultdict(list), defaultdict(list), defaultdict(list)
    for article, start, end in (
        Block.objects.filter(article__in=keys, type=HEADING).order_by("position").values_list("article", "start", "end")
    ):
        heads[article].append((start, end))
    for note in Note.objects.filter(article__in=keys).order_by("position"):
        notes[note.article_id].append(note)
    sources = set()
    for cited in Citation.objects.filter(article__in=keys).order_by("start").select_related("spelling"):
        zones[cited.article_id, cited.note_id].append((cited.start, cited.end))
        sources.add(cited.spelling.printed)
    date = issue.date or issue.date_from
    for article in articles:
        text = texts.get((article.pk, article.text_version))
        if text:
            of_article = tuple(notes[article.pk])
            body = Piece("body", text.body, tuple(heads[article.pk]), tuple(zones[article.pk, None]))
            pieces = (body, Piece("title", article.title), *_read(of_article, zones))
            document = Document(pieces, date.isoformat() if date else None, tuple(sorted(sources)))
            yield Stored(article, text, of_article, document)


def _read(notes: tuple[Note, ...], zones: dict[tuple[int, int | None], list[Range]]) -> Iterator[Piece]:
    for index, note in enumerate(notes):
        if note.kind in READ_NOTES:
            yield Piece("note", note.text, zones=tuple(zones.get((note.article_id, note.pk), ())), note=index)
