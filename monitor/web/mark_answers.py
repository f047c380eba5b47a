"""What the site answers to an act on annotations: a script gets the parts of the page that changed, a form a page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from monitor.annotations.models import Annotation
from monitor.annotations.operations import act_of_request
from monitor.annotations.queries import on_readable_texts
from monitor.annotations.refusals import CannotAnnotate, IdTaken, NotYours, Stale
from monitor.web.act_buttons import REDO, UNDO, made_act, undo_tags
from monitor.web.drawn_marks import card_html, changed_html, new_card_html, no_card_html, said_html, turn_html
from monitor.web.form_addresses import page_of_form
from monitor.web.fresh_marks import changed_by_new
from monitor.web.marked_article import find_marked, marked, redrawn
from monitor.web.marked_part import changed_part
from monitor.web.reading_ways import asked_query

if TYPE_CHECKING:
    from uuid import UUID

    from monitor.web.access import Request
    from monitor.web.marked_article import Redrawn
    from monitor.web.marked_part import Changed

    Spans = list[tuple[int | None, int, int]]

STATUS: dict[type[Exception], HTTPStatus] = {
    IdTaken: HTTPStatus.CONFLICT,
    Stale: HTTPStatus.PRECONDITION_FAILED,
}
LISTS = ("trash", "review")  # names of pages from which several annotations are seen to, one after the other


def find_mark(request: Request, uid: UUID) -> Annotation:
    """Return an annotation one may see, or has in the trash; 404 for all others."""
    seen = Annotation.objects.visible_to(request.user) | Annotation.objects.in_trash_of(request.user)
    found: Annotation = get_object_or_404(
        seen.select_related("article__issue__periodical", "issue__periodical", "team"), uid=uid
    )
    return found


def must_stand(found: Annotation) -> None:
    """Raise CannotAnnotate for what lies in the trash: it can be read there and restored, nothing else."""
    if found.deleted is not None:
        raise CannotAnnotate("It lies in your trash. Restore it first.")


def answer(
    request: Request, mark: Annotation, said: str, *, new: bool = False, turned: dict[str, int] | None = None
) -> HttpResponse:
    """Bring the page what changed of it, or lead a form back to it; `turned` names the act that was undone or done again."""
    if not request.htmx:
        messages.success(request, said, extra_tags=f"{UNDO} {made_act(mark)}" if new else undo_tags())
        return redirect(_next_page(request, mark))
    if mark.article_id is None:
        return reload()
    changed = changed_by_new(request.user, mark) or changed_part(request.user, mark)
    if changed is None:
        return reload()
    drawn = _with_hits(request, mark) or changed.redrawn
    word = said_html(said, _turning_form(request, **_turns(mark, turned, new=new)))
    return HttpResponse(changed_html(changed.article, drawn.blocks, drawn.notes, _card(mark, changed, new=new), word))


def _card(mark: Annotation, changed: Changed, *, new: bool) -> str:
    if changed.card is None:
        return no_card_html(mark.uid)
    return new_card_html(changed.card) if new else card_html(changed.card, is_known=True, swap="outerHTML")


def _turning_form(request: Request, undo: str = "", redo: str = "") -> str:
    """Return the button that takes the act back, or does it again."""
    if not (undo or redo):
        return ""
    label, way = ("Undo", "undo-mark") if undo else ("Redo", "redo-mark")
    # The token that came with the request holds as well; to mask it anew is a tenth of what the answer costs.
    sent = "" if "csrfmiddlewaretoken" in request.POST else request.headers.get("X-CSRFToken", "")
    return turn_html(undo or redo, label, way=way, token=sent or get_token(request))


def _turns(mark: Annotation, turned: dict[str, int] | None, *, new: bool) -> dict[str, str]:
    """Return the act that the page's button takes back, or does again."""
    if turned is None:
        return {"undo": made_act(mark) if new else str(act_of_request() or "")}
    return {"undo": str(turned.get(UNDO, "")), "redo": str(turned.get(REDO, ""))}


def _with_hits(request: Request, mark: Annotation) -> Redrawn | None:
    """Return what lies under the annotation on a page that shows hits: they are counted through the whole text."""
    query = (asked_query(request.GET.copy()) if request.GET else "") or _query_of_page(request)
    article = find_marked(request.user, mark.article_id or 0) if query else None
    if article is None:
        return None
    spans: Spans = [(span.note_id, span.start, span.end) for span in mark.spans.all()]
    return redrawn(marked(article, request.user, query=query), spans)


def _next_page(request: Request, mark: Annotation) -> str:
    """Return the page the form stood on, where it shows annotations one by one; else the mark in its article."""
    came = page_of_form(request)
    path = urlsplit(came).path
    if path in {reverse(name) for name in LISTS} or (path == mark_page(mark) and mark.deleted is None):
        return came
    if not on_readable_texts(request.user, [mark.pk]):  # the address of a withdrawn text holds its title
        return reverse("trash") if mark.deleted else mark_page(mark)
    return address(mark)


def mark_page(mark: Annotation) -> str:
    return reverse("mark", args=[mark.uid])


def address(mark: Annotation) -> str:
    about = mark.article or mark.issue
    return f"{about.get_absolute_url()}#a{mark.uid}" if about else "/"


def _query_of_page(request: Request) -> str:
    """Return the `?q=` of the page on which the act was done: its hits are drawn anew as well."""
    address = request.htmx.current_url or ""
    asked = parse_qs(urlsplit(address).query).get("q", [""]) if "?" in address else [""]
    return " ".join(asked[0].replace("\0", "").split())


def reload() -> HttpResponse:
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})


def refused(request: Request, sentence: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> HttpResponse:
    """Say why not. A script keeps its form; a form without words of its own leads back to its page."""
    if status == HTTPStatus.FORBIDDEN:
        raise PermissionDenied(sentence)
    if request.htmx:
        answer = render(
            request, "annotations/_refused.html", {"said": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
        answer["X-Refused"] = str(int(status))
        return answer
    messages.error(request, sentence)
    return redirect(page_of_form(request))


def status_of(refusal: CannotAnnotate | NotYours) -> HTTPStatus:
    if isinstance(refusal, NotYours):
        return HTTPStatus.FORBIDDEN
    return STATUS.get(type(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
