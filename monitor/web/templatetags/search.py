"""What was found and what it can be narrowed by, drawn here since templates take a dozen steps for each of a hundred."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.text import slugify

from monitor.annotations.rendering import Html
from monitor.web.drawn_results import passages_html, results_html
from monitor.web.fixed_addresses import address_of
from monitor.web.icons import icon_html
from monitor.web.templatetags.pages import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.web.drawing.timeline import Bar
    from monitor.web.search_facets import Choice
    from monitor.web.search_results import Result

register = template.Library()


@register.simple_tag
def results(found: Iterable[Result]) -> Html:
    return results_html(found)


@register.simple_tag
def passages(found: Iterable[Result]) -> Html:
    return passages_html(found)


@register.simple_tag
def choices(name: str, shown: Iterable[Choice]) -> Html:
    """Return the rows of a facet: a box with its count each, and a link that leaves the value out."""
    search, icon = address_of("search"), icon_html("without")
    return Html("".join(_choice(name, one, search, icon) for one in shown))


def _choice(name: str, one: Choice, search: str, icon: str) -> str:
    label, value = escape(one.label), escape(one.value)
    count = "" if one.count is None else f'<span class="num">{one.count}</span>'
    without = (
        f'<a class="exclude" href="{search}{escape(one.without)}" aria-label="Without {label}" title="Leave out">{icon}</a>'
        if one.without
        else ""
    )
    return (
        f'<div class="choosable"><label><input type="checkbox" id="f-{name}-{slugify(one.value)}" name="{name}"'
        f' value="{value}" form="query"{" checked" if one.is_chosen else ""}><span><bdi>{label}</bdi></span>{count}</label>'
        f"{without}</div>"
    )


@register.simple_tag
def bars(shown: Iterable[tuple[Bar, str]], base: int) -> Html:
    """Return the bars of a timeline, each a link to its days, over its whole height."""
    search = address_of("search")
    return Html("".join(_bar(bar, search + address, base) for bar, address in shown))


def _bar(bar: Bar, address: str, base: int) -> str:
    here = ' aria-current="true"' if bar.is_on else ""
    said = f"{escape(bar.label)}: {counted(bar.count, 'article')}"
    return (
        f'<a href="{escape(address)}" data-first="{bar.first.isoformat()}" data-last="{bar.last.isoformat()}"'
        f' aria-label="{said}"{here}><title>{said}</title>'
        f'<rect class="reach" x="{bar.x}" y="0" width="{bar.width}" height="{base}"/>'
        f'<rect class="bar{" on" if bar.is_on else ""}" x="{bar.x}" y="{bar.y}" width="{bar.width}"'
        f' height="{bar.height}"/></a>'
    )
