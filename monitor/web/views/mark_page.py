"""The page of one annotation: its passage amid the text, replies, all that may be done with it, and its history."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitor.annotations.history import history_of
from monitor.annotations.models import Annotation, Visibility
from monitor.annotations.queries import mark_rows
from monitor.annotations.tag_names import written_names
from monitor.web.forms.marks import ChangeForm, ReplyForm
from monitor.web.mark_answers import find_mark
from monitor.web.mark_passages import passages_of
from monitor.web.marks import cards_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from monitor.accounts.models import User
    from monitor.library.models import Article, Issue
    from monitor.web.access import Request
    from monitor.web.marks import Card


@require_safe
def mark(request: Request, uid: UUID) -> HttpResponse:
    """Show one annotation with everything that can be done to it; a script takes the card out of this page.

    At the address of one in the trash its owner is told so (410), with the way to bring it back.
    """
    found = find_mark(request, uid)
    return mark_page(request, found, status=HTTPStatus.OK if found.deleted is None else HTTPStatus.GONE)


def mark_page(request: Request, found: Annotation, *, status: HTTPStatus, **more: Any) -> HttpResponse:
    """Draw the page; `more` may bring a refused form (`form`, `reply_form`, `changed_reply`) and its `sentence`."""
    (row,) = mark_rows(Annotation.objects.filter(pk=found.pk), request.user)
    (card,) = cards_of([row], request.user)
    context: dict[str, Any] = {
        "card": card,
        "form": change_form(card, request.user),
        "reply_form": ReplyForm(initial={"uid": uuid4()}, auto_id="reply_%s"),
        "teams": list(request.user.teams.all()),
        "scopes": Visibility.choices,
    }
    if request.htmx:
        return render(request, "annotations/mark.html#card", {**context, **more}, status=status)
    context |= {
        "about": _about(request, found),
        "passages": passages_of([found], request.user)[found.pk],
        "history": history_of(found, request.user),
    }
    return render(request, "annotations/mark.html", {**context, **more}, status=status)


def change_form(card: Card, person: User) -> ChangeForm:
    written = written_names((tag.pk for tag in card.tags), person) if card.tags else {}
    initial = {
        "revision": card.revision,
        "comment": card.words,
        "colour": card.colour,
        "tags": ", ".join(written.get(tag.pk, tag.path) for tag in card.tags),
    }
    return ChangeForm(initial=initial)


def _about(request: Request, found: Annotation) -> Article | Issue | None:
    """Return what it is about, if that may be read: one's own words outlive a withdrawn text, its title does not."""
    about = found.article or found.issue
    if about is None:
        return None
    readable: Any = type(about).objects
    return about if readable.visible_to(request.user).filter(pk=about.pk).exists() else None
