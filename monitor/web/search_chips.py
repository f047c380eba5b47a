"""What is set in a search, each piece with ways to take it out or to turn it round; and names that leave a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.search.query_language import unparse
from monitor.search.query_tree import And, Everything, Named, Not, every_of
from monitor.search.resolving import CHOOSABLE, ITSELF, WITHOUT, chosen_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.search.names import Meant
    from monitor.search.query_tree import Node
    from monitor.search.resolving import Pick, Resolved
    from monitor.web.forms.search import AskedSearch

MOST_CHIPS = 12  # of what was typed: each has to be written with all others
FIELD_LABELS = {"by": "annotated by", "cites": "cites"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece of the search: its field ("" for words), what it says, the addresses without it and with its opposite."""

    label: str
    words: str
    is_not: bool
    less: AskedSearch  # the search without it
    more: AskedSearch | None  # the search with its opposite
    is_chosen: bool = False  # in a facet or as days, not typed

    @property
    def away(self) -> str:
        return self.less.address

    @property
    def other(self) -> str:
        return self.more.address if self.more else ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things a name may mean, and the address of the search for it alone."""

    meant: Meant
    address: str


@dataclass(frozen=True, slots=True)
class Question:
    """A name in the query that means several things, or none: what it may be."""

    typed: str
    is_known: bool
    options: tuple[Option, ...]


def chips_of(asked: AskedSearch, resolved: Resolved) -> tuple[Chip, ...]:
    return (*_typed(asked, resolved), *_chosen(asked, resolved), *_days(asked))


def _typed(asked: AskedSearch, resolved: Resolved) -> Iterable[Chip]:
    pieces = top_of(resolved.parsed.tree)
    for at, node in enumerate(pieces[:MOST_CHIPS]):
        others = [*pieces[:at], *pieces[at + 1 :]]
        bare, is_not = (node.child, True) if isinstance(node, Not) else (node, False)
        opposite = bare if is_not else Not(node)
        turned = [*pieces[:at], opposite, *pieces[at + 1 :]]
        label = FIELD_LABELS.get(bare.field, bare.field) if isinstance(bare, Named) else ""
        yield Chip(
            label,
            _said(bare, resolved) if isinstance(bare, Named) else unparse(bare),
            is_not,
            asked.with_query(_written(others)),
            asked.with_query(_written(turned)),
        )


def top_of(tree: Node) -> Sequence[Node]:
    """Return the pieces that all must hold."""
    if isinstance(tree, Everything):
        return ()
    return tree.children if isinstance(tree, And) else (tree,)


def _written(pieces: Sequence[Node]) -> str:
    return unparse(every_of(pieces)) if pieces else ""


def _said(node: Named, resolved: Resolved) -> str:
    """Return what a name means: its own name, if it means one thing."""
    meant = resolved.meant(node)
    words = meant[0].name if len(meant) == 1 else node.value
    return f"{words} itself" if node.exact and node.field in {"region", "tag"} else words


def _chosen(asked: AskedSearch, resolved: Resolved) -> Iterable[Chip]:
    for name in CHOOSABLE:
        for value in asked.asked.chosen.get(name, ()):
            bare = value.removeprefix(WITHOUT)
            words = _said(chosen_node(name, bare), resolved)
            said = words if bare.startswith(ITSELF) or name not in {"region", "tag"} else words.removesuffix(" itself")
            away, other = asked.without_value(name, value), asked.excluding(name, value)
            yield Chip(name, said, value != bare, away, other, is_chosen=True)


def _days(asked: AskedSearch) -> Iterable[Chip]:
    since, until = asked.asked.since, asked.asked.until
    if since or until:
        words = f"{since} to {until}" if since and until else f"from {since}" if since else f"to {until}"
        yield Chip("date", words, is_not=False, less=asked.in_days(None, None), more=None, is_chosen=True)


def questions_of(asked: AskedSearch, resolved: Resolved) -> tuple[Question, ...]:
    """Return the choices that names in the query leave; what was chosen by its address leaves none."""
    typed = resolved.parsed.text
    return tuple(
        Question(
            pick.node.value,
            pick.is_known,
            tuple(Option(one, asked.with_query(_with_name(typed, pick, one)).address) for one in pick.options),
        )
        for pick in resolved.picks
        if pick.node.end > pick.node.start
    )


def _with_name(typed: str, pick: Pick, meant: Meant) -> str:
    """Return the query with this one thing in the place of the name."""
    twins = sum(one.name == meant.name for one in pick.options) > 1
    value = meant.slug if twins or meant.kind in {"tag", "region", "by", "kind"} else meant.name
    node = Named(pick.node.field, value, pick.node.exact or meant.kind == "actor", pick.node.about)
    return typed[: pick.node.start] + unparse(node) + typed[pick.node.end :]
