"""Annotation (an analyst's own mark), the spans it stands on, and Reply. A printed endnote is a `library.Note`.

Positions are half-open ranges of Unicode code points in the text version they name, or in a printed note's text.
"""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import pghistory
from django.contrib.postgres.fields import BigIntegerRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from monitor.accounts.models import Team
from monitor.annotations.managers import EVERYONE, PRIVATE, TEAM, AnnotationQuerySet, ReplyQuerySet
from monitor.library.models import Article, Issue, Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.annotations.tag_models import Tag

LONGEST_TEXT = 2**32  # code points; a place fits into 31 bits
M = TypeVar("M", bound=models.Model)


def keep_history(model: type[M], *, but: Sequence[str] = (), by: str = "pgh_obj") -> type[M]:
    """Keep every version of the model's rows in a table beside it, by triggers: no way of writing goes round them.

    `but` are columns that only repeat what another row says; `by` is the one by which versions are looked for.
    """
    # A tracker belongs to one model: sharing them would mix up the models' fields.
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    decorated: Any = pghistory.track(*events, exclude=list(but) or None)(model)
    for field in decorated.pgh_event_model._meta.local_fields:  # noqa: SLF001 - Django's own documented door
        # Nothing is found by the others, and each index is one more thing to write with every change of a row.
        field.db_index = field.name == by
    kept: type[M] = decorated
    return kept


def index_of_some(name: str, first: str, *more: str) -> models.Index:
    """Return an index of those rows alone in which the first column is not empty: what names nobody costs nothing."""
    return models.Index(fields=[first, *more], condition=Q(**{f"{first}__isnull": False}), name=name)


class Visibility(models.TextChoices):
    """Who may read a mark."""

    PRIVATE = PRIVATE, "Only me"
    TEAM = TEAM, "My team"
    EVERYONE = EVERYONE, "Everyone signed in"


class Colour(models.TextChoices):
    """The ten highlight colours; each has a line of its own, so that hue is never the only sign."""

    YELLOW = "yellow", "Yellow"
    ORANGE = "orange", "Orange"
    RED = "red", "Red"
    PINK = "pink", "Pink"
    PURPLE = "purple", "Purple"
    BLUE = "blue", "Blue"
    CYAN = "cyan", "Cyan"
    TEAL = "teal", "Teal"
    GREEN = "green", "Green"
    GREY = "grey", "Grey"


class Scoped(models.Model):
    """Words of one person that they may share; the browser makes the `uid`, so that a retry is the same row."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Indexes of people and teams are named below each table: they pass over the rows that name nobody.
    owner = models.ForeignKey(
        "monitor.User", on_delete=models.SET_NULL, null=True, db_index=False, help_text="None: left the site"
    )
    comment = models.TextField(blank=True, help_text="Markdown")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    revision = models.PositiveIntegerField(default=1, help_text="rises with every change; If-Match compares it")
    created = models.DateTimeField(db_default=Now(), editable=False)
    updated = models.DateTimeField(db_default=Now(), editable=False)
    hidden = models.DateTimeField(null=True, blank=True, help_text="when a curator or team admin took it from view")
    hidden_by = models.ForeignKey(
        "monitor.User", on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="+"
    )
    deleted = models.DateTimeField(null=True, blank=True, help_text="in its owner's trash since")

    class Meta:
        abstract = True


@keep_history
class Annotation(Scoped):
    """A mark on passages of one article, or a word on a whole article or issue (then it has no spans)."""

    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="annotations"
    )
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="annotations")
    colour = models.CharField(max_length=6, choices=Colour, default=Colour.YELLOW)
    resolved = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        "monitor.User", on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="+"
    )

    # Of one that was made just now: its passages and its tags.
    placed: tuple[AnnotationSpan, ...] = ()
    borne: tuple[Tag, ...] = ()

    objects: ClassVar[models.Manager[Annotation]] = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["created", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issue=None, article__isnull=False) | Q(issue__isnull=False, article=None),
                name="annotation_is_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="annotation_scope_is_known"),
            models.CheckConstraint(
                condition=Q(visibility=TEAM, team__isnull=False) | (~Q(visibility=TEAM) & Q(team=None)),
                name="annotation_team_if_for_a_team",
            ),
            models.CheckConstraint(condition=Q(colour__in=Colour.values), name="annotation_colour_is_known"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="annotation_revision_from_one"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created", "-id"], name="annotations_by_owner_newest"),
            models.Index(fields=["updated"], name="annotations_by_change"),
            index_of_some("annotations_for_a_team", "team", "-created", "-id"),
            index_of_some("annotations_on_an_issue", "issue"),
            index_of_some("annotations_hidden_by", "hidden_by"),
            index_of_some("annotations_resolved_by", "resolved_by"),
        ]

    def __str__(self) -> str:
        return f"annotation {self.uid}"


class SpanState(models.TextChoices):
    """How surely a passage was found in the text that is read today."""

    EXACT = "exact", "exact"
    FUZZY = "fuzzy", "moved: the words differ"
    ORPHAN = "orphan", "not found"


class Stretch(Func):
    """`start` to `end` in an article's running text, on one line with those of all articles, for an index to find."""

    function = "int8range"
    output_field = BigIntegerRangeField()

    def __init__(self, article: Any, start: Any, end: Any, **facts: Any) -> None:
        first = article * LONGEST_TEXT
        super().__init__(first + start, first + end, **facts)


@partial(keep_history, but=("article",), by="annotation")
class AnnotationSpan(models.Model):
    """One passage of an annotation: `body[start:end]` of the article's text, or of one of its printed notes.

    `quote`, `prefix` and `suffix` are the words as they were marked; they stay when a new reading of the file moves
    the place, until the owner confirms the new words.
    """

    # Found by the constraint on its position.
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, db_index=False, related_name="spans")
    # That of its annotation; a trigger sees to it, whoever writes. An index by place needs it here.
    article = models.ForeignKey(
        Article, on_delete=models.DO_NOTHING, null=True, editable=False, db_constraint=False, db_index=False,
        related_name="+",
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0)
    note = models.ForeignKey(
        Note, on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="spans"
    )
    note_number = models.PositiveIntegerField(null=True, blank=True, help_text="stays when the note is gone")
    text_version = models.PositiveIntegerField(help_text="of the article, when `start` and `end` were taken")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=SpanState, default=SpanState.EXACT)
    score = models.FloatField(default=1.0, help_text="how alike the words are, 0 to 1")
    candidate = models.JSONField(null=True, blank=True, help_text="of an orphan: the nearest place, as {start, end}")

    class Meta:
        ordering = ["annotation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["annotation", "position"], name="span_position_once_per_annotation"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="span_end_after_start"),
            models.CheckConstraint(condition=~Q(quote=""), name="span_has_words"),
            models.CheckConstraint(condition=Q(state__in=SpanState.values), name="span_state_is_known"),
            models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=1), name="span_score_is_a_share"),
        ]
        indexes = [
            GistIndex(
                Stretch(F("article"), F("start"), F("end")), condition=Q(note_number=None), name="spans_by_place"
            ),
            index_of_some("spans_in_a_note", "note"),
        ]

    def __str__(self) -> str:
        return f"{self.quote[:60]} ({self.start}-{self.end})"


@keep_history
class Reply(Scoped):
    """An answer to an annotation, never seen by more people than it."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="replies")

    objects: ClassVar[models.Manager[Reply]] = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["created", "id"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="reply_scope_is_known"),
            models.CheckConstraint(
                condition=Q(visibility=TEAM, team__isnull=False) | (~Q(visibility=TEAM) & Q(team=None)),
                name="reply_team_if_for_a_team",
            ),
            models.CheckConstraint(condition=~Q(comment=""), name="reply_has_words"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="reply_revision_from_one"),
        ]
        indexes = [
            models.Index(fields=["owner"], name="replies_by_owner"),
            models.Index(fields=["updated"], name="replies_by_change"),
            index_of_some("replies_for_a_team", "team"),
            index_of_some("replies_hidden_by", "hidden_by"),
        ]

    def __str__(self) -> str:
        return f"reply {self.uid}"
