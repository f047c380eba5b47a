"""A saved search as an Atom feed (RFC 4287), page by page (RFC 5005): an entry an article, each with an id of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid5
from xml.sax.saxutils import escape, quoteattr

from django.urls import reverse

from monitor.search.alerts import asked_of
from monitor.search.compiled import Sort
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import UnknownCursor
from monitor.search.hydrating import hydrate
from monitor.search.resolving import resolve
from monitor.web.forms.search import AskedSearch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.search.hydrating import Found
    from monitor.search.saved_models import Following

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ENTRIES = 100  # of one page


def feed_of(following: Following, *, site: str, here: str, after: str | None = None) -> str:
    """Return a page of the feed, the newest articles first. Raises TooSlow, EngineDown."""
    search, person = following.search, following.person
    resolved = resolve(asked_of(search), person, is_shown=False)
    searching = engine()
    try:
        hits = searching.search(resolved.compiled, sort=Sort.NEWEST, cursor=after, limit=ENTRIES)
    except UnknownCursor:
        hits = searching.search(resolved.compiled, sort=Sort.NEWEST, limit=ENTRIES)
    found = hydrate(hits.ids, person)
    updated = max([search.updated, *(one.article.updated for one in found)])
    on_page = site + reverse("search") + AskedSearch(resolved.asked, search.sort).address
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(search.name)}</title>",
        f"<id>{following.uid.urn}</id>",
        f"<updated>{updated.isoformat()}</updated>",
        f'<link rel="self" href={quoteattr(site + here)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(on_page)}/>',
        *([f'<link rel="next" href={quoteattr(_next(site + here, hits.next_cursor))}/>'] if hits.next_cursor else []),
        *_entries(found, following, site),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _next(address: str, cursor: str) -> str:
    return f"{address}?{urlencode({'after': cursor})}"


def _entries(found: Iterable[Found], following: Following, site: str) -> Iterable[str]:
    for one in found:
        article = one.article
        authors = "".join(f"<author><name>{_text(name)}</name></author>" for name, _ in one.authors)
        issue = f"{article.issue.periodical.name} {article.issue.label}"
        yield (
            f"<entry><id>{uuid5(following.uid, str(article.uid)).urn}</id><title>{_text(article.title)}</title>"
            f"<updated>{article.updated.isoformat()}</updated><published>{article.created.isoformat()}</published>"
            f"<link href={quoteattr(site + article.get_absolute_url())}/>"
            f"{authors or '<author><name>Unsigned</name></author>'}<summary>{_text(issue)}</summary></entry>"
        )


def _text(words: str) -> str:
    """Return words as XML holds them: of control characters it takes none but blanks."""
    return escape("".join(c if c.isprintable() or c in "\t\n" else " " for c in words))
