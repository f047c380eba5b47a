"""Annotations: lists, making, reading, changing, taking away, resolving; and their replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

import orjson
from django.db.models import Q
from django.http import Http404, HttpResponse

from monitor.annotations import actions
from monitor.annotations.folded_words import with_words
from monitor.annotations.models import Annotation, AnnotationSpan, SpanState, Visibility
from monitor.annotations.notebook_filters import TAG, in_state
from monitor.annotations.permissions import Act, must
from monitor.annotations.refusals import OtherBody
from monitor.api.annotation_drafts import draft_of, tags_borne, tags_named
from monitor.api.kept_answers import answer_once
from monitor.api.listed import Listing
from monitor.api.parameters import IDENTITY, MOMENT, WHOLE, Filter, column, one_of, words
from monitor.api.preconditions import etag
from monitor.api.problems import Gone
from monitor.api.rows.annotations import annotation_members
from monitor.api.serializers.annotations import AnnotationShown, AnnotationTaken, WordsTaken
from monitor.api.views.drawn import Drawn
from monitor.api.written import Changing, Making, made, said
from monitor.library.keyset import Key
from monitor.library.models import Article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rest_framework.request import Request

    from monitor.accounts.models import User
    from monitor.api.parameters import Asked

STATES = {"open": "open", "resolved": "resolved", "fuzzy": "moved", "orphan": "lost", "commented": "commented", "untagged": "untagged"}  # fmt: skip
BY_TIME = (Key("created", "moment"), Key("number", "number"))


def _person(asked: Asked) -> User:
    person: Any = asked.person
    user: User = person
    return user


def _of_owners(names: Sequence[str], asked: Asked) -> Q:
    mine = Q(owner=_person(asked)) if "me" in names else Q()
    return mine | Q(owner__username__in=[name for name in names if name != "me"])


def _in_states(names: Sequence[str], asked: Asked) -> Q:
    found = Q(pk__in=[])
    for name in names:
        found |= _exact() if name == SpanState.EXACT else in_state(_person(asked), STATES[name])
    return found


def _exact() -> Q:
    spans = AnnotationSpan.objects.order_by()
    return Q(pk__in=spans.values("annotation")) & ~Q(pk__in=spans.exclude(state=SpanState.EXACT).values("annotation"))


def _with_all_words(texts: Sequence[str], asked: Asked) -> Q:
    found = Q(pk__in=[])
    for text in texts:
        found |= with_words(text)
    return found


FILTERS = (
    column("article", WHOLE, says="On this article."),
    column("issue", WHOLE, says="On this issue as a whole."),
    Filter("owner", words(150), "Whose: `me`, or a user name.", where=_of_owners),
    column("visibility", one_of(*Visibility.values), says="Who may read it."),
    column("team", IDENTITY, "team__uid", "For this team."),
    Filter("tag", words(400), "With this tag (its path) or one below it.",
           where=lambda paths, asked: TAG.condition(_person(asked), paths)),
    Filter("state", one_of(SpanState.EXACT, *STATES), "In this state.", where=_in_states),
    Filter("updated_after", MOMENT, "Changed after this moment.",
           where=lambda moments, asked: Q(updated__gt=min(moments))),
    Filter("q", words(400), "With these words in the comment or the quote.", where=_with_all_words),
)  # fmt: skip


class Annotations(Drawn):
    """What lists and single annotations have in common."""

    shows = AnnotationShown

    def seen(self) -> Any:
        return Annotation.objects.visible_to(self.person)

    def members(self) -> Mapping[str, Any]:
        return annotation_members(self.person, self.links)

    def answer(self, mark: Annotation) -> HttpResponse:
        row = self.row(mark)
        return said(orjson.Fragment(row["drawn"]), ETag=etag(row["revision"]))


class AnnotationList(Annotations, Listing, Making):
    """`GET` what one may see, oldest first; `POST` a new one."""

    filters = FILTERS
    order = BY_TIME
    takes: ClassVar = {"POST": AnnotationTaken}

    def make(self, sent: Any) -> HttpResponse:
        draft = draft_of(sent, self.person)
        mark, is_new = actions.create_annotation(uid=sent.get("uuid") or uuid4(), by=self.person, draft=draft)
        if not is_new and mark.revision == 1 and not self._is_like(mark, draft):
            raise OtherBody
        row = self.row(mark)
        place = self.links.api("annotations", mark.uid)
        return made(orjson.Fragment(row["drawn"]), location=place, etag=etag(row["revision"]), is_new=is_new)

    def _is_like(self, mark: Annotation, draft: actions.Draft) -> bool:
        """Tell whether an annotation is what this draft would make, beyond what its own room compares."""
        same = (mark.colour, mark.visibility, mark.team) == (draft.colour, draft.visibility, draft.team)
        names = sorted(tag.key for tag in tags_borne(mark, self.person))
        return same and names == sorted(tag.key for tag in draft.tags)


class ArticleAnnotations(Annotations, Listing):
    """`GET` the annotations on one article."""

    filters = FILTERS[2:]
    order = BY_TIME

    def find(self, **place: Any) -> Any:
        article = Article.objects.visible_to(self.person).filter(pk=place["pk"]).values("pk").first()
        if article is None:
            raise Http404
        return article

    def seen(self) -> Any:
        return super().seen().filter(article=self.thing["pk"])


class OneMark(Annotations, Changing):
    """What is done with one annotation at its address."""

    key = "uid"
    revision = "revision"

    def find(self, **place: Any) -> Any:
        mark = self.seen().filter(uid=place["uid"]).select_related("team").first()
        if mark is None:
            raise Gone if Annotation.objects.in_trash_of(self.person).filter(uid=place["uid"]).exists() else Http404
        return mark

    def held(self) -> Any:
        return self.seen().filter(pk=self.thing.pk).select_for_update(of=("self",)).first()


class OneAnnotation(OneMark):
    """`GET`, `PUT`, `PATCH` and `DELETE` one; deleting puts it into its owner's trash."""

    # Who had it finds it in the trash.
    answers: ClassVar = {method: {410: None} for method in ("GET", "PUT", "PATCH", "DELETE")}
    takes: ClassVar = {"PUT": WordsTaken, "PATCH": WordsTaken}

    def must_be_let(self) -> None:
        if self.request.method in {"PUT", "PATCH"}:
            must(self.person, Act.EDIT, self.thing)
        elif self.request.method == "DELETE":
            must(self.person, Act.DELETE, self.thing)

    def told(self, row: Any) -> Any:
        return super().told(self.row(row, self.asked.fields))

    def put(self, request: Request, **place: Any) -> HttpResponse:
        return self.answer(self.under_condition(self._change))

    patch = put

    def _change(self, mark: Annotation) -> Annotation:
        sent, by = self.sent, self.person
        visibility, team = self._readers(mark, sent)
        words = {name: sent[name] for name in ("comment", "colour") if name in sent}
        if "tags" in sent:
            borne = tags_borne(mark, by)
            words["tags"] = tags_named(sent["tags"], by=by, visibility=visibility, team=team, borne=borne)
        if (visibility, team) != (mark.visibility, mark.team):
            words["readers"] = visibility, team
        return actions.change_annotation(mark=mark, by=by, revision=mark.revision, **words) if words else mark

    def _readers(self, mark: Annotation, sent: dict[str, Any]) -> tuple[str, Any]:
        visibility = sent.get("visibility", mark.visibility)
        if sent.get("team") is not None:
            return Visibility.TEAM, actions.find_team(self.person, str(sent["team"]))
        return visibility, mark.team if visibility == Visibility.TEAM else None

    def delete(self, request: Request, **place: Any) -> HttpResponse:
        self.under_condition(lambda mark: actions.delete_annotation(mark=mark, by=self.person))
        return HttpResponse(status=204)


class Resolving(OneMark):
    """`POST` closes a thread, `DELETE` opens it again; both may be said twice."""

    http_method_names = ["post", "delete", "options"]
    changes_need_if_match = False
    answers: ClassVar = {method: {200: AnnotationShown, 410: None} for method in ("POST", "DELETE")}

    def must_be_let(self) -> None:
        must(self.person, Act.RESOLVE, self.thing)

    def post(self, request: Request, **place: Any) -> HttpResponse:
        return answer_once(request, b"", lambda: self.answer(self.under_condition(self._resolve)))

    def delete(self, request: Request, **place: Any) -> HttpResponse:
        return self.answer(self.under_condition(self._reopen))

    def _resolve(self, mark: Annotation) -> Annotation:
        return mark if mark.resolved else actions.resolve_annotation(mark=mark, by=self.person)

    def _reopen(self, mark: Annotation) -> Annotation:
        return actions.reopen_annotation(mark=mark, by=self.person) if mark.resolved else mark
