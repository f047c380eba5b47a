"""The parser changes under four thousand annotations: each is still there, on its words or named as one that lost them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.served import command, query

if TYPE_CHECKING:
    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
SAMPLES = [str(path) for path in sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.pdf"))]
MANY = Path(__file__).with_name("many_marks.py")
MARKS = 4000
# What makes the copy's parser another one: it takes references in brackets out of what it reads.
PARTED = "    parted = part(pieces, profile, pages)\n"
WITHOUT_REFERENCES = """    import re
    from monitor.ingest.text_file.splicing import Edit, rewritten
    def out_of(one):
        places = [at.span() for at in re.finditer(r" \\([^()]{3,80}\\)", one.text)]
        held = [(thing.start, thing.end) for thing in (*one.links, *one.superscripts)]
        free = [(a, b) for a, b in places if not any(start < b and end > a for start, end in held)]
        return rewritten(one, [Edit(a, b) for a, b in free])
    pieces = [out_of(one) for one in pieces]
"""
CHANGES = (
    ("monitor/ingest/document.py", "PARSER_VERSION = ", "PARSER_VERSION = 1_000 + "),
    ("monitor/ingest/structure/issue.py", PARTED, WITHOUT_REFERENCES + PARTED),
)
KEPT = "select md5(string_agg(concat_ws('|', {columns}), '~' order by {order})) from {table}"
WRITTEN = KEPT.format(
    columns="uid, owner_id, comment, colour, visibility, deleted", order="uid", table="monitor_annotation"
)
QUOTED = KEPT.format(
    columns="annotation_id, position, quote", order="annotation_id, position", table="monitor_annotationspan"
)
PLACED = KEPT.format(
    columns='id, note_id, note_number, text_version, start, "end", state, score',
    order="id",
    table="monitor_annotationspan",
)
STATES = "select state, count(*) from monitor_annotationspan group by 1 order by 1"


@pytest.fixture
def changed(checkout_copy: Path) -> Path:
    """Give `manage.py` of a copy whose parser is another one."""
    for name, words, others in CHANGES:
        file = checkout_copy / name
        right = file.read_text(encoding="utf-8")
        assert right.count(words) == 1, f"{name} reads otherwise by now: change it anew"
        file.write_text(right.replace(words, others), encoding="utf-8")
    return checkout_copy / "manage.py"


def test_no_annotation_is_dropped_when_the_parser_reads_other_texts(home: Home, changed: Path) -> None:
    command(home, "shell", "-v", "0", "-c", MANY.read_text(encoding="utf-8"))
    written, quoted = query(home, WRITTEN), query(home, QUOTED)
    assert states(home) == {"exact": MARKS}

    said = command(home, "ingest", *SAMPLES, program=changed)
    assert said.count(": updated. ") == 3, said
    assert (query(home, WRITTEN), query(home, QUOTED)) == (written, quoted)
    moved = states(home)
    assert sum(moved.values()) == MARKS
    assert moved.keys() == {"exact", "fuzzy", "orphan"}, moved
    assert moved["exact"] > MARKS / 2, moved
    assert "All is well" in command(home, "doctor", program=changed)

    placed = query(home, PLACED)
    assert command(home, "ingest", *SAMPLES, program=changed).count(": unchanged. ") == 3
    command(home, "reanchor", program=changed)
    assert query(home, PLACED) == placed

    # And back: with the words all passages are back.
    assert command(home, "ingest", *SAMPLES).count(": updated. ") == 3
    assert (query(home, WRITTEN), query(home, QUOTED)) == (written, quoted)
    assert states(home) == {"exact": MARKS}
    assert "All is well" in command(home, "doctor")


def states(home: Home) -> dict[str, int]:
    rows = (line.split("|") for line in query(home, STATES))
    return {state: int(count) for state, count in rows}
