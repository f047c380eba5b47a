"""What was recognised on the pictures of a file's pages, kept beside the originals: it takes seconds a page to make.

A later reading of the same file needs no recognition again, not even a Tesseract.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from monitor.ingest.scans.recognised import pages_from_bytes, pages_to_bytes
from monitor.library.files import RECOGNISED
from monitor.library.models import Issue

if TYPE_CHECKING:
    from datetime import timedelta

    from monitor.ingest.scans.recognised import RecognisedPage

log = logging.getLogger(__name__)

PAGE_NAME = re.compile(r"^[0-9]{1,6}\.json$")


@dataclass(frozen=True, slots=True)
class RecognisedShelf:
    """The recognised pages of one file, one file each: a run that is cut off keeps what it had."""

    sha256: str
    languages: str

    @property
    def folder(self) -> str:
        return f"{RECOGNISED}/{self.sha256[:2]}/{self.sha256}"

    def pages(self) -> dict[int, RecognisedPage]:
        """Return the pages kept, by number; those recognised for other languages are not among them."""
        pages: dict[int, RecognisedPage] = {}
        for name in _names(self.folder):
            try:
                with default_storage.open(f"{self.folder}/{name}") as file:
                    pages |= pages_from_bytes(file.read())
            except (OSError, ValueError) as error:
                log.warning("a recognised page of %s cannot be read: %s", self.sha256, error)
        return {number: page for number, page in pages.items() if page.languages == self.languages}

    def forget_failures(self) -> None:
        """Delete the pages that could not be recognised, so that they are tried again."""
        for number, page in self.pages().items():
            if page.failure:
                default_storage.delete(f"{self.folder}/{number}.json")

    def keep(self, page: RecognisedPage) -> None:
        default_storage.save(f"{self.folder}/{page.number}.json", ContentFile(pages_to_bytes([page])))


def sweep_recognised(*, older_than: timedelta) -> int:
    """Delete recognised pages of files that no issue was made of, after some time; return how many pages."""
    swept = 0
    for shelf in _folders(RECOGNISED):
        for sha256 in _folders(f"{RECOGNISED}/{shelf}"):
            if not Issue.objects.filter(sha256=sha256).exists():
                swept += _sweep(f"{RECOGNISED}/{shelf}/{sha256}", older_than)
    return swept


def _sweep(folder: str, older_than: timedelta) -> int:
    names = [f"{folder}/{name}" for name in _names(folder)]
    before = timezone.now() - older_than
    try:
        if any(default_storage.get_modified_time(name) > before for name in names):
            return 0  # perhaps of a file that is being recognised
    except FileNotFoundError:
        return 0  # another worker is sweeping
    for name in names:
        default_storage.delete(name)
    with suppress(OSError):  # a draft lies in it still
        default_storage.delete(folder)
    return len(names)


def _names(folder: str) -> list[str]:
    try:
        return [name for name in default_storage.listdir(folder)[1] if PAGE_NAME.match(name)]
    except FileNotFoundError:
        return []


def _folders(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[0]
    except FileNotFoundError:
        return []
