"""Gives Django the assembled style sheet and script as if they lay in `static/`.

`collectstatic` takes them from here like any file, with a digest in its name; with DEBUG and in tests they are made anew
when a source has changed, at the same address. They are written below the var folder, since Django and whitenoise
serve files, not texts.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from monitor.web.assembling import assemble_scripts, assemble_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

STYLES, SCRIPTS = "css/site.css", "js/site.js"
SOURCES = settings.BASE_DIR / "static"
# The browser's twin of `annotations.anchoring`, held to the same cases: no page calls it, and none should carry it.
NOT_SERVED = ("anchoring/",)
ASSEMBLED: dict[str, tuple[str, Callable[[Mapping[str, str]], str]]] = {
    STYLES: ("*.css", assemble_styles),
    SCRIPTS: ("*.js", assemble_scripts),
}


class AssembledFinder(BaseFinder):
    """Finds the two files that are made of all others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "assembled")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in ASSEMBLED:
            return []
        found = str(assembled(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        for path in ASSEMBLED:
            assembled(path)
            yield path, self.storage


def assembled(path: str) -> Path:
    """Make the file anew if its sources say something else now, and return where it lies."""
    pattern, assemble = ASSEMBLED[path]
    folder = SOURCES / os.path.dirname(path)  # noqa: PTH120 - an address, not a file
    files = {str(file.relative_to(folder)): file for file in folder.rglob(pattern)}
    sources = {
        name: file.read_text(encoding="utf-8") for name, file in files.items() if not name.startswith(NOT_SERVED)
    }
    wanted = assemble(sources).encode()
    target: Path = settings.VAR / "assembled" / path
    if not target.exists() or target.read_bytes() != wanted:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Several processes and threads may do this at once: none must see half a file.
        with NamedTemporaryFile(dir=target.parent, delete=False) as fresh:
            fresh.write(wanted)
        Path(fresh.name).replace(target)
    return target
