"""What may be meant by the word that is being typed: the names of fields, and the names of things that begin so.

As everywhere only of what one may see, in one statement. A value is written so that the query language reads it as this
one thing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, Length, NullIf

from monitor.accounts.models import User
from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import Tag
from monitor.entities.folding import folded
from monitor.entities.models import ActorAlias, ActorStatus
from monitor.entities.region_models import Region, RegionAlias, RegionClosure
from monitor.library.models import Author, Authorship, Issue, Periodical, folded_name
from monitor.library.queries import standing_articles
from monitor.library.source_models import Citation, Source
from monitor.search.names import first_country, known_to, region_weight, with_columns
from monitor.search.query_language import unparse
from monitor.search.query_tree import Named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from monitor.search.names import Person, Rows
    from monitor.search.query_tree import NamedField

MOST_SHOWN = 8
MOST_OF_EACH = 3  # where no field is named
LEAST_TYPED = 2  # letters, where no field is named
MOST_ROWS = 40  # of each kind: several names of one actor are shown once
LONGEST = 100
NEXT = "\t"
BY_SLUG = {"tag", "by"}
QUOTES = {*'"\u201c\u201d\u201e\u00ab\u00bb'}  # of a name, which the language would take for the ends of it
# What each field is for, as the list of fields says it.
FIELD_WORDS: Mapping[str, str] = {
    "actor": "who is named, by any name",
    "region": "a place with all in it",
    "about": "chiefly about an actor or region",
    "tag": "a tag on a passage, or below it",
    "source": "what is cited",
    "author": "who wrote it",
    "periodical": "where it appeared",
    "kind": "article, brief, …",
    "date": "2021, 2021-03, 2021..2022",
    "title": "words in the title",
    "heads": "words in a section head",
    "endnotes": "words in the printed notes",
    "note": "words people wrote beside it",
    "by": "who annotated it",
    "has": "annotation, note, tag, endnotes, …",
}
HAS = ("annotation", "note", "tag", "endnotes", "author", "source", "actor", "region")
UNNAMED = ("actor", "region", "tag", "source", "author")  # what is offered for a word without a field


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing to choose: what is written into the query, what it is called, and what tells it from others."""

    kind: str
    written: str
    label: str
    by: str = ""  # the name of it that begins so, where it is another
    detail: str = ""


def completions(typed: str, person: Person) -> list[Completion]:
    """Return what the word being typed may become: `act`, `actor:tal`, `-region:"south a`."""
    word = typed.strip().lstrip("-").replace("\0", "").encode("utf-8", "ignore").decode()[:LONGEST]
    field, colon, value = word.partition(":")
    field, value = field.casefold(), value.lstrip("=").strip('"\u201c\u201d ')
    if colon and field in KINDS_OF:
        return _named(KINDS_OF[field], value, person, field=field, most=MOST_SHOWN)
    if colon:
        return _of_fixed(field, value)
    begun = word.strip('"\u201c\u201d ')
    named = _named(UNNAMED, begun, person, most=MOST_OF_EACH) if len(begun) >= LEAST_TYPED else []
    return [*_fields(begun.casefold()), *named]


def _fields(begun: str) -> list[Completion]:
    return [
        Completion("field", f"{name}:", f"{name}:", detail=what)
        for name, what in FIELD_WORDS.items()
        if name.startswith(begun)
    ]


def _of_fixed(field: str, value: str) -> list[Completion]:
    if field != "has":
        return []
    return [Completion("has", f"has:{what}", what) for what in HAS if what.startswith(value.casefold())]


def _named(kinds: Sequence[str], value: str, person: Person, *, most: int, field: str = "") -> list[Completion]:
    rows = [rows for kind in kinds for rows in (_columns(part, kind) for part in BEGINNING[kind](value, person))]
    found: dict[str, dict[int, tuple[str, ...]]] = {kind: {} for kind in kinds}
    for kind, key, *facts in rows[0].union(*rows[1:], all=True):
        found[kind].setdefault(key, tuple(facts))
    return [one for kind in kinds for one in _written(kind, field or kind, list(found[kind].values()))[:most]]


def _columns(rows: Rows, kind: str) -> Rows:
    named: Rows = rows.annotate(kind_word=Value(kind)).values_list(
        "kind_word", "m_key", "m_name", "m_slug", "m_by", "m_detail"
    )
    return named[:MOST_ROWS]


def _written(kind: str, field: str, rows: Sequence[tuple[str, ...]]) -> list[Completion]:
    often = Counter(folded(name) for name, *_ in rows)
    return [
        Completion(
            kind,
            unparse(
                Named(_field(field), slug if kind in BY_SLUG or often[folded(name)] > 1 or QUOTES & {*name} else name)
            ),
            name,
            by if by and folded(by) != folded(name) else "",
            ", ".join(dict.fromkeys(filter(None, detail.split(NEXT)))),
        )
        for name, slug, by, detail in rows
    ]


def _field(name: str) -> NamedField:
    return name  # type: ignore[return-value]  # one of KINDS_OF


# -- Names that begin so -----------------------------------------------------------------------------------------------
def _begins(column: str, value: str, *, exactly: bool = True) -> Q:
    """Return the condition that a column, or a word in it, begins so."""
    how = "" if exactly else "i"
    return Q(**{f"{column}__{how}startswith": value}) | Q(**{f"{column}__{how}contains": f" {value}"})


def _actors(value: str, person: Person) -> list[Rows]:
    fold = folded(value)
    names = ActorAlias.objects.filter(_begins("fold", fold), known_to(person, "actor__"), retired=False)
    first = Case(When(fold__startswith=fold, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = with_columns(
        names.exclude(actor__status=ActorStatus.RETIRED),
        key="actor__canonical", name=F("actor__canonical__name"), slug=F("actor__canonical__slug"), by=F("text"),
        detail=first_country("actor__canonical__"),
    )  # fmt: skip
    return [rows.order_by(first, Length("fold"), "fold", "pk")]


def _regions(value: str, person: Person) -> list[Rows]:
    fold = folded(value)
    own = Region.objects.filter(key__startswith=fold, retired=False)
    others = RegionAlias.objects.filter(fold__startswith=fold, retired=False, region__retired=False)
    by_own = with_columns(own, key="pk", name=F("name"), slug=F("slug"), detail=_lies_in(""), weight=region_weight(""))
    by_other = with_columns(
        others, key="region", name=F("region__name"), slug=F("region__slug"), by=F("text"),
        detail=_lies_in("region__"), weight=region_weight("region__"),
    )  # fmt: skip
    return [
        by_own.order_by("m_weight", "-population", "key", "pk"),
        by_other.order_by("m_weight", "-region__population", "fold", "pk"),
    ]


def _lies_in(path: str) -> Any:
    """Return the nearest region that one lies in, and its country."""
    above = RegionClosure.objects.filter(descendant=OuterRef(f"{path}pk"), depth=1).order_by(
        "ancestor__key", "ancestor"
    )
    country = Region.objects.filter(code=OuterRef(f"{path}countries__0")).exclude(pk=OuterRef(f"{path}pk"))
    parts = (
        Coalesce(Subquery(rows), Value("")) for rows in (above.values("ancestor__name")[:1], country.values("name")[:1])
    )
    return Concat(next(parts), Value(NEXT), next(parts))


def _tags(value: str, person: Person) -> list[Rows]:
    key, step = folded_name(value), value.lower().replace(" / ", "/").replace(" ", "-")
    begins = _begins("key", key) | Q(path__startswith=step) | Q(path__contains=f"/{step}")
    tags = Tag.objects.visible_to(person).filter(begins)
    return [
        with_columns(tags, key="pk", name=F("name"), slug=F("path"), detail=F("path")).order_by(
            Length("path"), "path", "pk"
        )
    ]


def _sources(value: str, person: Person) -> list[Rows]:
    cited = Citation.objects.filter(article__in=standing_articles(person), spelling__source=OuterRef("pk"))
    return [_by_name(Source.objects.filter(_begins("name", value, exactly=False)).filter(Exists(cited)))]


def _authors(value: str, person: Person) -> list[Rows]:
    signed = Authorship.objects.filter(article__in=standing_articles(person), author=OuterRef("pk"))
    return [_by_name(Author.objects.filter(_begins("name", value, exactly=False)).filter(Exists(signed)))]


def _periodicals(value: str, person: Person) -> list[Rows]:
    issues = Issue.objects.visible_to(person).filter(periodical=OuterRef("pk"))
    return [_by_name(Periodical.objects.filter(_begins("name", value, exactly=False)).filter(Exists(issues)))]


def _by_name(rows: Any) -> Rows:
    named: Rows = with_columns(rows, key="pk", name=F("name"), slug=F("slug")).order_by("name", "pk")
    return named


def _people(value: str, person: Person) -> list[Rows]:
    marks = Annotation.objects.visible_to(person).filter(owner=OuterRef("pk"))
    begins = _begins("name", value, exactly=False) | Q(username__istartswith=value)
    called = Coalesce(NullIf(F("name"), Value("")), F("username"))
    rows = User.objects.filter(begins).filter(Exists(marks))
    return [with_columns(rows, key="pk", name=called, slug=F("username")).order_by("username", "pk")]


BEGINNING: Mapping[str, Callable[[str, Person], list[Rows]]] = {
    "actor": _actors,
    "region": _regions,
    "tag": _tags,
    "source": _sources,
    "author": _authors,
    "periodical": _periodicals,
    "by": _people,
}
KINDS_OF: Mapping[str, tuple[str, ...]] = {
    **{kind: (kind,) for kind in BEGINNING},
    "about": ("actor", "region"),
    "cites": ("source",),
}
