"""The container of annotations: read whole or in pages, and added to."""

from __future__ import annotations

import re
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db.transaction import atomic
from django.http import Http404
from django.urls import reverse
from rest_framework import exceptions

from monitor.annotations.foreign import create_sent, reply_sent
from monitor.annotations.models import Visibility
from monitor.api.anno.protocol import NotAnAnnotation, Protocol
from monitor.api.anno.single import described
from monitor.api.kept_answers import answer_once
from monitor.api.parameters import Parameter, Reader, one_of
from monitor.interchange import web_annotation_queries as queries
from monitor.interchange.web_annotation import MEDIA_TYPE
from monitor.interchange.web_annotation_container import ContradictoryWishes, container, page, wanted
from monitor.interchange.web_annotation_reading import NotTaken
from monitor.interchange.web_annotation_storing import draft_of, find_about, readers_of, sent_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse
    from rest_framework.request import Request

    from monitor.interchange.web_annotation_container import Wanted
    from monitor.interchange.web_annotation_queries import Seen
    from monitor.interchange.web_annotation_reading import ReadAnnotation
    from monitor.interchange.web_annotation_storing import Row

FURTHEST = 10**9
_PAGE = re.compile(r"\A(?:0|[1-9][0-9]{0,8})\Z")
_SLUG = re.compile(r"\A[A-Za-z0-9._~-]{1,64}\Z")


def _page_number(text: str) -> int:
    if not _PAGE.match(text):
        raise ValueError("Give the number of a page, from 0 on.")
    return int(text)


PAGE = Reader({"type": "integer", "minimum": 0, "maximum": FURTHEST}, _page_number)


class Container(Protocol):
    """`/anno/`."""

    allow = "GET, HEAD, OPTIONS, POST"
    links_to = (
        '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"',
        '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"',
    )
    varies = ("Accept", "Prefer", "Authorization", "Cookie")
    http_method_names = ["get", "head", "options", "post"]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Accept-Post"] = MEDIA_TYPE
        return answer

    def parameters(self) -> Sequence[Parameter]:
        return [
            Parameter("iris", one_of("0", "1"), says="addresses instead of descriptions"),
            Parameter("page", PAGE, says="a page, counted from 0"),
        ]

    def get(self, request: Request) -> HttpResponse:
        if self.wants_page:
            return self.lead_to(self.site + reverse("notebook"))
        try:
            asked = wanted(request.headers.get("Prefer", ""), self.asked["iris"] or "")
        except ContradictoryWishes as error:
            raise exceptions.ParseError(str(error)) from error
        seen, number = queries.seen_container(self.person, self.site), self.asked["page"]
        etag = self.validator(f"{seen.stamp}-{_variant(asked, number)}")
        return self.unchanged(request, etag) or self._shown(seen, asked, number, etag)

    def _shown(self, seen: Seen, asked: Wanted, number: int | None, etag: str) -> HttpResponse:
        if number is not None and number > seen.whole.last_page:
            raise Http404
        items = [] if asked.minimal and number is None else self._items(number or 0, asked)
        if number is None:
            body = container(seen.whole, asked, items)
        else:
            body = page(seen.whole, number, items, iris=asked.iris)
        applied = {"Preference-Applied": asked.applied} if asked.applied and number is None else {}
        return self.answer(body, headers={"ETag": etag, "Content-Location": body["id"], **applied})

    def _items(self, number: int, asked: Wanted) -> list[Any]:
        keys = queries.page_keys(self.person, number)
        if asked.iris:
            return list(queries.addresses(keys, self.site))
        return list(queries.descriptions(keys, self.person, self.site)) if keys else []

    def post(self, request: Request) -> HttpResponse:
        read = self.read(request)
        return answer_once(request, getattr(request, "sent", b""), lambda: self._make(request, read))

    def _make(self, request: Request, read: ReadAnnotation) -> HttpResponse:
        row = self._keep(request, read, _slug(request))
        value = described(row, self.person, self.site)
        return self.answer(value, status=201, headers={"Location": value["id"], "ETag": self.validator(row.revision)})

    @atomic
    def _keep(self, request: Request, read: ReadAnnotation, slug: str | None) -> Row:
        try:
            about = find_about(read, self.person, self.hosts)
        except NotTaken as refused:
            raise NotAnAnnotation(refused) from refused
        readers = readers_of(read, self.person, self.hosts)
        sent = sent_of(read, readers, site=self.site, slug=slug)
        if about.mark:
            private = readers.visibility == Visibility.PRIVATE
            return reply_sent(
                uid=uuid4(), mark=about.mark, by=self.person, comment=read.comment, sent=sent, private=private
            )[0]
        draft = draft_of(read, about, readers, self.person)
        return create_sent(uid=uuid4(), by=self.person, draft=draft, sent=sent)[0]


def _variant(asked: Wanted, number: int | None) -> str:
    whole = "m" if asked.minimal else "w"
    return f"{int(asked.iris)}{whole if number is None else number}{'p' if asked.applied and number is None else ''}"


def _slug(request: Request) -> str | None:
    """Return the address that was suggested, with an end that makes it nobody else's: a clash must not tell."""
    wished = request.headers.get("Slug", "")
    return f"{wished}-{token_hex(3)}" if _SLUG.match(wished) else None
