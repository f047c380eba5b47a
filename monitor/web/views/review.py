"""Passages that a new reading of their file moved or lost: the words as they were marked beside the text as it is."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from monitor.annotations.models import Annotation, AnnotationSpan, SpanState
from monitor.annotations.passages import AskedPassage
from monitor.annotations.reattaching import attach_passage, confirm_passage, detach_passage
from monitor.annotations.refusals import CannotAnnotate
from monitor.library.keyset import Key
from monitor.library.models import Article
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.marks import PlaceForm, first_error
from monitor.web.mark_answers import answer, refused, status_of
from monitor.web.mark_passages import passages_of
from monitor.web.paging import asked_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from monitor.web.access import Request
    from monitor.web.mark_passages import PassageShown

AT_ONCE = 30
KEYS = (Key("pk", "number", descending=True),)
STATES = (SpanState.ORPHAN, SpanState.FUZZY)


@dataclass(frozen=True, slots=True)
class Lost:
    """A passage to see to, with its annotation; only the author may decide."""

    mark: Annotation
    article: Article | None
    passage: PassageShown
    is_mine: bool


@require_safe
def review(request: Request) -> HttpResponse:
    return _review_page(request)


def _review_page(
    request: Request, *, typed: dict[str, Any] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    seen = Annotation.objects.visible_to(request.user)
    spans = AnnotationSpan.objects.filter(annotation__in=seen, state__in=STATES)
    page = asked_page(
        request.GET, spans.select_related("annotation__article__issue", "annotation__owner"), KEYS, size=AT_ONCE
    )
    marks = list({span.annotation_id: span.annotation for span in page.rows}.values())
    passages = {(key, one.position): one for key, found in passages_of(marks, request.user).items() for one in found}
    lost = [_lost(request, span, passages[span.annotation_id, span.position]) for span in page.rows]
    return render(
        request,
        "annotations/review.html",
        {"here": "review", "page": page, "lost": lost, "typed": typed},
        status=status,
    )


def _lost(request: Request, span: AnnotationSpan, passage: PassageShown) -> Lost:
    mark = span.annotation
    may_edit = mark.owner_id == request.user.pk and mark.hidden is None
    return Lost(mark, mark.article, passage, may_edit)


@takes_forms
def decide(request: Request, uid: UUID, position: int, verb: str) -> HttpResponse:
    seen = Annotation.objects.visible_to(request.user).select_related("article__issue", "issue")
    mark: Annotation = get_object_or_404(seen, uid=uid)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _not_decided(request, mark, position, first_error(form))
    asked = form.cleaned_data
    if not Article.objects.visible_to(request.user).filter(pk=mark.article_id or 0).exists():
        return _not_decided(request, mark, position, "Its text is not to be read at the moment.")
    facts: dict[str, Any] = {"mark": mark, "position": position, "by": request.user, "revision": asked["revision"]}
    try:
        if verb == "confirm":
            return answer(request, confirm_passage(**facts), "Confirmed: these are its words now.")
        if verb == "detach":
            return answer(request, detach_passage(**facts), "Taken off these words.")
        if verb == "attach":
            return answer(request, attach_passage(**facts, place=_place(asked)), "Put on these words.")
    except CannotAnnotate as refusal:
        return _not_decided(request, mark, position, str(refusal), status_of(refusal))
    raise Http404


def _place(asked: dict[str, Any]) -> AskedPassage:
    return AskedPassage(start=asked["start"], end=asked["end"], quote=asked["quote"], note=asked["note"])


def _not_decided(
    request: Request, mark: Annotation, position: int, sentence: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:  # fmt: skip
    """Show the list again with the sentence and the words that were typed beside their passage."""
    if request.htmx:
        return refused(request, sentence, status)
    typed = {"uid": mark.uid, "position": position, "quote": request.POST.get("quote", ""), "sentence": sentence}
    return _review_page(request, typed=typed, status=status)
