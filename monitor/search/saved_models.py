"""SavedSearch, who follows one, and what each follower was told of."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitor.accounts.models import NO_CONTROLS, Team
from monitor.library.models import Article, Stamped

LONGEST_NAME = 120
DIGEST = 64


class SavedSearch(Stamped):
    """A search that somebody keeps, for themselves or for a team. It is never deleted but by a person."""

    owner = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="saved_searches")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME, validators=[NO_CONTROLS])
    query = models.TextField(blank=True, help_text="in the query language")
    chosen = models.JSONField(default=dict, blank=True, help_text="values chosen in facets, by their names")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="both days are included")
    sort = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "saved searches"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Following(models.Model):
    """A person who is told of new matches. What matches is what this person would find: others may find something else."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="followings")
    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="followings")
    by_mail = models.BooleanField(default=True)
    broken = models.TextField(blank=True, help_text="why the search cannot be understood (any more), in a sentence")
    broken_mailed = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(db_default=Now(), help_text="what was told until then is not new any more")
    feed = models.CharField(max_length=DIGEST, blank=True, help_text="digest of the secret in the feed's address")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["search", "person"], name="following_once"),
            models.UniqueConstraint(fields=["feed"], condition=~Q(feed=""), name="following_feed_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.search_id}"


class ToldMatch(models.Model):
    """An article that a follower knows to match: it was there when they began (`is_new` is false), or they were told."""

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="told", db_index=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    is_new = models.BooleanField(default=True)
    created = models.DateTimeField(db_default=Now(), editable=False)
    mailed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "told matches"
        constraints = [models.UniqueConstraint(fields=["following", "article"], name="match_told_once")]
        indexes = [
            models.Index(fields=["following", "-id"], condition=Q(is_new=True), name="matches_told_newest"),
            models.Index(fields=["following"], condition=Q(is_new=True, mailed=None), name="matches_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} for {self.following_id}"
