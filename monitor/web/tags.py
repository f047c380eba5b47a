"""The codebook as pages show it: branches of a tree, and the addresses of tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from monitor.annotations.codebook import STEP
from monitor.annotations.codebook_queries import MINE, SHARED, answers_to, scope_word
from monitor.annotations.hits import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.annotations.codebook_queries import CountedTag
    from monitor.annotations.tag_models import Tag


@dataclass(slots=True)
class Branch:
    """A tag, its uses with those of the branches below it, and the digit it is pinned to."""

    tag: Tag
    address: str
    uses: int
    digit: int | None = None
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """One codebook: everybody's, a team's or one's own."""

    scope: str
    name: str
    branches: tuple[Branch, ...]


def address_of(tag: Tag) -> str:
    """Return the address of a tag's page; `tag.team` must be at hand."""
    return f"{reverse('tag', args=[tag.path])}?{urlencode({'of': scope_word(tag)})}"


def books(counted: Sequence[CountedTag], pins: Mapping[int, int], typed: str = "") -> list[Book]:
    """Return the codebooks that have tags, with the branches in which a tag answers to the words typed."""
    shown = _answering(counted, typed)
    by_place: dict[tuple[str, str], Branch] = {}
    roots: dict[str, list[Branch]] = {}
    names: dict[str, str] = {}
    for one in shown:
        scope = scope_word(one.tag)
        branch = Branch(one.tag, address_of(one.tag), one.uses, pins.get(one.tag.pk))
        by_place[scope, one.tag.path] = branch
        above = by_place.get((scope, one.tag.path.rpartition(STEP)[0]))
        (above.branches if above else roots.setdefault(scope, [])).append(branch)
        names[scope] = _name(one.tag)
    return [Book(scope, names[scope], tuple(roots[scope])) for scope in sorted(roots, key=lambda s: _rank(s, names))]


def _answering(counted: Sequence[CountedTag], typed: str) -> list[CountedTag]:
    """Return the tags that answer, and those above them; parents come before their children."""
    wanted = [word.folded for word in words_of(typed)]
    # A path sorts "a-b" before "a/b": by steps, a parent stands right before its children.
    by_steps = sorted(counted, key=lambda one: one.tag.path.split(STEP))
    if not wanted:
        return by_steps
    kept: set[tuple[str, str]] = set()
    for one in by_steps:
        if answers_to(one.tag, wanted):
            steps = one.tag.path.split(STEP)
            kept.update((scope_word(one.tag), STEP.join(steps[:depth])) for depth in range(1, len(steps) + 1))
    return [one for one in by_steps if (scope_word(one.tag), one.tag.path) in kept]


def _name(tag: Tag) -> str:
    return {SHARED: "Shared codebook", MINE: "Only yours"}.get(scope_word(tag)) or str(tag.team)


def _rank(scope: str, names: Mapping[str, str]) -> tuple[int, str]:
    return {SHARED: 0, MINE: 2}.get(scope, 1), names[scope]
