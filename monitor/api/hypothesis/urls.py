"""The addresses of the Hypothesis-compatible API: none ends in a slash, and the root answers with and without."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from monitor.api.hypothesis import front, groups, marks, tokens

urlpatterns: list[URLPattern | URLResolver] = [
    path("api", front.Index.as_view()),
    path("api/", front.Index.as_view()),
    path("api/links", front.Links.as_view()),
    path("api/profile", front.Profile.as_view()),
    path("api/profile/groups", groups.OwnGroups.as_view()),
    path("api/groups", groups.Groups.as_view()),
    path("api/groups/<str:group>", groups.OneGroup.as_view()),
    path("api/groups/<str:group>/members", groups.Members.as_view()),
    path("api/groups/<str:group>/members/<str:member>", groups.Member.as_view()),
    path("api/search", marks.Search.as_view()),
    path("api/annotations", marks.Annotations.as_view()),
    path("api/annotations/<str:uid>", marks.OneAnnotation.as_view()),
    path("api/annotations/<str:uid>/flag", marks.Flagging.as_view()),
    path("api/annotations/<str:uid>/hide", marks.Hiding.as_view()),
    path("api/analytics/events", front.Analytics.as_view()),
    path("api/token", tokens.Tokens.as_view()),
    path("oauth/revoke", tokens.Revoking.as_view()),
    re_path("", front.Nowhere.as_view()),
]
