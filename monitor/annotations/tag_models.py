"""Tag (an entry of the codebook), the addresses it had, its uses on annotations, and the tags a person pinned."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from monitor.accounts.models import NO_CONTROLS, Team
from monitor.annotations.managers import TagQuerySet
from monitor.annotations.models import Annotation, Colour, keep_history
from monitor.library.models import Stamped, folded_name


@keep_history
class Tag(Stamped):
    """A code of the codebook. With neither owner nor team it is everybody's; its parent is of the same scope.

    `path` is made of the slugs from the root down ("violence/prison-break"): a list by a tag takes what begins so.
    """

    owner = models.ForeignKey("monitor.User", on_delete=models.CASCADE, null=True, blank=True, related_name="tags")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="tags")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=80, validators=[NO_CONTROLS])
    key = models.CharField(max_length=160, editable=False, help_text="the name as it is compared: see folded_name")
    path = models.CharField(max_length=400)
    definition = models.TextField(blank=True)
    example = models.TextField(blank=True)
    colour = models.CharField(max_length=6, choices=Colour, default=Colour.TEAL)
    made_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    revision = models.PositiveIntegerField(default=1)
    deleted = models.DateTimeField(null=True, blank=True, help_text="out of the codebook since; it can be brought back")

    objects: ClassVar[models.Manager[Tag]] = TagQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "team", "path"],
                condition=Q(merged_into=None, deleted=None),
                nulls_distinct=False,
                name="tag_path_once_per_scope",
            ),
            models.UniqueConstraint(
                fields=["owner", "team", "parent", "key"],
                condition=Q(merged_into=None, deleted=None),
                nulls_distinct=False,
                name="tag_name_once_below_its_parent",
            ),
            models.CheckConstraint(condition=Q(owner=None) | Q(team=None), name="tag_has_one_scope"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="tag_is_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="tag_merged_into_another"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(path=""), name="tag_has_a_name"),
            models.CheckConstraint(condition=Q(colour__in=Colour.values), name="tag_colour_is_known"),
        ]
        indexes = [
            models.Index(fields=["path"], name="tags_by_path", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = folded_name(self.name)
        super().save(*args, **kwargs)


class TagAddress(models.Model):
    """A path that a tag had before it was renamed, moved or merged: old addresses lead on."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="addresses")
    path = models.CharField(max_length=400, db_index=True)
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return f"{self.path} -> {self.tag_id}"


@partial(keep_history, by="annotation")
class AnnotationTag(models.Model):
    """One tag on one annotation. Parents are never copied here: a list by a tag finds its children itself."""

    # Found by the constraint that a tag is there once.
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, db_index=False, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    added_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["annotation", "tag"], name="tag_once_per_annotation")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.annotation_id}"


class PinnedTag(models.Model):
    """The tag behind one of a person's digit keys."""

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="pinned_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="pins")
    digit = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["person", "digit"]
        constraints = [
            models.UniqueConstraint(fields=["person", "digit"], name="one_tag_for_a_digit"),
            models.UniqueConstraint(fields=["person", "tag"], name="one_digit_for_a_tag"),
            models.CheckConstraint(condition=Q(digit__gte=1) & Q(digit__lte=9), name="pinned_digit_is_1_to_9"),
        ]

    def __str__(self) -> str:
        return f"{self.digit}: {self.tag_id}"
