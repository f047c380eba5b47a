"""What lies in what: the closure is a walk of the parents, whatever moved, and nothing ever lies in itself."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.entities.closure import place_region, rebuild_closure, take_out_region
from monitor.entities.refusals import RegionCircle
from monitor.entities.region_models import Region, RegionClosure, RegionParent

pytestmark = pytest.mark.django_db

LANDS = "ABCDEF"
MOVES = st.lists(st.tuples(st.booleans(), st.sampled_from(LANDS), st.sampled_from(LANDS)), max_size=14)


def walked(edges: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return every (inner, outer) with the fewest steps between them, by walking."""
    found = {(land, land): 0 for land in LANDS}
    steps = 0
    while new := {
        (child, above): steps + 1
        for child, parent in edges
        for (lower, above), depth in found.items()
        if lower == parent and depth == steps and (child, above) not in found
    }:
        found |= new
        steps += 1
    return found


def kept() -> dict[tuple[str, str], int]:
    rows = RegionClosure.objects.values_list("descendant__code", "ancestor__code", "depth")
    return {(inner, outer): depth for inner, outer, depth in rows}


def circle(edges: set[tuple[str, str]], child: str, parent: str) -> bool:
    return (parent, child) in walked(edges)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_the_closure_is_a_walk_of_the_parents(moves: list[tuple[bool, str, str]]) -> None:
    Region.objects.all().delete()
    RegionClosure.objects.all().delete()
    lands = {
        code: Region.objects.create(code=code, slug=code.lower(), name=f"Land {code}", kind="place") for code in LANDS
    }
    rebuild_closure()
    edges: set[tuple[str, str]] = set()
    for adds, child, parent in moves:
        if not adds:
            if (child, parent) in edges:
                take_out_region(lands[child], lands[parent])
                edges.remove((child, parent))
        elif circle(edges, child, parent):
            with pytest.raises(RegionCircle, match=f"Land {child} cannot lie in Land {parent}"):
                place_region(lands[child], lands[parent])
        else:
            place_region(lands[child], lands[parent])
            edges.add((child, parent))
    assert kept() == walked(edges)
    assert rebuild_closure() == 0
    RegionClosure.objects.all().delete()
    assert rebuild_closure() == len(walked(edges))
    assert kept() == walked(edges)


def test_what_a_person_moved_is_known_as_theirs() -> None:
    land, part = (Region.objects.create(code=code, slug=code, name=code, kind="place") for code in ("land", "part"))
    place_region(part, land)
    take_out_region(part, land)
    edge = RegionParent.objects.get()
    assert (edge.retired, edge.edited) == (True, ["retired"])
    place_region(part, land)
    edge.refresh_from_db()
    assert (edge.retired, edge.edited) == (False, ["retired"])
