"""Teams as Hypothesis' groups, and `__world__`, which is everybody who is signed in. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.interchange.hypothesis_objects import WORLD

if TYPE_CHECKING:
    from monitor.accounts.models import Team
    from monitor.interchange.hypothesis_objects import Site

PUBLIC = "Public"
ORGANIZATION = "__default__"


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group; `path` leads to its page."""

    id: str
    name: str
    is_open: bool
    path: str


def group_object(group: GroupFacts, site: Site, *, expanded: bool) -> dict[str, Any]:
    """Return a group as programs know one; `expanded` says its organization, which is the site for all of them."""
    return {
        "id": group.id,
        "groupid": f"group:{group.id}@{site.authority}",
        "name": group.name,
        "type": "open" if group.is_open else "private",
        "public": group.is_open,
        "scoped": False,
        "links": {"html": f"{site.base}{group.path}"},
        "organization": organization(site) if expanded else None,
        "scopes": {"enforced": False, "uri_patterns": []},
        "pre_moderated": False,
    }


def organization(site: Site) -> dict[str, Any]:
    return {"id": ORGANIZATION, "name": site.authority, "default": True, "logo": None}


def brief_world() -> dict[str, Any]:
    return {"id": WORLD, "name": PUBLIC, "public": True}


def brief_group(team: Team) -> dict[str, Any]:
    return {"id": str(team.uid), "name": team.name, "public": False}


def group_id(written: str) -> str:
    """Return the id in `group:<id>@<authority>`, or the id that is written alone."""
    return written.removeprefix("group:").partition("@")[0] if written.startswith("group:") else written
