"""API tokens: one's own, and for administrators those of others, whose secret nobody sees again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from monitor.accounts.refusals import AccountRefusal
from monitor.accounts.tokens import create_token, revoke_token, tokens_visible_to
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.bound import posted, refuse
from monitor.web.forms.tokens import TokenForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
def tokens(request: Request) -> HttpResponse:
    mine = tokens_visible_to(request.user).filter(user=request.user)
    return render(request, "account/tokens.html", {"tokens": mine})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def make(request: Request) -> HttpResponse:
    form = TokenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            new = create_token(user=request.user, **form.cleaned_data)
        except AccountRefusal as refusal:
            refuse(form, refusal)
        else:
            # Shown in this answer and not after a redirect: it would have to be kept somewhere until then.
            return render(request, "account/token_made.html", {"token": new.row, "secret": new.secret})
    return render(request, "account/new_token.html", {"form": form}, status=422 if form.errors else 200)


@takes_forms
def revoke(request: Request, uid: UUID) -> HttpResponse:
    token = get_object_or_404(tokens_visible_to(request.user), uid=uid)
    revoke_token(token=token, by=request.user)
    messages.success(request, f"The token “{token.name}” is revoked: it opens nothing any more.")
    return redirect("tokens") if token.user == request.user else redirect("person", pk=token.user.pk)
