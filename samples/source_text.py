"""The sample issues' source texts, read strictly.

This reader is not Monitor's: it knows how *our* sources are written and refuses everything else, so that the gold
made from it can judge the real one. A source is a run of blocks between blank lines: masthead, contents, articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

MASTHEAD_BLOCKS = 5
TERMINAL = re.compile(r"[.!?]”?(?: \[\d+\])?$")
LINK_OR_EMPHASIS = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<url>https://[^()\s]+)\)|\*(?P<italic>[^*]+)\*")
NOTE = re.compile(r"\[(?P<n>\d+)\] (?P<text>.+)")


class SourceError(ValueError):
    """A source text is not written the way the samples are written."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set alike: a link with its target, italics, or neither."""

    text: str
    url: str | None = None
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, head or note as runs; `type` is "para", "heading" or "note"."""

    type: str
    runs: tuple[Run, ...]
    n: int | None = None  # a note's number

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the contents; the title in its printed rows."""

    page: int
    rows: tuple[str, ...]
    authors: tuple[str, ...]

    @property
    def title(self) -> str:
        return " ".join(self.rows)


@dataclass(frozen=True, slots=True)
class SourceArticle:
    title: str
    byline: str
    blocks: tuple[Passage, ...]
    bios: tuple[Passage, ...]
    notes: tuple[Passage, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        return names(self.byline)


@dataclass(frozen=True, slots=True)
class SourceIssue:
    publication: str
    tagline: str
    number_line: str
    date: date
    disclaimer: str
    contents: tuple[Entry, ...]
    articles: tuple[SourceArticle, ...]

    @property
    def volume(self) -> str:
        return self.number_line.split()[1]

    @property
    def number(self) -> int:
        return int(self.number_line.split()[-1])


def names(byline: str) -> tuple[str, ...]:
    """Return the people a byline names."""
    return tuple(re.split(r", | and ", byline))


def long_date(day: date) -> str:
    """Return a date as the masthead prints it: "December 15, 2016"."""
    return f"{day:%B} {day.day}, {day.year}"


def runs_of(source: str) -> tuple[Run, ...]:
    r"""Split one line of source into runs; `\$` is a dollar sign."""
    found: list[Run] = []
    at = 0
    for match in LINK_OR_EMPHASIS.finditer(source):
        found.append(Run(_plain(source[at : match.start()])))
        text = match["text"] or match["italic"]
        found.append(Run(_plain(text), url=match["url"], italic=match["italic"] is not None))
        at = match.end()
    found.append(Run(_plain(source[at:])))
    return tuple(run for run in found if run.text)


def _plain(text: str) -> str:
    return text.replace("\\$", "$")


def read_source(text: str) -> SourceIssue:
    """Read a whole source text. Raises SourceError where it leaves the form."""
    blocks = [block.strip("\n") for block in re.split(r"\n\n+", text.strip("\n"))]
    publication, tagline, number_line, day, disclaimer = blocks[:MASTHEAD_BLOCKS]
    contents, rest = _contents(blocks[MASTHEAD_BLOCKS:])
    return SourceIssue(
        publication=publication,
        tagline=tagline,
        number_line=number_line,
        date=datetime.strptime(day, "%B %d, %Y").replace(tzinfo=UTC).date(),
        disclaimer=disclaimer,
        contents=contents,
        articles=_articles(rest, known={name for entry in contents for name in entry.authors}),
    )


def _contents(blocks: list[str]) -> tuple[tuple[Entry, ...], list[str]]:
    entries = []
    while blocks and (page := re.fullmatch(r"p\.(\d+)", blocks[0])):
        rows, byline = tuple(blocks[1].split("\n")), blocks[2]
        entries.append(Entry(int(page[1]), rows, names(byline)))
        blocks = blocks[3:]
    if not entries:
        raise SourceError("the contents are missing")
    return tuple(entries), blocks


def _articles(blocks: list[str], known: set[str]) -> tuple[SourceArticle, ...]:
    """Cut at every title: the block before a byline, which names only people the contents know."""
    starts = [i - 1 for i, block in enumerate(blocks) if set(names(block)) <= known]
    if not starts or starts[0] != 0:
        raise SourceError(f"no title and byline after the contents: {blocks[:1]}")
    ends = [*starts[1:], len(blocks)]
    return tuple(_article(blocks[start:end]) for start, end in zip(starts, ends, strict=True))


def _article(blocks: list[str]) -> SourceArticle:
    title, byline, *body = blocks
    cut = body.index("Notes") if "Notes" in body else len(body)
    people = names(byline)
    text, bios = body[: cut - len(people)], body[cut - len(people) : cut]
    for person, bio in zip(people, bios, strict=True):
        if bio.split()[0] != person.split()[0]:
            raise SourceError(f"{title}: the bio of {person} is missing")
    return SourceArticle(
        title=title,
        byline=byline,
        blocks=tuple(_passage(block) for block in text),
        bios=tuple(Passage("bio", runs_of(bio)) for bio in bios),
        notes=tuple(_note(note) for note in body[cut + 1 :]),
    )


def _passage(source: str) -> Passage:
    if "\n" in source:
        raise SourceError(f"a paragraph is one line: {source[:60]}")
    return Passage("para" if TERMINAL.search(source) else "heading", runs_of(source))


def _note(source: str) -> Passage:
    match = NOTE.fullmatch(source)
    if not match:
        raise SourceError(f"not a note: {source[:60]}")
    return Passage("note", runs_of(match["text"]), n=int(match["n"]))
