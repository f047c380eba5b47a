"""How pages look to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from monitor.accounts.models import Theme

if TYPE_CHECKING:
    from monitor.web.access import Request


@require_POST
def set_theme(request: Request) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if theme not in Theme.values:
        return HttpResponseBadRequest("There is no such theme.")
    request.user.theme = theme
    request.user.save(update_fields=["theme"])
    if request.htmx:
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
