"""Articles by what one person sees of their annotations: for every engine the same, since annotations stay in Postgres.

Everything starts at `visible_to(person)`. What words ask is decided by `matching.py` on the words themselves, after the
database has narrowed down in whose they may be; no index holds anybody's comments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.search.compiled import (
    And,
    Annotated,
    Comment,
    Commented,
    Not,
    Or,
    Passage,
    People,
    Tagged,
    Tags,
    leaves,
)
from monitor.search.engines.protocol import TooSlow
from monitor.search.matching import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.search.compiled import Mark, Node

    Person = User | AnonymousUser
    Found = Mapping[Mark, set[int]]

MOST_READ = 20_000  # annotations whose words are looked into for one query
TOO_MANY = "Too many annotations would have to be read for their words; say by whom they are, or how they are tagged."
MOST_LEAVES = 20  # of one query: each is a statement or three of its own
TOO_MANY_LEAVES = "This asks too many things of annotations at once; ask for fewer."
ANY = Q()


def annotations_of(leaf: Annotated, person: Person) -> QuerySet[Annotation]:
    """Return the annotations of articles that a leaf asks for and this person may see; raises TooSlow."""
    marks = Annotation.objects.visible_to(person).filter(article__isnull=False)
    words = _words_of(leaf.of)
    if not words:
        return marks.filter(_condition(leaf.of, person, {}))
    possible = marks.filter(_condition(leaf.of, person, None))
    return marks.filter(_condition(leaf.of, person, {word: _found(word, possible) for word in words}))


def annotated_articles(leaf: Annotated, person: Person) -> list[int]:
    """Return the keys of the articles that a leaf matches for this person; raises TooSlow."""
    articles = annotations_of(leaf, person).order_by("article").values_list("article", flat=True)
    return list(articles.distinct())


def annotated_in(tree: Node, person: Person) -> dict[Annotated, list[int]]:
    """Return the articles of each leaf of a tree that asks for annotations; raises TooSlow."""
    asked = dict.fromkeys(leaf for leaf in leaves(tree) if isinstance(leaf, Annotated))
    if len(asked) > MOST_LEAVES:
        raise TooSlow(TOO_MANY_LEAVES)
    return {leaf: annotated_articles(leaf, person) for leaf in asked}


def _condition(mark: Mark, person: Person, found: Found | None) -> Q:
    """Return what is asked of an annotation; without `found` a wider one, which words have yet to narrow."""
    match mark:
        case And():
            return _joined([_condition(child, person, found) for child in mark.children], Q.AND)
        case Or():
            if found is None and any(_words_of(child) for child in mark.children):
                return ANY
            return _joined([_condition(child, person, found) for child in mark.children], Q.OR)
        case Not():
            return ANY if found is None and _words_of(mark.child) else ~_condition(mark.child, person, found)
        case Comment() | Passage():
            return ANY if found is None else Q(pk__in=found[mark])
        case Tags():
            return _has_tag(person, Q(tag__in=mark.ids))
        case Tagged():
            return _has_tag(person, ANY)
        case People():
            return Q(owner__in=mark.ids)
        case Commented():
            return ~Q(comment="")
    raise TypeError(mark)


def _joined(conditions: list[Q], how: str) -> Q:
    joined = Q(pk__in=[]) if how == Q.OR else ~Q(pk__in=[])
    for condition in conditions:
        joined = joined | condition if how == Q.OR else joined & condition
    return joined


def _has_tag(person: Person, which: Q) -> Q:
    # Nobody finds by a tag that is not theirs to see.
    seen = AnnotationTag.objects.filter(which, annotation=OuterRef("pk"), tag__in=Tag.objects.visible_to(person))
    return Q(Exists(seen))


def _words_of(mark: Mark) -> list[Comment | Passage]:
    match mark:
        case And() | Or():
            return [word for child in mark.children for word in _words_of(child)]
        case Not():
            return _words_of(mark.child)
        case Comment() | Passage():
            return [mark]
        case _:
            return []


def _found(mark: Comment | Passage, possible: QuerySet[Annotation]) -> set[int]:
    """Return those of these annotations in whose comment, or in one of whose passages, the words are."""
    texts: Any
    if isinstance(mark, Comment):
        texts = possible.exclude(comment="").values_list("pk", "comment")
    else:
        texts = AnnotationSpan.objects.filter(annotation__in=possible.values("pk")).values_list("annotation", "quote")
    read = list(texts.order_by("pk")[: MOST_READ + 1])
    if len(read) > MOST_READ:
        raise TooSlow(TOO_MANY)
    return {pk for pk, text in read if words_in(mark.words, text)}
