"""The head of an article's page: what reference managers save it by. All of it is at hand in the page's one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from monitor.interchange.head_metadata import highwire, schema_org
from monitor.interchange.names import cited_author
from monitor.interchange.queries import issue_date
from monitor.interchange.records import ArticleRecord, volume_in_digits
from monitor.library.models import Genre

if TYPE_CHECKING:
    from monitor.library.models import Article
    from monitor.library.printed import Printed


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """The address that stays, elements of `meta`, and the JSON-LD."""

    canonical: str
    metas: SafeString
    described: SafeString


def head_of(shown: Article, printed: Printed, *, language: str, permalink: str, site: str) -> ArticleHead:
    record = _record(shown, printed, language, permalink)
    pdf = site + reverse("original", args=[shown.issue_id]) if shown.issue.file_type == "pdf" else ""
    described = SafeString(schema_org(record))  # its `<`, `>` and `&` are escaped as JSON
    metas = format_html_join("\n", '<meta name="{}" content="{}">', highwire(record, pdf=pdf))
    return ArticleHead(permalink, metas, described)


def _record(shown: Article, printed: Printed, language: str, permalink: str) -> ArticleRecord:
    issue = shown.issue
    periodical = issue.periodical
    marks: Any = getattr(shown, "marks", None) or []
    tags = sorted({tag["name"] for mark in marks for tag in mark["tags"]})
    named = (row["name"] for rows in (printed.about_actors, printed.about_regions) for row in rows)
    return ArticleRecord(
        id=shown.pk,
        slug=shown.slug,
        title=shown.title,
        authors=tuple(map(cited_author, printed.authors)),
        periodical=periodical.name,
        volume=volume_in_digits(issue.volume),
        number=issue.number,
        date=issue_date(issue.date, issue.date_basis, issue.date_from, issue.date_to),
        page_first=shown.page_start,
        page_last=shown.page_end,
        permalink=permalink,
        magazine=periodical.genre == Genre.MAGAZINE,
        issn=periodical.issn,
        language=language,
        keywords=tuple(dict.fromkeys((*tags, *named))),
    )
