"""Every engine against brute force: the same hits, counts and facets for five hundred random queries of three people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from monitor.search.compiled import Facet, Sort
from tests.search.invented import Asker
from tests.search.oracle import Oracle

if TYPE_CHECKING:
    from monitor.search.engines.protocol import Engine
    from tests.search.invented import World


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def oracle(world: World) -> Oracle:
    return Oracle()


@pytest.mark.parametrize("seed", range(10))
def test_hits_counts_and_facets_are_those_of_brute_force(
    world: World, oracle: Oracle, engine: Engine, seed: int
) -> None:
    asker = Asker(world, seed)
    for _ in range(50):
        compiled = asker.compiled()
        expected = [seen.key for seen in oracle.hits(compiled)]
        hits = engine.search(compiled, sort=Sort.NEWEST, limit=len(expected) + 1, facets=tuple(Facet))
        assert (list(hits.ids), hits.total, hits.relation, hits.next_cursor) == (expected, len(expected), "=", None)
        assert list(engine.every(compiled)) == expected
        assert engine.count(compiled) == len(expected)
        for facet, counted in hits.facets.items():
            assert counted.exact
            assert Counter(dict(counted.values)) == oracle.facet(compiled, facet), (compiled, facet)
