"""What the REST API keeps for itself: answers that may be asked for again, and how often somebody asked."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class KeptAnswer(models.Model):
    """The answer to a POST with an Idempotency-Key; while the POST is under way there is no `status` yet."""

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64, help_text="digest of method, address and body")
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    made = models.DateTimeField(db_default=Now(), db_index=True, editable=False)

    class Meta:
        ordering = ["-made"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="kept_answer_once_per_key")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"


class Asked(models.Model):
    """How often somebody asked since `began`. The table is UNLOGGED: a crash may forget it."""

    who = models.CharField(max_length=80, primary_key=True, help_text="rate, and token, person or network address")
    began = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        ordering = ["who"]
        verbose_name_plural = "asked"

    def __str__(self) -> str:
        return f"{self.who}: {self.times}"
