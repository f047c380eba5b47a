"""An issue made up from a seed: masthead, contents, two briefs under their section, long articles."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.corpus import words
from tests.corpus.issue_model import Article, Block, Cited, Entry, Issue, Note, Run, Runs
from tests.corpus.prose import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTION = "Briefs"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is of everything; ranges are (fewest, most)."""

    articles: int = 3
    paragraphs: tuple[int, int] = (10, 16)
    brief_paragraphs: tuple[int, int] = (4, 5)
    sentences: tuple[int, int] = (3, 7)
    notes: tuple[int, int] = (3, 9)
    asides: tuple[str, ...] = ()


FULL = Extent()
SHORT = Extent(articles=2, paragraphs=(5, 7), brief_paragraphs=(3, 4), sentences=(3, 5), notes=(2, 5))


def invented_issue(seed: int, extent: Extent = FULL) -> Issue:
    """Return the issue of a seed; the same seed and extent give the same issue everywhere."""
    chance = random.Random(f"issue {seed}")  # noqa: S311 (test data)
    day = date(2019, 1, 5) + timedelta(days=chance.randrange(0, 1600))
    writer = Writer(chance, day, curly=chance.random() < 0.7)
    publication, tagline = chance.choice(words.PUBLICATIONS)
    titles = _titles(writer, extent.articles + 2)
    editor = writer.person()
    briefs = [_article(writer, "brief", title, (editor,), extent) for title in titles[:2]]
    pieces = [_article(writer, "article", title, _authors(writer, editor), extent) for title in titles[2:]]
    entries = [Entry(SECTION, (editor,), 0)]
    entries += [Entry(piece.title, piece.authors, i) for i, piece in enumerate(pieces, start=2)]
    return Issue(
        publication=publication,
        tagline=tagline,
        volume=chance.choice(words.VOLUMES),
        number=chance.randrange(1, 25),
        date=day,
        contents=tuple(entries),
        articles=(*briefs, *pieces),
    )


def _titles(writer: Writer, count: int) -> list[str]:
    starts = writer.random.sample(words.TITLE_STARTS, count)
    return [
        writer.quoted(f"{start}: {writer.pick(words.TITLE_ENDS)}" if writer.chance(0.7) else start) for start in starts
    ]


def _authors(writer: Writer, editor: str) -> tuple[str, ...]:
    wanted = 2 if writer.chance(0.35) else 1
    found: list[str] = []
    while len(found) < wanted:
        person = writer.person()
        if person not in found and person != editor:
            found.append(person)
    return tuple(found)


def _article(writer: Writer, kind: str, title: str, authors: tuple[str, ...], extent: Extent) -> Article:
    brief = kind == "brief"
    paragraphs = [
        writer.paragraph(writer.random.randint(*extent.sentences), authors[0] if _names_author(writer, i) else None)
        for i in range(writer.random.randint(*(extent.brief_paragraphs if brief else extent.paragraphs)))
    ]
    notes: tuple[Note, ...] = ()
    if not brief:
        if writer.chance(0.4):
            paragraphs[0].insert(0, (Run("A committee of elders was the first to say so."),))
        notes = tuple(_notes(writer, _marked(writer, paragraphs, writer.random.randint(*extent.notes))))
    return Article(
        kind="brief" if brief else "article",
        title=title,
        authors=authors,
        bios=tuple(writer.quoted(f"{person} {writer.pick(words.BIOS)}") for person in authors),
        blocks=tuple(_with_heads(writer, [_joined(sentences) for sentences in paragraphs], brief, extent)),
        notes=notes,
    )


def _names_author(writer: Writer, i: int) -> bool:
    """Return whether a paragraph starts with its author's name, as a bio does; seldom, and never the first."""
    return i > 0 and writer.chance(0.04)


def _joined(sentences: Sequence[Runs]) -> Runs:
    """Return sentences with a space between; equal neighbours become one run."""
    runs: list[Run] = []
    for i, sentence in enumerate(sentences):
        for run in ((Run(" "),) if i else ()) + sentence:
            if runs and runs[-1].marker is None and _plain(run) and _plain(runs[-1]):
                runs[-1] = Run(runs[-1].text + run.text)
            else:
                runs.append(run)
    return tuple(runs)


def _plain(run: Run) -> bool:
    return run == Run(run.text)


def _marked(writer: Writer, paragraphs: list[list[Runs]], wanted: int) -> int:
    """Put markers 1, 2, … after sentences, some before the stop; return how many found a place."""
    places = [(i, j) for i, sentences in enumerate(paragraphs) for j in range(len(sentences))]
    chosen = sorted(writer.random.sample(places, min(wanted, len(places))))
    for n, (i, j) in enumerate(chosen, start=1):
        paragraphs[i][j] = _with_marker(paragraphs[i][j], n, before_stop=writer.chance(0.2))
    return len(chosen)


def _with_marker(sentence: Runs, n: int, *, before_stop: bool) -> Runs:
    last = sentence[-1].text
    if before_stop and last.endswith("."):
        return (*sentence[:-1], Run(last[:-1]), Run("", marker=n), Run("."))
    return (*sentence, Run("", marker=n))


def _with_heads(writer: Writer, paragraphs: list[Runs], brief: bool, extent: Extent) -> list[Block]:
    heads = writer.random.sample(words.HEADS, 4)
    blocks: list[Block] = []
    for i, runs in enumerate(paragraphs):
        if not brief and i and i % 4 == 0 and heads:
            blocks.append(Block("heading", (Run(writer.quoted(heads.pop())),)))
        blocks.append(Block("para", runs))
        if not brief and i < len(paragraphs) - 1 and extent.asides and i % 3 == 1:
            blocks.append(_aside(writer, extent.asides[i // 3 % len(extent.asides)]))
    return blocks


def _aside(writer: Writer, kind: str) -> Block:
    if kind == "table":
        return Block("table", rows=writer.random.choice(words.TABLES))
    if kind == "sidebar":
        title, text = writer.random.choice(words.SIDEBARS)
        return Block("sidebar", (Run(title), Run(f" {text}")))
    if kind == "pullquote":
        return Block(
            "pullquote", (Run(writer.quoted(f"{writer.pick(words.SPEECHES)}, and everyone at the table knew it")),)
        )
    return Block("caption", (Run(writer.quoted(writer.pick(words.CAPTION_TEXTS))),))


def _notes(writer: Writer, count: int) -> list[Note]:
    notes: list[Note] = []
    works: dict[int, str] = {}  # the author of each note that is a source
    last: int | None = None  # the latest note that is no ibid, where it is a source
    for n in range(1, count + 1):
        kind = writer.random.random()
        if last and kind < 0.2:
            notes.append(Note(n, (Run("Ibid."),), resolves_to=last))
            continue
        if works and kind < 0.3:
            notes.append(_short_form(writer, n, works))
            last = None
        elif kind < 0.5:
            notes.append(Note(n, _explanation(writer)))
            last = None
        elif kind < 0.6:
            notes.append(Note(n, _interview(writer)))
            last = None
        else:
            person = _new_person(writer, works)
            notes.append(Note(n, _work(writer, person)))
            works[n] = person
            last = n
    return notes


def _new_person(writer: Writer, works: dict[int, str]) -> str:
    """Return somebody whose surname no earlier source shares, so that a short form can mean one note only."""
    taken = {person.split(" ", 1)[1] for person in works.values()}
    while (person := writer.person()).split(" ", 1)[1] in taken:
        pass
    return person


def _short_form(writer: Writer, n: int, works: dict[int, str]) -> Note:
    meant = writer.random.choice(sorted(works))
    surname = works[meant].split(" ", 1)[1]
    return Note(n, (Run(f"See {surname}, p. {writer.random.randrange(3, 300)}."),), resolves_to=meant)


def _interview(writer: Writer) -> Runs:
    text = f"Author's interview with {writer.person()}, {writer.pick(words.PLACES)}, {writer.printed_date()[0]}."
    return (Run(writer.quoted(text)),)


def _explanation(writer: Writer) -> Runs:
    texts = writer.random.sample(words.EXPLANATIONS, writer.random.choice((1, 1, 2, 3)))
    return (Run(writer.quoted(" ".join(texts))),)


def _work(writer: Writer, person: str) -> Runs:
    publisher = writer.pick(words.PUBLISHERS)
    year = str(writer.day.year - writer.random.randrange(1, 12))
    page = writer.random.randrange(3, 300)
    return (
        Run(f"{person}, "),
        Run(writer.quoted(writer.pick(words.WORKS)), italic=True),
        Run(" ("),
        Run(publisher, cited=Cited(publisher, year, year, inferred=False)),
        Run(f", {year}), pp. {page}-{page + writer.random.randrange(2, 19)}."),
    )


def numbered_through(issue: Issue) -> Issue:
    """Return the issue with its notes numbered through all articles."""
    articles, before = [], 0
    for article in issue.articles:
        articles.append(_renumbered(article, before))
        before += len(article.notes)
    return replace(issue, articles=tuple(articles))


def _renumbered(article: Article, before: int) -> Article:
    def moved(block: Block) -> Block:
        runs = (run if run.marker is None else replace(run, marker=run.marker + before) for run in block.runs)
        return replace(block, runs=tuple(runs))

    notes = (
        replace(note, n=note.n + before, resolves_to=note.resolves_to and note.resolves_to + before)
        for note in article.notes
    )
    return replace(article, blocks=tuple(moved(block) for block in article.blocks), notes=tuple(notes))
