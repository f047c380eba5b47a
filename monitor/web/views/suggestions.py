"""The queue of uncertain names: one after the other beside its text, accepted, rejected or put right."""

from __future__ import annotations

from dataclasses import dataclass
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
from monitor.entities.judging import judge_mention, take_back
from monitor.entities.mention_models import Mention, Where
from monitor.entities.models import Actor
from monitor.entities.refusals import CannotJudge
from monitor.entities.waiting import candidates_of, like, paragraphs_round, tally_of, waiting_alike, waiting_mentions
from monitor.web.access import role_needed
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.judging import JudgeForm, meant_by
from monitor.web.reading import block_id
from monitor.web.reading_ways import whole_number
from monitor.web.views.mentions import find_mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

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


@require_safe
@role_needed(Role.ANALYST)
def suggestions(request: Request) -> HttpResponse:
    at, article, done = (whole_number(request.GET.get(name)) for name in ("at", "article", "done"))
    judgement = MentionJudgement.objects.filter(pk=done, by=request.user, undone=None).first() if done else None
    return _queue(request, at=at, article=article, judgement=judgement)


def _queue(
    request: Request,
    *,
    at: int,
    article: int,
    form: JudgeForm | None = None,
    judgement: MentionJudgement | None = None,
    said: str = "",
    refused: str = "",
) -> HttpResponse:
    """Draw the queue with the suggestion `at` open, or the first one; the whole page, or for htmx the queue alone."""
    rows = waiting_mentions(request.user, article=article or None)
    groups = waiting_alike(rows)
    shown = _open(groups, rows, at)
    context: dict[str, Any] = {
        "here": "review",
        "tally": tally_of(rows, request.user),
        "groups": groups,
        "proposal": shown,
        "next": _after(groups, shown),
        "article": article,
        "form": form,
        "meant": meant_by(form),
        "said": said or (_said(judgement) if judgement else ""),
        "judgement": judgement,
        "refused": refused,
    }
    part = "#swapped" if request.htmx and not request.htmx.history_restore_request else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused or form else HTTPStatus.OK
    return render(request, f"mentions/queue.html{part}", context, status=status)


def _open(groups: Sequence[Alike], rows: Any, at: int) -> Proposal | None:
    """Return the suggestion that is asked for, even if it is not among the groups shown; else the first of them."""
    chosen = next((row for row in groups if row.first.pk == at), None)
    if chosen is None and at and (mention := rows.filter(pk=at).first()):
        same = next((row for row in groups if like(mention, rows).filter(pk=row.first.pk).exists()), None)
        chosen = same
    chosen = chosen or (groups[0] if groups else None)
    return _proposal(chosen) if chosen else None


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


def _after(groups: Sequence[Alike], shown: Proposal | None) -> int:
    """Return the key of the suggestion after the one that is open; 0 where there is none."""
    keys = [row.first.pk for row in groups]
    if shown is None or len(keys) < 2:
        return 0
    return keys[(keys.index(shown.mention.pk) + 1) % len(keys)]


@takes_forms
@role_needed(Role.ANALYST)
def judge(request: Request, pk: int) -> HttpResponse:
    """Decide on a suggestion, and go on to the next one."""
    mention = find_mention(request, pk)
    article, following = (whole_number(request.POST.get(name)) for name in ("article", "next"))
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _queue(request, at=pk, article=article, form=form)
    try:
        judgement = _judge(request, mention, form.cleaned_data)
    except CannotJudge as refusal:
        return _queue(request, at=pk, article=article, refused=str(refusal))
    if request.htmx and request.htmx.target == "queue":
        return _queue(request, at=following, article=article, judgement=judgement)
    if request.POST.get("back") == "article":
        messages.success(request, _said(judgement))
        return redirect(mention.article)
    return redirect(_address(at=following, article=article, done=judgement.pk))


def _judge(request: Request, mention: Mention, given: dict[str, Any]) -> MentionJudgement:
    entity = given["instead"] or given["name"] if given["verdict"] == "relink" else None
    meant = {"actor": entity} if isinstance(entity, Actor) else {"region": entity} if entity else {}
    judged: MentionJudgement = judge_mention(
        mention=mention, verdict=given["verdict"], scope=given["scope"] or "mention", by=request.user, **meant
    )
    return judged


def _said(judgement: MentionJudgement) -> str:
    did = {"confirm": "Accepted", "reject": "Rejected", "relink": "Put right"}.get(judgement.verdict, "Decided")
    reach = {"article": ", all in this article", "all": ", everywhere"}.get(judgement.scope, "")
    return f"{did}: “{judgement.quote}”{reach}."


def _address(*, at: int, article: int, done: int = 0) -> str:
    """Return the address of the queue; `done` is the decision that it says, and can take back."""
    query = urlencode({name: key for name, key in (("article", article), ("at", at), ("done", done)) if key})
    return reverse("suggestions") + (f"?{query}" if query else "")


@takes_forms
@role_needed(Role.ANALYST)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a decision back."""
    judgement = get_object_or_404(MentionJudgement, pk=pk)
    article = whole_number(request.POST.get("article"))
    try:
        take_back(judgement=judgement, by=request.user)
    except CannotJudge as refusal:
        return _queue(request, at=0, article=article, refused=str(refusal))
    said = f"Taken back: “{judgement.quote}” waits again."
    if request.htmx:
        return _queue(request, at=_waiting_again(request, judgement), article=article, said=said)
    messages.success(request, said)
    return redirect(_address(at=_waiting_again(request, judgement), article=article))


def _waiting_again(request: Request, judgement: MentionJudgement) -> int:
    rows = waiting_mentions(request.user).filter(fold=judgement.fold).order_by("pk")
    if judgement.article_id:
        rows = rows.filter(article=judgement.article_id)
    return rows.values_list("pk", flat=True).first() or 0
