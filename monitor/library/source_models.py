"""Source (a cited outlet), the spellings under which it is printed, joins that can be undone, and Citation.

A citation points at the spelling it was printed with, and the spelling at its outlet. Joining two outlets moves
spellings; undoing moves them back; no citation is ever rewritten.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from monitor.library.models import Article, Note, Stamped


class Source(Stamped):
    """A newspaper, agency, site or account that articles cite."""

    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=80, unique=True)
    joined_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="absorbed")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(joined_into=F("id")), name="source_joined_into_another"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])


class SourceSpelling(models.Model):
    """One printed form of an outlet's name."""

    class Basis(models.TextChoices):
        FIRST = "first", "first seen so"
        AUTOMATIC = "automatic", "joined automatically: same name or web address"
        CURATOR = "curator", "placed by a curator"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="spellings")
    printed = models.CharField(max_length=300, unique=True)
    key = models.CharField(max_length=300, db_index=True, help_text="see library.outlets.outlet_key")
    basis = models.CharField(max_length=9, choices=Basis, default=Basis.FIRST)
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["printed"]
        constraints = [models.CheckConstraint(condition=~Q(printed=""), name="spelling_is_not_empty")]

    def __str__(self) -> str:
        return self.printed


class SourceJoin(models.Model):
    """A curator's decision that two sources are one, or that a spelling is not; kept so that it can be undone."""

    kept = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="joins_kept")
    other = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="joins_other")
    split = models.BooleanField(default=False)  # True: spellings left `kept` for `other`; False: they came from it
    spelling_ids = ArrayField(models.BigIntegerField())
    previous_bases = ArrayField(models.CharField(max_length=9))
    decided_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(db_default=Now(), editable=False)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(kept=F("other")), name="join_is_of_two_sources")]

    def __str__(self) -> str:
        return f"{self.other} {'split from' if self.split else 'joined into'} {self.kept}"


class Grade(models.TextChoices):
    """How far a source can be relied on: the letters of the Admiralty code, which intelligence analysts use."""

    A = "A", "A: completely reliable"
    B = "B", "B: usually reliable"
    C = "C", "C: fairly reliable"
    D = "D", "D: not usually reliable"
    E = "E", "E: unreliable"
    F = "F", "F: cannot be judged"
    NONE = "", "no grade"


class SourceGrade(models.Model):
    """A grade somebody gave a source, and why. The newest holds; the earlier ones stay as its history."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="grades")
    grade = models.CharField(max_length=1, choices=Grade, blank=True, help_text="empty: taken back")
    reason = models.TextField(blank=True)
    given_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [models.CheckConstraint(condition=Q(grade__in=Grade.values), name="source_grade_is_known")]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_grade_display()}"


class Precision(models.TextChoices):
    """How much of a cited date was printed."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class Citation(Stamped):
    """An article cites a source: the exact span, what is printed there, and the date it means."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="citations")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, blank=True, related_name="citations")
    spelling = models.ForeignKey(SourceSpelling, on_delete=models.PROTECT, related_name="citations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    printed = models.TextField()
    printed_date = models.CharField(max_length=80, blank=True)
    date = models.DateField(null=True, blank=True, help_text="first day of the period that is meant")
    precision = models.CharField(max_length=5, choices=Precision, blank=True)
    inferred = models.BooleanField(default=False, help_text="the year was not printed")
    linked = models.BooleanField(default=False, help_text="the printed source was a link, with or without a target")
    url = models.TextField(blank=True)

    class Meta:
        ordering = ["article", "note__position", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="citation_end_after_start"),
            models.CheckConstraint(
                condition=Q(date__isnull=True, precision="") | Q(date__isnull=False, precision__in=Precision.values),
                name="citation_date_has_precision",
            ),
            models.UniqueConstraint(
                fields=["article", "note", "start"], nulls_distinct=False, name="citation_once_per_place"
            ),
        ]
        indexes = [models.Index(fields=["spelling", "-date"], name="citation_by_spelling_and_date")]

    def __str__(self) -> str:
        return self.printed

    @property
    def source(self) -> Source:
        return self.spelling.source

    @property
    def iso(self) -> str:
        """Return the date as precisely as it was printed: `2021`, `2021-11` or `2021-11-05`; "" if unknown."""
        length = {"": 0, Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
        return self.date.isoformat()[:length] if self.date else ""
