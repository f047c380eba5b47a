"""Which issues are set by which producers, and drawn from which seeds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.held_apart import houses
from tests.held_apart.drawn_links import with_plain_links, without_lost_links
from tests.held_apart.gold import gold_of
from tests.held_apart.makers import chromium, groff, latex, libreoffice, reportlab_pages, typst_pages
from tests.held_apart.setting import Pages, settled
from tests.held_apart.writing import drawn, numbered_through

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.held_apart.matter import House, Issue

BESIDE_THE_REQUIREMENTS = ("reportlab", "typst")  # producers that come with requirements-dev.txt


@dataclass(frozen=True, slots=True)
class Document:
    """A named issue of a house, set by one producer in one layout."""

    name: str  # begins with the producer
    house: House
    make: Callable[[Issue, Pages], bytes]
    articles: int = 3
    briefs: int = 0
    paragraphs: int = 7
    numbers_run_on: bool = False
    furniture: tuple[str, ...] = ()  # what the layout prints beside the house's running heads

    @property
    def producer(self) -> str:
        return self.name.split("-", maxsplit=1)[0]

    def issue(self, seed: int) -> Issue:
        """Return the matter that a seed gives."""
        issue = drawn(self.house, seed, articles=self.articles, briefs=self.briefs, paragraphs=self.paragraphs)
        issue = reportlab_pages.western(issue) if self.producer in ("reportlab", "groff") else issue
        issue = replace(issue, furniture=self.furniture)
        return numbered_through(issue) if self.numbers_run_on else issue

    def set(self, seed: int) -> tuple[bytes, dict[str, Any]]:
        """Return the PDF and its gold. Raises ProducerMissingError."""
        issue = self.issue(seed)
        done = settled(issue, self.make)
        gold = gold_of(issue, done.pages)
        return done.pdf, without_lost_links(gold, done.pdf) if self.producer == "chromium" else with_plain_links(gold)


DOCUMENTS = (
    Document("chromium-tabloid", houses.SLUICE, partial(chromium.pages_of, "tabloid"), articles=4),
    Document("chromium-triple", houses.HINTERLAND, partial(chromium.pages_of, "triple"), paragraphs=9),
    Document("typst-review", houses.LOCKKEEPER, partial(typst_pages.pages_of, "review")),
    Document("typst-papers", houses.TIDEWAY, partial(typst_pages.pages_of, "papers"), numbers_run_on=True),
    Document("reportlab-bands", houses.QUAYSIDE, partial(reportlab_pages.pages_of, "bands"), articles=6, paragraphs=4),
    Document(
        "reportlab-frames",
        houses.MERCATOR,
        partial(reportlab_pages.pages_of, "frames"),
        briefs=2,
        furniture=("Continued from page",),
    ),
    Document("latex-letter", houses.FLUVIAL, partial(latex.pages_of, "letter")),
    Document("latex-quarterly", houses.SOUNDINGS, partial(latex.pages_of, "quarterly")),
    Document("latex-gazette", houses.GAZETTE, partial(latex.pages_of, "gazette"), briefs=3),
    Document("groff-review", houses.WEIR, partial(groff.pages_of, "review")),
    Document("groff-report", houses.BARGE, partial(groff.pages_of, "report")),
    Document("libreoffice-digest", houses.DELTA, partial(libreoffice.pages_of, "digest"), briefs=2),
    Document("libreoffice-papers", houses.ESTUARY, partial(libreoffice.pages_of, "papers")),
)
