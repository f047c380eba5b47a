"""RIS, which Zotero, EndNote and Mendeley read: `XX  - value` lines, CRLF, `TY` first and `ER` last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.interchange.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.interchange.names import PersonName
    from monitor.interchange.records import ArticleRecord

MEDIA_TYPE = "application/x-research-info-systems; charset=utf-8"


def ris_records(records: Iterable[ArticleRecord]) -> Iterator[str]:
    """Yield each record as text that is complete in itself."""
    return map(to_ris, records)


def to_ris(record: ArticleRecord) -> str:
    """Return one record, a blank line after it.

    The format cannot escape anything. A line end or control character in a value becomes a blank, and so does a run
    of blanks: some readers take `ER  - ` for the end of a record wherever it stands.
    """
    fields = [
        ("TY", "MGZN" if record.magazine else "JOUR"),
        ("TI", record.title),
        *(("AU", _name(author)) for author in record.authors),
        ("T2", record.periodical),
        ("VL", record.volume),
        ("IS", "" if record.number is None else str(record.number)),
        ("PY", record.year),
        ("DA", _date(record.date)),
        ("SP", "" if record.page_first is None else str(record.page_first)),
        ("EP", "" if record.page_last is None else str(record.page_last)),
        ("SN", record.issn),
        ("LA", record.language),
        *(("KW", keyword) for keyword in record.keywords),
        ("UR", record.permalink),
        ("Y2", _date(record.accessed)),
    ]
    lines = [f"{tag}  - {value}" for tag, text in fields if (value := one_line(text))]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _name(name: PersonName) -> str:
    """Return `Family, Given, Suffix`. Commas divide, so none may stand inside a part."""
    if name.literal:
        return _without_commas(name.literal)
    parts = [name.family, name.given or ("" if name.suffix else None), name.suffix or None]
    return ", ".join(_without_commas(part) for part in parts if part is not None)


def _without_commas(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _date(iso: str) -> str:
    """Return `YYYY/MM/DD/` with what is not known left empty: `2022/02//`."""
    if not iso:
        return ""
    year, month, day = (*iso.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"
