"""One annotation or reply: read, replaced, deleted; told to be gone to whoever deleted it, and to nobody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.transaction import atomic
from django.http import Http404, HttpResponse
from django.urls import reverse

from monitor.annotations.actions import delete_annotation
from monitor.annotations.foreign import change_reply_sent, replace_sent
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Annotation, Reply, Visibility
from monitor.annotations.permissions import Act, must
from monitor.annotations.replies import delete_reply, scope_reply
from monitor.annotations.trash import has_deleted
from monitor.api.anno.protocol import NotAnAnnotation, Protocol
from monitor.api.preconditions import state_read
from monitor.api.problems import Conflict, Gone, Impossible, Stale
from monitor.interchange.annotation_queries import annotation_records, reply_records
from monitor.interchange.iris import our_address
from monitor.interchange.web_annotation import web_annotation, web_reply
from monitor.interchange.web_annotation_reading import NotTaken
from monitor.interchange.web_annotation_storing import (
    BORDER,
    draft_of,
    find_about,
    find_row,
    readers_of,
    sent_of,
    uid_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

    from monitor.accounts.models import User
    from monitor.interchange.web_annotation_reading import ReadAnnotation
    from monitor.interchange.web_annotation_storing import Row

ACTS = {"PUT": Act.EDIT, "DELETE": Act.DELETE}


def described(row: Row, person: User, site: str) -> dict[str, Any]:
    """Return an annotation or reply in whole as this person sees it. Raises Http404 for what they do not see."""
    if isinstance(row, Reply):
        said = reply_records([row.pk], person).get(row.pk)
        told = web_reply(said, said.answers, site) if said else None
    else:
        record = next(annotation_records([row.pk], person, site=site), None)
        told = web_annotation(record, site) if record else None
    if told is None:
        raise Http404
    return {"@context": "http://www.w3.org/ns/anno.jsonld", **told}


class Single(Protocol):
    """`/anno/<uuid or slug>`."""

    allow = "GET, HEAD, OPTIONS, PUT, DELETE"
    links_to = ('<http://www.w3.org/ns/ldp#Resource>; rel="type"', '<http://www.w3.org/ns/oa#Annotation>; rel="type"')
    http_method_names = ["get", "head", "options", "put", "delete"]

    def find(self, **place: Any) -> Row:
        row = find_row(place["address"], self.person)
        if row is None:
            uid = uid_at(place["address"])
            if uid and has_deleted(self.person, uid):
                raise Gone
            raise Http404
        return row

    def must_be_let(self) -> None:
        if self.request.method in ACTS:
            must(self.person, ACTS[self.request.method], self.thing)

    def get(self, request: Request, address: str) -> HttpResponse:
        if self.wants_page:
            return self.lead_to(self.site + _page_of(self.thing))
        slug = ForeignMark.objects.filter(**_own(self.thing), border=BORDER).values_list("slug", flat=True).first()
        if slug and address != slug:
            return self.lead_to(f"{self.site}/anno/{slug}", status=301)
        value = described(self.thing, self.person, self.site)
        etag = self.validator(state_read(self.thing.revision, json.dumps(value).encode()))
        return self.unchanged(request, etag) or self.answer(value, headers={"ETag": etag})

    def put(self, request: Request, address: str) -> HttpResponse:
        read = self.read(request)
        return self._told(self._under_condition(lambda held: self._replace(held, read)))

    def delete(self, request: Request, address: str) -> HttpResponse:
        def act(held: Row) -> Row:
            if isinstance(held, Reply):
                return delete_reply(reply=held, by=self.person)
            return delete_annotation(mark=held, by=self.person)

        self._under_condition(act)
        return HttpResponse(status=204)

    def _told(self, row: Row) -> HttpResponse:
        headers = {"ETag": self.validator(row.revision)}
        return self.answer(described(row, self.person, self.site), headers=headers)

    def _under_condition(self, act: Callable[[Row], Row]) -> Row:
        """Do it with the locked row, and take it back unless the row is as If-Match says: what is impossible goes first."""
        with atomic():
            kind: Any = type(self.thing)
            held = kind.objects.visible_to(self.person).filter(pk=self.thing.pk).select_for_update(of=("self",))
            row: Row | None = held.first()
            if row is None:
                raise Http404
            revision = row.revision
            done = act(row)
            named = (f'"{revision}"', f'"{revision}-ttl"')
            if self.condition is not None and not any(self.condition.is_met_by(one) for one in named):
                raise Stale(self.validator(revision))
        return done

    def _replace(self, held: Row, read: ReadAnnotation) -> Row:
        before = ForeignMark.objects.filter(**_own(held), border=BORDER).first()
        more: dict[str, Any] = before.more if before else {}
        self._must_be_this_one(held, read, more)
        by = self.person
        try:
            about = find_about(read, by, self.hosts)
        except NotTaken as refused:
            raise NotAnAnnotation(refused) from refused
        if isinstance(held, Reply):
            if about.mark is None or about.mark.pk != held.annotation_id:
                raise Impossible("A reply stays with what it answers; delete it and make another.")
            readers = readers_of(read, by, self.hosts)
            sent = sent_of(read, readers, site=self.site, first=more)
            changed = change_reply_sent(reply=held, by=by, revision=held.revision, comment=read.comment, sent=sent)
            private = readers.visibility == Visibility.PRIVATE
            is_other = private != (changed.visibility == Visibility.PRIVATE)
            return scope_reply(reply=changed, by=by, private=private) if is_other else changed
        place = (about.article.pk if about.article else None, about.issue.pk if about.issue else None)
        if about.mark or place != (held.article_id, held.issue_id):
            raise Impossible("An annotation stays with its document; delete it and make another.")
        readers = readers_of(read, by, self.hosts)
        sent = sent_of(read, readers, site=self.site, first=more)
        draft = draft_of(read, about, readers, by)
        return replace_sent(mark=held, by=by, revision=held.revision, draft=draft, sent=sent)

    def _must_be_this_one(self, held: Row, read: ReadAnnotation, more: dict[str, Any]) -> None:
        canonical = more.get("canonical") or f"urn:uuid:{held.uid}"
        if read.canonical and read.canonical != canonical:
            raise Conflict("Its canonical address is another, and that never changes.")
        named = our_address(read.id, self.hosts) if read.id else None
        if read.id and not (named and named.kind == "annotation" and uid_at(named.key) == held.uid):
            raise Conflict("Its id is that of another annotation.")


def _own(row: Row) -> dict[str, Any]:
    return {"annotation": row} if isinstance(row, Annotation) else {"reply": row}


def _page_of(row: Row) -> str:
    return reverse("mark", args=[row.annotation.uid if isinstance(row, Reply) else row.uid])
