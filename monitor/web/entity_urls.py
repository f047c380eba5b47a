"""The addresses of actors, regions and mentions."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import actor_keeping, actor_merging, actors, coverage, mentions, naming, regions, suggestions

urlpatterns: list[URLPattern] = [
    path("actors/", actors.actors, name="actors"),
    path("actors/coverage/", coverage.coverage, name="coverage"),
    path("actors/known/", actor_merging.known, name="known-actors"),
    path("actors/judgements/<int:pk>/undo/", actor_merging.part, name="part-actors"),
    path("actors/<slug:slug>/edit/", actor_keeping.edit, name="edit-actor"),
    path("actors/<slug:slug>/edit/<slug:verb>/", actor_keeping.act, name="act-on-actor"),
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
    path("regions/<slug:slug>/", regions.region, name="region"),
]
