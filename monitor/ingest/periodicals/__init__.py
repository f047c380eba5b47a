"""One file per periodical; to add one, copy the nearest and list it in `KNOWN`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.periodicals import ceasefire_quarterly, default, terrorism_monitor
from monitor.ingest.periodicals.profile import Profile, Section

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DEFAULT", "KNOWN", "Profile", "Section", "named", "pick"]

DEFAULT = default.PROFILE
KNOWN: tuple[Profile, ...] = (ceasefire_quarterly.PROFILE, terrorism_monitor.PROFILE)


def folded(text: str) -> str:
    """Return a name as it is compared: single spaces, no case."""
    return " ".join(text.split()).casefold()


def named(name: str) -> Profile:
    """Return the profile of the periodical a person named; an unknown one is read by the default profile."""
    wanted = folded(name)
    for profile in KNOWN:
        if wanted in map(folded, profile.names()):
            return profile
    return replace(DEFAULT, name=" ".join(name.split()))


def pick(front_rows: Iterable[str]) -> Profile:
    """Return the profile whose name stands alone on one of the first rows of an issue, else the default one."""
    rows = {folded(row) for row in front_rows}
    for profile in KNOWN:
        if not rows.isdisjoint(map(folded, profile.names())):
            return profile
    return DEFAULT
