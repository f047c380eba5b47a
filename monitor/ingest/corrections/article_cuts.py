"""One article made of two, or two of one: notes go with their markers, a biography with the person it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.corrections.loose_parts import LooseArticle, LooseBlock, Numbered
from monitor.ingest.document import Article, Block
from monitor.ingest.structure.bylines import bio_names, read_byline, same_person
from monitor.ingest.structure.drafts import UNTITLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.corrections.loose_parts import LooseIssue, LooseNote

# What is no longer odd once an article is none.
OF_AN_ARTICLE = frozenset(
    {
        "title_missing",
        "article_not_in_toc",
        "toc_title_differs",
        "toc_author_differs",
        "toc_page_differs",
        "page_start_unknown",
    }
)


def begin_article(
    issue: LooseIssue, index: int, at: int, *, title: str, names: tuple[str, ...], is_line: bool
) -> LooseArticle:
    """Cut article `index` before block `at`; from there on it is an article of its own, which is returned.

    With `is_line` the block is the title and leaves the text, and so does a line of these names below it. Where
    nothing stands before the block, the article that was there gives way: its title is set aside.
    """
    old = issue.articles[index]
    blocks = old.blocks[at:]
    line = blocks[0].text
    page = _page(old, blocks)
    if is_line:
        blocks = blocks[1:]
        if blocks and names and _is_line_of(blocks[0].text, names):
            blocks = blocks[1:]
    facts = Article(kind=old.facts.kind, title=title or line, authors=names, page_start=page)
    new = LooseArticle(facts, blocks, [], touched=True)
    old.blocks, old.touched = old.blocks[:at], True
    if old.blocks:
        old.notes, new.notes = _shared(old.notes, old.blocks, new.blocks)
        _give_bio(old, new)
        issue.articles.insert(index + 1, new)
        return new
    new.notes, new.findings = old.notes, [row for row in old.findings if row.finding.code not in OF_AN_ARTICLE]
    new.facts = replace(facts, bio=old.facts.bio, authors=names or old.facts.authors)
    if old.facts.title != UNTITLED:
        issue.furniture.append(old.facts.title)
    issue.articles[index] = new
    return new


def _page(old: LooseArticle, rest: Sequence[LooseBlock]) -> int | None:
    """Return the printed number of the page where the rest begins: it runs in step with the file's pages."""
    first, then = _first_page(old.blocks), _first_page(rest[:1])
    if old.facts.page_start is None or first is None or then is None:
        return None
    return max(old.facts.page_start + then - first, 0)


def _first_page(blocks: Sequence[LooseBlock]) -> int | None:
    return next((loose.block.regions[0].page for loose in blocks if loose.block.regions), None)


def _is_line_of(text: str, names: tuple[str, ...]) -> bool:
    read = read_byline(text)
    return read is not None and not read.rest and [n.casefold() for n in read.names] == [n.casefold() for n in names]


def _shared(
    notes: Sequence[LooseNote], before: Sequence[LooseBlock], after: Sequence[LooseBlock]
) -> tuple[list[LooseNote], list[LooseNote]]:
    """Return which notes belong to the text before a cut and which after: those whose markers stand there.

    Where a number comes twice the notes are those of two texts, one after the other, and are cut once.
    """
    marked = tuple(frozenset(m.n for loose in blocks for m in loose.markers) for blocks in (before, after))
    numbers = [loose.note.n for loose in notes]
    cut = _best_cut(numbers, *marked)
    if len(set(numbers)) < len(numbers):
        parts = [int(at >= cut) for at in range(len(numbers))]
    else:
        parts = [0 if n in marked[0] else 1 if n in marked[1] else int(at >= cut) for at, n in enumerate(numbers)]
    shares: tuple[list[LooseNote], list[LooseNote]] = ([], [])
    for loose, part in zip(notes, parts, strict=True):
        shares[part].append(loose)
    for share in shares:
        _resolve_within(share)
    return shares


def _best_cut(numbers: Sequence[int], before: frozenset[int], after: frozenset[int]) -> int:
    """Return before which note the second text's begin: most notes have their markers in their own text then.

    Of cuts that are as good, one where the count begins again is best, and then the last: a note without marker
    stays with the note before it.
    """
    above, below = _held(numbers, before), _held(numbers[::-1], after)[::-1]

    def worth(at: int) -> tuple[int, bool, int]:
        return above[at] + below[at], 0 < at < len(numbers) and numbers[at] <= numbers[at - 1], at

    return max(range(len(numbers) + 1), key=worth)


def _held(numbers: Sequence[int], marked: frozenset[int]) -> list[int]:
    """Return of how many markers the first 0, 1, 2 … notes are the notes."""
    found: set[int] = set()
    counts = [0]
    for n in numbers:
        found |= {n} & marked
        counts.append(len(found))
    return counts


def _resolve_within(notes: Sequence[LooseNote]) -> None:
    """Let no note mean one that stands in another article."""
    numbers = {loose.note.n for loose in notes}
    for loose in notes:
        if loose.note.resolves_to is not None and loose.note.resolves_to not in numbers:
            loose.note = replace(loose.note, resolves_to=None)


def _give_bio(old: LooseArticle, new: LooseArticle) -> None:
    """Leave the biography where its person is; it is printed at the end, so that in doubt the second one has it."""
    bio = old.facts.bio
    if bio is None:
        return
    named = bio_names(bio)
    stays = any(same_person(author, name) for author in old.facts.authors for name in named)
    goes = any(same_person(author, name) for author in new.facts.authors for name in named)
    if goes or not stays:
        old.facts, new.facts = replace(old.facts, bio=None), replace(new.facts, bio=bio)


def merge_article(issue: LooseIssue, index: int) -> None:
    """Make article `index` the rest of the one before: its title is a heading there, its authors' line a paragraph."""
    into, gone = issue.articles[index - 1], issue.articles.pop(index)
    facts = gone.facts
    if facts.title.strip() and facts.title != UNTITLED:
        into.blocks.append(LooseBlock(Block("heading", facts.title, level=1)))
    strangers = [name for name in facts.authors if name not in into.facts.authors]
    if strangers:
        into.blocks.append(LooseBlock(Block("para", ", ".join(strangers))))
    into.blocks += gone.blocks
    into.notes += gone.notes
    bios = dict.fromkeys(bio for bio in (into.facts.bio, facts.bio) if bio)
    into.facts = replace(into.facts, bio=" ".join(bios) or None)
    into.findings += [row for row in gone.findings if row.finding.code not in OF_AN_ARTICLE]
    into.touched = True


def settled(findings: Sequence[Numbered], codes: frozenset[str]) -> list[Numbered]:
    """Return the findings without those of these codes."""
    return [row for row in findings if row.finding.code not in codes]
