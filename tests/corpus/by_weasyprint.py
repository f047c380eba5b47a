"""Issues set by WeasyPrint, from HTML and a style sheet with real columns, footnotes and page counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpus.html_pages import IssueHtml
from tests.corpus.style_sheet import style_sheet
from tests.corpus.typeset import CannotTypeset, Typeset

try:
    from weasyprint import HTML
except OSError as missing:  # Pango is a Debian package, not part of the wheel
    HTML = None
    WHY_NOT = f"WeasyPrint finds no Pango: {missing}"

if TYPE_CHECKING:
    from tests.corpus.issue_model import Issue
    from tests.corpus.layout import Layout


def check(_: Layout) -> None:
    """Do nothing: WeasyPrint sets every layout."""


def typeset(issue: Issue, layout: Layout) -> Typeset:
    """Return the issue set by WeasyPrint. Raises `CannotTypeset` where the system's Pango is missing."""
    if HTML is None:
        raise CannotTypeset(WHY_NOT)
    page = (
        f'<html lang="en"><head><style>{style_sheet(issue, layout, running=True)}</style></head>'
        f"<body>{IssueHtml(issue, layout).body()}</body></html>"
    )
    document = HTML(string=page).render()
    found = {name: number for number, page in enumerate(document.pages, start=1) for name in page.anchors}
    starts = tuple(found[f"a{i}"] for i in range(len(issue.articles)))
    pdf = document.write_pdf()
    return Typeset(pdf, starts, len(document.pages))
