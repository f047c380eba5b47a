"""Making annotations and changing them. A script gets the parts of the page that changed, a form the page again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from monitor.annotations import actions
from monitor.annotations.models import Annotation, Visibility
from monitor.annotations.operations import newest_operation, redo, touched, undo
from monitor.annotations.passages import AskedPassage
from monitor.annotations.queries import mark_rows
from monitor.annotations.refusals import CannotAnnotate, IdTaken, NothingToUndo, Stale
from monitor.web.access import find_issue
from monitor.web.form_addresses import page_of_form, takes_forms
from monitor.web.forms.marks import ChangeForm, MarkForm, ShareForm, first_error, named_tags
from monitor.web.marked_article import marked, marked_articles, redrawn
from monitor.web.marks import cards_of
from monitor.web.reading_ways import asked_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms

    from monitor.accounts.models import Team, User
    from monitor.library.models import Article
    from monitor.web.access import Request

    Spans = list[tuple[int | None, int, int]]

STATUS: dict[type[CannotAnnotate], HTTPStatus] = {
    IdTaken: HTTPStatus.CONFLICT,
    Stale: HTTPStatus.PRECONDITION_FAILED,
}


@takes_forms
def create(request: Request) -> HttpResponse:
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form))
    try:
        mark, _ = actions.create_annotation(uid=form.cleaned_data["uid"], by=request.user, draft=_draft(request, form))
    except CannotAnnotate as refusal:
        return _refused(request, str(refusal), _status(refusal))
    return _answer(request, mark, "Saved." if mark.comment else "Marked.", new=True)


def _draft(request: Request, form: forms.Form) -> actions.Draft:
    asked = form.cleaned_data
    visibility, team = _scope(request.user, asked)
    article = get_object_or_404(marked_articles(request.user), pk=asked["article"]) if asked["article"] else None
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
    at = found.body.find(asked["quote"], start, end) if asked["paragraph"] else -1
    near = (at, at + len(asked["quote"])) if at >= 0 else (start, end)
    return (AskedPassage(*near, quote=asked["quote"]),)


def _scope(person: User, asked: dict[str, Any]) -> tuple[str, Team | None]:
    visibility = asked["visibility"] or Visibility.PRIVATE
    if visibility != Visibility.TEAM:
        return visibility, None
    return visibility, actions.find_team(person, str(asked["team"] or ""))


@require_safe
def mark(request: Request, uid: UUID) -> HttpResponse:
    """Show one annotation with everything that can be done to it; a script takes the card out of this page."""
    found = _find(request, uid)
    (row,) = mark_rows(Annotation.objects.filter(pk=found.pk), request.user)
    (card,) = cards_of([row], request.user)
    context = {"card": card, "about": found.article or found.issue, "form": _change_form(card), **_scopes(request.user)}
    part = "#card" if request.htmx else ""
    return render(request, f"annotations/mark.html{part}", context)


def _change_form(card: Any) -> ChangeForm:
    initial = {
        "revision": card.revision,
        "comment": card.words,
        "colour": card.colour,
        "tags": ", ".join(tag.path for tag in card.tags),
    }
    return ChangeForm(initial=initial)


def _scopes(person: User) -> dict[str, Any]:
    return {"teams": list(person.teams.all()), "scopes": Visibility.choices}


@takes_forms
def change(request: Request, uid: UUID) -> HttpResponse:
    found, form = _find(request, uid), ChangeForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form))
    asked = form.cleaned_data
    try:
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
        return _both_texts(request, stale, asked["comment"])
    except CannotAnnotate as refusal:
        return _refused(request, str(refusal), _status(refusal))
    return _answer(request, changed, "Saved.")


def _both_texts(request: Request, stale: Stale, words: str) -> HttpResponse:
    """Show what stands and what was written, to choose from: nothing is overwritten, and nothing typed is lost."""
    (row,) = mark_rows(Annotation.objects.filter(pk=stale.current.pk), request.user)
    (card,) = cards_of([row], request.user)
    form = _change_form(card)
    form.initial["comment"] = words
    context = {"card": card, "form": form, "about": stale.current.article or stale.current.issue, "stale": str(stale)}  # type: ignore[union-attr]
    part = "#card" if request.htmx else ""
    return render(
        request,
        f"annotations/mark.html{part}",
        {**context, **_scopes(request.user)},
        status=HTTPStatus.PRECONDITION_FAILED,
    )


@takes_forms
def share(request: Request, uid: UUID) -> HttpResponse:
    found, form = _find(request, uid), ShareForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form))
    try:
        visibility, team = _scope(request.user, form.cleaned_data)
        shared = actions.share_annotation(
            mark=found, by=request.user, revision=form.cleaned_data["revision"], visibility=visibility, team=team
        )
    except CannotAnnotate as refusal:
        return _refused(request, str(refusal), _status(refusal))
    return _answer(request, shared, f"Now for: {shared.get_visibility_display().lower()}.")


ACTS: dict[str, tuple[Callable[..., Annotation], str]] = {
    "delete": (actions.delete_annotation, "Moved to your trash."),
    "restore": (actions.restore_annotation, "Restored."),
    "resolve": (actions.resolve_annotation, "Resolved."),
    "reopen": (actions.reopen_annotation, "Open again."),
    "hide": (actions.hide_annotation, "Hidden from view; its author was told."),
    "unhide": (actions.unhide_annotation, "Shown again."),
}


@takes_forms
def act(request: Request, uid: UUID, verb: str) -> HttpResponse:
    if verb not in ACTS:
        raise Http404
    do, said = ACTS[verb]
    try:
        done = do(mark=_find(request, uid), by=request.user)
    except CannotAnnotate as refusal:
        return _refused(request, str(refusal), _status(refusal))
    return _answer(request, done, said)


@takes_forms
def take_back(request: Request) -> HttpResponse:
    return _turn(request, undo, "Undone")


@takes_forms
def do_again(request: Request) -> HttpResponse:
    return _turn(request, redo, "Done again")


def _turn(request: Request, turn: Callable[[User], Any], said: str) -> HttpResponse:
    try:
        operation = turn(request.user)
    except NothingToUndo as refusal:
        return _refused(request, str(refusal), HTTPStatus.OK)
    except CannotAnnotate as refusal:
        return _refused(request, str(refusal), HTTPStatus.CONFLICT)
    words = f"{said}: {operation.label[:1].lower()}{operation.label[1:]}."
    uids = [key.partition(":")[2] for key in touched(operation) if key.startswith(("annotation:", "tags:"))]
    marks = list(Annotation.objects.filter(uid__in=uids, article__isnull=False).select_related("article")[:1])
    if not request.htmx:
        messages.success(request, words)
        return redirect(page_of_form(request))
    if len(uids) != 1 or not marks:
        return _reload()
    return _answer(request, marks[0], words)


# -- Answers -----------------------------------------------------------------------------------------------------------
def _find(request: Request, uid: UUID) -> Annotation:
    """Return an annotation one may see, or has in the trash; 404 for all others."""
    seen = Annotation.objects.visible_to(request.user) | Annotation.objects.in_trash_of(request.user)
    found: Annotation = get_object_or_404(seen.select_related("article__issue", "issue", "team"), uid=uid)
    return found


def _answer(request: Request, mark: Annotation, said: str, *, new: bool = False) -> HttpResponse:
    """Bring the page what changed of it, or lead a form back to it."""
    if not request.htmx:
        messages.success(request, said)
        return redirect(_address(mark))
    if mark.article_id is None:
        return _reload()
    article = marked_articles(request.user).filter(pk=mark.article_id).first()
    if article is None:
        return _reload()
    query = asked_query(request.GET.copy()) or _query_of_page(request)
    shown = marked(article, request.user, query=query)
    spans: Spans = [(span.note_id, span.start, span.end) for span in mark.spans.all()]
    card = next((card for card in shown.cards if card.uid == str(mark.uid)), None)
    context = {
        "card": card,
        "gone": None if card else mark,
        "new": new,
        "redrawn": redrawn(shown, spans),
        "said": said,
        "undo": newest_operation(request.user),
        "cards": shown.cards,
        "marked": shown,
    }
    return render(request, "annotations/_changed.html", context)


def _query_of_page(request: Request) -> str:
    """Return the `?q=` of the page on which the act was done: its hits are drawn anew as well."""
    asked = parse_qs(urlsplit(request.htmx.current_url or "").query).get("q", [""])
    return " ".join(asked[0].replace("\0", "").split())


def _address(mark: Annotation) -> str:
    about = mark.article or mark.issue
    return f"{about.get_absolute_url()}#a{mark.uid}" if about else "/"


def _reload() -> HttpResponse:
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})


def _refused(request: Request, sentence: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> HttpResponse:
    """Say why not; a script keeps its form, and a form finds its words on the page it is sent back to."""
    if request.htmx:
        answer = render(
            request, "annotations/_refused.html", {"said": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
        answer["X-Refused"] = str(int(status))
        return answer
    messages.error(request, sentence)
    return redirect(page_of_form(request))


def _status(refusal: CannotAnnotate) -> HTTPStatus:
    return STATUS.get(type(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
