"""A stored article as the recogniser takes it: the very document that `recognising.issue_documents` makes of a read one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from monitor.entities.recognising.document import Document, Piece
from monitor.entities.recognising.issue_documents import READ_NOTES
from monitor.library.models import Article, ArticleText, Block, Issue, Note, State
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    """Yield every article of an issue that it still has; seven queries, however many there are."""
    yield from documents_of_articles(issue.articles.exclude(state=State.GONE).order_by("position"))


def documents_of_articles(wanted: Iterable[Article]) -> Iterator[Stored]:
    """Yield these articles in their order, of whatever issues; one without a text is left out. Six queries."""
    articles = list(wanted)
    keys = [article.pk for article in articles]
    issues = {article.issue_id for article in articles}
    current = ArticleText.objects.filter(article__in=keys, version=F("article__text_version"))
    texts = {text.article_id: text for text in current}
    heads, notes = defaultdict(list), defaultdict(list)
    zones: dict[tuple[int, int | None], list[Range]] = defaultdict(list)
    for article, start, end in (
        Block.objects.filter(article__in=keys, type=HEADING).order_by("position").values_list("article", "start", "end")
    ):
        heads[article].append((start, end))
    for note in Note.objects.filter(article__in=keys).order_by("position"):
        notes[note.article_id].append(note)
    cited = Citation.objects.filter(article__in=keys).order_by("start")
    for article, of_note, start, end in cited.values_list("article", "note", "start", "end"):
        zones[article, of_note].append((start, end))
    dates = {issue.pk: issue.date or issue.date_from for issue in Issue.objects.filter(pk__in=issues)}
    sources = _sources(issues)
    for one in articles:
        text = texts.get(one.pk)
        if text:
            of_article = tuple(notes[one.pk])
            body = Piece("body", text.body, tuple(heads[one.pk]), tuple(zones[one.pk, None]))
            pieces = (body, Piece("title", one.title), *_read(of_article, zones))
            date = dates[one.issue_id]
            document = Document(pieces, date.isoformat() if date else None, tuple(sorted(sources[one.issue_id])))
            yield Stored(one, text, of_article, document)


def _sources(issues: Iterable[int]) -> dict[int, set[str]]:
    """Return the sources that each issue cites anywhere, as printed."""
    cited = Citation.objects.filter(article__issue__in=issues).exclude(article__state=State.GONE)
    found: dict[int, set[str]] = defaultdict(set)
    for issue, printed in cited.order_by().values_list("article__issue", "spelling__printed").distinct():
        found[issue].add(printed)
    return found


def _read(notes: tuple[Note, ...], zones: dict[tuple[int, int | None], list[Range]]) -> Iterator[Piece]:
    for index, note in enumerate(notes):
        if note.kind in READ_NOTES:
            yield Piece("note", note.text, zones=tuple(zones.get((note.article_id, note.pk), ())), note=index)
