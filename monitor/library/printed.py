"""All that a reading page shows of one article, in one statement however long the article is.

It finds the article as far as one may see it, with its issue, its text and one's own place in it; everything printed in
it and round it comes along as one JSON document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from monitor.library.managers import sees_unpublished
from monitor.library.models import Article, ArticleText, Authorship, Block, Finding, Marker, Note, TextLink
from monitor.library.queries import standing_articles
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User

    Person = User | AnonymousUser

# Rows of the document, by the names of their columns in it. What hangs on a source is known by the source's slug.
BLOCKS = {name: name for name in ("position", "type", "level", "start", "end", "regions", "rows")}
NOTES = {"pk": "pk", "number": "number", "text": "text", "resolves_to": "resolves_to_id"}
MARKERS = {"pk": "pk", "number": "number", "start": "start", "end": "end", "note": "note_id"}
LINKS = {"start": "start", "end": "end", "url": "url", "note": "note_id"}
CITATIONS = {"pk": "pk", "start": "start", "end": "end", "note": "note_id", "slug": "spelling__source__slug"}
AUTHORS = {name: f"author__{name}" for name in ("name", "slug", "family", "given", "literal")}
SIBLINGS = {"pk": "pk", "title": "title", "slug": "slug", "page": "page_start"}
FINDINGS = {"message": "message", "note": "note_number", "start": "start"}


# Rows that a room above adds to the document, so that they cost no statement of their own: by their name in `Printed`,
# what gives those of an article (an OuterRef stands for it) that a person may see, with the names of their columns.
# Those of the first stand at places of the text, with `start`, `end` and `note`; those of the second are of all of it.
ADDED: dict[str, Callable[[Person], tuple[QuerySet[Any], dict[str, str]]]] = {}
ADDED_OF_ALL: dict[str, Callable[[Person], tuple[QuerySet[Any], dict[str, str]]]] = {}


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows as plain dictionaries, in the order of the page."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    markers: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)
    authors: list[dict[str, Any]] = field(default_factory=list)
    siblings: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    named: list[dict[str, Any]] = field(default_factory=list)
    about_actors: list[dict[str, Any]] = field(default_factory=list)
    about_regions: list[dict[str, Any]] = field(default_factory=list)


def articles_to_read(person: Person) -> QuerySet[Article]:
    """Return the articles one may see, with issue and periodical, `body`, `printed`, and this person's place in each.

    `my_paragraph`, `my_paragraphs`, `my_read` are None where there is no place: visitors have none.
    """
    text = ArticleText.objects.filter(article=OuterRef("pk"), version=OuterRef("text_version"))
    articles = Article.objects.visible_to(person).select_related("issue__periodical")
    mine = FilteredRelation("places", condition=Q(places__person=person.pk or 0))
    place = {f"my_{name}": F(f"mine__{name}") for name in ("paragraph", "paragraphs", "read")}
    found: QuerySet[Article] = articles.annotate(
        body=Subquery(text.values("body")[:1]), printed=JSONObject(**_document(person)), mine=mine
    ).annotate(**place)
    return found


def printed_in(article: Article) -> Printed:
    """Return what is printed in an article that `articles_to_read` found, and its neighbours in the issue."""
    return Printed(**article.printed)  # type: ignore[attr-defined]  # annotated


def _document(person: Person) -> dict[str, Any]:
    """Return the columns of the document; for curators with the article's open findings."""
    rows: dict[str, Any] = {
        "blocks": _rows(Block.objects.filter(article=OuterRef("pk")).order_by("position"), BLOCKS),
        "notes": _rows(Note.objects.filter(article=OuterRef("pk")).order_by("position"), NOTES),
        "markers": _rows(Marker.objects.filter(article=OuterRef("pk")).order_by("start"), MARKERS),
        "links": _rows(TextLink.objects.filter(article=OuterRef("pk")).order_by("start", "pk"), LINKS),
        "citations": _rows(Citation.objects.filter(article=OuterRef("pk")).order_by("start", "pk"), CITATIONS),
        "authors": _rows(Authorship.objects.filter(article=OuterRef("pk")).order_by("position"), AUTHORS),
        "siblings": _rows(standing_articles(person).filter(issue=OuterRef("issue")).order_by("position"), SIBLINGS),
    }
    for name, added in (ADDED | ADDED_OF_ALL).items():
        rows[name] = _rows(*added(person))
    if sees_unpublished(person):
        undecided = Finding.objects.filter(article=OuterRef("pk"), decision=Finding.Decision.OPEN)
        rows["findings"] = _rows(undecided.exclude(severity="info").order_by("pk"), FINDINGS)
    return rows


def _rows(rows: Any, columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
