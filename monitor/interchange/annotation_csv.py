"""Annotations as CSV, a line each: safe to open in a spreadsheet (see `csv.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.interchange.csv import BETWEEN_NAMES, MEDIA_TYPE, write_rows
from monitor.interchange.passage_citations import printed_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from monitor.interchange.annotation_records import AnnotationRecord

__all__ = ["MEDIA_TYPE", "annotations_csv"]


def _worst(record: AnnotationRecord) -> str:
    states = {passage.state for passage in record.passages}
    return next((state for state in ("orphan", "fuzzy", "exact") if state in states), "")


COLUMNS: dict[str, Callable[[AnnotationRecord], object]] = {
    "id": lambda a: a.uid,
    "article_id": lambda a: a.text.id if a.text and not a.text.is_issue else None,
    "article_title": lambda a: a.text.title if a.text else None,
    "article_authors": lambda a: BETWEEN_NAMES.join(map(printed_name, a.text.cited.authors)) if a.text else None,
    "periodical": lambda a: a.text.cited.periodical if a.text else None,
    "issue": lambda a: a.text.cited.label if a.text else None,
    "date": lambda a: a.text.date if a.text else None,
    "page": lambda a: a.passages[0].pages if a.passages else None,
    "note": lambda a: a.passages[0].note if a.passages else None,
    "quote": lambda a: a.quote,
    "comment": lambda a: a.comment,
    "tags": lambda a: BETWEEN_NAMES.join(a.tags),
    "colour": lambda a: a.colour,
    "owner": lambda a: a.author,
    "visibility": lambda a: a.visibility,
    "team": lambda a: a.team,
    "state": _worst,
    "resolved": lambda a: "true" if a.resolved else "false",
    "start": lambda a: a.passages[0].start if a.passages else None,
    "end": lambda a: a.passages[-1].end if a.passages else None,
    "replies": lambda a: "\n".join(f"{reply.author}: {reply.comment}" for reply in a.replies),
    "created": lambda a: a.created,
    "updated": lambda a: a.updated,
    "url": lambda a: a.permalink,
}


def annotations_csv(records: Iterable[AnnotationRecord], *, bom: bool = True) -> Iterator[str]:
    """Yield a line of headings, then a line an annotation; of several passages the quotes are joined by an ellipsis."""
    rows = ([column(record) for column in COLUMNS.values()] for record in records)
    return write_rows(COLUMNS, rows, bom=bom)
