"""The list of articles that several pages show: filters, order, pages, and what is left when nothing matches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django_htmx.http import push_url

from monitor.annotations.own_counts import own_in_articles
from monitor.library.article_lists import ORDERS, REACH, facets_of, listed, matching, relaxed_counts, total_of
from monitor.library.reading_places import progress_in
from monitor.web.forms.articles import ORDER_WORDS, read_articles_asked
from monitor.web.paging import asked_page
from monitor.web.shown_facets import ShownFacet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from monitor.library.article_lists import Facet, Wanted
    from monitor.library.models import Article
    from monitor.library.reading_places import Person, Progress
    from monitor.web.access import Request
    from monitor.web.forms.articles import AskedArticles
    from monitor.web.paging import Paged

ARTICLES_PER_PAGE = 50
CHOICES_SHOWN = 8  # the others are folded


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list, how far one has read it (None for a visitor), and how many annotations one made in it."""

    article: Article
    progress: Progress | None
    marks: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that stand together under a head."""

    head: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A link to the same list with one filter less: what it takes away, and how many articles there are then."""

    label: str
    words: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Everything `lists/_articles.html` shows."""

    address: str
    asked: AskedArticles
    page: Paged
    total: int
    runs: tuple[Run, ...]
    facets: tuple[ShownFacet, ...]
    orders: tuple[tuple[str, str], ...]
    set_filters: tuple[Way, ...]
    relaxations: tuple[Way, ...]

    @property
    def reach(self) -> int:
        """Return in how many of the newest articles a partial facet is counted."""
        return REACH

    @property
    def is_refused(self) -> bool:
        return bool(self.asked.refused or self.page.refused)


def article_list(
    request: Request, articles: QuerySet[Article], *, leaving_out: Sequence[str] = (), kept: Iterable[str] = ()
) -> ArticleList:
    """Return the list that the address asks for, of these articles; filters in `leaving_out` are not offered."""
    person = request.user
    asked = read_articles_asked(request.GET, person, leaving_out=leaving_out, kept=kept)
    wanted = asked.wanted
    rows = listed(matching(articles, wanted, person), person)
    page = asked_page(request.GET, rows, ORDERS[asked.order], size=ARTICLES_PER_PAGE)
    facets = facets_of(articles, wanted, person, leaving_out=leaving_out)
    total = total_of(facets)
    offered = [facet for facet in facets if facet.filter.name not in leaving_out]
    return ArticleList(
        address=request.path,
        asked=asked,
        page=page,
        total=total,
        runs=_runs(page.rows, asked.order, person),
        facets=tuple(
            _shown(facet) for facet in offered if len(facet.choices) > 1 or facet.filter.name in wanted.chosen
        ),
        orders=tuple(ORDER_WORDS.items()),
        set_filters=_set_filters(asked, offered),
        relaxations=() if total else _relaxations(asked, articles, offered, person),
    )


def render_list(
    request: Request, template: str, context: dict[str, Any], shown: ArticleList, *, status: int = 200
) -> HttpResponse:
    """Render a page with a list, or the list alone for htmx; an address that is not understood gets 422."""
    part = bool(request.htmx and not request.htmx.history_restore_request)
    name = "lists/_swapped.html" if part else template
    status = 422 if shown.is_refused else status
    response = render(request, name, context | {"list": shown}, status=status)
    if not part:
        return response
    query = shown.asked.address()
    return push_url(response, shown.address if query == "?" else f"{shown.address}{query}")


def rows_of(articles: Iterable[Any], person: Person) -> tuple[Row, ...]:
    """Return articles (found by `with_places`) with how far this person has read each, and what they marked in it."""
    found = list(articles)
    marks = own_in_articles(person, [article.pk for article in found])
    return tuple(
        Row(article, progress_in(article) if person.is_authenticated else None, marks.get(article.pk, 0))
        for article in found
    )


def _runs(articles: Iterable[Article], order: str, person: Person) -> tuple[Run, ...]:
    rows = rows_of(articles, person)
    return tuple(Run(head, tuple(run)) for head, run in groupby(rows, key=lambda row: _head(row.article, order)))


def _head(article: Article, order: str) -> str:
    issue = article.issue
    if order == "periodical":
        return issue.periodical.name
    if order == "title":
        return article.title_key[:1].upper() or "#"
    return str(issue.sort_date.year) if issue.date or issue.date_from else "Date not known"


def _shown(facet: Facet) -> ShownFacet:
    folds = len(facet.choices) > CHOICES_SHOWN + 2  # never a fold for one or two
    cut = CHOICES_SHOWN if folds else len(facet.choices)
    return ShownFacet(facet, facet.choices[:cut], facet.choices[cut:])


def _set_filters(asked: AskedArticles, facets: Sequence[Facet]) -> tuple[Way, ...]:
    ways = []
    for facet in facets:
        for choice in (c for c in facet.choices if c.is_chosen):
            name = facet.filter.name
            left = tuple(value for value in asked.wanted.chosen[name] if value != choice.value)
            fewer = _with(asked.wanted, name, left)
            ways.append(Way(facet.filter.label, choice.label, asked.address(fewer)))
    if days := _days(asked.wanted):
        ways.append(Way("Date", days, asked.address(asked.wanted.without("days"))))
    return tuple(ways)


def _with(wanted: Wanted, name: str, values: tuple[str, ...]) -> Wanted:
    chosen = {**wanted.chosen, name: values}
    return replace(wanted, chosen={key: given for key, given in chosen.items() if given})


def _days(wanted: Wanted) -> str:
    since, until = wanted.since, wanted.until
    if since and until:
        return f"{since} to {until}"
    return f"from {since}" if since else f"to {until}" if until else ""


def _relaxations(
    asked: AskedArticles, articles: QuerySet[Article], facets: Sequence[Facet], person: Person
) -> tuple[Way, ...]:
    counts = relaxed_counts(articles, asked.wanted, person)
    labels = {facet.filter.name: facet.filter.label for facet in facets} | {"days": "Date"}
    return tuple(
        Way(labels[name], "", asked.address(asked.wanted.without(name)), count)
        for name, count in counts.items()
        if count
    )
