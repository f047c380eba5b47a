"""The addresses of actors, regions and mentions."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import actors, coverage, mentions, naming, regions, suggestions

urlpatterns: list[URLPattern] = [
    path("actors/", actors.actors, name="actors"),
    path("actors/coverage/", coverage.coverage, name="coverage"),
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
