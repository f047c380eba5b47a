"""What an article is about in a few words: tags that its reader may see on it, and the actors and regions in its focus."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.entities.mention_models import ArticleActor, ArticleRegion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User

    Person = User | AnonymousUser

KEYWORDS = ("of_tags", "of_actors", "of_regions")


def keywords_of(person: Person, article: str = "pk") -> dict[str, Any]:
    """Return the columns of KEYWORDS, each a list of names, for rows whose `article` is an article's key."""
    here = {"article": OuterRef(article), "about": True}
    by_weight = ("-salience", "pk")
    columns: dict[str, Any] = {
        "of_actors": ArraySubquery(
            ArticleActor.objects.filter(**here).order_by(*by_weight).values("actor__canonical__name")
        ),
        "of_regions": ArraySubquery(ArticleRegion.objects.filter(**here).order_by(*by_weight).values("region__name")),
    }
    if person.is_authenticated and person.pk:
        columns["of_tags"] = ArraySubquery(tag_names(person, OuterRef(article)))
    return columns


def tag_names(person: Person, article: Any) -> Any:
    """Return the names of the tags on what this person sees of an article's annotations, each once."""
    seen, known = Annotation.objects.visible_to(person), Tag.objects.visible_to(person)
    uses = AnnotationTag.objects.filter(annotation__article=article, annotation__in=seen, tag__in=known)
    return uses.order_by("tag__name").values("tag__name").distinct()


def tag_uses(person: Person, articles: Iterable[int]) -> Any:
    """Return the tags on what this person sees of the annotations in these articles."""
    seen = Annotation.objects.visible_to(person).filter(article__in=list(articles))
    return AnnotationTag.objects.filter(annotation__in=seen, tag__in=Tag.objects.visible_to(person))


def subjects_of(articles: Iterable[int]) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
    """Return the names of the actors and of the regions that each of these articles is about; two queries."""
    here, by_weight = {"article__in": list(articles), "about": True}, ("-salience", "pk")
    actors = ArticleActor.objects.filter(**here).order_by(*by_weight)
    regions = ArticleRegion.objects.filter(**here).order_by(*by_weight)
    return (
        _gathered(actors.values_list("article", "actor__canonical__name")),
        _gathered(regions.values_list("article", "region__name")),
    )


def _gathered(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for article, name in rows:
        found[article][name] = None
    return {article: tuple(names) for article, names in found.items()}
