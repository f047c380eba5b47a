"""An issue: its contents, its file, and what curators do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.annotations.models import Annotation
from monitor.annotations.queries import mark_rows
from monitor.library import actions, queries
from monitor.library.article_lists import contents_of
from monitor.library.files import original_name
from monitor.library.models import Finding
from monitor.web.access import find_finding, find_issue, open_to_readers, role_needed
from monitor.web.article_list import Row, rows_of
from monitor.web.checked_pages import checked_page
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.citing import PeriodicalCitingForm
from monitor.web.forms.issues import IssueDateForm
from monitor.web.marks import cards_of
from monitor.web.unchanged import marks_on_issue, own_marks_of_all, places_of_all, told_when_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpResponse, HttpResponseBase

    from monitor.accounts.models import User
    from monitor.library.models import Issue
    from monitor.web.access import Request
    from monitor.web.marks import Card


@dataclass(frozen=True, slots=True)
class Section:
    """Articles that stand together in the contents."""

    name: str
    rows: tuple[Row, ...]


@require_safe
@open_to_readers
@told_when_unchanged(places_of_all, marks_on_issue, own_marks_of_all)
def issue(request: Request, pk: int) -> HttpResponse:
    return _render_issue(request, find_issue(request, pk), form=None)


def _render_issue(request: Request, shown: Issue, *, form: IssueDateForm | None, status: int = 200) -> HttpResponse:
    rows = rows_of(contents_of(shown, request.user), request.user)
    earlier, later = queries.issue_neighbours(shown, request.user)
    context: dict[str, Any] = {
        "issue": shown,
        "sections": _sections(shown, rows),
        "article_count": len(rows),
        "unread_count": sum(row.progress is not None and row.progress.state != "read" for row in rows),
        "earlier": earlier,
        "later": later,
        "cards": _cards(request, shown),
        "new_uid": uuid4(),
    }
    if getattr(request.user, "is_curator", False):
        findings = queries.findings_of(shown)
        context |= {"citing": PeriodicalCitingForm(initial=vars(shown.periodical))}
        context |= {"findings": findings, "form": form or IssueDateForm(initial={"day": _likely_day(shown, findings)})}
    return render(request, "issues/issue.html", context, status=status)


def _cards(request: Request, shown: Issue) -> list[Card]:
    """Return what one may see of annotations on the issue as a whole."""
    person: User | AnonymousUser = request.user
    if not person.is_authenticated:
        return []
    marks = Annotation.objects.visible_to(person).filter(issue=shown).order_by("created", "id")
    return cards_of(mark_rows(marks, person), person)


def _likely_day(shown: Issue, findings: queries.Findings) -> str:
    if shown.date:
        return shown.date.isoformat()
    return next((f.suggestion for f in findings.to_settle if f.code == "issue_date_inferred"), "")


def _sections(shown: Issue, rows: Sequence[Row]) -> list[Section]:
    """Gather the articles by kind, in printed order; a section bears the name it has in the printed contents."""
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(row.article.kind, []).append(row)
    printed = [str(entry["title"]) for entry in shown.contents]
    return [Section(_section_name(kind, printed), tuple(found)) for kind, found in gathered.items()]


def _section_name(kind: str, printed: list[str]) -> str:
    plural = f"{kind}s"
    return next((title for title in printed if title.casefold() == plural.casefold()), plural.capitalize())


@takes_forms
@role_needed(Role.CURATOR)
def publish(request: Request, pk: int) -> HttpResponse:
    shown = actions.publish_issue(issue=find_issue(request, pk), by=request.user)
    messages.success(request, "Published: readers see the issue now.")
    return redirect(shown)


@takes_forms
@role_needed(Role.CURATOR)
def withdraw(request: Request, pk: int) -> HttpResponse:
    shown = actions.withdraw_issue(issue=find_issue(request, pk), by=request.user)
    messages.success(request, "Withdrawn: only curators see the issue now.")
    return redirect(shown)


@takes_forms
@role_needed(Role.CURATOR)
def set_date(request: Request, pk: int) -> HttpResponse:
    shown = find_issue(request, pk)
    form = IssueDateForm(request.POST)
    if not form.is_valid():
        return _render_issue(request, shown, form=form, status=422)
    actions.set_issue_date(issue=shown, day=form.cleaned_data["day"])
    messages.success(request, "The date is set, and cited dates without a year were worked out anew.")
    return redirect(checked_page(request, shown) or shown)


@takes_forms
@role_needed(Role.CURATOR)
def decide(request: Request, pk: int) -> HttpResponse:
    finding = find_finding(request, pk)
    decision = request.POST.get("decision", "")
    if decision not in Finding.Decision.values:
        raise Http404
    actions.decide_finding(finding=finding, decision=Finding.Decision(decision), by=request.user)
    return redirect(checked_page(request, finding.issue) or f"{finding.issue.get_absolute_url()}#findings")


@require_safe
@open_to_readers
def original(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the file an issue was read from: never shown in the site's own name."""
    shown = find_issue(request, pk)
    try:
        file = default_storage.open(original_name(shown.sha256, shown.file_type))
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, as_attachment=True, filename=shown.file_name, content_type="application/octet-stream")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
