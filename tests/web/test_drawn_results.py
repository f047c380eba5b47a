"""Results drawn as HTML: whatever a file brought stays text, and what a page says is what the result holds."""

from __future__ import annotations

from html.parser import HTMLParser

from monitor.library.models import Article, Issue, Periodical
from monitor.search.snippets import Piece
from monitor.web.drawn_results import passages_html, results_html
from monitor.web.search_results import Result, Snippet, Why

NASTY = "<script>alert(\"1\" & '2')</script>"


class Read(HTMLParser):
    """The elements that are opened, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def result(**other: object) -> Result:
    issue = Issue(pk=3, volume="XII", number=7, state="draft", periodical=Periodical(name=NASTY))
    given = {
        "article": Article(pk=5, slug="a-piece", kind=NASTY, issue=issue, page_start=4, page_end=6),
        "authors": ((NASTY, "ines-varrow"),),
        "title": (Piece(NASTY), Piece(NASTY, is_hit=True)),
        "address": "/articles/5/a-piece/?q=%22a%22&b='x'",
        "snippets": (Snippet(NASTY, (Piece(NASTY, is_hit=True),), '/x/?q="><script>'),),
        "more": 2,
        "why": (Why("actor", NASTY, NASTY, is_automatic=True),),
        "is_automatic": True,
        "marks": 1_200,
    }
    return Result(**{**given, **other})  # type: ignore[arg-type]


def test_nothing_of_a_text_becomes_an_element() -> None:
    for html in (results_html([result(), result()]), passages_html([result()])):
        read = Read(html)
        assert "script" not in read.opened
        assert read.opened.count("mark") % 2 == 0
        assert read.opened.count("mark") > 0
        assert NASTY in read.text


def test_what_a_result_holds_is_said_and_no_more() -> None:
    said = Read(results_html([result()])).text
    for words in (
        "XII:7",
        "pp. 4\u20136",
        "1,200 annotations",
        "not published",
        "2 more passages",
        "names found automatically",
    ):
        assert words in said
    bare = result(authors=(), snippets=(), more=0, why=(), is_automatic=False, marks=0)
    bare.article.kind, bare.article.page_start = "article", None
    bare.article.state = bare.article.issue.state = "published"
    read = Read(results_html([bare]))
    assert read.opened.count("span") == 1
    assert read.opened.count("ol") == 1
    for words in ("annotation", "not published", "passage", "automatically", "pp."):
        assert words not in read.text
    assert "It matched without words of its own." in Read(passages_html([bare])).text
