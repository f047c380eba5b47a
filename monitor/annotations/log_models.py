"""Operation (one act that can be undone) and Notice (somebody should look)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitor.annotations.models import Annotation, Reply


class Operation(models.Model):
    """What one person did with one key or button, and how it is taken back; a bulk act is one operation.

    `before` and `after` hold the changed rows by table and `uid`; undoing compares with `after` first, so that what
    somebody changed since is refused and never overwritten.
    """

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="operations")
    verb = models.CharField(max_length=40)
    label = models.CharField(max_length=200, help_text="what was done, in the words of the undo button")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    created = models.DateTimeField(db_default=Now(), editable=False)
    undone = models.DateTimeField(null=True, blank=True)
    forgotten = models.BooleanField(default=False, help_text="a new act came after it was undone: no redo")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-id"], name="operations_by_person_newest")]

    def __str__(self) -> str:
        return self.label


class Notice(models.Model):
    """A person is told of a mention, a reply or a resolved thread: once each, and only if they may see it."""

    class Kind(models.TextChoices):
        MENTION = "mention", "mentioned you"
        REPLY = "reply", "replied"
        RESOLVED = "resolved", "resolved your annotation"
        HIDDEN = "hidden", "hid your annotation"

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind)
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="notices")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    made_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(db_default=Now(), editable=False)
    seen = models.DateTimeField(null=True, blank=True)
    mailed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["mention", "reply", "resolved", "hidden"]), name="notice_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "annotation", "reply"], nulls_distinct=False, name="notice_told_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(seen=None), name="notices_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
