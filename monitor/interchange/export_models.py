"""Export: a file that was too large to be waited for, as its page shows it. It is its owner's alone."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Export(models.Model):
    """What somebody asked for and how far it is written.

    `keys` are the rows that were found when it was asked for, in their order. Which of them its owner may see is asked
    anew when the file is written.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        WRITING = "writing", "being written"
        READY = "ready", "ready"
        FAILED = "failed", "failed"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="exports")
    form = models.CharField(max_length=16, help_text="a format by its name in addresses")
    name = models.CharField(max_length=120, help_text="of the file, without its ending")
    title = models.CharField(max_length=200, help_text="of what it holds")
    facts = models.JSONField(default=dict, blank=True, help_text="what else was asked for: site, day, flat")
    keys = ArrayField(models.BigIntegerField())
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    file_bytes = models.PositiveBigIntegerField(default=0)
    created = models.DateTimeField(db_default=Now(), editable=False)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "writing", "ready", "failed"]), name="export_state_is_known"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="export_done_is_part_of_all"),
        ]
        indexes = [models.Index(fields=["owner", "-created", "-id"], name="exports_by_owner_newest")]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"
