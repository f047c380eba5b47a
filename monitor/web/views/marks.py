"""Making annotations and changing them. A refused form is drawn again: nothing that was typed is lost."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from monitor.annotations import actions
from monitor.annotations.models import Annotation, Visibility
from monitor.annotations.operations import redo, touched, undo
from monitor.annotations.passages import AskedPassage
from monitor.annotations.refusals import CannotAnnotate, NothingToUndo, NotYours, OtherBody, Stale
from monitor.library.models import Issue
from monitor.web.access import find_issue
from monitor.web.act_buttons import REDO, UNDO, meant_act
from monitor.web.form_addresses import page_of_form, takes_forms
from monitor.web.forms.marks import ChangeForm, MarkForm, ShareForm, first_error, named_tags
from monitor.web.forms.sent_marks import sent_mark
from monitor.web.fresh_marks import find_ground
from monitor.web.mark_answers import answer, find_mark, must_stand, refused, reload, status_of
from monitor.web.marked_article import find_marked
from monitor.web.marked_part import find_to_mark
from monitor.web.views.mark_page import mark_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from monitor.accounts.models import Team, User
    from monitor.annotations.log_models import Operation
    from monitor.library.models import Article
    from monitor.web.access import Request

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@takes_forms
def create(request: Request) -> HttpResponse:
    form, asked = None, sent_mark(request.POST) if request.htmx else None
    if asked is None:
        form = MarkForm(request.POST)
        if not form.is_valid():
            return _not_made(request, form, first_error(form))
        asked = form.cleaned_data
    try:
        mark = _made(request, asked)
    except (CannotAnnotate, NotYours) as refusal:
        return _not_made(request, form, str(refusal), status_of(refusal))
    return answer(request, mark, "Saved." if mark.comment else "Marked.", new=True)


def _made(request: Request, asked: dict[str, Any]) -> Annotation:
    draft = _draft(request, asked)
    try:
        return actions.create_annotation(uid=asked["uid"], by=request.user, draft=draft)[0]
    except OtherBody:
        if request.htmx:
            raise
        # A page without a script bears one id; who comes back to it in another tab may write a second note there.
        return actions.create_annotation(uid=uuid4(), by=request.user, draft=draft)[0]


def _not_made(request: Request, form: MarkForm | None, sentence: str, status: HTTPStatus = REFUSED) -> HttpResponse:
    """Show the form with all that was typed and the sentence, on a page of its own."""
    if request.htmx or form is None:
        return refused(request, sentence, status)
    article = find_marked(request.user, _key(form, "article"))
    issue = None if article else Issue.objects.visible_to(request.user).filter(pk=_key(form, "issue")).first()
    typed = MarkForm(initial={**request.POST.dict(), "uid": request.POST.get("uid") or uuid4()})
    context = {
        "form": typed,
        "about": article or issue,
        "article": article,
        "issue": issue,
        "sentence": sentence,
        "teams": list(request.user.teams.all()),
        "scopes": Visibility.choices,
    }
    return render(request, "annotations/not_made.html", context, status=status)


def _key(form: MarkForm, name: str) -> int:
    """Return the key of an article or issue as far as the form holds one, be it refused for other things."""
    found = getattr(form, "cleaned_data", {}).get(name)
    return found if isinstance(found, int) else 0


def _draft(request: Request, asked: dict[str, Any]) -> actions.Draft:
    visibility, team = _scope(request.user, asked)
    article = _article(request, asked) if asked["article"] else None
    issue = find_issue(request, asked["issue"]) if asked["issue"] and article is None else None
    if article is None and issue is None:
        raise CannotAnnotate("Say which article or issue this is about.")
    passages = asked["passages"] or (_from_form(article, asked) if article else ())
    tags = named_tags(asked["tags"], by=request.user, visibility=visibility, team=team)
    if not passages and not asked["comment"] and not tags:
        raise CannotAnnotate("Mark some words, or write something.")
    return actions.Draft(
        article=article,
        issue=issue,
        passages=passages,
        comment=asked["comment"],
        colour=asked["colour"] or (tags[0].colour if tags else "yellow"),
        visibility=visibility,
        team=team,
        tags=tags,
    )


def _article(request: Request, asked: dict[str, Any]) -> Article:
    """Return the article as far as it is needed: words to find, which a form names, are looked for in its paragraphs."""
    passages, key = asked["passages"], asked["article"]
    if request.htmx and passages and all(one.note is None for one in passages):
        article = find_ground(request.user, key, passages)
    elif asked["quote"] and not passages:
        article = find_marked(request.user, key)
    else:
        article = find_to_mark(request.user, key)
    if article is None:
        raise Http404
    return article


def _from_form(article: Article, asked: dict[str, Any]) -> tuple[AskedPassage, ...]:
    """Return the passage that a form without a script means: words to find, from a paragraph on."""
    if not asked["quote"]:
        return ()
    found: Any = article
    blocks = found.printed["blocks"]
    number = min(asked["paragraph"] or 1, len(blocks)) - 1
    if not blocks:
        return (AskedPassage(quote=asked["quote"]),)
    start, end = blocks[number]["start"], blocks[number]["end"]
    # As they stand, from that paragraph on, else anywhere, be it amid a word; what differs in letters is looked for.
    quote = asked["quote"]
    places = (found.body.find(quote, start), found.body.find(quote))
    at = next((place for place in places if place >= 0), -1)
    near = (at, at + len(quote)) if at >= 0 else (start, end)
    return (AskedPassage(*near, quote=quote),)


def _scope(person: User, asked: dict[str, Any]) -> tuple[str, Team | None]:
    visibility = asked["visibility"] or Visibility.PRIVATE
    if visibility != Visibility.TEAM:
        return visibility, None
    return visibility, actions.find_team(person, str(asked["team"] or ""))


@takes_forms
def change(request: Request, uid: UUID) -> HttpResponse:
    found, form = find_mark(request, uid), ChangeForm(request.POST)
    if not form.is_valid():
        return _not_changed(request, found, form, first_error(form))
    asked = form.cleaned_data
    try:
        must_stand(found)
        tags = named_tags(asked["tags"], by=request.user, visibility=found.visibility, team=found.team)
        changed = actions.change_annotation(
            mark=found,
            by=request.user,
            revision=asked["revision"],
            comment=asked["comment"],
            colour=asked["colour"],
            tags=tags,
        )
    except Stale as stale:
        return _both_texts(request, found, form, str(stale))
    except (CannotAnnotate, NotYours) as refusal:
        return _not_changed(request, found, form, str(refusal), status_of(refusal))
    return answer(request, changed, "Saved.")


def _both_texts(request: Request, found: Annotation, form: ChangeForm, sentence: str) -> HttpResponse:
    """Show what stands and what was written, to choose from: nothing is overwritten, and nothing typed is lost."""
    found.refresh_from_db(fields=["revision", "comment", "deleted"])
    typed = ChangeForm(initial={**form.cleaned_data, "revision": found.revision})
    return mark_page(request, found, status=HTTPStatus.PRECONDITION_FAILED, form=typed, stale=sentence)


def _not_changed(
    request: Request, found: Annotation, form: ChangeForm, sentence: str, status: HTTPStatus = REFUSED
) -> HttpResponse:
    if request.htmx:
        return refused(request, sentence, status)
    typed = ChangeForm(initial=request.POST.dict())
    return mark_page(request, found, status=status, form=typed, sentence=sentence)


@takes_forms
def share(request: Request, uid: UUID) -> HttpResponse:
    found, form = find_mark(request, uid), ShareForm(request.POST)
    if not form.is_valid():
        return refused(request, first_error(form))
    try:
        must_stand(found)
        visibility, team = _scope(request.user, form.cleaned_data)
        shared = actions.share_annotation(
            mark=found, by=request.user, revision=form.cleaned_data["revision"], visibility=visibility, team=team
        )
    except CannotAnnotate as refusal:
        return refused(request, str(refusal), status_of(refusal))
    return answer(request, shared, f"Now for: {shared.get_visibility_display().lower()}.")


ACTS: dict[str, tuple[Callable[..., Annotation], str]] = {
    "delete": (actions.delete_annotation, "Moved to your trash."),
    "restore": (actions.restore_annotation, "Restored."),
    "resolve": (actions.resolve_annotation, "Resolved."),
    "reopen": (actions.reopen_annotation, "Open again."),
    "hide": (actions.hide_annotation, "Hidden from view; its author was told."),
    "unhide": (actions.unhide_annotation, "Shown again."),
}
IN_TRASH = {"delete", "restore"}


@takes_forms
def act(request: Request, uid: UUID, verb: str) -> HttpResponse:
    if verb not in ACTS:
        raise Http404
    do, said = ACTS[verb]
    found = find_mark(request, uid)
    try:
        if verb not in IN_TRASH:
            must_stand(found)
        done = do(mark=found, by=request.user)
    except CannotAnnotate as refusal:
        return refused(request, str(refusal), status_of(refusal))
    return answer(request, done, said)


@takes_forms
def take_back(request: Request) -> HttpResponse:
    return _turn(request, undo, "Undone", then=REDO)


@takes_forms
def do_again(request: Request) -> HttpResponse:
    return _turn(request, redo, "Done again", then=UNDO)


def _turn(request: Request, turn: Callable[[User, int | None], Operation], said: str, *, then: str) -> HttpResponse:
    try:
        operation = turn(request.user, meant_act(request.user, request.POST.get("act", "")))
    except NothingToUndo as refusal:
        return refused(request, str(refusal), HTTPStatus.OK)
    except CannotAnnotate as refusal:
        return refused(request, str(refusal), HTTPStatus.CONFLICT)
    words = f"{said}: {operation.label[:1].lower()}{operation.label[1:]}."
    uids = [key.partition(":")[2] for key in touched(operation) if key.startswith(("annotation:", "tags:"))]
    marks = list(Annotation.objects.filter(uid__in=uids, article__isnull=False).select_related("article")[:1])
    if not request.htmx:
        messages.success(request, words, extra_tags=f"{then} {operation.pk}")
        return redirect(page_of_form(request))
    if len(uids) != 1 or not marks:
        return reload()
    return answer(request, marks[0], words, turned={then: operation.pk})
