"""A query with all that has to be known of the database before it can be said in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.library.managers import may_read, sees_unpublished
from monitor.search.compiled import NOTHING, Annotated, leaves
from monitor.search.engines.annotated import annotated_in
from monitor.search.engines.merged import groups_in
from monitor.search.engines.postgres.conditions import Looked, filter_of

if TYPE_CHECKING:
    from monitor.search.compiled import Compiled, Node
    from monitor.search.engines.postgres.asking import Asking
    from monitor.search.engines.postgres.conditions import Filter


class Query:
    """A compiled query, asked within `asked`."""

    def __init__(self, compiled: Compiled, asked: Asking) -> None:
        self.tree, self.asked = compiled.tree, asked
        self._may_read = may_read(compiled.person)
        self._unpublished = sees_unpublished(compiled.person)
        self._looked = Looked({}, {})
        if self._may_read:
            if any(isinstance(leaf, Annotated) for leaf in leaves(compiled.tree)):
                asked.begin()
            self._looked = Looked(groups_in(compiled.tree), annotated_in(compiled.tree, compiled.person))
        self.filter = self.filter_of(compiled.tree)

    def filter_of(self, tree: Node) -> Filter:
        """Return a tree, made of the query's own leaves, as a filter."""
        return filter_of(tree if self._may_read else NOTHING, self._looked, unpublished=self._unpublished)
