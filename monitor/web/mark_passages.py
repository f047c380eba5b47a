"""The passages of annotations amid the text as it is read now, for pages on which the text itself is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from monitor.annotations.models import AnnotationSpan, SpanState
from monitor.library.models import Article, ArticleText, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

    Person = User | AnonymousUser

AROUND = 240  # code points of the text shown on either side, at most to the paragraph's end


@dataclass(frozen=True, slots=True)
class Amid:
    """`words` of a text with what stands before and after them in their paragraph, and where that is."""

    before: str
    words: str
    after: str
    start: int
    end: int
    note: int | None = None
    note_number: int | None = None


@dataclass(frozen=True, slots=True)
class PassageShown:
    """A passage as it was marked (`quote`), as it stands `now`, and where a lost one might be (`likely`)."""

    position: int
    quote: str
    prefix: str
    suffix: str
    state: str
    score: int  # hundredths
    note_number: int | None
    now: Amid | None
    likely: Amid | None

    @property
    def is_moved(self) -> bool:
        return self.state == SpanState.FUZZY

    @property
    def is_lost(self) -> bool:
        return self.state == SpanState.ORPHAN


def passages_of(marks: Iterable[Annotation], person: Person) -> dict[int, list[PassageShown]]:
    """Return the passages of each annotation, by its key; of texts this person may not read the quotes alone.

    Three queries, however many annotations.
    """
    keys = [mark.pk for mark in marks]
    spans = AnnotationSpan.objects.filter(annotation__in=keys).select_related("annotation")
    spans = spans.order_by("annotation", "position")
    bodies = _bodies({span.annotation.article_id for span in spans}, person)
    notes = _notes({key for span in spans for key in (span.note_id, (span.candidate or {}).get("note"))}, bodies)
    found: dict[int, list[PassageShown]] = {key: [] for key in keys}
    for span in spans:
        found[span.annotation_id].append(_shown(span, bodies.get(span.annotation.article_id), notes))
    return found


def _bodies(articles: set[int | None], person: Person) -> dict[int | None, str]:
    readable = Article.objects.visible_to(person).filter(pk__in=articles - {None})
    texts = ArticleText.objects.filter(article__in=readable, version=F("article__text_version"))
    return dict(texts.values_list("article", "body"))


def _notes(wanted: set[Any], bodies: Mapping[int | None, str]) -> dict[int, Note]:
    of_readable = Note.objects.filter(article__in=list(bodies))
    return of_readable.in_bulk([key for key in wanted if type(key) is int])


def _shown(span: AnnotationSpan, body: str | None, notes: Mapping[int, Note]) -> PassageShown:
    now = likely = None
    if body is not None and span.state != SpanState.ORPHAN:
        in_body = span.note_number is None
        now = (
            amid(body, span.start, span.end)
            if in_body
            else _in_note(notes.get(span.note_id or 0), span.start, span.end)
        )
    if body is not None and span.state == SpanState.ORPHAN and span.candidate:
        place = span.candidate
        at = place["start"], place["end"]
        likely = _in_note(notes.get(place.get("note") or 0), *at) if span.note_number is not None else amid(body, *at)
    return PassageShown(
        position=span.position,
        quote=span.quote,
        prefix=span.prefix,
        suffix=span.suffix,
        state=span.state,
        score=round(span.score * 100),
        note_number=span.note_number,
        now=now,
        likely=likely,
    )


def _in_note(note: Note | None, start: int, end: int) -> Amid | None:
    return None if note is None else amid(note.text, start, end, note=note.pk, note_number=note.number)


def amid(text: str, start: int, end: int, **facts: Any) -> Amid | None:
    """Return `text[start:end]` with its surroundings, cut at words; None where the text has no such place."""
    if not 0 <= start < end <= len(text):
        return None
    before = text[max(start - AROUND, 0) : start].rpartition("\n\n")
    after = text[end : end + AROUND].partition("\n\n")
    left, right = before[2], after[0]
    if start > AROUND and not before[1]:
        left = f"… {left.partition(' ')[2]}"
    if end + AROUND < len(text) and not after[1]:
        right = f"{right.rpartition(' ')[0]} …"
    return Amid(left, text[start:end], right, start, end, **facts)
