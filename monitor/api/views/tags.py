"""Tags: the codebooks that one may see, and their keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q
from django.http import Http404, HttpResponse

from monitor.annotations.actions import find_team
from monitor.annotations.codebook import STEP, delete_tag, describe_tag, make_tag, move_tag, must_keep, rename_tag
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import Tag
from monitor.api.listed import Listing, Showing
from monitor.api.parameters import IDENTITY, Filter, column, one_of, words
from monitor.api.preconditions import etag
from monitor.api.rows.keeping import tag_said
from monitor.api.serializers.keeping import TAG_SCOPES, TagChange, TagShown, TagTaken
from monitor.api.sign_in import SignedIn
from monitor.api.written import Changing, Making, made, said
from monitor.library.keyset import Key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from rest_framework.request import Request

    from monitor.api.parameters import Asked

IN_SCOPE = {"shared": Q(owner=None, team=None), "mine": Q(owner__isnull=False), "team": Q(team__isnull=False)}


def _in_scopes(names: Sequence[str], asked: Asked) -> Q:
    found = Q(pk__in=[])
    for name in names:
        found |= IN_SCOPE[name]
    return found


def _below(paths: Sequence[str], asked: Asked) -> Q:
    found = Q(path__in=paths)
    for path in paths:
        found |= Q(path__startswith=path + STEP)
    return found


class Tags(Showing):
    """What lists and single tags have in common."""

    permission_classes = [SignedIn]
    shows = TagShown

    def seen(self) -> Any:
        return Tag.objects.visible_to(self.person)

    def fetched(self, found: Any) -> Any:
        return found.select_related("team", "parent")

    def told(self, row: Any) -> Any:
        return tag_said(row, self.links)

    def parent(self, uid: UUID | None) -> Tag | None:
        """Return the tag that another is to stand below; raise CannotAnnotate for one that is not there for its sender."""
        found: Tag | None = None if uid is None else self.seen().filter(uid=uid).first()
        if uid is not None and found is None:
            raise CannotAnnotate("There is no such tag to stand below.")
        return found


class TagList(Tags, Listing, Making):
    """`GET` the tags that one may use, by path; `POST` one more, or get the one of that name."""

    filters = (
        Filter("scope", one_of(*TAG_SCOPES), "In these codebooks.", where=_in_scopes),
        column("team", IDENTITY, "team__uid", "Of this team."),
        Filter("path", words(400), "With this path, or below it.", where=_below),
    )
    order = (Key("path", "text"), Key("pk", "number"))
    takes: ClassVar = {"POST": TagTaken}

    def make(self, sent: Any) -> HttpResponse:
        team = find_team(self.person, str(sent["team"])) if sent.get("team") else None
        parent = self.parent(sent.get("parent"))
        if parent and (parent.owner_id is not None, parent.team) != (sent["scope"] == "mine", team):
            raise CannotAnnotate("A tag goes below another one of its codebook.")
        private, colour = sent["scope"] == "mine", sent.get("colour", "")
        tag = make_tag(name=sent["name"], by=self.person, parent=parent, team=team, private=private, colour=colour)
        told = self.told(tag)
        return made(told, location=told["url"], etag=etag(tag.revision))


class OneTag(Tags, Changing):
    """`GET`, `PATCH` and `DELETE` one tag; its old paths go on leading to it."""

    key = "uid"
    revision = "revision"
    takes: ClassVar = {"PATCH": TagChange}

    def must_be_let(self) -> None:
        if self.request.method in {"PATCH", "DELETE"}:
            must_keep(self.thing, self.person)

    def held(self) -> Any:
        return self.seen().filter(pk=self.thing.pk).select_for_update(of=("self",)).first()

    def patch(self, request: Request, **place: Any) -> HttpResponse:
        self.under_condition(self._change)
        tag = self.fetched(self.seen().filter(pk=self.thing.pk)).first()
        if tag is None:
            raise Http404
        return said(self.told(tag), ETag=etag(tag.revision))

    def _change(self, tag: Tag) -> Tag:
        sent, by = self.sent, self.person
        if "name" in sent and sent["name"] != tag.name:
            tag = rename_tag(tag=tag, by=by, revision=tag.revision, name=sent["name"])
        if "parent" in sent and sent["parent"] != (tag.parent.uid if tag.parent else None):
            tag = move_tag(tag=tag, by=by, revision=tag.revision, parent=self.parent(sent["parent"]))
        told = {name: sent.get(name, getattr(tag, name)) for name in ("definition", "example", "colour")}
        if any(told[name] != getattr(tag, name) for name in told):
            tag = describe_tag(tag=tag, by=by, revision=tag.revision, **told)
        return tag

    def delete(self, request: Request, **place: Any) -> HttpResponse:
        self.under_condition(lambda tag: delete_tag(tag=tag, by=self.person, revision=tag.revision))
        return HttpResponse(status=204)
