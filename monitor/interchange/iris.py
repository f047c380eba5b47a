"""Which of this site's things an address names. Scheme, slug, query and final slash do not matter; the host must be ours.

Pure: no request and no settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

Kind = Literal["article", "issue", "annotation", "team", "person", "site"]
LONGEST = 2_000  # characters
LARGEST = 2**63 - 1  # of a key

_PATHS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("article", re.compile(r"/articles/([0-9]{1,19})(?:/[^/]{0,300})?/?")),
    ("issue", re.compile(r"/issues/([0-9]{1,19})/?")),
    ("annotation", re.compile(r"/anno/([A-Za-z0-9._~-]{1,80})/?")),
    ("team", re.compile(r"/teams/([0-9]{1,19})/?")),
    ("person", re.compile(r"/account/people/([^/]{1,150})/?")),
    ("site", re.compile(r"(/?)")),
)
_NOTE = re.compile(r"n([0-9]{1,6})")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A thing of this site: `key` is its number, or what its address says of it; `note` a printed note of an article."""

    kind: Kind
    key: str
    note: int | None = None

    @property
    def number(self) -> int:
        return int(self.key)


def our_address(iri: str, hosts: Collection[str], *, prefix: str = "") -> Address | None:
    """Return what the address names, None for every other document in the world.

    `hosts` are names in lower case, with `:port` where it matters; one that begins with a dot stands for all below it.
    `prefix` is the path below which the site stands.
    """
    if len(iri) > LONGEST:
        return None
    try:
        parts = urlsplit(iri)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not _is_ours(name, port, hosts) or not parts.path.startswith(prefix):
        return None
    path = parts.path.removeprefix(prefix) or "/"
    for kind, pattern in _PATHS:
        found = pattern.fullmatch(path)
        if found and not (found[1].isdecimal() and int(found[1]) > LARGEST and kind != "annotation"):
            note = _NOTE.fullmatch(parts.fragment) if kind == "article" else None
            return Address(kind, found[1], int(note[1]) if note else None)
    return None


def _is_ours(name: str, port: int | None, hosts: Collection[str]) -> bool:
    """Names alone stand for the site at any port: who moves it keeps what was written on it."""
    shown = f"[{name}]" if ":" in name else name
    if shown in hosts or (port is not None and f"{shown}:{port}" in hosts):
        return True
    return any(host.startswith(".") and f".{shown}".endswith(host) for host in hosts)


def host_names(*sites: str) -> frozenset[str]:
    """Return the hosts of these addresses or names, with and without their ports."""
    found: set[str] = set()
    for site in sites:
        try:
            parts = urlsplit(site if "//" in site else f"//{site}")
            name, port = parts.hostname or "", parts.port
        except ValueError:
            continue
        shown = f"[{name}]" if ":" in name else name
        found |= {shown, f"{shown}:{port}"} if port else {shown}
    return frozenset(found - {"", "*"})
