"""Downloads: an article or issue as a citation, and every passage that cites a source."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

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
from monitor.web.taken_files import note_taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    rows = _Counted(chain([first], passages))
    name = f"passages-citing-{source.slug}.csv"
    return _download(request, csv.passages_csv(rows), name, csv.MEDIA_TYPE, form="passages-csv", rows=rows)


def site_address(request: Request) -> str:
    """Return the address that links in files begin with: SITE_URL, or the one this request came by."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def _citations(request: Request, articles: QuerySet[Article], ending: str, *, name: str) -> HttpResponse:
    form = BY_ENDING.get(ending)
    if form is None:
        raise Http404
    today = timezone.localdate().isoformat()
    records = _Counted(article_records(articles, request.user, site=site_address(request), accessed=today))
    name = f"{name}.{ending}"
    return _download(request, form.write(records), name, form.media_type, form=form.name, rows=records)


class _Counted:
    """What is written, and how much it was in the end."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.count += 1
            yield row


def _download(
    request: Request, pieces: Iterator[str], name: str, media_type: str, *, form: str, rows: _Counted
) -> HttpResponse:
    """Write everything before the first byte is sent.

    A slow visitor then keeps no database cursor open, and an error on the way is an error page, not half a file.
    """
    response = HttpResponse("".join(pieces), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    note_taken(request, form, rows.count, len(response.content))
    return response


def name_of_issue(issue: Issue) -> str:
    """Return how the file of an issue is called."""
    number = "" if issue.number is None else str(issue.number)
    label = f"{volume_in_digits(issue.volume)} {number}".strip() or str(issue.date or issue.pk)
    return slugify(f"{issue.periodical.slug} {label}")
