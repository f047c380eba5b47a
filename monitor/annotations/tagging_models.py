"""TaggingRun: all places of a phrase are to be tagged, more than a page shows; a worker does it, for one person."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitor.accounts.models import Team
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Visibility
from monitor.annotations.occurrences import LONGEST_PHRASE
from monitor.library.models import Article, Issue


class TaggingRun(models.Model):
    """What was asked for, how far it has got, and the act that it became.

    Until it is finished nothing is tagged: the marks, their act and `finished` are written together.
    """

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="tagging_runs")
    phrase = models.CharField(max_length=LONGEST_PHRASE)
    letters = models.BooleanField(default=False, help_text="capitals and accents count")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="+", help_text="here only")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, null=True, related_name="+", help_text="here only")
    tags = ArrayField(models.BigIntegerField(), help_text="keys of the tags")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+")
    articles = models.PositiveIntegerField(null=True, help_text="to be looked through; None: it waits for its turn")
    looked = models.PositiveIntegerField(default=0, help_text="articles looked through")
    found = models.PositiveIntegerField(default=0, help_text="places that do not bear the tags yet")
    created = models.DateTimeField(db_default=Now(), editable=False)
    finished = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True, help_text="why nothing was tagged, in a sentence")
    act = models.OneToOneField(Operation, on_delete=models.SET_NULL, null=True, related_name="tagging_run")

    objects: ClassVar[models.Manager[TaggingRun]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(article=None) | Q(issue=None), name="tagging_run_has_one_scope"),
            models.CheckConstraint(
                condition=Q(visibility="team", team__isnull=False) | (~Q(visibility="team") & Q(team=None)),
                name="tagging_run_team_if_for_a_team",
            ),
            models.CheckConstraint(
                condition=Q(finished__isnull=False) | Q(trouble="", act=None), name="tagging_run_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.phrase}”"
