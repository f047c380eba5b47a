"""The formats in which articles can be cited, by the name people know them under and by their file ending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.interchange import bibtex, csljson, ris

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from monitor.interchange.records import ArticleRecord


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """How a list of article records is written as one file."""

    name: str
    label: str
    ending: str
    media_type: str
    write: Callable[[Iterable[ArticleRecord]], Iterator[str]]


CITATION_FORMATS = (
    CitationFormat("ris", "RIS", "ris", ris.MEDIA_TYPE, ris.ris_records),
    CitationFormat("bibtex", "BibTeX", "bib", bibtex.MEDIA_TYPE, bibtex.bibtex_entries),
    CitationFormat("csljson", "CSL-JSON", "json", csljson.MEDIA_TYPE, csljson.csl_array),
)
BY_NAME = {form.name: form for form in CITATION_FORMATS}
BY_ENDING = {form.ending: form for form in CITATION_FORMATS}
