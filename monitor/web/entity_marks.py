"""Annotations on passages that name an actor or region, as far as one may see them: tags and notes of the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q

from monitor.annotations.models import Annotation, AnnotationSpan, SpanState
from monitor.annotations.queries import mark_rows
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.entities.mention_models import Where
from monitor.library.keyset import Key
from monitor.library.models import Article
from monitor.web.marks import cards_of
from monitor.web.paging import asked_page
from monitor.web.tags import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.entities.told import Told
    from monitor.web.access import Request
    from monitor.web.marks import Card

MARKS_PER_PAGE = 30
MOST_TAGS = 30
NEWEST = (Key("created", "moment", descending=True), Key("pk", "number", descending=True))


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotation in the list: its card, and the article it is on as far as one may read that."""

    card: Card
    about: Article | None


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag on these annotations, and on how many of them."""

    tag: Tag
    address: str
    uses: int


def marks_on(request: Request, told: Told) -> dict[str, Any]:
    """Return what the view of annotations shows: one page of them, and their tags with counts."""
    person = request.user
    marks = _overlapping(Annotation.objects.visible_to(person), told)
    page = asked_page(request.GET, marks, NEWEST, size=MARKS_PER_PAGE)
    rows = mark_rows(Annotation.objects.filter(pk__in=[row.pk for row in page.rows]), person)
    cards = {card.uid: card for card in cards_of(rows, person)}
    articles = Article.objects.visible_to(person).select_related("issue__periodical")
    found = articles.in_bulk({row.article_id for row in page.rows} - {None})
    marked = [Marked(cards[str(row.uid)], found.get(row.article_id)) for row in page.rows]
    return {"page": page, "marked": marked, "tag_uses": _tag_uses(marks, request), "mark_count": marks.count()}


def _overlapping(marks: QuerySet[Annotation], told: Told) -> QuerySet[Annotation]:
    """Return the annotations of which a passage meets a mention, or that are on a whole article about it."""
    same_text = Q(where=Where.BODY, note=None) & Q(start__lt=OuterRef("end"), end__gt=OuterRef("start"))
    in_note = Q(where=Where.NOTE, note=OuterRef("note")) & Q(start__lt=OuterRef("end"), end__gt=OuterRef("start"))
    named = told.mentions.filter(article=OuterRef("annotation__article"))
    spans = AnnotationSpan.objects.filter(annotation=OuterRef("pk")).exclude(state=SpanState.ORPHAN)
    met = spans.filter(
        Q(note=None) & Exists(named.filter(same_text)) | Q(note__isnull=False) & Exists(named.filter(in_note))
    )
    whole = Q(article__in=told.rows.filter(about=True).values("article")) & ~Exists(
        AnnotationSpan.objects.filter(annotation=OuterRef("pk"))
    )
    return marks.filter(article__in=told.rows.values("article")).filter(Exists(met) | whole)


def _tag_uses(marks: QuerySet[Annotation], request: Request) -> list[TagUse]:
    tags = Tag.objects.visible_to(request.user)
    uses = AnnotationTag.objects.filter(annotation__in=marks.values("pk"), tag__in=tags).order_by()
    counted = uses.values("tag").annotate(n=Count("pk")).order_by("-n", F("tag__path"))[:MOST_TAGS]
    found = dict(counted.values_list("tag", "n"))
    named = tags.select_related("team").in_bulk(found)
    return [TagUse(named[pk], address_of(named[pk]), n) for pk, n in found.items()]
