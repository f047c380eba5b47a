"""Why something cannot be done with actors, regions and mentions; each text is a sentence for the person who asked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class CannotJudge(Exception):
    """`str(refusal)` is one sentence; nothing was stored."""


class NotYourPart(PermissionDenied):
    """Seen but not theirs to decide: answered 403 with the sentence."""


class RegionCircle(CannotJudge):
    """A region would lie in itself."""

    def __init__(self, child: str, parent: str) -> None:
        super().__init__(f"{child} cannot lie in {parent}: {parent} lies in {child} already.")


class NobodyMeant(CannotJudge):
    """A mention whose entity is open can only be confirmed for somebody."""

    def __init__(self) -> None:
        super().__init__("Choose first which actor or region is meant here.")


class NotPrinted(CannotJudge):
    """The words that were marked do not stand in the text."""

    def __init__(self) -> None:
        super().__init__("These words are not in the text as it stands now. Mark them again.")


class OneAtATime(CannotJudge):
    """A place cannot become an actor everywhere at once."""

    def __init__(self) -> None:
        super().__init__("From a region to an actor, or the other way, can be decided one mention at a time.")


class TakenBack(CannotJudge):
    """It was undone before."""

    def __init__(self) -> None:
        super().__init__("This has been taken back already.")


class SaidDifferent(CannotJudge):
    """Two actors in one group were judged to be different."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} were judged to be different. Take that back first.")


class SaidSame(CannotJudge):
    """Two actors are one by what was judged before."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} are one by earlier decisions. Take those back first.")


class NameTaken(CannotJudge):
    """The actor or region has this name already."""

    def __init__(self, text: str, owner: str) -> None:
        super().__init__(f"“{text}” is a name of {owner} already.")


class NotAName(CannotJudge):
    """Nothing that could be found in a text."""

    def __init__(self) -> None:
        super().__init__("A name needs letters or digits, and at most 200 of them.")


class OwnName(CannotJudge):
    """The name that an actor is called by."""

    def __init__(self, text: str) -> None:
        super().__init__(f"It is called “{text}”. Give it another name first.")


class RelatedToItself(CannotJudge):
    """An actor was to be related to itself, or to one that was merged with it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} cannot be related to itself.")


class RelatedAlready(CannotJudge):
    """The same relation from the same day is there."""

    def __init__(self) -> None:
        super().__init__("They have this relation from that day on already.")


class NotEmpty(CannotJudge):
    """Other regions lie in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Other regions lie in {name}: take those out first.")
