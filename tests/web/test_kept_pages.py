"""What is kept of pages: whole ones only, the last used, so many bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from monitor.web.kept_pages import KeptPages


def page(words: str, **headers: str) -> HttpResponse:
    return HttpResponse(words, headers=headers)


def test_a_page_comes_back_with_its_headers() -> None:
    pages = KeptPages()
    pages.keep("one", page("words", ETag='W/"1"'))
    found = pages.find("one")
    assert found is not None
    assert (found.content, found["ETag"], found["Content-Type"]) == (b"words", 'W/"1"', "text/html; charset=utf-8")


def test_what_happens_to_an_answer_leaves_the_kept_page_alone() -> None:
    pages = KeptPages()
    pages.keep("one", page("words"))
    first = pages.find("one")
    assert first is not None
    first.content = b"packed"
    first["Content-Encoding"] = "br"
    again = pages.find("one")
    assert again is not None
    assert (again.content, "Content-Encoding" in again) == (b"words", False)


def test_an_unknown_page_is_none() -> None:
    assert KeptPages().find("one") is None


def with_cookie() -> HttpResponse:
    answer = page("words")
    answer.set_cookie("theme", "dark")
    return answer


@pytest.mark.parametrize(
    "answer", [HttpResponse(status=404), HttpResponse(status=302), StreamingHttpResponse([b"words"]), with_cookie()]
)
def test_what_is_no_plain_page_is_not_kept(answer: HttpResponse) -> None:
    pages = KeptPages()
    pages.keep("one", answer)
    assert pages.find("one") is None


def test_the_page_used_longest_ago_goes_first() -> None:
    pages = KeptPages(most_bytes=20, largest=10)
    for name in ("one", "two"):
        pages.keep(name, page("x" * 10))
    pages.find("one")
    pages.keep("three", page("x" * 10))
    assert [pages.find(name) is None for name in ("one", "two", "three")] == [False, True, False]


def test_a_page_larger_than_its_share_drives_none_out() -> None:
    pages = KeptPages(most_bytes=20, largest=10)
    pages.keep("one", page("x" * 10))
    pages.keep("two", page("x" * 11))
    assert pages.find("one") is not None
    assert pages.find("two") is None


def test_many_threads_keep_and_find_at_once() -> None:
    pages = KeptPages(most_bytes=500, largest=100)

    def use(number: int) -> bool:
        pages.keep(number % 7, page(f"{number % 7}" * 90))
        found = pages.find(number % 7)
        return found is None or set(found.content.decode()) == {f"{number % 7}"}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(2000)))
