"""The addresses of what people make in the API: annotations, tags, teams, saved searches, and their own account."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from monitor.api.views import annotations, replies

urlpatterns: list[URLPattern | URLResolver] = [
    path("annotations/", annotations.AnnotationList.as_view(), name="annotations"),
    path("annotations/<uuid:uid>/", annotations.OneAnnotation.as_view(), name="annotation"),
    path("annotations/<uuid:uid>/replies/", replies.ReplyList.as_view(), name="annotation-replies"),
    path("annotations/<uuid:uid>/resolve/", annotations.Resolving.as_view(), name="annotation-resolve"),
    path("replies/<uuid:uid>/", replies.OneReply.as_view(), name="reply"),
    path("articles/<int:pk>/annotations/", annotations.ArticleAnnotations.as_view(), name="article-annotations"),
]
