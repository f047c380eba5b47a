"""From printed pieces to an issue: masthead, contents, articles with their heads, bios, notes and citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.document import Article, Block, Finding, IssueDocument, IssueFacts
from monitor.ingest.pieces import NO_PAGES, PageFacts, Piece
from monitor.ingest.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.periodicals import Profile


def issue_from_pieces(
    pieces: Sequence[Piece],
    *,
    profile: Profile,
    pages: PageFacts = NO_PAGES,
    findings: Sequence[Finding] = (),
    issue_date: str | None = None,
) -> IssueDocument:
    """Return the issue that the pieces print, in reading order.

    `findings` are those of the file reader and come first in the result; `issue_date` (YYYY-MM-DD) is a date that
    a person entered. Raises Refusal where the pieces hold no text at all.
    """
    texts = [piece for piece in pieces if piece.text]
    if not texts:
        raise Refusal("no_text", "It holds no text.")
    blocks = tuple(
        Block(type="para", text=piece.text, regions=piece.regions, lines=piece.lines, origin=piece.origin)
        for piece in texts[1:]
    )
    facts = IssueFacts(
        publication=profile.name or texts[0].text, pages=pages.count, page_sizes=pages.sizes, date=issue_date
    )
    return IssueDocument(
        issue=facts,
        articles=(Article(kind="article", title=texts[0].text, blocks=blocks),),
        findings=tuple(findings),
        furniture=pages.furniture,
    )
