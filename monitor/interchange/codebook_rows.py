"""Tags as the codes of a codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.annotations.tag_models import Tag
from monitor.interchange.refi_qda import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.accounts.models import User


def codes_of(keys: Iterable[int], person: User) -> list[Code]:
    """Return these tags and those above them, as far as this person may use them, parents first; one query."""
    tags = {tag.pk: tag for tag in Tag.objects.visible_to(person)} if person.pk else {}
    wanted: set[int] = set()
    for key in keys:
        step = tags.get(key)
        while step is not None and step.pk not in wanted:
            wanted.add(step.pk)
            step = tags.get(step.parent_id or 0)
    # By path alone a parent stands before its children; codebooks follow each other.
    chosen = sorted((tags[key] for key in wanted), key=lambda tag: (tag.owner_id or 0, tag.team_id or 0, tag.path))
    return [_code(tag, tags) for tag in chosen]


def _code(tag: Tag, tags: dict[int, Tag]) -> Code:
    above = tags.get(tag.parent_id or 0)
    return Code(str(tag.uid), tag.name, str(above.uid) if above else "", tag.colour, tag.definition, tag.example)
