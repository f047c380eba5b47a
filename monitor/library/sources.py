"""Joining the spellings of one outlet, and taking a wrong join back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from monitor.library.locks import lock_storing
from monitor.library.outlets import outlet_key
from monitor.library.slugs import FreeSlugs, free_slug
from monitor.library.source_models import Source, SourceJoin, SourceSpelling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.accounts.models import User

LONGEST_NAME = 300
UNNAMED = "[no source printed]"
Basis = SourceSpelling.Basis


class CannotJoin(Exception):
    """The two sources cannot be joined; the message says why."""


class CannotUndo(Exception):
    """Later decisions stand on this one; the message says which way out there is."""


def place_spellings(printed: Iterable[str]) -> dict[str, SourceSpelling]:
    """Return a spelling row for every printed name, making sources for outlets not met before."""
    wanted = {name: name.strip()[:LONGEST_NAME] or UNNAMED for name in printed}
    known = {s.printed: s for s in SourceSpelling.objects.filter(printed__in=wanted.values())}
    known |= {s.printed: s for s in _placed(sorted(set(wanted.values()) - known.keys()))}
    return {name: known[clipped] for name, clipped in wanted.items()}


def _placed(names: list[str]) -> list[SourceSpelling]:
    """Give each new name to the outlet that is called so, else to one of its own."""
    keys = {name: outlet_key(name)[:LONGEST_NAME] for name in names}
    homes, slugs = _homes(set(keys.values())), FreeSlugs(Source, keys)
    new, spellings = [], []
    for name, key in keys.items():
        basis = Basis.AUTOMATIC if key in homes else Basis.FIRST
        if key not in homes:
            homes[key] = Source(name=name, slug=slugs.take(name))
            new.append(homes[key])
        spellings.append(SourceSpelling(source=homes[key], printed=name, key=key, basis=basis))
    Source.objects.bulk_create(new)
    return SourceSpelling.objects.bulk_create(spellings)


def _homes(keys: set[str]) -> dict[str, Source]:
    """Return the outlet of each key that has one.

    What a curator placed stands back behind a spelling that stayed where it was: after a split, others stay with
    the rest. Where a curator placed all of them, as a join does, others follow.
    """
    homes: dict[str, Source] = {}
    known = SourceSpelling.objects.filter(key__in=keys).select_related("source")
    for spelling in sorted(known, key=lambda spelling: (spelling.basis == Basis.CURATOR, spelling.pk)):
        homes.setdefault(spelling.key, spelling.source)
    return homes


@transaction.atomic
def join_sources(*, kept: Source, other: Source, decided_by: User | None) -> SourceJoin:
    """Make `other` one outlet with `kept`: its spellings move, its address leads on to `kept`."""
    lock_storing()
    kept, other = _locked(kept), _locked(other)
    if kept == other:
        raise CannotJoin("A source cannot be joined with itself.")
    if kept.joined_into or other.joined_into:
        raise CannotJoin("One of the two was joined with another source already.")
    join = _move(list(other.spellings.all()), to=kept, split=False, kept=kept, other=other, decided_by=decided_by)
    other.joined_into = kept
    other.save(update_fields=["joined_into"])
    return join


@transaction.atomic
def split_spelling(*, spelling: SourceSpelling, decided_by: User | None) -> SourceJoin:
    """Give one spelling a source of its own; later issues that print it so will follow."""
    lock_storing()
    spelling = SourceSpelling.objects.select_for_update().get(pk=spelling.pk)
    kept = _locked(spelling.source)
    if kept.spellings.count() == 1:
        raise CannotJoin("This is the only spelling of its source.")
    other = Source.objects.create(name=spelling.printed, slug=free_slug(Source, spelling.printed))
    return _move([spelling], to=other, split=True, kept=kept, other=other, decided_by=decided_by)


@transaction.atomic
def undo_join(*, join: SourceJoin) -> None:
    """Put every spelling back where it was before a join or a split, and with it those that have followed since."""
    lock_storing()
    join = SourceJoin.objects.select_for_update().get(pk=join.pk)
    if join.undone:
        raise CannotUndo("This was undone already.")
    stands_at, goes_to = (join.other, join.kept) if join.split else (join.kept, join.other)
    spellings = {s.pk: s for s in SourceSpelling.objects.select_for_update().filter(pk__in=join.spelling_ids)}
    if any(s.source_id != stands_at.pk for s in spellings.values()):
        raise CannotUndo("Its spellings were moved again since; undo the later decision first.")
    for pk, basis in zip(join.spelling_ids, join.previous_bases, strict=True):
        if pk in spellings:
            spellings[pk].source, spellings[pk].basis = goes_to, basis
            spellings[pk].save(update_fields=["source", "basis"])
    followers = _followers(join, stands_at, {spelling.key for spelling in spellings.values()})
    SourceSpelling.objects.filter(pk__in=followers).update(source=goes_to)
    if join.split and stands_at.spellings.exists():
        raise CannotUndo("Other spellings were joined with it since; undo the later decision first.")
    # The source that is left without spellings leads to the other one, so that its address goes on working.
    join.other.joined_into = join.kept if join.split else None
    join.other.save(update_fields=["joined_into"])
    join.undone = timezone.now()
    join.save(update_fields=["undone"])


def _followers(join: SourceJoin, stands_at: Source, moved: set[str]) -> list[int]:
    """Return the spellings that came to `stands_at` by themselves because the join had brought their key there."""
    others = stands_at.spellings.exclude(pk__in=join.spelling_ids).filter(key__in=moved)
    theirs = {s.key for s in others if s.basis != Basis.AUTOMATIC or s.created < join.created}
    return [s.pk for s in others if s.key not in theirs]


def _locked(source: Source) -> Source:
    return Source.objects.select_for_update().get(pk=source.pk)


def _move(
    spellings: list[SourceSpelling], *, to: Source, split: bool, kept: Source, other: Source, decided_by: User | None
) -> SourceJoin:
    join = SourceJoin.objects.create(
        kept=kept,
        other=other,
        split=split,
        spelling_ids=[s.pk for s in spellings],
        previous_bases=[s.basis for s in spellings],
        decided_by=decided_by,
    )
    SourceSpelling.objects.filter(pk__in=join.spelling_ids).update(source=to, basis=Basis.CURATOR)
    return join
