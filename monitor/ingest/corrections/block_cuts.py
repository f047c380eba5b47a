"""One block made of two, or two of one: every marker, citation, link, finding and region goes along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from monitor.ingest.apparatus.citations import read_citations
from monitor.ingest.apparatus.issue_dates import with_year
from monitor.ingest.corrections.loose_parts import LooseBlock, Numbered
from monitor.ingest.corrections.region_cuts import healed, parted
from monitor.ingest.pieces import Piece, PieceLink
from monitor.ingest.structure.articles import citations_of
from monitor.ingest.text_file.splicing import cut, cut_origin, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ingest.apparatus.issue_dates import Range
    from monitor.ingest.corrections.correction import Joint
    from monitor.ingest.document import Block, Citation, Finding, Link, Region

    Spanned = TypeVar("Spanned", Citation, Link)

HYPHENS = "-\u2010\u00ad"


def split_block(loose: LooseBlock, at: int) -> tuple[LooseBlock, LooseBlock] | None:
    """Return the two blocks that a cut at code point `at` makes; the blank at the cut goes.

    None where there is nothing on one side, or where the cut would go through a marker. A citation or finding that
    is cut through is no more; a link goes on in both halves.
    """
    text = loose.text
    end = len(text[:at].rstrip())
    begin = at + len(text[at:]) - len(text[at:].lstrip())
    if not 0 < end <= begin < len(text):
        return None
    if any(m.offset < begin and m.offset + len(f"[{m.n}]") > end for m in loose.markers):
        return None
    before, after = parted(loose.block.regions, begin / len(text))
    halves = (_half(loose, 0, end, before), _half(loose, begin, len(text), after))
    for row in loose.findings:
        half = halves[1] if row.finding.start is not None and row.finding.start >= begin else halves[0]
        half.findings.append(_moved(row, -begin if half is halves[1] else 0, len(half.text)))
    return halves


def _half(loose: LooseBlock, start: int, end: int, regions: tuple[Region, ...]) -> LooseBlock:
    block = replace(
        loose.block,
        text=loose.text[start:end],
        regions=regions,
        origin=cut_origin(loose.block.origin, start, end),
        rows=(),
    )
    return LooseBlock(
        block,
        markers=[replace(m, offset=m.offset - start) for m in loose.markers if start <= m.offset < end],
        citations=[_shifted(c, -start) for c in loose.citations if start <= c.start and c.end <= end],
        links=[_clipped(link, start, end, loose.text) for link in loose.links if _touches(link, start, end)],
    )


def _touches(link: Link, start: int, end: int) -> bool:
    return start <= link.start <= end if link.start == link.end else link.start < end and link.end > start


def _clipped(link: Link, start: int, end: int, text: str) -> Link:
    low, high = max(link.start, start), min(link.end, end)
    return replace(link, text=text[low:high], start=low - start, end=high - start)


def _shifted(span: Spanned, by: int) -> Spanned:
    return replace(span, start=span.start + by, end=span.end + by)


def _moved(row: Numbered, by: int, length: int) -> Numbered:
    """Return a finding whose place moves by `by` and stays inside a text of `length`."""

    def to(place: int | None) -> int | None:
        return None if place is None else min(max(place + by, 0), length)

    finding: Finding = row.finding
    return Numbered(row.at, replace(finding, start=to(finding.start), end=to(finding.end)))


def join_blocks(first: LooseBlock, second: LooseBlock, joint: Joint, reference: Range | None) -> LooseBlock:
    """Return both blocks as one of the first one's type; a citation that the break had cut is read.

    `reference` is when the issue appeared, for a year that such a citation leaves out.
    """
    ends_cut = first.text.endswith(tuple(HYPHENS))
    dropped = int(joint == "drop" and ends_cut)
    left = cut(_piece(first), 0, len(first.text) - dropped)
    between = "" if dropped or (joint != "space" and (ends_cut or first.text.endswith("/"))) else " "
    whole = join([left, _piece(second)], [between])
    edge, by = len(left.text), len(left.text) + len(between)
    block = replace(
        first.block,
        text=whole.text,
        regions=healed(first.block.regions, second.block.regions),
        lines=whole.lines,
        origin=whole.origin,
        rows=(*first.block.rows, *second.block.rows) if first.block.rows and second.block.rows else (),
    )
    joined = LooseBlock(
        block,
        markers=[*first.markers, *(replace(m, offset=m.offset + by) for m in second.markers)],
        citations=[*(c for c in first.citations if c.end <= edge), *(_shifted(c, by) for c in second.citations)],
        links=[
            *(_clipped(link, 0, edge, whole.text) for link in first.links),
            *(_shifted(link, by) for link in second.links),
        ],
        findings=[
            *(_moved(row, 0, len(whole.text)) for row in first.findings),
            *(_moved(row, by, len(whole.text)) for row in second.findings),
        ],
    )
    joined.citations = sorted([*joined.citations, *_read_over(joined, edge, by, reference)], key=lambda c: c.start)
    return joined


def _piece(loose: LooseBlock) -> Piece:
    block: Block = loose.block
    return Piece(block.text, (), lines=block.lines, origin=block.origin)


def _read_over(joined: LooseBlock, edge: int, begin: int, reference: Range | None) -> Iterator[Citation]:
    """Yield the citations that stand over the joint and were none before."""
    links = tuple(PieceLink(link.start, link.end, link.url or "") for link in joined.links)
    members = [m for m in read_citations(joined.text, links).members if m.start < begin and m.end > edge]
    for citation in citations_of(members, Piece(joined.text, (), links=links), block=0):
        if not any(c.start < citation.end and c.end > citation.start for c in joined.citations):
            yield with_year(citation, reference)
