"""From a read issue to rows, in one transaction: all of it is stored, or nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from monitor.ingest.document import PARSER_VERSION, canonical_text
from monitor.library.article_matching import Known, match_articles
from monitor.library.article_rows import store_articles
from monitor.library.correction_models import Reading
from monitor.library.finding_rows import store_findings
from monitor.library.locks import lock_file, lock_storing
from monitor.library.models import (
    Article,
    ArticleText,
    Author,
    Issue,
    Periodical,
    State,
    folded_name,
)
from monitor.library.readings import as_corrected, as_dated, keep_reading, kept_reading
from monitor.library.slugs import FreeSlugs, free_slug
from monitor.library.sources import place_spellings
from monitor.library.told import texts_stored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from monitor.ingest.document import Article as ReadArticle
    from monitor.ingest.document import IssueDocument

TINTS = ("accent", "rust", "moss", "plum", "ochre")
# A file of a format further left knows more: pages, places on the page.
FORMATS = ("pdf", "md", "txt")
LONGEST_VOLUME = 20
ROOM = 1_000_000  # more articles than any issue has


class Outcome(StrEnum):
    STORED = "stored"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The file an issue was read from."""

    sha256: str
    name: str
    type: str  # "pdf", "txt" or "md"
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a file, and the issue it belongs to."""

    issue: Issue
    outcome: Outcome
    why: str = ""


@transaction.atomic
def store_issue(*, document: IssueDocument, file: FileFacts) -> Stored:
    """Store a read issue, or carry an older reading of it over to this one; the same file twice changes nothing."""
    lock_file(file.sha256)
    lock_storing()
    issue = Issue.objects.select_for_update().filter(sha256=file.sha256).first()
    if issue:
        if _is_read_so(issue, document):
            return Stored(issue, Outcome.UNCHANGED)
        return _reread(issue, document, file)
    periodical = _periodical(document)
    twin = _same_issue(periodical, document)
    if twin is None:
        issue = _write(Issue(periodical=periodical), document, file, new=True)
        keep_reading(issue, document)
        return Stored(issue, Outcome.STORED)
    if FORMATS.index(file.type) > FORMATS.index(twin.file_type):
        return Stored(twin, Outcome.UNCHANGED, f"Already here from {twin.file_name}, which shows its pages as well.")
    return _reread(twin, document, file)


def _is_read_so(issue: Issue, document: IssueDocument) -> bool:
    """Return whether the issue was read by this parser already, with all its scans and a date that was entered."""
    entered = document.issue.date if document.issue.date_basis == "entered" else None
    if issue.ocr_pages < document.issue.ocr_pages or not Reading.objects.filter(issue=issue).exists():
        return False
    return issue.parser_version == PARSER_VERSION and (entered is None or issue.date == date.fromisoformat(entered))


def _reread(issue: Issue, document: IssueDocument, file: FileFacts) -> Stored:
    # A curator's date outlives every reading, also that of another file; one entered with this file is newer.
    dated = document if document.issue.date_basis == "entered" else as_dated(issue, document)
    keep_reading(issue, document)
    return Stored(_write(issue, as_corrected(issue, dated), file), Outcome.UPDATED)


@transaction.atomic
def store_corrected(issue: Issue, *, before: IssueDocument | None = None) -> Issue:
    """Store the kept reading with the corrections as they stand now.

    `before` is the document that is stored: what has not changed of it is left alone. Raises ReadingMissing.
    """
    document = as_corrected(issue, as_dated(issue, kept_reading(issue)))
    file = FileFacts(sha256=issue.sha256, name=issue.file_name, type=issue.file_type, size=issue.file_bytes)
    read_by = issue.parser_version
    _write(issue, document, file, stored=before)
    Issue.objects.filter(pk=issue.pk).update(parser_version=read_by)
    return issue


def _periodical(document: IssueDocument) -> Periodical:
    name = document.issue.publication[:200]
    found = Periodical.objects.filter(key=folded_name(name)).first()
    if found:
        return found
    return Periodical.objects.create(
        name=name,
        slug=free_slug(Periodical, name),
        tagline=(document.issue.tagline or "")[:300],
        tint=TINTS[Periodical.objects.count() % len(TINTS)],
    )


def _same_issue(periodical: Periodical, document: IssueDocument) -> Issue | None:
    """Return the stored issue that this other file is an edition of: same number and, in the main, same titles."""
    facts = document.issue
    if facts.number is None or not facts.volume:
        return None
    titles = [Known(article.title) for article in document.articles]
    candidates: QuerySet[Issue] = periodical.issues.select_for_update(of=("self",)).filter(
        volume__iexact=facts.volume[:LONGEST_VOLUME], number=facts.number
    )
    for issue in candidates.order_by("id"):
        standing = issue.articles.exclude(state=State.GONE).values_list("title", flat=True)
        stored = [Known(title) for title in standing]
        same = sum(match is not None for match in match_articles(titles, stored))
        if 2 * same >= max(len(titles), len(stored)):
            return issue
    return None


def _write(
    issue: Issue, document: IssueDocument, file: FileFacts, *, new: bool = False, stored: IssueDocument | None = None
) -> Issue:
    _set_facts(issue, document, file, new=new)
    issue.save()
    spellings = place_spellings(c.source for a in document.articles for c in a.citations)
    authors = _authors(name for a in document.articles for name in a.authors)
    unchanged = _unchanged(issue, stored, document) if stored else frozenset()
    # Positions are unique: make room first, then give each article its new one.
    issue.articles.exclude(state=State.GONE).update(position=F("position") + ROOM)
    rows = _match_articles(issue, document.articles)
    changed = []
    for position, (article, read) in enumerate(zip(rows, document.articles, strict=True)):
        article.position = position
        if (article.pk, position) in unchanged and article.state != State.GONE:
            article.save(update_fields=["position"])
        else:
            changed.append((article, read))
    store_articles(changed, spellings=spellings, authors=authors)
    store_findings(issue, document, rows)
    texts_stored.send(sender=Issue, issue=issue)
    return issue


def _unchanged(issue: Issue, stored: IssueDocument, document: IssueDocument) -> frozenset[tuple[int, int]]:
    """Return the articles (row and new position) that both documents have alike."""
    standing = issue.articles.exclude(state=State.GONE).order_by("position").values_list("pk", flat=True)
    rows = dict(zip(stored.articles, standing, strict=False))
    return frozenset((rows[read], at) for at, read in enumerate(document.articles) if read in rows)


def _set_facts(issue: Issue, document: IssueDocument, file: FileFacts, *, new: bool) -> None:
    facts = document.issue
    issue.volume = (facts.volume or "")[:LONGEST_VOLUME]
    issue.number = facts.number
    issue.date = date.fromisoformat(facts.date) if facts.date else None
    issue.date_basis = facts.date_basis
    issue.date_from, issue.date_to = (
        (date.fromisoformat(d) for d in facts.date_range) if facts.date_range else (None, None)
    )
    issue.sort_date = issue.date or issue.date_from or issue.sort_date or timezone.now().date()
    issue.pages, issue.page_sizes = facts.pages, [list(size) for size in facts.page_sizes]
    issue.confidence, issue.ocr_pages, issue.ocr_confidence = facts.confidence, facts.ocr_pages, facts.ocr_confidence
    # Pictures belong to the file: those of another one say nothing of this one's pages.
    issue.page_images = issue.page_images if issue.sha256 == file.sha256 else 0
    issue.contents = [{"page": e.page, "title": e.title, "authors": list(e.authors)} for e in document.toc]
    issue.sha256, issue.file_name, issue.file_type, issue.file_bytes = (
        file.sha256,
        file.name[:255],
        file.type,
        file.size,
    )
    issue.parser_version = PARSER_VERSION
    if new and _needs_a_look(document):
        issue.state = State.DRAFT


def _needs_a_look(document: IssueDocument) -> bool:
    """Return whether a curator must see an issue before readers do: part of it is lost, or it may be no issue at all."""
    return any(f.severity == "error" or f.code == "masthead_missing" for f in document.findings)


def _authors(names: Iterable[str]) -> dict[str, Author]:
    wanted = {name: name[:200] for name in names if name.strip()}
    known = {author.name: author for author in Author.objects.filter(name__in=wanted.values())}
    unknown = sorted(set(wanted.values()) - known.keys())
    slugs = FreeSlugs(Author, unknown)
    new = [Author(name=name, slug=slugs.take(name)) for name in unknown]
    known |= {author.name: author for author in Author.objects.bulk_create(new)}
    return {name: known[clipped] for name, clipped in wanted.items()}


def _match_articles(issue: Issue, read: tuple[ReadArticle, ...]) -> list[Article]:
    """Return a row for each read article: the one stored for it, else a new one.

    Stored articles that the new reading lacks are set aside, never deleted: annotations may stand in them.
    """
    # Those that are gone last: of two with one title, the one that stands is meant.
    stored = sorted(issue.articles.select_for_update(), key=lambda row: (row.state == State.GONE, row.position))
    texts = ArticleText.objects.filter(article__in=stored, version=F("article__text_version"))
    bodies = dict(texts.values_list("article", "body"))
    matches = match_articles(
        [Known(article.title, canonical_text(article)) for article in read],
        [Known(row.title, bodies.get(row.pk, "")) for row in stored],
    )
    _set_aside([row for at, row in enumerate(stored) if at not in matches], begin=len(read))
    return [stored[at] if at is not None else Article(issue=issue) for at in matches]


def _set_aside(lacking: list[Article], *, begin: int) -> None:
    """Mark articles as gone; one that a curator withdrew stays withdrawn, or it would come back published."""
    for position, row in enumerate(lacking, begin):
        row.position = position
        row.state = row.state if row.state == State.WITHDRAWN else State.GONE
        row.save(update_fields=["position", "state"])
