"""Which columns hold nothing but the contents."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.side_contents import is_contents


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["Boats Counted ... 3", "Salt and Rifles .... 12"], True),
        (["In This Issue", "Boats Counted"], True),
        (["Vesterholm 564 5.8", "Puerto 485 50.9", "Lock 1675 15.2"], False),
    ],
    ids=["leaders", "heading", "figures of a table"],
)
def test_contents_have_page_references_or_their_heading(rows: list[str], *, found: bool) -> None:
    assert is_contents(rows) is found
