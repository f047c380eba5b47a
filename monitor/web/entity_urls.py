"""The addresses of actors, regions and mentions."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import (
    actor_keeping,
    actor_merging,
    actors,
    coverage,
    geojson,
    mentions,
    naming,
    region_keeping,
    regions,
    subjects,
    suggestions,
)

urlpatterns: list[URLPattern] = [
    path("actors/", actors.actors, name="actors"),
    path("actors/coverage/", coverage.coverage, name="coverage"),
    path("actors/known/", actor_merging.known, name="known-actors"),
    path("actors/judgements/<int:pk>/undo/", actor_merging.part, name="part-actors"),
    path("actors/<slug:slug>/edit/", actor_keeping.edit, name="edit-actor"),
    path("actors/<slug:slug>/edit/<slug:verb>/", actor_keeping.act, name="act-on-actor"),
    path("actors/<slug:slug>/regions.geojson", geojson.actor_regions, name="actor-geojson"),
    path("actors/<slug:slug>/progress/", actor_merging.progress, name="actor-progress"),
    path("actors/<slug:slug>/same/", actor_merging.same, name="same-actor"),
    path("actors/<slug:slug>/judge/", actor_merging.judge, name="judge-actors"),
    path("actors/<slug:slug>/split/", actor_merging.split, name="split-actor"),
    path("actors/<slug:slug>/split/do/", actor_merging.do_split, name="do-split-actor"),
    path("actors/<slug:slug>/split/undo/", actor_merging.undo_split, name="unsplit-actor"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("mentions/new/", naming.name_passage, name="name-passage"),
    path("mentions/keep/", naming.keep_name, name="keep-name"),
    path("mentions/<int:pk>/", mentions.mention, name="mention"),
    path("mentions/<int:pk>/judge/", suggestions.judge, name="judge-mention"),
    path("review/names/", suggestions.suggestions, name="suggestions"),
    path("review/names/<int:pk>/undo/", suggestions.undo, name="undo-judgement"),
    path("regions/", regions.regions, name="regions"),
    path("regions/map/", regions.region_map, name="region-map"),
    path("regions/new/", region_keeping.new, name="new-region"),
    path("regions/create/", region_keeping.create, name="create-region"),
    path("regions/<slug:slug>/edit/", region_keeping.edit, name="edit-region"),
    path("regions/<slug:slug>/edit/change/", region_keeping.change, name="change-region"),
    path("regions/<slug:slug>/edit/add-name/", region_keeping.add_name, name="add-region-name"),
    path("regions/<slug:slug>/edit/retire-name/", region_keeping.retire_name, name="retire-region-name"),
    path("regions/<slug:slug>/edit/restore-name/", region_keeping.restore_name, name="restore-region-name"),
    path("regions/<slug:slug>/edit/retire/", region_keeping.retire, name="retire-region"),
    path("regions/<slug:slug>/progress/", region_keeping.progress, name="region-progress"),
    path("regions/<slug:slug>/regions.geojson", geojson.region_regions, name="region-geojson"),
    path("regions/<slug:slug>/", regions.region, name="region"),
    path("articles/regions.geojson", geojson.article_regions, name="articles-geojson"),
    path("subjects/<int:pk>/", subjects.subjects, name="article-subjects"),
    path("subjects/<int:pk>/judge/", subjects.judge, name="judge-about"),
    path("subjects/<int:pk>/undo/", subjects.undo, name="undo-about"),
]
