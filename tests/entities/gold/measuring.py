"""Hold the recogniser to our gold: what `manage.py recognise` finds in an issue, and how good that is.

The figures are those of the shared scorer; where it is not at hand, nothing is measured.
"""

from __future__ import annotations

import contextlib
import copy
import importlib.util
import io
import json
import os
from statistics import mean
from typing import TYPE_CHECKING, Any

from tests.entities.gold.building import HERE, sources

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SCORER = HERE.parents[3] / "shared" / "scoring" / "score_entities.py"
FIGURES = ("actor linked", "actor set", "region linked", "region set", "auto precision", "top-1 actor", "top-1 region")


class NothingToMeasureError(RuntimeError):
    """The scorer or the recogniser is not at hand."""


def scorer() -> ModuleType:
    """Load the shared scorer; NothingToMeasureError where it is absent."""
    spec = importlib.util.spec_from_file_location("score_entities", SCORER)
    if spec is None or spec.loader is None or not SCORER.exists():
        msg = "the shared scorer is not here"
        raise NothingToMeasureError(msg)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recognised(text: Path) -> dict[str, Any]:
    """Give what the command prints for a text; NothingToMeasureError where there is no such command."""
    import django  # noqa: PLC0415  only measuring needs the site
    from django.core.management import CommandError, call_command, get_commands  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
    django.setup()
    if "recognise" not in get_commands():
        msg = "there is no command `recognise` yet"
        raise NothingToMeasureError(msg)
    printed = io.StringIO()
    try:
        call_command("recognise", str(text), "--json", "--source-offsets", stdout=printed)
    except CommandError as wrong:
        raise NothingToMeasureError(str(wrong)) from wrong
    return dict(json.loads(printed.getvalue()))


def figures(found: dict[str, Any], gold: dict[str, Any], judge: ModuleType) -> dict[str, float]:
    """Give seven shares for what was found in one issue or article, named in FIGURES."""
    rows = judge.main(found, gold, quiet=True)
    sure = found | {"mentions": [mention for mention in found["mentions"] if is_automatic(mention)]}
    counts = [judge.main(sure, gold, quiet=True)[kind]["linked"] for kind in ("actor", "region")]
    right, wrong = sum(count["tp"] for count in counts), sum(count["fp"] for count in counts)
    shares = [rows[kind][row]["F"] for kind in ("actor", "region") for row in ("linked", "article")]
    tops = [share(rows.get(f"about_{kind}", {}).get("top1", "0/1")) for kind in ("actor", "region")]
    return dict(zip(FIGURES, [*shares, right / (right + wrong) if right + wrong else 1.0, *tops], strict=True))


def is_automatic(mention: dict[str, Any]) -> bool:
    """Say whether a mention counts at once; a command that tells no status is taken at its word."""
    return str(mention.get("status", "auto")) == "auto"


def share(fraction: str) -> float:
    """Read "3/4" as a number."""
    part, whole = fraction.split("/")
    return int(part) / int(whole)


def article_alone(gold: dict[str, Any], number: int) -> dict[str, Any]:
    """Give the gold of one article of an issue."""
    return copy.copy(gold) | {"articles": [gold["articles"][number]]}


def about_alone(found: dict[str, Any], gold: dict[str, Any], number: int, judge: ModuleType) -> dict[str, Any]:
    """Give what was found, with the about lists under the gold's names of the articles."""
    if "about" not in found:
        return found
    lists = judge.about_by_article(found, gold)
    name = gold["articles"][number]["id"]
    return found | {"about": {name: lists.get(name, {})}}


def measure(half: str, *, verbose: bool = False) -> dict[str, float]:
    """Print the figures of every article of a half and their means; give the means.

    What the sealed half is about stays unsaid: its articles have numbers, unless every error is asked for.
    """
    judge, rows = scorer(), []
    print(f"{'article':16}", *(f"{name:>14}" for name in FIGURES))
    for source in sources(half):
        gold = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
        found = recognised(source.with_suffix(".txt"))
        for number, article in enumerate(gold["articles"]):
            alone, listed = article_alone(gold, number), about_alone(found, gold, number, judge)
            rows.append(figures(listed, alone, judge))
            print_row(article["id"] if verbose or half == "open" else f"{len(rows)}", rows[-1])
            if verbose:
                details(listed, alone, judge)
    means = {name: mean(row[name] for row in rows) for name in FIGURES}
    print_row("mean", means)
    return means


def print_row(name: str, row: dict[str, float]) -> None:
    """Print one line of the table."""
    print(f"{name:16}", *(f"{row[figure]:14.3f}" for figure in FIGURES))


def details(found: dict[str, Any], gold: dict[str, Any], judge: ModuleType) -> None:
    """Print every error the scorer names."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        judge.main(found, gold, verbose=True, quiet=True)
    print(said.getvalue(), end="")
