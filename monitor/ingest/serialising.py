"""A read issue as plain data and back. What comes back from the guarded child is believed in nothing unchecked."""

from __future__ import annotations

import dataclasses
import math
import types
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from monitor.ingest.document import SCHEMA, Article, Block, Citation, Finding, IssueDocument, Link, Note

LONGEST_TEXT = 8_000_000  # code points in one string
MOST_ITEMS = 100_000  # in one list
SURROGATES = range(0xD800, 0xE000)


class InvalidDocument(ValueError):
    """Data that is no read issue; the message names the place."""


def to_json(document: IssueDocument) -> dict[str, Any]:
    """Return the document as dicts, lists, strings, numbers and None: the schema `monitor-issue/1` and extra keys."""
    data = _plain(document)
    for article in data["articles"]:
        for span in (*article["citations"], *article["links"]):
            # People and other programs know a note by its number; two notes may bear the same one.
            index = span["note_index"] = span["note"]
            span["note"] = article["notes"][index]["n"] if index is not None else None
    return {"schema": data.pop("schema"), **data}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def from_json(data: Any) -> IssueDocument:
    """Return the document that `to_json` gave `data` for, or raise InvalidDocument.

    Types, ranges and indices are checked: every span lies inside its text, every index names something.
    """
    document: IssueDocument = _built(IssueDocument, data, "document")
    if document.schema != SCHEMA:
        raise InvalidDocument(f"schema: {document.schema!r} is not {SCHEMA}")
    for day in (document.issue.date, *(document.issue.date_range or ())):
        _check_day(day, "issue.date", lengths=(10,))
    for number, article in enumerate(document.articles):
        _check_article(article, f"articles[{number}]")
    for number, finding in enumerate(document.findings):
        _check_finding(finding, document, f"findings[{number}]")
    return document


@cache
def _fields(kind: type) -> tuple[tuple[str, Any, bool], ...]:
    """Return name, type and whether it must be there of every field of a dataclass."""
    hints = get_type_hints(kind)
    missing = dataclasses.MISSING
    return tuple(
        (field.name, hints[field.name], field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(kind)
    )


def _built(kind: type, data: Any, place: str) -> Any:
    if not isinstance(data, dict):
        raise InvalidDocument(f"{place}: not an object")
    if kind in (Citation, Link):
        data = {**data, "note": data.get("note_index")}
    values = {}
    for name, hint, needed in _fields(kind):
        if name in data:
            values[name] = _value(hint, data[name], f"{place}.{name}")
        elif needed:
            raise InvalidDocument(f"{place}.{name}: missing")
    return kind(**values)


def _value(hint: Any, data: Any, place: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if data is None and types.NoneType in arguments:
            return None
        return _value(next(kind for kind in arguments if kind is not types.NoneType), data, place)
    if origin is tuple:
        return _items(arguments, data, place)
    if origin is Literal:
        if not isinstance(data, str) or data not in arguments:
            raise InvalidDocument(f"{place}: {data!r:.80} is none of {', '.join(arguments)}")
        return data
    if dataclasses.is_dataclass(hint):
        return _built(hint, data, place)  # type: ignore[arg-type]
    return _simple(hint, data, place)


def _items(arguments: tuple[Any, ...], data: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(data, list) or len(data) > MOST_ITEMS:
        raise InvalidDocument(f"{place}: not a list, or too long a one")
    if arguments[-1] is Ellipsis:
        return tuple(_value(arguments[0], item, f"{place}[{number}]") for number, item in enumerate(data))
    if len(data) != len(arguments):
        raise InvalidDocument(f"{place}: {len(data)} items instead of {len(arguments)}")
    return tuple(
        _value(hint, item, f"{place}[{number}]")
        for number, (hint, item) in enumerate(zip(arguments, data, strict=True))
    )


def _simple(kind: Any, data: Any, place: str) -> Any:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        data = float(data)
    if type(data) is not kind:
        raise InvalidDocument(f"{place}: {str(data)[:80]!r} is no {kind.__name__}")
    if isinstance(data, str):
        _check_text(data, place)
    elif isinstance(data, float) and not math.isfinite(data):
        raise InvalidDocument(f"{place}: not a finite number")
    # Postgres' integer holds 31 bits, and nothing printed is counted below nought.
    elif isinstance(data, int) and not 0 <= data < 2**31:
        raise InvalidDocument(f"{place}: {data} is out of range")
    return data


def _check_text(text: str, place: str) -> None:
    """Refuse what Postgres would: NUL and lone surrogates."""
    if len(text) > LONGEST_TEXT:
        raise InvalidDocument(f"{place}: too long")
    if "\x00" in text or any(ord(character) in SURROGATES for character in text if character >= "\ud800"):
        raise InvalidDocument(f"{place}: characters that no text has")


def _check_article(article: Article, place: str) -> None:
    parts: list[Block | Note] = [*article.blocks, *article.notes]
    for part in parts:
        for run in part.origin:
            _check_span(run.start, run.start + run.length, part.text, f"{place}.origin")
    for number, marker in enumerate(article.markers):
        text = _text_at(article, marker.block, None, f"{place}.markers[{number}]")
        _check_span(marker.offset, marker.offset + len(f"[{marker.n}]"), text, f"{place}.markers[{number}]")
    for number, citation in enumerate(article.citations):
        _check_day(citation.iso, f"{place}.citations[{number}].iso", lengths=(4, 7, 10))
        _check_placed(article, citation, f"{place}.citations[{number}]")
    for number, link in enumerate(article.links):
        _check_placed(article, link, f"{place}.links[{number}]")


def _check_day(iso: str | None, place: str, *, lengths: tuple[int, ...]) -> None:
    if iso is None:
        return
    try:
        date.fromisoformat((iso + "-01-01")[:10])
    except ValueError as error:
        raise InvalidDocument(f"{place}: {iso!r:.40} is no date") from error
    if len(iso) not in lengths:
        raise InvalidDocument(f"{place}: {iso!r:.40} is no date of the wanted form")


def _check_placed(article: Article, span: Citation | Link, place: str) -> None:
    _check_span(span.start, span.end, _text_at(article, span.block, span.note, place), place)


def _text_at(article: Article, block: int | None, note: int | None, place: str) -> str:
    if (block is None) == (note is None):
        raise InvalidDocument(f"{place}: stands in a block or in a note")
    texts = article.blocks if block is not None else article.notes
    index = block if block is not None else note
    if index is None or index >= len(texts):
        raise InvalidDocument(f"{place}: no block or note {index}")
    return texts[index].text


def _check_span(start: int, end: int, text: str, place: str) -> None:
    if not 0 <= start <= end <= len(text):
        raise InvalidDocument(f"{place}: {start}:{end} lies outside its text")


def _check_finding(finding: Finding, document: IssueDocument, place: str) -> None:
    if finding.article is None:
        return
    if finding.article >= len(document.articles):
        raise InvalidDocument(f"{place}: no article {finding.article}")
    if finding.block is not None and finding.block >= len(document.articles[finding.article].blocks):
        raise InvalidDocument(f"{place}: no block {finding.block}")
