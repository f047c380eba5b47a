"""What cannot be done with accounts, teams and invitations, each error named for what went wrong.

The text of every one is what the person who asked should read; it never names a row that person may not see.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class AccountRefusal(Exception):
    """`str(refusal)` is one sentence; `field` is the form field it belongs to, None for the whole form."""

    field: str | None = None
    sentence = ""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class NotAllowed(PermissionDenied):
    """Django answers 403 with the sentence."""

    def __init__(self, sentence: str = "Your role does not include this.") -> None:
        super().__init__(sentence)


class UnknownLook(AccountRefusal):
    sentence = "There is no such choice of how pages look."


class KeyTaken(AccountRefusal):
    """Two acts on one key; `field` is the one that was changed."""

    def __init__(self, field: str, key: str, other: str) -> None:
        super().__init__(f"“{key}” already means “{other}”. Give that another key, or choose a free one here.")
        self.field = field


class OwnAccount(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Nobody changes their own role or disables their own account; ask another administrator.")


class NotUsable(AccountRefusal):
    """A name, an address or a password that the validators refuse; `field` says which."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class WeakPassword(NotUsable):
    def __init__(self, sentence: str) -> None:
        super().__init__("password", sentence)


class NameTaken(AccountRefusal):
    field = "username"
    sentence = "That user name is taken."


class AddressTaken(AccountRefusal):
    field = "email"
    sentence = "This address cannot be used here; choose another."


class InvitationClosed(AccountRefusal):
    """Unknown, used, withdrawn and expired links all read the same: a guess must learn nothing."""

    sentence = "This invitation is not valid any more. Ask an administrator for a new one."


class TeamNameTaken(AccountRefusal):
    field = "name"
    sentence = "That name cannot be used; choose another."


class NobodyOfThatName(AccountRefusal):
    field = "username"
    sentence = "Nobody with an active account here has that user name."


class AlreadyMember(AccountRefusal):
    field = "username"
    sentence = "They are in this team already."


class NotMember(AccountRefusal):
    sentence = "They are not in this team."
