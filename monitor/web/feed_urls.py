"""Addresses of feeds. Those of saved searches have secret ones as well, see `search_urls`."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import feeds

urlpatterns: list[URLPattern] = [
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/issues.atom", feeds.new_issues, name="issue-feed"),
    path("feeds/actors/<slug:slug>.atom", feeds.actor_feed, name="actor-feed"),
    path("feeds/regions/<slug:slug>.atom", feeds.region_feed, name="region-feed"),
    path("feeds/sources/<slug:slug>.atom", feeds.source_feed, name="source-feed"),
    path("feeds/annotations.atom", feeds.team_feed, name="team-feed"),
    path("feeds/searches/<uuid:uid>.atom", feeds.followed_search, name="followed-feed"),
]
