"""What lies in what, by any number of steps: kept in RegionClosure by one walk, for one region as for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from monitor.entities.locks import REGIONS, lock
from monitor.entities.refusals import RegionCircle
from monitor.entities.region_models import Region, RegionParent

if TYPE_CHECKING:
    from collections.abc import Collection

# SAFETY: no chain of regions is this long; a circle would be walked for ever.
LONGEST_CHAIN = 40

WALK = """
with recursive walk (descendant_id, ancestor_id, depth) as (
    select id, id, 0 from monitor_region where %(all)s or id = any(%(some)s)
    union
    select walk.descendant_id, edge.parent_id, walk.depth + 1
    from walk join monitor_regionparent edge on edge.child_id = walk.ancestor_id and not edge.retired
    where walk.depth < %(longest)s
)
"""
WALKED = f"{WALK} select descendant_id, ancestor_id, min(depth) as depth from walk group by 1, 2"  # noqa: S608 - no input
# In the order of the key: 700,000 rows in the order of a hash would take three times as long to index.
WRITE_ALL = f"insert into monitor_regionclosure (descendant_id, ancestor_id, depth) {WALKED} order by 1, 2"
WRITE_DIFFERENCE = f"""
{WALK}, fresh as materialized (
    select descendant_id, ancestor_id, min(depth) as depth from walk group by 1, 2
), gone as (
    delete from monitor_regionclosure old
    where (%(all)s or old.descendant_id = any(%(some)s)) and not exists (
        select from fresh where fresh.descendant_id = old.descendant_id and fresh.ancestor_id = old.ancestor_id
    )
    returning 1
), written as (
    insert into monitor_regionclosure as old (descendant_id, ancestor_id, depth)
    select descendant_id, ancestor_id, depth from fresh
    on conflict (descendant_id, ancestor_id) do update set depth = excluded.depth where old.depth <> excluded.depth
    returning 1
)
select (select count(*) from gone) + (select count(*) from written)
"""  # noqa: S608 - no input
BELOW = """
with recursive below (id) as (
    select unnest(%(some)s::bigint[])
    union
    select edge.child_id from below join monitor_regionparent edge on edge.parent_id = below.id and not edge.retired
)
select id from below
"""


def rebuild_closure() -> int:
    """Bring the closure of all regions up to date; returns how many rows that changed."""
    return _write(every=True)


def refresh_closure(regions: Collection[int]) -> int:
    """Do the same for these regions and all that lies in them; call it in the transaction that changed their parents."""
    return _write(some=_below(regions))


@transaction.atomic
def place_region(child: Region, parent: Region) -> RegionParent:
    """Let `child` lie in `parent` as well. Raises RegionCircle."""
    lock(REGIONS)
    if child.pk == parent.pk or parent.pk in _below([child.pk]):
        raise RegionCircle(child.name, parent.name)
    edge, _new = RegionParent.objects.get_or_create(child=child, parent=parent)
    if edge.retired:
        edge.retired = False
        edge.edited = sorted({*edge.edited, "retired"})
        edge.save(update_fields=["retired", "edited"])
    refresh_closure([child.pk])
    return edge


@transaction.atomic
def take_out_region(child: Region, parent: Region) -> None:
    """Let `child` no longer lie in `parent`; the row stays, so that no load of the files brings it back."""
    lock(REGIONS)
    edge = RegionParent.objects.get(child=child, parent=parent)
    edge.retired = True
    edge.edited = sorted({*edge.edited, "retired"})
    edge.save(update_fields=["retired", "edited"])
    refresh_closure([child.pk])


def _below(regions: Collection[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(BELOW, {"some": list(regions)})
        return [row[0] for row in cursor.fetchall()]


def _write(*, some: Collection[int] = (), every: bool = False) -> int:
    facts: dict[str, Any] = {"all": every, "some": list(some), "longest": LONGEST_CHAIN}
    with connection.cursor() as cursor:
        if every:
            cursor.execute("select exists (select from monitor_regionclosure)")
            if not cursor.fetchone()[0]:
                cursor.execute(WRITE_ALL, facts)
                return int(cursor.rowcount)
        cursor.execute(WRITE_DIFFERENCE, facts)
        return int(cursor.fetchone()[0])
