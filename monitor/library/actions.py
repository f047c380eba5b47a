"""What curators do to issues: publish, withdraw, and say when one came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.ingest.apparatus.dates import date_at_end, resolve
from monitor.library.article_rows import set_date
from monitor.library.models import DateBasis, Finding, Issue, State
from monitor.library.source_models import Citation

if TYPE_CHECKING:
    from datetime import date

    from monitor.accounts.models import User


@transaction.atomic
def publish_issue(*, issue: Issue, by: User | None = None) -> Issue:
    """Show an issue, and those of its articles that were not withdrawn one by one, to all readers."""
    return _set_state(issue, State.PUBLISHED, Act.PUBLISHED, by)


@transaction.atomic
def withdraw_issue(*, issue: Issue, by: User | None = None) -> Issue:
    """Take an issue off the shelf; nothing is deleted, and publishing brings it back."""
    return _set_state(issue, State.WITHDRAWN, Act.WITHDRAWN, by)


def _set_state(issue: Issue, state: State, act: Act, by: User | None) -> Issue:
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    before, issue.state = issue.state, state
    issue.save(update_fields=["state"])
    note(act, by=by, about=f"issue {issue.pk}", before=before)
    return issue


@transaction.atomic
def set_issue_date(*, issue: Issue, day: date) -> Issue:
    """Enter the day an issue came out, and work out anew every cited date whose year was not printed."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    issue.date, issue.date_basis, issue.sort_date = day, DateBasis.ENTERED, day
    issue.save(update_fields=["date", "date_basis", "sort_date"])
    _infer_years_again(issue, day)
    issue.findings.filter(code__in=["issue_date_inferred", "issue_date_unknown"]).update(
        decision=Finding.Decision.SETTLED
    )
    return issue


def _infer_years_again(issue: Issue, day: date) -> None:
    changed = []
    for citation in Citation.objects.filter(article__issue=issue):
        printed = date_at_end(citation.printed_date)
        if printed and printed.year is None:
            set_date(citation, resolve(printed, (day, day)), inferred=True)
            changed.append(citation)
    Citation.objects.bulk_update(changed, ["date", "precision", "inferred"])


@transaction.atomic
def decide_finding(*, finding: Finding, decision: Finding.Decision, by: User) -> Finding:
    """Settle, ignore or reopen a finding."""
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    finding.decision, finding.decided_by = decision, by
    finding.save(update_fields=["decision", "decided_by"])
    return finding
