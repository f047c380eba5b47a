"""Where `next` may lead (attack 32)."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.accounts.local_paths import is_local_path

HERE = "https://monitor.example"
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https://evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%09/evil.example",
    "/%5Cevil.example",
    "/%2F/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\x00/evil",
    "evil.example",
    "?next=x",
    "",
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_asvs_3_7_2_no_address_elsewhere_is_local(url: str) -> None:
    assert is_local_path(url) is False


@pytest.mark.parametrize(
    "url",
    ["/", "/issues/3/", "/articles/7/lamps/?q=weir%20gate#p12", "/search/?q=%22//x%22&from=2020", "/authors/%C3%A5sa/"],
)
def test_paths_of_this_site_are_local(url: str) -> None:
    assert is_local_path(url) is True


@given(st.text(alphabet="/\\%09aA:?#@.\t\r\n \x00evil5Cc2f", max_size=20) | st.text(max_size=30))
@example("//[::1")
@example("/[//x")
def test_a_local_path_never_leaves_the_site(url: str) -> None:
    if is_local_path(url):
        # Browsers take a backslash for a slash and drop tabs and line ends.
        as_browsers_read = url.replace("\\", "/").translate({9: None, 10: None, 13: None})
        assert urlsplit(urljoin(HERE + "/", as_browsers_read)).netloc == "monitor.example"
