"""The formats that a page offers."""

from __future__ import annotations

from django import template

from monitor.web.taking_home import CITED, MARKED, TOLD, Choice

register = template.Library()
OFFERED = {"cited": CITED, "told": TOLD, "marked": MARKED}


@register.simple_tag
def formats_of(what: str) -> tuple[Choice, ...]:
    """Return the formats for articles (`cited`), for what they tell of (`told`), or for annotations (`marked`)."""
    return OFFERED[what]
