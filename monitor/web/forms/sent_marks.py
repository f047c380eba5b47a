"""What a script sends for a new annotation, read without building a form.

A form makes copies of its fields and of their widgets for each request, which takes longer than to store the mark. What
is not just as our script sends it is left to the form, which finds the words for what is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError

from monitor.annotations.models import Colour, Visibility
from monitor.web.forms.marks import LONGEST_TAGS, MarkForm

if TYPE_CHECKING:
    from django.http import QueryDict

SENT = frozenset({"uid", "article", "passages", "comment", "colour", "visibility", "team", "tags"})
UNSENT = {"issue": None, "paragraph": None, "quote": ""}
COLOURS, SCOPES = frozenset({"", *Colour.values}), frozenset({"", *Visibility.values})
A_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
A_KEY = re.compile(r"[1-9][0-9]{0,17}")


def sent_mark(sent: QueryDict) -> dict[str, Any] | None:
    """Return the `cleaned_data` that MarkForm would have, None where only the form can say."""
    words = {name: sent.get(name, "") for name in SENT}
    comment, tags = words["comment"].strip(), words["tags"].strip()
    is_plain = (
        sent.keys() <= SENT
        and A_UUID.fullmatch(words["uid"])
        and A_KEY.fullmatch(words["article"])
        and words["colour"] in COLOURS
        and words["visibility"] in SCOPES
        and (not words["team"] or A_UUID.fullmatch(words["team"]))
        and len(tags) <= LONGEST_TAGS
        and "\0" not in comment + tags
    )
    if not is_plain:
        return None
    try:
        passages = MarkForm.base_fields["passages"].clean(words["passages"])
    except ValidationError:
        return None
    return UNSENT | {
        "uid": UUID(words["uid"]),
        "article": int(words["article"]),
        "passages": passages,
        "comment": comment,
        "colour": words["colour"],
        "visibility": words["visibility"],
        "team": UUID(words["team"]) if words["team"] else None,
        "tags": tags,
    }
