"""Search: what the search page finds, in its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.response import Response

from monitor.api.article_filters import LONGEST_QUERY
from monitor.api.parameters import COUNT, DAY, SIZE, USUAL_SIZE, Parameter, one_of, words
from monitor.api.rates import SEARCH
from monitor.api.resources import Resource
from monitor.api.rows.hits import facets_of, hits_of, names_of_facets
from monitor.api.searching import asked_engine, understood, usual_sort, wrong_parameter
from monitor.api.serializers.finding import Found
from monitor.search.compiled import Facet, Sort
from monitor.search.engines.protocol import UnknownCursor
from monitor.search.query_told import told
from monitor.search.resolving import CHOOSABLE, Asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request

    from monitor.search.engines.protocol import Hits
    from monitor.search.resolving import Resolved

_CHOICE = "As the search page's address has it: `-` before a value leaves it out"
_WHOLE = "`=` takes the region itself, without what lies in it"


class Search(Resource):
    """Search articles in the language of the search page (docs/searching.md), with its facets and snippets.

    A query that the page would have to guess at is refused with the place of the trouble; a name that means nothing finds
    nothing and is told in `troubles`.
    """

    shows, rate = Found, SEARCH

    def parameters(self) -> Sequence[Parameter]:
        if self.request.method not in {"GET", "HEAD"}:
            return ()
        chosen = [Parameter(name, words(200), f"{_CHOICE}.", is_many=True) for name in CHOOSABLE]
        return (
            Parameter("q", words(LONGEST_QUERY), "The query."),
            *chosen,
            Parameter("from", DAY, "Issues of this day and later."),
            Parameter("to", DAY, "Issues of this day and earlier."),
            Parameter("sort", one_of(*Sort), "As fits the query, if it is not given."),
            Parameter("facets", one_of(*Facet), "What hits are counted by.", is_many=True),
            SIZE,
            Parameter("cursor", words(200), "Where the page begins: from `next` of another page."),
            COUNT,
        )

    def get(self, request: Request) -> Response:
        asked = self.asked
        chosen: dict[str, tuple[str, ...]] = {
            name: tuple(dict.fromkeys(asked[name])) for name in CHOOSABLE if asked[name]
        }
        resolved = understood(Asked(asked["q"] or "", chosen, asked["from"], asked["to"]), request.user)
        hits = self._hits(resolved)
        total, relation = hits.total, hits.relation
        if asked["count"] and relation != "=":
            total, relation = asked_engine(lambda one: one.count(resolved.compiled)), "="
        return Response(
            {
                "next": self._next(hits),
                "previous": None,
                "total": total,
                "relation": relation,
                "understood": f"{told(resolved.tree, _meant(resolved))}.",
                "troubles": [
                    {"message": one.sentence, "start": one.start, "end": one.end} for one in resolved.troubles
                ],
                "facets": facets_of(hits, names_of_facets(hits, request.user)),
                "results": hits_of(hits.ids, resolved, request.user, self.links),
            }
        )

    def _hits(self, resolved: Resolved) -> Hits:
        sort = Sort(self.asked["sort"]) if self.asked["sort"] else usual_sort(resolved)
        facets = [Facet(name) for name in dict.fromkeys(self.asked["facets"] or ())]
        page: dict[str, Any] = {"cursor": self.asked["cursor"], "limit": self.asked["page_size"] or USUAL_SIZE}
        try:
            return asked_engine(lambda one: one.search(resolved.compiled, sort=sort, facets=facets, **page))
        except UnknownCursor as error:
            raise wrong_parameter("cursor", "This cursor comes from no page of this search.") from error

    def _next(self, hits: Hits) -> str | None:
        if not hits.next_cursor:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = hits.next_cursor
        return f"{self.links.page(self.request.path)}?{query.urlencode()}"


def _meant(resolved: Resolved) -> dict[Any, str]:
    """Return what the names in a search were found to mean, where that is one thing."""
    meant = {node: resolved.meant(node) for node in resolved.meanings}
    return {node: found[0].name for node, found in meant.items() if len(found) == 1}
