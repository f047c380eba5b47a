"""Which layouts are set by which producers in a test run, and each of them once."""

from __future__ import annotations

import os
from functools import cache

import pytest

from tests.corpus.invention import SHORT
from tests.corpus.layout import NAMED
from tests.corpus.making import Made, made
from tests.corpus.producers import PRODUCERS
from tests.corpus.typeset import CannotTypeset

SEED = 4
WHOLE = os.environ.get("CORPUS") == "full"  # `make corpus`
# Every how many layouts a producer takes its turn in a short run: a Chromium takes seconds to start.
TURNS = {"typst": 1, "weasyprint": 3, "reportlab": 2, "chromium": 7}


def able(layout: str, producer: str) -> bool:
    """Return whether the producer has a way to set the layout at all."""
    try:
        PRODUCERS[producer].check(NAMED[layout])
    except CannotTypeset:
        return False
    return True


def pairs(*, whole: bool = WHOLE) -> list[tuple[str, str]]:
    """Return layouts and producers: all that are possible, or a cross-section with every layout."""
    return [
        (layout, producer)
        for i, layout in enumerate(NAMED)
        for producer in PRODUCERS
        if able(layout, producer) and (whole or i % TURNS.get(producer, 1) == 0 or layout == "balanced_bands")
    ]


# What is made once is read by several tests: they stay in one process.
CASES = [pytest.param(*pair, marks=pytest.mark.xdist_group(" ".join(pair)), id="-".join(pair)) for pair in pairs()]


@cache
def made_once(layout: str, producer: str) -> Made:
    """Return the issue of a run; skips where a program or font is missing, which is a failure if CI=true."""
    try:
        return made(NAMED[layout], producer, SEED, SHORT)
    except CannotTypeset as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))
