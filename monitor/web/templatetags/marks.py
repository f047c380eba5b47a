"""Annotations on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from monitor.annotations.models import Colour
from monitor.web.drawn_marks import card_html

if TYPE_CHECKING:
    from monitor.annotations.rendering import Html
    from monitor.web.marks import Card

register = template.Library()


@register.simple_tag
def highlight_colours() -> list[tuple[str, str]]:
    """Return the colours of highlights, each with its name."""
    return Colour.choices


@register.simple_tag(takes_context=True)
def card_of(context: template.Context, card: Card, text: str = "") -> Html:
    """Draw a card; `text` is the address of the page with its passage, where that is another."""
    return card_html(card, is_known=context["user"].is_authenticated, text=text)
