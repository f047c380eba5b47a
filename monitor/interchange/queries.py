"""Records of what somebody may read, one query however many there are, row after row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, JSONField, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject, Substr
from django.urls import reverse

from monitor.interchange.keywords import KEYWORDS, keywords_of
from monitor.interchange.names import cited_author
from monitor.interchange.records import ArticleRecord, PassageRecord, citable_date, volume_in_digits
from monitor.library.languages import language_of
from monitor.library.models import ArticleText, Authorship, Block, DateBasis, Genre, Marker
from monitor.library.source_models import Citation, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article
    from monitor.library.source_models import Source

_ARTICLE_FACTS = ("id", "slug", "title", "page_start", "page_end")
_ISSUE_FACTS = ("volume", "number", "date", "date_basis", "date_from", "date_to")
_PERIODICAL_FACTS = {"periodical": "name", "genre": "genre", "issn": "issn"}
_SAMPLE = 2_000  # code points of a text, enough to tell its language
_DIGITS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def article_records(
    articles: QuerySet[Article], person: User | AnonymousUser, *, site: str, accessed: str = ""
) -> Iterator[ArticleRecord]:
    """Yield a record of each article, newest issue first, in printed order within one.

    `articles` starts at `visible_to(person)`, whose tags are among the keywords. `site` is the address the site is
    reached at, without a final slash, or "" if that is not known.
    """
    facts = {name: F(path) for name, path in _article_paths("").items()}
    text = ArticleText.objects.filter(article=OuterRef("pk"), version=OuterRef("text_version"))
    rows = articles.order_by("-issue__sort_date", "-issue_id", "position", "id").values(
        names=_signed_names("pk"),
        sample=Subquery(text.values(part=Substr("body", 1, _SAMPLE))[:1]),
        **keywords_of(person),
        **{f"fact_{name}": path for name, path in facts.items()},
    )
    for row in rows.iterator():
        yield _article_record(row, site, accessed)


def passage_records(articles: QuerySet[Article], *, site: str, source: Source | None = None) -> Iterator[PassageRecord]:
    """Yield a record of each citation in `articles`, which starts at `visible_to(user)`; of one source if given."""
    citations = Citation.objects.filter(article__in=articles)
    if source:
        citations = citations.filter(spelling__source=source)
    for row in _with_passages(citations).iterator():
        yield _passage_record(row, site)


def _article_paths(prefix: str) -> dict[str, str]:
    """Return the name of each fact of an article with the path that leads to it."""
    of_issue = {f"issue_{name}": f"{prefix}issue__{name}" for name in _ISSUE_FACTS}
    return {
        **{name: f"{prefix}{name}" for name in _ARTICLE_FACTS},
        **of_issue,
        **{name: f"{prefix}issue__periodical__{column}" for name, column in _PERIODICAL_FACTS.items()},
    }


def _signed_names(article: str) -> ArraySubquery:
    signed = Authorship.objects.filter(article=OuterRef(article)).order_by("position", "id")
    parts = {name: f"author__{name}" for name in ("name", "family", "given", "literal")}
    return ArraySubquery(signed.values(parts=JSONObject(**parts)))


def _with_passages(citations: QuerySet[Citation]) -> QuerySet[Any, Any]:
    """Add to each citation the place in the text where it counts, and the block round that place.

    A citation in an endnote counts where the note's first marker stands.
    """
    marker = Marker.objects.filter(note=OuterRef("note_id")).order_by("start", "id")
    facts = {f"fact_{name}": F(path) for name, path in _article_paths("article__").items()}
    placed = citations.annotate(
        at=Case(When(note=None, then=F("start")), default=Subquery(marker.values("start")[:1])),
        until=Case(When(note=None, then=F("end")), default=Subquery(marker.values("end")[:1])),
    )
    newest_first = ("-article__issue__sort_date", "-article__issue_id", "article__position", "article_id")
    return placed.order_by(*newest_first, F("at").asc(nulls_last=True), "note__position", "start").values(
        "uid",
        "printed",
        "date",
        "precision",
        "inferred",
        "url",
        "at",
        "until",
        passage=Subquery(_block_round(), output_field=JSONField()),
        names=_signed_names("article_id"),
        source=F("spelling__source__name"),
        note_number=F("note__number"),
        note_text=F("note__text"),
        **facts,
    )


def _block_round() -> QuerySet[Any, Any]:
    """Find the block in which `at` to `until` stands: its text, its place, and its number, counted from 1."""
    text = Substr("article__texts__body", F("start") + 1, F("end") - F("start"))
    holds = Q(article=OuterRef("article_id"), start__lte=OuterRef("at"), end__gte=OuterRef("until"))
    current = Q(article__texts__version=F("article__text_version"))
    found = JSONObject(start="start", end="end", paragraph=F("position") + 1, text=text)
    return Block.objects.filter(holds, current).order_by("position").values(found=found)[:1]


def _article_record(row: Mapping[str, Any], site: str, accessed: str = "") -> ArticleRecord:
    def fact(name: str) -> Any:
        return row[f"fact_{name}"]

    path = reverse("article", args=[fact("id"), fact("slug")])
    return ArticleRecord(
        id=fact("id"),
        slug=fact("slug"),
        title=fact("title"),
        authors=tuple(map(cited_author, row["names"])),
        periodical=fact("periodical"),
        volume=volume_in_digits(fact("issue_volume")),
        number=fact("issue_number"),
        date=issue_date(fact("issue_date"), fact("issue_date_basis"), fact("issue_date_from"), fact("issue_date_to")),
        page_first=fact("page_start"),
        page_last=fact("page_end"),
        permalink=f"{site}{path}" if site else "",
        accessed=accessed,
        magazine=fact("genre") == Genre.MAGAZINE,
        issn=fact("issn"),
        language=language_of(row.get("sample") or ""),
        keywords=tuple(dict.fromkeys(word for name in KEYWORDS for word in row.get(name) or ())),
    )


def issue_date(day: date | None, basis: str, earliest: date | None, latest: date | None) -> str:
    """Return an issue's date as far as it may be cited; see `citable_date`."""
    inferred = basis == DateBasis.INFERRED
    return citable_date(
        printed=None if inferred else day, inferred=day if inferred else None, earliest=earliest, latest=latest
    )


def _passage_record(row: Mapping[str, Any], site: str) -> PassageRecord:
    passage = row["passage"] or {"text": row["note_text"] or row["printed"]}
    return PassageRecord(
        uid=str(row["uid"]),
        article=_article_record(row, site),
        source=row["source"],
        printed=row["printed"],
        date=row["date"].isoformat()[: _DIGITS[row["precision"]]] if row["date"] else "",
        inferred=row["inferred"],
        url=row["url"],
        paragraph=passage.get("paragraph"),
        note=row["note_number"],
        text=passage["text"],
        start=passage.get("start"),
        end=passage.get("end"),
        cited_start=row["at"],
        cited_end=row["until"],
    )
