"""The drawing of an icon: `shared/_icons.html` holds its lines, once on each page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import format_html

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@lru_cache(maxsize=256)
def icon_html(name: str) -> SafeString:
    """Return an icon; the words beside it, or the control's label, say what it means."""
    return format_html('<svg class="icon" aria-hidden="true" viewBox="0 0 16 16"><use href="#i-{}"/></svg>', name)
