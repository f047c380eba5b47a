"""The readable part of an address, chosen once."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

if TYPE_CHECKING:
    from django.db.models import Model

LONGEST = 70  # leaves room for a number in a field of 80


def readable_slug(text: str, *, otherwise: str = "untitled") -> str:
    """Return a slug cut at a word: letters of any script fold to ASCII where they can, else `otherwise`."""
    slug = slugify(text)
    return (slug if len(slug) <= LONGEST else slug[:LONGEST].rsplit("-", 1)[0]) or otherwise


def free_slug(model: type[Model], text: str) -> str:
    """Return a slug that no row of `model` has yet: `dawn`, `dawn-2`, …."""
    wanted = readable_slug(text, otherwise=model._meta.model_name or "row")  # noqa: SLF001 (Django's public `_meta`)
    manager: Any = model._default_manager  # noqa: SLF001
    taken = set(manager.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    return next(islice((slug for slug in candidates if slug not in taken), 1))
