"""The keys: the page that lists them all, and a person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from monitor.accounts.key_actions import choose_keys, forget_own_keys
from monitor.accounts.refusals import KeyTaken
from monitor.web.access import open_to_readers
from monitor.web.forms.bound import posted, refuse
from monitor.web.forms.keys import KeysForm
from monitor.web.keys import groups_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@open_to_readers
def keyboard(request: Request) -> HttpResponse:
    context = {"here": "help", "groups": groups_for(request.user), "is_on": getattr(request.user, "single_keys", True)}
    return render(request, "keyboard.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: Request) -> HttpResponse:
    if "usual" in request.POST:
        forget_own_keys(user=request.user)
        messages.success(request, "All keys are the usual ones again.")
        return redirect("keys")
    form = KeysForm(posted(request), person=request.user)
    if request.method == "POST" and form.is_valid():
        switches = {name: form.cleaned_data[name] for name in ("single_keys", "arrows_scroll")}
        try:
            choose_keys(user=request.user, keys=form.keys(), **switches)
        except KeyTaken as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Your keys are kept.")
            return redirect("keys")
    return render(request, "account/keys.html", {"form": form}, status=422 if form.errors else 200)
