from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.factories import make_article, make_user
from tests.web.pages import root_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User


@pytest.mark.parametrize(("paragraphs", "is_compressed"), [(1, False), (900, True)])
def test_only_large_pages_travel_compressed(
    paragraphs: int, is_compressed: bool, signed_in: Callable[[User | None], Client]
) -> None:
    article = make_article("\n\n".join(["The lamps were lit before dusk."] * paragraphs), notes=(), cited={})
    client = signed_in(make_user())
    client.get(article.get_absolute_url())
    plain = client.get(article.get_absolute_url())
    sent = client.get(article.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert (sent.get("Content-Encoding") == "gzip", sent["ETag"]) == (is_compressed, plain["ETag"])
    content = gzip.decompress(sent.content) if is_compressed else sent.content
    assert root_text(content.decode()) == root_text(plain.content.decode()) == article.texts.get().body
    assert ("Accept-Encoding" in sent["Vary"]) == is_compressed
    text = client.get(f"/api/v1/articles/{article.pk}/text", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in text
