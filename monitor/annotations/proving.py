"""Proof on the live data that annotations keep their promises: each stands on its words, each count is that of its list.

Faults are sentences that name rows by their ids and never quote them: who runs the site need not read what people wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from monitor.accounts.models import User
from monitor.annotations.anchoring import same_words
from monitor.annotations.models import Annotation, AnnotationSpan, SpanState
from monitor.annotations.notices import notices_for, unseen_count
from monitor.annotations.queries import counts_by_article
from monitor.library.models import Article, ArticleText

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 1000


def misplaced_passages() -> Iterator[str]:
    """Say which passages do not stand where they are said to: the words differ, or there is no such place.

    A passage that moved (*fuzzy*) has other words at its place, and a lost one has none: these are no faults.
    """
    marked = Article.objects.filter(annotations__spans__isnull=False).distinct().order_by("pk")
    for article in marked.iterator(chunk_size=AT_ONCE):
        texts = ArticleText.objects.filter(article=article, version=article.text_version)
        body = texts.values_list("body", flat=True).first()
        spans = AnnotationSpan.objects.filter(annotation__article=article).select_related("annotation", "note")
        for span in spans.order_by("pk").iterator(chunk_size=AT_ONCE):
            if fault := _fault(span, article, body):
                yield f"annotation {span.annotation.uid}, passage {span.position + 1}: {fault}"


def _fault(span: AnnotationSpan, article: Article, body: str | None) -> str:
    if span.state == SpanState.ORPHAN:
        return ""
    if span.note_number is not None and span.note is None:
        return f"note {span.note_number} is not there, but it is not called lost"
    text = span.note.text if span.note else body
    if text is None:
        return "the text of its article is not there"
    if span.note is None and span.text_version != article.text_version:
        return f"it stands in text version {span.text_version}, the article is at {article.text_version}"
    if span.end > len(text):
        return "its place lies beyond the end of the text"
    if span.state == SpanState.EXACT and not same_words(span.quote, text[span.start : span.end]):
        return "other words stand at its place, and it is called exact"
    return ""


def astray_passages() -> Iterator[str]:
    """Say which passages stand in another thing than what their annotation is about."""
    elsewhere = Q(annotation__article=None) | (Q(note__isnull=False) & ~Q(note__article=F("annotation__article")))
    for span in AnnotationSpan.objects.filter(elsewhere).select_related("annotation").iterator(chunk_size=AT_ONCE):
        yield f"annotation {span.annotation.uid}: a passage of it stands in another text than it is about"


def wrong_counts() -> Iterator[str]:
    """Say for whom a count of annotations or notices is not that of the list beside it."""
    for person in User.objects.filter(is_active=True).order_by("pk").iterator(chunk_size=AT_ONCE):
        seen: Any = Annotation.objects.visible_to(person).filter(article__isnull=False)
        listed = len(set(seen.values_list("pk", flat=True)))
        articles = list(seen.order_by().values_list("article", flat=True).distinct())
        counted = sum(counts_by_article(person, articles).values())
        if listed != counted:
            yield f"{person.username}: {counted} annotations are counted and {listed} are listed"
        shown = sum(1 for notice in notices_for(person) if notice.seen is None)
        if shown != unseen_count(person):
            yield f"{person.username}: {unseen_count(person)} new notices are counted and {shown} are listed"
