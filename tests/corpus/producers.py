"""The producers by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpus import by_typst, by_weasyprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.corpus.issue_model import Issue
    from tests.corpus.layout import Layout
    from tests.corpus.typeset import Typeset

PRODUCERS: dict[str, Callable[[Issue, Layout], Typeset]] = {
    "weasyprint": by_weasyprint.typeset,
    "typst": by_typst.typeset,
}
