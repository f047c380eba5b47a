"""Search by brute force: every article is looked at by itself, from the tables that are true, without the index."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import Tag
from monitor.entities.models import Actor
from monitor.entities.region_models import RegionClosure
from monitor.library.models import Article, Note
from monitor.library.queries import standing_articles
from monitor.search import compiled as c
from monitor.search import matching
from monitor.search.matching import matches, words_in
from monitor.search.texts import parts_of
from monitor.search.words import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from monitor.search.vectors import Part


@dataclass(frozen=True)
class Seen:
    """An article with all that can be asked of it."""

    key: int
    day: date
    periodical: int
    issue: int
    kind: str
    parts: list[Part]
    lexemes: set[str]
    authors: set[int]
    sources: set[int]
    actors: dict[int, bool]  # and whether it is about each
    regions: dict[int, bool]
    has_notes: bool


class Oracle:
    """An archive in memory."""

    def __init__(self) -> None:
        # Each part is cut into words once, not for each of hundreds of queries.
        matching._positions = cache(matching._positions)
        self._known: dict[Any, set[int]] = {}
        self._seen_marks: dict[int, tuple[dict[int, list[Annotation]], set[int]]] = {}
        self.heads = dict(Actor.objects.values_list("pk", "canonical"))
        self.above = defaultdict[int, set[int]](set)
        for below, above in RegionClosure.objects.values_list("descendant", "ancestor"):
            self.above[below].add(above)
        self.articles = {seen.key: seen for seen in self._read()}

    @cached_property
    def noted(self) -> set[int]:
        return set(Note.objects.values_list("article", flat=True))

    def _read(self) -> Iterable[Seen]:
        rows = Article.objects.exclude(state="gone").select_related("issue").order_by("pk")
        parts = parts_of([row.pk for row in rows])
        related = rows.prefetch_related("authorships", "citations__spelling", "actor_rows", "region_rows")
        for row in related:
            yield Seen(
                key=row.pk,
                day=row.issue.sort_date,
                periodical=row.issue.periodical_id,
                issue=row.issue_id,
                kind=row.kind,
                parts=parts[row.pk],
                lexemes={
                    cut.lexeme for part in parts[row.pk] for piece in part.text.split() for cut in tokens_of(piece)
                },
                authors={one.author_id for one in row.authorships.all()},
                sources={one.spelling.source_id for one in row.citations.all()},
                actors={one.actor_id: one.about for one in row.actor_rows.all()},
                regions={one.region_id: one.about for one in row.region_rows.all()},
                has_notes=row.pk in self.noted,
            )

    # -- Hits ----------------------------------------------------------------------------------------------------------
    def hits(self, compiled: c.Compiled, tree: c.Node | None = None) -> list[Seen]:
        """Return the hits, the newest first."""
        visible = set(standing_articles(compiled.person).values_list("pk", flat=True))
        found = visible & self.matching(compiled.tree if tree is None else tree, compiled.person)
        return sorted((self.articles[key] for key in found), key=lambda seen: (seen.day, seen.key), reverse=True)

    def matching(self, node: Any, person: Any) -> set[int]:
        """Return the keys of what a tree matches, drafts and all; each leaf is gone through once for each person."""
        match node:
            case c.And():
                return set(self.articles).intersection(*(self.matching(child, person) for child in node.children))
            case c.Or():
                return set().union(*(self.matching(child, person) for child in node.children))
            case c.Not():
                return set(self.articles) - self.matching(node.child, person)
            case c.Choice():
                return self.matching(node.child, person)
        known = self._known.get((node, person.pk))
        if known is None:
            known = {key for key, seen in self.articles.items() if self.matches(node, seen, person)}
            self._known[node, person.pk] = known
        return known

    def matches(self, node: Any, seen: Seen, person: Any) -> bool:
        """Return whether one leaf is true of an article."""
        match node:
            case c.Text():
                if isinstance(node.words, c.Words) and node.fields == c.EVERY_FIELD and _is_plain(node.words):
                    return any(_stands(chain[0], seen.lexemes) for chain in node.words.chains)
                return self._may_have(node.words, seen) and matches(node, seen.parts)
            case c.Days():
                return (node.first is None or node.first <= seen.day) and (node.last is None or seen.day < node.last)
            case c.Kinds():
                return seen.kind in node.values
            case c.HasAny():
                return self._has(node.what, seen)
            case c.Ids():
                return self._named(node, seen)
            case c.Annotated():
                return any(self.is_true(node.of, mark, person) for mark in self._marks(person)[seen.key])
        raise TypeError(node)

    def _may_have(self, words: c.Words | c.Close, seen: Seen) -> bool:
        """Return False where the lexemes of no chain are in the article at all: most articles need no closer look."""
        if isinstance(words, c.Close):
            return self._may_have(words.left, seen) and self._may_have(words.right, seen)
        return any(all(x.prefix or x.text in seen.lexemes for x in chain) for chain in words.chains)

    def _has(self, what: c.Given, seen: Seen) -> bool:
        facts: dict[str, Any] = {
            "endnotes": seen.has_notes,
            "author": seen.authors,
            "source": seen.sources,
            "actor": seen.actors,
            "region": seen.regions,
        }
        return bool(facts[what])

    def _named(self, node: c.Ids, seen: Seen) -> bool:
        ids = set(node.ids)
        match node.kind:
            case c.Kind.ACTOR:
                here = {key for key, about in seen.actors.items() if about or not node.about}
                if node.exact:
                    return bool(here & ids)
                return bool({self.heads[key] for key in here} & {self.heads[key] for key in ids if key in self.heads})
            case c.Kind.REGION:
                named = {key for key, about in seen.regions.items() if about or not node.about}
                here = named if node.exact else set().union(*(self.above[key] for key in named))
                return bool(here & ids)
            case _:
                facts: dict[str, set[int]] = {
                    "author": seen.authors,
                    "source": seen.sources,
                    "periodical": {seen.periodical},
                    "issue": {seen.issue},
                    "article": {seen.key},
                }
                return bool(facts[node.kind] & ids)

    def _marks(self, person: Any) -> dict[int, list[Annotation]]:
        if person.pk not in self._seen_marks:
            marks = defaultdict(list)
            for mark in Annotation.objects.visible_to(person).prefetch_related("spans", "taggings"):
                marks[mark.article_id].append(mark)
            self._seen_marks[person.pk] = (marks, set(Tag.objects.visible_to(person).values_list("pk", flat=True)))
        return self._seen_marks[person.pk][0]

    def is_true(self, node: Any, mark: Annotation, person: Any) -> bool:
        match node:
            case c.And():
                return all(self.is_true(child, mark, person) for child in node.children)
            case c.Or():
                return any(self.is_true(child, mark, person) for child in node.children)
            case c.Not():
                return not self.is_true(node.child, mark, person)
            case c.People():
                return mark.owner_id in node.ids
            case c.Commented():
                return mark.comment != ""
            case c.Comment():
                return words_in(node.words, mark.comment)
            case c.Passage():
                return any(words_in(node.words, span.quote) for span in mark.spans.all())
        tags = {one.tag_id for one in mark.taggings.all()}
        tags &= self._seen_marks[person.pk][1]
        return bool(tags) if isinstance(node, c.Tagged) else bool(tags & set(node.ids))

    # -- Facets --------------------------------------------------------------------------------------------------------
    def facet(self, compiled: c.Compiled, facet: c.Facet) -> Counter[int | str]:
        hits = self.hits(compiled, c.without_choice(compiled.tree, facet))
        return Counter(value for seen in hits for value in self._values(seen, facet))

    def _values(self, seen: Seen, facet: c.Facet) -> set[Any]:
        match facet:
            case c.Facet.PERIODICAL:
                return {seen.periodical}
            case c.Facet.KIND:
                return {seen.kind}
            case c.Facet.YEAR:
                return {seen.day.year}
            case c.Facet.MONTH:
                return {f"{seen.day:%Y-%m}"}
            case c.Facet.AUTHOR:
                return seen.authors
            case c.Facet.SOURCE:
                return seen.sources
            case c.Facet.ACTOR:
                return {self.heads[key] for key in seen.actors}
            case c.Facet.REGION:
                return set().union(*(self.above[key] for key in seen.regions))


def _is_plain(words: c.Words) -> bool:
    """Return whether it does not matter where in an article the words stand."""
    return all(len(chain) == 1 for chain in words.chains)


def _stands(lexeme: c.Lexeme, lexemes: set[str]) -> bool:
    return any(one.startswith(lexeme.text) for one in lexemes) if lexeme.prefix else lexeme.text in lexemes
