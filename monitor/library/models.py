"""Periodical, Issue, Article and what is printed in one: Block, Note, Marker, Citation, Author.

Sources and their spellings are in `library.source_models`. All offsets are half-open ranges of Unicode code points
in the article's canonical text, or in a note's text.
"""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from monitor.library.managers import ArticleQuerySet, IssueQuerySet


class Stamped(models.Model):
    """A row with an identity of its own at every border and the times the database gave it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created = models.DateTimeField(db_default=Now(), editable=False)
    updated = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


def folded_name(name: str) -> str:
    """Return a name as it is compared, by a rule of our own: databases differ in which letters they fold."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


LONGEST_TITLE_KEY = 100  # an index entry must stay small, and no reader looks further


def title_key(title: str) -> str:
    """Return a title as it is sorted: letters and digits in small letters, without accents or quotation marks."""
    parted = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(c if c.isalnum() else " " for c in parted if not unicodedata.combining(c))
    return " ".join(plain.split())[:LONGEST_TITLE_KEY]


class Genre(models.TextChoices):
    """What reference managers take a periodical for."""

    JOURNAL = "journal", "Journal or newsletter"
    MAGAZINE = "magazine", "Magazine"


class Periodical(Stamped):
    """A title that comes out in issues."""

    name = models.CharField(max_length=200)
    key = models.TextField(editable=False, help_text="the name as it is compared: see folded_name")
    slug = models.SlugField(max_length=80, unique=True)
    tagline = models.CharField(max_length=300, blank=True)
    tint = models.CharField(max_length=8, default="accent")
    genre = models.CharField(max_length=8, choices=Genre, default=Genre.JOURNAL)
    issn = models.CharField(max_length=9, blank=True, help_text="as printed: 1234-567X")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="periodical_name_unique_in_any_case"),
            models.CheckConstraint(condition=Q(genre__in=Genre.values), name="periodical_genre_is_known"),
            models.CheckConstraint(
                condition=Q(issn="") | Q(issn__regex=r"^[0-9]{4}-[0-9]{3}[0-9X]$"), name="periodical_issn_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = folded_name(self.name)
        super().save(*args, **kwargs)


class DateBasis(models.TextChoices):
    """How we know an issue's date."""

    PRINTED = "printed", "printed"
    INFERRED = "inferred", "inferred"
    ENTERED = "entered", "entered by a curator"


class State(models.TextChoices):
    """Whether readers see an issue or article."""

    DRAFT = "draft", "Needs a look"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    GONE = "gone", "Not in the newest reading of its file"


class Issue(Stamped):
    """One issue, read from the file whose sha256 it bears."""

    periodical = models.ForeignKey(Periodical, on_delete=models.PROTECT, related_name="issues")
    volume = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    date_basis = models.CharField(max_length=8, choices=DateBasis, default=DateBasis.INFERRED)
    date_from = models.DateField(null=True, blank=True)
    date_to = models.DateField(null=True, blank=True)
    sort_date = models.DateField(db_index=True, help_text="date, else the start of its range, else the day of ingest")
    pages = models.PositiveIntegerField(null=True, blank=True)
    page_sizes = models.JSONField(default=list, blank=True)
    contents = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PUBLISHED)
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=8)
    file_bytes = models.PositiveBigIntegerField()
    parser_version = models.PositiveIntegerField()
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, help_text="percent, made of the findings")
    ocr_pages = models.PositiveIntegerField(default=0, help_text="pages whose text was recognised from pictures")
    ocr_confidence = models.PositiveSmallIntegerField(null=True, blank=True, help_text="percent, of those pages")
    page_images = models.PositiveIntegerField(default=0, help_text="pages whose pictures are stored")

    objects: ClassVar[models.Manager[Issue]] = models.Manager.from_queryset(IssueQuerySet)()

    class Meta:
        ordering = ["-sort_date", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="issue_state_is_known"),
            models.CheckConstraint(condition=Q(date_basis__in=DateBasis.values), name="issue_date_basis_is_known"),
            models.CheckConstraint(
                condition=Q(date__isnull=False) | Q(date_basis=DateBasis.INFERRED),
                name="issue_without_date_is_inferred",
            ),
            models.CheckConstraint(
                condition=Q(date_from__isnull=True, date_to__isnull=True) | Q(date_to__gte=F("date_from")),
                name="issue_date_range_runs_forward",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="issue_sha256_is_a_digest"),
        ]
        indexes = [
            models.Index(fields=["periodical", "-sort_date", "-id"], name="issue_by_periodical_and_date"),
            models.Index(fields=["-sort_date", "-id"], name="issue_by_date"),
            models.Index(fields=["-created", "-id"], name="issue_by_day_of_adding"),
        ]

    def __str__(self) -> str:
        return f"{self.periodical} {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.pk])

    @property
    def label(self) -> str:
        """Return how the issue is called on its shelf: `XX:3`, or its date, or its file's name."""
        if self.volume and self.number is not None:
            return f"{self.volume}:{self.number}"
        if self.number is not None:
            return f"No. {self.number}"
        return self.date.isoformat() if self.date else self.file_name


class Author(Stamped):
    """A name printed over articles.

    How it is cited, family and given names or one `literal`, is told by a rule (`interchange.names`) until a curator
    says it: no rule splits every name.
    """

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    family = models.CharField(max_length=200, blank=True)
    given = models.CharField(max_length=200, blank=True)
    literal = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(literal="") | Q(family="", given=""), name="author_is_cited_whole_or_in_parts"
            ),
            models.CheckConstraint(condition=~Q(family="") | Q(given=""), name="author_given_names_have_a_family"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])


class Article(Stamped):
    """A signed piece of an issue. The text itself is in ArticleText, so that lists never load it."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="articles")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, default="article")
    title = models.TextField()
    title_key = models.CharField(max_length=LONGEST_TITLE_KEY, default="", editable=False, help_text="see title_key")
    slug = models.SlugField(max_length=80)  # frozen when first stored: it is part of the article's address
    page_start = models.PositiveIntegerField(null=True, blank=True)
    page_end = models.PositiveIntegerField(null=True, blank=True)
    bio = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    text_version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=State, default=State.PUBLISHED)
    authors = models.ManyToManyField(Author, through="Authorship", related_name="articles")

    objects: ClassVar[models.Manager[Article]] = models.Manager.from_queryset(ArticleQuerySet)()

    class Meta:
        ordering = ["issue", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "position"],
                condition=~Q(state=State.GONE),
                name="article_position_once_per_issue",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="article_state_is_known"),
            models.CheckConstraint(condition=Q(text_version__gte=1), name="article_text_version_from_one"),
        ]
        indexes = [models.Index(fields=["title_key", "id"], name="article_by_title")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_key = title_key(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk, self.slug])


class Authorship(models.Model):
    """Who signed an article, in printed order."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authorships")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="authorships")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["article", "position"]
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="authorship_once_per_article")]

    def __str__(self) -> str:
        return f"{self.author}: {self.article}"


class ArticleText(models.Model):
    """One version of an article's canonical text. Old versions stay: annotations were made on them."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveIntegerField()
    body = models.TextField()
    parser_version = models.PositiveIntegerField()
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["article", "version"]
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="text_version_once_per_article"),
            models.CheckConstraint(condition=Q(version__gte=1), name="text_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.article} (text {self.version})"


class Block(models.Model):
    """A paragraph, heading or aside: `body[start:end]` of the article's current text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField()
    type = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    regions = models.JSONField(default=list, blank=True)
    rows = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="block_position_once_per_article"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="block_end_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.position} of {self.article_id}"


class Note(Stamped):
    """An endnote printed in an article (an analyst's own mark is an Annotation)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=12, default="explanatory")
    resolves_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="meant_by")
    regions = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="note_position_once_per_article"),
            models.CheckConstraint(condition=~Q(resolves_to=F("id")), name="note_resolves_to_another"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}] {self.text[:60]}"


class Marker(models.Model):
    """A note's number in the running text: `body[start:end]` is `[n]`."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="markers")
    note = models.ForeignKey(Note, on_delete=models.SET_NULL, null=True, related_name="markers")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["article", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="marker_end_after_start"),
            models.UniqueConstraint(fields=["article", "start"], name="marker_once_per_place"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}] at {self.start}"


class TextLink(models.Model):
    """A link printed in the running text or in a note, as found in the file."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="links")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    url = models.TextField(blank=True)

    class Meta:
        ordering = ["article", "start"]
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="link_end_after_start")]

    def __str__(self) -> str:
        return f"{self.text} -> {self.url}"


class Finding(models.Model):
    """Something in an issue that a person should look at, in one sentence."""

    class Decision(models.TextChoices):
        OPEN = "open", "open"
        SETTLED = "settled", "settled"
        IGNORED = "ignored", "ignored"

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="findings")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="findings")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=7, default="warning")
    message = models.TextField()
    suggestion = models.TextField(blank=True)
    page = models.PositiveIntegerField(null=True, blank=True, help_text="physical page, from 1")
    note_number = models.PositiveIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=7, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey("monitor.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["issue", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["error", "warning", "info"]), name="finding_severity_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
