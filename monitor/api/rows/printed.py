"""What is printed in articles: their notes, and what they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from monitor.api.rows.articles import article_page
from monitor.api.rows.kinds import Kind, beginning, plain
from monitor.library.models import Article, Note
from monitor.library.source_models import Citation, Precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said

WRITTEN = {"": 0, Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}  # characters of an ISO date


# -- Notes -------------------------------------------------------------------------------------------------------------
def _seen_notes(person: Person) -> Any:
    return Note.objects.filter(article__in=Article.objects.visible_to(person))


def _note_columns(person: Person) -> Mapping[str, Any]:
    own = ("pk", "uid", "created", "updated", "number", "kind", "text", "resolves_to_id")
    return plain(*own, "article_id", "article__slug")


def _note(row: Row, links: Links) -> Said:
    meant = row["resolves_to_id"]
    page = article_page(row["article_id"], row["article__slug"])
    return {
        **beginning(row, links, "notes", f"{page}#n{row['number']}"),
        "uid": str(row["uid"]),
        "article": {"id": row["article_id"], "url": links.api("articles", row["article_id"])},
        "number": row["number"],
        "kind": row["kind"],
        "text": row["text"],
        "resolves_to": {"id": meant, "url": links.api("notes", meant)} if meant else None,
    }


NOTES = Kind("notes", _seen_notes, _note_columns, _note)


# -- Citations ---------------------------------------------------------------------------------------------------------
def _seen_citations(person: Person) -> Any:
    return Citation.objects.filter(article__in=Article.objects.visible_to(person))


SPELLING = ("spelling__source_id", "spelling__source__name", "spelling__source__slug")


def _citation_columns(person: Person) -> Mapping[str, Any]:
    own = (
        "pk",
        "uid",
        "created",
        "updated",
        "start",
        "end",
        "printed",
        "printed_date",
        "date",
        "precision",
        "inferred",
    )
    return plain(*own, "url", "article_id", "note_id", *SPELLING)


def _citation(row: Row, links: Links) -> Said:
    source, note = row["spelling__source_id"], row["note_id"]
    names = {"name": row["spelling__source__name"], "slug": row["spelling__source__slug"]}
    return {
        **beginning(row, links, "citations", reverse("citation", args=[row["pk"]])),
        "uid": str(row["uid"]),
        "article": {"id": row["article_id"], "url": links.api("articles", row["article_id"])},
        "note": {"id": note, "url": links.api("notes", note)} if note else None,
        "source": {"id": source, **names, "url": links.api("sources", source)},
        "start": row["start"],
        "end": row["end"],
        "printed": row["printed"],
        "printed_date": row["printed_date"],
        "date": row["date"].isoformat()[: WRITTEN[row["precision"]]] if row["date"] else None,
        "inferred": row["inferred"],
        "link": row["url"],
    }


CITATIONS = Kind("citations", _seen_citations, _citation_columns, _citation)
