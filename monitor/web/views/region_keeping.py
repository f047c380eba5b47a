"""Keeping regions: a new one in another, its names, and what was changed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.entities import naming
from monitor.entities.actor_log import all_names, retaggings_of
from monitor.entities.refusals import CannotJudge
from monitor.entities.region_lists import names_of_region, within
from monitor.entities.region_models import Region, RegionAlias
from monitor.entities.told import told_by_regions
from monitor.web.access import role_needed
from monitor.web.entity_undoing import say_done, undoing
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.entity_keeping import KeyForm, NewNameForm, RegionForm, region_facts_form, several_in
from monitor.web.name_previews import Looked, looked_at
from monitor.web.views.regions import find_region

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from monitor.web.access import Request


@require_safe
@role_needed(Role.ANALYST)
def new(request: Request) -> HttpResponse:
    """Ask for a region that no list has; `in` is the slug of what it lies in, if that is known."""
    parent = Region.objects.filter(slug=request.GET.get("in", ""), retired=False).first()
    begun = {"parent": f"region:{parent.slug}", "name": request.GET.get("name", "")} if parent else {}
    form = RegionForm(person=request.user, initial=begun, auto_id="region-%s")
    return _new_page(request, form, parent)


def _new_page(request: Request, form: forms.Form, parent: Region | None = None) -> HttpResponse:
    context = {"here": "regions", "form": form, "parent": parent, "several": several_in(form, "parent")}
    return render(request, "regions/new.html", context, status=422 if form.errors else 200)


@takes_forms
@role_needed(Role.ANALYST)
def create(request: Request) -> HttpResponse:
    form = RegionForm(request.POST, person=request.user, auto_id="region-%s")
    if not form.is_valid():
        return _new_page(request, form)
    try:
        region = naming.create_region(by=request.user, **form.cleaned_data)
    except CannotJudge as refusal:
        form.add_error(None, str(refusal))
        return _new_page(request, form)
    undo = undoing(reverse("retire-region", args=[region.slug]))
    say_done(request, f"{region.name} is a region now; articles with its name are looked through.", undo)
    return redirect(region)


@takes_forms
@role_needed(Role.ANALYST)
def retire(request: Request, slug: str) -> HttpResponse:
    """Take a region out; small places that one added oneself, or as a curator any."""
    shown = find_region(slug)
    try:
        naming.retire_region(region=shown, by=request.user)
    except CannotJudge as refusal:
        return _page(request, shown, problem=str(refusal))
    say_done(request, f"{shown.name} is taken out.")
    return redirect("regions")


@require_safe
@role_needed(Role.CURATOR)
def edit(request: Request, slug: str) -> HttpResponse:
    shown = find_region(slug)
    return _page(request, shown) if shown.slug == slug else redirect("edit-region", shown.slug)


def _page(
    request: Request,
    shown: Region,
    *,
    form: forms.Form | None = None,
    facts: forms.Form | None = None,
    looked: Looked | None = None,
    problem: str = "",
) -> HttpResponse:
    told = told_by_regions(request.user, within(shown, exact=True))
    context: dict[str, Any] = {
        "here": "regions",
        "region": shown,
        "names": names_of_region(shown, told.newest.rows),
        "former_names": RegionAlias.objects.filter(region=shown, retired=True).order_by("fold", "pk"),
        "facts": facts or region_facts_form(shown),
        "new_name": form or NewNameForm(auto_id="name-%s"),
        "looked": looked,
        "problem": problem,
        "retaggings": retaggings_of(all_names(shown)),
        "progress_address": reverse("region-progress", args=[shown.slug]),
    }
    status = 422 if problem or any(one is not None and one.errors for one in (form, facts)) else 200
    return render(request, "regions/edit.html", context, status=status)


@takes_forms
@role_needed(Role.CURATOR)
def change(request: Request, slug: str) -> HttpResponse:
    """Change a region's own name, kind and point."""
    shown = find_region(slug)
    form = region_facts_form(shown, request.POST)
    if not form.is_valid():
        return _page(request, shown, facts=form)
    before = {name: "" if (was := getattr(shown, name)) is None else was for name in form.fields}
    try:
        naming.change_region(region=shown, by=request.user, **form.cleaned_data)
    except CannotJudge as refusal:
        form.add_error(None, str(refusal))
        return _page(request, find_region(slug), facts=form)
    say_done(request, "Saved.", undoing(reverse("change-region", args=[shown.slug]), **before))
    return redirect("edit-region", shown.slug)


@takes_forms
@role_needed(Role.CURATOR)
def add_name(request: Request, slug: str) -> HttpResponse:
    """Give a region another name, or only say what that would change."""
    shown = find_region(slug)
    form = NewNameForm(request.POST, auto_id="name-%s")
    if not form.is_valid():
        return _page(request, shown, form=form)
    text = form.cleaned_data["text"]
    if "look" in request.POST:
        return _page(request, shown, form=form, looked=looked_at(text, request.user, apart_from=shown))
    try:
        alias = naming.add_alias(text=text, region=shown, by=request.user, **form.facts())
    except CannotJudge as refusal:
        form.add_error(None, str(refusal))
        return _page(request, shown, form=form)
    undo = undoing(reverse("retire-region-name", args=[shown.slug]), pk=alias.pk)
    say_done(request, f"“{alias.text}” is a name of {shown.name}; articles that have it are looked through.", undo)
    return redirect("edit-region", shown.slug)


@takes_forms
@role_needed(Role.CURATOR)
def retire_name(request: Request, slug: str) -> HttpResponse:
    shown, alias = _named(request, slug)
    naming.retire_alias(alias=alias, by=request.user)
    undo = undoing(reverse("restore-region-name", args=[shown.slug]), pk=alias.pk)
    say_done(request, f"“{alias.text}” is no longer a name of {shown.name}.", undo)
    return redirect("edit-region", shown.slug)


@takes_forms
@role_needed(Role.CURATOR)
def restore_name(request: Request, slug: str) -> HttpResponse:
    shown, alias = _named(request, slug)
    naming.restore_alias(alias=alias, by=request.user)
    undo = undoing(reverse("retire-region-name", args=[shown.slug]), pk=alias.pk)
    say_done(request, f"“{alias.text}” is a name of {shown.name} again.", undo)
    return redirect("edit-region", shown.slug)


def _named(request: Request, slug: str) -> tuple[Region, RegionAlias]:
    shown, form = find_region(slug), KeyForm(request.POST)
    key = form.cleaned_data["pk"] if form.is_valid() else 0
    return shown, get_object_or_404(RegionAlias, pk=key, region=shown)


@require_safe
@role_needed(Role.CURATOR)
def progress(request: Request, slug: str) -> HttpResponse:
    """Show how far articles were looked through, as for actors."""
    shown = find_region(slug)
    if not request.htmx:
        return redirect("edit-region", shown.slug)
    context = {"retaggings": retaggings_of(all_names(shown)), "of_address": request.path}
    return render(request, "entities/_retaggings.html", context)
