"""The addresses of what people make in the API: annotations, tags, teams, saved searches, and their own account."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from monitor.api.views import account, replies, saved_searches, tags
from monitor.api.views import annotations as marks

urlpatterns: list[URLPattern | URLResolver] = [
    path("annotations/", marks.AnnotationList.as_view(), name="annotations"),
    path("annotations/<uuid:uid>/", marks.OneAnnotation.as_view(), name="annotation"),
    path("annotations/<uuid:uid>/replies/", replies.ReplyList.as_view(), name="annotation-replies"),
    path("annotations/<uuid:uid>/resolve/", marks.Resolving.as_view(), name="annotation-resolve"),
    path("replies/<uuid:uid>/", replies.OneReply.as_view(), name="reply"),
    path("articles/<int:pk>/annotations/", marks.ArticleAnnotations.as_view(), name="article-annotations"),
    path("tags/", tags.TagList.as_view(), name="tags"),
    path("tags/<uuid:uid>/", tags.OneTag.as_view(), name="tag"),
    path("teams/", account.TeamList.as_view(), name="teams"),
    path("teams/<uuid:uid>/", account.OneTeam.as_view(), name="team"),
    path("saved-searches/", saved_searches.SavedSearchList.as_view(), name="saved-searches"),
    path("saved-searches/<uuid:uid>/", saved_searches.OneSavedSearch.as_view(), name="saved-search"),
    path("me/", account.Me.as_view(), name="me"),
    path("me/tokens/", account.TokenList.as_view(), name="tokens"),
    path("me/tokens/<uuid:uid>/", account.OneToken.as_view(), name="token"),
]
