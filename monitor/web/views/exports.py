"""Files of what a page shows: `…/export/<format>` below it, with the page's own query; and one's large files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from monitor.annotations.codebook_queries import find_tag, tagged
from monitor.annotations.notebook_queries import matching
from monitor.annotations.refusals import CannotAnnotate
from monitor.interchange.export_models import Export
from monitor.interchange.exports import named
from monitor.library.files import open_export
from monitor.library.replicas import reads_a_replica
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.resolving import resolve
from monitor.web.access import find_article, find_issue, open_to_readers
from monitor.web.export_scopes import of_article, of_articles, of_codebook, of_issue, of_marks, of_tag
from monitor.web.exporting import as_download, give
from monitor.web.forms.notebook import read_notebook_asked
from monitor.web.forms.search import read_search_asked
from monitor.web.kept_exports import KEPT_FOR
from monitor.web.views.citing import name_of_issue
from monitor.web.views.notebook_acts import chosen_marks

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse, HttpResponseBase

    from monitor.annotations.models import Annotation
    from monitor.web.access import Request

METHODS = ["GET", "HEAD", "POST"]
MOST_SHOWN = 50
OF_ENDINGS = {"csv": "csv", "ris": "ris", "bib": "bibtex", "json": "csljson"}


@require_http_methods(METHODS)
@open_to_readers
@reads_a_replica
def export_article(request: Request, pk: int, slug: str, form: str) -> HttpResponseBase:
    return give(request, of_article(find_article(request, pk), request.user), form)


@require_http_methods(METHODS)
@open_to_readers
@reads_a_replica
def export_issue(request: Request, pk: int, form: str) -> HttpResponseBase:
    issue = find_issue(request, pk)
    return give(request, of_issue(issue, request.user, name_of_issue(issue)), form)


@require_http_methods(METHODS)
@open_to_readers
@reads_a_replica
def export_search(request: Request, form: str) -> HttpResponseBase:
    """Give the whole result, however long: exactly what the page counts."""
    asked, day = read_search_asked(request.GET, request.user), timezone.localdate().isoformat()

    def keys() -> list[int]:
        return list(engine().every(resolve(asked.asked, request.user, is_shown=False).compiled))

    try:
        return give(request, of_articles(f"search-{day}", f"Search, {day}", request.user, keys), form)
    except (TooSlow, EngineDown) as trouble:
        messages.error(request, str(trouble))
        return redirect(reverse("search") + asked.address)


@require_safe
@open_to_readers
def search_results(request: Request, ending: str) -> HttpResponseBase:
    """Give the same by the ending of the file."""
    if ending not in OF_ENDINGS:
        raise Http404
    return export_search(request, OF_ENDINGS[ending])


@require_http_methods(METHODS)
def export_notebook(request: Request, form: str) -> HttpResponseBase:
    """Give all that match, or of the notebook's form those that were ticked."""
    day = timezone.localdate().isoformat()
    try:
        ticked = request.method == "POST" and "write" not in request.POST
        marks = chosen_marks(request) if ticked else _matching(request)
    except CannotAnnotate as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("notebook"))
    return give(request, of_marks(f"annotations-{day}", f"Annotations, {day}", request.user, marks), form)


def _matching(request: Request) -> QuerySet[Annotation]:
    asked = read_notebook_asked(request.GET)
    if asked.refused:
        raise CannotAnnotate(next(iter(asked.refused.values())))
    return matching(request.user, asked.wanted)


@require_http_methods(METHODS)
def export_tag(request: Request, path: str, form: str) -> HttpResponseBase:
    found = find_tag(request.user, path, request.GET.get("of", ""))
    if found is None:
        raise Http404
    marks = tagged(found, request.user, exact="exact" in request.GET)
    return give(request, of_tag(found, request.user, marks), form)


@require_http_methods(METHODS)
def export_codebook(request: Request, form: str) -> HttpResponseBase:
    return give(request, of_codebook(request.user), form)


@require_safe
def exports(request: Request) -> HttpResponse:
    """Show one's large files: how far they are, and where to fetch them."""
    rows = list(Export.objects.filter(owner=request.user).defer("keys")[:MOST_SHOWN])
    shown = [{"export": row, "form": named(row.form), "until": row.created + KEPT_FOR} for row in rows]
    is_open = any(row.state in {Export.State.WAITING, Export.State.WRITING} for row in rows)
    part = "#files" if request.htmx and not request.htmx.history_restore_request else ""
    answer = render(request, f"exports/exports.html{part}", {"rows": shown, "is_open": is_open})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def kept_export(request: Request, uid: UUID) -> HttpResponseBase:
    """Give a large file to its owner; to everybody else it is not there."""
    ready = Export.objects.filter(owner=request.user, state=Export.State.READY).defer("keys")
    found = get_object_or_404(ready, uid=uid)
    form = named(found.form)
    if form is None:
        raise Http404
    try:
        stream = open_export(str(found.uid))
    except FileNotFoundError:
        raise Http404 from None
    return as_download(stream, f"{found.name}.{form.ending}", form.media_type)
