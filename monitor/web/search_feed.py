"""A saved search as an Atom feed (RFC 4287), page by page (RFC 5005): an entry an article, each with an id of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import uuid5

from django.urls import reverse

from monitor.interchange.atom import Entry, Feed, atom_feed
from monitor.search.alerts import asked_of
from monitor.search.compiled import Sort
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import UnknownCursor
from monitor.search.hydrating import hydrate
from monitor.search.resolving import resolve
from monitor.web.forms.search import AskedSearch

if TYPE_CHECKING:
    from monitor.search.hydrating import Found
    from monitor.search.saved_models import Following

ENTRIES = 50  # of one page


def feed_of(following: Following, *, site: str, here: str, after: str | None = None) -> str:
    """Return a page of the feed, the newest articles first. Raises TooSlow, EngineDown."""
    search, person = following.search, following.person
    resolved = resolve(asked_of(search), person, is_shown=False)
    searching = engine()
    try:
        hits = searching.search(resolved.compiled, sort=Sort.NEWEST, cursor=after, limit=ENTRIES)
    except UnknownCursor:
        hits = searching.search(resolved.compiled, sort=Sort.NEWEST, limit=ENTRIES)
    on_page = site + reverse("search") + AskedSearch(resolved.asked, search.sort).address
    feed = Feed(
        id=following.uid.urn,
        title=search.name,
        url=site + here,
        page=on_page,
        updated=search.updated.isoformat(),
        next=f"{site}{here}?{urlencode({'after': hits.next_cursor})}" if hits.next_cursor else "",
    )
    return atom_feed(feed, (_entry(one, following, site) for one in hydrate(hits.ids, person)))


def _entry(one: Found, following: Following, site: str) -> Entry:
    article = one.article
    return Entry(
        id=uuid5(following.uid, str(article.uid)).urn,
        title=article.title,
        updated=article.updated.isoformat(),
        published=article.created.isoformat(),
        url=site + article.get_absolute_url(),
        authors=tuple(name for name, _ in one.authors),
        summary=f"{article.issue.periodical.name} {article.issue.label}",
    )
