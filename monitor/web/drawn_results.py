"""Results of a search as HTML: twenty articles with their passages, drawn at once.

A template takes a dozen steps for each piece of each passage, and as long for them as the database for the search.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from monitor.annotations.rendering import Html
from monitor.web.fixed_addresses import stem_of
from monitor.web.icons import icon_html
from monitor.web.templatetags.pages import cited_day, counted, page_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.search.snippets import Piece
    from monitor.web.search_results import Result, Snippet, Why

PUBLISHED, USUAL_KIND = "published", "article"
SOMEBODY = "some-author"


def results_html(results: Iterable[Result]) -> Html:
    """Return the list of articles, each with its passages and why it was found."""
    return Html(f'<ol class="results" role="list">\n{"".join(map(_result, results))}</ol>\n')


def passages_html(results: Iterable[Result]) -> Html:
    """Return all passages, under the titles of their articles."""
    return Html("".join(map(_group, results)))


def line_html(pieces: Iterable[Piece]) -> str:
    """Return a stretch of text with its hits in `mark` elements."""
    return "".join(f'<mark class="hit">{escape(one.text)}</mark>' if one.is_hit else escape(one.text) for one in pieces)


def _result(result: Result) -> str:
    return (
        f'<li class="result" data-row>\n<h2><a href="{escape(result.address)}">{line_html(result.title)}</a></h2>\n'
        f'<p class="meta parts">{_authors(result)}{_place(result)}{_signs(result)}</p>\n'
        f"{_snippets(result)}{_reasons(result)}</li>\n"
    )


def _authors(result: Result) -> str:
    before, after = stem_of("author", SOMEBODY)
    links = (f'<a href="{before}{escape(slug)}{after}">{escape(name)}</a>' for name, slug in result.authors)
    return f"<span>{', '.join(links)}</span>" if result.authors else ""


def _place(result: Result) -> str:
    """Return the issue, the pages and the day."""
    issue, pages = result.article.issue, page_range(result.article)
    day = cited_day(issue)
    return (
        f'<span><a href="{issue.get_absolute_url()}">{escape(_issue(result))}</a>'
        + (f', <span class="num">{pages}</span>' if pages else "")
        + "</span>"
        + (f'<span class="num">{escape(day)}</span>' if day else "")
    )


def _issue(result: Result) -> str:
    return f"{result.article.issue.periodical.name} {result.article.issue.label}"


def _signs(result: Result) -> str:
    """Return what is unusual: the kind, annotations, that readers do not see it."""
    article = result.article
    is_seen = article.state == PUBLISHED and article.issue.state == PUBLISHED
    return (
        (f"<span>{escape(article.kind)}</span>" if article.kind != USUAL_KIND else "")
        + (
            f'<span class="badge">{icon_html("note")}{counted(result.marks, "annotation")}</span>'
            if result.marks
            else ""
        )
        + ("" if is_seen else f'<span class="badge alert">{icon_html("warn")}not published</span>')
    )


def _snippets(result: Result) -> str:
    if not result.snippets:
        return ""
    lines = "".join(f"<li>{_snippet(one)}</li>" for one in result.snippets)
    rest = (
        f'<li class="rest"><a href="{escape(result.address)}"><span class="num"></span>'
        f"<span>{counted(result.more, 'more passage')}</span></a></li>"
        if result.more
        else ""
    )
    return f'<ol class="snippets" role="list">{lines}{rest}</ol>\n'


def _snippet(one: Snippet) -> str:
    return (
        f'<a href="{escape(one.address)}"><span class="num">{escape(one.label)}</span>'
        f"<span>{line_html(one.pieces)}</span></a>"
    )


def _reasons(result: Result) -> str:
    if not result.why:
        return ""
    automatic = '<em class="auto">names found automatically</em>' if result.is_automatic else ""
    return f'<p class="why">{"".join(map(_reason, result.why))}{automatic}</p>\n'


def _reason(why: Why) -> str:
    of = f", <bdi>{escape(why.of)}</bdi>" if why.of else ""
    return f"<span>{why.label}: <b><bdi>{escape(why.said)}</bdi></b>{of}</span>"


def _group(result: Result) -> str:
    key = result.article.pk
    lines = "".join(f"<li data-row>{_snippet(one)}</li>" for one in result.snippets)
    return (
        f'<section class="group" aria-labelledby="of-{key}">\n'
        f'<header><h2 id="of-{key}"><a class="plain" href="{escape(result.address)}">{line_html(result.title)}</a></h2>\n'
        f'<span class="meta">{escape(_issue(result))}</span>'
        f'<span class="push meta num">{counted(len(result.snippets), "passage")}</span></header>\n'
        + (
            f'<ol class="snippets" role="list">{lines}</ol>\n'
            if lines
            else '<p class="quiet">It matched without words of its own.</p>\n'
        )
        + "</section>\n"
    )
