"""Articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.response import Response

from monitor.api.resources import PlainText, Resource
from monitor.api.sign_in import MayRead
from monitor.library.models import Article, ArticleText

if TYPE_CHECKING:
    from rest_framework.request import Request


class CanonicalText(Resource):
    """An article's canonical text, and nothing else: every offset of the API is a range of code points in it.

    Its version is the ETag. A text of one version never changes; a new reading of the file makes a new version.
    """

    permission_classes = [MayRead]
    renderer_classes = [PlainText]

    def get(self, request: Request, pk: int) -> HttpResponse:
        articles = Article.objects.visible_to(request.user).filter(pk=pk)
        version = articles.values_list("text_version", flat=True).first()
        if version is None:
            raise Http404
        headers = {"ETag": f'"{version}"'}
        # A proxy that compresses makes the validator a weak one; the text is the same.
        if headers["ETag"] in {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}:
            return HttpResponseNotModified(headers=headers)
        return Response(ArticleText.objects.get(article=pk, version=version).body, headers=headers)
