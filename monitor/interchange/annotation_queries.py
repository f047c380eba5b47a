"""Records of annotations as one person may see them, a batch at a time: memory does not grow with them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import JSONObject

from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.queries import WORDS, mark_rows
from monitor.interchange.annotation_records import AnnotationRecord, MarkedPassage, Said, TextRecord
from monitor.interchange.keywords import subjects_of
from monitor.interchange.names import cited_name
from monitor.interchange.passage_citations import CitedText
from monitor.interchange.queries import issue_date
from monitor.interchange.records import volume_in_digits
from monitor.interchange.sent_facts import sent_facts, sent_for_marks, sent_for_replies, slugs_of
from monitor.library.models import Article, Block, DateBasis, Issue, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monitor.accounts.models import User
    from monitor.annotations.foreign_models import ForeignMark

    Row = dict[str, Any]
    Place = tuple[int, int, str]  # start, end, pages

AT_ONCE = 200  # annotations of which the facts are held at a time


def annotation_records(keys: Iterable[int], person: User, *, site: str) -> Iterator[AnnotationRecord]:
    """Yield a record of each annotation, by primary key and in their order; those this person may not see are left out.

    `site` is the address the site is reached at, without a final slash, or "" if that is not known.
    """
    waiting = iter(keys)
    while batch := list(islice(waiting, AT_ONCE)):
        marks = Annotation.objects.visible_to(person).filter(pk__in=batch)
        rows = {row["pk"]: row for row in mark_rows(marks, person)}
        texts, around, beside = _Texts(rows.values(), person, site), _words_around(batch), _Beside(batch, person)
        for key in batch:
            if key in rows:
                yield _record(rows[key], texts, around.get(key, []), beside)


def reply_records(keys: Iterable[int], person: User) -> dict[int, Said]:
    """Return a record of each of these replies, by primary key, as far as this person may see them."""
    replies = Reply.objects.visible_to(person).filter(pk__in=list(keys))
    found = list(replies.values(row=JSONObject(**WORDS, pk="pk", answers="annotation__uid", team_id="team_id")))
    sent = sent_for_replies(Q(reply__in=[one["row"]["pk"] for one in found]))
    parents = slugs_of([one["row"]["answers"] for one in found])
    return {
        row["pk"]: _said(row, row["team_id"], parents.get(row["answers"], row["answers"]), sent.get(row["uid"]))
        for row in (one["row"] for one in found)
    }


class _Beside:
    """What stands beside the annotations of a batch and is no part of a card."""

    def __init__(self, batch: Sequence[int], person: User) -> None:
        marks = Annotation.objects.visible_to(person).filter(pk__in=batch)
        replies = Reply.objects.visible_to(person).filter(annotation__in=batch)
        self.teams: dict[int, int | None] = dict(marks.values_list("pk", "team_id"))
        self.teams_of_replies = {str(uid): team for uid, team in replies.values_list("uid", "team_id")}
        self.sent = sent_for_marks(Q(annotation__in=batch))
        self.sent_of_replies = sent_for_replies(Q(reply__annotation__in=batch))


def _words_around(keys: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return what stood before and after each passage of these annotations when it was marked."""
    spans = AnnotationSpan.objects.filter(annotation__in=keys).order_by("annotation", "position")
    found: dict[int, list[tuple[str, str]]] = {}
    for key, prefix, suffix in spans.values_list("annotation", "prefix", "suffix"):
        found.setdefault(key, []).append((prefix, suffix))
    return found


class _Texts:
    """The texts of a batch that may be read, and the pages of their blocks and notes."""

    def __init__(self, rows: Iterable[Row], person: User, site: str) -> None:
        rows, self.site = list(rows), site
        readable = Article.objects.visible_to(person).select_related("issue__periodical")
        articles = readable.prefetch_related("authorships__author").in_bulk({row["article"] for row in rows} - {None})
        issues = Issue.objects.visible_to(person).select_related("periodical")
        self.actors, self.regions = subjects_of(articles)
        self.articles = {pk: self._article(found) for pk, found in articles.items()}
        self.issues = {
            pk: self._issue(found) for pk, found in issues.in_bulk({row["issue"] for row in rows} - {None}).items()
        }
        self.blocks = _places(Block, articles, ("start", "end"))
        self.notes = _places(Note, articles, ("pk", "pk"))

    def of(self, row: Row) -> TextRecord | None:
        return self.articles.get(row["article"]) or self.issues.get(row["issue"])

    def pages(self, row: Row, span: Row) -> str:
        at, places = span["start"], self.blocks.get(row["article"], ())
        if span["note_number"] is not None:
            at, places = span["note_id"] or 0, self.notes.get(row["article"], ())
        return next((pages for start, end, pages in places if start <= at <= end), "")

    def _article(self, found: Article) -> TextRecord:
        signed = [one.author for one in sorted(found.authorships.all(), key=lambda one: one.position)]
        names = tuple(cited_name(one.name, one.family, one.given, one.literal) for one in signed)
        return self._text(found.issue, found.get_absolute_url(), found, names)

    def _issue(self, found: Issue) -> TextRecord:
        return self._text(found, found.get_absolute_url(), None, ())

    def _text(self, issue: Issue, path: str, article: Article | None, authors: tuple[Any, ...]) -> TextRecord:
        return TextRecord(
            id=article.pk if article else issue.pk,
            is_issue=article is None,
            title=article.title if article else f"{issue.periodical.name} {issue.label}",
            slug=article.slug if article else f"issue-{issue.pk}",
            date=issue_date(issue.date, issue.date_basis, issue.date_from, issue.date_to),
            volume=volume_in_digits(issue.volume),
            number=issue.number,
            permalink=f"{self.site}{path}" if self.site else "",
            actors=self.actors.get(article.pk, ()) if article else (),
            regions=self.regions.get(article.pk, ()) if article else (),
            cited=CitedText(
                authors,
                article.title if article else "",
                issue.periodical.name,
                issue.label,
                *cited_day(issue),
                printed_pages_of(article.page_start, article.page_end) if article else "",
            ),
        )


def cited_day(issue: Issue) -> tuple[str, str]:
    """Return an issue's day and year as a citation says them, in brackets where they were worked out."""
    known = issue_date(issue.date, issue.date_basis, issue.date_from, issue.date_to)
    inferred = issue.date_basis == DateBasis.INFERRED
    day = issue.date if not inferred and issue.date else issue.date_to or issue.date
    if not day:
        return "", ""
    spoken = f"{day.day} {day:%B %Y}" if len(known) == len("2022-02-11") else f"{day:%B %Y}"
    return (f"[{spoken}]", f"[{day.year}]") if inferred else (spoken, str(day.year))


def printed_pages_of(first: int | None, last: int | None) -> str:
    """Return `p. 5`, `pp. 5-8` with an en dash, or "" where the page is not known."""
    if first is None:
        return ""
    return f"p. {first}" if last is None or last <= first else f"pp. {first}–{last}"  # noqa: RUF001


def _places(model: type[Any], articles: Mapping[int, Article], ends: tuple[str, str]) -> dict[int, list[Place]]:
    """Return where blocks or notes stand, by article: two columns that bound them, and their printed pages."""
    rows = model.objects.filter(article__in=articles).order_by("article", "position")
    found: dict[int, list[tuple[int, int, list[int]]]] = {}
    for pk, start, end, regions in rows.values_list("article", *ends, "regions"):
        sheets = sorted({int(place["page"]) for place in regions if "page" in place})
        found.setdefault(pk, []).append((start, end, sheets))
    first = _first_sheets(articles)
    return {
        pk: [(start, end, _on_pages(sheets, articles[pk].page_start, first.get(pk))) for start, end, sheets in places]
        for pk, places in found.items()
    }


def _first_sheets(articles: Mapping[int, Article]) -> dict[int, int]:
    """Return the first sheet of the file on which each article stands: sheets may be counted otherwise than pages."""
    first: dict[int, int] = {}
    for pk, regions in Block.objects.filter(article__in=articles).values_list("article", "regions"):
        for place in regions:
            if "page" in place:
                first[pk] = min(first.get(pk, int(place["page"])), int(place["page"]))
    return first


def _on_pages(sheets: Sequence[int], page_start: int | None, first: int | None) -> str:
    if not sheets or first is None:
        return ""
    shift = page_start - first if page_start is not None else 0
    return printed_pages_of(sheets[0] + shift, sheets[-1] + shift)


def _record(row: Row, texts: _Texts, around: Sequence[tuple[str, str]], beside: _Beside) -> AnnotationRecord:
    text, tags = texts.of(row), tuple(tag["path"] for tag in row["tags"])
    # Read a moment later: of passages that somebody took away or added meanwhile nothing is said round any.
    beyond = around if len(around) == len(row["spans"]) else repeat(("", ""))
    spans = zip(row["spans"], beyond, strict=False)
    passages = tuple(_passage(span, words, texts.pages(row, span) if text else "") for span, words in spans)
    sent = sent_facts(beside.sent.get(row["pk"]), row["comment"], tags, passages)
    address = (sent.slug if sent else "") or row["uid"]
    return AnnotationRecord(
        uid=row["uid"],
        text=text,
        passages=passages,
        comment=row["comment"],
        colour=row["colour"],
        tags=tags,
        author=_name(row),
        username=row["username"] or "",
        visibility=row["visibility"],
        team=row["team"] or "",
        resolved=row["resolved"] is not None,
        created=_moment(row["created"]),
        updated=_moment(row["updated"]),
        replies=tuple(
            _said(one, beside.teams_of_replies.get(one["uid"]), address, beside.sent_of_replies.get(one["uid"]))
            for one in row["replies"]
        ),
        team_id=beside.teams.get(row["pk"]),
        revision=row["revision"],
        sent=sent,
    )


def _said(row: Row, team_id: int | None, answers: str, sent: ForeignMark | None) -> Said:
    return Said(
        uid=row["uid"],
        author=_name(row),
        username=row["username"] or "",
        comment=row["comment"],
        created=_moment(row["created"]),
        updated=_moment(row["updated"]),
        visibility=row["visibility"],
        team=row["team"] or "",
        team_id=team_id,
        revision=row["revision"],
        answers=answers,
        sent=sent_facts(sent, row["comment"]),
    )


def _passage(span: Row, around: tuple[str, str], pages: str) -> MarkedPassage:
    place = (span["start"], span["end"], span["state"], span["note_number"])
    return MarkedPassage(span["quote"], *around, *place, "" if span["state"] == "orphan" else pages)


def _name(row: Row) -> str:
    return row["name"] or row["username"] or "a former member"


def _moment(written: str | datetime) -> str:
    moment = datetime.fromisoformat(written) if isinstance(written, str) else written
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
