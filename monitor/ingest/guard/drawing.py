"""Pages of a PDF as pictures, drawn by a guarded child: the caller never parses."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from monitor.ingest.guard.one_child import crashed, heard
from monitor.ingest.guard.pictures import DrawnPage, Picture
from monitor.ingest.guard.sandbox import child_task, inspect_file
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    from monitor.ingest.guard.limits import Limits
    from monitor.ingest.guard.pictures import Drawing

MOST_DEATHS = 3  # of children over pages of one file
PAGE_CPU = 10.0  # seconds of computing for one page; an honest one at 300 dpi takes less than one
HONEST_PAGE_CPU = 2.0  # of one page among many
NOT_TRIED = f"Page {{}} was not drawn: {MOST_DEATHS} pages of this file could not be."


def drawn_pages(
    path: Path, *, drawings: Sequence[Drawing], limits: Limits, pages: Iterable[int] | None = None
) -> Generator[DrawnPage]:
    """Draw the pages of a PDF (all, or those of `pages`, physical numbers from 1), in rising order, one at a time.

    A page that cannot be drawn, or on which the child dies, is yielded without pictures; the others go on in another
    child, a few times. Raises `Refusal` where the file as a whole cannot be opened. What the caller does between two
    pages costs the child nothing. Wrap it in `contextlib.closing`, so that leaving early ends the child at once.
    """
    facts = inspect_file(path, name=path.name, limits=limits)
    if facts.kind != "pdf":
        raise Refusal("not_a_pdf", "It is not a PDF: only its pages can be drawn.")
    costs = replace(limits, cpu_seconds=min(limits.cpu_seconds, PAGE_CPU), cpu_per_page=HONEST_PAGE_CPU)
    wanted = sorted(set(pages)) if pages is not None else None
    task = child_task("draw", path, facts, costs) | {"drawings": [asdict(drawing) for drawing in drawings]}
    stage = _Stage(wanted, len(drawings), limits.pages)
    for _ in range(MOST_DEATHS):
        try:
            with closing(heard(task | {"pages": wanted, "after": stage.last}, costs, page_by_page=True)) as child:
                for said in child:
                    yield from stage.take(said.line, said.data)
        except Refusal as refusal:
            if not stage.page:
                if refusal.code == "crashed":
                    raise Refusal("undrawable", "It needs too much memory to be drawn, or is damaged.") from refusal
                raise
            yield stage.lost(f"Page {stage.page} cannot be drawn: {_why(refusal, costs)}")
        else:
            return
    yield from stage.rest()


def _why(refusal: Refusal, costs: Limits) -> str:
    """Return what the death of a child means. pdfium ends itself by a signal where memory is refused to it."""
    if refusal.code == "too_slow":
        return f"it takes more than {costs.cpu_seconds:g} seconds of computing."
    return "it needs too much memory, or is damaged."


class _Stage:
    """What the child is at: puts pages together, and knows which one it died on."""

    def __init__(self, wanted: list[int] | None, each: int, most: int) -> None:
        self.page = 0  # being drawn
        self.last = 0  # drawn or lost
        self._total = 0
        self._wanted, self._each, self._most = wanted, each, most
        self._pictures: list[Picture] = []
        self._failure = ""

    def take(self, line: dict[str, Any], data: bytes) -> Generator[DrawnPage]:
        """Take one line in; yield the page it completes."""
        match line:
            case {"pages": int(total)}:
                self._total = min(total, self._most)
            case {"page": int(number)} if self.last < number <= self._total:
                self.page, self._pictures, self._failure = number, [], ""
            case {"picture": {"width": int(width), "height": int(height)}} if len(self._pictures) < self._each:
                self._pictures.append(Picture(width, height, data))
            case {"failed": str(why)}:
                self._failure = why[:400]
            case {"drawn": int(number)} if number == self.page:
                yield self._complete()
            case _:
                raise crashed()

    def _complete(self) -> DrawnPage:
        if len(self._pictures) < self._each:
            return self.lost(self._failure or str(crashed()))
        self.page, self.last = 0, self.page
        return DrawnPage(self.last, self._total, tuple(self._pictures))

    def lost(self, why: str) -> DrawnPage:
        """Return the page that could not be drawn, or on which the child died."""
        self.page, self.last = 0, self.page
        return DrawnPage(self.last, self._total, failure=why)

    def rest(self) -> Generator[DrawnPage]:
        """Yield what is not tried any more."""
        wanted = self._wanted if self._wanted is not None else range(1, self._total + 1)
        for number in wanted:
            if self.last < number <= self._total:
                yield DrawnPage(number, self._total, failure=NOT_TRIED.format(number))
