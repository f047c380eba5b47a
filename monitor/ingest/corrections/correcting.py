"""Making a person's corrections in a reading: each finds its place by its words, or is told to have found none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.issue_dates import reference_of
from monitor.ingest.apparatus.markers import markers_of
from monitor.ingest.corrections.article_cuts import begin_article, merge_article, settled
from monitor.ingest.corrections.block_cuts import join_blocks, split_block
from monitor.ingest.corrections.loose_parts import Numbered, put_together, taken_apart
from monitor.ingest.corrections.places import Flow, article_like, articles_at, is_set_aside, offset_in, squeezed
from monitor.ingest.findings.article_findings import numbering_findings
from monitor.ingest.structure.contents import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.corrections.correction import Correction, Joint, Target
    from monitor.ingest.corrections.loose_parts import LooseArticle, LooseBlock, LooseIssue, LooseNote
    from monitor.ingest.corrections.places import Place
    from monitor.ingest.document import BlockType, IssueDocument

# Kinds of block that stand beside the text: a paragraph goes on over them.
BESIDE = frozenset({"caption", "pullquote", "sidebar", "table"})
NUMBERING = frozenset({"note_without_marker", "marker_without_note", "marker_repeated", "notes_not_consecutive"})
# What a correction settles, by the code of the finding.
BY_TITLE = frozenset({"title_missing", "toc_title_differs"})
BY_AUTHORS = frozenset({"author_bio_name_differs", "toc_author_differs"})
BY_SPLIT = frozenset({"paragraph_rejoined", "hyphen_guessed"})
BY_TYPE = frozenset({"table_flattened"})
STAYING = frozenset(".,;:!?)]}/-\u2010\u2013\u2014\u00ad\u2019\u201d")  # signs that stay with the word before them
LAST = 10**9  # findings made here stand after those of the reading


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected reading, and the indices of the corrections that found no place in it."""

    document: IssueDocument
    lost: tuple[int, ...] = ()


def corrected(document: IssueDocument, corrections: Sequence[Correction]) -> Corrected:
    """Return the document with the corrections made, in their order.

    One whose change is there already, made by an earlier pass or by a better parser, changes nothing and counts as
    found. Nothing printed vanishes: what leaves the blocks becomes title, author, biography or furniture.
    """
    if not corrections:
        return Corrected(document)
    issue = taken_apart(document)
    lost = tuple(index for index, correction in enumerate(corrections) if not _make(issue, correction))
    _count_again(issue)
    return Corrected(put_together(issue), lost)


def _make(issue: LooseIssue, correction: Correction) -> bool:
    """Make one correction; return whether its place was found."""
    return {
        "title": _title,
        "authors": _authors,
        "kind": _kind,
        "goes_on": _goes_on,
        "begins": _begins,
        "join": _join,
        "split": _split,
        "type": _type,
    }[correction.kind](issue, correction)


# -- Articles ----------------------------------------------------------------------------------------------------------
def _article(issue: LooseIssue, target: Target) -> LooseArticle | None:
    found = articles_at(issue.articles, target)
    index = found[min(target.ordinal, len(found) - 1)] if found else article_like(issue.articles, target)
    return issue.articles[index] if index is not None else None


def _title(issue: LooseIssue, correction: Correction) -> bool:
    article = _article(issue, correction.target) or _called(issue, correction.text)
    if article is None:
        return False
    article.facts = replace(article.facts, title=correction.text)
    article.findings = settled(article.findings, BY_TITLE)
    listed = {folded(entry.title) for entry in issue.document.toc}
    if folded(correction.text) in listed:
        article.findings = settled(article.findings, frozenset({"article_not_in_toc"}))
        said = f'"{folded(correction.text)}"'
        issue.findings = [
            row
            for row in issue.findings
            if row.finding.code != "toc_entry_unmatched" or said not in folded(row.finding.message)
        ]
    return True


def _called(issue: LooseIssue, title: str) -> LooseArticle | None:
    """Return the article that bears the corrected title already, its opening words having changed as well."""
    return next((article for article in issue.articles if squeezed(article.facts.title) == squeezed(title)), None)


def _authors(issue: LooseIssue, correction: Correction) -> bool:
    article = _article(issue, correction.target)
    if article is None:
        return False
    article.facts = replace(article.facts, authors=correction.names)
    article.findings = settled(article.findings, BY_AUTHORS)
    return True


def _kind(issue: LooseIssue, correction: Correction) -> bool:
    article = _article(issue, correction.target)
    if article is None:
        return False
    article.facts = replace(article.facts, kind=correction.text)
    return True


def _goes_on(issue: LooseIssue, correction: Correction) -> bool:
    """Merge an article with the one before; one whose title is a line of the text already is merged."""
    target = correction.target
    found = articles_at(issue.articles, target)
    index = found[min(target.ordinal, len(found) - 1)] if found else None
    if index is not None and _opens_so(issue.articles[index], target):
        if index == 0:
            return False
        merge_article(issue, index)
        return True
    if any(place.block is not None for place in Flow(issue.articles).find(target)):
        return True
    index = article_like(issue.articles, target)
    if not index:
        return False
    merge_article(issue, index)
    return True


def _opens_so(article: LooseArticle, target: Target) -> bool:
    """Return whether it is this very article: its title may be another's as well ("Briefs")."""
    opening = squeezed(target.after)
    text = "".join(squeezed(loose.text) for loose in article.blocks[: len(target.after) + 1])
    return text.startswith(opening) if opening else True


def _begins(issue: LooseIssue, correction: Correction) -> bool:
    place = _place(issue, correction.target)
    if place is None:
        return is_set_aside(issue, correction.target)
    title, names = correction.text, correction.names
    if place.block is None:
        _name(issue.articles[place.article], title, names)
        return True
    first, last = _isolated(issue, place, correction.target.length if correction.is_line else 0)
    if first is None:
        return False
    article = issue.articles[place.article]
    if not correction.is_line and first == 0 and squeezed(article.facts.title) == squeezed(title):
        _name(article, title, names)
        return True
    if correction.is_line and last - first > 1:
        _fuse(issue, place.article, first, last)
    begin_article(issue, place.article, first, title=title, names=names, is_line=correction.is_line)
    return True


def _name(article: LooseArticle, title: str, names: tuple[str, ...]) -> None:
    facts = article.facts
    article.facts = replace(facts, title=title or facts.title, authors=names or facts.authors)


def _fuse(issue: LooseIssue, index: int, first: int, last: int) -> None:
    """Make one line of a title that a later parser leaves in several."""
    article = issue.articles[index]
    while last - first > 1:
        above, below = article.blocks[first : first + 2]
        article.blocks[first : first + 2] = [join_blocks(above, below, "keep", None)]
        last -= 1


# -- Blocks ------------------------------------------------------------------------------------------------------------
def _place(issue: LooseIssue, target: Target) -> Place | None:
    """Return where a target's words stand; None where they do not, or only in words that were set aside since."""
    places = Flow(issue.articles).find(target)
    if not places:
        return None
    place = places[min(target.ordinal, len(places) - 1)]
    return None if not place.sure and is_set_aside(issue, target) else place


def _isolated(issue: LooseIssue, place: Place, length: int) -> tuple[int | None, int]:
    """Cut the blocks so that one begins at a place and, with a `length`, one ends that many letters later.

    Returns the first block and the one after the last. The first is None where no cut can be made.
    """
    article, first = issue.articles[place.article], place.block or 0
    if not squeezed(article.blocks[first].text):
        return first, first + 1
    if place.letters:
        if not _cut(article, first, place.letters):
            return None, 0
        first += 1
    last, left = first, length
    while length and left > 0 and last < len(article.blocks):
        letters = len(squeezed(article.blocks[last].text))
        if letters > left and not _cut(article, last, left):
            return None, 0
        left -= letters
        last += 1
    return first, max(last, first + 1)


def _cut(article: LooseArticle, at: int, letters: int) -> bool:
    """Cut a block after so many letters; stops and quotation marks stay with the words they stand at."""
    text = article.blocks[at].text
    offset = offset_in(text, letters)
    while offset and not text[offset - 1].isspace() and not text[offset - 1].isalnum():
        if text[offset - 1] in STAYING:
            break
        offset -= 1
    halves = split_block(article.blocks[at], offset)
    if halves is None:
        return False
    article.blocks[at : at + 1] = halves
    return True


def _join(issue: LooseIssue, correction: Correction) -> bool:
    """Join a paragraph with the one before, over what stands beside the text between them."""
    place = _place(issue, correction.target)
    if place is None or place.block is None:
        return False
    if place.letters:
        return True
    blocks = issue.articles[place.article].blocks
    passes = blocks[place.block].block.type not in BESIDE
    before = next((k for k in range(place.block - 1, -1, -1) if not (passes and blocks[k].block.type in BESIDE)), None)
    if before is None:
        return False
    joint: Joint = correction.text  # type: ignore[assignment]  # checked where the correction was made
    joined = join_blocks(blocks[before], blocks[place.block], joint, reference_of(issue.document.issue))
    del blocks[place.block]
    blocks[before] = joined
    return True


def _split(issue: LooseIssue, correction: Correction) -> bool:
    place = _place(issue, correction.target)
    if place is None or place.block is None:
        return False
    if not place.letters:
        return True
    article = issue.articles[place.article]
    if not _cut(article, place.block, place.letters):
        return False
    for loose in article.blocks[place.block : place.block + 2]:
        loose.findings = settled(loose.findings, BY_SPLIT)
    return True


def _type(issue: LooseIssue, correction: Correction) -> bool:
    """Give the words of a block a type; where a later parser joined them with others, they are cut out first."""
    place = _place(issue, correction.target)
    if place is None or place.block is None:
        return is_set_aside(issue, correction.target)
    first, last = _isolated(issue, place, max(correction.target.length, 1))
    if first is None:
        return False
    article = issue.articles[place.article]
    if correction.text not in {"furniture", "bio"}:
        for loose in article.blocks[first:last]:
            _retype(loose, correction.text)  # type: ignore[arg-type]  # checked where the correction was made
        return True
    texts = [loose.text for loose in article.blocks[first:last]]
    article.touched |= any(loose.markers for loose in article.blocks[first:last])
    del article.blocks[first:last]
    if correction.text == "furniture":
        issue.furniture += texts
    else:
        article.facts = replace(article.facts, bio=" ".join(filter(None, (article.facts.bio, *texts))))
    return True


def _retype(loose: LooseBlock, to: BlockType) -> None:
    block = loose.block
    if block.type == to:
        return
    if block.type == "table":
        # Numbers in brackets are no markers in a table, elsewhere they are.
        loose.markers = list(markers_of([replace(block, type=to)]))
    level = (block.level or 1) if to == "heading" else None
    loose.block = replace(block, type=to, level=level, rows=block.rows if to == "table" else ())
    loose.findings = settled(loose.findings, BY_TYPE)


# -- Findings ----------------------------------------------------------------------------------------------------------
def _count_again(issue: LooseIssue) -> None:
    """Make the findings about the numbers of notes anew where notes or markers came or went."""
    touched = [index for index, article in enumerate(issue.articles) if article.touched]
    if not touched:
        return
    for index in touched:
        article = issue.articles[index]
        holders: list[LooseArticle | LooseBlock | LooseNote] = [article, *article.blocks, *article.notes]
        for holder in holders:
            holder.findings = settled(holder.findings, NUMBERING)
    articles = put_together(issue).articles
    for index in touched:
        for finding in numbering_findings(index, articles[index]):
            home = issue.articles[index]
            place = home.blocks[finding.block].findings if finding.block is not None else home.findings
            place.append(Numbered(LAST, finding))
