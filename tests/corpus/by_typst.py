"""Issues set by Typst, with the fonts inside its wheel and those of the system."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from samples.source_text import long_date
from tests.corpus.typeset import CannotTypeset, Typeset, running_heads

if TYPE_CHECKING:
    from tests.corpus.issue_model import Issue
    from tests.corpus.layout import Layout

TEMPLATE = Path(__file__).with_name("periodical.typ")


def check(layout: Layout) -> None:
    """Raise `CannotTypeset` for what Typst has no way to set."""
    if layout.columns > 1 and layout.titles == "spanning" and layout.starts == "flow":
        raise CannotTypeset("Typst balances no columns")


def typeset(issue: Issue, layout: Layout) -> Typeset:
    """Return the issue set by Typst. Raises `CannotTypeset` for bands, since Typst balances no columns."""
    check(layout)
    inputs = {"issue": json.dumps(_for_template(issue, layout)), "look": json.dumps(_look(layout))}
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs=inputs)
    pdf = compiler.compile(
        format="pdf", timestamp=datetime(issue.date.year, issue.date.month, issue.date.day, tzinfo=UTC)
    )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no PDF")
    starts = json.loads(compiler.query("<starts>", field="value"))
    (pages,) = json.loads(compiler.query("<ends>", field="value"))
    return Typeset(pdf, tuple(starts), pages)


def _look(layout: Layout) -> dict[str, Any]:
    # Half of the looks take the font's own small raised digits, the others scaled ones.
    return asdict(layout) | {"font-superscripts": layout.columns % 2 == 0}


def _for_template(issue: Issue, layout: Layout) -> dict[str, Any]:
    data = asdict(issue) | {
        "date": None,
        "number-line": issue.number_line,
        "date-line": long_date(issue.date),
        "heads": running_heads(issue, layout),
    }
    for entry in (*data["contents"], *data["articles"]):
        entry["byline"] = " and ".join(entry["authors"])
    return data
