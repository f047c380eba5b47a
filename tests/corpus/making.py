"""One issue of the corpus: invented, typeset and accompanied by its gold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.corpus.finishing import finished
from tests.corpus.gold import gold_of
from tests.corpus.invention import FULL, Extent, invented_issue, numbered_through
from tests.corpus.issue_model import with_links
from tests.corpus.producers import PRODUCERS
from tests.corpus.typeset import running_heads

if TYPE_CHECKING:
    from tests.corpus.layout import Layout


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF and what a perfect reader finds in it."""

    pdf: bytes
    gold: dict[str, Any]


def made(layout: Layout, producer: str, seed: int, extent: Extent = FULL) -> Made:
    """Return the issue of a seed in a layout by a producer. Raises `CannotTypeset` where that is impossible here."""
    press = PRODUCERS[producer]
    issue = invented_issue(seed, replace(extent, asides=layout.asides))
    issue = press.printable(numbered_through(issue) if layout.through else issue, layout)
    done = press.typeset(issue, layout)
    gold = gold_of(
        with_links(issue, lambda address: address not in done.lost),
        superscript=layout.superscript or layout.notes == "foot",
        starts=done.starts,
        pages=done.pages,
        furniture=list(dict.fromkeys(running_heads(issue, layout))),
    )
    return Made(finished(done.pdf, layout), gold)
