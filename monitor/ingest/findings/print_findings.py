"""What a person should look at in the print itself: letters no font names, pages without text, where findings stand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.document import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.ingest.document import Article, Block, Note
    from monitor.ingest.pieces import PageFacts

# pdfminer's name for a glyph without letters, the replacement character, private use, control characters.
SUSPICIOUS = re.compile("\\(cid:\\d{1,6}\\)|[\ufffd\ue000-\uf8ff\u0080-\u009f]")
SHOWN = 3


def character_findings(index: int, article: Article) -> Iterator[Finding]:
    """Yield a finding for each block and note that holds characters which no reader can have meant."""
    parts: list[tuple[str, int | None, int | None]] = [
        (article.title, None, None),
        (article.bio or "", None, None),
        *((block.text, k, None) for k, block in enumerate(article.blocks)),
        *((note.text, None, note.n) for note in article.notes),
    ]
    for text, block, note in parts:
        found = list(SUSPICIOUS.finditer(text))
        if found:
            signs = ", ".join(dict.fromkeys(said(match.group()) for match in found[:SHOWN]))
            message = f"{len(found)} characters that belong to no text: {signs}."
            first, last = found[0].start(), found[0].end()
            yield Finding("suspicious_characters", message, index, block=block, note=note, start=first, end=last)


def said(sign: str) -> str:
    """Return a character as a finding names it."""
    return sign if sign.startswith("(") else f"U+{ord(sign):04X}"


def page_findings(articles: Sequence[Article], pages: PageFacts) -> Iterator[Finding]:
    """Yield the pages after the first article's start on which nothing of any article stands."""
    taken = {page for article in articles for part in parts_of(article) for page in pages_of(part)}
    if not taken or pages.count is None:
        return
    for page in range(min(taken), pages.count + 1):
        if page not in taken:
            yield Finding("page_unusual", f"No article's text was found on page {page}.", page=page)


def parts_of(article: Article) -> list[Block | Note]:
    """Return an article's blocks and notes."""
    return [*article.blocks, *article.notes]


def pages_of(part: Block | Note) -> Iterator[int]:
    """Yield the physical pages that a block or note touches."""
    return (region.page for region in part.regions)


def with_pages(findings: Iterable[Finding], articles: Sequence[Article]) -> Iterator[Finding]:
    """Yield the findings with the page of the block or note, else of the article, that each is about."""
    for finding in findings:
        page = finding.page or place_of(finding, articles)
        yield replace(finding, page=page) if page != finding.page else finding


def place_of(finding: Finding, articles: Sequence[Article]) -> int | None:
    """Return the physical page a finding is about, None where that is not known."""
    if finding.article is None or finding.article >= len(articles):
        return None
    article = articles[finding.article]
    parts: list[Block | Note] = []
    if finding.block is not None and finding.block < len(article.blocks):
        parts.append(article.blocks[finding.block])
    elif finding.note is not None:
        parts += (note for note in article.notes if note.n == finding.note)
    else:
        parts += article.blocks[:1]
    return next((page for part in parts for page in pages_of(part)), None)
