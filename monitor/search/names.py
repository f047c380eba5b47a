"""What the names in a query mean: actors by any of their names, regions, sources, authors, tags, periodicals, people.

Every name of a query is looked up in one statement, and only as far as the person who asks may see it. Several that a
name means are all given: choosing among them is left to whoever asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, StrIndex
from django.utils.text import slugify
from psycopg.types.numeric import Int8

from monitor.accounts.models import User
from monitor.annotations.codebook import STEP
from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import Tag
from monitor.entities.folding import folded
from monitor.entities.mention_models import ArticleActor
from monitor.entities.models import Actor, ActorAlias, ActorStatus, NameSort
from monitor.entities.region_lists import WEIGHT
from monitor.entities.region_models import Region, RegionAlias
from monitor.library.kept_statements import SOMEBODY, STAND_INS, viewer_of
from monitor.library.models import Author, Authorship, Issue, Periodical, folded_name
from monitor.library.outlets import outlet_key
from monitor.library.queries import standing_articles
from monitor.library.source_models import Citation, Source
from monitor.postgres.kept import statement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.library.kept_statements import Viewer
    from monitor.postgres.kept import Statement

    Person = User | AnonymousUser
    Rows = QuerySet[Any, Any]

MOST_ROWS = 200  # for one name: more tags than that lie below none, and more towns of one name nobody looks through
ME = "me"  # who asks, in `by:me`
BELOW = "below"  # of a tag's row: not named, but below one that is
LESSER = 9  # of regions without a weight of their own
CALLED: Any = Coalesce(NullIf(F("name"), Value("")), F("username"))  # a person
COUNTRY = 1  # up to this weight a region is meant rather than a town of its name


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is asked for; `exact` asks by the thing's own name or address alone."""

    kind: str
    value: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that a name means: its row's key, its own name and address, and the name of it that matched."""

    kind: str
    key: int
    name: str
    slug: str
    by: str = ""
    detail: str = ""  # what tells it from others of the name: a country, a path
    weight: int = 0
    sort: str = ""

    @property
    def is_by_other_name(self) -> bool:
        return bool(self.by) and folded(self.by) != folded(self.name)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means. Several are a choice for whoever asked; `others` have the name, but are not taken for it."""

    kind: str
    meant: tuple[Meant, ...] = ()
    others: tuple[Meant, ...] = ()
    below: tuple[int, ...] = ()  # keys of tags below those that are meant

    @property
    def keys(self) -> tuple[int, ...]:
        return tuple(one.key for one in self.meant)

    @property
    def is_open(self) -> bool:
        return len(self.meant) > 1


def meanings(names: Iterable[Name], person: Person) -> dict[Name, Meaning]:
    """Return what each name means, nothing for one that means nothing; one statement, none where nothing is asked."""
    wanted = list(dict.fromkeys(names))
    asked = [name for name in wanted if name.kind in LOOKED_UP]
    statement = _statement(viewer_of(person), tuple(_kind(name, person) for name in asked)) if asked else None
    found: dict[int, list[tuple[Any, ...]]] = {}
    for number, *columns in statement.rows(_meant(asked, person)) if statement else ():
        found.setdefault(number, []).append(tuple(columns))
    known = {name: _meaning(name, found.get(number, [])) for number, name in enumerate(asked)}
    return {name: known.get(name) or Meaning(name.kind) for name in wanted}


# -- The statement -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Spelled:
    """A name in each of the ways in which it is looked for; or, while a statement is put together, what stands for them."""

    plain: str
    lower: str
    upper: str
    fold: str  # as actors' and regions' names are compared
    key: str  # as tags' and periodicals' are
    outlet: str  # as sources' are
    slug: str
    path: str  # of a tag
    small: str

    def meant_by(self, stand_in: Spelled) -> dict[Any, Any]:
        meant = {getattr(stand_in, way): getattr(self, way) for way in WAYS}
        return meant | {f"%{stand_in.slug}%": f"%{LIKE.sub(ESCAPED, self.slug)}%"}


WAYS = tuple(field.name for field in fields(Spelled))
LIKE, ESCAPED = re.compile(r"[\\%_]"), r"\\\g<0>"  # what has a meaning of its own in a pattern


def spelled(value: str) -> Spelled:
    return Spelled(
        plain=value,
        lower=value.lower(),
        upper=value.upper(),
        fold=folded(value),
        key=folded_name(value),
        outlet=outlet_key(value),
        slug=slugify(value) or value,
        path=value.lower().replace(" / ", STEP).replace(" ", "-"),
        small=value.casefold(),
    )


@cache
def _stand_in(number: int) -> Spelled:
    return Spelled(*(f"stand-in for the {way} name {number}" for way in WAYS))


def _kind(name: Name, person: Person) -> str:
    return ME if name.kind == "by" and name.value.lower() == ME and isinstance(person, User) else name.kind


def _meant(asked: Sequence[Name], person: Person) -> dict[Any, Any]:
    meant: dict[Any, Any] = {SOMEBODY: Int8(person.pk or 0)}
    for number, name in enumerate(asked):
        meant |= spelled(name.value).meant_by(_stand_in(number))
    return meant


@lru_cache(maxsize=128)
def _statement(viewer: Viewer, kinds: tuple[str, ...]) -> Statement | None:
    """Return the statement that looks names of these kinds up: to put it together takes longer than to answer it."""
    person = viewer.somebody()
    stand_ins = [_stand_in(number) for number in range(len(kinds))]
    parts = [
        _columns(rows, number)
        for number, kind in enumerate(kinds)
        for rows in LOOKED_UP[kind](stand_ins[number], person)
    ]
    places = {place: "text" for one in stand_ins for place in one.meant_by(one)}
    return statement_of(parts[0].union(*parts[1:], all=True), {**STAND_INS, **places})


def _columns(rows: Rows, number: int) -> Rows:
    columns: Rows = rows.annotate(asked=Value(number, IntegerField())).values_list(
        "asked", "m_key", "m_name", "m_slug", "m_by", "m_detail", "m_weight", "m_sort"
    )
    return columns[:MOST_ROWS]


def with_columns(rows: Any, **columns: Any) -> Rows:
    """Give rows the columns that all kinds share."""
    usual: dict[str, Any] = {"by": Value(""), "detail": Value(""), "weight": Value(0), "sort": Value("")}
    texts = {
        name: Cast(column, TextField()) for name, column in (usual | columns).items() if name not in {"key", "weight"}
    }
    weight = Cast((usual | columns)["weight"], IntegerField())
    named: Rows = rows.order_by().annotate(
        m_key=F(columns["key"]), m_weight=weight, **{f"m_{name}": column for name, column in texts.items()}
    )
    return named


# -- Where names of each kind stand ------------------------------------------------------------------------------------
def _actors(name: Spelled, person: Person) -> list[Rows]:
    names = ActorAlias.objects.filter(retired=False).exclude(actor__status=ActorStatus.RETIRED)
    by_name = with_columns(
        names.filter(known_to(person, "actor__"), fold=name.fold),
        key="actor__canonical", name=F("actor__canonical__name"), slug=F("actor__canonical__slug"), by=F("text"),
        detail=first_country("actor__canonical__"), sort=F("sort"),
    )  # fmt: skip
    own = Actor.objects.filter(Q(slug=name.lower) | Q(key=name.fold)).exclude(status=ActorStatus.RETIRED)
    by_itself = with_columns(
        own.filter(known_to(person, "")),
        key="canonical", name=F("canonical__name"), slug=F("canonical__slug"), by=F("name"),
        detail=first_country("canonical__"),
        sort=Case(When(key=name.fold, then=Value("")), default=Value("slug"), output_field=CharField()),
    )  # fmt: skip
    return [by_name, by_itself]


def known_to(person: Person, path: str) -> Q:
    """Return the condition of actors that one may know of: those that texts brought, only where one may read one."""
    named = ArticleActor.objects.filter(article__in=standing_articles(person), actor=OuterRef(f"{path}pk"))
    return ~Q(**{f"{path}status": ActorStatus.PROVISIONAL}) | Q(Exists(named))


def first_country(path: str) -> Any:
    country = Region.objects.filter(code=OuterRef(f"{path}countries__0")).values("name")[:1]
    return Coalesce(Subquery(country), Value(""))


def _regions(name: Spelled, person: Person) -> list[Rows]:
    own = Region.objects.filter(
        Q(key=name.fold) | Q(slug=name.lower) | Q(code__in={name.plain, name.upper}), retired=False
    )
    names = RegionAlias.objects.filter(fold=name.fold, retired=False, region__retired=False)
    code = When(code__in={name.plain, name.upper}, then=Value("code"))
    slug = When(slug=name.lower, then=Value("slug"))
    sort = Case(code, slug, default=Value(""), output_field=CharField())
    return [
        with_columns(own, key="pk", name=F("name"), slug=F("slug"), detail=_country(""), weight=region_weight(""), sort=sort),
        with_columns(
            names, key="region", name=F("region__name"), slug=F("region__slug"), by=F("text"),
            detail=_country("region__"), weight=region_weight("region__"),
        ),
    ]  # fmt: skip


def _country(path: str) -> Any:
    country = Region.objects.filter(code=OuterRef(f"{path}countries__0")).exclude(pk=OuterRef(f"{path}pk"))
    return Coalesce(Subquery(country.values("name")[:1]), Value(""))


def region_weight(path: str) -> Any:
    whens = (When(**{f"{path}kind": kind}, then=Value(number)) for kind, number in WEIGHT.items())
    return Case(*whens, default=Value(LESSER), output_field=IntegerField())


def _sources(name: Spelled, person: Person) -> list[Rows]:
    # A joined one has no spellings left: its address leads on to the one it was joined into.
    rows = Source.objects.filter(
        Q(slug=name.lower) | Q(name__iexact=name.plain) | Q(spellings__key=name.outlet) | Q(absorbed__slug=name.lower)
    )
    cited = Citation.objects.filter(article__in=standing_articles(person), spelling__source=OuterRef("pk"))
    return [
        with_columns(rows.filter(Exists(cited), joined_into=None).distinct(), key="pk", name=F("name"), slug=F("slug"))
    ]


def _authors(name: Spelled, person: Person) -> list[Rows]:
    whole = Q(slug__in={name.slug, name.lower}) | Q(name__iexact=name.plain)
    words = Q(slug__contains=name.slug)  # "rehman" is in "zia-ur-rehman"; that it is a word of its own is seen to below
    signed = Authorship.objects.filter(article__in=standing_articles(person), author=OuterRef("pk"))
    weight = Case(When(whole, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Author.objects.filter(whole | words).filter(Exists(signed))
    return [with_columns(rows, key="pk", name=F("name"), slug=F("slug"), weight=weight)]


def _periodicals(name: Spelled, person: Person) -> list[Rows]:
    issues = Issue.objects.visible_to(person).filter(periodical=OuterRef("pk"))
    rows = Periodical.objects.filter(Q(slug=name.lower) | Q(key=name.key)).filter(Exists(issues))
    return [with_columns(rows, key="pk", name=F("name"), slug=F("slug"))]


def _tags(name: Spelled, person: Person) -> list[Rows]:
    """Return the tags of this path or name, in whichever codebook, and those below their paths."""
    tags = Tag.objects.visible_to(person)
    before = tags.filter(addresses__path=name.path).values("pk")
    weight = Case(When(path=name.path, then=Value(0)), When(key=name.key, then=Value(1)), default=Value(2))
    rows = tags.filter(Q(path=name.path) | Q(key=name.key) | Q(pk__in=before))
    stands_at = StrIndex(OuterRef("path"), Concat(F("path"), Value(STEP)))
    below = tags.filter(Exists(rows.annotate(stands_at=stands_at).filter(stands_at=1)))
    return [
        with_columns(rows, key="pk", name=F("name"), slug=F("path"), detail=F("path"), weight=weight),
        with_columns(below, key="pk", name=F("name"), slug=F("path"), sort=Value(BELOW)),
    ]


def _kinds(name: Spelled, person: Person) -> list[Rows]:
    """Return an article of this kind, to know that there is one: kinds have no rows of their own."""
    rows = standing_articles(person).filter(kind=name.small)
    named = with_columns(rows, key="pk", name=F("kind"), slug=F("kind"))
    return [named[:1]]


def _people(name: Spelled, person: Person) -> list[Rows]:
    """Return people whose annotations one sees: nobody else's name is told."""
    marks = Annotation.objects.visible_to(person).filter(owner=OuterRef("pk"))
    rows = User.objects.filter(Q(username__iexact=name.plain) | Q(name__iexact=name.plain))
    return [with_columns(rows.filter(Exists(marks)), key="pk", name=CALLED, slug=F("username"))]


def _oneself(name: Spelled, person: Person) -> list[Rows]:
    return [with_columns(User.objects.filter(pk=person.pk or 0), key="pk", name=CALLED, slug=F("username"))]


LOOKED_UP: Mapping[str, Callable[[Spelled, Person], list[Rows]]] = {
    "actor": _actors,
    "region": _regions,
    "source": _sources,
    "author": _authors,
    "periodical": _periodicals,
    "tag": _tags,
    "kind": _kinds,
    "by": _people,
    ME: _oneself,
}


# -- Which of them is meant --------------------------------------------------------------------------------------------
def _meaning(name: Name, rows: Sequence[tuple[Any, ...]]) -> Meaning:
    found = [Meant(name.kind, *row) for row in rows]
    meant = _once(CHOSEN.get(name.kind, _lightest)(name, found))
    taken = {one.key for one in meant}
    passed_over = _once(found) if name.kind == "region" else ()
    others = tuple(one for one in passed_over if one.key not in taken)
    paths = tuple(f"{one.slug}{STEP}" for one in meant)
    below = (one.key for one in found if one.sort == BELOW and one.slug.startswith(paths) and one.key not in taken)
    return Meaning(name.kind, meant, others, tuple(dict.fromkeys(below)))


def _once(found: Iterable[Meant]) -> tuple[Meant, ...]:
    once: dict[int, Meant] = {}
    for one in sorted(found, key=lambda one: (one.weight, folded(one.name), one.is_by_other_name, one.key)):
        once.setdefault(one.key, one)
    return tuple(once.values())


def _actors_meant(name: Name, found: Sequence[Meant]) -> Sequence[Meant]:
    """Return those called so as it is written, else by acronym, else however it is written, else at this address."""
    if name.exact:
        own = [one for one in found if folded(one.name) == folded(name.value) or one.sort == "slug"]
        return [one for one in own if one.slug == name.value] or own
    called = [one for one in found if one.sort != "slug"]
    written = [one for one in called if one.by == name.value]
    acronyms = [one for one in called if one.sort == NameSort.ACRONYM and one.by.casefold() == name.value.casefold()]
    return written or acronyms or called or found


def _regions_meant(name: Name, found: Sequence[Meant]) -> Sequence[Meant]:
    """Return the one with this code, else parts of the world and countries of this name, else all of this name."""
    by_code = [one for one in found if one.sort == "code"]
    if by_code:
        return by_code
    broad = [one for one in found if one.weight <= COUNTRY]
    by_slug = [one for one in found if one.sort == "slug" and one.slug == name.value]
    if "-" in name.value and by_slug:  # an address is written so, a name is not
        return by_slug
    return broad or found


def _lightest(name: Name, found: Sequence[Meant]) -> Sequence[Meant]:
    named = [one for one in found if one.sort != BELOW]
    return [one for one in named if one.weight == min(each.weight for each in named)]


def _authors_meant(name: Name, found: Sequence[Meant]) -> Sequence[Meant]:
    whole = [one for one in found if not one.weight]
    if whole or name.exact:
        return whole
    words = f"-{slugify(name.value)}-"
    return [one for one in found if words in f"-{one.slug}-"]


CHOSEN: Mapping[str, Callable[[Name, Sequence[Meant]], Sequence[Meant]]] = {
    "actor": _actors_meant,
    "region": _regions_meant,
    "author": _authors_meant,
}
