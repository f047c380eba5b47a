"""Periodicals and their issues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse

from monitor.api.rows.kinds import Kind, beginning, plain
from monitor.library.keyset import Key
from monitor.library.managers import may_read, sees_unpublished
from monitor.library.models import Issue, Periodical
from monitor.library.queries import count_of, standing_articles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.api.links import Links
    from monitor.api.rows.kinds import Person, Row, Said


# -- Periodicals -------------------------------------------------------------------------------------------------------
def seen_periodicals(person: Person) -> Any:
    """Return the periodicals of which one may see an issue; all of them for who sees drafts."""
    if not may_read(person):
        return Periodical.objects.none()
    if sees_unpublished(person):
        return Periodical.objects.all()
    return Periodical.objects.filter(Exists(Issue.objects.visible_to(person).filter(periodical=OuterRef("pk"))))


def _periodical_columns(person: Person) -> Mapping[str, Any]:
    issues = count_of(Issue.objects.visible_to(person), "periodical")
    return {**plain("pk", "uid", "created", "updated", "key", "name", "slug", "tagline", "issn"), "issue_count": issues}


def periodical_page(slug: str) -> str:
    return f"{reverse('shelf')}?{urlencode({'periodical': slug})}"


def _periodical(row: Row, links: Links) -> Said:
    return {
        **beginning(row, links, "periodicals", periodical_page(row["slug"])),
        "uid": str(row["uid"]),
        "name": row["name"],
        "slug": row["slug"],
        "tagline": row["tagline"],
        "issn": row["issn"],
        "issue_count": row["issue_count"],
    }


PERIODICALS = Kind(
    "periodicals", seen_periodicals, _periodical_columns, _periodical, order=(Key("key", "text"), Key("pk", "number"))
)


# -- Issues ------------------------------------------------------------------------------------------------------------
def seen_issues(person: Person) -> Any:
    return Issue.objects.visible_to(person)


PERIODICAL = ("periodical__pk", "periodical__name", "periodical__slug")
DATED = ("volume", "number", "date", "date_basis")


def _issue_columns(person: Person) -> Mapping[str, Any]:
    own = ("pk", "uid", "created", "updated", "sort_date", *DATED, "date_from", "date_to", "pages", "state")
    articles = count_of(standing_articles(person), "issue")
    return {**plain(*own, "file_name", "file_type", "file_bytes", "sha256", *PERIODICAL), "article_count": articles}


def periodical_of(row: Row, links: Links, path: str = "") -> Said:
    """Return what is said of the periodical of an issue or article; `path` leads to the issue."""
    key = row[f"{path}periodical__pk"]
    slug = row[f"{path}periodical__slug"]
    return {"id": key, "name": row[f"{path}periodical__name"], "slug": slug, "url": links.api("periodicals", key)}


def dated(row: Row, path: str = "") -> Said:
    """Return what is said of an issue's place in its periodical, and of its day."""
    day = row[f"{path}date"]
    return {
        "volume": row[f"{path}volume"],
        "number": row[f"{path}number"],
        "date": day.isoformat() if day else None,
        "date_basis": row[f"{path}date_basis"],
    }


def _issue(row: Row, links: Links) -> Said:
    first, last = row["date_from"], row["date_to"]
    return {
        **beginning(row, links, "issues", reverse("issue", args=[row["pk"]])),
        "uid": str(row["uid"]),
        "periodical": periodical_of(row, links),
        **dated(row),
        "date_from": first.isoformat() if first else None,
        "date_to": last.isoformat() if last else None,
        "pages": row["pages"],
        "state": row["state"],
        "file_name": row["file_name"],
        "file_type": row["file_type"],
        "file_bytes": row["file_bytes"],
        "sha256": row["sha256"],
        "article_count": row["article_count"],
    }


NEWEST = (Key("sort_date", "day", descending=True), Key("pk", "number", descending=True))
ISSUES = Kind("issues", seen_issues, _issue_columns, _issue, order=NEWEST)
