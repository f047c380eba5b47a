"""What tells whether the gazetteer has changed: the files that were loaded, a stamp of the tables, the lexicon."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from monitor.entities.mention_models import DIGEST


class GazetteerLoad(models.Model):
    """Files that were loaded into the tables; the newest says whether today's have been."""

    files = models.CharField(max_length=DIGEST, help_text="sha256 of the files' content")
    written = models.PositiveIntegerField(help_text="rows that were written")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.files[:8]}: {self.written} rows"


class GazetteerStamp(models.Model):
    """Changes with every change of a row that the recogniser reads, by triggers (see the migration 0013_entities).

    Not managed: the table must outlive the emptying of all others, as tests do it.
    """

    id = models.SmallIntegerField(primary_key=True)
    stamp = models.UUIDField()
    places = models.UUIDField(help_text="the same for regions, their names and what lies in what alone")

    objects: ClassVar[models.Manager[GazetteerStamp]] = models.Manager()

    class Meta:
        managed = False
        db_table = "monitor_gazetteerstamp"

    def __str__(self) -> str:
        return str(self.stamp)


class Lexicon(models.Model):
    """The words of the whole archive that are written small, as they stood when it was last gone through.

    Every article is read with the newest one, so that texts that came later change nothing of those before.
    """

    digest = models.CharField(max_length=DIGEST, unique=True)
    words = models.TextField(help_text="sorted, one a line")
    articles = models.PositiveIntegerField(help_text="how many it was made of")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "lexicons"

    def __str__(self) -> str:
        return f"{self.digest[:8]} of {self.articles} articles"


class Retagging(models.Model):
    """One change of names, and how far the articles it may concern have been looked through again."""

    said = models.CharField(max_length=300, help_text="what was changed")
    folds = ArrayField(models.TextField(), help_text="the names, as they are compared")
    by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, related_name="+")
    articles = models.PositiveIntegerField(null=True, blank=True, help_text="to look through; None: not known yet")
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0, help_text="articles in which mentions came or went")
    created = models.DateTimeField(db_default=Now(), editable=False)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(articles=None) | Q(done__lte=F("articles")), name="retagging_does_what_there_is"
            ),
        ]

    def __str__(self) -> str:
        return self.said
