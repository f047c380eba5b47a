"""The formats in which files come in, by the name in `FileImport.format`; a new one is a new line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.interchange.hypothesis_file import HYPOTHESIS
from monitor.interchange.web_annotation_file import WEB_ANNOTATIONS

if TYPE_CHECKING:
    from monitor.interchange.import_rows import ImportFormat

BEGINNING = 4096  # bytes that are looked at to tell one format from another

IMPORT_FORMATS: tuple[ImportFormat, ...] = (WEB_ANNOTATIONS, HYPOTHESIS)
BY_SLUG = {form.slug: form for form in IMPORT_FORMATS}
ENDINGS = tuple(dict.fromkeys(ending for form in IMPORT_FORMATS for ending in form.endings))


def format_of(name: str, content: bytes) -> ImportFormat | None:
    """Return the format of a file by its name and its beginning, None where no format knows it."""
    return next((form for form in IMPORT_FORMATS if form.is_it(name.lower(), content[:BEGINNING])), None)
