"""Annotations and replies, which Postgres writes as JSON: what both have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

import orjson
from django.http import Http404

from monitor.api.listed import Showing
from monitor.api.preconditions import etag, state_read
from monitor.api.rows.annotations import drawn
from monitor.api.sign_in import SignedIn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.annotations.models import Annotation, Reply


class Drawn(Showing):
    """Rows whose answer is drawn by the database."""

    permission_classes = [SignedIn]

    @abstractmethod
    def members(self) -> Mapping[str, Any]:
        """Return what is said of a row, as expressions by their names."""

    def fetched(self, found: Any) -> Any:
        return drawn(found, self.members(), self.asked.fields)

    def told(self, row: Any) -> Any:
        return orjson.Fragment(row["drawn"])

    def etag_read(self, said: Any) -> str:
        """Return the validator of a single thing: tags are renamed, merged and deleted without touching what bears them."""
        return etag(state_read(self.thing.revision, orjson.dumps(said)))

    def row(self, thing: Annotation | Reply, fields: Iterable[str] | None = None) -> dict[str, Any]:
        """Return a thing as its answer is drawn: read anew, so that what was changed just now is all there."""
        row: dict[str, Any] | None = drawn(self.seen().filter(pk=thing.pk), self.members(), fields).first()
        if row is None:
            raise Http404
        return row
