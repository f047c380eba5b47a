"""Articles: as rows of lists, and one with all that is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.urls import reverse

from monitor.api.rows.kinds import Kind, beginning, in_json, plain, several
from monitor.api.rows.periodicals import DATED, PERIODICAL, dated, periodical_of
from monitor.entities.mention_models import ArticleActor, ArticleRegion
from monitor.entities.models import ActorStatus
from monitor.library.keyset import Key
from monitor.library.models import Article, Authorship, Note
from monitor.library.queries import count_of, standing_articles
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said

OWN = ("pk", "uid", "created", "updated", "title", "kind", "slug", "page_start", "page_end", "words", "text_version")
ISSUE = tuple(f"issue__{name}" for name in (*DATED, "sort_date", *PERIODICAL))
# As search orders by day, so that a list goes on in the same place with words and without.
NEWEST = (Key("issue__sort_date", "day", descending=True), Key("pk", "number", descending=True))


def _seen(person: Person) -> Any:
    return Article.objects.visible_to(person)


def authors_column() -> Any:
    """Return a column with those who signed an article, in printed order."""
    signed = Authorship.objects.filter(article=OuterRef("pk")).order_by("position")
    return in_json(authors=several(signed, id="author_id", name="author__name", slug="author__slug"))


def _columns(person: Person) -> Mapping[str, Any]:
    return {**plain(*OWN, "state", "issue_id", *ISSUE), "printed": authors_column()}


def article(row: Row, links: Links) -> Said:
    """Return what lists say of an article."""
    key = row["pk"]
    return {
        **beginning(row, links, "articles", article_page(key, row["slug"])),
        "uid": str(row["uid"]),
        "title": row["title"],
        "kind": row["kind"],
        "authors": [
            {**author, "url": links.api("authors", author["id"])} for author in row["printed"]["authors"] or ()
        ],
        "periodical": periodical_of(row, links, "issue__"),
        "issue": {"id": row["issue_id"], "url": links.api("issues", row["issue_id"]), **dated(row, "issue__")},
        "page_start": row["page_start"],
        "page_end": row["page_end"],
        "words": row["words"],
        "state": row["state"],
        "text_version": row["text_version"],
        "text_url": links.api("articles", key, "text"),
    }


def article_page(key: int, slug: str) -> str:
    return reverse("article", args=[key, slug])


def _more(person: Person) -> Mapping[str, Any]:
    actors = ArticleActor.objects.filter(article=OuterRef("pk")).exclude(actor__canonical__status=ActorStatus.RETIRED)
    regions = ArticleRegion.objects.filter(article=OuterRef("pk"))
    about = {"mentions": "n", "about": "about"}
    named = {
        "actors": several(
            actors.order_by("-salience", "actor_id"),
            id="actor__canonical_id", name="actor__canonical__name", slug="actor__canonical__slug", **about,
        ),
        "regions": several(
            regions.order_by("-salience", "region_id"),
            id="region_id", name="region__name", slug="region__slug", code="region__code", **about,
        ),
    }  # fmt: skip
    return {
        **plain("bio"),
        "named": in_json(**named),
        "note_count": count_of(Note.objects.all(), "article"),
        "citation_count": count_of(Citation.objects.all(), "article"),
    }


def _told_more(row: Row, links: Links) -> Said:
    parts = ("notes", "citations", "mentions", "annotations")
    return {
        "bio": row["bio"],
        "actors": _joined(row["named"]["actors"] or (), "actors", links),
        "regions": _joined(row["named"]["regions"] or (), "regions", links),
        "note_count": row["note_count"],
        "citation_count": row["citation_count"],
        **{f"{part}_url": links.api("articles", row["pk"], part) for part in parts},
    }


def _joined(rows: Iterable[dict[str, Any]], resource: str, links: Links) -> list[Said]:
    """Return each entity once: of actors that were merged, each has a row of its own."""
    found: dict[int, Said] = {}
    for row in rows:
        one = found.setdefault(row["id"], {**row, "url": links.api(resource, row["id"]), "mentions": 0, "about": False})
        one["mentions"] += row["mentions"]
        one["about"] = one["about"] or row["about"]
    return list(found.values())


ARTICLES = Kind(
    "articles", _seen, _columns, article, order=NEWEST, listed=standing_articles, more=_more, told_more=_told_more
)
