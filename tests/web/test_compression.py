from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from monitor.web.compression import LEAST, PageCompression, packed, takes_brotli
from tests.factories import make_article, make_user
from tests.web.pages import root_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client, RequestFactory

    from monitor.accounts.models import User


def test_pages_travel_compressed(signed_in: Callable[[User | None], Client]) -> None:
    article = make_article("\n\n".join(["The lamps were lit before dusk."] * 9), notes=(), cited={})
    client = signed_in(make_user())
    client.get(article.get_absolute_url())
    plain = client.get(article.get_absolute_url())
    sent = client.get(article.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert (sent["Content-Encoding"], sent["ETag"]) == ("gzip", plain["ETag"])
    assert (
        root_text(gzip.decompress(sent.content).decode())
        == root_text(plain.content.decode())
        == article.texts.get().body
    )
    assert "Accept-Encoding" in sent["Vary"]
    text = client.get(f"/api/v1/articles/{article.pk}/text", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in text


@pytest.mark.parametrize(("size", "is_compressed"), [(LEAST - 1, False), (LEAST, True)])
def test_what_is_small_travels_as_it_is(size: int, is_compressed: bool, rf: RequestFactory) -> None:
    asked = rf.get("/", headers={"Accept-Encoding": "gzip, br"})
    sent = PageCompression(lambda _: None).process_response(asked, HttpResponse(b"a" * size))  # type: ignore[arg-type]
    assert sent.has_header("Content-Encoding") == is_compressed


def test_browsers_that_take_brotli_get_it(signed_in: Callable[[User | None], Client]) -> None:
    article = make_article("\n\n".join(["The lamps were lit before dusk."] * 900), notes=(), cited={})
    client = signed_in(make_user())
    client.get(article.get_absolute_url())
    plain = client.get(article.get_absolute_url())
    sent = client.get(article.get_absolute_url(), headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert (sent["Content-Encoding"], sent["ETag"]) == ("br", plain["ETag"])
    assert "Accept-Encoding" in sent["Vary"]
    assert int(sent["Content-Length"]) == len(sent.content) < len(plain.content) / 3
    assert root_text(brotli.decompress(sent.content).decode()) == article.texts.get().body
    sizes = {len(client.get(article.get_absolute_url(), headers={"Accept-Encoding": "br"}).content) for _ in range(8)}
    assert len(sizes) > 1  # its size tells nothing exactly


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("", False),
        ("gzip, deflate", False),
        ("br", True),
        ("gzip, deflate, br, zstd", True),
        ("gzip;q=1.0, BR;q=0.5", True),
        ("gzip, br;q=0", False),
        ("gzip, br; q=0.000", False),
        ("gzip, br;q=0.001", True),
        ("brotli, x-br", False),
        ("*", False),
    ],
)
def test_brotli_goes_to_those_who_name_it(accepted: str, takes: bool) -> None:
    assert takes_brotli(accepted) == takes


@given(st.binary(max_size=2000), st.integers(1, 256))
def test_padding_is_passed_over_by_decoders(content: bytes, padding: int) -> None:
    sent = packed(content, padding=padding)
    assert brotli.decompress(sent) == content
    assert len(sent) - len(packed(content, padding=1)) == padding - 1
