"""Sessions that name their person, so that both are found by one statement."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from monitor.accounts.models import User


class Session(AbstractBaseSession):
    """What a browser's cookie stands for. Who signed in stands in its signed data; `person` says the same to SQL."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
