"""Goals are told in sentences: what is read back from one judges as it was judged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import chart
from bench.chart import picture, place
from bench.goals import Goal, goals_in, of_rounds

if TYPE_CHECKING:
    from pathlib import Path

FIGURES = st.integers(0, 99_900).map(lambda number: float(f"{number / 100:.3g}"))


@pytest.mark.parametrize(
    ("figures", "limit", "at_most", "verdict"),
    [
        ([3.9, 4.0, 4.4], 4, True, "met"),
        ([3.9, 4.1, 4.4], 4, True, "close"),  # a round kept it: it may be chance
        ([4.1, 4.2, 4.4], 4, True, "missed"),
        ([0.13, 0.15, 0.16], 0.25, False, "missed"),
        ([0.13, 0.24, 0.26], 0.25, False, "close"),
        ([0.2, 0.3, 0.4], 0.25, False, "met"),
    ],
)
def test_goal_is_missed_where_no_round_keeps_it(
    figures: list[float], limit: float, at_most: bool, verdict: str
) -> None:
    assert of_rounds("a page", figures, limit, at_most=at_most).verdict == verdict


@given(st.lists(FIGURES, min_size=1, max_size=9), FIGURES.filter(bool), st.booleans(), st.sampled_from(["", "ms", "%"]))
def test_sentence_gives_the_goal_back(figures: list[float], limit: float, at_most: bool, unit: str) -> None:
    goal = of_rounds(
        "article of 5,000: beside (the same) bytes", sorted(figures)[::2], limit, at_most=at_most, unit=unit
    )
    (heard,) = goals_in(["| a | table |", "", str(goal), "Goal: said otherwise."])
    assert heard.verdict == goal.verdict
    assert str(heard) == str(goal)


def test_newest_figure_of_a_goal_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "PICTURE", tmp_path / "chart.svg")
    monkeypatch.setattr(chart, "ROOT", tmp_path)
    assert "No run" in chart.draw(tmp_path)
    for day, value in ((1, 8.0), (2, 2.0)):
        said = [str(Goal("a <page>", value, value, value, 4)), "| a | table |"]
        (tmp_path / f"2026-01-0{day}.json").write_text(json.dumps({"measures": {"pages": said}}))
    assert chart.draw(tmp_path) == "chart.svg: 1 goals of 2 runs."
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    ET.fromstring(drawn)  # noqa: S314 (written a line above)
    assert "a &lt;page&gt;" in drawn
    assert 'class="met"' in drawn
    assert "2 (≤ 4)" in drawn


def test_bars_end_at_the_edges_of_the_picture() -> None:
    assert place(0) == place(0.1) < place(1) < place(10) == place(10_000)
    assert ET.fromstring(picture([Goal("nothing", 0, 0, 0, 0.5, at_most=False)])) is not None  # noqa: S314
