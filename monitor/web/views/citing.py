"""Downloads: an article or issue as a citation, and every passage that cites a source."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from monitor.interchange import csv
from monitor.interchange.formats import BY_ENDING
from monitor.interchange.queries import article_records, passage_records
from monitor.interchange.records import volume_in_digits
from monitor.library.models import Article
from monitor.library.queries import standing_articles
from monitor.web.access import find_article, find_issue, find_source, open_to_readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from monitor.library.models import Issue
    from monitor.web.access import Request


@require_safe
@open_to_readers
def cite_article(request: Request, pk: int, slug: str, ending: str) -> HttpResponse:
    article = find_article(request, pk)
    itself = Article.objects.visible_to(request.user).filter(pk=article.pk)
    return _citations(request, itself, ending, name=article.slug)


@require_safe
@open_to_readers
def cite_issue(request: Request, pk: int, ending: str) -> HttpResponse:
    issue = find_issue(request, pk)
    articles = standing_articles(request.user).filter(issue=issue)
    return _citations(request, articles, ending, name=name_of_issue(issue))


@require_safe
@open_to_readers
def source_passages(request: Request, slug: str) -> HttpResponse:
    """Give the passages in which a source is cited; one that no readable article cites is not there."""
    source = find_source(request, slug)
    passages = passage_records(standing_articles(request.user), site=site_address(request), source=source)
    first = next(passages, None)
    if first is None:
        raise Http404
    return _download(csv.passages_csv(chain([first], passages)), f"passages-citing-{source.slug}.csv", csv.MEDIA_TYPE)


def site_address(request: Request) -> str:
    """Return the address that links in files begin with: SITE_URL, or the one this request came by."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def _citations(request: Request, articles: QuerySet[Article], ending: str, *, name: str) -> HttpResponse:
    form = BY_ENDING.get(ending)
    if form is None:
        raise Http404
    today = timezone.localdate().isoformat()
    records = article_records(articles, request.user, site=site_address(request), accessed=today)
    return _download(form.write(records), f"{name}.{ending}", form.media_type)


def _download(pieces: Iterator[str], name: str, media_type: str) -> HttpResponse:
    """Write everything before the first byte is sent.

    A slow visitor then keeps no database cursor open, and an error on the way is an error page, not half a file.
    """
    response = HttpResponse("".join(pieces), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def name_of_issue(issue: Issue) -> str:
    """Return how the file of an issue is called."""
    number = "" if issue.number is None else str(issue.number)
    label = f"{volume_in_digits(issue.volume)} {number}".strip() or str(issue.date or issue.pk)
    return slugify(f"{issue.periodical.slug} {label}")
