"""Addresses that are the same for everybody, worked out once: an answer names several, and an article hundreds."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address_of(name: str, *parts: str | int) -> str:
    """Return what `reverse` does, for addresses of which there are few."""
    return _address(get_script_prefix(), name, parts)


def stem_of(name: str, part: str | int) -> tuple[str, str]:
    """Return what stands before and after the one part of an address, which is `part` here."""
    before, _, after = address_of(name, part).rpartition(str(part))
    return before, after


@lru_cache(maxsize=256)
def _address(prefix: str, name: str, parts: tuple[str | int, ...]) -> str:
    """Return the address below this prefix, at which the site may stand on its host."""
    return reverse(name, args=parts)
