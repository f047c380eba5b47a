"""Resources that only show things of one kind (see `rows.kinds`): lists, and single things with a validator of all they say."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from django.http import Http404, HttpResponseNotModified
from rest_framework.response import Response

from monitor.api.listed import Listing, Single
from monitor.api.preconditions import etag, is_known

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from rest_framework.request import Request

    from monitor.api.rows.kinds import Kind

DIGEST = 16  # bytes


class ListOfKind(Listing):
    kind: ClassVar[Kind]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "kind" in vars(cls):
            cls.order = cls.kind.order

    def seen(self) -> Any:
        return self.kind.in_lists(self.request.user)

    def fetched(self, found: Any) -> Any:
        return self.kind.rows(found, self.request.user)

    def told(self, row: Any) -> Any:
        return self.kind.told(row, self.links)


class OneOfKind(Single):
    """`GET` one thing with all that is said of it. `where` may say how an address finds it."""

    kind: ClassVar[Kind]

    def seen(self) -> Any:
        return self.kind.seen(self.request.user)

    def found(self, **place: Any) -> Any:
        """Return the rows, none or one, that an address names."""
        return self.seen().filter(**self.where(**place))

    def find(self, **place: Any) -> Any:
        said = self.kind.single(self.found(**place), self.request.user, self.links)
        if said is None:
            raise Http404
        return said

    def told(self, row: Any) -> Any:
        return row

    def get(self, request: Request, **place: Any) -> HttpResponseBase:
        said = self.chosen(self.thing)
        current = etag(hashlib.blake2b(orjson.dumps(said), digest_size=DIGEST).hexdigest())
        if is_known(request, current):
            return HttpResponseNotModified(headers={"ETag": current})
        return Response(said, headers={"ETag": current})
