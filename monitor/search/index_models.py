"""The search index in Postgres: derived from the library and the entities, rebuilt at any time, never repaired.

`SearchRow` has what a query can ask of an article. Its facts are columns of the view `monitor_searchfacts`; functions and
triggers of the migration 0019_search keep them as the tables say, within the transaction that changes those. Its lexemes
are made by `indexing.py`, since only `words.py` knows what a word is.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitor.library.models import Article


def _keys() -> ArrayField[list[int], list[int]]:
    return ArrayField(models.BigIntegerField(), default=list)


class SearchRow(models.Model):
    """One article, unless the newest reading of its file lacks it.

    Actors are those whose names stand there, not those they were merged with: merging rewrites nothing. `region_ids`
    hold all that a named region lies in, `exact_region_ids` only what is named.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="search_row")
    published = models.BooleanField(help_text="readers may see it; otherwise only who sees drafts")
    issue = models.BigIntegerField(db_column="issue_id")
    periodical = models.BigIntegerField(db_column="periodical_id")
    day = models.DateField(help_text="of the issue: its sort_date")
    kind = models.CharField(max_length=20)
    endnotes = models.BooleanField(default=False)
    author_ids = _keys()
    source_ids = _keys()
    actor_ids = _keys()
    about_actor_ids = _keys()
    region_ids = _keys()
    exact_region_ids = _keys()
    about_region_ids = _keys()
    exact_about_region_ids = _keys()
    lexemes = SearchVectorField(help_text="empty for an article whose lexemes stand in its pieces")
    in_pieces = models.BooleanField(default=False)
    digest = models.CharField(max_length=32, help_text="of the texts that the lexemes were made of")
    words_version = models.PositiveSmallIntegerField(help_text="of the rules by which they were made")

    objects: ClassVar[models.Manager[SearchRow]] = models.Manager()

    class Meta:
        indexes = [
            GinIndex(fields=["lexemes"], name="search_by_lexeme"),
            GinIndex(fields=["actor_ids"], name="search_by_actor"),
            GinIndex(fields=["region_ids"], name="search_by_region"),
            GinIndex(fields=["exact_region_ids"], name="search_by_exact_region"),
            GinIndex(fields=["author_ids"], name="search_by_author"),
            GinIndex(fields=["source_ids"], name="search_by_source"),
            models.Index(fields=["-day", "-article"], name="search_by_day"),
            models.Index(fields=["periodical"], name="search_by_periodical"),
            models.Index(fields=["issue"], name="search_by_issue"),
            models.Index(fields=["article"], condition=Q(published=False), name="search_unpublished"),
            models.Index(fields=["article"], condition=Q(in_pieces=True), name="search_in_pieces"),
        ]

    def __str__(self) -> str:
        return f"search row of article {self.article_id}"


class SearchPiece(models.Model):
    """A stretch of a long article: Postgres holds 16,383 positions in one vector, and 256 of one lexeme.

    Stretches overlap by more than any phrase is long, so that whatever stands in the article stands in one of them.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    lexemes = SearchVectorField()

    objects: ClassVar[models.Manager[SearchPiece]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="search_piece_once")]
        indexes = [GinIndex(fields=["lexemes"], name="search_pieces_by_lexeme")]

    def __str__(self) -> str:
        return f"piece {self.position} of article {self.article_id}"


class SearchChange(models.Model):
    """Outbox: an article whose row is behind. Written by triggers in the transaction that changes the article."""

    article = models.BigIntegerField(primary_key=True, db_column="article_id")
    text = models.BooleanField(help_text="its lexemes are behind, not its facts alone")
    later = models.BooleanField(help_text="one of so many that a worker brings them up to date, not the transaction")
    since = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager[SearchChange]] = models.Manager()

    class Meta:
        ordering = ["article"]

    def __str__(self) -> str:
        return f"article {self.article} has changed"


class Follower(models.Model):
    """An engine outside Postgres that wants to be told of changed rows."""

    name = models.CharField(max_length=40, primary_key=True)

    objects: ClassVar[models.Manager[Follower]] = models.Manager()

    def __str__(self) -> str:
        return self.name


class FollowerChange(models.Model):
    """Outbox of a follower: a row that it has not taken up. Written by a trigger on the rows."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="changes")
    article = models.BigIntegerField(db_column="article_id")

    objects: ClassVar[models.Manager[FollowerChange]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"article {self.article} for {self.follower_id}"


class Vocabulary(models.Model):
    """A word as some article prints it, folded; for suggestions alone, which are counted before they are shown."""

    word = models.TextField(primary_key=True)
    sound = models.TextField(help_text="what it shares with its usual other transliterations")

    objects: ClassVar[models.Manager[Vocabulary]] = models.Manager()

    class Meta:
        indexes = [
            GinIndex(fields=["word"], name="vocabulary_alike", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["sound"], name="vocabulary_by_sound"),
        ]

    def __str__(self) -> str:
        return self.word
