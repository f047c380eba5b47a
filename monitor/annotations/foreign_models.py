"""ForeignMark: what another program sent for an annotation or a reply, so that it gets its own words back."""

from __future__ import annotations

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q

from monitor.annotations.models import Annotation, Reply

LONGEST_IRI = 2_000  # characters
LONGEST_NAME = 200


class ForeignMark(models.Model):
    """One row for each border over which an annotation came. It grants nothing: readers and words are the annotation's.

    `body` and `target` are given back as they were sent while the annotation still says what was taken from them, which
    `body_said` and `target_said` hold as a digest (see `annotations.foreign`); after that, what it says by now is told.
    """

    class Border(models.TextChoices):
        """The protocol, or kind of file, by which it came."""

        WEB_ANNOTATION = "w3c", "Web Annotation"
        HYPOTHESIS = "hypothesis", "Hypothesis"
        FILE = "file", "a file"

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, null=True, related_name="sent")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, related_name="sent")
    border = models.CharField(max_length=10, choices=Border)
    body = models.JSONField(null=True, blank=True)
    target = models.JSONField(null=True, blank=True)
    more = models.JSONField(default=dict, blank=True, help_text="what else was sent and is given back")
    body_said = models.CharField(max_length=64, blank=True)
    target_said = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=LONGEST_IRI, blank=True, help_text="its id where it came from")
    author = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="who wrote it there: a name, no person")
    group = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="where it was filed; grants nothing")
    slug = models.CharField(max_length=80, null=True, blank=True, unique=True, help_text="its address below /anno/")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(annotation=None, reply__isnull=False) | Q(annotation__isnull=False, reply=None),
                name="foreign_mark_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(border__in=["w3c", "hypothesis", "file"]), name="foreign_border_is_known"
            ),
            models.UniqueConstraint(
                fields=["annotation", "reply", "border"], nulls_distinct=False, name="foreign_mark_once_per_border"
            ),
        ]
        # A second import looks its rows up by where they came from; addresses may be too long for another kind of index.
        indexes = [HashIndex(fields=["origin"], condition=~Q(origin=""), name="foreign_marks_by_origin")]

    def __str__(self) -> str:
        return f"{self.border} {self.annotation_id or self.reply_id}"
