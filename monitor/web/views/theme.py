"""How pages look to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect

from monitor.accounts.local_paths import is_local_path
from monitor.accounts.models import Theme
from monitor.web.form_addresses import takes_forms

if TYPE_CHECKING:
    from monitor.web.access import Request


@takes_forms
def set_theme(request: Request) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if theme not in Theme.values:
        return HttpResponseBadRequest("There is no such theme.")
    request.user.theme = theme
    request.user.save(update_fields=["theme"])
    if request.htmx:
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    return HttpResponseRedirect(back if is_local_path(back) else "/")
