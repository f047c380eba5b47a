"""An invented archive in the test database, people who read it, what they marked, and random queries about it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from bench.archive import DAYS, FIRST_DAY, KINDS, Plan, fill
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.library.models import Article, Author, Issue, Periodical
from monitor.library.source_models import Source
from monitor.search import compiled as c
from monitor.search.indexing import reindex
from monitor.search.query_tree import Near, Phrase, Prefix, Word
from monitor.search.writings import expanded
from tests.factories import make_user

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.accounts.models import User

SMALL = Plan(1_000, words=40, vocabulary=220, actors=40, regions=40, unpublished=0.1)


@dataclass(frozen=True)
class World:
    """Who reads, and the keys and words to ask for."""

    reader: User
    analyst: User
    curator: User
    words: list[str]
    sentences: list[str]
    keys: dict[c.Kind, list[int]]
    tags: list[int]

    @property
    def people(self) -> tuple[User, User, User]:
        return self.reader, self.analyst, self.curator


def make_world(plan: Plan = SMALL) -> World:
    """Store and index an archive, with annotations of two people."""
    for steps in (fill(plan), reindex()):
        for _done in steps:
            pass
    with connection.cursor() as cursor:
        # These alone: catalogues that databases share cannot be analysed by two test runs at once.
        cursor.execute("analyze monitor_searchrow, monitor_searchpiece, monitor_article, monitor_articletext")
    reader, analyst, curator = (make_user(role) for role in ("reader", "analyst", "curator"))
    bodies = [row.texts.get().body for row in Article.objects.order_by("pk")[:60]]
    words = sorted({word.strip(".").casefold() for body in bodies[:3] for word in body.split()})
    world = World(
        reader,
        analyst,
        curator,
        words=words[:: len(words) // 30],
        sentences=[line for body in bodies for line in body.split(".") if len(line.split()) > 3][:20],
        keys={
            kind: list(model.objects.order_by("pk").values_list("pk", flat=True))
            for kind, model in (
                (c.Kind.ACTOR, Actor),
                (c.Kind.REGION, Region),
                (c.Kind.AUTHOR, Author),
                (c.Kind.SOURCE, Source),
                (c.Kind.PERIODICAL, Periodical),
                (c.Kind.ISSUE, Issue),
                (c.Kind.ARTICLE, Article),
            )
        },
        tags=[Tag.objects.create(name=name, path=name).pk for name in ("escape", "raid")],
    )
    _annotate(world)
    return world


def _annotate(world: World) -> None:
    draw = random.Random(3)  # noqa: S311 - the same marks each time
    own = Tag.objects.create(name="mine", path="mine", owner=world.analyst)
    world.tags.append(own.pk)
    for article in draw.sample(world.keys[c.Kind.ARTICLE], 80):
        owner = draw.choice([world.analyst, world.curator])
        scope = draw.choice(["private", "everyone"])
        comment = draw.choice(["", draw.choice(world.sentences)])
        mark = Annotation.objects.create(owner=owner, article_id=article, visibility=scope, comment=comment)
        quote = draw.choice(world.sentences)
        AnnotationSpan.objects.create(annotation=mark, text_version=1, start=0, end=len(quote), quote=quote)
        for tag in draw.sample(world.tags, draw.randint(0, 2)):
            AnnotationTag.objects.create(annotation=mark, tag_id=tag)


class Asker:
    """Random queries, always the same ones for a seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.draw = world, random.Random(seed)  # noqa: S311 - the same queries each time

    def compiled(self) -> c.Compiled:
        children: list[Any] = [self.node(self.draw.randint(0, 2)) for _ in range(self.draw.randint(0, 3))]
        facets = self.draw.sample(sorted(c.Facet), self.draw.choice([0, 0, 0, 1, 2]))
        children += [c.Choice(facet, self.choice(facet)) for facet in facets]
        return c.Compiled(c.And(tuple(children)), self.draw.choice(self.world.people))

    def node(self, depth: int) -> c.Node:
        if depth and self.draw.random() < 0.6:
            children = tuple(self.node(depth - 1) for _ in range(self.draw.randint(1, 3)))
            joints: Sequence[c.Node] = (c.And(children), c.Or(children), c.Not(children[0]))
            return self.draw.choice(joints)
        if self.draw.random() < 0.65:
            return c.Text(self.words(), self.draw.choice([c.EVERY_FIELD] * 4 + [self.fields()]))
        return self.fact()

    def fields(self) -> frozenset[c.Field]:
        return frozenset(self.draw.sample(sorted(c.Field), self.draw.randint(1, 3)))

    def word(self) -> str:
        return self.draw.choice(self.world.words)

    def words(self) -> c.Words | c.Close:
        sentence = self.draw.choice(self.world.sentences).split()
        begin, length = self.draw.randrange(2), self.draw.randint(2, 3)
        some = tuple(sentence[begin : begin + length])
        node: Any = self.draw.choice(
            [
                Word(self.word()),
                Word(self.word()),
                Prefix(self.word()[:3]),
                Phrase(some),
                Near(Word(self.word()), Word(sentence[0]), self.draw.choice([1, 9])),
                Near(Phrase(some), Word(self.word()), self.draw.choice([2, 30])),
            ]
        )
        return expanded(node)

    def ids(self, kind: c.Kind, *, most: int = 3) -> c.Ids:
        ids = tuple(self.draw.sample(self.world.keys[kind], self.draw.randint(0 if most > 1 else 1, most)))
        may = kind in {c.Kind.ACTOR, c.Kind.REGION}
        return c.Ids(kind, ids, exact=may and self.draw.random() < 0.3, about=may and self.draw.random() < 0.3)

    def fact(self) -> c.Node:
        kinds = list(c.Kind)
        facts: list[c.Node] = [
            *(self.ids(kind) for kind in kinds),
            self.days(),
            c.Kinds(tuple(self.draw.sample(KINDS, 1))),
            c.HasAny(self.draw.choice(list(c.Given))),
            c.Annotated(self.mark(2)),
        ]
        return self.draw.choice(facts)

    def mark(self, depth: int) -> Any:
        if depth and self.draw.random() < 0.5:
            children = tuple(self.mark(depth - 1) for _ in range(self.draw.randint(0, 2)))
            return self.draw.choice([c.And(children), c.Or(children), c.Not(self.mark(0))])
        return self.draw.choice(
            [
                c.Tags(tuple(self.draw.sample(self.world.tags, 1))),
                c.People((self.draw.choice(self.world.people).pk,)),
                c.Tagged(),
                c.Commented(),
                c.Comment(self.words()),
                c.Passage(self.words()),
            ]
        )

    def days(self) -> c.Days:
        ends = sorted(FIRST_DAY + timedelta(days=self.draw.randrange(DAYS)) for _ in range(2))
        return c.Days(*(day if self.draw.random() < 0.8 else None for day in ends))

    def choice(self, facet: c.Facet) -> c.Node:
        match facet:
            case c.Facet.KIND:
                return c.Kinds(tuple(self.draw.sample(KINDS, 2)))
            case c.Facet.YEAR | c.Facet.MONTH:
                return self.days()
            case _:
                return self.ids(c.Kind(facet.value))
