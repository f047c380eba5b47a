"""Addresses that are kept are those that Django gives, below whatever prefix the site stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from monitor.web.fixed_addresses import address_of, stem_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def prefix() -> Iterator[None]:
    before = get_script_prefix()
    yield
    set_script_prefix(before)


@pytest.mark.parametrize(("name", "part"), [("source", "-"), ("citation", 0), ("mention", 0), ("actor", "-")])
def test_any_part_can_stand_between_its_ends(name: str, part: str | int) -> None:
    before, after = stem_of(name, part)
    for other in (7, "some-slug") if isinstance(part, str) else (7, 12345):
        assert f"{before}{other}{after}" == reverse(name, args=[other])


@pytest.mark.usefixtures("prefix")
def test_a_site_below_a_prefix_has_its_own() -> None:
    assert address_of("undo-mark") == "/annotations/undo/"
    set_script_prefix("/monitor/")
    assert address_of("undo-mark") == reverse("undo-mark") == "/monitor/annotations/undo/"
    assert stem_of("source", "-") == ("/monitor/sources/", "/")
    set_script_prefix("/")
    assert address_of("undo-mark") == "/annotations/undo/"
