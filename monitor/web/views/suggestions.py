"""The queue of uncertain names: one after the other beside its text, accepted, rejected or put right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.annotations.rendering import Span, render_line
from monitor.entities.judgement_models import MentionJudgement
from monitor.entities.mention_models import Mention, Where
from monitor.entities.naming import SMALL
from monitor.entities.refusals import CannotJudge
from monitor.entities.waiting import (
    Place,
    candidates_of,
    paragraphs_round,
    place_in,
    place_of,
    tally_of,
    waiting_alike,
    waiting_mentions,
)
from monitor.web import judged_names
from monitor.web.access import role_needed
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.judging import JudgeForm, meant_by, new_kinds
from monitor.web.reading import block_id
from monitor.web.reading_ways import whole_number
from monitor.web.views.mentions import find_mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse, QueryDict

    from monitor.annotations.rendering import Html
    from monitor.entities.waiting import Alike, Candidate
    from monitor.web.access import Request


@dataclass(frozen=True, slots=True)
class Proposal:
    """The suggestion at hand: whom it may mean, and the words round it."""

    alike: Alike
    candidates: tuple[Candidate, ...]
    paragraphs: tuple[Html, ...]
    here: str  # fragment of the one it stands in

    @property
    def mention(self) -> Mention:
        return self.alike.first

    @property
    def proposed(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None

    @property
    def is_sure_enough(self) -> bool:
        """Return whether all like it can be accepted at once: never where several have the name."""
        return len(self.candidates) == 1 and self.alike.mentions > 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue is asked for: one suggestion, those of one article, from which place on."""

    at: int = 0
    article: int = 0
    begin: Place | None = None

    def address(self, *, done: int = 0, token: str = "") -> str:
        """Return the address of the queue; `done` is the decision that it says and can take back."""
        begin = self.begin.words if self.begin else ""
        parts = (("article", self.article), ("at", self.at), ("from", begin), ("done", done), ("with", token))
        query = urlencode({name: value for name, value in parts if value})
        return reverse("suggestions") + (f"?{query}" if query else "")


def _asked(query: QueryDict, *, at: str = "at") -> Asked:
    return Asked(whole_number(query.get(at)), whole_number(query.get("article")), place_in(query.get("from", "")))


@require_safe
@role_needed(Role.ANALYST)
def suggestions(request: Request) -> HttpResponse:
    done = whole_number(request.GET.get("done"))
    judgement = MentionJudgement.objects.filter(pk=done, by=request.user, undone=None).first() if done else None
    return _queue(request, _asked(request.GET), judgement=judgement, token=request.GET.get("with", ""))


def _queue(
    request: Request,
    asked: Asked,
    *,
    form: JudgeForm | None = None,
    judgement: MentionJudgement | None = None,
    token: str = "",
    said: str = "",
    refused: str = "",
) -> HttpResponse:
    """Draw the queue with the suggestion `at` open, or the first one; the whole page, or for htmx the queue alone."""
    rows = waiting_mentions(request.user, article=asked.article or None)
    begin, groups, following, at = _page_with(asked, rows)
    shown = _open(groups, at)
    context: dict[str, Any] = {
        "here": "review",
        "tally": tally_of(rows, request.user),
        "groups": groups,
        "proposal": shown,
        "next": _after(groups, shown, following),
        "article": asked.article,
        "begin": begin.words if begin else "",
        "following": following,
        "form": form,
        "meant": meant_by(form),
        "new_kinds": _new_kinds(request, shown),
        "said": said or (_said(judgement) if judgement else ""),
        "judgement": judgement,
        "token": token,
        "refused": refused,
    }
    part = "#swapped" if request.htmx and not request.htmx.history_restore_request else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused or form else HTTPStatus.OK
    return render(request, f"mentions/queue.html{part}", context, status=status)


def _page_with(asked: Asked, rows: QuerySet[Mention]) -> tuple[Place | None, list[Alike], Place | None, int]:
    """Return a page of groups that holds the one asked for, and its key.

    It is the page of the address, else one that begins with that group, else the first.
    """
    groups, following = waiting_alike(rows, begin=asked.begin)
    if any(row.first.pk == asked.at for row in groups):
        return asked.begin, groups, following, asked.at
    mention = rows.filter(pk=asked.at).first() if asked.at else None
    if mention is not None:
        place = place_of(mention, rows)
        if any(row.first.pk == place.key for row in groups):
            return asked.begin, groups, following, place.key
        return place, *waiting_alike(rows, begin=place), place.key
    if not groups and asked.begin:  # all from there on is decided
        return None, *waiting_alike(rows), 0
    return asked.begin, groups, following, 0


def _open(groups: Sequence[Alike], at: int) -> Proposal | None:
    chosen = next((row for row in groups if row.first.pk == at), groups[0] if groups else None)
    return _proposal(chosen) if chosen else None


def _new_kinds(request: Request, shown: Proposal | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what this person may say that it is: analysts may add small places."""
    if request.user.is_curator:
        return new_kinds()
    small = {f"region:{kind}" for kind in SMALL}
    return [("A region", [row for row in new_kinds()[1][1] if row[0] in small])]


def _proposal(alike: Alike) -> Proposal:
    paragraphs, here = _paragraphs(alike.first)
    return Proposal(alike, tuple(candidates_of(alike.first)), tuple(paragraphs), here)


def _paragraphs(mention: Mention) -> tuple[list[Html], str]:
    mark = Span(
        "mark", mention.start, mention.end, (("class", "a d1 on"), ("data-colour", "cyan"), ("id", "suggested"))
    )
    if mention.where == Where.TITLE:
        return [render_line(mention.article.title, [mark])], ""
    if mention.note:
        return [render_line(mention.note.text, [mark])], f"n{mention.note.number}"
    body = mention.text_version.body
    places = paragraphs_round(mention)
    here = next((at for at, start, end in places if start <= mention.start < end), 0)
    return [render_line(body, [mark], start, end) for _, start, end in places], block_id(here)


def _after(groups: Sequence[Alike], shown: Proposal | None, following: Place | None) -> int:
    """Return the key of the suggestion after the one that is open, also over the end of a page; 0 where there is none."""
    keys = [row.first.pk for row in groups] + ([following.key] if following else [])
    if shown is None or len(keys) < 2:
        return 0
    return keys[(keys.index(shown.mention.pk) + 1) % len(keys)]


@takes_forms
@role_needed(Role.ANALYST)
def judge(request: Request, pk: int) -> HttpResponse:
    """Decide on a suggestion, and go on to the next one."""
    mention = find_mention(request, pk)
    here, following = replace(_asked(request.POST), at=pk), _asked(request.POST, at="next")
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _queue(request, here, form=form)
    try:
        judged = judged_names.judge(mention, form.cleaned_data, request.user)
    except CannotJudge as refusal:
        return _queue(request, here, refused=str(refusal))
    if request.htmx and request.htmx.target == "queue":
        return _queue(request, following, judgement=judged.judgement, token=judged.token)
    if request.POST.get("back") == "article":
        messages.success(request, _said(judged.judgement))
        return redirect(mention.article)
    return redirect(following.address(done=judged.judgement.pk, token=judged.token))


def _said(judgement: MentionJudgement) -> str:
    did = {"confirm": "Accepted", "reject": "Rejected", "relink": "Put right"}.get(judgement.verdict, "Decided")
    reach = {"article": ", all in this article", "all": ", everywhere"}.get(judgement.scope, "")
    return f"{did}: “{judgement.quote}”{reach}."


@takes_forms
@role_needed(Role.ANALYST)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a decision back, with what was made by it."""
    judgement = get_object_or_404(MentionJudgement, pk=pk)
    here = _asked(request.POST)
    try:
        judged_names.unjudge(judgement, request.POST.get("with", ""), request.user)
    except CannotJudge as refusal:
        return _queue(request, here, refused=str(refusal))
    said = f"Taken back: “{judgement.quote}” waits again."
    again = replace(here, at=_waiting_again(request, judgement))
    if request.htmx:
        return _queue(request, again, said=said)
    messages.success(request, said)
    return redirect(again.address())


def _waiting_again(request: Request, judgement: MentionJudgement) -> int:
    rows = waiting_mentions(request.user).filter(fold=judgement.fold).order_by("pk")
    if judgement.article_id:
        rows = rows.filter(article=judgement.article_id)
    return rows.values_list("pk", flat=True).first() or 0
