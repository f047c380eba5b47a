"""Addresses found in files: which of them may become a link."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 2000
SAFE_REL = "noopener noreferrer nofollow"


def web_address(url: str) -> str | None:
    """Return the address if it is a whole http or https one that a browser would read as we do, else None."""
    if not url or len(url) > LONGEST or any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname and port_is_a_number else None
