"""How rows of one table become objects of the API: which of them one may see, what is read of them, what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q
from django.db.models.functions import JSONObject

from monitor.api.links import stamp
from monitor.library.keyset import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser

    from monitor.accounts.models import User
    from monitor.api.links import Links

    Person = User | AnonymousUser
    Row = Mapping[str, Any]
    Said = dict[str, Any]

BY_KEY = (Key("pk", "number"),)
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: `seen` gives the rows that a person may see, `read` the columns that one statement fetches.

    `order` names columns that are fetched and tell any two rows apart. `more` is read of a single thing beside `read`,
    `told` and `told_more` put it into the words of the API.
    """

    name: str  # of the resource in addresses
    seen: Callable[[Person], Any]
    read: Callable[[Person], Mapping[str, Any]]
    told: Callable[[Row, Links], Said]
    order: Sequence[Key] = BY_KEY
    listed: Callable[[Person], Any] | None = None  # where a list shows less than can be asked for by its key
    more: Callable[[Person], Mapping[str, Any]] = field(default=lambda person: {})
    told_more: Callable[[Row, Links], Said] = field(default=lambda row, links: {})

    def in_lists(self, person: Person) -> Any:
        return (self.listed or self.seen)(person)

    def rows(self, found: Any, person: Person) -> Any:
        """Return rows as mappings, one statement for however many."""
        return fetched(found, self.read(person))

    def single(self, found: Any, person: Person, links: Links) -> Said | None:
        """Return all that is said of the first of these rows, or None."""
        row = fetched(found, {**self.read(person), **self.more(person)}).first()
        return None if row is None else {**self.told(row, links), **self.told_more(row, links)}


def fetched(found: Any, read: Mapping[str, Any]) -> Any:
    """Return rows with these columns: a name of a field or of a path, or an expression for what is computed."""
    plain = [name for name, column in read.items() if column is None]
    computed = {name: column for name, column in read.items() if column is not None}
    return found.values(*plain, **computed)


def plain(*names: str) -> dict[str, Any]:
    """Return columns that are read as they stand."""
    return dict.fromkeys(names)


def beginning(row: Row, links: Links, resource: str, page: str) -> Said:
    """Return what every object of the API begins with."""
    return {
        "id": row["pk"],
        "url": links.api(resource, row["pk"]),
        "html_url": links.page(page),
        "created": stamp(row["created"]),
        "updated": stamp(row["updated"]),
    }


def several(rows: Any, **columns: Any) -> Any:
    """Return a column that holds all of these rows as objects, in their order, within the row at hand."""
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def in_json(**columns: Any) -> Any:
    """Return several such columns as one value."""
    return JSONObject(**columns)


def keyed(values: Sequence[str], *columns: str) -> Q:
    """Return the condition of rows that are named by their id or by one of these columns."""
    wanted = Q(pk__in=[int(one) for one in values if one.isascii() and one.isdigit() and int(one) <= LARGEST])
    for column in columns:
        wanted |= Q(**{f"{column}__in": values})
    return wanted
