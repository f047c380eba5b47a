"""Why something cannot be done with annotations; each text is a sentence for the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from monitor.annotations.models import Annotation, Reply
    from monitor.annotations.tag_models import Tag


class CannotAnnotate(Exception):
    """`str(refusal)` is one sentence; nothing was stored."""


class NotInText(CannotAnnotate):
    """The words that were marked do not stand in the text."""

    def __init__(self) -> None:
        super().__init__(
            "These words are not in the text as it stands now. Mark the passage again; your words are kept."
        )


class IdTaken(CannotAnnotate):
    """Another person's row has this identity; it is not said whose, or what."""

    def __init__(self) -> None:
        super().__init__("This cannot be saved under this id. Save it once more.")


class OtherBody(CannotAnnotate):
    """A retry brought other words than the first try."""

    def __init__(self) -> None:
        super().__init__("An annotation with this id was saved with other words. Reload the page to see it.")


class Stale(CannotAnnotate):
    """Somebody changed the row since the page was shown; `current` is how it stands."""

    def __init__(self, current: Annotation | Reply | Tag) -> None:
        super().__init__("This was changed since you opened it. Both texts are shown: choose what stays.")
        self.current = current


class WasDeleted(CannotAnnotate):
    """Somebody deleted the row since it was found."""

    def __init__(self) -> None:
        super().__init__("This was deleted a moment ago.")


class NothingToUndo(CannotAnnotate):
    """There is no act left to take back, or to do again."""


class ChangedSince(CannotAnnotate):
    """Undoing would overwrite what was changed after the act."""

    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}” cannot be undone: the annotation was changed since. Nothing was touched.")


class NotYours(PermissionDenied):
    """Seen but not to be changed: answered 403 with the sentence."""


class NotYourTeam(NotYours):
    """For foreign and unknown teams alike."""

    def __init__(self) -> None:
        super().__init__("This is not one of your teams.")
