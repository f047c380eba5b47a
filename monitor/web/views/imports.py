"""Bringing annotations of other programs, or one's own from a file, into the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from monitor.annotations.actions import find_team
from monitor.annotations.permissions import must_share
from monitor.interchange.import_formats import BY_SLUG, ENDINGS, IMPORT_FORMATS
from monitor.interchange.import_models import FileImport
from monitor.interchange.import_reports import HEAVY, Report, left_rows, tallies
from monitor.interchange.import_rows import Outcome
from monitor.interchange.importing import KEPT_FOR, MOST_BYTES, take_in
from monitor.web.forms.imports import TOO_LARGE, ImportForm
from monitor.web.views.citing import site_address

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.web.access import Request

SHOWN = 20
ROWS_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: Request) -> HttpResponse:
    """Show what one has imported, and take a file."""
    if request.method != "POST":
        return _page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if getattr(request, "oversized", []):
        form.add_error("file", TOO_LARGE)
    if not form.is_valid():
        return _page(request, form, status=422)
    visibility, team = form.cleaned_data["readers"]
    try:
        found = find_team(request.user, team) if team else None
        must_share(request.user, visibility or "private", found)
    except PermissionDenied as refusal:
        form.add_error("readers", str(refusal))
        return _page(request, form, status=422)
    file = form.cleaned_data["file"]
    row = take_in(
        by=request.user, name=file.name, content=file.read(), site=site_address(request), visibility=visibility,
        team=found,
    )  # fmt: skip
    return redirect("import", row.uid)


def _page(request: Request, form: ImportForm, *, status: int = 200) -> HttpResponse:
    rows = list(FileImport.objects.filter(person=request.user).defer(*HEAVY)[:SHOWN])
    ends = tallies(rows)
    context = {
        "here": "imports",
        "form": form,
        "formats": IMPORT_FORMATS,
        "accepted": ",".join(ENDINGS),
        "max_mb": MOST_BYTES // 1024 // 1024,
        "teams": list(request.user.teams.order_by("name")),
        "rows": [{"row": row, "tally": ends[row.pk]} for row in rows],
    }
    return _private(render(request, "notebook/imports.html", context, status=status))


@require_safe
def report(request: Request, uid: UUID) -> HttpResponse:
    """Show what became of each row of a file; while it is imported, how far it is."""
    row = get_object_or_404(FileImport.objects.filter(person=request.user).defer(*HEAVY), uid=uid)
    ends, wanted = tallies([row])[row.pk], request.GET.get("outcome", "")
    wanted = wanted if wanted in {one.value for one in Outcome} else ""
    shown: Any = Report(row, wanted, ends.get(wanted, 0) if wanted else sum(ends.values()))
    page: Any = Paginator(shown, ROWS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "here": "imports",
        "row": row,
        "tally": ends,
        "wanted": wanted,
        "page": page,
        "left": left_rows(row),
        "until": row.created + KEPT_FOR,
        "is_open": row.state == FileImport.State.WAITING,
    }
    part = "#rows" if request.htmx and not request.htmx.history_restore_request else ""
    return _private(render(request, f"notebook/import.html{part}", context))


@require_safe
def left_over(request: Request, uid: UUID) -> HttpResponse:
    """Give the rows that found no home here as a file of their own: nothing that was handed in is lost."""
    row = get_object_or_404(FileImport.objects.filter(person=request.user).defer("content", "report"), uid=uid)
    form = BY_SLUG.get(row.format)
    if form is None or not row.left_over:
        raise Http404
    answer = HttpResponse(form.wrap(row.left_over), content_type=form.media_type)
    answer["Content-Disposition"] = f'attachment; filename="not-imported{form.endings[0]}"'
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
