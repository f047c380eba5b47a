"""The addresses of annotations."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.web.views import article_marks, mark_page, marks, notices, replies, review, trash

urlpatterns: list[URLPattern] = [
    path("annotations/", marks.create, name="mark-create"),
    path("annotations/article/<int:pk>/", article_marks.article_marks, name="article-marks"),
    path("annotations/undo/", marks.take_back, name="undo-mark"),
    path("annotations/redo/", marks.do_again, name="redo-mark"),
    path("annotations/<uuid:uid>/", mark_page.mark, name="mark"),
    path("annotations/<uuid:uid>/change/", marks.change, name="change-mark"),
    path("annotations/<uuid:uid>/share/", marks.share, name="share-mark"),
    path("annotations/<uuid:uid>/reply/", replies.reply, name="reply"),
    path("annotations/<uuid:uid>/<slug:verb>/", marks.act, name="act-on-mark"),
    path("replies/<uuid:uid>/change/", replies.change, name="change-reply"),
    path("replies/<uuid:uid>/delete/", replies.delete, name="delete-reply"),
    path("review/", review.review, name="review"),
    path("review/<uuid:uid>/<int:position>/<slug:verb>/", review.decide, name="decide-passage"),
    path("trash/", trash.trash, name="trash"),
    path("notices/", notices.notices, name="notices"),
    path("notices/seen/", notices.seen, name="notices-seen"),
]
