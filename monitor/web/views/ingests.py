"""Handing files in, and following them into the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from monitor.accounts.models import Role
from monitor.jobs.hand_in import ACCEPTED, hand_in
from monitor.jobs.models import Ingest
from monitor.jobs.waiting_scans import try_again
from monitor.library import queries
from monitor.web.access import role_needed
from monitor.web.forms.upload import UploadForm
from monitor.web.proof import waiting_proof

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from monitor.web.access import Request

JOBS_SHOWN = 60
FINDINGS_SHOWN = 20
ISSUES_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@role_needed(Role.CURATOR)
def ingest(request: Request) -> HttpResponse:
    if request.method != "POST":
        part = "#jobs" if request.htmx and not request.htmx.history_restore_request else ""
        return _render_ingest(request, UploadForm(), part=part)
    form = UploadForm(request.POST, request.FILES, too_large=getattr(request, "oversized", []))
    if not form.is_valid():
        return _render_ingest(request, form, status=422)
    files = form.cleaned_data["uploads"]
    for file in files:
        hand_in(file=file, name=file.name, by=request.user)
    if request.htmx:
        return _render_ingest(request, UploadForm(), part="#jobs")
    for sentence in form.left_out():
        messages.error(request, sentence)
    messages.success(request, f"{len(files)} file{'' if len(files) == 1 else 's'} handed in.")
    return redirect("ingest")


@require_POST
@role_needed(Role.CURATOR)
def again(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Read a file again that needed recognition, for somebody who has installed it meanwhile."""
    taken = try_again(uid)
    if request.htmx:
        return _render_ingest(request, UploadForm(), part="#jobs")
    if taken:
        messages.success(request, "It is read again.")
    else:
        messages.error(request, "It does not wait for recognition any more.")
    return redirect("ingest")


def _render_ingest(request: Request, form: UploadForm, *, part: str = "", status: int = 200) -> HttpResponse:
    shown = request.GET.get("state", "")
    shown = shown if shown in Ingest.State.values else ""
    files = Ingest.objects.filter(state=shown) if shown else Ingest.objects.all()
    jobs = list(files.select_related("issue__periodical", "handed_in_by")[:JOBS_SHOWN])
    numbers = dict(Ingest.objects.values_list("state").annotate(n=Count("pk")).order_by("state"))
    drafts = [] if part else queries.issues_to_check(limit=ISSUES_SHOWN)
    context: dict[str, Any] = {
        "here": "ingest",
        "form": form,
        "jobs": jobs,
        "shown": shown,
        "counts": [(state, Ingest.State(state).label, number) for state, number in numbers.items()],
        "is_open": any(job.is_open for job in jobs),
        "accepted": ",".join(ACCEPTED),
        "max_mb": settings.INGEST_MAX_MB,
        "watched": bool(settings.INGEST_FOLDER),
        "proof": waiting_proof(drafts[0]) if drafts else None,
        "drafts": drafts[1:],
        "unsure": [] if part else queries.least_sure_issues(limit=ISSUES_SHOWN),
        "findings": [] if part else queries.newest_open_findings(limit=FINDINGS_SHOWN),
    }
    return render(request, f"ingests/ingest.html{part}", context, status=status)
