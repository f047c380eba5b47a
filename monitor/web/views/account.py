"""Signing in and out, and one's own account."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.account import views as allauth
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import Context, Engine
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from monitor.accounts.actions import change_address, change_name, choose_mails
from monitor.accounts.queries import memberships_of
from monitor.accounts.refusals import AccountRefusal
from monitor.annotations.notice_mails import mail_trouble
from monitor.annotations.notices import unseen_count
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.account import (
    AddressForm,
    ChangePasswordForm,
    LostPasswordForm,
    NameForm,
    NewPasswordForm,
    ReauthenticateForm,
    SignInForm,
)
from monitor.web.forms.bound import posted, refuse

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponseBase

    from monitor.web.access import Request

USUAL_WAIT = 60  # seconds; the rates of single pages count per minute


class Rejecting:
    """A rejected form comes back with 422 and its messages."""

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class SignIn(Rejecting, allauth.LoginView):  # type: ignore[misc]  # allauth has no types
    form_class = SignInForm


class SignOut(allauth.LogoutView):  # type: ignore[misc]
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ChangePassword(Rejecting, allauth.PasswordChangeView):  # type: ignore[misc]
    form_class = ChangePasswordForm


class Reauthenticate(Rejecting, allauth.ReauthenticateView):  # type: ignore[misc]
    form_class = ReauthenticateForm


@method_decorator(login_not_required, name="dispatch")
class LostPassword(Rejecting, allauth.PasswordResetView):  # type: ignore[misc]
    form_class = LostPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.EMAIL_URL:
            return render(request, "account/ask_an_administrator.html")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class NewPassword(Rejecting, allauth.PasswordResetFromKeyView):  # type: ignore[misc]
    form_class = NewPasswordForm


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request) -> HttpResponse:
    form = NameForm(posted(request), initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        try:
            change_name(user=request.user, name=form.cleaned_data["name"])
        except AccountRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Your name is changed.")
            return redirect("account")
    memberships, unseen = memberships_of(request.user), unseen_count(request.user)
    trouble = mail_trouble() if request.user.is_admin else None
    sends_mail = bool(settings.EMAIL_URL)
    context = {
        "form": form,
        "memberships": memberships,
        "unseen": unseen,
        "sends_mail": sends_mail,
        "mail_trouble": trouble,
    }
    return render(request, "account/account.html", context, status=422 if form.errors else 200)


@takes_forms
def mails(request: Request) -> HttpResponse:
    """Have one's notices come by mail, or no longer."""
    user = choose_mails(user=request.user, wanted=request.POST.get("wanted") == "yes")
    messages.success(request, f"Notices {'come' if user.mails_since else 'no longer come'} by mail.")
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def address(request: Request) -> HttpResponse:
    form = AddressForm(posted(request), initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        try:
            change_address(user=request.user, email=form.cleaned_data["email"])
        except AccountRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Your e-mail address is changed.")
            return redirect("account")
    return render(request, "account/address.html", {"form": form}, status=422 if form.errors else 200)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer for everything that counts tries; allauth calls it as the site's handler429."""
    page = Engine.get_default().get_template("429.html").render(Context())
    response = HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(getattr(request, "retry_after", USUAL_WAIT))
    return response
