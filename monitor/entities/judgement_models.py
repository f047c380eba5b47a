"""What people decided, never rewritten by a run: on mentions, on which actors are one, on what articles are about.

A judgement is taken back by marking it undone; the next older one then stands again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from monitor.entities.mention_models import EntityKind, Where
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from monitor.library.models import Article


class Judgement(models.Model):
    """Who decided and when, and who took it back."""

    by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(db_default=Now(), editable=False)
    undone = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class Verdict(models.TextChoices):
    """What was decided about a mention."""

    CONFIRM = "confirm", "is right"
    REJECT = "reject", "is wrong"
    RELINK = "relink", "is another"
    ADD = "add", "was missed"


class Scope(models.TextChoices):
    """How far a decision reaches: from the wider ones a narrower one is an exception."""

    MENTION = "mention", "this mention"
    ARTICLE = "article", "all like it in this article"
    ALL = "all", "all like it, also in articles to come"


class AnchorState(models.TextChoices):
    """How surely the judged place was found in the text that is read today."""

    EXACT = "exact", "exact"
    FUZZY = "fuzzy", "moved: the words differ"
    ORPHAN = "orphan", "not found"


class MentionJudgement(Judgement):
    """One person's decision on a mention, or on all of a surface (`fold`) that mean one entity.

    `actor` or `region` is the entity it is about: the one confirmed, rejected, added, or linked to. A rejection
    without one means that the surface names nothing ("never propose this"). Places as in annotations' spans.
    """

    verdict = models.CharField(max_length=7, choices=Verdict)
    scope = models.CharField(max_length=7, choices=Scope, default=Scope.MENTION)
    kind = models.CharField(max_length=6, choices=EntityKind)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="mention_judgements")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="mention_judgements"
    )
    fold = models.TextField(help_text="the surface as it is compared")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="mention_judgements"
    )
    where = models.CharField(max_length=5, choices=Where, default=Where.BODY)
    note_number = models.PositiveIntegerField(null=True, blank=True)
    text_version = models.PositiveIntegerField(null=True, blank=True, help_text="when the place was taken")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(help_text="the surface as it was judged")
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=AnchorState, default=AnchorState.EXACT)
    score = models.FloatField(default=1.0, help_text="how alike the words are, 0 to 1")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="judgement_verdict_is_known"),
            models.CheckConstraint(condition=Q(state__in=AnchorState.values), name="judgement_state_is_known"),
            models.CheckConstraint(condition=~Q(quote="") & ~Q(fold=""), name="judgement_has_words"),
            models.CheckConstraint(
                condition=Q(kind="actor", region=None) | Q(kind="region", actor=None), name="judgement_is_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(verdict="reject") | Q(actor__isnull=False) | Q(region__isnull=False),
                name="judgement_names_its_entity",
            ),
            models.CheckConstraint(
                condition=Q(scope="mention", article__isnull=False, text_version__isnull=False)
                & Q(start__isnull=False, end__isnull=False, end__gt=F("start"))
                | Q(scope="article", article__isnull=False, start=None, end=None)
                | Q(scope="all", article=None, start=None, end=None),
                name="judgement_place_fits_its_scope",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="add") | Q(scope="mention"), name="judgement_adds_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["article", "-id"], condition=Q(undone=None), name="judgements_of_article"),
            models.Index(fields=["fold"], condition=Q(undone=None, scope="all"), name="judgements_of_surface"),
        ]

    def __str__(self) -> str:
        return f"{self.quote}: {self.verdict}"


class SameVerdict(models.TextChoices):
    """Whether two actors are one."""

    SAME = "same", "are the same"
    DIFFERENT = "different", "are different"
    UNSURE = "unsure", "may be the same"


class ActorJudgement(Judgement):
    """One person's decision whether two actors are one; no mention, name or relation is touched by it."""

    left = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="judged_left")
    right = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="judged_right")
    verdict = models.CharField(max_length=9, choices=SameVerdict)
    keep = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="actor_judgement_is_of_two_in_order"),
            models.CheckConstraint(condition=Q(verdict__in=SameVerdict.values), name="actor_judgement_is_known"),
            models.CheckConstraint(
                condition=(Q(verdict="same", keep__isnull=False) & (Q(keep=F("left")) | Q(keep=F("right"))))
                | (~Q(verdict="same") & Q(keep=None)),
                name="actor_judgement_keeps_one_of_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id} {self.verdict}"


class AboutVerdict(models.TextChoices):
    """What an article has to do with an entity."""

    ABOUT = "about", "is about it"
    MENTIONED = "mentioned", "mentions it"
    NOT = "not", "has nothing to do with it"


class AboutJudgement(Judgement):
    """One person's decision what an article has to do with an actor or region; the newest that stands counts."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="about_judgements")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="about_judgements")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="about_judgements")
    verdict = models.CharField(max_length=9, choices=AboutVerdict)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor=None, region__isnull=False) | Q(actor__isnull=False, region=None),
                name="about_judgement_is_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(verdict__in=AboutVerdict.values), name="about_judgement_is_known"),
        ]

    def __str__(self) -> str:
        return f"article {self.article_id}: {self.verdict}"
