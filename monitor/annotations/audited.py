"""What of an act on annotations belongs in the record of acts: who may read them, and that shared ones were deleted.

Of what was private before and stayed so nothing is kept, not even that it was there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.accounts.audit_models import Act
from monitor.accounts.auditing import note
from monitor.annotations.models import Visibility

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.annotations.snapshots import Snapshot

    Rows = dict[str, Snapshot]

KINDS = ("annotation:", "reply:")


def note_changes(person: User, before: dict[str, Snapshot | None], after: Rows, *, operation: int) -> None:
    """Keep what an act changed of readers, and what it deleted; one entry for each, however many rows."""
    changed = [
        (key, old, after[key]) for key, old in before.items() if old is not None and key.startswith(KINDS)
    ]  # what is new was shared by making it
    shared = [(key, old, new) for key, old, new in changed if _readers(old) != _readers(new)]
    if shared:
        _, old, new = shared[0]
        about, states = _named([key for key, *_ in shared]), {"before": _readers(old), "after": _readers(new)}
        note(Act.SHARED, by=person, about=about, operation=operation, **(states if len(shared) == 1 else {}))
    gone = [key for key, old, new in changed if not old["deleted"] and new["deleted"] and _readers(new)]
    if gone:
        note(Act.DELETED, by=person, about=_named(gone), operation=operation)


def _readers(facts: Snapshot) -> str:
    """Return who reads it in a word; empty for its owner alone."""
    if facts["visibility"] == Visibility.PRIVATE:
        return ""
    return f"team {facts['team_id']}" if facts["visibility"] == Visibility.TEAM else str(facts["visibility"])


def _named(keys: list[str]) -> str:
    return keys[0].replace(":", " ") if len(keys) == 1 else f"{len(keys)} annotations"
