"""Ingest: one file on its way into the library, as the ingest page shows it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from monitor.library.models import Issue


def storable(text: str) -> str:
    """Return a text without what Postgres refuses: NUL and halves of surrogate pairs become U+FFFD."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


class Ingest(models.Model):
    """A file that somebody handed in and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        READING = "reading", "reading"
        RECOGNISING = "recognising", "recognising"
        STORED = "stored", "stored"
        UPDATED = "updated", "updated"
        UNCHANGED = "unchanged", "unchanged"
        UNPACKED = "unpacked", "unpacked"
        REFUSED = "refused", "refused"
        FAILED = "failed", "failed"
        NEEDS_OCR = "needs_ocr", "needs OCR"

    OPEN = (State.WAITING, State.READING, State.RECOGNISING)
    KEEPS_FILE = (*OPEN, State.NEEDS_OCR)  # the upload is still needed

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=255)
    file_bytes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    issue = models.ForeignKey(Issue, on_delete=models.SET_NULL, null=True, blank=True, related_name="ingests")
    handed_in_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, related_name="ingests")
    watched = models.CharField(max_length=255, blank=True, help_text="its name in the watched folder")
    created = models.DateTimeField(db_default=Now(), editable=False)
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "waiting",
                        "reading",
                        "recognising",
                        "stored",
                        "updated",
                        "unchanged",
                        "unpacked",
                        "refused",
                        "failed",
                        "needs_ocr",
                    ]
                ),
                name="ingest_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.state}"

    def finish(self, state: State, message: str, *, issue: Issue | None = None) -> None:
        """Save the row's last state and the sentence that says why. A row that has come to its end keeps that."""
        self.state, self.message, self.issue, self.finished = state, storable(message), issue, timezone.now()
        if self._state.adding:
            self.save()
            return
        # A worker that was thought dead may still come to an end of its own, after the one that took its job up.
        Ingest.objects.filter(pk=self.pk, state__in=self.OPEN).update(
            state=self.state, message=self.message, issue=issue, finished=self.finished
        )

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
