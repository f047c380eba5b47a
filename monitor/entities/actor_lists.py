"""Actors in lists: those that a name means, and those the archive tells of, with the number of articles of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, F, Func, IntegerField, JSONField, Max, Min, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Length

from monitor.entities.folding import folded
from monitor.entities.mention_models import ArticleActor
from monitor.entities.models import Actor, ActorAlias, ActorStatus, NameSort
from monitor.entities.told import counted_mentions
from monitor.library.keyset import Key
from monitor.library.managers import sees_unpublished
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from monitor.entities.told import Person

MOST_MEANT = 20
LEAST_TYPED = 2  # letters
LEAST_ALIKE = 0.3  # of two names, by their trigrams: below, it is no help
_BY_NAME = (Key("key", "text"), Key("pk", "number"))
ORDERS: dict[str, tuple[Key, ...]] = {
    "name": _BY_NAME,
    "articles": (Key("article_count", "number", descending=True), *_BY_NAME),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """An actor that a typed name means, and the name of it that matched."""

    actor: Actor
    alias: ActorAlias


@dataclass(frozen=True, slots=True)
class Facts:
    """What a list says of an actor: its articles, and from which day to which."""

    articles: int = 0
    about: int = 0
    first: date | None = None
    last: date | None = None


def kept_actors() -> QuerySet[Actor]:
    """Return the actors that have a page of their own: those that were not merged into another, nor taken out."""
    return Actor.objects.filter(canonical=F("pk")).exclude(status=ActorStatus.RETIRED)


def listed_actors(
    person: Person,
    *,
    name: str = "",
    kinds: Sequence[str] = (),
    country: str = "",
    unconfirmed: bool = False,
    everybody: bool = False,
) -> QuerySet[Actor]:
    """Return kept actors for a list: those named in articles one may see, or `everybody` known.

    `name` is the beginning of a name, or of a word in it; `unconfirmed` takes those that texts brought and nobody
    confirmed instead of the others.
    """
    actors = kept_actors()
    state = Q(status=ActorStatus.PROVISIONAL)
    actors = actors.filter(state if unconfirmed else ~state)
    if name:
        actors = actors.filter(pk__in=_named(name))
    if kinds:
        actors = actors.filter(kind__in=kinds)
    if country:
        actors = actors.filter(countries__contains=[country])
    if not everybody:
        actors = actors.filter(pk__in=_rows(person).values("actor__canonical"))
    return actors


def with_article_counts(actors: QuerySet[Actor], articles: Any) -> QuerySet[Actor]:
    """Return the actors with `article_count`, for ORDERS: how many of these articles name each; one query first.

    The counts go along as one value, so that no actor is counted on its own.
    """
    rows = ArticleActor.objects.filter(article__in=articles).order_by().values("actor__canonical")
    counted = rows.annotate(n=Count("article", distinct=True)).values_list("actor__canonical", "n")
    counts = Value({str(key): n for key, n in counted}, JSONField())
    found = Func(counts, Cast("pk", TextField()), function="jsonb_extract_path_text", output_field=TextField())
    return actors.annotate(article_count=Coalesce(Cast(found, IntegerField()), 0))


def kind_counts(actors: QuerySet[Actor]) -> dict[str, int]:
    return dict(actors.order_by().values_list("kind").annotate(n=Count("pk")))


def _rows(person: Person) -> QuerySet[ArticleActor]:
    return ArticleActor.objects.filter(article__in=standing_articles(person))


def _named(name: str) -> QuerySet[Any]:
    fold = folded(name)
    begins = Q(fold__startswith=fold) | Q(fold__contains=f" {fold}")
    return _names().filter(begins).values("actor__canonical")


def _names() -> QuerySet[ActorAlias]:
    return ActorAlias.objects.filter(retired=False).exclude(actor__status=ActorStatus.RETIRED)


def actors_meant(name: str) -> list[Meant]:
    """Return the actors one of whose names is `name`: as it is written, else an acronym, else however it is written.

    Several are a choice for whoever asks; none of them is taken for the others. Names that no longer hold count, too.
    """
    rows = _names().filter(fold=folded(name)).select_related("actor__canonical").order_by("actor__canonical__key", "id")
    found = list(rows[:MOST_MEANT])
    written = [row for row in found if row.text == name]
    acronyms = [row for row in found if row.sort == NameSort.ACRONYM and row.text.casefold() == name.casefold()]
    return _once(written or acronyms or found)


def actors_alike(name: str) -> list[Meant]:
    """Return actors with a name much like `name`, the most alike first: for "did you mean"."""
    fold = folded(name)
    rows = _names().annotate(alike=TrigramSimilarity("fold", fold)).filter(fold__trigram_similar=fold)
    alike = rows.filter(alike__gte=LEAST_ALIKE).select_related("actor__canonical").order_by("-alike", "id")
    return _once(alike[:MOST_MEANT])


def known_names(beginning: str, person: Person, *, most: int = 12) -> list[tuple[str, Actor]]:
    """Return names that begin so, each with its actor: the shortest first; those that only drafts brought are left out.

    One query, and nothing for less than two letters.
    """
    fold = folded(beginning)
    if len(fold) < LEAST_TYPED:
        return []
    rows = _names().filter(fold__startswith=fold)
    if not sees_unpublished(person):
        rows = rows.exclude(actor__status=ActorStatus.PROVISIONAL)
    found = rows.select_related("actor__canonical").order_by(Length("fold"), "fold", "id")[:most]
    return [(row.text, row.actor.canonical) for row in found]


def _once(rows: Iterable[ActorAlias]) -> list[Meant]:
    found: dict[int, Meant] = {}
    for row in rows:
        found.setdefault(row.actor.canonical_id, Meant(row.actor.canonical, row))
    return list(found.values())


def facts_of(actors: Iterable[Actor], articles: Any) -> dict[int, Facts]:
    """Return what a list says of these actors, by key, as far as these articles tell; one query."""
    day = Coalesce("article__issue__date", "article__issue__date_from")
    named = ArticleActor.objects.filter(article__in=articles)
    rows = named.filter(actor__canonical__in=[actor.pk for actor in actors]).order_by()
    counted = rows.values("actor__canonical").annotate(
        n=Count("article", distinct=True),
        in_focus=Count("article", distinct=True, filter=Q(about=True)),
        first=Min(day),
        last=Max(day),
    )
    return {row["actor__canonical"]: Facts(row["n"], row["in_focus"], row["first"], row["last"]) for row in counted}


@dataclass(frozen=True, slots=True)
class Name:
    """One of an actor's names, how often it stands in the articles looked at, and whose name it is as well."""

    alias: ActorAlias
    mentions: int
    others: tuple[Actor, ...]


def names_of(actor: Actor, articles: Any) -> list[Name]:
    """Return the names of an actor and of those merged into it, its own first, then the most frequent in these articles.

    Three queries.
    """
    found = counted_mentions().filter(article__in=articles, actor__canonical=actor.pk).order_by()
    counts = dict(found.values_list("actor_alias").annotate(n=Count("pk")))
    aliases = list(_names().filter(actor__canonical=actor.pk).select_related("actor").order_by("id"))
    same = _names().filter(fold__in={row.fold for row in aliases}).exclude(actor__canonical=actor.pk)
    others: dict[str, dict[int, Actor]] = {}
    for row in same.select_related("actor__canonical").order_by("actor__canonical__key", "id"):
        others.setdefault(row.fold, {})[row.actor.canonical_id] = row.actor.canonical
    names = [Name(row, counts.get(row.pk, 0), tuple(others.get(row.fold, {}).values())) for row in aliases]
    own = folded(actor.name)
    return sorted(
        names,
        key=lambda name: (
            name.alias.fold != own,
            -name.mentions,
            list(NameSort.values).index(name.alias.sort),
            name.alias.pk,
        ),
    )


def told_of(actors: Iterable[int], person: Person) -> set[int]:
    """Return those of these actors (kept ones, by key) that an article one may see names; one query."""
    rows = _rows(person).filter(actor__canonical__in=list(actors)).order_by()
    return set(rows.values_list("actor__canonical", flat=True).distinct())
