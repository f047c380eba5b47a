"""Replies to annotations: below the annotation they answer, and each at its own address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

import orjson
from django.http import Http404, HttpResponse

from monitor.annotations.models import Annotation, Reply
from monitor.annotations.permissions import Act, must
from monitor.annotations.replies import change_reply, delete_reply, reply_to
from monitor.api.listed import Listing
from monitor.api.preconditions import etag
from monitor.api.rows.annotations import reply_members
from monitor.api.serializers.annotations import ReplyChange, ReplyShown, ReplyTaken
from monitor.api.views.annotations import BY_TIME
from monitor.api.views.drawn import Drawn
from monitor.api.written import Changing, Making, made, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request


class Replies(Drawn):
    """What lists and single replies have in common."""

    shows = ReplyShown

    def seen(self) -> Any:
        return Reply.objects.visible_to(self.person)

    def members(self) -> Mapping[str, Any]:
        return reply_members(self.links)


class ReplyList(Replies, Listing, Making):
    """`GET` the replies to one annotation, oldest first; `POST` one more."""

    order = BY_TIME
    takes: ClassVar = {"POST": ReplyTaken}

    def find(self, **place: Any) -> Any:
        marks = Annotation.objects.visible_to(self.person)
        mark = marks.filter(uid=place["uid"]).select_related("owner", "team", "article", "issue").first()
        if mark is None:
            raise Http404
        return mark

    def must_be_let(self) -> None:
        if self.request.method == "POST":
            must(self.person, Act.REPLY, self.thing)

    def seen(self) -> Any:
        return super().seen().filter(annotation=self.thing)

    def make(self, sent: Any) -> HttpResponse:
        uid = sent.get("uuid") or uuid4()
        reply, is_new = reply_to(uid=uid, mark=self.thing, by=self.person, comment=sent["comment"])
        row = self.row(reply)
        place = self.links.api("replies", reply.uid)
        told = orjson.Fragment(row["drawn"])
        return made(told, location=place, etag=etag(row["revision"]), is_new=is_new)


class OneReply(Replies, Changing):
    """`GET`, `PUT`, `PATCH` and `DELETE` one reply."""

    key = "uid"
    revision = "revision"
    takes: ClassVar = {"PUT": ReplyChange, "PATCH": ReplyChange}

    def find(self, **place: Any) -> Any:
        reply = self.seen().filter(uid=place["uid"]).first()
        if reply is None:
            raise Http404
        return reply

    def must_be_let(self) -> None:
        if self.request.method in {"PUT", "PATCH"}:
            must(self.person, Act.EDIT, self.thing)
        elif self.request.method == "DELETE":
            must(self.person, Act.DELETE, self.thing)

    def told(self, row: Any) -> Any:
        return super().told(self.row(row, self.asked.fields))

    def held(self) -> Any:
        return self.seen().filter(pk=self.thing.pk).select_for_update(of=("self",)).first()

    def put(self, request: Request, **place: Any) -> HttpResponse:
        row = self.row(self.under_condition(self._change))
        return said(orjson.Fragment(row["drawn"]), ETag=etag(row["revision"]))

    patch = put

    def _change(self, reply: Reply) -> Reply:
        if "comment" not in self.sent:
            return reply
        return change_reply(reply=reply, by=self.person, revision=reply.revision, comment=self.sent["comment"])

    def delete(self, request: Request, **place: Any) -> HttpResponse:
        self.under_condition(lambda reply: delete_reply(reply=reply, by=self.person))
        return HttpResponse(status=204)
