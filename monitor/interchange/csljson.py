"""CSL-JSON, which citation processors and Zotero read: one array of items."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from monitor.interchange.cite_keys import cite_key
from monitor.interchange.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.interchange.names import PersonName
    from monitor.interchange.records import ArticleRecord

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def csl_array(records: Iterable[ArticleRecord]) -> Iterator[str]:
    """Yield the pieces of one JSON array, an item a line."""
    before = "[\n"
    for record in records:
        yield before + json.dumps(csl_item(record), ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def csl_item(record: ArticleRecord) -> dict[str, Any]:
    """Return one item with the fields that are known."""
    item = {
        "id": cite_key(record),
        "type": "article-magazine" if record.magazine else "article-journal",
        "title": one_line(record.title),
        "author": [name for author in record.authors if (name := _name(author))],
        "container-title": one_line(record.periodical),
        "volume": one_line(record.volume),
        "issue": "" if record.number is None else str(record.number),
        "issued": _date(record.date),
        "page": record.pages("-"),
        "language": one_line(record.language),
        "ISSN": one_line(record.issn),
        "keyword": ", ".join(one_line(word.replace(",", " ")) for word in record.keywords if one_line(word)),
        "URL": one_line(record.permalink),
        "accessed": _date(record.accessed),
    }
    return {field: value for field, value in item.items() if value}


def _name(name: PersonName) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix, "literal": name.literal}
    return {part: value for part, text in parts.items() if (value := one_line(text))}


def _date(iso: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else {}
