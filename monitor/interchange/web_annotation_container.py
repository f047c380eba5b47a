"""The container of Web Annotations as its protocol describes it: the whole in its variants, and its pages. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.interchange.web_annotation import CONTEXT, SOFTWARE

if TYPE_CHECKING:
    from collections.abc import Sequence

LDP_CONTEXT = "http://www.w3.org/ns/ldp.jsonld"
PER_PAGE = 20
MINIMAL = "http://www.w3.org/ns/ldp#PreferMinimalContainer"
IRIS = "http://www.w3.org/ns/oa#PreferContainedIRIs"
DESCRIPTIONS = "http://www.w3.org/ns/oa#PreferContainedDescriptions"
_INCLUDE = re.compile(r'include\s?=\s?"([^"]{1,500})"')
_RETURN = re.compile(r"(?:^|[,;])\s?return\s?=\s?representation(?:$|[\s,;])")


class ContradictoryWishes(Exception):
    """Addresses and descriptions cannot both be the items."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which variant of the container is asked for; `applied` is what Preference-Applied says, "" without a wish."""

    iris: bool = False
    minimal: bool = False
    applied: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of the container as its reader sees it. `site` has no final slash; `modified` is "" if it is empty."""

    site: str
    total: int
    modified: str

    @property
    def base(self) -> str:
        return f"{self.site}/anno/"

    @property
    def last_page(self) -> int:
        return max(self.total - 1, 0) // PER_PAGE

    def page_address(self, number: int, *, iris: bool) -> str:
        return f"{self.base}?iris={int(iris)}&page={number}"


def wanted(prefer: str, iris: str = "") -> Wanted:
    """Return what the header Prefer asks for, and what the address does (`iris`: "", "0" or "1").

    Wishes that we do not know are let be, as RFC 7240 has it. Raises ContradictoryWishes.
    """
    by_address = iris == "1"
    if not _RETURN.search(prefer):
        return Wanted(iris=by_address)
    found = _INCLUDE.search(prefer)
    included = {MINIMAL, IRIS, DESCRIPTIONS}.intersection(found[1].split()) if found else set[str]()
    if {IRIS, DESCRIPTIONS} <= included:
        raise ContradictoryWishes("Prefer either addresses or descriptions: the items of a page are one or the other.")
    if not included:
        return Wanted(iris=by_address)
    named = " ".join(one for one in (MINIMAL, IRIS, DESCRIPTIONS) if one in included)
    applied = f'return=representation;include="{named}"'
    return Wanted(IRIS in included or (by_address and DESCRIPTIONS not in included), MINIMAL in included, applied)


def container(whole: Whole, asked: Wanted, items: Sequence[Any]) -> dict[str, Any]:
    """Return the container; `items` are those of its first page, unless only addresses of pages are wanted."""
    first: Any = whole.page_address(0, iris=asked.iris)
    if not asked.minimal:
        first = _page(whole, 0, items, iris=asked.iris)
    return {
        "@context": [CONTEXT, LDP_CONTEXT],
        "id": whole.base + (f"?iris={int(asked.iris)}" if asked.applied or asked.iris else ""),
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": f"Annotations in {SOFTWARE}",
        "total": whole.total,
        **_modified(whole),
        "first": first,
        "last": whole.page_address(whole.last_page, iris=asked.iris),
    }


def page(whole: Whole, number: int, items: Sequence[Any], *, iris: bool) -> dict[str, Any]:
    """Return one page, counted from 0; its items are addresses or whole annotations."""
    part_of = {"id": whole.base, "total": whole.total, **_modified(whole)}
    return {"@context": CONTEXT, **_page(whole, number, items, iris=iris), "partOf": part_of}


def _page(whole: Whole, number: int, items: Sequence[Any], *, iris: bool) -> dict[str, Any]:
    beside = {
        "next": whole.page_address(number + 1, iris=iris) if number < whole.last_page else "",
        "prev": whole.page_address(number - 1, iris=iris) if number else "",
    }
    return {
        "id": whole.page_address(number, iris=iris),
        "type": "AnnotationPage",
        "startIndex": number * PER_PAGE,
        "items": list(items),
        **{name: address for name, address in beside.items() if address},
    }


def _modified(whole: Whole) -> dict[str, str]:
    return {"modified": whole.modified} if whole.modified else {}
