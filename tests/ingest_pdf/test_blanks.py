"""Which lines of justified columns are spread to the edge, and so in the midst of a paragraph."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.blanks import is_spread, usual_blanks
from monitor.ingest.layout.line_groups import line_groups
from monitor.ingest.layout.lines import Edges, Line
from monitor.ingest.pdf.words import Word, joined
from monitor.ingest.pieces import Style

JUSTIFIED = Edges(50, 250, justified=True)


def line(text: str, *, blank: float, x1: float, base: float, column: int = 0, edges: Edges = JUSTIFIED) -> Line:
    """Return a line whose words stand `blank` points apart, said to end at `x1`."""
    words, x = [], 50.0
    for part in text.split():
        words.append(Word(part, x, x + 5 * len(part), base - 8, base + 2, base, 10, "F"))
        x += 5 * len(part) + blank
    return Line(tuple(words), 1, column, edges, joined(words), Style(10, family="F"), 50, x1, base - 8, base + 2, base)


def ended() -> list[Line]:
    """Return the last lines of three paragraphs, whose blanks nothing has spread."""
    return [line("so it all came to rest.", blank=2.5, x1=150, base=100 + 12 * n) for n in range(3)]


@pytest.mark.parametrize(
    ("blank", "x1", "spread"),
    [(3.2, 250.0, True), (2.5, 250.0, False), (2.2, 250.0, False), (3.2, 249.0, False)],
    ids=["spread", "as usual", "drawn together", "not at the edge"],
)
def test_a_line_is_spread_that_reaches_the_edge_with_wide_blanks(blank: float, x1: float, *, spread: bool) -> None:
    last = line("the council met and voted.", blank=blank, x1=x1, base=200)
    assert is_spread(last, usual_blanks(ended())) is spread


def test_without_the_ends_of_paragraphs_nobody_knows() -> None:
    last = line("the council met and voted.", blank=3.2, x1=250, base=200)
    assert not is_spread(last, usual_blanks(ended()[:2]))
    assert not is_spread(last, {})


@pytest.mark.parametrize(("blank", "whole"), [(3.2, True), (2.2, False)])
def test_a_spread_line_goes_on_below_what_interrupts_it(blank: float, *, whole: bool) -> None:
    """A full line may be the last of its paragraph by chance: then its blanks are as usual, or drawn together."""
    above = line("the council met and voted.", blank=blank, x1=250, base=148)
    below = line("Nobody came for it now", blank=3.0, x1=250, base=260, column=1)
    groups = line_groups([*ended(), above, below])
    assert groups[-1].continues is whole
