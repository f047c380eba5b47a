"""SidebarSignIn: what a sidebar of another make was given for a person who is signed in here."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from monitor.accounts.models import User
from monitor.accounts.token_models import Scope


class SidebarSignIn(models.Model):
    """A token for annotations alone, and the one that fetches its successor; digests only, the words are told once.

    `proof` is what sessions hold of a password, too: a new password ends it.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sidebar_sign_ins")
    proof = models.CharField(max_length=64)
    access = models.CharField(max_length=64, unique=True)
    access_ends = models.DateTimeField()
    refresh = models.CharField(max_length=64, unique=True)
    refresh_ends = models.DateTimeField(db_index=True)
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return f"sidebar of {self.person_id} until {self.refresh_ends:%F %T}"

    @property
    def uid(self) -> str:
        """Return by what its requests are counted."""
        return f"of a sidebar {self.pk}"

    @property
    def scope(self) -> str:
        """Return what it lets a program do, where it lets it in at all."""
        return Scope.WRITE
