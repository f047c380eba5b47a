from __future__ import annotations

from monitor.ingest.structure.contents import Row
from monitor.ingest.structure.side_by_side import parted_columns
from monitor.ingest.structure.whole_lines import known_lines
from tests.ingest.typeset_pieces import piece, prose

FERRY, SALT = "The Ferrymen of Lower Sarn", "Salt Roads and Timber"
BOTH, KARL = "Jane Roe and Mira Sand", "Karl Ott"
KNOWN = known_lines([piece(FERRY, 16, "B"), piece(BOTH), prose(1), piece(SALT, 16, "B"), piece(KARL), prose(2)])
WHOLE = [f"{BOTH}: {FERRY} \u2026 1", f"{KARL}: {SALT} \u2026 4"]


def parted(*rows: str) -> list[str]:
    return [row.text for row in parted_columns([Row(row, k) for k, row in enumerate(rows)], KNOWN)]


def test_two_wrapped_entries_read_across_are_parted() -> None:
    assert parted(f"{BOTH}: The Ferrymen {KARL}: Salt Roads", "of Lower Sarn ...... 1 and Timber ...... 4") == WHOLE


def test_one_entry_may_be_shorter_than_its_neighbour() -> None:
    assert parted(f"{BOTH}: The Ferrymen {KARL}: {SALT} .... 4", "of Lower Sarn ...... 1") == WHOLE


def test_what_stands_above_and_below_stays() -> None:
    rows = ("Briefs .... 1", f"{BOTH}: The Ferrymen {KARL}: {SALT} .... 4", "of Lower Sarn ...... 1", "About us")

    assert parted(*rows) == [rows[0], *WHOLE, rows[3]]


def test_nothing_changes_where_a_word_belongs_to_no_title() -> None:
    unknown = (f"{BOTH}: The Ferrymen {KARL}: Salt Roads", "of Upper Sarn ...... 1 and Timber ...... 4")
    apart = (f"{BOTH}: {FERRY} .... 1", f"{KARL}: {SALT} .... 4")

    assert parted(*unknown) == list(unknown)
    assert parted(*apart) == list(apart)
    assert parted() == []
