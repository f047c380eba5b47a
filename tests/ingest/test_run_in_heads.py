from __future__ import annotations

import pytest

from monitor.ingest.structure.run_in_heads import with_run_in_heads
from tests.ingest.typeset_pieces import piece, prose

REST = "guild postponed the levy on salt because the roads were closed that winter and nobody came."


@pytest.mark.parametrize(
    "line", ["Divided Lighthouses. The ferrymen's", "Offices and Officers. What began as a", "Salt Roads: The inter-"]
)
def test_a_bold_beginning_goes_back_to_its_paragraph(line: str) -> None:
    head, text, last = with_run_in_heads([piece(line, look="B"), piece(REST), prose(1)])

    assert (head.text, head.style and head.style.bold, text.continues) == (line, False, True)
    assert (text.text, last.continues) == (REST, None)


@pytest.mark.parametrize("line", ["Divided Lighthouses", "The U.S. Policy and Its Ends", "Phase 1. The War"])
def test_a_head_of_its_own_stays_one(line: str) -> None:
    pieces = (piece(line, look="B"), prose(1))

    assert with_run_in_heads(pieces) == pieces


def test_titles_and_single_lines_stay() -> None:
    large = (piece("Divided Lighthouses. The ferrymen's", 16, "B"), piece(REST), prose(1), prose(2))

    assert with_run_in_heads(large) == large
    assert with_run_in_heads([]) == ()
