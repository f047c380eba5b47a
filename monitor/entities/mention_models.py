"""What was found in texts, all of it derived: mentions, which actors and regions an article is about, its words.

Offsets are half-open ranges of Unicode code points: of the article's text, of its title, or of one of its notes.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from monitor.entities.models import Actor, ActorAlias
from monitor.entities.region_models import Region, RegionAlias
from monitor.library.models import Article, ArticleText, Note

DIGEST = 64


class EntityKind(models.TextChoices):
    """What is named."""

    ACTOR = "actor", "Actor"
    REGION = "region", "Region"


class Where(models.TextChoices):
    """In which of an article's texts something stands."""

    BODY = "body", "the text"
    TITLE = "title", "the title"
    NOTE = "note", "a note"


class Tier(models.TextChoices):
    """How much a mention says."""

    NAME = "name", "named"
    DESC = "desc", "described"
    WEAK = "weak", "weak evidence"


class Method(models.TextChoices):
    """How a mention was found."""

    GAZETTEER = "gazetteer", "a known name"
    DEFINITION = "definition", "defined in the article"
    ACRONYM = "acronym", "an acronym"
    PERSON = "person", "a person's name"
    BACKREF = "backref", "a name given before"
    DESCRIPTIVE = "descriptive", "a description"
    FUZZY = "fuzzy", "much like a known name"
    PATTERN = "pattern", "made like a name"
    MANUAL = "manual", "marked by a person"


class MentionStatus(models.TextChoices):
    """Whether a mention counts: automatic and confirmed ones do."""

    AUTO = "auto", "found automatically"
    SUGGESTED = "suggested", "suggested"
    CONFIRMED = "confirmed", "confirmed by a person"
    REJECTED = "rejected", "rejected by a person"


COUNTS = (MentionStatus.AUTO, MentionStatus.CONFIRMED)


class RecognitionRun(models.Model):
    """What mentions were found with: the same three digests and the same text give the same mentions."""

    gazetteer = models.CharField(max_length=DIGEST)
    rules = models.CharField(max_length=DIGEST)
    lexicon = models.CharField(max_length=DIGEST)
    stamp = models.UUIDField(
        null=True, blank=True, help_text="of the gazetteer's tables as of which its articles are up to date"
    )
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["gazetteer", "rules", "lexicon"], name="recognition_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gazetteer[:8]} {self.rules[:8]} {self.lexicon[:8]}"


class RecognisedArticle(models.Model):
    """With what an article was last looked through, and its words: those that a new name may stand in are found by them."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="recognised")
    text = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="+", db_index=False)
    run = models.ForeignKey(RecognitionRun, on_delete=models.PROTECT, related_name="articles")
    words = ArrayField(models.TextField(), default=list, help_text="folded, sorted, each once")
    capitals = ArrayField(models.TextField(), default=list, help_text="acronyms and short names as printed")

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="recognised_by_words"),
            GinIndex(fields=["capitals"], name="recognised_by_capitals"),
        ]

    def __str__(self) -> str:
        return f"article {self.article_id} by run {self.run_id}"


class Mention(models.Model):
    """A place where an actor or region is named; it points at the actor whose name stands there, never at a merged one.

    A suggested one may lack its entity: a name that several have, `candidates` as [slug or code, score 0-100].
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    text_version = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="mentions")
    where = models.CharField(max_length=5, choices=Where, default=Where.BODY)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.TextField(help_text="as printed")
    fold = models.TextField(default="", help_text="the surface as it is compared")
    kind = models.CharField(max_length=6, choices=EntityKind)
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="mentions"
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="mentions"
    )
    actor_alias = models.ForeignKey(
        ActorAlias, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    region_alias = models.ForeignKey(
        RegionAlias, on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    tier = models.CharField(max_length=4, choices=Tier, default=Tier.NAME)
    metonym = models.BooleanField(default=False)
    method = models.CharField(max_length=11, choices=Method, default=Method.GAZETTEER)
    score = models.FloatField(default=1.0)
    status = models.CharField(max_length=9, choices=MentionStatus, default=MentionStatus.AUTO)
    candidates = models.JSONField(default=list, blank=True)
    found = models.JSONField(
        null=True, blank=True, help_text="what the recogniser said, where a judgement says otherwise"
    )
    judgement = models.ForeignKey(
        "monitor.MentionJudgement", on_delete=models.SET_NULL, null=True, blank=True, related_name="mentions"
    )

    class Meta:
        ordering = ["article", "where", "note", "start", "end", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_end_after_start"),
            models.CheckConstraint(condition=~Q(surface=""), name="mention_has_words"),
            models.CheckConstraint(
                condition=Q(kind="actor", region=None, region_alias=None)
                | Q(kind="region", actor=None, actor_alias=None),
                name="mention_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["suggested", "rejected"]) | Q(actor__isnull=False) | Q(region__isnull=False),
                name="mention_that_counts_is_of_something",
            ),
            models.CheckConstraint(
                condition=Q(where="note", note__isnull=False) | (Q(where__in=["body", "title"]) & Q(note=None)),
                name="mention_in_a_note_names_it",
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="mention_tier_is_known"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="mention_method_is_known"),
            models.CheckConstraint(condition=Q(status__in=MentionStatus.values), name="mention_status_is_known"),
            models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=1), name="mention_score_is_a_share"),
            models.UniqueConstraint(
                fields=["article", "where", "note", "start", "end", "kind", "actor", "region"],
                nulls_distinct=False,
                name="mention_once_per_place",
            ),
        ]
        indexes = [
            models.Index(
                fields=["actor", "article", "start"], condition=Q(actor__isnull=False), name="mentions_of_actor"
            ),
            models.Index(
                fields=["region", "article", "start"], condition=Q(region__isnull=False), name="mentions_of_region"
            ),
            models.Index(fields=["article", "id"], condition=Q(status="suggested"), name="mentions_waiting"),
            models.Index(fields=["fold", "actor"], condition=Q(status="suggested"), name="mentions_waiting_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.surface} ({self.start}-{self.end})"


class Standing(models.Model):
    """How much of an article is about one entity, so that its lists need no mention."""

    n = models.PositiveIntegerField(help_text="mentions that count")
    in_title = models.BooleanField(default=False)
    parts = models.PositiveSmallIntegerField(help_text="a bit for each eighth of the text it occurs in")
    weight = models.FloatField(help_text="sum of its mentions' weights")
    salience = models.FloatField(help_text="weight, times the root of the number of eighths")
    about = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def why(self) -> str:
        """Return how it comes to be about it: "title · 12 mentions · 6 of 8 parts"."""
        mentions = f"{self.n} mention{'' if self.n == 1 else 's'}"
        return " · ".join([*(["title"] if self.in_title else []), mentions, f"{self.parts.bit_count()} of 8 parts"])


class ArticleActor(Standing):
    """One actor in one article, as its own mentions say: those of actors it was merged with stand in their own rows."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="actor_rows", db_index=False)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="article_rows", db_index=False)

    class Meta:
        ordering = ["article", "-salience", "actor"]
        constraints = [models.UniqueConstraint(fields=["article", "actor"], name="actor_once_per_article")]
        indexes = [models.Index(fields=["actor", "article"], name="articles_of_actor")]

    def __str__(self) -> str:
        return f"actor {self.actor_id} in article {self.article_id}"


class ArticleRegion(Standing):
    """One region in one article, as it is named there: what it lies in is found through the closure."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="region_rows", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="article_rows", db_index=False)

    class Meta:
        ordering = ["article", "-salience", "region"]
        constraints = [models.UniqueConstraint(fields=["article", "region"], name="region_once_per_article")]
        indexes = [models.Index(fields=["region", "article"], name="articles_of_region")]

    def __str__(self) -> str:
        return f"region {self.region_id} in article {self.article_id}"
