from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web.comments import ATTRIBUTES, TAGS, comment_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](http://[::1)",
    "<b data-hx-get=/x>b</b>",
    "<a href='https://x.example' hx-on:click=alert(1)>x</a>",
    "![x](https://x.example/beacon.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<svg><style><a title='</style><img src=x onerror=alert(1)>'>",
]


class Seen(HTMLParser):
    """What an HTML parser finds in a comment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def is_harmless(html: str) -> bool:
    return all(
        tag in TAGS
        and attributes.keys() <= ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        and is_plain(attributes.get("href"))
        for tag, attributes in Seen(html).found
    )


def is_plain(href: str | None) -> bool:
    return (
        href is None or href.startswith(("http://", "https://")) or (href[:1] == "/" and href[1:2] not in {"/", "\\"})
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_acts_in_a_comment(words: str) -> None:
    assert is_harmless(comment_html(words))
    assert is_harmless(comment_html(f"- *{words}*\n\n> {words}"))


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("# no heading", "<p># no heading</p>\n"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("[x](/articles/1/)", '<p><a href="/articles/1/" rel="noopener noreferrer nofollow">x</a></p>\n'),
    ],
)
def test_comments_are_a_little_markdown(words: str, html: str) -> None:
    assert comment_html(words) == html


def test_links_to_the_web_tell_nobody_where_they_were_followed() -> None:
    html = comment_html("[Gazette](https://gazette.example/a?b=1&c=2)")
    ((_, attributes),) = [found for found in Seen(html).found if found[0] == "a"]
    assert attributes == {"href": "https://gazette.example/a?b=1&c=2", "rel": "noopener noreferrer nofollow"}


@given(st.text(st.sampled_from("<>[]()!*_`~#&\"'= \n\tajs:/\\\x00"), max_size=60))
def test_any_words_are_harmless(words: str) -> None:
    assert is_harmless(comment_html(words))
