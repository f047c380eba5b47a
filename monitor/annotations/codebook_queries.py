"""What pages show of the codebook: tags with their uses, passages by tag, suggestions. All as one person may see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef

from monitor.annotations.codebook import STEP, with_children
from monitor.annotations.hits import words_of
from monitor.annotations.models import Annotation
from monitor.annotations.queries import tags_by_use
from monitor.annotations.tag_models import AnnotationTag, PinnedTag, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from monitor.accounts.models import User

SHARED, MINE = "shared", "mine"  # scopes in addresses; a team's is its uid
MOST_SUGGESTED = 12
Scope = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class CountedTag:
    """A tag and how many annotations bear it or one below it, each counted once."""

    tag: Tag
    uses: int


def codebook_of(person: User) -> list[CountedTag]:
    """Return every tag this person may use, by path, in two statements however many there are."""
    tags = list(Tag.objects.visible_to(person).select_related("team").order_by("path"))
    bearing = _annotations_below(person, tags)
    return [CountedTag(tag, len(bearing[_scope(tag), tag.path])) for tag in tags]


def _annotations_below(person: User, tags: Iterable[Tag]) -> dict[tuple[Scope, str], set[int]]:
    """Return the annotations at each path of each scope. An annotation with two tags of a branch is one of its uses."""
    seen = AnnotationTag.objects.filter(annotation__in=Annotation.objects.visible_to(person))
    at = dict(seen.order_by().values_list("tag").annotate(marks=ArrayAgg("annotation")))
    bearing: dict[tuple[Scope, str], set[int]] = defaultdict(set)
    for tag in tags:
        steps = tag.path.split(STEP)
        for depth in range(1, len(steps) + 1):
            bearing[_scope(tag), STEP.join(steps[:depth])].update(at.get(tag.pk, ()))
    return bearing


def _scope(tag: Tag) -> Scope:
    return tag.owner_id, tag.team_id


def scope_word(tag: Tag) -> str:
    """Return how addresses name the codebook that a tag stands in; `tag.team` must be at hand."""
    if tag.owner_id:
        return MINE
    return str(tag.team.uid) if tag.team else SHARED


def find_tag(person: User, path: str, scope: str = "") -> Tag | None:
    """Return the tag at this path of a scope, or of the nearest one: today's path first, then one it had."""
    if "\0" in path:
        return None
    tags = _in_scope(Tag.objects.visible_to(person), person, scope).select_related("team")
    nearest = tags.filter(path=path).order_by("owner", "team")  # own first: nulls come last
    found: Tag | None = nearest.first() or tags.filter(addresses__path=path).order_by("-addresses__id").first()
    return found


def _in_scope(tags: QuerySet[Tag], person: User, scope: str) -> QuerySet[Tag]:
    if not scope:
        return tags
    if scope == SHARED:
        return tags.filter(owner=None, team=None)
    if scope == MINE:
        return tags.filter(owner=person)
    try:
        return tags.filter(team__uid=UUID(scope))
    except ValueError:
        return tags.none()


def of_same_codebook(tag: Tag) -> QuerySet[Tag]:
    """Return the tags that stand in one codebook with a tag that its asker may see, but for itself and those below."""
    rows = Tag.objects.filter(owner=tag.owner, team=tag.team, merged_into=None, deleted=None)
    found: QuerySet[Tag] = rows.exclude(with_children(tag)).order_by("path")
    return found


def tagged(tag: Tag, person: User, *, exact: bool = False) -> QuerySet[Annotation]:
    """Return the annotations that bear a tag or, unless `exact`, one below it."""
    tags = Tag.objects.filter(pk=tag.pk) if exact else Tag.objects.filter(with_children(tag))
    uses = AnnotationTag.objects.filter(annotation=OuterRef("pk"), tag__in=tags.values("pk"))
    found: QuerySet[Annotation] = Annotation.objects.visible_to(person).filter(Exists(uses))
    return found


def suggested(person: User, typed: str, *, article: int | None = None) -> list[Tag]:
    """Return the tags whose name or path has words that begin as those typed, those used here and lately first.

    Case and accents do not count; without words, the tags that are next at hand.
    """
    wanted = [word.folded for word in words_of(typed)]
    ranked = tags_by_use(person, article=article).select_related("team")
    if not wanted:
        return list(ranked[:MOST_SUGGESTED])
    return [tag for tag in ranked if answers_to(tag, wanted)][:MOST_SUGGESTED]


def answers_to(tag: Tag, wanted: Iterable[str]) -> bool:
    """Return whether each of these folded words begins a word of the tag's name or path."""
    words = [word.folded for word in words_of(f"{tag.name} {tag.path}")]
    return all(any(word.startswith(begin) for word in words) for begin in wanted)


def pinned(person: User) -> dict[int, int]:
    """Return the digit of each tag (by key) that the person pinned and may still see."""
    pins = PinnedTag.objects.filter(person=person, tag__in=Tag.objects.visible_to(person))
    return dict(pins.values_list("tag", "digit"))
