"""Everybody with an account: for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from monitor.accounts.actions import change_role, disable_user, enable_user
from monitor.accounts.models import Role, User
from monitor.accounts.queries import memberships_of, open_invitations, people_visible_to
from monitor.accounts.refusals import OwnAccount
from monitor.accounts.tokens import tokens_visible_to
from monitor.annotations.notice_mails import mail_trouble
from monitor.web.access import role_needed
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.people import MEANINGS, InviteForm, RoleForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@role_needed(Role.ADMIN)
def people(request: Request) -> HttpResponse:
    return render_people(request, InviteForm())


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    found = find_person(request, pk)
    return render_person(request, found, RoleForm(initial={"role": found.role}))


@takes_forms
def set_role(request: Request, pk: int) -> HttpResponse:
    found = find_other_person(request, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return render_person(request, found, form, status=422)
    role = Role(form.cleaned_data["role"])
    change_role(by=request.user, user=found, role=role)
    messages.success(request, f"{found} is {role.label.lower()} now.")
    return redirect("person", pk=pk)


@takes_forms
def disable(request: Request, pk: int) -> HttpResponse:
    found = disable_user(by=request.user, user=find_other_person(request, pk))
    messages.success(request, f"{found} cannot sign in any more; all their sessions have ended.")
    return redirect("person", pk=pk)


@takes_forms
def enable(request: Request, pk: int) -> HttpResponse:
    found = enable_user(by=request.user, user=find_other_person(request, pk))
    messages.success(request, f"{found} can sign in again.")
    return redirect("person", pk=pk)


def find_person(request: Request, pk: int) -> User:
    """Find somebody's account; for everybody but an administrator there are no accounts."""
    if not request.user.is_admin:
        raise Http404
    return get_object_or_404(User, pk=pk)


def find_other_person(request: Request, pk: int) -> User:
    if pk == request.user.pk:
        raise OwnAccount
    return find_person(request, pk)


def render_people(request: Request, form: InviteForm, status: int = 200) -> HttpResponse:
    context = {
        "here": "people",
        "people": people_visible_to(request.user),
        "invitations": open_invitations(),
        "form": form,
        "meanings": [(role.label, meaning) for role, meaning in MEANINGS.items()],
        "days": settings.INVITATION_DAYS,
        "mail_trouble": mail_trouble(),
    }
    return render(request, "people/people.html", context, status=status)


def render_person(request: Request, found: User, form: RoleForm, status: int = 200) -> HttpResponse:
    context = {
        "here": "people",
        "person": found,
        "form": form,
        "memberships": memberships_of(found),
        "meanings": [(role.value, role.label, meaning) for role, meaning in MEANINGS.items()],
        "is_self": found.pk == request.user.pk,
        "tokens": tokens_visible_to(request.user).filter(user=found),
    }
    return render(request, "people/person.html", context, status=status)
