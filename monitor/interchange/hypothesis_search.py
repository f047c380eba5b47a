"""What a Hypothesis program asks of `/search`, read from its address. Pure; limits are those of the protocol."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Parameters = Mapping[str, Sequence[str]]

USUAL_LIMIT, MOST_LIMIT = 20, 200
MOST_OFFSET = 9_800
SORTS = ("updated", "created", "group", "id", "user")
MOMENTS = ("updated", "created")
LAST_YEAR = 9_999  # what is less as a number is a year, not milliseconds
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A plus that nobody encoded comes as a blank.
_LOST_PLUS = re.compile(r" (\d\d:\d\d)\Z")
TRUE = {"true", "1", "yes", "on", "t", "y"}


class BadParameter(Exception):
    """`str(error)` names the parameter and says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class AskedRows:
    """A search. Values of one filter stand for any of them, except `tags`, `text`, `quote` and `any`: all must be there."""

    limit: int = USUAL_LIMIT
    offset: int = 0
    sort: str = "updated"
    descending: bool = True
    after: datetime | str | None = None
    uris: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    quote: str = ""
    anywhere: str = ""
    references: tuple[str, ...] = ()
    separate_replies: bool = False


def read_search(parameters: Parameters) -> AskedRows:
    """Return what is asked; names that nobody knows are passed over. Raises BadParameter."""
    sort = _one_of(parameters, "sort", SORTS, "updated")
    after = _last(parameters, "search_after")
    return AskedRows(
        limit=_number(parameters, "limit", USUAL_LIMIT, MOST_LIMIT),
        offset=0 if after else _number(parameters, "offset", 0, MOST_OFFSET),
        sort=sort,
        descending=_one_of(parameters, "order", ("desc", "asc"), "desc") == "desc",
        after=(moment(after) if sort in MOMENTS else after) if after else None,
        uris=(*_all(parameters, "uri"), *_all(parameters, "url")),
        patterns=tuple(map(_pattern, _all(parameters, "wildcard_uri"))),
        users=_all(parameters, "user"),
        groups=_all(parameters, "group"),
        tags=tuple(tag for name in ("tag", "tags") for value in _all(parameters, name) for tag in _tags(value)),
        text=" ".join(_all(parameters, "text")),
        quote=" ".join(_all(parameters, "quote")),
        anywhere=" ".join(_all(parameters, "any")),
        references=_all(parameters, "references"),
        separate_replies=_last(parameters, "_separate_replies").lower() in TRUE,
    )


def _all(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(value for value in parameters.get(name, ()) if value.strip())


def _last(parameters: Parameters, name: str) -> str:
    return next(iter(reversed(_all(parameters, name))), "").strip()


def _number(parameters: Parameters, name: str, usual: int, most: int) -> int:
    written = _last(parameters, name)
    if not written:
        return usual
    digits = written.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise BadParameter(f'{name}: "{written[:40]}" is not a number')
    if written != digits:
        raise BadParameter(f"{name}: {written[:20]} is less than minimum value 0")
    if len(digits) > len(str(most)) + 20 or int(digits) > most:
        raise BadParameter(f"{name}: {written[:20]} is greater than maximum value {most}")
    return int(digits)


def _one_of(parameters: Parameters, name: str, choices: Sequence[str], usual: str) -> str:
    written = _last(parameters, name) or usual
    if written not in choices:
        raise BadParameter(f'{name}: "{written[:40]}" is not one of {", ".join(choices)}')
    return written


def moment(written: str) -> datetime:
    """Return the moment that ISO 8601, or milliseconds since 1970, name; without a zone it is UTC."""
    try:
        number = float(written)
        if number >= LAST_YEAR:
            return EPOCH + timedelta(milliseconds=number)
    except (ValueError, OverflowError):
        pass
    try:
        found = datetime.fromisoformat(_LOST_PLUS.sub(r"+\1", written) if len(written) <= 60 else "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadParameter(
            "search_after: search_after must be a parsable date in the form yyyy-MM-dd'T'HH:mm:ss.SSX"
            " or time in miliseconds since the epoch."
        ) from error


def _pattern(written: str) -> str:
    """Return a pattern of an address as it is, if its wildcards stand behind the host alone."""
    try:
        parts = urlsplit(written)
    except ValueError:
        parts = None
    begun = f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else f"{parts.scheme}:" if parts else ""
    wild = ("*", "_")
    if not parts or not parts.scheme or not written.lower().startswith(begun.lower()):
        raise BadParameter("wildcard_uri: Wildcards are not permitted within the domain of wildcard_uri")
    if any(sign in begun for sign in wild) or not any(sign in written for sign in wild):
        raise BadParameter("wildcard_uri: Wildcards are not permitted within the domain of wildcard_uri")
    return written


def _tags(written: str) -> list[str]:
    """Return the tags that a value names: python-hypothesis writes a list of them as `[weir,violence/raid]`."""
    if written.startswith("[") and written.endswith("]"):
        return [tag.strip() for tag in written[1:-1].split(",") if tag.strip()]
    return [written.strip()]


def like_of(path: str) -> str:
    """Return the pattern of SQL's LIKE for one in which `*` stands for any letters and `_` for one."""
    return path.replace("\\", "\\\\").replace("%", "\\%").replace("*", "%")
