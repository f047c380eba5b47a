"""Cited sources, and those who sign articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from monitor.api.rows.kinds import Kind, beginning, in_json, keyed, plain, several
from monitor.library.keyset import Key
from monitor.library.managers import may_read, sees_unpublished
from monitor.library.models import Author, Authorship
from monitor.library.queries import count_of, standing_articles
from monitor.library.source_lists import UNGRADED, present_grade
from monitor.library.source_models import Citation, Source, SourceSpelling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said


# -- Sources -----------------------------------------------------------------------------------------------------------
def _seen_sources(person: Person) -> Any:
    """Return the sources that articles one may see cite, and for who sees drafts those that nothing cites (any more)."""
    if not may_read(person):
        return Source.objects.none()
    standing = Source.objects.filter(joined_into=None)
    return standing if sees_unpublished(person) else standing.filter(Exists(_citing(person)))


def _citing(person: Person) -> Any:
    return Citation.objects.filter(article__in=standing_articles(person), spelling__source=OuterRef("pk"))


def _cited_sources(person: Person) -> Any:
    return Source.objects.filter(Exists(_citing(person)), joined_into=None)


def sources_meant(values: Sequence[str]) -> Any:
    """Return the sources called so, or those that they were joined into."""
    joined = Source.objects.filter(keyed(values, "slug"))
    known = Q(pk__in=joined.values("pk"))
    for path in ("absorbed", "absorbed__absorbed"):
        known |= Q(**{f"{path}__in": joined.values("pk")})
    return Source.objects.filter(known, joined_into=None).distinct()


def _source_columns(person: Person) -> Mapping[str, Any]:
    citations = Citation.objects.filter(article__in=standing_articles(person))
    return {
        **plain("pk", "uid", "created", "updated", "name", "slug"),
        "grade": present_grade(),
        "citation_count": count_of(citations, "spelling__source"),
    }


def _source(row: Row, links: Links) -> Said:
    return {
        **beginning(row, links, "sources", reverse("source", args=[row["slug"]])),
        "uid": str(row["uid"]),
        "name": row["name"],
        "slug": row["slug"],
        "grade": None if row["grade"] == UNGRADED else row["grade"],
        "citation_count": row["citation_count"],
    }


def _spellings(person: Person) -> Mapping[str, Any]:
    """Return the printed forms that one may see printed."""
    citing = Citation.objects.filter(article__in=standing_articles(person), spelling=OuterRef("pk"))
    spelled = SourceSpelling.objects.filter(Exists(citing), source=OuterRef("pk")).order_by("printed")
    return {"printed": in_json(forms=several(spelled, printed="printed"))}


def _told_spellings(row: Row, links: Links) -> Said:
    return {"spellings": [one["printed"] for one in row["printed"]["forms"] or ()]}


SOURCES = Kind(
    "sources",
    _seen_sources,
    _source_columns,
    _source,
    listed=_cited_sources,
    order=(Key("name", "text"), Key("pk", "number")),
    more=_spellings,
    told_more=_told_spellings,
)


# -- Authors -----------------------------------------------------------------------------------------------------------
def _seen_authors(person: Person) -> Any:
    signed = Authorship.objects.filter(article__in=standing_articles(person), author=OuterRef("pk"))
    return Author.objects.filter(Exists(signed))


def _author_columns(person: Person) -> Mapping[str, Any]:
    signed = Authorship.objects.filter(article__in=standing_articles(person))
    own = ("pk", "uid", "created", "updated", "name", "slug", "given", "family", "literal")
    return {**plain(*own), "article_count": count_of(signed, "author")}


def _author(row: Row, links: Links) -> Said:
    return {
        **beginning(row, links, "authors", reverse("author", args=[row["slug"]])),
        "uid": str(row["uid"]),
        **{name: row[name] for name in ("name", "slug", "given", "family", "literal", "article_count")},
    }


AUTHORS = Kind("authors", _seen_authors, _author_columns, _author, order=(Key("name", "text"), Key("pk", "number")))
