"""Carrying annotations over to a new reading of their article: none is dropped, and none moved without saying so."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.dispatch import receiver

from monitor.annotations.anchoring import Folded, Position, Quote, Revision, Selector, anchor, same_words
from monitor.annotations.models import AnnotationSpan, SpanState
from monitor.library.models import Article, ArticleText, Issue, Note
from monitor.library.told import texts_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.annotations.anchoring import Anchor

MOVED = ("note", "note_number", "text_version", "start", "end", "state", "score", "candidate")


@receiver(texts_stored)
def follow_texts(issue: Issue, **_: object) -> None:
    reanchor_issue(issue)


@transaction.atomic
def reanchor_issue(issue: Issue) -> Counter[str]:
    """Find the passages of all annotations in an issue's texts as they stand; returns how many are in which state.

    Doing it again changes nothing. What is not found stays as an orphan, with its words and its last place.
    """
    tally: Counter[str] = Counter()
    articles = Article.objects.filter(issue=issue, annotations__spans__isnull=False).distinct()
    for article in articles.order_by("pk"):
        tally += reanchor_article(article)
    return tally


def reanchor_all() -> Counter[str]:
    """Do the same for every issue with annotations, each in a transaction of its own."""
    tally: Counter[str] = Counter()
    for issue in Issue.objects.filter(articles__annotations__spans__isnull=False).distinct().order_by("pk"):
        tally += reanchor_issue(issue)
    return tally


@transaction.atomic
def reanchor_article(article: Article, **which: Any) -> Counter[str]:
    """Do the same for one article; `which` may narrow it to some of its annotations."""
    spans = AnnotationSpan.objects.filter(annotation__article=article, **which).select_for_update(of=("self",))
    spans = spans.order_by("pk")
    texts = _Texts(article)
    moved = [span for span in spans if _moves(span, texts)]
    AnnotationSpan.objects.bulk_update(moved, MOVED, batch_size=500)
    return Counter(span.state for span in spans)


def _moves(span: AnnotationSpan, texts: _Texts) -> bool:
    """Give a span its place in today's text; returns whether that changed anything of it."""
    before = _place(span)
    if span.note_number is None:
        _move_in_body(span, texts)
    else:
        _move_in_notes(span, texts)
    return _place(span) != before


def _place(span: AnnotationSpan) -> list[Any]:
    return [getattr(span, "note_id" if name == "note" else name) for name in MOVED]


def _move_in_body(span: AnnotationSpan, texts: _Texts) -> None:
    if span.text_version == texts.article.text_version and span.state != SpanState.ORPHAN:
        return
    found = anchor(_selector(span), texts.revision_from(span.text_version))
    if not _is_refused(span, found, texts.new.text):
        _take(span, found, texts.article.text_version)


def _move_in_notes(span: AnnotationSpan, texts: _Texts) -> None:
    """Look in the note it stood in, then in those of its number, then in all of them: a reading may number anew."""
    best: tuple[Anchor, Note] | None = None
    for note in texts.notes_near(span):
        found = anchor(_selector(span), texts.revision_of(note))
        if best is None or _rank(found) > _rank(best[0]):
            best = (found, note)
        if found.status == "exact":
            break
    if best is None:
        span.state, span.score, span.candidate = SpanState.ORPHAN, 0.0, None
        return
    found, note = best
    if _is_refused(span, found, note.text):
        return
    _take(span, found, texts.article.text_version)
    if span.candidate:
        span.candidate["note"] = note.pk
    if found.status != "orphan":
        span.note, span.note_number = note, note.number


def _is_refused(span: AnnotationSpan, found: Anchor, text: str) -> bool:
    """Tell whether the passage would come to words that its owner took it off."""
    refused = (span.candidate or {}).get("refused")
    return bool(refused and found.status == "fuzzy" and same_words(refused, text[found.start : found.end]))


def _selector(span: AnnotationSpan) -> Selector:
    return Selector(Quote(span.quote, span.prefix, span.suffix), Position(span.start, span.end))


def _rank(found: Anchor) -> tuple[int, float]:
    return (("orphan", "fuzzy", "exact").index(found.status), found.score)


def _take(span: AnnotationSpan, found: Anchor, version: int) -> None:
    span.state, span.score, span.candidate = found.status, found.score, None
    if found.start is not None and found.end is not None:
        span.start, span.end, span.text_version = found.start, found.end, version
    elif found.candidate:
        span.candidate = {"start": found.candidate.start, "end": found.candidate.end}


class _Texts:
    """The texts of an article, old and new, each folded once for all annotations on it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._from: dict[int, Revision] = {}
        self._of: dict[int, Revision] = {}

    @cached_property
    def bodies(self) -> dict[int, str]:
        return dict(ArticleText.objects.filter(article=self.article).values_list("version", "body"))

    @cached_property
    def new(self) -> Folded:
        return Folded(self.bodies[self.article.text_version])

    @cached_property
    def notes(self) -> list[Note]:
        return list(self.article.notes.order_by("position"))

    def revision_from(self, version: int) -> Revision:
        if version not in self._from:
            old = self.bodies.get(version)
            self._from[version] = Revision(new=self.new, old=None if old is None else Folded(old))
        return self._from[version]

    def revision_of(self, note: Note) -> Revision:
        """Return a note's text alone: of notes no older words are kept."""
        if note.pk not in self._of:
            self._of[note.pk] = Revision(new=Folded(note.text))
        return self._of[note.pk]

    def notes_near(self, span: AnnotationSpan) -> Iterator[Note]:
        first: Iterable[Note] = (note for note in self.notes if note.pk == span.note_id)
        yield from first
        yield from (note for note in self.notes if note.pk != span.note_id and note.number == span.note_number)
        yield from (note for note in self.notes if note.pk != span.note_id and note.number != span.note_number)
