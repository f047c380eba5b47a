"""Addresses of a search that differ in one value: what is written for many at once is what is written for one."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.search.resolving import CHOOSABLE, Asked
from monitor.web.forms.search import AskedSearch

CHOSEN = {"actor": ("ttp", "-isi"), "region": ("=IQ",), "kind": ("brief",)}
SEARCHES = [
    AskedSearch(),
    AskedSearch(Asked("prison & break #1", CHOSEN, date(2021, 3, 1), date(2021, 4, 2)), "newest", "passages"),
    AskedSearch(Asked("", {}, date(2021, 3, 1), None), view="map", cursor="abc"),
    AskedSearch(Asked("\u00e9scape", {"kind": ("-brief",)}), sort="oldest"),
]


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("name", CHOOSABLE)
def test_values_that_are_left_out(search: AskedSearch, name: str) -> None:
    address = search.excluding_each(name)  # type: ignore[arg-type]
    for value in ("lamps", "R&D", "a b+c", "caf\u00e9 100%", "x=y#z"):
        assert address(value) == search.excluding(name, value).address


@pytest.mark.parametrize("search", SEARCHES)
def test_spans_of_days(search: AskedSearch) -> None:
    address = search.in_each_days()
    for since, until in ((date(2020, 1, 1), date(2020, 12, 31)), (date(2021, 3, 1), date(2021, 3, 31))):
        assert address(since, until) == search.in_days(since, until).address
