"""What matched, marked; and the rows of facets, drawn here since templates take a dozen steps for each of a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from monitor.web.icons import icon_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.search.snippets import Piece
    from monitor.web.search_facets import Choice

register = template.Library()
CHECKED = SafeString(" checked")
WITHOUT = '<a class="exclude" href="{}{}" aria-label="Without {}" title="Leave out">{}</a>'


@register.simple_tag
def pieces(shown: Iterable[Piece]) -> SafeString:
    """Return a line with its hits in `mark` elements."""
    drawn = (format_html('<mark class="hit">{}</mark>', one.text) if one.is_hit else one.text for one in shown)
    return format_html_join("", "{}", ((one,) for one in drawn))


@register.simple_tag
def choices(name: str, shown: Iterable[Choice]) -> SafeString:
    """Return the rows of a facet: a box with its count each, and a link that leaves the value out."""
    search, icon = reverse("search"), icon_html("without")
    return format_html_join("", "{}", ((_choice(name, one, search, icon),) for one in shown))


def _choice(name: str, one: Choice, search: str, icon: SafeString) -> SafeString:
    count = "" if one.count is None else format_html('<span class="num">{}</span>', one.count)
    return format_html(
        '<div class="choosable"><label><input type="checkbox" id="f-{}-{}" name="{}" value="{}" form="query"{}>'
        "<span><bdi>{}</bdi></span>{}</label>{}</div>",
        name, slugify(one.value), name, one.value, CHECKED if one.is_chosen else "",
        one.label, count, format_html(WITHOUT, search, one.without, one.label, icon) if one.without else "",
    )  # fmt: skip
