"""From keys that an engine found to articles with all that a list of results shows: one statement, however many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from monitor.library.kept_statements import viewer_of
from monitor.library.models import Article, ArticleText, Authorship, Block, Issue, Note, Periodical
from monitor.library.queries import standing_articles
from monitor.postgres.kept import statement_of
from monitor.search.compiled import Field
from monitor.search.kept_keys import ARTICLES, PLACES, AmongThose, rows_of
from monitor.search.kept_keys import keys as as_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.library.kept_statements import Viewer
    from monitor.postgres.kept import Statement
    from monitor.search.names import Person

BLOCKS = {name: name for name in ("position", "type", "start", "end")}
NOTES = {"number": "number", "text": "text"}
ARTICLE = {
    "id",
    "uid",
    "created",
    "updated",
    "issue_id",
    "kind",
    "title",
    "slug",
    "page_start",
    "page_end",
    "bio",
    "state",
}
ISSUE = {"id", "periodical_id", "volume", "number", "date", "date_basis", "date_from", "date_to", "state", "file_name"}
PERIODICAL = {"id", "name", "slug"}


def _in_order(model: Any, names: set[str]) -> list[str]:
    """Return the columns in the order of the model's fields, as a row of it is made from them."""
    return [field.attname for field in model._meta.concrete_fields if field.attname in names]  # noqa: SLF001 - Django's own


# What of an article, its issue and its periodical a list of results shows; the rest is not read.
SHOWN: tuple[tuple[str, Any, list[str]], ...] = (
    ("", Article, _in_order(Article, ARTICLE)),
    ("issue__", Issue, _in_order(Issue, ISSUE)),
    ("issue__periodical__", Periodical, _in_order(Periodical, PERIODICAL)),
)
AUTHORS = {"name": "author__name", "slug": "author__slug"}


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words in which one match lies whole: the title, a head, a paragraph, a note.

    `fragment` is its place on the reading page, `label` how a result names it; `start` is its offset in the text of the
    article, in code points (0 for what is not in the text).
    """

    field: Field
    text: str
    fragment: str
    label: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """An article of a result, with its issue and periodical, its authors, and its parts in the order of the page."""

    article: Article
    authors: tuple[tuple[str, str], ...]  # name, slug
    parts: tuple[Part, ...]


def hydrate(keys: Iterable[int], person: Person, *, has_text: bool = True) -> list[Found]:
    """Return these articles in the order of their keys; what one may not see (any more) is left out.

    Of article, issue and periodical no more is read than lists show. Without `has_text` the only part is the title.
    """
    wanted = list(keys)
    statement = _statement(viewer_of(person), has_text) if wanted else None
    rows = rows_of(statement, {ARTICLES: as_keys(wanted)}) if statement else []
    found = {row[0]: _found(row, has_text=has_text) for row in rows}
    return [found[key] for key in wanted if key in found]


@lru_cache(maxsize=32)
def _statement(viewer: Viewer, has_text: bool) -> Statement | None:
    """Return the statement for this kind of viewer, put together once: the ORM takes longer for it than the database."""
    text = ArticleText.objects.filter(article=OuterRef("pk"), version=OuterRef("text_version"))
    printed = {
        "authors": _rows(Authorship.objects.filter(article=OuterRef("pk")).order_by("position"), AUTHORS),
        "blocks": _rows(Block.objects.filter(article=OuterRef("pk")).order_by("position"), BLOCKS),
        "notes": _rows(Note.objects.filter(article=OuterRef("pk")).order_by("position"), NOTES),
    }
    shown: dict[str, Any] = {name: rows for name, rows in printed.items() if has_text or name == "authors"}
    body: Any = Subquery(text.values("body")[:1]) if has_text else Value("")
    articles: Any = standing_articles(viewer.somebody()).filter(AmongThose(F("pk"), ARTICLES)).order_by()
    columns = (f"{path}{name}" for path, _, names in SHOWN for name in names)
    return statement_of(
        articles.annotate(body=body, printed=JSONObject(**shown)).values_list(*columns, "body", "printed"), PLACES
    )


def _rows(rows: Any, columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _found(row: tuple[Any, ...], *, has_text: bool) -> Found:
    values = iter(row)
    article, issue, periodical = (
        model.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names)))) for _, model, names in SHOWN
    )
    body, printed = values
    article.issue, issue.periodical = issue, periodical
    authors = tuple((one["name"], one["slug"]) for one in printed["authors"])
    parts = (
        parts_of(article.title, body or "", printed["blocks"], printed["notes"], article.bio)
        if has_text
        else parts_of(article.title, "", (), ())
    )
    return Found(article, authors, parts)


def parts_of(title: str, body: str, blocks: Iterable[Any], notes: Iterable[Any], bio: str = "") -> tuple[Part, ...]:
    """Return an article's parts as engines index them: title, then each block, then each note, then the biography."""
    parts = [Part(Field.TITLE, title, "main", "title")]
    for block in blocks:
        field = Field.HEADS if block["type"] == "heading" else Field.BODY
        text, number = body[block["start"] : block["end"]], block["position"] + 1
        parts.append(Part(field, text, f"p{number}", f"¶ {number}", block["start"]))
    parts += [Part(Field.NOTES, note["text"], f"n{note['number']}", f"note {note['number']}") for note in notes]
    return (*parts, *([Part(Field.NOTES, bio, "main", "bio")] if bio else []))
