"""Pages drawn a moment ago, kept by their validator: the same person asking for what has not changed gets the same page.

A browser that still has a page gets 304 instead; this serves one that has not (another tab, a hard reload, a phone that
threw it away). What a validator says holds for one person's session and one state of all that the page shows, so that
several processes need not agree: each keeps its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Hashable

MOST_BYTES = 16 * 1024 * 1024  # in each process
LARGEST = MOST_BYTES // 8  # one page must not drive out all others


@dataclass(frozen=True, slots=True)
class Page:
    content: bytes
    headers: tuple[tuple[str, str], ...]

    def answer(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


class KeptPages:
    """The pages used last, up to a number of bytes; safe to use from all threads of a process."""

    def __init__(self, most_bytes: int = MOST_BYTES, largest: int = LARGEST) -> None:
        self._pages: LRUCache[Hashable, Page] = LRUCache(most_bytes, getsizeof=lambda page: len(page.content))
        self._largest = largest
        self._lock = Lock()

    def keep(self, key: Hashable, answer: HttpResponse) -> None:
        """Keep a whole page; an answer that sets a cookie or is no page is left alone."""
        if answer.status_code != HTTPStatus.OK or answer.streaming or answer.cookies:
            return
        if len(answer.content) > self._largest:
            return
        page = Page(answer.content, tuple(answer.headers.items()))
        with self._lock:
            self._pages[key] = page

    def find(self, key: Hashable) -> HttpResponse | None:
        """Return a new answer with the page kept under this key."""
        with self._lock:
            page = self._pages.get(key)
        return page.answer() if page else None
