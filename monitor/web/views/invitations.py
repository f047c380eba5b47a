"""Inviting somebody, and the page on which they make their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from monitor.accounts.invitations import accept_invitation, find_invitation, invite, withdraw_invitation
from monitor.accounts.models import Invitation, Role
from monitor.accounts.refusals import AccountRefusal, InvitationClosed
from monitor.web.access import role_needed
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.account import AcceptForm
from monitor.web.forms.bound import posted, refuse
from monitor.web.forms.people import InviteForm
from monitor.web.views.people import render_people

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from monitor.accounts.invitations import NewInvitation
    from monitor.web.access import Request


@takes_forms
@role_needed(Role.ADMIN)
def invite_somebody(request: Request) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return render_people(request, form, status=422)
    try:
        new = invite(by=request.user, **form.cleaned_data)
    except AccountRefusal as refusal:
        refuse(form, refusal)
        return render_people(request, form, status=422)
    # Shown in this answer and not after a redirect: the link would have to be kept somewhere until then.
    link = _site(request) + reverse("accept_invitation", args=[new.token])
    context = {"new": new.invitation, "link": link, "mailed": _mail(request, new, link)}
    return render(request, "people/invited.html", context)


@takes_forms
@role_needed(Role.ADMIN)
def withdraw(request: Request, pk: int) -> HttpResponse:
    withdraw_invitation(by=request.user, invitation=get_object_or_404(Invitation, pk=pk))
    messages.success(request, "The invitation is withdrawn.")
    return redirect("people")


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account from an invitation and sign its owner in."""
    try:
        invitation = find_invitation(token)
    except InvitationClosed as refusal:
        return render(request, "account/invitation_closed.html", {"sentence": str(refusal)}, status=404)
    if request.user.is_authenticated:
        status = 409 if request.method == "POST" else 200
        return render(request, "account/invitation_for_another.html", status=status)
    form = AcceptForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("username", "name", "password")}
        try:
            user = accept_invitation(token=token, **given)
        except AccountRefusal as refusal:
            refuse(form, refusal)
        else:
            get_adapter(request).login(request, user)
            return redirect("/")
    context = {"form": form, "invitation": invitation}
    return render(request, "account/invitation.html", context, status=422 if form.errors else 200)


def _mail(request: Request, new: NewInvitation, link: str) -> bool:
    """Send the link if that is possible; the page shows it either way."""
    if not (settings.EMAIL_URL and new.invitation.email):
        return False
    context = {"invitation": new.invitation, "link": link}
    try:
        get_adapter(request).send_mail("account/email/invitation", new.invitation.email, context)
    except OSError:  # smtplib's errors are OSErrors too
        messages.error(request, "The mail could not be sent; hand the link over yourself.")
        return False
    return True


def _site(request: Request) -> str:
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
