"""Answering annotations, and changing or taking back one's answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.shortcuts import get_object_or_404

from monitor.annotations.models import Reply
from monitor.annotations.refusals import CannotAnnotate, NotYours, OtherBody, Stale
from monitor.annotations.replies import change_reply, delete_reply, reply_to
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.marks import ReplyForm, first_error
from monitor.web.mark_answers import answer, find_mark, must_stand, refused, status_of
from monitor.web.views.mark_page import mark_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from monitor.annotations.models import Annotation
    from monitor.web.access import Request


@takes_forms
def reply(request: Request, uid: UUID) -> HttpResponse:
    found, form = find_mark(request, uid), ReplyForm(request.POST, auto_id="reply_%s")
    if not form.is_valid():
        return _drawn_again(request, found, form, first_error(form))
    words = form.cleaned_data["comment"]
    try:
        must_stand(found)
        reply_to(uid=form.cleaned_data["uid"] or uuid4(), mark=found, by=request.user, comment=words)
    except OtherBody:  # a page shown once, with one id, was used for two replies
        reply_to(uid=uuid4(), mark=found, by=request.user, comment=words)
    except (CannotAnnotate, NotYours) as refusal:
        return _drawn_again(request, found, form, str(refusal), status_of(refusal))
    return answer(request, found, "Replied.")


@takes_forms
def change(request: Request, uid: UUID) -> HttpResponse:
    found, form = _find_reply(request, uid), ReplyForm(request.POST)
    if not form.is_valid():
        return _change_again(request, found, form, first_error(form))
    asked = form.cleaned_data
    try:
        change_reply(reply=found, by=request.user, revision=asked["revision"] or 0, comment=asked["comment"])
    except Stale as stale:
        return _change_again(request, Reply.objects.get(pk=found.pk), form, str(stale), status_of(stale))
    except (CannotAnnotate, NotYours) as refusal:
        return _change_again(request, found, form, str(refusal), status_of(refusal))
    return answer(request, found.annotation, "Saved.")


@takes_forms
def delete(request: Request, uid: UUID) -> HttpResponse:
    found = _find_reply(request, uid)
    delete_reply(reply=found, by=request.user)
    return answer(request, found.annotation, "The reply is deleted.")


def _find_reply(request: Request, uid: UUID) -> Reply:
    seen = Reply.objects.visible_to(request.user).select_related("annotation__article__issue", "annotation__issue")
    found: Reply = get_object_or_404(seen, uid=uid)
    return found


def _drawn_again(
    request: Request, found: Annotation, form: ReplyForm, sentence: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:  # fmt: skip
    """Show the page with what was typed: a refused form loses no word."""
    if request.htmx:
        return refused(request, sentence, status)
    return mark_page(request, found, status=status, reply_form=form, reply_sentence=sentence)


def _change_again(
    request: Request, found: Reply, form: ReplyForm, sentence: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:  # fmt: skip
    if request.htmx:
        return refused(request, sentence, status)
    # The form takes the revision that is shown beside it: sending it once more is choosing it.
    typed: dict[str, Any] = {"uid": str(found.uid), "words": form.data.get("comment", ""), "revision": found.revision}
    return mark_page(request, found.annotation, status=status, changed_reply=typed, reply_sentence=sentence)
