"""FileImport: a file of annotations, tags or whatever `import_formats` reads, on its way in."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from monitor.accounts.models import Team
from monitor.annotations.models import Visibility


class FileImport(models.Model):
    """A file that a person handed in for themselves, and what became of each of its rows.

    `report` has one entry a row that is done; a worker that takes the job up again goes on after them. The file is kept
    until the last row is done, and no longer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DONE = "done", "done"
        REFUSED = "refused", "refused"
        FAILED = "failed", "failed"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="file_imports")
    format = models.CharField(max_length=20, help_text="its name in interchange.import_formats")
    file_name = models.CharField(max_length=255)
    content = models.BinaryField(null=True, help_text="the file, until it is done")
    site = models.CharField(max_length=300, blank=True, help_text="the address it was handed in at")
    visibility = models.CharField(max_length=8, choices=Visibility, blank=True, help_text="blank: as the file says")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    message = models.TextField(blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    left_over = models.JSONField(
        default=list, help_text="rows for documents that are not here, as they stood in the file"
    )
    created = models.DateTimeField(db_default=Now(), editable=False)
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "-id"]
        indexes = [models.Index(fields=["person", "-created", "-id"], name="file_imports_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "refused", "failed"]), name="file_import_state_is_known"
            ),
            models.CheckConstraint(condition=Q(rows_done__lte=F("rows_total")), name="file_import_ends_with_its_rows"),
            models.CheckConstraint(
                condition=Q(content=None) | Q(state="waiting"), name="file_import_drops_the_file_when_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.state}"
