"""Many annotations on one article, made at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from monitor.annotations.models import Annotation, AnnotationSpan

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.library.models import Article

WORD = 5  # characters of each mark


def crowd(article: Article, by: User, count: int, **facts: Any) -> list[Annotation]:
    """Mark five letters at each of `count` places spread over the text; the first mark is the last in the text."""
    body = article.texts.get(version=article.text_version).body
    every = (len(body) - WORD) / count
    facts = {"visibility": "everyone", "colour": "teal", **facts}
    marks = Annotation.objects.bulk_create(
        Annotation(uid=uuid4(), owner=by, article=article, comment=f"Word {n}", **facts) for n in range(count)
    )
    starts = [_word_at(body, int(every * (count - 1 - n))) for n in range(count)]
    AnnotationSpan.objects.bulk_create(
        AnnotationSpan(annotation=mark, text_version=article.text_version, start=at, end=at + WORD, quote="words")
        for mark, at in zip(marks, starts, strict=True)
    )
    return marks


def _word_at(body: str, at: int) -> int:
    """Return the place, or the next one that is no blank: passages begin with a letter."""
    return at + len(body[at:]) - len(body[at:].lstrip())
