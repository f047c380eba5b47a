"""What the tantivy engine keeps of an article: its search row's facts, and the lexemes of each field with their positions.

Nothing is stored to be read back but keys: whatever is shown comes from Postgres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import tantivy

from monitor.search.compiled import MOST_APART, Field
from monitor.search.index_models import SearchRow
from monitor.search.texts import parts_of
from monitor.search.words import VERSION, tokenise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from monitor.search.vectors import Part

LAYOUT = 1  # raised when what is kept changes
NAME = f"{LAYOUT}-{VERSION}"  # of both rules by which an index was made: another one has to be made anew
BETWEEN_PARTS = MOST_APART + 2  # positions: nothing reaches over them
KEY_BITS = 40  # of a place in the order: the day above, the article's key below
KEY, ORDER, MONTH, KIND, PUBLISHED, ENDNOTES = "key", "place", "month", "kind", "published", "endnotes"
ARRAYS = (
    "author_ids", "source_ids", "actor_ids", "about_actor_ids", "region_ids", "exact_region_ids", "about_region_ids",
    "exact_about_region_ids",
)  # fmt: skip
SINGLE = {"periodical_id": "periodical", "issue_id": "issue"}  # field -> attribute of the row


def schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    for field in Field:
        builder.add_text_field(field.value, tokenizer_name="raw", index_option="position")
    for name in (KEY, ORDER, MONTH, *SINGLE, *ARRAYS):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_text_field(KIND, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (PUBLISHED, ENDNOTES):
        builder.add_boolean_field(name, indexed=True)
    return builder.build()


def place_in_order(day: date, article: int) -> int:
    """Return a number by which articles stand in the order of their days and keys."""
    return (day.toordinal() << KEY_BITS) + article


def between(made_of: tantivy.Schema, lowest: int | None, highest: int | None) -> tantivy.Query:
    """Return the query for articles whose place in the order lies between these, both included; None leaves an end open."""
    if lowest is None and highest is None:
        return tantivy.Query.all_query()
    return tantivy.Query.range_query(made_of, ORDER, tantivy.FieldType.Integer, lowest, highest)


def documents(articles: Collection[int]) -> Iterator[tantivy.Document]:
    """Yield the documents of those of these articles that can be found at all; five statements."""
    rows = SearchRow.objects.filter(article__in=articles).defer("lexemes")
    parts = parts_of(articles)
    for row in rows:
        yield _document(row, parts.get(row.article_id, ()))


def _document(row: SearchRow, parts: Iterable[Part]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer(KEY, row.article_id)
    document.add_integer(ORDER, place_in_order(row.day, row.article_id))
    document.add_integer(MONTH, row.day.year * 100 + row.day.month)
    document.add_text(KIND, row.kind)
    document.add_boolean(PUBLISHED, row.published)
    document.add_boolean(ENDNOTES, row.endnotes)
    for name, attribute in SINGLE.items():
        document.add_integer(name, getattr(row, attribute))
    for name in ARRAYS:
        for key in getattr(row, name):
            document.add_integer(name, key)
    for field, tokens in _tokens(parts).items():
        document.add_pre_tokenized_text(field.value, tantivy.PreTokenizedString("", tokens))
    return document


def _tokens(parts: Iterable[Part]) -> dict[Field, list[tantivy.Token]]:
    """Return each field's lexemes; positions go on from part to part over gaps that nothing reaches across."""
    found: dict[Field, list[tantivy.Token]] = {}
    begin = 0
    for field, text in parts:
        tokens = tokenise(text)
        if tokens:
            here = found.setdefault(field, [])
            here += [tantivy.Token(lexeme, begin + position, 0, 0) for lexeme, _, _, position in tokens]
            begin += tokens[-1].position + BETWEEN_PARTS
    return found
