"""Which actors are one, and which is two: looked at side by side, decided, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.functions import Greatest, Substr
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.entities.actor_lists import known_names
from monitor.entities.actor_log import all_names, judgements_between, retaggings_of
from monitor.entities.actor_pairs import paired
from monitor.entities.judgement_models import ActorJudgement, MentionJudgement, SameVerdict
from monitor.entities.mention_models import Where
from monitor.entities.merging import judge_actors, split_actor, take_back_actors, unsplit
from monitor.entities.models import Actor, ActorAlias, ActorKind
from monitor.entities.naming import create_actor, retire_actor
from monitor.entities.refusals import CannotJudge
from monitor.entities.told import counted_mentions
from monitor.library.queries import standing_articles
from monitor.web.access import role_needed
from monitor.web.entity_undoing import say_done, undoing
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.entity_keeping import SplitForm, actor_by_word, several_in
from monitor.web.forms.judging import SeveralMeant
from monitor.web.forms.shelf import asked_words
from monitor.web.reading_ways import whole_number
from monitor.web.views.actors import find_actor

if TYPE_CHECKING:
    from monitor.web.access import Request

ROUND_ABOUT = 60  # code points shown on either side of a mention
MENTIONS_SHOWN = 60  # of an actor that is parted, the newest first
SAID = {
    SameVerdict.SAME: "{one} and {other} are one now.",
    SameVerdict.DIFFERENT: "Kept: {one} and {other} are two.",
    SameVerdict.UNSURE: "Kept: {one} and {other} may be the same.",
}


@require_safe
@role_needed(Role.ANALYST)
def same(request: Request, slug: str) -> HttpResponse:
    """Ask which other actor it may be, and show both side by side once there is one."""
    shown = find_actor(request, slug)
    typed = asked_words(request.GET.get("other", ""))
    return _same_page(request, shown, typed)


def _same_page(request: Request, shown: Actor, typed: str, *, refused: str = "") -> HttpResponse:
    other, meant = None, []
    if typed:
        try:
            other = actor_by_word(typed)
        except SeveralMeant as several:
            meant = [actor for actor in several.meant if actor.pk != shown.pk]
        except ValidationError as error:
            refused = error.messages[0]
    if other is not None and other.pk == shown.pk:
        other, refused = None, "That is this actor itself, by one of its names."
    context: dict[str, Any] = {
        "here": "actors",
        "actor": shown,
        "typed": typed,
        "meant": meant,
        "refused": refused,
    }
    if other is not None:
        find_actor(request, other.slug)  # 404 for one that this person may not know of
        context |= {"pair": paired(shown, other, request.user), "said": judgements_between(shown, other)}
    return render(request, "actors/same.html", context, status=422 if refused else 200)


@takes_forms
@role_needed(Role.ANALYST)
def judge(request: Request, slug: str) -> HttpResponse:
    """Keep that two actors are one, two, or perhaps one."""
    shown = find_actor(request, slug)
    other = find_actor(request, request.POST.get("other", ""))
    verdict = request.POST.get("verdict", "")
    keep = {row.slug: row for row in (shown, other)}.get(request.POST.get("keep", ""), shown)
    if verdict not in SameVerdict.values or other.pk == shown.pk:
        raise Http404
    try:
        judgement = judge_actors(one=shown, other=other, verdict=verdict, by=request.user, keep=keep)
    except CannotJudge as refusal:
        return _same_page(request, shown, f"actor:{other.slug}", refused=str(refusal))
    said = SAID[SameVerdict(verdict)].format(one=shown.name, other=other.name)
    say_done(request, said, undoing(reverse("part-actors", args=[judgement.pk])))
    return redirect(keep if verdict == SameVerdict.SAME else shown)


@takes_forms
@role_needed(Role.ANALYST)
def part(request: Request, pk: int) -> HttpResponse:
    """Take back what was said of two actors: they are what they were before."""
    judgement = get_object_or_404(ActorJudgement.objects.select_related("left__canonical", "right"), pk=pk)
    shown = find_actor(request, judgement.left.slug)
    try:
        take_back_actors(judgement=judgement, by=request.user)
    except CannotJudge as refusal:
        return _same_page(request, shown, "", refused=str(refusal))
    say_done(request, f"Taken back: {judgement.left.name} and {judgement.right.name} are as they were before.")
    return redirect(find_actor(request, judgement.left.slug))


@require_safe
@role_needed(Role.CURATOR)
def split(request: Request, slug: str) -> HttpResponse:
    shown = find_actor(request, slug)
    return _split_page(request, shown, SplitForm(auto_id="split-%s"))


def _split_page(request: Request, shown: Actor, form: SplitForm) -> HttpResponse:
    context = {
        "here": "actors",
        "actor": shown,
        "form": form,
        "several": several_in(form, "into"),
        "aliases": _own_aliases(shown),
        "mentions": _newest_mentions(request, shown),
        "most": MENTIONS_SHOWN,
        "chosen": set(form.data.getlist("aliases") + form.data.getlist("mentions")) if form.is_bound else set(),  # type: ignore[attr-defined]
    }
    return render(request, "actors/split.html", context, status=422 if form.errors else 200)


def _own_aliases(shown: Actor) -> list[ActorAlias]:
    rows = ActorAlias.objects.filter(actor__canonical=shown.pk, retired=False).select_related("actor")
    return list(rows.exclude(text=shown.name, actor=shown.pk).order_by("fold", "pk"))


def _newest_mentions(request: Request, shown: Actor) -> list[Any]:
    mentions = counted_mentions().filter(actor__canonical=shown.pk, article__in=standing_articles(request.user))
    begin = Greatest(F("start") - ROUND_ABOUT, 0)
    words = Case(When(where=Where.BODY, then=Substr("text_version__body", begin + 1, F("end") + ROUND_ABOUT - begin)))
    rows = mentions.select_related("article__issue__periodical", "note").annotate(words=words, begin=begin)
    found = list(rows.order_by("-article__issue__sort_date", "article", "start", "pk")[:MENTIONS_SHOWN])
    for mention in found:
        text, at = mention.words or mention.surface, mention.start - mention.begin if mention.words else 0
        mention.before, mention.after = _on_a_line(text[:at], text[at + mention.end - mention.start :])  # type: ignore[attr-defined]
    return found


def _on_a_line(before: str, after: str) -> tuple[str, str]:
    """Return the words on both sides of a mention without those that are cut, and without line breaks."""
    whole = f"… {before.split(' ', 1)[-1]}" if len(before) == ROUND_ABOUT else before
    rest = f"{after.rsplit(' ', 1)[0]} …" if len(after) == ROUND_ABOUT else after
    return whole.replace("\n", " "), rest.replace("\n", " ")


@takes_forms
@role_needed(Role.CURATOR)
def do_split(request: Request, slug: str) -> HttpResponse:
    """Give some names and mentions of an actor to another one."""
    shown = find_actor(request, slug)
    aliases, mentions = _own_aliases(shown), _newest_mentions(request, shown)
    keys = {"aliases": [row.pk for row in aliases], "mentions": [row.pk for row in mentions]}
    form = SplitForm(request.POST, **keys, auto_id="split-%s")
    if not form.is_valid():
        return _split_page(request, shown, form)
    given = form.cleaned_data
    chosen = [row for row in aliases if row.pk in given["aliases"]]
    try:
        with transaction.atomic():
            made = given["into"] is None
            into = given["into"] or create_actor(
                name=given["new_name"], kind=given["new_kind"] or ActorKind.ARMED_GROUP, by=request.user
            )
            done = split_actor(actor=shown, into=into, by=request.user, aliases=chosen, mentions=given["mentions"])
    except CannotJudge as refusal:
        form.add_error(None, str(refusal))
        return _split_page(request, shown, form)
    undo = undoing(
        reverse("unsplit-actor", args=[shown.slug]),
        name=[f"{new.pk}-{old.pk}" for new, old in done.names],
        judgement=[row.pk for row in done.judgements],
        made=[into.slug] if made else [],
    )
    say_done(request, f"Parted: what was chosen is {into.name} now.", undo)
    return redirect(into)


@takes_forms
@role_needed(Role.CURATOR)
def undo_split(request: Request, slug: str) -> HttpResponse:
    """Put back what a split moved, and take out the actor that it made."""
    shown = find_actor(request, slug)
    pairs = [[whole_number(key) for key in pair.split("-")] for pair in request.POST.getlist("name")]
    rows = ActorAlias.objects.select_related("actor").in_bulk({key for pair in pairs for key in pair})
    names = [(rows[new], rows[old]) for new, old in pairs if new in rows and old in rows]
    judgements = MentionJudgement.objects.filter(pk__in=map(whole_number, request.POST.getlist("judgement")))
    made = Actor.objects.filter(slug=request.POST.get("made", ""), canonical__slug=request.POST.get("made", "")).first()
    try:
        with transaction.atomic():
            unsplit(names=names, judgements=judgements.order_by("pk"), by=request.user)
            if made:
                retire_actor(actor=made, by=request.user)
    except CannotJudge as refusal:
        return _same_page(request, shown, "", refused=str(refusal))
    say_done(request, f"Taken back: it is all {shown.name} again.")
    return redirect(shown)


@require_safe
@role_needed(Role.CURATOR)
def progress(request: Request, slug: str) -> HttpResponse:
    """Show how far articles were looked through: the part of a page that asks again while one is under way."""
    shown = find_actor(request, slug)
    if not request.htmx:
        return redirect("edit-actor", shown.slug)
    context = {"retaggings": retaggings_of(all_names(shown)), "of_address": request.path}
    return render(request, "entities/_retaggings.html", context)


@require_safe
def known(request: Request) -> HttpResponse:
    """Offer names of actors that begin as what is typed, for the field's own list."""
    typed = next((asked_words(request.GET[name]) for name in ("other", "into", "name", "q") if name in request.GET), "")
    return render(request, "entities/_options.html", {"names": known_names(typed, request.user)})
