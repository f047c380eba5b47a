"""The formats that a page offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html_join

from monitor.web.taking_home import ALTERNATES, CITED, MARKED, TOLD, Choice

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()
OFFERED = {"cited": CITED, "told": TOLD, "marked": MARKED, "alternate": ALTERNATES}


@register.simple_tag
def formats_of(what: str) -> tuple[Choice, ...]:
    """Return the formats for articles (`cited`), for what they tell of (`told`), for annotations (`marked`).

    `alternate` are those of an article that programs are told of in its head.
    """
    return OFFERED[what]


@register.simple_tag
def links_to_formats(what: str, address: str) -> SafeString:
    """Return the same as links below the address of an article or issue, with commas between them."""
    links = ((address, choice.slug, choice.name) for choice in OFFERED[what])
    return format_html_join(", ", '<a href="{}export/{}">{}</a>', links)
