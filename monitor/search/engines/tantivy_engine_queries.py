"""Compiled trees as tantivy's queries. Only words weigh; all else lets pass or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import tantivy
from tantivy import Occur
from tantivy import Query as Found

from monitor.library.managers import may_read, sees_unpublished
from monitor.search.compiled import (
    And,
    Annotated,
    Close,
    Days,
    Field,
    Given,
    HasAny,
    Ids,
    Kind,
    Kinds,
    Not,
    Or,
    Text,
)
from monitor.search.engines.annotated import annotated_in
from monitor.search.engines.merged import groups_in
from monitor.search.engines.postgres.asking import asking
from monitor.search.engines.protocol import TooSlow
from monitor.search.engines.tantivy_engine_documents import ENDNOTES, KEY, KIND, PUBLISHED, between, place_in_order
from monitor.search.engines.trees import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from monitor.search.compiled import Chain, Compiled, Lexeme, Node, Words

WEIGHTS = {Field.TITLE: 4.0, Field.HEADS: 2.0, Field.BODY: 1.0, Field.NOTES: 0.5}
MOST_PHRASES = 1_000  # in one leaf
TOO_MANY = "These words near each other can be written in too many ways; ask for fewer at once."
SHARING = {Kind.AUTHOR: "author_ids", Kind.SOURCE: "source_ids"}
EQUAL = {Kind.PERIODICAL: "periodical_id", Kind.ISSUE: "issue_id", Kind.ARTICLE: KEY}
GIVEN = {
    Given.AUTHOR: "author_ids",
    Given.SOURCE: "source_ids",
    Given.ACTOR: "actor_ids",
    Given.REGION: "exact_region_ids",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A compiled query with all that has to be known of the database before an index can answer it."""

    compiled: Compiled
    groups: Mapping[int, tuple[int, ...]]
    annotated: Mapping[Annotated, list[int]]

    def query(self, schema: tantivy.Schema, tree: Node | None = None) -> Found:
        """Return the query, or one for a tree made of its leaves, of what the person who asks may find. Raises TooSlow."""
        person = self.compiled.person
        if not may_read(person):
            return Found.empty_query()
        found = _Translating(schema, self).node(simplified(self.compiled.tree if tree is None else tree))
        if sees_unpublished(person):
            return found
        return _all_of([found, _plain(Found.term_query(schema, PUBLISHED, True))])


def asked_of(compiled: Compiled) -> Asked:
    """Look up what has to be known: annotations stay in Postgres, and come as keys of articles. Raises TooSlow."""
    if not may_read(compiled.person):
        return Asked(compiled, {}, {})
    with asking() as within:
        within.begin()
        return Asked(compiled, groups_in(compiled.tree), annotated_in(compiled.tree, compiled.person))


@dataclass(frozen=True, slots=True)
class _Translating:
    schema: tantivy.Schema
    asked: Asked

    def node(self, node: Node) -> Found:
        match node:
            case And():
                return _all_of([self.node(child) for child in node.children])
            case Or():
                return Found.boolean_query([(Occur.Should, self.node(child)) for child in node.children])
            case Not():
                return Found.boolean_query([(Occur.Must, _everything()), (Occur.MustNot, self.node(node.child))])
            case Text():
                return _any_of([self._in_field(node, field) for field in Field if field in node.fields])
            case _:
                return _plain(self._fact(node))

    # -- Facts ---------------------------------------------------------------------------------------------------------
    def _fact(self, node: Node) -> Found:
        match node:
            case Ids():
                return self._keys(node)
            case Days():
                return self._days(node.first, node.last)
            case Kinds():
                return Found.term_set_query(self.schema, KIND, list(node.values))
            case HasAny(Given.ENDNOTES):
                return Found.term_query(self.schema, ENDNOTES, True)
            case HasAny():
                return Found.exists_query(GIVEN[node.what])
            case Annotated():
                return Found.term_set_query(self.schema, KEY, self.asked.annotated[node])
        raise TypeError(node)

    def _keys(self, leaf: Ids) -> Found:
        keys = sorted(set(leaf.ids))
        match leaf.kind:
            case Kind.ACTOR:
                field = "about_actor_ids" if leaf.about else "actor_ids"
                if not leaf.exact:
                    keys = sorted({key for one in keys for key in self.asked.groups.get(one, (one,))})
            case Kind.REGION:
                field = ("exact_" if leaf.exact else "") + ("about_" if leaf.about else "") + "region_ids"
            case _:
                field = EQUAL[leaf.kind] if leaf.kind in EQUAL else SHARING[leaf.kind]
        return Found.term_set_query(self.schema, field, keys)

    def _days(self, first: date | None, last: date | None) -> Found:
        begin = None if first is None else place_in_order(first, 0)
        return between(self.schema, begin, None if last is None else place_in_order(last, 0) - 1)

    # -- Words ---------------------------------------------------------------------------------------------------------
    def _in_field(self, text: Text, field: Field) -> Found:
        words = text.words
        query = self._close(words, field.value) if isinstance(words, Close) else self._words(words, field.value)
        return Found.boost_query(query, WEIGHTS[field])

    def _words(self, words: Words, field: str) -> Found:
        return _any_of([self._phrase(list(enumerate(chain)), field) for chain in words.chains])

    def _close(self, close: Close, field: str) -> Found:
        pairs = list(product(close.left.chains, close.right.chains))
        if 2 * len(pairs) * close.distance > MOST_PHRASES:
            raise TooSlow(TOO_MANY)
        near = [query for left, right in pairs for query in self._near(left, right, close.distance, field)]
        # What lacks one side is done with before places are compared.
        return _all_of([_plain(self._words(close.left, field)), _plain(self._words(close.right, field)), _any_of(near)])

    def _near(self, left: Chain, right: Chain, distance: int, field: str) -> Iterator[Found]:
        for first, second in ((left, right), (right, left)):
            if len(first) == len(second) == 1 and not (first[0].prefix or second[0].prefix):
                words: list[str | tuple[int, str]] = [first[0].text, second[0].text]
                yield Found.phrase_query(self.schema, field, words, slop=distance - 1)
                continue
            for apart in range(1, distance + 1):
                behind = [(len(first) - 1 + apart + at, lexeme) for at, lexeme in enumerate(second)]
                yield self._phrase([*enumerate(first), *behind], field)

    def _phrase(self, placed: Sequence[tuple[int, Lexeme]], field: str) -> Found:
        """Return the query for lexemes at these positions from each other."""
        if not any(lexeme.prefix for _, lexeme in placed):
            if len(placed) == 1:
                return Found.term_query(self.schema, field, placed[0][1].text)
            return Found.phrase_query(self.schema, field, [(at, lexeme.text) for at, lexeme in placed])
        patterns: list[str | tuple[int, str]] = [
            (at, re.escape(lexeme.text) + (".*" if lexeme.prefix else "")) for at, lexeme in placed
        ]
        if len(placed) == 1:
            return Found.regex_query(self.schema, field, f"{re.escape(placed[0][1].text)}.*")
        return Found.regex_phrase_query(self.schema, field, patterns)


def _plain(query: Found) -> Found:
    """Return a query that lets pass and does not weigh."""
    return Found.const_score_query(query, 0.0)


def _everything() -> Found:
    return _plain(Found.all_query())


def _all_of(queries: Sequence[Found]) -> Found:
    if len(queries) == 1:
        return queries[0]
    return Found.boolean_query([(Occur.Must, query) for query in queries]) if queries else _everything()


def _any_of(queries: Sequence[Found]) -> Found:
    if len(queries) == 1:
        return queries[0]
    return Found.boolean_query([(Occur.Should, query) for query in queries])
