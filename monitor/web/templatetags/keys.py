"""What templates hand to the keys."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django import template

from monitor.interchange.annotation_queries import cited_day, printed_pages_of
from monitor.interchange.names import cited_author
from monitor.interchange.passage_citations import STYLES, CitedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.library.models import Article

register = template.Library()

UNKNOWN = "0"


@register.simple_tag
def cited_facts(article: Article, authors: Iterable[Mapping[str, str]]) -> str:
    """Return what a script cites a passage by: the facts of a `CitedText` as JSON."""
    names = tuple(map(cited_author, authors))
    pages = printed_pages_of(article.page_start, article.page_end)
    issue = article.issue
    text = CitedText(names, article.title, issue.periodical.name, issue.label, *cited_day(issue), pages)
    return json.dumps(asdict(text), ensure_ascii=False)


@register.simple_tag
def citing_styles() -> list[tuple[str, str]]:
    return list(STYLES.items())


@register.filter
def printed_pages(regions: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], first: int | None) -> str:
    """Return the printed page, or `5-6`, of each block in order, `0` where it is not known; nothing where none is.

    `regions` are the blocks with their places on the sheets of the file; `first` is the printed page on which the
    article begins, for the sheets of a file may be counted otherwise.
    """
    sheets = [sorted({int(place["page"]) for place in places if "page" in place}) for _, places in regions]
    known = [sheet for found in sheets for sheet in found]
    if not known:
        return ""
    shift = (first - min(known)) if first is not None else 0
    return " ".join(_pages(found, shift) for found in sheets)


def _pages(sheets: Sequence[int], shift: int) -> str:
    numbers: Iterable[int] = dict.fromkeys((sheets[0] + shift, sheets[-1] + shift)) if sheets else ()
    return "-".join(str(number) for number in numbers) or UNKNOWN
