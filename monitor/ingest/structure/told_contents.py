"""What a layout says of the contents, set right: told too wide or too short, taken for a table, in several columns."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import read_byline
from monitor.ingest.structure.contents import joined
from monitor.ingest.structure.names_apart import name_letters
from monitor.ingest.structure.printed_contents import (
    NUMBER_ALONE,
    WIDEST_ENTRY,
    find_zone,
    is_heading,
    is_long,
    leads,
    paged,
    trails,
    zone_end,
)
from monitor.ingest.structure.row_cuts import cut_rows
from monitor.ingest.structure.styles import LARGER
from monitor.ingest.structure.type_looks import look_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.whole_lines import Known

SIGNERS = 2  # pieces of names below the last page at most
FRONT_PIECES = 120
BELOW_HEADING = 40  # pieces
FEWEST_PAGES = 2
SLACK = 3.0  # points
HALF = 0.5
INDENT = 60.0  # points
CLOSE = 30.0  # points between a title and the names below it at most
LEADERS = ("\u2026", "...", ". .", " p.")


def untabled(pieces: Sequence[Piece], profile: Profile) -> list[Piece]:
    """Return the pieces with tables below the heading of the contents as lines, one for each cell.

    Titles with their pages far right look like a table to a layout, and some houses do set them as one.
    """
    heading = next((k for k, piece in enumerate(pieces[:FRONT_PIECES]) if is_heading(piece.text, profile)), None)
    if heading is None:
        return list(pieces)
    result: list[Piece] = []
    for k, piece in enumerate(pieces):
        near = heading < k <= heading + BELOW_HEADING and piece.page == pieces[heading].page
        result += lines_of_table(piece) if near and piece.aside == "table" and lists_pages(piece) else [piece]
    return result


def with_heading_apart(pieces: Sequence[Piece], profile: Profile) -> list[Piece]:
    """Return the pieces with the heading of the contents cut free that touches the masthead or the first entry."""
    result: list[Piece] = []
    for k, piece in enumerate(pieces):
        at = [row for row, text in enumerate(piece.rows) if k < FRONT_PIECES and is_heading(text, profile)]
        result += cut_rows(piece, at[0], at[0] + 1) if at and len(piece.rows) > 1 else [piece]
    return result


def lists_pages(table: Piece) -> bool:
    """Tell whether the rows of a table bear pages that never go back, at their beginnings or their ends."""
    rows = table.cells or tuple((row,) for row in table.rows)
    ends = [cell for row in rows if (cell := row[-1].rsplit(" ", 1)[-1]) and NUMBER_ALONE.match(cell)]
    starts = [cell for row in rows if (cell := row[0].split(" ", 1)[0]) and NUMBER_ALONE.match(cell)]
    pages = [int(cell.rstrip(".")) for cell in (ends if len(ends) >= len(starts) else starts)]
    return len(pages) >= FEWEST_PAGES and pages == sorted(pages)


def lines_of_table(table: Piece) -> list[Piece]:
    """Return each cell of a table, or each printed line where it has no cells, as a piece of its own."""
    lines = [cell for row in table.cells for cell in with_page(row)] if table.cells else list(table.rows)
    whole = replace(table, aside=None, cells=(), links=(), jumps=(), superscripts=(), italics=())
    return [replace(whole, text=line, rows=(line,)) for line in lines]


def with_pages_joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with a number on a line of its own put back behind the leaders that wait for it."""
    result: list[Piece] = []
    for k, piece in enumerate(pieces):
        waits = k < FRONT_PIECES and bool(result) and result[-1].rows and result[-1].rows[-1].endswith(LEADERS)
        if waits and NUMBER_ALONE.match(piece.text) and piece.page == result[-1].page:
            before = result[-1]
            rows = (*before.rows[:-1], f"{before.rows[-1]} {piece.text}")
            result[-1] = replace(before, text=joined(rows), rows=rows, regions=(*before.regions, *piece.regions))
        else:
            result.append(piece)
    return result


def with_page(row: Sequence[str]) -> list[str]:
    """Return the cells of a row, a page in the last one at the end of the one before it."""
    cells = [cell for cell in row if cell]
    paged = len(cells) > 1 and NUMBER_ALONE.match(cells[-1]) is not None
    return [*cells[:-2], f"{cells[-2]} {cells[-1]}"] if paged else cells


def with_far_pages(pieces: Sequence[Piece], profile: Profile) -> list[Piece]:
    """Return the pieces with page numbers at the page's right edge put back to the lines of the contents beside them.

    Over a text in columns, a layout reads such numbers as a part of the last column, far behind the titles.
    """
    heading = next((k for k, piece in enumerate(pieces[:FRONT_PIECES]) if is_heading(piece.text, profile)), None)
    if heading is None:
        return list(pieces)
    page = pieces[heading].page
    here = [k for k in range(heading + 1, min(len(pieces), FRONT_PIECES)) if pieces[k].page == page]
    listed = list(itertools.takewhile(lambda k: not is_long(pieces[k]), here))
    numbers = [k for k in here if pieces[k].aside is None and all(map(NUMBER_ALONE.match, pieces[k].rows))]
    found = {
        (k, row): (number, at)
        for number in numbers
        for at, middle in enumerate(middles(pieces[number]))
        for k in listed
        if k not in numbers and stands_right(pieces[number], pieces[k])
        for row, height in enumerate(middles(pieces[k]))
        if abs(height - middle) <= SLACK
    }
    taken = {number for number, _ in found.values()}
    whole = {number for number in taken if sum(one == number for one, _ in found.values()) == len(pieces[number].rows)}
    if taken != whole or len(found) < FEWEST_PAGES:
        return list(pieces)
    paged_rows = {place: pieces[number].rows[at] for place, (number, at) in found.items()}
    return [with_pages(piece, k, paged_rows) for k, piece in enumerate(pieces) if k not in taken]


def middles(piece: Piece) -> list[float]:
    """Return the height of the middle of each printed line of a piece, points from the top, lines being even."""
    if not piece.regions or not piece.rows:
        return []
    _, top, _, bottom = piece.regions[0].bbox
    pitch = (bottom - top) / len(piece.rows)
    return [top + pitch * (row + HALF) for row in range(len(piece.rows))]


def stands_right(number: Piece, line: Piece) -> bool:
    """Tell whether a number stands to the right of a line."""
    return bool(line.regions) and number.regions[0].bbox[0] >= line.regions[0].bbox[2] - SLACK


def with_pages(piece: Piece, k: int, pages: Mapping[tuple[int, int], str]) -> Piece:
    """Return a piece with the pages that belong to its lines at their ends."""
    rows = tuple(f"{row} {pages[k, at]}" if (k, at) in pages else row for at, row in enumerate(piece.rows))
    return replace(piece, rows=rows, text=joined(rows)) if rows != piece.rows else piece


def untold(pieces: Sequence[Piece], profile: Profile) -> list[Piece]:
    """Return the pieces with those told to be contents only where they are: from the heading to the last page.

    A layout takes what touches the contents for a part of them: the masthead above, a title below.
    """
    pieces = told_on(pieces)
    listed = [piece for piece in pieces if piece.aside == "contents"]
    zone = find_zone([replace(piece, aside=None) for piece in listed], profile)
    if zone is None:
        return pieces
    above, below = listed[: zone.start], listed[zone.end :]
    result: list[Piece] = []
    for piece in pieces:
        if any(piece is one for one in above):
            result.append(replace(piece, aside="masthead"))
        elif any(piece is one for one in below):
            result.append(replace(piece, aside=None, continues=False))
        else:
            result.append(piece)
    return result


def told_on(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with the contents told to the last page that stands below them, with the names under it.

    A layout may see the end of the contents where their lines become short.
    """
    told = [k for k, piece in enumerate(pieces) if piece.aside == "contents"]
    if not told:
        return list(pieces)
    last = end = told[-1]
    while end + 1 < len(pieces) and end - last < WIDEST_ENTRY and pieces[end + 1].aside is None:
        end += 1
        if pieces[end].page != pieces[last].page or is_long(pieces[end]):
            break
        if any(map(paged, pieces[end].rows)):
            last = end
    # The names of the last entry stand below its page.
    end = min(zone_end(pieces, told[0], last), last + 1 + SIGNERS)
    while last + 1 < end and read_byline(pieces[last + 1].text):
        last += 1
    more = [replace(piece, aside="contents") for piece in pieces[told[-1] + 1 : last + 1]]
    return [*pieces[: told[-1] + 1], *more, *pieces[last + 1 :]]


def with_columns(listed: Sequence[Piece], rest: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return the contents with their further columns, and the other pieces without these.

    They stand beside the contents on their page, hold pages too and are set like them; a layout that reads the whole
    page column by column gives them far behind.
    """
    placed = [piece for piece in listed if piece.regions]
    if not placed:
        return list(listed), list(rest)
    page = placed[-1].page
    here = [piece.regions[0].bbox for piece in placed if piece.page == page]
    top, bottom = min(box[1] for box in here), max(box[3] for box in here)
    looks = {look_of(piece) for piece in listed}
    inside = [
        k
        for k, piece in enumerate(rest)
        if piece.aside in {None, "contents"}
        and piece.page == page
        and not is_long(piece)
        and look_of(piece) in looks
        and top - SLACK <= piece.regions[0].bbox[1] <= bottom + SLACK
    ]
    bearing = [k for k in inside if any(paged(row) or trails(row) for row in rest[k].rows)]
    if not bearing:
        return list(listed), list(rest)
    first, last = bearing[0], bearing[-1]
    while first - 1 in inside:
        first -= 1
    last = zone_end(rest, first, last) - 1
    taken = [k for k in range(first, last + 1) if k in inside]
    return [*listed, *(rest[k] for k in taken)], [piece for k, piece in enumerate(rest) if k not in taken]


def with_cells(listed: Sequence[Piece], rest: Sequence[Piece], known: Known) -> tuple[list[Piece], list[Piece]]:
    """Return the contents with the names that stand in a column beside them, and the other pieces without these.

    Each begins level with a line of the contents; over a text in columns, a layout gives them to the text's last one.
    What stands below a title is that article's own line of names; so are names that the contents print already, since
    a title at a column's foot has its names at the head of the next one.
    """
    printed = {name_letters(row) for piece in listed for row in piece.rows}
    levels = [level for piece in listed if piece.regions for level in middles(piece)]
    page = listed[-1].page if listed else None

    def is_cell(k: int) -> bool:
        piece = rest[k]
        if piece.aside is not None or piece.page != page or not piece.rows or is_long(piece):
            return False
        if all(known.names_of(joined(piece.rows[:count])) is None for count in range(1, len(piece.rows) + 1)):
            return False
        if name_letters(joined(piece.rows)) in printed:
            return False
        under = [one for one in rest if one.page == page and one.regions and stands_over(one, piece)]
        size = piece.style.size if piece.style else 0.0
        level = middles(piece)[:1]
        beside = any(stands_right(piece, one) for one in listed)
        titled = any(one.style is not None and one.style.size >= LARGER * size for one in under)
        return beside and not titled and any(abs(one - level[0]) <= SLACK for one in levels if level)

    taken = [k for k in range(min(len(rest), FRONT_PIECES)) if levels and is_cell(k)]
    return [*listed, *(rest[k] for k in taken)], [piece for k, piece in enumerate(rest) if k not in taken]


def by_levels(listed: Sequence[Piece]) -> list[Piece]:
    """Return the contents with the cells of a last column behind the entries that they stand level with.

    Only where pages come first; a cell that begins between two entries belongs to the upper one.
    """
    lines = [
        (replace(piece, text=row, rows=(row,)), level)
        for piece in listed
        for row, level in zip(piece.rows, middles(piece), strict=False)
    ]
    if len(lines) != sum(len(piece.rows) for piece in listed) or len({piece.page for piece in listed}) != 1:
        return list(listed)
    opens = [level for line, level in lines if leads(line.text)]
    first = [piece for piece in listed if any(map(leads, piece.rows))]
    cells = [
        piece for piece in listed if not any(map(leads, piece.rows)) and all(is_beside(piece, one) for one in first)
    ]
    if len(opens) < FEWEST_PAGES or not cells or opens != sorted(opens):
        return list(listed)

    def place(line: Piece, level: float) -> tuple[int, bool, float]:
        entry = sum(one <= level + SLACK for one in opens)
        in_cell = any(line.regions == cell.regions for cell in cells)
        return entry, in_cell, level

    return [line for line, level in sorted(lines, key=lambda pair: place(*pair))]


def is_beside(cell: Piece, line: Piece) -> bool:
    """Tell whether a cell begins right of where most lines of the contents begin, by more than an indent."""
    return cell.regions[0].bbox[0] >= line.regions[0].bbox[0] + INDENT


def stands_over(first: Piece, second: Piece) -> bool:
    """Tell whether a piece ends not far above another one and in its column."""
    (left, _, right, bottom), (x0, top, x1, _) = first.regions[0].bbox, second.regions[0].bbox
    return -SLACK <= top - bottom <= CLOSE and left < x1 and right > x0
