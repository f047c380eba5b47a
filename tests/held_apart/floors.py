"""The worst figures the reader may show on the documents that every `make test` sets and reads: they may only get better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.held_apart.judging import LOWER_IS_BETTER

if TYPE_CHECKING:
    from tests.held_apart.judging import Figures

FLOORS = Path(__file__).resolve().parent / "floors.json"


def floors() -> dict[str, Figures]:
    """Return the committed figures of each document."""
    found: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return found


def fallen(floor: Figures, found: Figures) -> list[str]:
    """Return a line for each measure that is worse than its floor; a measure that is gone counts as worse."""
    return [
        f"{name}: {found.get(name)} is worse than {value}"
        for name, value in floor.items()
        if name not in found or better(name, found[name], value) == value != found[name]
    ]


def better(name: str, one: float, other: float) -> float:
    """Return the better of two figures of a measure."""
    return min(one, other) if name in LOWER_IS_BETTER else max(one, other)


def raised(floor: Figures, found: Figures) -> Figures:
    """Return the floor with every measure at its best so far."""
    return {name: better(name, value, floor.get(name, value)) for name, value in sorted(found.items())}


def raise_floors(results: dict[str, Figures]) -> None:
    """Write the figures of documents that got better."""
    now = floors()
    new = {name: raised(now.get(name, {}), found) for name, found in results.items()}
    text = json.dumps(now | new, indent=1, sort_keys=True)
    FLOORS.write_text(f"{text}\n", encoding="utf-8")
