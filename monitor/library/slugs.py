"""The readable part of an address, chosen once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

LONGEST = 70  # leaves room for a number in a field of 80


def readable_slug(text: str, *, otherwise: str = "untitled") -> str:
    """Return a slug cut at a word: letters of any script fold to ASCII where they can, else `otherwise`."""
    slug = slugify(text)
    return (slug if len(slug) <= LONGEST else slug[:LONGEST].rsplit("-", 1)[0]) or otherwise


class FreeSlugs:
    """Slugs for several new rows of a model: none is given twice, and none that a stored row has.

    A new issue may name thousands of outlets: those whose slug nobody has, named beforehand, cost one query together.
    """

    def __init__(self, model: type[Model], names: Iterable[str] = ()) -> None:
        self._otherwise = model._meta.model_name or "row"  # noqa: SLF001 (Django's public `_meta`)
        manager: Any = model._default_manager  # noqa: SLF001
        self._stored = manager.values_list("slug", flat=True)
        self._next: dict[str, int] = {}  # a thousand names without a Latin letter must not be counted through each time
        wanted = {self._wanted(name) for name in names}
        self._taken: set[str] = set(self._stored.filter(slug__in=wanted)) if wanted else set()
        self._free = wanted - self._taken

    def _wanted(self, text: str) -> str:
        return readable_slug(text, otherwise=self._otherwise)

    def take(self, text: str) -> str:
        """Return a slug that nobody has yet: `dawn`, `dawn-2`, …."""
        wanted = self._wanted(text)
        slug = wanted if wanted in self._free and wanted not in self._taken else self._numbered(wanted)
        self._taken.add(slug)
        return slug

    def _numbered(self, wanted: str) -> str:
        if wanted not in self._next:
            self._taken |= set(self._stored.filter(slug__startswith=wanted))
        number = self._next.get(wanted, 1)
        while (slug := wanted if number == 1 else f"{wanted}-{number}") in self._taken:
            number += 1
        self._next[wanted] = number + 1
        return slug


def free_slug(model: type[Model], text: str) -> str:
    """Return a slug that no row of `model` has yet."""
    return FreeSlugs(model).take(text)
