"""Small things that the pages of actors and regions share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html

from monitor.web.entity_undoing import Undoing, undoing_in
from monitor.web.links import SAFE_REL, web_address
from monitor.web.partial_dates import span_words

if TYPE_CHECKING:
    from django.contrib.messages.storage.base import Message
    from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def held(row: Any) -> str:
    """Return when a name or relation held: "since 2019", "until March 2022", or nothing."""
    return span_words(row.valid_from, row.valid_to)


@register.filter
def undoing_of(message: Message) -> Undoing | None:
    """Return what takes back the act that a message tells of, None for other messages."""
    return undoing_in(message.extra_tags)


@register.filter
def source_link(source: str) -> SafeString:
    """Return where a fact comes from: a link if it is an address, else its words."""
    address = web_address(source)
    if address:
        return format_html('<a href="{}" rel="{}"><bdi>{}</bdi></a>', address, SAFE_REL, source)
    return format_html("<bdi>{}</bdi>", source)
