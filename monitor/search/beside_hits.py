"""What stands beside hits: what facets' keys are called, which names and tags matched, how much is annotated.

One statement for all of it. Mentions that do not count are no reasons; annotations start at `visible_to`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Count, F, IntegerField, Min, Q, TextField, Value
from django.db.models.functions import Cast
from psycopg.types.numeric import Int8

from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.entities.mention_models import COUNTS, Mention, MentionStatus, Tier, Where
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.library.kept_statements import SOMEBODY, viewer_of
from monitor.library.models import Author, Periodical
from monitor.library.source_models import Source
from monitor.postgres.kept import statement_of
from monitor.search.compiled import Facet
from monitor.search.kept_keys import ACTORS, ARTICLES, NAMED, PLACES, REGIONS, TAGS, AmongThose, rows_of
from monitor.search.kept_keys import keys as as_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from monitor.library.kept_statements import Viewer
    from monitor.postgres.kept import Statement
    from monitor.search.names import Person

COLUMNS = ("what", "of", "key", "said", "slug", "n", "at")
NAMED_BY: Mapping[Facet, tuple[Any, str]] = {
    Facet.ACTOR: (Actor, "slug"),
    Facet.REGION: (Region, "code"),
    Facet.AUTHOR: (Author, "slug"),
    Facet.SOURCE: (Source, "slug"),
    Facet.PERIODICAL: (Periodical, "slug"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: names of facets' keys, and the reasons of these articles."""

    facets: Mapping[Facet, Collection[int]] = field(default_factory=dict)
    articles: Collection[int] = ()
    actors: Collection[int] = ()
    regions: Collection[int] = ()
    tags: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that matched: the key that was asked for, the words it stands under, how often, and how sure that is."""

    key: int
    said: str
    slug: str
    times: int
    is_confirmed: bool = True
    at: int | None = None  # code point of the text at which it first stands, if it does


@dataclass(frozen=True, slots=True)
class Beside:
    """What was found: the name and the address of each key of a facet; by article its reasons and annotations."""

    names: Mapping[Facet, Mapping[int, tuple[str, str]]]
    actors: Mapping[int, list[Reason]]
    regions: Mapping[int, list[Reason]]
    tags: Mapping[int, list[Reason]]
    marks: Mapping[int, int]


def beside_hits(wanted: Wanted, person: Person) -> Beside:
    """Return all of it; no statement where nothing is asked."""
    meant = {stand_in: as_keys(keys) for stand_in, keys in _asked(wanted).items() if keys}
    statement = _statement(viewer_of(person), frozenset(meant))
    names: dict[Facet, dict[int, tuple[str, str]]] = defaultdict(dict)
    reasons: dict[str, dict[int, list[Reason]]] = {what: defaultdict(list) for what in ("actor", "region", "tag")}
    marks: dict[int, int] = {}
    for what, of, key, said, slug, n, at in (
        rows_of(statement, {**meant, SOMEBODY: Int8(person.pk or 0)}) if statement else ()
    ):
        if what == "marks":
            marks[of] = n
        elif what.startswith("in "):
            sure = what.endswith(MentionStatus.CONFIRMED) or what == "in tag"
            reasons[what.split()[1]][of].append(Reason(key, said, slug, n, sure, at))
        else:
            names[Facet(what)][key] = (said, slug)
    for found in reasons.values():
        for rows in found.values():
            rows.sort(key=lambda one: (-one.times, one.said))
    return Beside(names, reasons["actor"], reasons["region"], reasons["tag"], marks)


def _asked(wanted: Wanted) -> dict[int, Collection[int]]:
    """Return what each stand-in means."""
    facets = {NAMED[facet.value]: keys for facet, keys in wanted.facets.items()}
    return {**facets, ARTICLES: wanted.articles, ACTORS: wanted.actors, REGIONS: wanted.regions, TAGS: wanted.tags}


@lru_cache(maxsize=128)
def _statement(viewer: Viewer, asked: frozenset[int]) -> Statement | None:
    """Return the statement for what is asked by this kind of viewer, put together once."""
    person = viewer.somebody()
    parts = [*_names(asked), *_mentions(asked), *_annotations(asked, person)]
    return statement_of(parts[0].union(*parts[1:], all=True), PLACES) if parts else None


def _columns(rows: Any, **given: Any) -> Any:
    """Give rows the columns that all parts share."""
    numbers = {"of": BigIntegerField(), "key": BigIntegerField(), "n": IntegerField(), "at": IntegerField()}
    given.setdefault("at", Value(None))
    cast = {f"c_{name}": Cast(given[name], numbers.get(name, TextField())) for name in COLUMNS}
    return rows.annotate(**cast).values_list(*cast)


def _names(asked: frozenset[int]) -> Iterable[Any]:
    for facet, (model, slug) in NAMED_BY.items():
        if NAMED[facet.value] in asked:
            rows = model.objects.filter(AmongThose(F("pk"), NAMED[facet.value])).order_by()
            yield _columns(
                rows, what=Value(facet.value), of=Value(0), key=F("pk"), said=F("name"), slug=F(slug), n=Value(0)
            )


def _mentions(asked: frozenset[int]) -> Iterable[Any]:
    here = Mention.objects.filter(AmongThose(F("article"), ARTICLES), status__in=COUNTS)
    counted = here.exclude(tier=Tier.WEAK).order_by()
    for kind, keys, path, said in (
        ("actor", ACTORS, "actor__canonical", "surface"),
        ("region", REGIONS, "region__above__ancestor", "region__name"),
    ):
        if not {keys, ARTICLES} <= asked:
            continue
        for status in COUNTS:
            rows = counted.filter(AmongThose(F(path), keys), status=status)
            tallied = rows.values("article", path, said, f"{kind}__slug").annotate(
                times=Count("pk"), first=Min("start", filter=Q(where=Where.BODY))
            )
            yield _columns(
                tallied, what=Value(f"in {kind} {status}"), of=F("article"), key=F(path), said=F(said),
                slug=F(f"{kind}__slug"), n=F("times"), at=F("first"),
            )  # fmt: skip


def _annotations(asked: frozenset[int], person: Person) -> Iterable[Any]:
    if not (ARTICLES in asked and person.is_authenticated):
        return
    seen = Annotation.objects.visible_to(person).filter(AmongThose(F("article"), ARTICLES)).order_by()
    counted = seen.values("article").annotate(times=Count("pk"))
    yield _columns(
        counted, what=Value("marks"), of=F("article"), key=Value(0), said=Value(""), slug=Value(""), n=F("times")
    )
    if TAGS in asked:
        uses = AnnotationTag.objects.filter(
            AmongThose(F("tag"), TAGS), tag__in=Tag.objects.visible_to(person), annotation__in=seen.values("pk")
        ).order_by()
        tallied = uses.values("annotation__article", "tag", "tag__name", "tag__path").annotate(times=Count("pk"))
        yield _columns(
            tallied, what=Value("in tag"), of=F("annotation__article"), key=F("tag"), said=F("tag__name"),
            slug=F("tag__path"), n=F("times"),
        )  # fmt: skip
