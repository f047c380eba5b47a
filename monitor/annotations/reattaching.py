"""What people decide about passages that a new reading moved or lost. Each decision is one act that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Now

from monitor.annotations.models import Annotation, AnnotationSpan, SpanState
from monitor.annotations.operations import recorded
from monitor.annotations.passages import AskedPassage, take_passages
from monitor.annotations.permissions import Act, must
from monitor.annotations.refusals import CannotAnnotate, Stale
from monitor.library.models import Article, ArticleText, Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import User

    Change = Callable[[AnnotationSpan, Article], None]

TAKEN = ("note", "note_number", "text_version", "start", "end", "quote", "prefix", "suffix")


def confirm_passage(*, mark: Annotation, position: int, by: User, revision: int) -> Annotation:
    """Take the words at a moved passage's place for its own. Raises Stale, NotYours, CannotAnnotate."""

    def confirm(span: AnnotationSpan, article: Article) -> None:
        if span.state == SpanState.ORPHAN:
            raise CannotAnnotate("This passage has no place to confirm. Choose one first.")
        _take(span, article, AskedPassage(span.start, span.end, note=span.note_id))

    return _changed(mark, position, by, revision, ("confirm", "Confirmed a passage"), confirm)


def attach_passage(
    *, mark: Annotation, position: int, by: User, revision: int, place: AskedPassage
) -> Annotation:  # fmt: skip
    """Put a passage on other words of its article's text, or of one of its notes.

    Raises NotInText, Stale, NotYours, CannotAnnotate.
    """

    def attach(span: AnnotationSpan, article: Article) -> None:
        _take(span, article, place)

    return _changed(mark, position, by, revision, ("attach", "Put a passage on its words again"), attach)


def detach_passage(*, mark: Annotation, position: int, by: User, revision: int) -> Annotation:
    """Say that a moved passage is not where it was found: it waits as lost, and is not put on these words again."""

    def detach(span: AnnotationSpan, article: Article) -> None:
        if span.state != SpanState.FUZZY:
            raise CannotAnnotate("Only a passage whose words changed can be taken off them.")
        span.candidate = {"start": span.start, "end": span.end, "refused": words_at(span, article)}
        if span.note_id:
            span.candidate["note"] = span.note_id
        span.state = SpanState.ORPHAN

    return _changed(mark, position, by, revision, ("detach", "Took a passage off words that are not its own"), detach)


def _changed(
    mark: Annotation, position: int, by: User, revision: int, act: tuple[str, str], change: Change
) -> Annotation:
    must(by, Act.EDIT, mark)
    verb, label = act
    with recorded(by, verb, label) as recorder:
        held: Annotation = Annotation.objects.select_for_update(of=("self",)).select_related("article").get(pk=mark.pk)
        if held.revision != revision:
            raise Stale(held)
        span = held.spans.filter(position=position).first()
        if span is None or held.article is None:
            raise CannotAnnotate("This annotation has no such passage any more.")
        recorder.changes(held)
        change(span, held.article)
        span.save()
        held.revision += 1
        held.updated = Now()
        held.save()
    return held


def _take(span: AnnotationSpan, article: Article, place: AskedPassage) -> None:
    (taken,) = take_passages(article, [place])
    for name in TAKEN:
        setattr(span, name, getattr(taken, name))
    span.state, span.score, span.candidate = SpanState.EXACT, 1.0, None


def words_at(span: AnnotationSpan, article: Article) -> str:
    """Return the words that stand today where a passage was found."""
    if span.note_number is not None:
        note = Note.objects.filter(pk=span.note_id or 0).first()
        return note.text[span.start : span.end] if note else ""
    text = ArticleText.objects.values_list("body", flat=True).get(article=article, version=article.text_version)
    return text[span.start : span.end]
