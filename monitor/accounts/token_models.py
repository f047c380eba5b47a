"""Token: with what a program signs in to the API. Only its digest is kept."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from knox.models import AbstractAuthToken, AuthTokenManager

from monitor.accounts.models import NO_CONTROLS, User

LONGEST_NAME = 80


class Scope(models.TextChoices):
    """What a token lets a program do in its owner's name."""

    READ = "read", "Read"
    WRITE = "write", "Read and write"


class Token(AbstractAuthToken):  # type: ignore[misc]  # knox has no types
    """A token of one person. `token_key` is its beginning, by which it is found; `digest` proves the rest."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=LONGEST_NAME, validators=[NO_CONTROLS], help_text="what it is for")
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.READ)
    last_used = models.DateTimeField(null=True, blank=True, help_text="to the minute")

    objects: ClassVar[models.Manager[Token]] = AuthTokenManager()

    class Meta:
        ordering = ["-created", "uid"]
        constraints = [
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="token_scope_is_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="token_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    @property
    def is_live(self) -> bool:
        return self.expiry is None or self.expiry > timezone.now()
