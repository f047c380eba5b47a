"""Reading time grows with the size of a file and no faster, whatever is repeated in it.

The ratio of two measured times would waver on a busy machine, so the steps of the interpreter are counted instead
where a unit is small, and the clock only has to stay below a bound that no quadratic rule could meet.
"""

from __future__ import annotations

import contextlib
import time

import pytest

from monitor.ingest.apparatus.citations import read_citations
from monitor.ingest.apparatus.dates import find_dates
from monitor.ingest.apparatus.notes import judged, short_form
from monitor.ingest.reading import read_text_issue
from monitor.ingest.refusals import Refusal
from monitor.ingest.text_file.inline import resolved
from monitor.ingest.text_file.splicing import Traced

HOSTILE = ["(", "([", "(Dawn, January 21", "[1]", "](", "([a](", " ", ". ", "January", "\u0301"]
NASTY = [
    *("*a ", "_a_", "[a](#) ", "a\n\n", "January\n\n", "a-\n", '"', "Anna Vesk\n\n", "[1] a\n\n", "p.1\n\nAb Cd\n\n"),
    *(
        "# A\n\nBy B C\n\n",
        'Notes\n\n[1] See "A", 2021.\n\n',
        "Ibid.\n\n",
        "(a (",
        ")",
        "(Dawn, May 3, 2021); ",
        "x)\n",
    ),
    *(
        "| a |\n|---|---|\n",
        "[^1]: a\n\n",
        "\\$",
        "u.s. ",
        "<sup>1</sup>",
        "- a\n",
        "1. a\n",
        "u\u0323\u0301",
        "\u00b9",
    ),
    *("a.1 ", "a. (1) ", "&amp;", "<b ", "[A, May 3] ", "(A, May 3, accessed ", "A, with ", "§ 3, Annex ", "a {#b "),
    *(
        "Contents\n\nA 1\n",
        "\x0cA    1\n\n3\n",
        "Home\n",
        "Briefs\n\nA\n\nBy B C\n\na.\n\n",
        "A\n\nIt fell.\n\n",
        "\ta.\n",
    ),
]
SMALL = 4_000
TIMES = 8
# Eight times the text may take 32 times as long: far from linear, and far below the 64 of a quadratic rule.
ALLOWED = 32
FLOOR_S = 0.02


def seconds(text: str, enough: float = 0.0) -> float:
    """Return the best of three readings of a text; none is repeated once one took no more than `enough`."""
    data = text.encode("utf-8")
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        with contextlib.suppress(Refusal):
            read_text_issue(data)
        best = min(best, time.process_time() - start)
        if best <= enough:
            break
    return best


@pytest.mark.parametrize("unit", [*HOSTILE, *NASTY], ids=repr)
def test_reading_time_grows_no_faster_than_the_text(unit: str) -> None:
    small = unit * (SMALL // len(unit)) + "x"
    large = unit * (TIMES * SMALL // len(unit)) + "x"
    allowed = ALLOWED * max(seconds(small, FLOOR_S), FLOOR_S)

    assert seconds(large, allowed) <= allowed


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_one_megabyte_of_a_hostile_unit_is_read_in_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit.encode("utf-8"))) + "x"

    # Half a second on a free core; the bound leaves room for a busy one.
    assert seconds(text, 8) < 8


@pytest.mark.parametrize("unit", [*HOSTILE, *NASTY], ids=repr)
def test_each_step_reads_one_long_line_in_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()

    read_citations(text)
    list(find_dates(text))
    resolved(Traced(text), {})
    short_form(text)
    judged([], [])

    assert time.process_time() - start < 4
