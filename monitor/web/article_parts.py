"""Parts of an article's page that are the same for all who may see the article, drawn once from the same facts.

All that a part is drawn from is in `ArticleFacts`, so that one that is kept can hold nothing of a person.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from monitor.interchange import annotation_queries
from monitor.interchange.names import cited_author
from monitor.interchange.passage_citations import CitedText
from monitor.web.reading_ways import minutes_of
from monitor.web.templatetags.pages import cited_day, issue_day, page_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.library.models import Article
    from monitor.library.printed import Printed
    from monitor.web.reading import Heading, Reading

MOST_ARTICLES = 256  # in each process, some 8 kB for one
UNKNOWN = "0"


class Author(NamedTuple):
    """Who signed the article."""

    name: str
    slug: str


class Sibling(NamedTuple):
    """An article of the same issue."""

    pk: int
    slug: str
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What these parts say of an article and its issue; unknown things are ""."""

    pk: int
    slug: str
    address: str  # holds the prefix below which the site stands, as all addresses in the parts do
    permalink: str
    title: str
    kind: str
    language: str
    authors: tuple[Author, ...]
    pages: str  # pp. 5-8 with an en dash
    block_pages: str  # see `printed_pages`
    cited: CitedText
    minutes: int
    headings: tuple[Heading, ...]
    siblings: tuple[Sibling, ...]
    issue: int
    label: str
    is_numbered: bool
    periodical: str
    periodical_slug: str
    date: str  # 2022-02-11
    day: str  # February 11, 2022, or a span of days
    cited_day: str  # in brackets where it was worked out

    @property
    def cited_in_json(self) -> str:
        """Return what scripts cite a passage by."""
        return json.dumps(asdict(self.cited), ensure_ascii=False)

    @property
    def before(self) -> Sibling | None:
        return self._beside(-1)

    @property
    def after(self) -> Sibling | None:
        return self._beside(1)

    def _beside(self, step: int) -> Sibling | None:
        at = next((i for i, sibling in enumerate(self.siblings) if sibling.pk == self.pk), None)
        if at is None:  # withdrawn, or gone from the newest reading: it has no neighbours
            return None
        return self.siblings[at + step] if 0 <= at + step < len(self.siblings) else None


@dataclass(frozen=True, slots=True)
class ArticleParts:
    """The parts as HTML, each by the template it is drawn with."""

    crumbs: SafeString
    rail: SafeString
    heading: SafeString
    byline: SafeString
    citation: SafeString
    turn: SafeString


def facts_of(shown: Article, printed: Printed, reading: Reading, *, permalink: str) -> ArticleFacts:
    issue = shown.issue
    return ArticleFacts(
        pk=shown.pk,
        slug=shown.slug,
        address=shown.get_absolute_url(),
        permalink=permalink,
        title=shown.title,
        kind=shown.kind,
        language=reading.language,
        authors=tuple(Author(row["name"], row["slug"]) for row in printed.authors),
        pages=page_range(shown),
        block_pages=printed_pages((regions for _, regions in reading.regions), shown.page_start),
        cited=_cited(shown, printed),
        minutes=minutes_of(shown.words),
        headings=reading.headings,
        siblings=tuple(Sibling(row["pk"], row["slug"], row["title"], row["page"]) for row in printed.siblings),
        issue=issue.pk,
        label=issue.label,
        is_numbered=bool(issue.volume or issue.number),
        periodical=issue.periodical.name,
        periodical_slug=issue.periodical.slug,
        date=issue.date.isoformat() if issue.date else "",
        day=issue_day(issue),
        cited_day=cited_day(issue),
    )


def parts_of(facts: ArticleFacts, *, signed_in: bool) -> ArticleParts:
    # Who changes a template sees it at once.
    return (_drawn.__wrapped__ if settings.DEBUG else _drawn)(facts, signed_in)


@lru_cache(maxsize=MOST_ARTICLES)
def _drawn(facts: ArticleFacts, signed_in: bool) -> ArticleParts:
    context = {"facts": facts, "signed_in": signed_in}
    names = ArticleParts.__dataclass_fields__
    return ArticleParts(**{name: SafeString(render_to_string(f"articles/_{name}.html", context)) for name in names})


def _cited(shown: Article, printed: Printed) -> CitedText:
    issue = shown.issue
    names = tuple(map(cited_author, printed.authors))
    pages = annotation_queries.printed_pages_of(shown.page_start, shown.page_end)
    return CitedText(
        names, shown.title, issue.periodical.name, issue.label, *annotation_queries.cited_day(issue), pages
    )


def printed_pages(regions: Iterable[Sequence[Mapping[str, Any]]], first: int | None) -> str:
    """Return the printed page, or `5-6`, of each block in order, `0` where it is not known; nothing where none is.

    `regions` are each block's places on the sheets of the file; `first` is the printed page on which the article
    begins, for the sheets of a file may be counted otherwise.
    """
    sheets = [sorted({int(place["page"]) for place in places if "page" in place}) for places in regions]
    known = [sheet for found in sheets for sheet in found]
    if not known:
        return ""
    shift = (first - min(known)) if first is not None else 0
    return " ".join(_pages(found, shift) for found in sheets)


def _pages(sheets: Sequence[int], shift: int) -> str:
    numbers: Iterable[int] = dict.fromkeys((sheets[0] + shift, sheets[-1] + shift)) if sheets else ()
    return "-".join(str(number) for number in numbers) or UNKNOWN
