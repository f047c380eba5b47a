"""What kinds of things a query asks for: how measures and logs name it, without any of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.search.compiled import Annotated, Days, HasAny, Ids, Kinds, Text, leaves

if TYPE_CHECKING:
    from monitor.search.compiled import Node

ANNOTATIONS = "annotations"
KINDS = {Text: "words", Annotated: ANNOTATIONS, Days: "days", HasAny: "has", Kinds: "kinds"}


def shape_of(tree: Node) -> str:
    """Return of what kinds a query is made, in one order: "actor+words"; "all" for one that asks for nothing."""
    found = {_kind(leaf) for leaf in leaves(tree)}
    return "+".join(sorted(found)) or "all"


def _kind(leaf: Any) -> str:
    return str(leaf.kind) if isinstance(leaf, Ids) else KINDS.get(type(leaf), "other")
