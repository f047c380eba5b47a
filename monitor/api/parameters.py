"""What may stand in the query of an address: each parameter is declared, and what is not is refused.

A typo must not return everything, so an unknown name and a value that says nothing are errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from rest_framework.exceptions import ErrorDetail, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict

    from monitor.accounts.models import User

    Person = User | AnonymousUser

LARGEST = 2**63 - 1
USUAL_SIZE, MOST = 20, 100
STORABLE = r"[^\u0000]"  # in patterns: a character that the database can hold
MOST_TIMES = 20  # that a parameter may be given
_WHOLE = re.compile(r"\A[1-9][0-9]{0,18}\Z")
_DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MOMENT = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:]{5,8}(?:\.[0-9]{1,6})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})\Z")
_UUID = re.compile(r"\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one value of a parameter; ValueError has a sentence. `schema` says the same to OpenAPI."""

    schema: Mapping[str, Any]
    read: Callable[[str], Any]


def _whole(text: str) -> int:
    if not _WHOLE.match(text) or int(text) > LARGEST:
        raise ValueError("Give a whole number from 1 on.")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text if _DAY.match(text) else "")
    except ValueError as error:
        raise ValueError("Give a day as YYYY-MM-DD.") from error


def _moment(text: str) -> datetime:
    # A plus sign that was not escaped is a blank by now.
    written = re.sub(r" ([0-9]{2}:[0-9]{2})\Z", r"+\1", text)
    try:
        # In UTC: the database knows no zone that is further than 16 hours from it.
        return datetime.fromisoformat(written.upper() if _MOMENT.match(written) else "").astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("Give a moment as 2022-02-14T09:30:00Z, with its zone.") from error


def _uuid(text: str) -> UUID:
    if not _UUID.match(text):
        raise ValueError("Give a UUID with its hyphens.")
    return UUID(text)


def _flag(text: str) -> bool:
    if text not in _FLAGS:
        raise ValueError("Give true or false.")
    return _FLAGS[text]


WHOLE = Reader({"type": "integer", "minimum": 1, "maximum": LARGEST}, _whole)
DAY = Reader({"type": "string", "format": "date"}, _day)
MOMENT = Reader({"type": "string", "format": "date-time"}, _moment)
IDENTITY = Reader({"type": "string", "format": "uuid"}, _uuid)
FLAG = Reader({"type": "boolean"}, _flag)
ANYTHING = Reader({"type": "string"}, str)


def words(longest: int = 400, shortest: int = 1) -> Reader:
    """Return a reader of text of a bounded length, in code points."""

    def read(text: str) -> str:
        if not shortest <= len(text) <= longest:
            raise ValueError(f"Give {shortest} to {longest} characters.")
        return text

    return Reader({"type": "string", "pattern": f"^{STORABLE}{{{shortest},{longest}}}$"}, read)


def one_of(*values: str) -> Reader:
    """Return a reader of these words."""

    def read(text: str) -> str:
        if text not in values:
            raise ValueError(f"Give one of {', '.join(values)}.")
        return text

    return Reader({"type": "string", "enum": list(values)}, read)


def either(*readers: Reader) -> Reader:
    """Return a reader of what any of these reads, the first that does: a key or a slug."""

    def read(text: str) -> Any:
        for reader in readers:
            try:
                return reader.read(text)
            except ValueError as error:
                refused = error
        raise refused

    return Reader({"anyOf": [dict(reader.schema) for reader in readers]}, read)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name that a query may have. `says` is for people, in the API's documentation."""

    name: str
    reader: Reader
    says: str = ""
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class Filter(Parameter):
    """A parameter that narrows a list. Given several times: any of the values; several filters: all of them.

    `where` gets the values as a list and the whole `Asked`; ValueError with a sentence from it is a bad value, too.
    """

    where: Callable[[Sequence[Any], Asked], Q] = field(default=lambda values, asked: Q())
    is_many: bool = True


def column(name: str, reader: Reader, path: str = "", says: str = "") -> Filter:
    """Return a filter by a column of the rows: any of the values."""
    return Filter(name, reader, says, where=lambda values, asked: Q(**{f"{path or name}__in": list(values)}))


def _page_size(text: str) -> int:
    if not _WHOLE.match(text) or int(text) > MOST:
        raise ValueError(f"Give a whole number from 1 to {MOST}.")
    return int(text)


SIZE = Parameter(
    "page_size",
    Reader({"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, _page_size),
    "How many a page has.",
)
CURSOR = Parameter("cursor", words(2000), "Where the page begins: from `next` or `previous` of another page.")
COUNT = Parameter("count", one_of("exact"), "`exact` adds `total`, which costs a count.")
PAGING = (SIZE, CURSOR, COUNT)


def fields_parameter(names: Sequence[str]) -> Parameter:
    """Return the parameter that chooses what is said of each thing."""
    one = f"({'|'.join(names)})"
    schema = {"type": "string", "pattern": f"^{one}(,{one})*$"}
    return Parameter("fields", Reader(schema, lambda text: _fields(text, names)), "Only these fields, with commas.")


def _fields(text: str, names: Sequence[str]) -> frozenset[str]:
    chosen = frozenset(text.split(","))
    if unknown := sorted(chosen - {*names}):
        raise ValueError(f"There is no field {unknown[0][:40]!r}; there are {', '.join(names)}.")
    return chosen


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query says: `values` by name, lists where a parameter is given several times; and who asks."""

    person: Person
    values: Mapping[str, Any]

    @property
    def fields(self) -> frozenset[str] | None:
        """Return the fields chosen, None for all."""
        return self.values.get("fields")

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def condition(self, parameters: Sequence[Parameter]) -> Q:
        """Return what all filters say together."""
        found, wrong = Q(), {}
        for one in parameters:
            if isinstance(one, Filter) and one.name in self.values:
                try:
                    found &= one.where(self.values[one.name], self)
                except ValueError as error:
                    wrong[one.name] = [ErrorDetail(str(error), code="invalid")]
        if wrong:
            raise ValidationError({"?" + name: told for name, told in wrong.items()})
        return found


def read_query(query: QueryDict, parameters: Sequence[Parameter], person: Person) -> Asked:
    """Return what a query says; ValidationError names each parameter that is unknown, doubled or says nothing."""
    known = {one.name: one for one in parameters}
    values: dict[str, Any] = {}
    wrong: dict[str, list[ErrorDetail]] = {}
    for name in query:
        try:
            values[name] = _read(known.get(name), query.getlist(name))
        except ValueError as error:
            wrong["?" + name[:80]] = [ErrorDetail(str(error), code="invalid" if name in known else "unknown")]
    if wrong:
        raise ValidationError(wrong)
    return Asked(person, values)


def _read(parameter: Parameter | None, texts: Sequence[str]) -> Any:
    if parameter is None:
        raise ValueError("There is no such parameter here.")
    if parameter.is_many and len(texts) > MOST_TIMES:
        raise ValueError(f"Give it at most {MOST_TIMES} times.")
    if parameter.is_many:
        return [parameter.reader.read(text) for text in texts]
    if len(texts) > 1:
        raise ValueError("Give it once.")
    return parameter.reader.read(texts[0])
