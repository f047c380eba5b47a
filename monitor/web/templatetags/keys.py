"""What templates hand to the keys."""

from __future__ import annotations

from django import template

from monitor.interchange.passage_citations import STYLES

register = template.Library()


@register.simple_tag
def citing_styles() -> list[tuple[str, str]]:
    return list(STYLES.items())
