"""Flag: somebody asks those who keep order to look at an annotation or a reply."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitor.annotations.models import Annotation, Reply


class Flag(models.Model):
    """One person's word that something shared should not stand; whose it is, its author is not told."""

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="flags")
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, null=True, related_name="flags")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, related_name="flags")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(annotation=None, reply__isnull=False) | Q(annotation__isnull=False, reply=None),
                name="flag_is_on_one_thing",
            ),
            models.UniqueConstraint(
                fields=["person", "annotation", "reply"], nulls_distinct=False, name="flag_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"flag of {self.person_id} on {self.annotation_id or self.reply_id}"
