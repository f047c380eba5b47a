"""Issues with pages, as rows and files: what the drawing of pictures starts from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from monitor.library.files import keep_original
from tests.factories import make_file_facts, make_issue
from tests.ingest_guard.hostile import too_many_pages

if TYPE_CHECKING:
    from monitor.library.models import Issue


def pdf_of(pages: int, *, mark: str = "") -> bytes:
    """Return a PDF of so many pages; another mark makes it another file."""
    return too_many_pages(pages) + f"% {mark}\n".encode()


def make_pictured_issue(data: bytes, *, pages: int, **facts: Any) -> Issue:
    """Store an issue that was read from this PDF, and the PDF."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "issue.pdf")
        path.write_bytes(data)
        keep_original(path, sha256=hashlib.sha256(data).hexdigest(), file_type="pdf")
    file = make_file_facts(name="tidewater.pdf", content=data)
    return make_issue(file=file, pages=pages, page_sizes=((612.0, 792.0),) * pages, **facts)


def pictures_in(media: str | Path) -> dict[str, str]:
    """Return the digest of every picture kept, by its place under the folder of pictures."""
    folder = Path(media, "pages")
    files = sorted(folder.rglob("*.webp"))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
