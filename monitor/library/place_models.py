"""ReadingPlace: how far a person has read an article."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from monitor.library.models import Article


class ReadingPlace(models.Model):
    """Where one person stopped in one article, and whether they have read it.

    Paragraphs are counted as in the page's addresses (`#p12`), from 1; `paragraphs` is how many the text had then, so
    that a place in a text that was read anew can still be shown by its share of the way.
    """

    person = models.ForeignKey("monitor.User", on_delete=models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="places")
    paragraph = models.PositiveIntegerField(default=1)
    furthest = models.PositiveIntegerField(default=1)
    paragraphs = models.PositiveIntegerField(default=1)
    read = models.DateTimeField(null=True, blank=True, help_text="when it was read to its end, or marked as read")
    opened = models.DateTimeField(db_default=Now(), editable=False)
    moved = models.DateTimeField(db_default=Now(), help_text="when the place last changed")

    class Meta:
        ordering = ["-moved", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "article"], name="one_place_for_each_reader"),
            models.CheckConstraint(
                condition=Q(paragraph__gte=1) & Q(furthest__gte=F("paragraph")) & Q(paragraphs__gte=F("furthest")),
                name="place_is_inside_its_text",
            ),
        ]
        indexes = [models.Index(fields=["person", "-moved"], name="places_by_person_newest")]

    def __str__(self) -> str:
        return f"{self.person_id} at paragraph {self.paragraph} of {self.article_id}"
