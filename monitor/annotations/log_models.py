"""Operation (one act that can be undone), Notice (somebody should look) and NoticeMail (notices by mail)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitor.annotations.models import Annotation, Reply


class Operation(models.Model):
    """What one person did with one key or button, and how it is taken back; a bulk act is one operation.

    `before` and `after` hold the changed rows by table and `uid`; undoing compares with `after` first, so that what
    somebody changed since is refused and never overwritten.
    """

    # Found by the index of what they did last.
    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, db_index=False, related_name="operations")
    verb = models.CharField(max_length=40)
    label = models.CharField(max_length=200, help_text="what was done, in the words of the undo button")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    created = models.DateTimeField(db_default=Now(), editable=False)
    undone = models.DateTimeField(null=True, blank=True)
    forgotten = models.BooleanField(default=False, help_text="a new act came after it was undone: no redo")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "-id"], name="operations_by_person_newest"),
            # What can be done again is seldom more than a few, and each new act looks for it.
            models.Index(
                fields=["person"], condition=Q(undone__isnull=False, forgotten=False), name="operations_to_redo"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class NoticeMail(models.Model):
    """Notices that go to one person in one mail. What it says is decided when it is sent, and by nothing kept here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="notice_mails")
    created = models.DateTimeField(db_default=Now(), editable=False)
    tries = models.PositiveIntegerField(default=0)
    due = models.DateTimeField(db_default=Now(), help_text="not to be tried before")
    trouble = models.TextField(blank=True, help_text="what the mail server said to the last try")
    ended = models.DateTimeField(null=True, blank=True, help_text="sent, or needed no more")
    sent = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(sent=False) | Q(ended__isnull=False), name="notice_mail_sent_has_ended"),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(ended=None), name="notice_mails_waiting")]

    def __str__(self) -> str:
        return f"mail {self.uid} for {self.person_id}"


class Notice(models.Model):
    """A person is told of a mention, a reply or a resolved thread: once each, and only if they may see it."""

    class Kind(models.TextChoices):
        MENTION = "mention", "mentioned you"
        REPLY = "reply", "replied"
        RESOLVED = "resolved", "resolved your annotation"
        HIDDEN = "hidden", "hid your annotation"
        SHARED = "shared", "shared an annotation with your team"
        FLAGGED = "flagged", "asked you to look at an annotation"

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind)
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="notices")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    made_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(db_default=Now(), editable=False)
    seen = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(NoticeMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["mention", "reply", "resolved", "hidden", "shared", "flagged"]),
                name="notice_kind_is_known",
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
