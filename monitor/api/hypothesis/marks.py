"""Annotations and replies: one at a time, and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404

from monitor.accounts.models import User
from monitor.annotations.actions import delete_annotation, hide_annotation, unhide_annotation
from monitor.annotations.flags import flag
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.refusals import NotYours
from monitor.annotations.replies import delete_reply, hide_reply
from monitor.api.hypothesis.answering import Answering
from monitor.api.rates import SEARCH
from monitor.api.sign_in import MayRead
from monitor.interchange.hypothesis_input import read_sent
from monitor.interchange.hypothesis_objects import annotation_object
from monitor.interchange.hypothesis_queries import search_rows
from monitor.interchange.hypothesis_rows import mark_objects
from monitor.interchange.hypothesis_search import read_search
from monitor.interchange.hypothesis_storing import change_row, find_row, keep_sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request

    Row = Annotation | Reply
    Keys = Sequence[tuple[bool, int]]


class Shaping(Answering):
    """What gives objects out."""

    def objects(self, keys: Keys) -> list[dict[str, Any]]:
        """Return the objects of these rows, (is a reply, key), in this order."""
        marks = [key for is_reply, key in keys if not is_reply]
        replies = [key for is_reply, key in keys if is_reply]
        in_sidebar = bool(settings.HYPOTHESIS_CLIENT_URL)
        found = mark_objects(self.person, marks=marks, replies=replies, in_sidebar=in_sidebar)
        return [annotation_object(found[key], self.site) for key in keys if key in found]

    def object_of(self, row: Row) -> dict[str, Any]:
        found = self.objects([(isinstance(row, Reply), row.pk)])
        if not found:  # it went since it was found
            raise Http404
        return found[0]


class Search(Shaping):
    """What somebody sees of annotations, by the protocol's filters. With ANONYMOUS_READ nobody sees none."""

    permission_classes = [MayRead]
    rate = SEARCH

    def get(self, request: Request) -> Any:
        asked = read_search(dict(request.query_params.lists()))
        apart: dict[str, Any] = {"replies": []} if asked.separate_replies else {}
        if not isinstance(request.user, User):
            return {"total": 0, "rows": []} | apart
        found = search_rows(asked, request.user, self.site, self.hosts)
        answer = {"total": found.total, "rows": self.objects(found.rows)}
        return answer | {"replies": self.objects(found.replies)} if asked.separate_replies else answer


class Annotations(Shaping):
    """Where new ones go."""

    def post(self, request: Request) -> Any:
        sent = read_sent(request.data, is_new=True)
        return self.object_of(keep_sent(sent, by=self.person, hosts=self.hosts))


class OneAnnotation(Shaping):
    """An annotation or a reply. PUT changes what it brings and leaves the rest, as PATCH does."""

    def get(self, request: Request, uid: str) -> Any:
        return self.object_of(self.find(uid))

    def patch(self, request: Request, uid: str) -> Any:
        row = self.find(uid)
        changed = change_row(row, read_sent(request.data, is_new=False), by=self.person, hosts=self.hosts)
        return self.object_of(changed)

    put = patch

    def delete(self, request: Request, uid: str) -> Any:
        row = self.find(uid)
        if isinstance(row, Reply):
            delete_reply(reply=row, by=self.person)
        else:
            delete_annotation(mark=row, by=self.person)
        return {"id": str(row.uid), "deleted": True}

    def find(self, uid: str) -> Row:
        row = find_row(uid, self.person)
        if row is None:
            raise Http404
        return row


class Flagging(OneAnnotation):
    """Asking those who keep order to look; one's own words are not there to be flagged."""

    http_method_names = ["put", "options"]

    def put(self, request: Request, uid: str) -> Any:
        row = self.find(uid)
        if row.owner_id == self.person.pk:
            raise NotYours
        flag(written=row, by=self.person)


class Hiding(OneAnnotation):
    """Taking from view, and showing again."""

    http_method_names = ["put", "delete", "options"]

    def put(self, request: Request, uid: str) -> Any:
        self._set(self.find(uid), hidden=True)

    def delete(self, request: Request, uid: str) -> Any:
        self._set(self.find(uid), hidden=False)

    def _set(self, row: Row, *, hidden: bool) -> None:
        if isinstance(row, Reply):
            hide_reply(reply=row, by=self.person, hidden=hidden)
        elif hidden:
            hide_annotation(mark=row, by=self.person)
        else:
            unhide_annotation(mark=row, by=self.person)
