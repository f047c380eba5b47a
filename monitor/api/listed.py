"""Resources that show things: a list in pages, and one thing with its validator."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404, HttpResponseNotModified
from rest_framework.response import Response

from monitor.api.paging import Page, page_of
from monitor.api.parameters import PAGING, Parameter, fields_parameter
from monitor.api.preconditions import etag, is_known
from monitor.api.resources import Resource
from monitor.library.keyset import Key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponseBase
    from rest_framework.request import Request

    from monitor.api.fields import Shown


class Showing(Resource, ABC):
    """What lists and single things have in common. A subclass says `shows`, `seen`, and `told` for each row."""

    shows: ClassVar[type[Shown]]

    @abstractmethod
    def seen(self) -> Any:
        """Return the queryset of what this person may see; every answer starts there."""

    def fetched(self, found: Any) -> Any:
        """Return the rows to be read, model rows or `values`: joined, annotated, with no more than is told."""
        return found

    def told(self, row: Any) -> Any:
        """Return what the answer says of a row: all names of `shows`, or those chosen (`self.asked.fields`)."""
        return self.shows(row, context={"links": self.links}).data

    def chosen(self, told: Any) -> Any:
        fields = self.asked.fields
        return told if fields is None or not isinstance(told, dict) else {n: told[n] for n in told if n in fields}


class Listing(Showing):
    """`GET` a list: filtered, in pages."""

    filters: ClassVar[Sequence[Parameter]] = ()
    order: ClassVar[Sequence[Key]] = (Key("pk", "number"),)

    def parameters(self) -> Sequence[Parameter]:
        if self.request.method not in {"GET", "HEAD"}:
            return ()
        return (*self.filters, *PAGING, fields_parameter(self.shows.names()))

    def get(self, request: Request, **place: Any) -> HttpResponseBase:
        page = self.page()
        total = {} if page.total is None else {"total": page.total}
        beside = {"next": self._address(page.next), "previous": self._address(page.previous)}
        return Response({**beside, **total, "results": [self.chosen(self.told(row)) for row in page.rows]})

    def page(self) -> Page:
        """Return the page that is asked for."""
        found = self.seen().filter(self.asked.condition(self.filters))
        return page_of(self.fetched(found), self.order, self.asked)

    def _address(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return f"{self.links.page(self.request.path)}?{query.urlencode()}"


class Single(Showing):
    """`GET` one thing. `key` names the column that the address has; `revision` what its validator is made of."""

    key: ClassVar[str] = "pk"
    revision: ClassVar[str] = ""  # name of a column; empty: the thing has no validator

    def parameters(self) -> Sequence[Parameter]:
        return (fields_parameter(self.shows.names()),) if self.request.method in {"GET", "HEAD"} else ()

    def find(self, **place: Any) -> Any:
        row = self.fetched(self.seen().filter(**self.where(**place))).first()
        if row is None:
            raise Http404
        return row

    def where(self, **place: Any) -> Mapping[str, Any]:
        """Return what tells the thing from others, by what the address says."""
        return {self.key: next(iter(place.values()))}

    def etag_of(self, row: Any) -> str:
        revision = row[self.revision] if isinstance(row, dict) else getattr(row, self.revision)
        return etag(revision)

    def get(self, request: Request, **place: Any) -> HttpResponseBase:
        if not self.revision:
            return Response(self.chosen(self.told(self.thing)))
        said = self.chosen(self.told(self.thing))
        current = self.etag_read(said)
        if is_known(request, current):
            return HttpResponseNotModified(headers={"ETag": current})
        return Response(said, headers={"ETag": current})

    def etag_read(self, said: Any) -> str:
        """Return the validator of the thing as this answer says it."""
        return self.etag_of(self.thing)
