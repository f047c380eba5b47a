"""A file's bookmarks: titles and the pages they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.ingest.pdf.values import dictionary, resolved, text_string
from monitor.ingest.pieces import OutlineEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ingest.pdf.annotations import Destinations

MAX_ENTRIES = 2_000
MAX_LEVEL = 12
LONGEST_TITLE = 500


def outline_of(catalog: Any, destinations: Destinations) -> tuple[OutlineEntry, ...]:
    """Return the bookmarks from first to last, those below an entry after it; what is wrong ends its branch."""
    root = dictionary(catalog.get("Outlines"))
    found: list[OutlineEntry] = []
    for entry in _entries(root.get("First"), 1, set()):
        found.append(_entry(*entry, destinations))
        if len(found) == MAX_ENTRIES:
            break
    return tuple(entry for entry in found if entry.title)


def _entries(first: Any, level: int, met: set[Any]) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield bookmarks and their levels; an entry met before is a ring."""
    at = first
    while at is not None and getattr(at, "objid", None) not in met and len(met) <= MAX_ENTRIES:
        met.add(getattr(at, "objid", None))
        try:
            node = dictionary(at)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (pdfminer raises anything on a damaged object; the others stay)
            return
        yield node, level
        if node.get("First") is not None and level < MAX_LEVEL:
            yield from _entries(node["First"], level + 1, met)
        at = node.get("Next")


def _entry(node: dict[str, Any], level: int, destinations: Destinations) -> OutlineEntry:
    try:
        title = resolved(node.get("Title"))
        text = " ".join(text_string(title).split()) if isinstance(title, bytes) else ""
        target = node.get("Dest")
        if target is None:
            target = dictionary(node.get("A")).get("D")
        return OutlineEntry(level, text[:LONGEST_TITLE], destinations.page(target) if target is not None else None)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (a bookmark that cannot be read is none)
        return OutlineEntry(level, "", None)
