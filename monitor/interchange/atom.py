"""Atom (RFC 4287) in pages (RFC 5005): what comes in is text, and comes out as XML that every reader takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.interchange.xml_text import xml_attribute, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
NOBODY = "Unsigned"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new. `id` is a URN that never changes; moments are ISO 8601 with an offset."""

    id: str
    title: str
    updated: str
    published: str
    url: str
    authors: tuple[str, ...] = ()
    summary: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed: its addresses are absolute; `next` is "" on the last page."""

    id: str
    title: str
    url: str  # of the feed
    page: str  # of what it is made of
    updated: str  # where it has no entries
    next: str = ""


def atom_feed(feed: Feed, entries: Iterable[Entry]) -> str:
    """Return a page of a feed, its entries in the order in which they come."""
    shown = list(entries)
    updated = max((entry.updated for entry in shown), default=feed.updated)
    following = [f'<link rel="next" href={xml_attribute(feed.next)}/>'] if feed.next else []
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{xml_text(feed.title)}</title>",
        f"<id>{xml_text(feed.id)}</id>",
        f"<updated>{xml_text(updated)}</updated>",
        f'<link rel="self" href={xml_attribute(feed.url)}/>',
        f'<link rel="alternate" type="text/html" href={xml_attribute(feed.page)}/>',
        *following,
        *("".join(_entry(entry)) for entry in shown),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    yield f"<entry><id>{xml_text(entry.id)}</id><title>{xml_text(entry.title)}</title>"
    yield f"<updated>{xml_text(entry.updated)}</updated><published>{xml_text(entry.published)}</published>"
    yield f"<link href={xml_attribute(entry.url)}/>"
    for name in entry.authors or (NOBODY,):
        yield f"<author><name>{xml_text(name) or NOBODY}</name></author>"
    for term in entry.categories:
        yield f"<category term={xml_attribute(term)}/>"
    yield f"<summary>{xml_text(entry.summary)}</summary></entry>"
