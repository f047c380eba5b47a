"""An invented issue as plain frozen data: what is said, not yet how it is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

BlockKind = Literal["para", "heading", "caption", "pullquote", "sidebar", "table"]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a printed `SOURCE, DATE` means; it begins with the run that carries it."""

    source: str
    date: str  # as printed
    iso: str | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set alike. A marker has no text of its own: how it is printed is the layout's choice."""

    text: str
    url: str | None = None
    italic: bool = False
    marker: int | None = None
    cited: Cited | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a head or an aside. A sidebar's first run is its title; a table has rows instead of runs."""

    type: BlockKind
    runs: Runs = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is printed, without its label."""

    n: int
    runs: Runs
    resolves_to: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A signed piece; a brief stands under the contents' section."""

    kind: Literal["article", "brief"]
    title: str
    authors: tuple[str, ...]
    bios: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the contents; `article` is the index of the piece it leads to."""

    title: str
    authors: tuple[str, ...]
    article: int


@dataclass(frozen=True, slots=True)
class Issue:
    """A whole issue."""

    publication: str
    tagline: str
    volume: str
    number: int
    date: date
    contents: tuple[Entry, ...]
    articles: tuple[Article, ...]

    @property
    def number_line(self) -> str:
        """The masthead's second line."""
        return f"VOLUME {self.volume} | ISSUE {self.number}"


def printed_text(runs: Iterable[Run], *, superscript: bool) -> str:
    """Return the runs as the contract wants them read: a bracketed marker after a space, a raised one without."""
    return "".join(
        run.text if run.marker is None else f"[{run.marker}]" if superscript else f" [{run.marker}]" for run in runs
    )


def with_links(issue: Issue, kept: Callable[[str], bool]) -> Issue:
    """Return the issue with those of its links alone whose address is kept."""

    def left(runs: Runs) -> Runs:
        return tuple(replace(run, url=run.url if run.url and kept(run.url) else None) for run in runs)

    articles = tuple(
        replace(
            article,
            blocks=tuple(replace(block, runs=left(block.runs)) for block in article.blocks),
            notes=tuple(replace(note, runs=left(note.runs)) for note in article.notes),
        )
        for article in issue.articles
    )
    return replace(issue, articles=articles)


def addresses_of(issue: Issue) -> frozenset[str]:
    """Return the addresses of all its links."""
    printed = [block.runs for article in issue.articles for block in article.blocks]
    printed += [note.runs for article in issue.articles for note in article.notes]
    return frozenset(run.url for runs in printed for run in runs if run.url)
