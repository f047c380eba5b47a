"""Saved searches: one's own and one's teams'."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from monitor.annotations.actions import find_team
from monitor.api.listed import Listing, Showing
from monitor.api.parameters import IDENTITY, column
from monitor.api.preconditions import etag
from monitor.api.rows.keeping import search_said
from monitor.api.serializers.keeping import SavedSearchShown, SavedSearchTaken
from monitor.api.sign_in import SignedIn
from monitor.api.written import Changing, Making, made, said
from monitor.search.alerts import asked_of
from monitor.search.resolving import Asked
from monitor.search.saving import change_search, delete_search, may_change, save_search, searches_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request

    from monitor.search.saved_models import SavedSearch


class SavedSearches(Showing):
    """What lists and single searches have in common."""

    permission_classes = [SignedIn]
    shows = SavedSearchShown

    def seen(self) -> Any:
        return searches_for(self.person)

    def fetched(self, found: Any) -> Any:
        return found.select_related("owner", "team")

    def told(self, row: Any) -> Any:
        return search_said(row, self.links, self.person)

    def etag_of(self, row: SavedSearch) -> str:
        """Return a validator made of all that can be changed of it: such a row has no revision."""
        told = (row.name, row.query, sorted(row.chosen.items()), row.since, row.until, row.sort, row.team_id)
        return etag(sha256(repr(told).encode()).hexdigest()[:32])

    def read_again(self, search: SavedSearch) -> SavedSearch:
        found: SavedSearch | None = self.fetched(self.seen().filter(pk=search.pk)).first()
        if found is None:
            raise Http404
        return found

    def team(self, sent: Mapping[str, Any]) -> Any:
        return find_team(self.person, str(sent["team"])) if sent.get("team") else None


class SavedSearchList(SavedSearches, Listing, Making):
    """`GET` the searches one may see; `POST` one more, which one follows from then on."""

    filters = (column("team", IDENTITY, "team__uid", "For this team."),)
    takes: ClassVar = {"POST": SavedSearchTaken}

    def make(self, sent: Any) -> HttpResponse:
        asked = Asked(sent["query"], _chosen(sent.get("chosen")), sent["since"], sent["until"])
        search = self.read_again(save_search(by=self.person, name=sent["name"], asked=asked, team=self.team(sent)))
        told = self.told(search)
        return made(told, location=told["url"], etag=self.etag_of(search))


class OneSavedSearch(SavedSearches, Changing):
    """`GET`, `PUT`, `PATCH` and `DELETE` one; only who keeps it changes it."""

    key = "uid"
    revision = "updated"
    takes: ClassVar = {"PUT": SavedSearchTaken, "PATCH": SavedSearchTaken}

    def must_be_let(self) -> None:
        if self.request.method in {"PUT", "PATCH", "DELETE"} and not may_change(self.thing, self.person):
            raise PermissionDenied("Only who keeps a search can change it.")

    def held(self) -> Any:
        return self.seen().filter(pk=self.thing.pk).select_for_update(of=("self",)).first()

    def put(self, request: Request, **place: Any) -> HttpResponse:
        search = self.read_again(self.under_condition(self._change))
        return said(self.told(search), ETag=self.etag_of(search))

    patch = put

    def _change(self, search: SavedSearch) -> SavedSearch:
        sent, before = self.sent, asked_of(search)
        asked = Asked(
            sent.get("query", before.query),
            _chosen(sent["chosen"]) if "chosen" in sent else before.chosen,
            sent.get("since", before.since),
            sent.get("until", before.until),
        )
        team = self.team(sent) if "team" in sent else search.team
        change_search(search=search, by=self.person, name=sent.get("name", search.name), asked=asked, team=team)
        return search

    def delete(self, request: Request, **place: Any) -> HttpResponse:
        self.under_condition(lambda search: delete_search(search=search, by=self.person))
        return HttpResponse(status=204)


def _chosen(sent: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in (sent or {}).items() if values}
