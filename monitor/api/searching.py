"""Asking the search engine for the API: the same compiled query as the page's, and what the page says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import exceptions

from monitor.search.compiled import And, Compiled, Sort, Text, leaves
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.resolving import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from monitor.api.rows.kinds import Person
    from monitor.search.compiled import Node
    from monitor.search.engines.protocol import Engine
    from monitor.search.query_tree import Parsed
    from monitor.search.resolving import Asked, Resolved

    T = TypeVar("T")


class NotNow(exceptions.APIException):
    """The engine gave up, or does not answer."""

    status_code = 503
    default_code = "search_unavailable"


class BrokenQuery(exceptions.ParseError):
    """A query that the page would have to guess at; `errors` say what is odd, and where."""

    default_code = "broken_query"

    def __init__(self, parsed: Parsed) -> None:
        super().__init__("The query is not what it may have been meant to be.")
        self.errors = [
            {
                "pointer": "?q",
                "code": "broken_query",
                "message": trouble.sentence,
                "understood": trouble.understood,
                "start": trouble.start,
                "end": trouble.end,
                **({"instead": trouble.instead} if trouble.instead else {}),
            }
            for trouble in parsed.troubles
        ]


def understood(asked: Asked, person: Person, *, is_shown: bool = True) -> Resolved:
    """Return a search as it was understood; raise BrokenQuery where the page would say that it guessed.

    A name that means nothing here is no such case: it finds nothing, and that is told beside the results.
    """
    resolved = resolve(asked, person, is_shown=is_shown)
    if resolved.parsed.troubles:
        raise BrokenQuery(resolved.parsed)
    return resolved


def narrowed(resolved: Resolved, others: Sequence[Node]) -> Compiled:
    """Return the query of which all of these are true as well."""
    return Compiled(And((resolved.compiled.tree, *others)), resolved.compiled.person)


def asked_engine(ask: Callable[[Engine], T]) -> T:
    """Return what the engine answers; raise NotNow with its sentence."""
    try:
        return ask(engine())
    except (TooSlow, EngineDown) as trouble:
        raise NotNow(str(trouble) or None) from trouble


def wrong_parameter(name: str, sentence: str) -> exceptions.ValidationError:
    detail: Any = {f"?{name}": [exceptions.ErrorDetail(sentence, code="invalid")]}
    return exceptions.ValidationError(detail)


def usual_sort(resolved: Resolved) -> Sort:
    """Return the order that fits: by relevance where there are words."""
    has_words = any(isinstance(leaf, Text) for leaf in leaves(resolved.compiled.tree))
    return Sort.RELEVANCE if has_words else Sort.NEWEST
