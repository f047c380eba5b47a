"""Naming what stands in a passage: an actor or region that was missed, a new actor, or another name of one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.entities.judging import add_mention
from monitor.entities.models import Actor, ActorKind, NameSort
from monitor.entities.naming import add_alias, create_actor
from monitor.entities.refusals import CannotJudge, NotPrinted
from monitor.library.queries import current_text
from monitor.web.access import find_article, role_needed
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.judging import NameForm, meant_by
from monitor.web.reading_ways import whole_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.entities.region_models import Region
    from monitor.library.models import Article, Note
    from monitor.web.access import Request

SHORT = 8  # letters of an acronym


@require_safe
@role_needed(Role.ANALYST)
def name_passage(request: Request) -> HttpResponse:
    """Ask who stands in a passage: it comes in the address, or as words of an article."""
    article = find_article(request, whole_number(request.GET.get("article")))
    begun = {name: request.GET.get(name, "") for name in ("start", "note", "quote")}
    return _page(request, article, NameForm(initial={"article": article.pk, **begun}))


def _page(request: Request, article: Article, form: NameForm, *, refused: str = "") -> HttpResponse:
    context = {"article": article, "form": form, "refused": refused, "meant": meant_by(form)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "mentions/name.html", context, status=status)


@takes_forms
@role_needed(Role.ANALYST)
def keep_name(request: Request) -> HttpResponse:
    article = find_article(request, whole_number(request.POST.get("article")))
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, article, form)
    try:
        said = _named(request, article, form.cleaned_data)
    except CannotJudge as refusal:
        return _page(request, article, form, refused=str(refusal))
    messages.success(request, said)
    return redirect(article)


@transaction.atomic
def _named(request: Request, article: Article, given: dict[str, Any]) -> str:
    """Keep the mention, and what else is asked for; a curator alone may make actors and names."""
    entity: Actor | Region | None = given["instead"] or given["name"]
    if entity is None:
        kind = given["new_kind"] or ActorKind.ARMED_GROUP
        entity = create_actor(name=given["new_name"], kind=kind, by=request.user)
    meant: dict[str, Any] = {"actor": entity} if isinstance(entity, Actor) else {"region": entity}
    note: Note | None = get_object_or_404(article.notes, pk=given["note"]) if given["note"] else None
    start = _place(article, note, given)
    quote = given["quote"]
    add_mention(article=article, start=start, end=start + len(quote), quote=quote, note=note, by=request.user, **meant)
    if not given["as_alias"]:
        return f"“{quote}” is {entity} here."
    sort = NameSort.ACRONYM if quote.isupper() and len(quote) <= SHORT else NameSort.NAME
    add_alias(text=quote, by=request.user, sort=sort, **meant)
    return f"“{quote}” is a name of {entity} now; articles that have it are looked through."


def _place(article: Article, note: Note | None, given: dict[str, Any]) -> int:
    """Return where the words begin: where the address said, else where they first stand."""
    text = note.text if note else current_text(article).body
    start = given["start"]
    if start is not None and text[start : start + len(given["quote"])] == given["quote"]:
        return int(start)
    found = text.find(given["quote"])
    if found < 0:
        raise NotPrinted
    return found
