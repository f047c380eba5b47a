"""Looking for a phrase in what a person may read, some articles at a time: a look has an end in any archive."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, Value

from monitor.annotations.folded_words import Folded, Matches
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.occurrences import find_occurrences, phrase_words
from monitor.annotations.tag_models import AnnotationTag
from monitor.library.models import ArticleText, Note
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.annotations.tag_models import Tag
    from monitor.library.models import Article

MOST_PLACES = 500  # of one look, and of one act
AT_ONCE = 100  # articles read at a time
SECONDS = 2.0  # after which a look ends; it goes on from there


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands: `text[start:end]` of an article's running text, or of one of its printed notes."""

    article: int
    version: int
    note: int | None
    note_number: int | None
    start: int
    end: int

    @property
    def key(self) -> str:
        return f"{self.article}:{self.version}:{self.note or 0}:{self.start}:{self.end}"


@dataclass(slots=True)
class Look:
    """What one look found: places, newest article first, and the texts they stand in, by article and note."""

    places: list[Place] = field(default_factory=list)
    texts: dict[tuple[int, int | None], str] = field(default_factory=dict)
    articles: dict[int, Article] = field(default_factory=dict)
    is_cut: bool = False  # one article has more than the most: its others are not here
    goes_on: int = 0  # the key of the last article looked at, where there are more; else 0


def look_for(
    person: User, phrase: str, articles: QuerySet[Article], *,
    letters: bool = False, below: int | None = None, seconds: float = SECONDS, most: int | None = None,
) -> Look:  # fmt: skip
    """Look for a phrase in these articles as far as the person may read them, those stored last first.

    Ends at `most` places (MOST_PLACES where none is given), or after `seconds`, at the end of a batch; `below` goes on from an article.
    """
    look, until, most = Look(), monotonic() + seconds, most or MOST_PLACES
    if not phrase_words(phrase):
        return look
    seen = standing_articles(person).filter(pk__in=articles.order_by().values("pk"))
    rows = seen.select_related("issue__periodical").order_by("-pk")
    while batch := list((rows.filter(pk__lt=below) if below else rows)[:AT_ONCE]):
        for article, places in _in_batch(batch, phrase, letters=letters, look=look):
            if look.places and len(look.places) + len(places) > most:
                look.goes_on = article.pk + 1
                return look
            look.articles[article.pk] = article
            look.places += places[:most]
            look.is_cut = look.is_cut or len(places) > most
        below = batch[-1].pk
        if len(batch) == AT_ONCE and monotonic() > until:
            look.goes_on = below
            return look
    return look


def _in_batch(batch: list[Article], phrase: str, *, letters: bool, look: Look) -> Iterator[tuple[Article, list[Place]]]:
    longest = max(phrase_words(phrase), key=len)
    has_it = Q(Matches(Folded(F("body")), Value(longest)))
    keys = [article.pk for article in batch]
    texts = ArticleText.objects.filter(has_it, article__in=keys, version=F("article__text_version"))
    bodies = dict(texts.values_list("article", "body"))
    of_notes: dict[int, list[Note]] = {}
    for note in Note.objects.filter(Q(Matches(Folded(F("text")), Value(longest))), article__in=keys).order_by(
        "position"
    ):
        of_notes.setdefault(note.article_id, []).append(note)
    for article in batch:
        places = []
        for key, number, text in _texts_of(bodies.get(article.pk), of_notes.get(article.pk, ())):
            for start, end in find_occurrences(text, phrase, letters=letters):
                places.append(Place(article.pk, article.text_version, key, number, start, end))
                look.texts[article.pk, key] = text
        if places:
            yield article, places


def _texts_of(body: str | None, notes: Iterable[Note]) -> Iterator[tuple[int | None, int | None, str]]:
    """Yield the running text and the notes: key and number of the note, and its text."""
    if body is not None:
        yield None, None, body
    for note in notes:
        yield note.pk, note.number, note.text


def bearing(person: User, places: Iterable[Place], tags: Iterable[Tag]) -> set[str]:
    """Return the keys of those places on which this person sees an annotation with all of these tags already."""
    wanted = {tag.pk for tag in tags}
    by_place = {(one.article, one.note, one.start, one.end): one.key for one in places}
    if not wanted or not by_place:
        return set()
    marks = Annotation.objects.visible_to(person).filter(article__in={one[0] for one in by_place})
    spans = AnnotationSpan.objects.filter(annotation__in=marks).exclude(state="orphan")
    rows: Any = spans.values_list("annotation", "annotation__article", "note", "start", "end")
    there = {pk: by_place[place] for pk, *rest in rows if (place := tuple(rest)) in by_place}
    worn: dict[int, set[int]] = {}
    for mark, tag in AnnotationTag.objects.filter(annotation__in=there, tag__in=wanted).values_list(
        "annotation", "tag"
    ):
        worn.setdefault(mark, set()).add(tag)
    return {there[mark] for mark, tags_of in worn.items() if tags_of == wanted}
