"""How pages look to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect

from monitor.accounts.actions import choose_look
from monitor.accounts.local_paths import is_local_path
from monitor.accounts.models import LOOKS
from monitor.accounts.refusals import UnknownLook
from monitor.web.form_addresses import takes_forms

if TYPE_CHECKING:
    from monitor.web.access import Request


@takes_forms
def set_look(request: Request) -> HttpResponse:
    chosen = {name: request.POST[name] for name in LOOKS if name in request.POST}
    try:
        choose_look(user=request.user, **chosen)
    except UnknownLook as error:
        return HttpResponseBadRequest(str(error))
    if request.htmx:
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    return HttpResponseRedirect(back if is_local_path(back) else "/")
