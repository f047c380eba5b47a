"""How much of each goal's limit is used up, as one picture: docs/benchmarks.svg, drawn from the runs that were kept."""

from __future__ import annotations

import json
import math
from html import escape
from typing import TYPE_CHECKING

from bench.goals import Goal, goals_in
from bench.own_site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PICTURE = ROOT / "docs" / "benchmarks.svg"
# In units of the picture; bars grow by the logarithm, from a tenth of the limit to ten times it.
WIDTH, ROW, TOP, NAMES, BARS = 900, 20, 54, 400, 320
DECADES = (0.1, 10.0)
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1c1b18; }
.small { font-size: 11px; fill: #5f5b52; }
.met { fill: #2f6f73; } .close { fill: #b07d12; } .missed { fill: #a8402f; }
.line { stroke: #5f5b52; } .limit { stroke: #1c1b18; stroke-dasharray: 3 3; }
@media (prefers-color-scheme: dark) {
  text { fill: #ece8df; } .small { fill: #a8a296; } .line { stroke: #a8a296; } .limit { stroke: #ece8df; }
  .met { fill: #6fb3b8; } .close { fill: #d9a93f; } .missed { fill: #e0806c; }
}
"""


def draw(results: Path) -> str:
    """Draw the newest figure of each goal in a folder of runs; return what was done."""
    found: dict[str, Goal] = {}
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(results.glob("*.json"))]
    for run in runs:
        for lines in run["measures"].values():
            found |= {goal.what: goal for goal in goals_in(lines)}
    if not found:
        return "No run is kept yet that tells of goals: `make bench` makes one."
    PICTURE.write_text(picture(found.values()), encoding="utf-8")
    return f"{PICTURE.relative_to(ROOT)}: {len(found)} goals of {len(runs)} runs."


def picture(goals: Iterable[Goal]) -> str:
    """Return the goals as SVG: a bar each, with its figure, and a line where the limit is."""
    rows = list(goals)
    height = TOP + ROW * len(rows) + 30
    missed = sum(goal.verdict == "missed" for goal in rows)
    said = f"{len(rows)} goals; {missed} are missed by more than the rounds differ."
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="said">',
            f'<title id="said">How much of each limit is used up: {said}</title><style>{STYLE}</style>',
            f'<text x="0" y="16">How much of each limit is used up. {said}</text>',
            *(_scale(share, height) for share in (0.1, 1.0, 10.0)),
            *(_bar(goal, TOP + ROW * at) for at, goal in enumerate(rows)),
            "</svg>\n",
        ]
    )


def place(share: float) -> float:
    """Return where a share of the limit lies in the picture; what lies beyond its edges lies at them."""
    least, most = map(math.log10, DECADES)
    return NAMES + BARS * (min(max(math.log10(max(share, 1e-9)), least), most) - least) / (most - least)


def _scale(share: float, height: int) -> str:
    x, words = place(share), "the limit" if share == 1 else f"{share:g} of it"
    return (
        f'<text class="small" x="{x:.0f}" y="{TOP - 10}" text-anchor="middle">{words}</text>'
        f'<line class="{"limit" if share == 1 else "line"}" x1="{x:.1f}" y1="{TOP - 5}" x2="{x:.1f}" y2="{height - 26}"/>'
    )


def _bar(goal: Goal, y: int) -> str:
    way = "≤" if goal.at_most else "≥"
    unit = f" {goal.unit}" if goal.unit else ""
    return (
        f'<text x="{NAMES - 8}" y="{y + 14}" text-anchor="end">{escape(goal.what)}</text>'
        f'<rect class="{goal.verdict}" x="{NAMES}" y="{y + 4}" width="{max(place(goal.share) - NAMES, 2):.1f}" height="{ROW - 8}"/>'
        f'<text class="small" x="{NAMES + BARS + 10}" y="{y + 14}">{goal.value:.3g}{unit} ({way} {goal.limit:g}{unit})</text>'
    )
