"""The producers by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.corpus import by_chromium, by_reportlab, by_typst, by_weasyprint
from tests.corpus.issue_model import with_links

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.corpus.issue_model import Issue
    from tests.corpus.layout import Layout
    from tests.corpus.typeset import Typeset


def _as_it_is(issue: Issue, _: Layout) -> Issue:
    return issue


@dataclass(frozen=True, slots=True)
class Producer:
    """`check` refuses layouts, `printable` gives an issue as this producer can print it truly, `typeset` sets it."""

    check: Callable[[Layout], None]
    typeset: Callable[[Issue, Layout], Typeset]
    printable: Callable[[Issue, Layout], Issue] = _as_it_is


def _without_misplaced_links(issue: Issue, layout: Layout) -> Issue:
    """Return the issue without links if lines are justified: ReportLab forgets there how far it moved the words."""
    return with_links(issue, lambda _: not layout.justified)


PRODUCERS: dict[str, Producer] = {
    "weasyprint": Producer(by_weasyprint.check, by_weasyprint.typeset),
    "typst": Producer(by_typst.check, by_typst.typeset),
    "reportlab": Producer(by_reportlab.check, by_reportlab.typeset, _without_misplaced_links),
    "chromium": Producer(by_chromium.check, by_chromium.typeset),
}
