"""Every format by its name in addresses (`…/export/<name>`) and on the command line: what it holds, how it is written.

A new format is a line in EXPORTS and a file that looks like its neighbours; see docs/formats.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING, Literal

from monitor.entities.newest import key_rows
from monitor.entities.region_rows import told_regions
from monitor.interchange import csv, geojson, refi_qda, stix
from monitor.interchange.annotation_queries import annotation_records
from monitor.interchange.article_csv import articles_csv
from monitor.interchange.codebook_rows import codes_of
from monitor.interchange.formats import CITATION_FORMATS
from monitor.interchange.hypothesis_file import MEDIA_TYPE as HYPOTHESIS_TYPE
from monitor.interchange.hypothesis_file import hypothesis_file
from monitor.interchange.notebook_formats import NOTEBOOK_FORMATS, Surroundings
from monitor.interchange.queries import article_records
from monitor.interchange.region_features import feature_rows
from monitor.interchange.stix_queries import StixFacts
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from monitor.accounts.models import User
    from monitor.interchange.formats import CitationFormat
    from monitor.interchange.notebook_formats import NotebookFormat
    from monitor.interchange.records import ArticleRecord

Of = Literal["articles", "annotations", "tags"]
AT_ONCE = 500  # articles a statement


def _nothing(done: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom a file is, and what it says beside its rows. `told` hears how many rows were taken so far."""

    person: User
    site: str
    title: str = ""
    day: str = ""  # YYYY-MM-DD, on which it is taken; "" so that two files are the same bytes
    flat: bool = False
    bom: bool = True
    comment_html: Callable[[str], str] = field(default=str)
    told: Callable[[int], None] = field(default=_nothing)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format. `write` is given keys of what it is `of` in their order, and leaves out what the person may not see."""

    slug: str
    name: str
    ending: str
    media_type: str
    of: Of
    write: Callable[[Iterable[int], Wanted, IO[bytes]], None]


def article_rows(keys: Iterable[int], wanted: Wanted) -> Iterator[ArticleRecord]:
    """Yield the facts of these articles in the order of their keys, AT_ONCE by a statement."""
    waiting = iter(keys)
    while batch := list(islice(waiting, AT_ONCE)):
        rows = standing_articles(wanted.person).filter(pk__in=batch)
        found = article_records(rows, wanted.person, site=wanted.site, accessed=wanted.day)
        by_key = {record.id: record for record in found}
        yield from (by_key[key] for key in batch if key in by_key)


def _cited(form: CitationFormat) -> ExportFormat:
    def write(keys: Iterable[int], wanted: Wanted, file: IO[bytes]) -> None:
        _pour(form.write(article_rows(counted(keys, wanted), wanted)), file)

    return ExportFormat(form.name, form.label, form.ending, form.media_type, "articles", write)


def _annotated(form: NotebookFormat) -> ExportFormat:
    def write(keys: Iterable[int], wanted: Wanted, file: IO[bytes]) -> None:
        records = annotation_records(counted(keys, wanted), wanted.person, site=wanted.site)
        form.write(records, file, Surroundings(wanted.site, wanted.title, wanted.comment_html, wanted.bom))

    return ExportFormat(form.slug, form.name, form.ending, form.media_type, "annotations", write)


def _articles(keys: Iterable[int], wanted: Wanted, file: IO[bytes]) -> None:
    _pour(articles_csv(article_rows(counted(keys, wanted), wanted), bom=wanted.bom), file)


def _stix(keys: Iterable[int], wanted: Wanted, file: IO[bytes]) -> None:
    facts = StixFacts(wanted.person, wanted.site)
    _pour(stix.stix_bundle(facts.reports(counted(keys, wanted)), facts.relations()), file)


def _geojson(keys: Iterable[int], wanted: Wanted, file: IO[bytes]) -> None:
    seen = standing_articles(wanted.person).filter(pk__in=key_rows(counted(keys, wanted))).values("pk")
    _pour([geojson.feature_collection(feature_rows(told_regions(seen), wanted.site))], file)


def _hypothesis(keys: Iterable[int], wanted: Wanted, file: IO[bytes]) -> None:
    _pour(hypothesis_file(counted(keys, wanted), wanted.person, site=wanted.site, day=wanted.day), file)


def _qdc(keys: Iterable[int], wanted: Wanted, file: IO[bytes]) -> None:
    _pour(refi_qda.codebook_xml(codes_of(counted(keys, wanted), wanted.person), flat=wanted.flat), file)


def counted(keys: Iterable[int], wanted: Wanted) -> Iterator[int]:
    """Yield keys and tell how many were taken: when they are read in batches, that is how far the file has got."""
    for number, key in enumerate(keys, 1):
        wanted.told(number)
        yield key


def _pour(pieces: Iterable[str], file: IO[bytes]) -> None:
    for piece in pieces:
        file.write(piece.encode("utf-8", "replace"))


EXPORTS: Sequence[ExportFormat] = (
    *map(_cited, CITATION_FORMATS),
    ExportFormat("articles", "CSV, a row an article", "csv", csv.MEDIA_TYPE, "articles", _articles),
    *map(_annotated, NOTEBOOK_FORMATS),
    ExportFormat("hypothesis", "Hypothesis", "json", HYPOTHESIS_TYPE, "annotations", _hypothesis),
    ExportFormat("stix", "STIX", "json", stix.MEDIA_TYPE, "articles", _stix),
    ExportFormat("geojson", "GeoJSON", "geojson", geojson.MEDIA_TYPE, "articles", _geojson),
    ExportFormat("qdc", "REFI-QDA codebook", "qdc", refi_qda.MEDIA_TYPE, "tags", _qdc),
)
BY_SLUG = {form.slug: form for form in EXPORTS}
ALIASES = {"csl-json": "csljson", "json-ld": "jsonld"}


def named(slug: str) -> ExportFormat | None:
    """Return the format of this name, or of a name it had."""
    return BY_SLUG.get(ALIASES.get(slug, slug))
