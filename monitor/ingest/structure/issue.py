"""From printed pieces to an issue: masthead, contents, articles with their heads, bios, notes and citations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.footing import with_own_footnotes
from monitor.ingest.apparatus.issue_dates import infer, reference_of, with_years
from monitor.ingest.apparatus.sources import source_findings
from monitor.ingest.document import Finding, IssueDocument, IssueFacts
from monitor.ingest.findings.article_findings import article_findings, bounded, contents_findings, shortened
from monitor.ingest.findings.confidence import with_confidence
from monitor.ingest.findings.date_findings import date_findings
from monitor.ingest.findings.print_findings import page_findings, with_pages
from monitor.ingest.layout.jump_lines import without_jumps
from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.pieces import NO_PAGES, PageFacts, Piece
from monitor.ingest.refusals import Refusal
from monitor.ingest.structure.articles import build
from monitor.ingest.structure.broken_feet import with_feet_whole
from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.digests import digest_starts
from monitor.ingest.structure.drafts import drafts, stretches, untitled
from monitor.ingest.structure.edge_rows import with_edges_apart
from monitor.ingest.structure.front import is_running, read_front
from monitor.ingest.structure.listing import listing_of
from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.masthead import is_issue_row, read_masthead, with_running_heads
from monitor.ingest.structure.openings import typeset_starts
from monitor.ingest.structure.page_numbers import printed_numbers
from monitor.ingest.structure.paragraphs import Setting, heads_in_small_letters
from monitor.ingest.structure.posts import posts_apart
from monitor.ingest.structure.quoted_sentences import with_quotations_told
from monitor.ingest.structure.run_in_heads import with_run_in_heads
from monitor.ingest.structure.signed_titles import with_signed_titles_apart
from monitor.ingest.structure.starts import find_starts
from monitor.ingest.structure.styles import Body
from monitor.ingest.structure.title_case import recased
from monitor.ingest.structure.typeset_front import read_typeset_front
from monitor.ingest.text_file.furniture import at_edges, without_furniture
from monitor.ingest.text_file.plain_text import BOLD_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.apparatus.issue_dates import Inferred
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.structure.articles import Built
    from monitor.ingest.structure.drafts import Draft
    from monitor.ingest.structure.front import Front
    from monitor.ingest.structure.listing import Listing
    from monitor.ingest.structure.masthead import Masthead

UNKNOWN = "Unknown periodical"
RANKED_HEADS = 2
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Parted:
    """An issue's pieces told apart: masthead rows, contents, articles still in draft, lines without a place."""

    front: Front
    masthead: Masthead
    drafts: tuple[Draft, ...]
    running: tuple[str, ...]  # heads and feet found among the pieces
    left_over: tuple[str, ...]
    furniture: tuple[str, ...]  # every printed line that is in no other place
    guessed: int = 0  # titles that only their bareness shows


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
    a person entered. Raises Refusal where the pieces hold no text at all, ValueError where `issue_date` is none.
    """
    parted = part(pieces, profile, pages)
    listing = listing_of(parted.front.entries, parted.drafts, profile)
    printed = printed_numbers([draft.page for draft in parted.drafts], listing.pages, pages)
    built = [
        build(draft, kind, own or page)
        for draft, kind, own, page in zip(parted.drafts, listing.kinds, printed, listing.pages, strict=True)
    ]
    undated = tuple(each.article for each in built)
    inferred = infer(undated, parted.masthead, profile)
    issue = issue_facts(parted.masthead, inferred, pages, issue_date)
    articles = with_years(undated, reference_of(issue))
    found = (
        *findings,
        *issue_findings(parted),
        *bounded(page_findings(articles, pages)),
        *bounded(date_findings(issue, articles, inferred.suggestion if inferred else None)),
        *bounded(structure_findings(parted, listing, built)),
    )
    return with_confidence(
        IssueDocument(
            issue=issue,
            toc=listing.toc,
            articles=articles,
            findings=tuple(with_pages(found, articles)),
            furniture=tuple(dict.fromkeys((*parted.furniture, *listing.beside))),
        )
    )


def part(pieces: Sequence[Piece], profile: Profile, pages: PageFacts) -> Parted:
    """Tell the parts of an issue apart. Raises Refusal where there is no text."""
    if not any(character.isalnum() for piece in pieces for character in piece.text if piece.aside != "furniture"):
        raise Refusal("no_text", "It holds no text that could be read.")
    pieces = list(without_jumps(posts_apart(pieces)))
    told = tuple(piece.text for piece in pieces if piece.aside == "furniture")
    kept = with_feet_whole([piece for piece in pieces if piece.aside != "furniture"])
    typeset = any(piece.style is not None for piece in kept)
    kept = with_signed_titles_apart(kept) if typeset else kept
    front, rest = read_typeset_front(kept, profile) if typeset else read_front(kept, profile)
    flow, found = without_furniture(rest, (*profile.names(), *front.masthead[:1]))
    flow, heads = at_edges(flow, (*profile.names(), *front.masthead[:2]), pages)
    running = tuple(dict.fromkeys((*told, *found, *heads)))
    if typeset:
        flow = with_edges_apart(with_run_in_heads(with_quotations_told(flow, front.entries)), profile)
    flow, starts = typeset_starts(flow, front, profile) if typeset else find_starts(flow, front, profile)
    starts = starts or digest_starts(flow)
    before = flow[: starts[0].first if starts else len(flow)]
    # Bare lines before the first title are the rest of the masthead; text among them makes them an article.
    asides = tuple(piece for piece in before if piece.aside is not None) if starts else ()
    text_first = any(map(is_running, before)) or (bool(asides) and not typeset)
    loose = tuple(piece for piece in before if piece.aside is None) if starts and not text_first else ()
    rows = (*front.masthead, *(row for piece in loose for row in piece.rows))
    masthead = with_running_heads(read_masthead(rows, profile), (*pages.furniture, *running))
    setting = setting_of(flow)
    names = [name for row in front.author_rows() if (line := read_byline(row)) for name in line.names]
    told_apart = list(stretches(flow, starts))
    if asides and not text_first:
        # A box or a quotation above the first title is the first article's.
        told_apart[0] = replace(told_apart[0], pieces=(*asides, *told_apart[0].pieces))
    articles = [draft for stretch in told_apart for draft in drafts(stretch, profile, setting, names)]
    if before and (text_first or not starts):
        articles.insert(0, untitled(before, profile, setting))
    untaken = [row for row in (*rows, *front.spare) if row not in masthead.taken]
    strays = [row for draft in articles for row in draft.left_over]
    return Parted(
        front=front,
        masthead=masthead,
        drafts=tuple(recased(with_own_footnotes(articles))),
        running=running,
        left_over=(*(row for row in untaken if not is_issue_row(row)), *strays),
        furniture=tuple(dict.fromkeys((*pages.furniture, *running, *untaken, *strays))),
        guessed=sum(start.brief for start in starts),
    )


def setting_of(pieces: Sequence[Piece]) -> Setting:
    """Return what the whole issue says about its lines."""
    ranked = sum(piece.level is not None and piece.level < BOLD_LINE for piece in pieces)
    bare = sum(piece.level is None and piece.aside is None and is_bare(piece.text) for piece in pieces)
    return Setting(
        words=vocabulary(row for piece in pieces for row in (piece.rows or (piece.text,))),
        body=Body.of(pieces),
        sentence_heads=heads_in_small_letters(pieces),
        ranked=ranked >= RANKED_HEADS and ranked * 2 > bare,
    )


def issue_facts(masthead: Masthead, inferred: Inferred | None, pages: PageFacts, issue_date: str | None) -> IssueFacts:
    """Return what is known of the issue: an entered date before a printed one, that before an inferred one."""
    facts = IssueFacts(
        publication=masthead.publication or UNKNOWN,
        tagline=masthead.tagline,
        volume=masthead.volume,
        number=masthead.number,
        pages=pages.count,
        page_sizes=pages.sizes,
    )
    if issue_date is not None:
        return replace(facts, date=date.fromisoformat(issue_date).isoformat(), date_basis="entered")
    if masthead.date is not None:
        return replace(facts, date=masthead.date, date_basis="printed")
    if masthead.month is not None:
        return replace(facts, date_basis="printed", date_range=masthead.month)
    if inferred is not None:
        first, last = inferred.range
        return replace(facts, date_basis="inferred", date_range=(first.isoformat(), last.isoformat()))
    return facts


def issue_findings(parted: Parted) -> Iterator[Finding]:
    """Yield what is odd about the issue's first lines and its running heads."""
    if parted.masthead.publication is None:
        yield Finding("masthead_missing", "The name of the periodical was not found.")
    if parted.guessed:
        message = f"Nobody signs the pieces of this issue and no contents list them; {parted.guessed} lines were read as titles."
        yield Finding("titles_guessed", message)
    if parted.running:
        named = ", ".join(f'"{shortened(row)}"' for row in parted.running[:MOST_NAMED])
        yield Finding("furniture_dropped", f"Running heads and page numbers were left out: {named}.", severity="info")
    if parted.left_over:
        named = ", ".join(f'"{shortened(row)}"' for row in parted.left_over[:MOST_NAMED])
        yield Finding("text_left_over", f"Lines that belong to no article were set aside: {named}.", severity="info")


def structure_findings(parted: Parted, listing: Listing, built: Sequence[Built]) -> Iterator[Finding]:
    """Yield what is odd in contents, articles and sources."""
    articles = [each.article for each in built]
    yield from contents_findings(listing, articles)
    for index, (each, draft) in enumerate(zip(built, parted.drafts, strict=True)):
        yield from article_findings(index, each, draft)
    yield from source_findings(articles)
