"""Teams: one's own, for administrators all. A team one may not see does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from monitor.accounts.models import User
from monitor.accounts.queries import members_of, runs_team, teams_visible_to
from monitor.accounts.refusals import AccountRefusal, NotAllowed
from monitor.accounts.team_actions import add_member, create_team, remove_member, rename_team, set_team_admin
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.bound import posted, refuse
from monitor.web.forms.teams import MemberForm, TeamAdminForm, TeamForm

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from monitor.accounts.models import Team
    from monitor.web.access import Request


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: Request) -> HttpResponse:
    """List teams; an administrator makes one here."""
    if request.method == "POST" and not request.user.is_admin:
        raise NotAllowed
    form = TeamForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = create_team(by=request.user, name=form.cleaned_data["name"])
        except AccountRefusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("team", pk=made.pk)
    context = {"here": "people", "teams": teams_visible_to(request.user), "form": form}
    return render(request, "teams/teams.html", context, status=422 if form.errors else 200)


@require_safe
def team(request: Request, pk: int) -> HttpResponse:
    return render_team(request, find_team(request, pk))


@takes_forms
def rename(request: Request, pk: int) -> HttpResponse:
    found = find_team_to_run(request, pk)
    form = TeamForm(request.POST)
    if form.is_valid():
        try:
            rename_team(by=request.user, team=found, name=form.cleaned_data["name"])
        except AccountRefusal as refusal:
            refuse(form, refusal)
    if form.errors:
        return render_team(request, found, rename_form=form)
    return redirect("team", pk=pk)


@takes_forms
def add(request: Request, pk: int) -> HttpResponse:
    found = find_team_to_run(request, pk)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            add_member(by=request.user, team=found, **form.cleaned_data)
        except AccountRefusal as refusal:
            refuse(form, refusal)
    if form.errors:
        return render_team(request, found, member_form=form)
    return redirect("team", pk=pk)


@takes_forms
def remove(request: Request, pk: int, user_pk: int) -> HttpResponse:
    found = find_team_to_run(request, pk)
    member = find_member(found, user_pk)
    remove_member(by=request.user, team=found, user=member)
    messages.success(request, f"{member} is not in {found} any more.")
    return redirect("team", pk=pk)


@takes_forms
def set_admin(request: Request, pk: int, user_pk: int) -> HttpResponse:
    found = find_team_to_run(request, pk)
    member = find_member(found, user_pk)
    form = TeamAdminForm(request.POST)
    form.full_clean()
    set_team_admin(by=request.user, team=found, user=member, **form.cleaned_data)
    return redirect("team", pk=pk)


@takes_forms
def leave(request: Request, pk: int) -> HttpResponse:
    found = find_team(request, pk)
    remove_member(by=request.user, team=found, user=find_member(found, request.user.pk))
    messages.success(request, f"You have left {found}.")
    return redirect("teams")


def find_team(request: Request, pk: int) -> Team:
    return get_object_or_404(teams_visible_to(request.user), pk=pk)


def find_team_to_run(request: Request, pk: int) -> Team:
    found = find_team(request, pk)
    if not runs_team(request.user, found):
        raise NotAllowed("Only this team's admins and the site's administrators may do this.")
    return found


def find_member(found: Team, user_pk: int) -> User:
    return get_object_or_404(User.objects.filter(teams=found), pk=user_pk)


def render_team(
    request: Request, found: Team, *, rename_form: forms.Form | None = None, member_form: forms.Form | None = None
) -> HttpResponse:
    """Show a team; a form that came back with messages makes it 422."""
    context = {
        "here": "people",
        "team": found,
        "members": members_of(found),
        "runs": runs_team(request.user, found),
        "rename_form": rename_form or TeamForm(initial={"name": found.name}),
        "member_form": member_form or MemberForm(),
    }
    return render(request, "teams/team.html", context, status=422 if rename_form or member_form else 200)
