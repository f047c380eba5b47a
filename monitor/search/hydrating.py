"""From keys that an engine found to articles with all that a list of results shows: one statement, however many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from monitor.library.models import ArticleText, Authorship, Block, Note
from monitor.library.queries import standing_articles
from monitor.search.compiled import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.library.models import Article
    from monitor.search.names import Person

BLOCKS = {name: name for name in ("position", "type", "start", "end")}
NOTES = {"number": "number", "text": "text"}
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


def hydrate(keys: Iterable[int], person: Person) -> list[Found]:
    """Return these articles in the order of their keys; what one may not see (any more) is left out."""
    wanted = list(keys)
    if not wanted:
        return []
    text = ArticleText.objects.filter(article=OuterRef("pk"), version=OuterRef("text_version"))
    printed = {
        "blocks": _rows(Block.objects.filter(article=OuterRef("pk")).order_by("position"), BLOCKS),
        "notes": _rows(Note.objects.filter(article=OuterRef("pk")).order_by("position"), NOTES),
        "authors": _rows(Authorship.objects.filter(article=OuterRef("pk")).order_by("position"), AUTHORS),
    }
    rows = standing_articles(person).filter(pk__in=wanted).select_related("issue__periodical")
    articles: Any = rows.annotate(body=Subquery(text.values("body")[:1]), printed=JSONObject(**printed))
    found = {row.pk: _found(row) for row in articles}
    return [found[key] for key in wanted if key in found]


def _rows(rows: Any, columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _found(row: Any) -> Found:
    authors = tuple((one["name"], one["slug"]) for one in row.printed["authors"])
    return Found(
        row, authors, parts_of(row.title, row.body or "", row.printed["blocks"], row.printed["notes"], row.bio)
    )


def parts_of(title: str, body: str, blocks: Iterable[Any], notes: Iterable[Any], bio: str = "") -> tuple[Part, ...]:
    """Return an article's parts as engines index them: title, then each block, then each note, then the biography."""
    parts = [Part(Field.TITLE, title, "main", "title")]
    for block in blocks:
        field = Field.HEADS if block["type"] == "heading" else Field.BODY
        text, number = body[block["start"] : block["end"]], block["position"] + 1
        parts.append(Part(field, text, f"p{number}", f"¶ {number}", block["start"]))
    parts += [Part(Field.NOTES, note["text"], f"n{note['number']}", f"note {note['number']}") for note in notes]
    return (*parts, *([Part(Field.NOTES, bio, "main", "biography")] if bio else []))
