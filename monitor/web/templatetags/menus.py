"""The menus of every page: each is drawn once for the page it stands on and the kind of person who looks."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

register = template.Library()
KINDS = ("is_authenticated", "is_curator", "is_admin")


@register.simple_tag(takes_context=True)
def menu(context: template.Context, name: str) -> SafeString:
    """Draw `bar` or `dock`; the page's `here` says which of their links leads to where one is."""
    user = context.get("user")
    kind = tuple(bool(getattr(user, one, False)) for one in KINDS)
    # Who changes a template sees it at once.
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw(name, get_script_prefix(), str(context.get("here", "")), kind, settings.ANONYMOUS_READ)


@lru_cache(maxsize=256)
def _drawn(name: str, _prefix: str, here: str, kind: tuple[bool, ...], is_open: bool) -> SafeString:
    signed_in, is_curator, is_admin = kind
    known = {"signed_in": signed_in, "reads": signed_in or is_open, "is_curator": is_curator, "is_admin": is_admin}
    return SafeString(render_to_string(f"shared/_{name}.html", {"here": here, **known}))
