"""How a tag is written in a field so that it means one: by its path, with its codebook where several have that.

`water/weir` is the tag nearest to those who read the annotation; `[shared]`, `[mine]` or `[Rivers]` behind it names the
codebook: everybody's, one's own, or that of a team of this name.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Case, Q, When

from monitor.annotations.codebook import make_tag
from monitor.annotations.codebook_queries import MINE, SHARED
from monitor.annotations.models import Visibility
from monitor.annotations.refusals import CannotAnnotate
from monitor.annotations.tag_models import Tag
from monitor.library.models import folded_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from monitor.accounts.models import Team, User

_WITH_BOOK = re.compile(r"([^\[\]]{1,400}) \[([^\[\],]{1,120})\]")
_PARTS_A_LIST = re.compile(r"[\[\],]")


def book_name(*, owner: int | None, team_uid: str | UUID | None, team_name: str | None) -> str:
    """Return how fields name a codebook; a team whose name would part the list, or is another word, by its uid."""
    if owner:
        return MINE
    if not team_uid or not team_name:
        return SHARED
    unclear = _PARTS_A_LIST.search(team_name) or folded_name(team_name) in {MINE, SHARED}
    return str(team_uid) if unclear else team_name


def with_book(path: str, book: str) -> str:
    return f"{path} [{book}]"


def written_names(tags: Iterable[int], person: User) -> dict[int, str]:
    """Return, by its key, how each of these tags is written: the path alone where this person sees one tag of it."""
    seen = Tag.objects.visible_to(person)
    paths = seen.filter(pk__in=list(tags)).values("path")
    rows = list(seen.filter(path__in=paths).select_related("team"))
    often = Counter(row.path for row in rows)
    return {row.pk: row.path if often[row.path] == 1 else with_book(row.path, _book(row)) for row in rows}


def _book(tag: Tag) -> str:
    team = tag.team
    return book_name(owner=tag.owner_id, team_uid=team.uid if team else None, team_name=team.name if team else None)


def tag_named(name: str, *, by: User, visibility: str, team: Team | None) -> Tag:
    """Return the tag that a name means to this person, made where those who read the annotation see it if it is new.

    Raises CannotAnnotate for what is no name of a tag.
    """
    found = find_named(name, by=by, visibility=visibility, team=team)
    if found:
        return found
    # A name in private words is nobody else's to read.
    private = visibility == Visibility.PRIVATE
    return make_tag(name=name, by=by, team=team if visibility == Visibility.TEAM else None, private=private)


def find_named(name: str, *, by: User, visibility: str, team: Team | None) -> Tag | None:
    """Return the tag that a name means to this person, None for a new name.

    A name is a path or a tag's own name; where several codebooks have it, the tag nearest to the annotation's readers.
    Raises CannotAnnotate where a codebook is named that has no such tag.
    """
    private = visibility == Visibility.PRIVATE
    own, theirs = When(owner=by, then=0 if private else 3), When(team=team, owner=None, then=0)
    nearness = Case(own, theirs, When(owner=None, team=None, then=1), default=2)
    known = Tag.objects.visible_to(by).order_by(nearness, "path")
    found = _called(known, name)
    named = _WITH_BOOK.fullmatch(name)
    if found or named is None:
        return found
    books = _books(by, named[2])
    if books is None:
        return None  # brackets of the name's own
    found = _called(known.filter(pk__in=books), named[1].strip())
    if found is None:
        raise CannotAnnotate(f"There is no tag “{named[1].strip()}” in the codebook “{named[2]}”.")
    return found


def _called(known: QuerySet[Tag], name: str) -> Tag | None:
    found: Tag | None = known.filter(path=name).first() or known.filter(name__iexact=name).first()
    return found


def _books(by: User, book: str) -> QuerySet[Tag] | None:
    """Return the tags of the codebook of this name, None where the person has none of that name."""
    if book == MINE:
        return Tag.objects.filter(owner=by)
    if book == SHARED:
        return Tag.objects.filter(owner=None, team=None)
    wanted = folded_name(book)
    teams = [team.pk for team in by.teams.all() if wanted in {folded_name(team.name), str(team.uid)}]
    return Tag.objects.filter(owner=None, team__in=teams) if teams else None


def tags_called(written: str, *, by: User) -> list[Tag]:
    """Return every tag that one of these names, with commas between them, can mean to this person."""
    seen = Tag.objects.visible_to(by)
    found: dict[int, Tag] = {}
    for name in filter(None, (" ".join(one.split()) for one in written.split(","))):
        named = _WITH_BOOK.fullmatch(name)
        books = _books(by, named[2]) if named else None
        rows = seen.filter(pk__in=books) if books is not None else seen
        word = named[1].strip() if named and books is not None else name
        found |= {tag.pk: tag for tag in rows.filter(Q(path=word) | Q(name__iexact=word))}
    return list(found.values())
