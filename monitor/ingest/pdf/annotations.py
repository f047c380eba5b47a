"""Links of a page: to an address, or to another place of the file.

pdfplumber's `.annots` resolves every object reachable from an annotation and dies of it on good files; only a few
entries matter here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.ingest.pdf.frame import ordered_rect
from monitor.ingest.pdf.printed_page import PageLink
from monitor.ingest.pdf.values import address, dictionary, name_of, resolved, sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.ingest.pdf.frame import PageFrame, Rect

MAX_LINKS = 5_000
MAX_QUADS = 50  # lines of one link
QUAD_SLACK = 2.0  # points by which its lines may stand beyond a link's own rectangle


def page_links(
    annotations: Any, frame: PageFrame, page_of: Callable[[Any], int | None]
) -> tuple[tuple[PageLink, ...], bool]:
    """Return a page's links, and whether some could not be read; `page_of` gives a destination's physical page."""
    try:
        entries = resolved(annotations)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (whatever is wrong with the list must not cost the page its text)
        return (), True
    if not isinstance(entries, list):
        return (), False
    damaged = len(entries) > MAX_LINKS
    links: list[PageLink] = []
    for entry in entries[:MAX_LINKS]:
        try:
            links += _links(entry, frame, page_of)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (nor may one bad annotation cost the others)
            damaged = True
    return tuple(links[:MAX_LINKS]), damaged


def _links(entry: Any, frame: PageFrame, page_of: Callable[[Any], int | None]) -> Iterator[PageLink]:
    annotation = resolved(entry)
    action = resolved(annotation.get("A")) or {}
    target = resolved(action.get("URI"))
    page = None
    if target is None:
        destination = action.get("D") if name_of(action.get("S")) == "GoTo" else annotation.get("Dest")
        page = page_of(destination) if destination is not None else None
        if page is None:
            return
    for rect in _rects(annotation):
        yield PageLink(*frame.placed(rect), "" if target is None else address(target), page)


def _rects(annotation: Any) -> Iterator[Rect]:
    """Yield where a link's text stands: a rectangle for each line where the file has them, else the one around all."""
    whole = ordered_rect([resolved(value) for value in resolved(annotation["Rect"])])
    numbers = [resolved(value) for value in sequence(annotation.get("QuadPoints"))][: 8 * MAX_QUADS]
    quads = [numbers[at : at + 8] for at in range(0, len(numbers) - 7, 8)]
    lines = [ordered_rect([min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2])]) for q in quads]
    inside = all(_within(line, whole) for line in lines)
    yield from lines if len(lines) > 1 and inside else [whole]


def _within(line: Rect, whole: Rect) -> bool:
    low = line[0] >= whole[0] - QUAD_SLACK and line[1] >= whole[1] - QUAD_SLACK
    return low and line[2] <= whole[2] + QUAD_SLACK and line[3] <= whole[3] + QUAD_SLACK


class Destinations:
    """Places of a file that links and bookmarks lead to, by the page they stand on.

    `numbers` gives the physical page (from 1) of each page object.
    """

    MAX_NAMES = 20_000
    MAX_NODES = 2_000

    def __init__(self, catalog: Any, numbers: dict[Any, int]) -> None:
        self._catalog, self._numbers = catalog, numbers
        self._names: dict[str, Any] | None = None

    def page(self, destination: Any) -> int | None:
        """Return the physical page of a destination: an array, a name, or an action's dictionary."""
        found = self._named(destination)
        if isinstance(found, dict):
            found = resolved(found.get("D"))
        if not isinstance(found, list) or not found:
            return None
        if isinstance(found[0], int):
            return found[0] + 1 if 0 <= found[0] < len(self._numbers) else None
        return self._numbers.get(getattr(found[0], "objid", None))

    def _named(self, destination: Any) -> Any:
        found = resolved(destination)
        if isinstance(found, bytes):
            return resolved(self._all().get(found.decode("latin-1")))
        name = name_of(found)
        return resolved(self._all().get(name)) if name else found

    def _all(self) -> dict[str, Any]:
        if self._names is None:
            self._names = dict(self._listed())
        return self._names

    def _listed(self) -> Iterator[tuple[str, Any]]:
        """Yield the file's names and what they stand for, out of the old dictionary and the tree."""
        yield from dictionary(self._catalog.get("Dests")).items()
        nodes = [dictionary(self._catalog.get("Names")).get("Dests")]
        for _ in range(self.MAX_NODES):
            if not nodes:
                return
            node = dictionary(nodes.pop())
            nodes += sequence(node.get("Kids"))[: self.MAX_NODES]
            pairs = sequence(node.get("Names"))[: 2 * self.MAX_NAMES]
            for key, value in zip(pairs[::2], pairs[1::2], strict=False):
                name = resolved(key)
                if isinstance(name, bytes):
                    yield name.decode("latin-1"), value
