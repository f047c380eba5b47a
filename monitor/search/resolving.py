"""From what is asked in an address to one compiled query: everything that shows anything of a query starts from here.

What was typed and what was chosen in facets become one tree. Names are looked up as far as the person who asks may see
what they mean; where a name means several things all are taken, and the choice is offered; where it means nothing,
that is said, with names much like it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.search import compiled as c
from monitor.search.compiling import Compiler
from monitor.search.names import Meaning, Name, meanings
from monitor.search.near_names import names_near
from monitor.search.query_language import parse
from monitor.search.query_tree import Dates, Everything, Named, Not, Trouble, any_of, every_of, walk
from monitor.search.writings import expanded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.search.names import Meant, Person
    from monitor.search.query_tree import NamedField, Node, Parsed

LOOKED_IN: Mapping[NamedField, tuple[str, ...]] = {
    "about": ("actor", "region"),
    "cites": ("source",),
}
BY_ADDRESS = {"actor", "author"}  # of these the address goes before all other names, when it was chosen and not typed
WITHOUT, ITSELF = "-", "="  # before a chosen value: articles without it; a region or tag without what lies in it
FACETS: Mapping[NamedField, c.Facet] = {
    "periodical": c.Facet.PERIODICAL,
    "kind": c.Facet.KIND,
    "author": c.Facet.AUTHOR,
    "source": c.Facet.SOURCE,
    "actor": c.Facet.ACTOR,
    "region": c.Facet.REGION,
}
MOST_LOOKED_FOR = 3  # unknown names of one search for which others much like them are looked for
CHOOSABLE: tuple[NamedField, ...] = ("actor", "region", "author", "source", "tag", "periodical", "kind")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words in the query language, values chosen in facets by their names, days of issue (both included)."""

    query: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A name in the query that leaves open what it means, or means nothing: what it may be."""

    node: Named
    options: tuple[Meant, ...]
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Resolved:
    """A search as it was understood. `tree` holds what was typed and what was chosen alike."""

    asked: Asked
    parsed: Parsed
    tree: Node
    compiled: c.Compiled
    meanings: Mapping[Named, tuple[Meaning, ...]]
    picks: tuple[Pick, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def unknown_names(self) -> tuple[Trouble, ...]:
        """What is said of names that mean nothing here, apart from what is odd about the writing of the query."""
        return self.troubles[len(self.parsed.troubles) :]

    def meant(self, node: Named) -> tuple[Meant, ...]:
        return tuple(one for meaning in self.meanings.get(node, ()) for one in meaning.meant)


def resolve(asked: Asked, person: Person, *, is_shown: bool = True) -> Resolved:
    """Return a search as an engine can answer it; one statement for its names, and more only for unknown ones.

    What is not shown to anybody, but only counted, needs no names like those that are unknown.
    """
    parsed = parse(asked.query)
    groups = chosen_nodes(asked)
    tree = every_of([*_set(parsed.tree), *(node for _, node in groups), *_days(asked)])
    named = [node for node in walk(tree) if isinstance(node, Named)]
    chosen = {node for _, group in groups for node in walk(group) if isinstance(node, Named)}
    wanted = {node: names_of(node, is_chosen=node in chosen) for node in named}
    found = meanings((name for names in wanted.values() for name in names), person)
    known = {node: tuple(found[name] for name in names) for node, names in wanted.items()}
    compiler = Compiler(known, expanded)
    parts = [compiler.compile(node) for node in _set(parsed.tree)]
    parts += [_choice(name, compiler.compile(node)) for name, node in groups]
    parts += [c.Choice(c.Facet.MONTH, compiler.compile(node)) for node in _days(asked)]
    picks = tuple(_picks(named, known, person if is_shown else None))
    return Resolved(
        asked,
        parsed,
        tree,
        c.Compiled(parts[0] if len(parts) == 1 else c.And(tuple(parts)), person),
        known,
        picks,
        (*parsed.troubles, *(_unknown(pick) for pick in picks if not pick.is_known)),
    )


def _set(tree: Node) -> tuple[Node, ...]:
    return () if isinstance(tree, Everything) else (tree,)


def chosen_nodes(asked: Asked) -> list[tuple[str, Node]]:
    """Return what was chosen in facets as nodes: any of the values of one, and none of those that are left out."""
    groups: list[tuple[str, Node]] = []
    for name in CHOOSABLE:
        values = asked.chosen.get(name, ())
        wanted = [chosen_node(name, value) for value in values if not value.startswith(WITHOUT)]
        unwanted = [chosen_node(name, value.removeprefix(WITHOUT)) for value in values if value.startswith(WITHOUT)]
        groups += [(name, any_of(wanted))] if wanted else []
        groups += [("", Not(node)) for node in unwanted]
    return groups


def chosen_node(name: NamedField, value: str) -> Named:
    """Return the node of a value as it stands in an address, `=` before it for the thing alone."""
    alone = value.startswith(ITSELF)
    return Named(name, value.removeprefix(ITSELF), exact=alone or name in BY_ADDRESS)


def _days(asked: Asked) -> list[Node]:
    if not (asked.since or asked.until):
        return []
    after = asked.until + timedelta(days=1) if asked.until and asked.until < date.max else None
    return [Dates(asked.since, after)]


def _choice(name: str, node: c.Node) -> c.Node:
    facet = FACETS.get(name)  # type: ignore[call-overload]
    return c.Choice(facet, node) if facet else node


def names_of(node: Named, *, is_chosen: bool = False) -> tuple[Name, ...]:
    """Return the names to be looked up for a node."""
    kinds = LOOKED_IN.get(node.field, (node.field,))
    exact = node.exact and (is_chosen or any(kind in BY_ADDRESS for kind in kinds))
    return tuple(Name(kind, node.value, exact and kind in BY_ADDRESS) for kind in kinds)


def _picks(named: Iterable[Named], known: Mapping[Named, tuple[Meaning, ...]], person: Person | None) -> Iterable[Pick]:
    looked_for = 0
    for node in named:
        kinds = LOOKED_IN.get(node.field, (node.field,))
        meant = tuple(one for meaning in known[node] for one in meaning.meant)
        others = tuple(one for meaning in known[node] for one in meaning.others)
        if not meant:
            looks = person is not None and looked_for < MOST_LOOKED_FOR
            looked_for += looks
            near = names_near(kinds, node.value, person) if looks and person is not None else ()
            yield Pick(node, near, is_known=False)
        elif len(meant) > 1 or others:
            yield Pick(node, (*meant, *others))


def _unknown(pick: Pick) -> Trouble:
    node = pick.node
    what = NOUNS.get(node.field, node.field)
    return Trouble(
        f"There is no {what} called “{node.value}” here.",
        "It finds nothing.",
        start=node.start,
        end=node.end,
    )


NOUNS: Mapping[NamedField, str] = {
    "kind": "kind of article",
    "about": "actor or region",
    "cites": "source",
    "by": "person whose annotations you see",
}


def without_words(resolved: Resolved) -> Resolved:
    """Return the same with what was chosen alone: for what does not depend on words."""
    return replace(resolved, parsed=replace(resolved.parsed, tree=Everything()))
