"""What an article is about: how often, how early and how widely it names an actor or region."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt
from typing import TYPE_CHECKING

from monitor.entities.recognising.document import About

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.entities.recognising.document import Mention, Piece

IN_TITLE, EARLY, ELSEWHERE = 6.0, 2.0, 1.0  # what one mention weighs
EARLY_SHARE = 0.15  # of the body
PARTS = 8
MOST, LEAST_SHARE = 8, 0.12
IN_PASSING = 0.2  # the least share of what a single eighth of the text names

Key = tuple[str, str | None, str]


def about(
    mentions: Iterable[Mention], pieces: Sequence[Piece], states: Mapping[str, tuple[str, str]] | None = None
) -> tuple[About, ...]:
    """Return every entity but persons by falling salience, actors and regions each by themselves.

    `states`: capital -> code and name of its country, which is meant where the capital stands for its government.
    """
    length = max(1, sum(len(piece.text) for piece in pieces if piece.where == "body"))
    seen: dict[Key, list[Mention]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for mention in mentions:
        if mention.sort != "person" and mention.tier != "weak":
            kind, entity, name = _key(mention, states or {})
            if entity:
                name = names.setdefault((kind, entity), name)  # one entity may be written in several ways
            seen[kind, entity, name].append(mention)
    found: list[About] = []
    for kind in ("actor", "region"):
        found += _ranked([_one(key, places, length) for key, places in seen.items() if key[0] == kind])
    return tuple(found)


def _key(mention: Mention, states: Mapping[str, tuple[str, str]]) -> Key:
    if mention.metonym and mention.entity is not None and mention.entity in states:
        return mention.kind, *states[mention.entity]
    return mention.kind, mention.entity, mention.name


def _one(key: Key, mentions: Sequence[Mention], length: int) -> About:
    body = [mention for mention in mentions if mention.where == "body"]
    titles = sum(mention.where == "title" for mention in mentions)
    early = sum(mention.start < EARLY_SHARE * length for mention in body)
    weight = IN_TITLE * titles + EARLY * early + ELSEWHERE * (len(mentions) - titles - early)
    parts = len({min(PARTS - 1, PARTS * mention.start // length) for mention in body}) or 1
    salience = round(weight * sqrt(parts), 3)
    return About(mentions[0].kind, key[1], key[2], len(mentions), parts, titles > 0, salience, share=0.0, about=False)


def _ranked(entities: Sequence[About]) -> list[About]:
    ranked = sorted(entities, key=lambda one: (-one.salience, -one.n, one.entity or "", one.name))
    best = ranked[0].salience if ranked else 1.0
    return [
        About(
            one.kind,
            one.entity,
            one.name,
            one.n,
            one.parts,
            one.in_title,
            one.salience,
            round(one.salience / best, 3),
            about=place < MOST and one.salience >= least_share(parts=one.parts, in_title=one.in_title) * best,
        )
        for place, one in enumerate(ranked)
    ]


def least_share(*, parts: int, in_title: bool) -> float:
    """Return the share of the best salience from which an article is about what stands in so many of its eighths."""
    return LEAST_SHARE if parts > 1 or in_title else IN_PASSING
