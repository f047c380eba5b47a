"""Comments: what people write in a little Markdown, as HTML in which nothing acts."""

from __future__ import annotations

from functools import cache

import nh3
from markdown_it import MarkdownIt

from monitor.annotations.rendering import Html
from monitor.web.links import SAFE_REL, web_address

TAGS = {"p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
ATTRIBUTES = {"a": {"href", "title"}}


@cache
def _parser() -> MarkdownIt:
    # No HTML from people; no images, which would tell a stranger's server who reads; no headings in a card.
    rules = ["image", "html_block", "html_inline", "heading", "lheading", "reference", "table"]
    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True})
        .enable("strikethrough")
        .disable(rules, ignoreInvalid=True)
    )


def comment_html(words: str) -> Html:
    """Return a comment as HTML: paragraphs, lists, quotes, emphasis, code and links to web addresses."""
    if not words.strip():
        return Html("")
    return Html(
        nh3.clean(_parser().render(words), tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_kept, link_rel=SAFE_REL)
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "href"):
        return value if value.startswith("/") and not value.startswith(("//", "/\\")) else web_address(value)
    return value
