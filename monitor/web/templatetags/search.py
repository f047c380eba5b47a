"""What matched, marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from monitor.search.snippets import Piece

register = template.Library()


@register.simple_tag
def pieces(shown: Iterable[Piece]) -> SafeString:
    """Return a line with its hits in `mark` elements."""
    drawn = (format_html('<mark class="hit">{}</mark>', one.text) if one.is_hit else one.text for one in shown)
    return format_html_join("", "{}", ((one,) for one in drawn))
