"""An annotation or a reply as Hypothesis' programs know one. Pure; moments and addresses are exactly in their form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from monitor.annotations.utf16 import Utf16Ruler

WORLD = "__world__"
CONTEXT = 32  # code points around a quote
ACCOUNT = "acct:"
# No user name begins so: nobody is taken for whoever left.
FORMER = "_former-member"
# What a program may send back with an object it read, and nobody takes from it; then all that objects say.
NOT_TAKEN = frozenset(
    {"id", "created", "updated", "user", "links", "hidden", "flagged", "user_info", "mentions", "actions"}
    | {"moderation", "moderation_status"}
)
OURS = NOT_TAKEN | {"uri", "text", "tags", "group", "permissions", "target", "document", "references"}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the answers point to: `base` is scheme, host and path without a final slash, `authority` the host's name."""

    base: str
    authority: str

    def account(self, username: str) -> str:
        return f"{ACCOUNT}{username or FORMER}@{self.authority}"

    def api(self, path: str) -> str:
        return f"{self.base}/hypothesis/api{path}"


@dataclass(frozen=True, slots=True)
class MarkObject:
    """What an object is made of. `path` leads to the text, `page` to the annotation in it, both from the site's root."""

    id: str
    path: str
    page: str
    title: str
    username: str  # "": somebody who left
    name: str
    text: str
    tags: Sequence[str]
    group: str
    shared: bool
    created: datetime
    updated: datetime
    selectors: Sequence[Any] = ()
    references: Sequence[str] = ()
    hidden: bool = False
    flagged: bool = False
    flags: int | None = None  # how many flagged it, for those who may hide it
    in_sidebar: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


def annotation_object(mark: MarkObject, site: Site) -> dict[str, Any]:
    """Return the object, with what a program had sent beside; none of that stands in the place of ours."""
    account, uri = site.account(mark.username), f"{site.base}{mark.path}"
    told: dict[str, Any] = {
        "id": mark.id,
        "created": stamp(mark.created),
        "updated": stamp(mark.updated),
        "user": account,
        "uri": uri,
        "text": mark.text,
        "tags": list(mark.tags),
        "group": mark.group,
        "permissions": {
            "read": [f"group:{mark.group}"] if mark.shared else [account],
            "update": [account],
            "delete": [account],
            "admin": [account],
        },
        # Programs take a list of selectors, even an empty one, for a passage that is lost.
        "target": [{"source": uri} | ({"selector": list(mark.selectors)} if mark.selectors else {})],
        "document": {"title": [mark.title] if mark.title else []},
        "links": _links(mark, site, uri),
        "hidden": mark.hidden,
        "flagged": mark.flagged,
        "user_info": {"display_name": mark.name or None},
        "mentions": [],
        "actions": [] if mark.flags is None else ["moderate"],
        "moderation_status": "APPROVED" if mark.shared else None,
    }
    if mark.references:
        told["references"] = list(mark.references)
    if mark.flags is not None:
        told["moderation"] = {"flagCount": mark.flags}
    return told | {key: value for key, value in mark.more.items() if key not in OURS}


def _links(mark: MarkObject, site: Site, uri: str) -> dict[str, str]:
    html = f"{site.base}{mark.page}"
    in_context = f"{uri}?sidebar=hypothesis#annotations:{mark.id}" if mark.in_sidebar else html
    return {"html": html, "incontext": in_context, "json": site.api(f"/annotations/{mark.id}")}


def stamp(moment: datetime) -> str:
    """Return a moment as `2022-02-11T09:30:00.000000+00:00`: programs fail on `Z` and where there is no fraction."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def passage_selectors(text: Utf16Ruler, start: int, end: int) -> list[dict[str, Any]]:
    """Return the selectors of `text[start:end]`, code points; Hypothesis counts UTF-16 units."""
    words = text.text
    around = (words[max(start - CONTEXT, 0) : start], words[end : end + CONTEXT])
    place = {"type": "TextPositionSelector", "start": text.units_of(start), "end": text.units_of(end)}
    return [quote_selector(words[start:end], *around), place]


def note_selectors(text: str, start: int, end: int, number: int) -> list[dict[str, Any]]:
    """Return the selectors of a passage of a printed note, which stands beside the text that positions count in."""
    around = (text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT])
    return [quote_selector(text[start:end], *around), {"type": "FragmentSelector", "value": f"n{number}"}]


def quote_selector(exact: str, prefix: str, suffix: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix[-CONTEXT:], "suffix": suffix[:CONTEXT]}


def host_of(base: str) -> str:
    """Return the authority of a site at this address: its host's name, whatever its port."""
    return urlsplit(base).hostname or ""


def username_of(account: str, authority: str) -> str | None:
    """Return the user name in `acct:name@authority` or a bare one, None for people of another authority."""
    name, at, host = account.removeprefix(ACCOUNT).rpartition("@")
    if not at:
        return host
    return name if host.lower() == authority.lower() else None
