"""What matched, marked; and the rows of facets, drawn here since templates take a dozen steps for each of a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from monitor.web.icons import icon_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from monitor.search.snippets import Piece
    from monitor.web.search_facets import Choice

register = template.Library()


@register.simple_tag
def pieces(shown: Iterable[Piece]) -> SafeString:
    """Return a line with its hits in `mark` elements."""
    drawn = (format_html('<mark class="hit">{}</mark>', one.text) if one.is_hit else one.text for one in shown)
    return format_html_join("", "{}", ((one,) for one in drawn))


@register.simple_tag
def choices(name: str, shown: Iterable[Choice]) -> SafeString:
    """Return the rows of a facet: a box with its count each, and a link that leaves the value out."""
    search, icon = reverse("search"), icon_html("without")
    return mark_safe("".join(_choice(name, one, search, icon) for one in shown))  # noqa: S308 - each part is escaped


def _choice(name: str, one: Choice, search: str, icon: str) -> str:
    label, count = escape(one.label), "" if one.count is None else f'<span class="num">{one.count}</span>'
    box = (
        f'<input type="checkbox" id="f-{name}-{slugify(one.value)}" name="{name}" value="{escape(one.value)}"'
        f' form="query"{" checked" if one.is_chosen else ""}>'
    )
    without = (
        f'<a class="exclude" href="{search}{escape(one.without)}" aria-label="Without {label}" title="Leave out">{icon}</a>'
        if one.without
        else ""
    )
    return f'<div class="choosable"><label>{box}<span><bdi>{label}</bdi></span>{count}</label>{without}</div>'
