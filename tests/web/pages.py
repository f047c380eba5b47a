"""Looking at a page in tests: its text, its links, how many queries it took."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.web import unchanged
from monitor.web.kept_pages import KeptPages

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


def words(html: str) -> str:
    """Return a page's main part as the words a reader sees, with single blanks."""
    main = html[html.find("<main") :] if "<main" in html else html
    main = re.sub(r"</?bdi>", "", main)  # stands inside lines and parts no words
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main))).strip()


def root_text(html: str) -> str:
    """Return the text content of the element that holds an article's text."""
    inner = html.split('<div class="prose" id="text" lang="en">', 1)[1]
    depth, end = 1, 0
    for found in re.finditer(r"</?div\b", inner):
        depth += -1 if found[0].startswith("</") else 1
        if not depth:
            end = found.start()
            break
    return unescape(re.sub(r"<[^>]*>", "", inner[:end]))


def queries_for(client: Client, address: str) -> int:
    client.get(address)  # what is looked up once per process is looked up now
    unchanged.PAGES = KeptPages()  # and the page is drawn again
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def masked(answer: Any) -> str:
    """Return a page without the mask of its CSRF token, which differs each time, and without the address it was asked by."""
    page = answer.content.decode().replace(answer.wsgi_request.path, "ADDRESS")
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "token", page)
