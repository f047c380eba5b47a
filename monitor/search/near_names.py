"""Names much like one that means nothing, the most alike first: for "did you mean", of what one may see alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from rapidfuzz import fuzz, process

from monitor.annotations.tag_models import Tag
from monitor.entities.actor_lists import actors_alike
from monitor.entities.folding import folded
from monitor.entities.region_models import Region
from monitor.library.models import Author, Authorship, Issue, Periodical
from monitor.library.queries import standing_articles
from monitor.library.source_models import Citation, Source
from monitor.search.names import Meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from monitor.search.names import Person

MOST_NEAR = 5
COMPARED = 5_000  # names of one kind
BEGINNING = 2  # letters that a region's name shares with what was typed: there are too many to compare all
LEAST_ALIKE = 65  # of 100
LONGEST = 80


def names_near(kinds: Iterable[str], value: str, person: Person) -> tuple[Meant, ...]:
    """Return what is called much like `value`, of each of these kinds."""
    asked = value[:LONGEST]
    near = [one for kind in kinds if kind in NEAR for one in NEAR[kind](asked, person)]
    return tuple(near[:MOST_NEAR])


def _actors(value: str, person: Person) -> list[Meant]:
    found = actors_alike(value)[:MOST_NEAR]
    return [Meant("actor", one.actor.pk, one.actor.name, one.actor.slug, one.alias.text) for one in found]


def _regions(value: str, person: Person) -> list[Meant]:
    fold = folded(value)
    rows = Region.objects.filter(key__startswith=fold[:BEGINNING], retired=False) if fold else Region.objects.none()
    return _alike(value, "region", rows.order_by("-population", "pk").values_list("pk", "name", "slug"))


def _sources(value: str, person: Person) -> list[Meant]:
    cited = Citation.objects.filter(article__in=standing_articles(person), spelling__source=OuterRef("pk"))
    return _alike(value, "source", Source.objects.filter(Exists(cited)).values_list("pk", "name", "slug"))


def _authors(value: str, person: Person) -> list[Meant]:
    signed = Authorship.objects.filter(article__in=standing_articles(person), author=OuterRef("pk"))
    return _alike(value, "author", Author.objects.filter(Exists(signed)).values_list("pk", "name", "slug"))


def _periodicals(value: str, person: Person) -> list[Meant]:
    issues = Issue.objects.visible_to(person).filter(periodical=OuterRef("pk"))
    return _alike(value, "periodical", Periodical.objects.filter(Exists(issues)).values_list("pk", "name", "slug"))


def _tags(value: str, person: Person) -> list[Meant]:
    return _alike(value, "tag", Tag.objects.visible_to(person).values_list("pk", "name", "path"))


def _kinds(value: str, person: Person) -> list[Meant]:
    """Return the kinds there are among the newest articles: they are few."""
    newest = standing_articles(person).order_by("-pk").values_list("kind", flat=True)[:COMPARED]
    return [Meant("kind", at, kind, kind) for at, kind in enumerate(sorted(set(newest)))]


def _alike(value: str, kind: str, rows: Any) -> list[Meant]:
    known = {key: Meant(kind, key, name, slug) for key, name, slug in rows[:COMPARED]}
    names = {key: folded(one.name)[:LONGEST] for key, one in known.items()}
    ranked = process.extract(folded(value), names, scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=LEAST_ALIKE)
    return [known[key] for _, _, key in ranked]


NEAR: Mapping[str, Callable[[str, Person], list[Meant]]] = {
    "actor": _actors,
    "region": _regions,
    "source": _sources,
    "author": _authors,
    "periodical": _periodicals,
    "tag": _tags,
    "kind": _kinds,
}
