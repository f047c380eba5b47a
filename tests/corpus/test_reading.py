"""What the reader makes of the issues: equal to the gold, but for what KNOWN_MISSES owns up to."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.serialising import to_json
from tests.corpus.cross_section import CASES, WHOLE, made_once
from tests.corpus.drawn_layouts import CHOICES, fitted
from tests.corpus.invention import SHORT
from tests.corpus.known_misses import KNOWN_MISSES
from tests.corpus.making import made
from tests.corpus.producers import PRODUCERS
from tests.corpus.scoring import LOWER_IS_BETTER, SCORER, differences, lost_words, misses, scores
from tests.corpus.typeset import CannotTypeset

LOSS = 0.002  # the share of printed words that may be read otherwise in a layout nobody tuned for


@cache
def read(layout: str, producer: str) -> dict[str, Any]:
    """Return what the reader finds in an issue of this run."""
    return to_json(read_pdf_issue(made_once(layout, producer).pdf, limits=Limits()))


@pytest.mark.parametrize(("layout", "producer"), CASES)
def test_an_issue_reads_as_its_gold(layout: str, producer: str) -> None:
    """By a comparison of our own, which needs nothing from beside the checkout."""
    lines = differences(read(layout, producer), made_once(layout, producer).gold)
    known = KNOWN_MISSES.get((layout, producer), {}).get("differences", 0)
    assert len(lines) <= known, "\n".join(lines)
    assert lines or not known, "mended: python -m tests.corpus misses"


@pytest.mark.parametrize(("layout", "producer"), CASES)
def test_an_issue_scores_full_marks(layout: str, producer: str) -> None:
    if not SCORER.exists():
        pytest.skip("needs ../shared/scoring/score_extraction.py beside the checkout")
    short = misses(scores(read(layout, producer), made_once(layout, producer).gold))
    known = {name: value for name, value in KNOWN_MISSES.get((layout, producer), {}).items() if name != "differences"}
    worse = {
        name: value
        for name, value in short.items()
        if (value > known.get(name, 0) if name in LOWER_IS_BETTER else value < known.get(name, 1))
    }
    assert worse == {}
    assert set(known) <= set(short), "mended: python -m tests.corpus misses"


@settings(
    max_examples=60 if WHOLE else 4, deadline=None, derandomize=not WHOLE, suppress_health_check=list(HealthCheck)
)
@given(
    choices=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()}),
    producer=st.sampled_from(sorted(PRODUCERS) if WHOLE else ["typst", "reportlab"]),
    seed=st.integers(0, 500),
)
def test_a_layout_nobody_wrote_down_is_read_without_loss(choices: dict[str, Any], producer: str, seed: int) -> None:
    """Whatever the choices: every word is there, in an article of its own title."""
    try:
        done = made(fitted(choices), producer, seed, SHORT)
    except CannotTypeset:
        assume(condition=False)
    found = to_json(read_pdf_issue(done.pdf, limits=Limits()))
    lost, all_words = lost_words(found, done.gold)
    assert len(lost) <= LOSS * all_words, lost[:40]
