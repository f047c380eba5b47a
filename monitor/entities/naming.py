"""Changing the authority file by hand: actors, their names, and regions. What a person changed, no load changes back.

Each change of a name has the articles looked through in which it could stand.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from monitor.entities.closure import place_region
from monitor.entities.folding import folded
from monitor.entities.kept_rows import Origin
from monitor.entities.loading import OWN_NAME
from monitor.entities.models import LONGEST_NAME, Actor, ActorAlias, ActorRelation, ActorStatus
from monitor.entities.refusals import (
    NameTaken,
    NotAName,
    NotEmpty,
    NotYourPart,
    OwnName,
    RelatedAlready,
    RelatedToItself,
)
from monitor.entities.region_models import PointBasis, Region, RegionAlias, RegionKind, RegionParent
from monitor.entities.renaming import names_as_of, note_change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monitor.accounts.models import User

    Alias = ActorAlias | RegionAlias

# What analysts may add by themselves: places that no list has.
SMALL = (RegionKind.PLACE, RegionKind.FACILITY, RegionKind.CITY)
LONGEST_SLUG = 60


def add_alias(
    *, text: str, by: User, actor: Actor | None = None, region: Region | None = None, **facts: Any
) -> ActorAlias | RegionAlias:
    """Give an actor or region another name; `facts` as `sort`, `case`, `needs`, `source`, `valid_from`.

    One that was retired stands again. Raises NotYourPart, NotAName, NameTaken.
    """
    _must_keep(by)
    owner = actor or region
    text = _clean(text)
    if owner is None or not text:
        raise NotAName
    with _change(f"Added the name “{text}” to {owner}.", [text], by):
        table: Any = ActorAlias if actor else RegionAlias
        of = {"actor": actor} if actor else {"region": region}
        before = table.objects.filter(**of, text=text, valid_from=facts.get("valid_from", "")).first()
        if before and not before.retired:
            raise NameTaken(text, str(owner))
        alias = before or table(**of, text=text, origin=Origin.PERSON)
        for name, value in {**facts, "retired": False}.items():
            setattr(alias, name, value)
        alias.edited = sorted({*alias.edited, *facts, "retired"})
        alias.save()
    made: ActorAlias | RegionAlias = alias
    return made


def retire_alias(*, alias: Alias, by: User) -> None:
    """Take a name out; its row stays, so that mentions of older texts and histories keep their meaning."""
    _must_keep(by)
    if isinstance(alias, ActorAlias) and alias.source == OWN_NAME:
        raise OwnName(alias.text)
    with _change(f"Took out the name “{alias.text}”.", [alias.text], by):
        _edit(alias, retired=True)


def restore_alias(*, alias: Alias, by: User) -> None:
    """Have a name that was taken out looked for again."""
    _must_keep(by)
    with _change(f"Put the name “{alias.text}” back.", [alias.text], by):
        _edit(alias, retired=False)


def create_actor(*, name: str, kind: str, by: User, **facts: Any) -> Actor:
    """Make an actor; its own name is its first."""
    _must_keep(by)
    name = _clean(name)
    if not name:
        raise NotAName
    with _change(f"Added {name}.", [name], by):
        actor = Actor.objects.create(slug=_free_slug(Actor, name), name=name, kind=kind, **facts)
        _have_own_name(actor)
    return actor


def confirm_actor(*, actor: Actor, by: User) -> Actor:
    """Take an actor that was only proposed into the authority file: its name is looked for from now on."""
    _must_keep(by)
    with _change(f"Confirmed {actor.name}.", [actor.name], by):
        _edit(actor, status=ActorStatus.ACTIVE.value)
        _have_own_name(actor)
    return actor


def retire_actor(*, actor: Actor, by: User) -> None:
    """Take an actor out: its names are no longer looked for, and a proposed one is not proposed again."""
    _must_keep(by)
    names = [actor.name, *actor.aliases.filter(retired=False).values_list("text", flat=True)]
    with _change(f"Took out {actor.name}.", names, by):
        _edit(actor, status=ActorStatus.RETIRED.value)


def restore_actor(*, actor: Actor, facts: Mapping[str, Any], by: User) -> Actor:
    """Give an actor the columns it had, its state among them; names that are looked for again are looked through.

    Raises NotYourPart.
    """
    _must_keep(by)
    was_out, names = actor.status == ActorStatus.RETIRED, [actor.name, facts["name"]]
    if was_out != (facts["status"] == ActorStatus.RETIRED):
        names += actor.aliases.filter(retired=False).values_list("text", flat=True)
    with _change(f"Changed {actor.name} back.", names, by):
        renamed = facts["name"] != actor.name
        _edit(actor, **{name: value for name, value in facts.items() if getattr(actor, name) != value})
        if renamed:
            actor.aliases.filter(source=OWN_NAME).update(source="its name before", edited=["source"])
            _have_own_name(actor)
    return actor


def change_actor(*, actor: Actor, by: User, **facts: Any) -> Actor:
    """Change columns of an actor; a former name stays one of its names. Raises NotYourPart, NotAName."""
    _must_keep(by)
    before = actor.name
    facts = {**facts, "name": _clean(facts.get("name", before))}
    if not facts["name"]:
        raise NotAName
    with _change(f"Changed {before}.", [before, facts["name"]], by):
        _edit(actor, **{name: value for name, value in facts.items() if getattr(actor, name) != value})
        if facts["name"] != before:
            actor.aliases.filter(source=OWN_NAME).update(source="its name before", edited=["source"])
            _have_own_name(actor)
    return actor


def relate(*, start: Actor, end: Actor, type: str, by: User, **facts: Any) -> ActorRelation:  # noqa: A002 - the column
    """Say how one actor stands to another, from and to which date. Raises NotYourPart, RelatedToItself."""
    _must_keep(by)
    if start.canonical_id == end.canonical_id:
        raise RelatedToItself(start.name)
    since = facts.pop("valid_from", "")
    found, _new = ActorRelation.objects.get_or_create(from_actor=start, to_actor=end, type=type, valid_from=since)
    _edit(found, **facts, retired=False)
    return found


def end_relation(*, relation: ActorRelation, by: User) -> None:
    """Take a relation out."""
    _must_keep(by)
    _edit(relation, retired=True)


def change_relation(*, relation: ActorRelation, by: User, **facts: Any) -> ActorRelation:
    """Change when a relation held and where that is from, or put one back. Raises NotYourPart, RelatedAlready."""
    _must_keep(by)
    since = facts.get("valid_from", relation.valid_from)
    same = ActorRelation.objects.filter(
        from_actor=relation.from_actor_id, to_actor=relation.to_actor_id, type=relation.type, valid_from=since
    )
    if same.exclude(pk=relation.pk).exists():
        raise RelatedAlready
    _edit(relation, **{name: value for name, value in facts.items() if getattr(relation, name) != value})
    return relation


def create_region(
    *, name: str, kind: str, parent: Region, by: User, lat: float | None = None, lon: float | None = None
) -> Region:
    """Make a region within another; small places are analysts' to add, the others curators'."""
    if not (by.is_analyst and kind in SMALL):
        _must_keep(by)
    name = _clean(name)
    if not name:
        raise NotAName
    with _change(f"Added {name} in {parent.name}.", [name], by):
        slug = _free_slug(Region, name)
        point = PointBasis.POINT if lat is not None else PointBasis.NONE
        region = Region.objects.create(
            code=slug, slug=slug, name=name, kind=kind, countries=parent.countries, lat=lat, lon=lon,
            coord_basis=point.value, source=added_by(by),
        )  # fmt: skip
        place_region(region, parent)
    return region


def change_region(*, region: Region, by: User, **facts: Any) -> Region:
    """Change a region's name, kind or point (`lat` and `lon`, both or neither); a former name stays one of its names.

    Raises NotYourPart, NotAName.
    """
    _must_keep(by)
    before = region.name
    facts = {**facts, "name": _clean(facts.get("name", before))}
    if not facts["name"]:
        raise NotAName
    if "lat" in facts and (facts["lat"], facts["lon"]) != (region.lat, region.lon):
        facts["coord_basis"] = (PointBasis.NONE if facts["lat"] is None else PointBasis.POINT).value
    with _change(f"Changed {before}.", [before, facts["name"]], by):
        _edit(region, **{name: value for name, value in facts.items() if getattr(region, name) != value})
        if facts["name"] != before:
            RegionAlias.objects.get_or_create(region=region, text=before, valid_from="")
    return region


def retire_region(*, region: Region, by: User) -> None:
    """Take a region out that has nothing in it: its names are no longer looked for. Raises NotYourPart, NotEmpty."""
    if not (by.is_analyst and region.kind in SMALL and region.source == added_by(by)):
        _must_keep(by)
    if RegionParent.objects.filter(parent=region, retired=False, child__retired=False).exists():
        raise NotEmpty(region.name)
    with _change(f"Took out {region.name}.", [region.name, *region.aliases.values_list("text", flat=True)], by):
        _edit(region, retired=True)


def added_by(person: User) -> str:
    """Return what a region that somebody added names as its source."""
    return f"added by {person.username}"


def _have_own_name(actor: Actor) -> None:
    own = {"source": OWN_NAME, "retired": False}
    ActorAlias.objects.update_or_create(actor=actor, text=actor.name, valid_from="", defaults=own)


@contextmanager
def _change(said: str, texts: list[str], by: User) -> Iterator[None]:
    """Write a change, and note which names it concerns."""
    with transaction.atomic():
        before = names_as_of()
        yield
        note_change(said=said, texts=texts, by=by, before=before)


def _edit(row: Any, **facts: Any) -> None:
    """Write columns, and remember that a person did: no load of the files writes them again."""
    for name, value in facts.items():
        setattr(row, name, value)
    row.edited = sorted({*row.edited, *facts})
    row.save()


def _must_keep(by: User) -> None:
    if not by.is_curator:
        raise NotYourPart("Changing actors and regions needs the role of curator.")


def _clean(text: str) -> str:
    """Return a name on one line, or nothing where it could never be found."""
    line = " ".join(text.split())
    return line if any(c.isalnum() for c in line) and len(line) <= LONGEST_NAME else ""


def _free_slug(model: type[Any], name: str) -> str:
    base = slugify(folded(name))[:LONGEST_SLUG].strip("-") or "name"
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if model is Region:
        taken |= set(Region.objects.filter(code__startswith=base).values_list("code", flat=True))
    return (
        base
        if base not in taken
        else next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
    )
