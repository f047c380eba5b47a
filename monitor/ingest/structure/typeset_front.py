"""The front of a typeset issue: its masthead's rows and its contents, told by where pages stand and how lines look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.dates import find_dates
from monitor.ingest.structure.contents import Row, joined, page_of
from monitor.ingest.structure.front import FOLIO, Front, masthead_end, rows_of
from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.masthead import LONGEST_NAME, NUMBER, VOLUME, is_issue_row
from monitor.ingest.structure.printed_contents import entries_of, find_zone, mended_rows
from monitor.ingest.structure.side_by_side import parted_columns
from monitor.ingest.structure.styles import Body
from monitor.ingest.structure.told_contents import (
    by_levels,
    untabled,
    untold,
    with_cells,
    with_columns,
    with_far_pages,
    with_heading_apart,
    with_pages_joined,
)
from monitor.ingest.structure.type_looks import LONGEST_TITLE, is_capitals, letters
from monitor.ingest.structure.whole_lines import bare_row, has_page, known_lines, whole_lines

NAMEPLATE = 1.8  # of the body's size: the name of the periodical is set larger than its titles
FIRST_PIECES = 20
SLACK = 2.0  # points
NAME_PIECES = 60
SIDES = 2  # left and right of a gutter
LONGEST_ROW = 160
HIGHEST = 2  # pieces above the name at most

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece


def read_typeset_front(pieces: Sequence[Piece], profile: Profile) -> tuple[Front, tuple[Piece, ...]]:
    """Return how a typeset issue opens, and the pieces after its masthead and without its contents.

    What the layout itself says is "masthead" or "contents" is taken out wherever it stands.
    """
    pieces = nameplate_first(
        untold(
            untabled(with_far_pages(with_pages_joined(with_heading_apart(pieces, profile)), profile), profile), profile
        )
    )
    told = [piece for piece in pieces if piece.aside in {"masthead", "contents"}]
    rest = [piece for piece in pieces if piece.aside not in {"masthead", "contents"}]
    listed = [piece for piece in told if piece.aside == "contents"]
    head = [piece for piece in told if piece.aside == "masthead"]
    zone = find_zone(rest, profile) if not listed else None
    before = rest[: zone.start] if zone else rest
    end = max(masthead_end(before), below_nameplate(before))
    if zone is not None:
        listed = rest[zone.start : zone.end]
        # Text above the contents is no part of the masthead.
        end = end if any(len(piece.text) > LONGEST_TITLE for piece in before) else len(before)
    head += before[:end]
    head = with_whole_name(head)
    rest = [*before[end:], *(rest[zone.end :] if zone else ())]
    known = known_lines(rest)
    listed, rest = with_cells(*with_columns(listed, rest), known)
    rows = [Row(row, k) for k, piece in enumerate(by_levels(listed)) for row in mended_rows(piece)]
    folios = tuple(row.text for row in rows if FOLIO.fullmatch(row.text))
    # The masthead's last rows may stand in one piece with the first entry.
    above_rows = rows_above_contents([row.text for row in rows])
    beside = tuple(row.text for row in rows if row.text in above_rows or tells_only_issue(row.text))
    beside += repeated([row.text for row in rows])
    rows = [row for row in rows if row.text not in beside]
    titles = frozenset(
        letters(piece.text) for piece in rest if len(piece.text) <= LONGEST_TITLE and is_bare(piece.text)
    )
    strays = [row for row in rows_of(head) if rows and known.names_of(row) is not None]
    # "Jane Roe:" stands over her title, and so over the first page number too.
    over = strays[-1:] if strays and rows and strays[-1].endswith(":") else []
    rows = [*(Row(row, rows[0].piece) for row in over), *rows]
    rows += (Row(row, len(listed)) for row in strays if row not in over)
    printed = whole_lines(parted_columns([row for row in rows if row.text not in folios], known), known)
    entries = entries_of(printed, profile, titles)
    above = tuple(row for row in rows_of(head) if row not in strays)
    return Front((*above, *beside), entries.entries, (*folios, *entries.spare)), tuple(rest)


def tells_only_issue(row: str) -> bool:
    """Tell whether a line prints the issue's number or date, and is no page of the contents."""
    return is_issue_row(row) and page_of(row) is None


def rows_above_contents(rows: Sequence[str]) -> list[str]:
    """Return the first lines up to the one with the issue's number, where it stands over all pages: name and tagline."""
    first = next((k for k, row in enumerate(rows) if has_page(row) and not is_issue_row(row)), len(rows))
    last = max((k for k, row in enumerate(rows[:first]) if tells_only_issue(row)), default=-1)
    return list(rows[: last + 1])


def repeated(rows: Sequence[str]) -> tuple[str, ...]:
    """Return the lines in capitals that print an entry of the contents once more: sections over their articles."""
    bare = [letters(bare_row(row)) for row in rows]
    return tuple(row for k, row in enumerate(rows) if is_capitals(row) and not has_page(row) and bare[k] in bare[:k])


def with_whole_name(head: Sequence[Piece]) -> list[Piece]:
    """Return the masthead's pieces with the name as one row: it may fill two lines, or be cut where columns part."""
    sizes = [piece.style.size if piece.style else 0.0 for piece in head]
    largest = max(sizes, default=0.0)
    if largest in {0.0, min(sizes, default=0.0)}:
        return list(head)
    at = sizes.index(largest)
    end = at + 1
    while end < len(head) and sizes[end] == largest and not is_issue_row(head[end].text):
        end += 1
    rows = [row for piece in head[at:end] for row in piece.rows]
    if any(map(tells_issue, rows)) or len(joined(rows)) > LONGEST_NAME:
        return list(head)
    return [*head[:at], replace(head[at], text=joined(rows), rows=(joined(rows),)), *head[end:]]


def tells_issue(row: str) -> bool:
    """Tell whether a row prints a volume, a number or a date with its year."""
    dated = any(found.year is not None for found in find_dates(row))
    return dated or NUMBER.search(row) is not None or VOLUME.search(row) is not None


def nameplate_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with the nameplate and the rows below it before what a layout has read ahead of them.

    Only pieces that stand below the name on its page are moved behind it: centred lines over columns break the order.
    """
    pieces = name_joined(pieces)
    body = Body.of(pieces).size
    sizes = [piece.style.size if piece.style and piece.page == 1 else 0.0 for piece in pieces[:FIRST_PIECES]]
    largest = max(sizes, default=0.0)
    if body is None or largest < NAMEPLATE * body or sizes.count(largest) > 1:
        return list(pieces)
    at = sizes.index(largest)
    end = at + max(1, masthead_end([replace(piece, aside=None) for piece in pieces[at:]]))
    bottom = pieces[at].regions[0].bbox[3]
    below = [piece for piece in pieces[:at] if piece.page == 1 and piece.regions[0].bbox[1] >= bottom]
    above = [piece for piece in pieces[:at] if not any(piece is one for one in below)]
    moved = [replace(piece, aside=None) if piece.aside == "masthead" else piece for piece in below]
    # What stands above the moved ones comes first: the contents, a title over the columns.
    while moved and end < len(pieces) and pieces[end].page == 1 and stands_above(pieces[end], moved[0]):
        end += 1
    return [*above, *pieces[at:end], *moved, *pieces[end:]]


def name_joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with a name that columns have cut as one: the largest letters of page 1, on one line."""
    head = [k for k, piece in enumerate(pieces[:NAME_PIECES]) if piece.page == 1 and piece.style and piece.regions]
    largest = max((piece.style.size for k in head if (piece := pieces[k]).style), default=0.0)
    parts = [k for k in head if (style := pieces[k].style) and style.size == largest and len(pieces[k].rows) == 1]
    tops = [pieces[k].regions[0].bbox[1] for k in parts]
    body = Body.of(pieces).size
    if len(parts) != SIDES or body is None or largest < NAMEPLATE * body or abs(tops[0] - tops[1]) > SLACK:
        return list(pieces)
    left, right = sorted(parts, key=lambda k: pieces[k].regions[0].bbox[0])
    text = joined((pieces[left].text, pieces[right].text))
    whole = replace(pieces[left], text=text, rows=(text,), regions=(*pieces[left].regions, *pieces[right].regions))
    return [whole if k == left else piece for k, piece in enumerate(pieces) if k != right]


def stands_above(first: Piece, second: Piece) -> bool:
    """Tell whether a piece ends on its page before another one begins."""
    return first.regions[0].bbox[3] <= second.regions[0].bbox[1] + SLACK


def below_nameplate(pieces: Sequence[Piece]) -> int:
    """Return the number of pieces up to the row with the issue's number or date under its name, 0 without such a row.

    The name is the largest line of the first page; beside the number may stand the tagline.
    """
    sizes = [piece.style.size if piece.style and piece.page == 1 else 0.0 for piece in pieces[:FIRST_PIECES]]
    if not sizes or max(sizes) in {0.0, min(sizes)}:
        return 0
    at = sizes.index(max(sizes))
    for k in range(at + 1, min(at + 4, len(pieces))):
        row = pieces[k].text
        if is_bare(row) and len(row) <= LONGEST_ROW and tells_issue(row):
            return k + 1 if at <= HIGHEST else 0
    return 0
