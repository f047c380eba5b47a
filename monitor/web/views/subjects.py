"""What an article is about: the actors and regions in it, and people's word on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.entities.article_subjects import meant_rows, subjects_of
from monitor.entities.judgement_models import AboutJudgement, AboutVerdict
from monitor.entities.judging import judge_about, take_back
from monitor.entities.models import LONGEST_NAME, Actor
from monitor.entities.refusals import CannotJudge
from monitor.web.access import find_article, open_to_readers, role_needed
from monitor.web.entity_undoing import say_done, undoing
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.entity_keeping import several_in
from monitor.web.forms.judging import EntityField
from monitor.web.reading_ways import whole_number
from monitor.web.unchanged import told_when_unchanged

if TYPE_CHECKING:
    from django.http import HttpResponse

    from monitor.library.models import Article
    from monitor.web.access import Request

WORDS = {"about": "About it", "mentioned": "Mentions it", "not": "Nothing to do with it"}


class AboutForm(forms.Form):
    """An actor or region, and what the article has to do with it."""

    entity = EntityField(label="Actor or region, by any of its names", max_length=LONGEST_NAME)
    verdict = forms.ChoiceField(label="The article", choices=AboutVerdict.choices)


@require_safe
@open_to_readers
@told_when_unchanged()
def subjects(request: Request, pk: int) -> HttpResponse:
    return _page(request, find_article(request, pk), AboutForm(auto_id="about-%s"))


def _page(request: Request, article: Article, form: forms.Form, *, refused: str = "") -> HttpResponse:
    actors, regions = subjects_of(article)
    context: dict[str, Any] = {
        "article": article,
        "lists": [("Actors", actors), ("Regions", regions)],
        "words": WORDS,
        "form": form,
        "several": several_in(form, "entity"),
        "refused": refused,
    }
    return render(request, "articles/about.html", context, status=422 if refused or form.errors else 200)


@takes_forms
@role_needed(Role.ANALYST)
def judge(request: Request, pk: int) -> HttpResponse:
    """Keep what an article has to do with an actor or region."""
    article = find_article(request, pk)
    form = AboutForm(request.POST, auto_id="about-%s")
    if not form.is_valid():
        return _page(request, article, form)
    entity, verdict = form.cleaned_data["entity"], form.cleaned_data["verdict"]
    with transaction.atomic():
        said = [
            judge_about(
                article=article,
                verdict=verdict,
                by=request.user,
                actor=row if isinstance(row, Actor) else None,
                region=None if isinstance(row, Actor) else row,
            )
            for row in meant_rows(article, entity)
        ]
    undo = undoing(reverse("undo-about", args=[article.pk]), judgement=[row.pk for row in said])
    say_done(request, f"{entity}: {WORDS[verdict].lower()}.", undo)
    return redirect("article-subjects", article.pk)


@takes_forms
@role_needed(Role.ANALYST)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take back what was said of an article: what was found, or said before, counts again."""
    article = find_article(request, pk)
    keys = [whole_number(key) for key in request.POST.getlist("judgement")]
    rows = [get_object_or_404(AboutJudgement, pk=key, article=article) for key in keys]
    try:
        with transaction.atomic():
            for row in rows:
                take_back(judgement=row, by=request.user)
    except CannotJudge as refusal:
        return _page(request, article, AboutForm(auto_id="about-%s"), refused=str(refusal))
    say_done(request, "Taken back.")
    return redirect("article-subjects", article.pk)
