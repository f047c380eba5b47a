"""The formats in which annotations leave the house, by the name in their address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from monitor.interchange import annotation_csv, annotation_markdown, annotation_page, web_annotation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from monitor.interchange.annotation_records import AnnotationRecord


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file says beside its annotations."""

    site: str
    title: str
    comment_html: Callable[[str], str]
    bom: bool = True  # in CSV, so that Excel reads it as UTF-8


@dataclass(frozen=True, slots=True)
class NotebookFormat:
    """How annotations, text by text, are written into one file."""

    slug: str
    name: str
    ending: str
    media_type: str
    write: Callable[[Iterable[AnnotationRecord], IO[bytes], Surroundings], None]


def _csv(records: Iterable[AnnotationRecord], file: IO[bytes], about: Surroundings) -> None:
    _pour(annotation_csv.annotations_csv(records, bom=about.bom), file)


def _jsonld(records: Iterable[AnnotationRecord], file: IO[bytes], about: Surroundings) -> None:
    _pour(web_annotation.web_annotations(records, site=about.site, label=about.title), file)


def _html(records: Iterable[AnnotationRecord], file: IO[bytes], about: Surroundings) -> None:
    _pour(annotation_page.annotations_page(records, title=about.title, comment_html=about.comment_html), file)


def _markdown(records: Iterable[AnnotationRecord], file: IO[bytes], about: Surroundings) -> None:
    annotation_markdown.markdown_zip(records, file)


def _pour(pieces: Iterable[str], file: IO[bytes]) -> None:
    for piece in pieces:
        file.write(piece.encode("utf-8", "replace"))


NOTEBOOK_FORMATS = (
    NotebookFormat("csv", "CSV", "csv", annotation_csv.MEDIA_TYPE, _csv),
    NotebookFormat("markdown", "Markdown", "zip", annotation_markdown.MEDIA_TYPE, _markdown),
    NotebookFormat("jsonld", "JSON-LD", "jsonld", web_annotation.MEDIA_TYPE, _jsonld),
    NotebookFormat("html", "HTML to print", "html", annotation_page.MEDIA_TYPE, _html),
)
BY_SLUG = {form.slug: form for form in NOTEBOOK_FORMATS}
