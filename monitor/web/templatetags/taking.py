"""The formats that a page offers."""

from __future__ import annotations

from django import template

from monitor.web.taking_home import ALTERNATES, CITED, MARKED, TOLD, Choice

register = template.Library()
OFFERED = {"cited": CITED, "told": TOLD, "marked": MARKED, "alternate": ALTERNATES}


@register.simple_tag
def formats_of(what: str) -> tuple[Choice, ...]:
    """Return the formats for articles (`cited`), for what they tell of (`told`), for annotations (`marked`).

    `alternate` are those of an article that programs are told of in its head.
    """
    return OFFERED[what]
