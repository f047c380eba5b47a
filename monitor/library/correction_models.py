"""Correction: what a curator changed in the reading of an issue. It is kept apart from the reading and applied to each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from monitor.library.models import Issue, Stamped


class Correction(Stamped):
    """One change, in the order in which they were made.

    `target` says what it is about in words of the text, never in row numbers: a new reading has other rows.
    """

    class Kind(models.TextChoices):
        TITLE = "title", "title"
        AUTHORS = "authors", "authors"
        KIND = "kind", "kind of article"
        BEGINS = "begins", "an article begins here"
        GOES_ON = "goes_on", "goes on the article before"
        JOIN = "join", "paragraph goes on the one before"
        SPLIT = "split", "paragraph ends here"
        TYPE = "type", "type of a block"

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=8, choices=Kind)
    target = models.JSONField()
    value = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undone = models.DateTimeField(null=True, blank=True)
    found = models.BooleanField(default=True, help_text="whether the newest reading has the place it is about")

    class Meta:
        ordering = ["issue", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["title", "authors", "kind", "begins", "goes_on", "join", "split", "type"]),
                name="correction_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.issue_id}"


class Reading(models.Model):
    """What a parser made of an issue's file, before any correction: corrections and their undoing start from it."""

    issue = models.OneToOneField(Issue, on_delete=models.CASCADE, related_name="reading")
    document = models.BinaryField(help_text="the IssueDocument as JSON, compressed")
    parser_version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"reading of {self.issue_id}"
