"""A tree as SQL conditions on `monitor_searchrow`: what its words ask, and all the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.search.compiled import (
    NOTHING,
    And,
    Annotated,
    Days,
    Given,
    HasAny,
    Ids,
    Kind,
    Kinds,
    Not,
    Or,
    Text,
)
from monitor.search.engines.postgres.tsqueries import has_close, has_places, loose_tsquery, tsquery
from monitor.search.engines.trees import is_text, matches_without_words, simplified

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.search.compiled import Node

# (kind, exact, about) -> columns that must all share a key with those asked for; an indexed one among them.
SHARING = {
    (Kind.ACTOR, False): ("actor_ids",),
    (Kind.ACTOR, True): ("actor_ids", "about_actor_ids"),
    (Kind.AUTHOR, False): ("author_ids",),
    (Kind.SOURCE, False): ("source_ids",),
    (Kind.REGION, False): ("region_ids",),
    (Kind.REGION, True): ("region_ids", "about_region_ids"),
}
EXACT = {
    False: ("exact_region_ids",),
    True: ("exact_region_ids", "exact_about_region_ids"),
}
EQUAL = {Kind.PERIODICAL: "periodical_id", Kind.ISSUE: "issue_id", Kind.ARTICLE: "article_id"}
GIVEN = {
    Given.ENDNOTES: "endnotes",
    Given.AUTHOR: "author_ids <> '{}'",
    Given.SOURCE: "source_ids <> '{}'",
    Given.ACTOR: "actor_ids <> '{}'",
    Given.REGION: "exact_region_ids <> '{}'",
}


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and what stands at its places."""

    text: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What has to be known of the database before a tree can be said in SQL."""

    groups: Mapping[int, tuple[int, ...]]  # of an actor: all that it was merged with
    annotated: Mapping[Annotated, list[int]]


@dataclass(frozen=True, slots=True)
class Filter:
    """A query in two parts: by its words, which have an index of their own, and by facts. Both must hold."""

    words: Node | None
    facts: Sql
    narrows: bool  # whether the facts have an index by which few rows may be found

    @property
    def recheck(self) -> bool:
        """Return whether rows found by the index of words must be looked into one by one."""
        return self.words is not None and has_places(self.words)


def filter_of(tree: Node, looked: Looked, *, unpublished: bool) -> Filter:
    """Return a tree as a filter, of what readers may see unless `unpublished`."""
    tree = simplified(tree)
    if tree == NOTHING:
        return Filter(None, Sql("false"), narrows=False)
    parts = tree.children if isinstance(tree, And) else (tree,)
    words = [part for part in parts if is_text(part)]
    facts = [part for part in parts if not is_text(part)]
    said = [] if unpublished else [Sql("published")]
    said += [condition(part, looked) for part in facts]
    return Filter(
        words=None if not words else words[0] if len(words) == 1 else And(tuple(words)),
        facts=_joined(said, " and ") if said else Sql("true"),
        narrows=any(_narrows(part) for part in facts),
    )


def _narrows(node: Node) -> bool:
    match node:
        case Ids():
            return True
        case Annotated():
            return True
        case Or():
            return all(_narrows(child) for child in node.children)
        case And():
            return any(_narrows(child) for child in node.children)
        case _:
            return False


def condition(node: Node, looked: Looked) -> Sql:
    """Return a simplified tree as one condition."""
    if is_text(node):
        return words_condition(node)
    match node:
        case And():
            return _joined([condition(child, looked) for child in node.children], " and ")
        case Or():
            return _joined([condition(child, looked) for child in node.children], " or ")
        case Not():
            inner = condition(node.child, looked)
            return Sql(f"not {inner.text}", inner.parameters)
        case Ids():
            return _keys(node, looked)
        case Days():
            ends = [("day >= %s", node.first), ("day < %s", node.last)]
            return _joined([Sql(text, (day,)) for text, day in ends if day is not None] or [Sql("true")], " and ")
        case Kinds():
            return Sql("kind = any(%s)", (list(node.values),))
        case HasAny():
            return Sql(f"({GIVEN[node.what]})")
        case Annotated():
            return Sql("article_id = any(%s::bigint[])", (looked.annotated[node],))
    raise TypeError(node)


def _keys(leaf: Ids, looked: Looked) -> Sql:
    if leaf.kind in EQUAL:
        return Sql(f"{EQUAL[leaf.kind]} = any(%s::bigint[])", (list(leaf.ids),))
    keys: list[int] = sorted(set(leaf.ids))
    if leaf.kind is Kind.ACTOR and not leaf.exact:
        keys = sorted({key for one in keys for key in looked.groups.get(one, (one,))})
    columns = EXACT[leaf.about] if leaf.kind is Kind.REGION and leaf.exact else SHARING[leaf.kind, leaf.about]
    # The operator by its schema: an extension may bring another of that name, which no index of ours answers.
    return _joined([Sql(f"{column} operator(pg_catalog.&&) %s::bigint[]", (keys,)) for column in columns], " and ")


def words_condition(words: Node, *, walking: bool = False) -> Sql:
    """Return what words ask of a row: of its own vector, or of the pieces of a long article.

    `walking` is for rows of `looked` that come one by one, not by the index: of a long article only its own pieces are
    looked into.
    """
    matched = _matched(words, by_index=not walking)
    whole = f"({matched.text} and not in_pieces)" if matches_without_words(words) else matched.text
    pieces = _in_its_pieces(words) if walking else _in_pieces(words)
    long = f"in_pieces and {pieces.text}" if walking else f"article_id = any(array({pieces.text}))"
    return Sql(f"({whole} or ({long}))", (*matched.parameters, *pieces.parameters))


def _matched(words: Node, *, by_index: bool = False) -> Sql:
    """Return the condition on one vector; `by_index` tells the planner what it costs to look at it in a row."""
    matched = "lexemes @@ monitor_by_index(%s::tsquery)" if by_index else "lexemes @@ %s::tsquery"
    if not has_close(words):
        return Sql(matched, (tsquery(words),))
    # Said twice denied, so that no index is asked for it.
    exact = Sql("not (lexemes @@ !! (%s::tsquery))", (tsquery(words),))
    loose = loose_tsquery(words)
    return _joined([Sql(matched, (loose,)), exact], " and ") if loose else exact


def candidates(words: Node) -> tuple[Sql, ...]:
    """Return conditions of rows that index pages alone answer: each hit of these words has one of them, and so have others."""
    loose = loose_tsquery(words)
    if not loose:
        return (Sql("true"),)
    pieces = _in_pieces(words, loosely=True)
    by_pieces = Sql(f"article_id = any(array({pieces.text}))", pieces.parameters)
    return Sql("(lexemes @@ %s::tsquery and not in_pieces)", (loose,)), by_pieces


def _in_pieces(words: Node, *, loosely: bool = False) -> Sql:
    """Return the statement of the long articles in whose pieces the words are, `loosely` wherever they stand in one."""
    match words:
        case And():
            return _joined([_in_pieces(child, loosely=loosely) for child in words.children], " intersect ")
        case Or():
            return _joined([_in_pieces(child, loosely=loosely) for child in words.children], " union ")
        case Not():
            if loosely and has_places(words.child):
                return Sql("(select article_id from monitor_searchrow where in_pieces)")
            inner = _in_pieces(words.child)
            return Sql(
                f"(select article_id from monitor_searchrow where in_pieces except {inner.text})", inner.parameters
            )
        case Text():
            matched = Sql("lexemes @@ %s::tsquery", (loose_tsquery(words),)) if loosely else _matched(words)
            return Sql(f"(select article_id from monitor_searchpiece where {matched.text})", matched.parameters)
    raise TypeError(words)


def _in_its_pieces(words: Node) -> Sql:
    """Return the condition that the words are in the pieces of the long article in the row `looked`."""
    match words:
        case And() | Or():
            joint = " and " if isinstance(words, And) else " or "
            return _joined([_in_its_pieces(child) for child in words.children], joint)
        case Not():
            inner = _in_its_pieces(words.child)
            return Sql(f"not {inner.text}", inner.parameters)
        case Text():
            matched = _matched(words)
            # No `exists`: of that the planner may make a list of all such articles first.
            own = f"select 1 from monitor_searchpiece p where p.article_id = looked.article_id and {matched.text}"
            return Sql(f"(({own} limit 1) is not null)", matched.parameters)
    raise TypeError(words)


def _joined(parts: list[Sql], joint: str) -> Sql:
    if len(parts) == 1:
        return parts[0]
    return Sql("(" + joint.join(part.text for part in parts) + ")", tuple(p for part in parts for p in part.parameters))
