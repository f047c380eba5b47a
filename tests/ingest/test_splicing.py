from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.document import Origin, Region
from monitor.ingest.pieces import Piece, PieceJump, PieceLink, Superscript
from monitor.ingest.text_file.splicing import Edit, Moved, Traced, cut, edited, join, rewritten, source_span

SALT = Piece(
    "salt and rope",
    ("salt and", "rope"),
    links=(PieceLink(0, 4, "#"),),
    lines=(3, 4),
    origin=(Origin(0, 20, 13),),
    italics=((9, 13),),
    regions=(Region(1, (0.0, 0.0, 10.0, 10.0)),),
)
MILL = Piece(
    "the mill",
    ("the mill",),
    links=(PieceLink(4, 8, "u"),),
    lines=(6, 6),
    origin=(Origin(0, 40, 8),),
    regions=(Region(2, (0.0, 0.0, 10.0, 10.0)),),
)


def test_cut_keeps_links_italics_and_origin_of_the_part() -> None:
    part = cut(SALT, 2, 11)

    assert part.text == "lt and ro"
    assert part.rows == ("lt and ro",)
    assert part.links == (PieceLink(0, 2, "#"),)
    assert part.italics == ((7, 9),)
    assert part.origin == (Origin(0, 22, 9),)
    assert part.lines == SALT.lines


def test_cut_leaves_out_links_outside_the_part() -> None:
    assert cut(SALT, 5, 8).links == ()


def test_join_puts_pieces_behind_each_other() -> None:
    whole = join([SALT, MILL], [" "])

    assert whole.text == "salt and rope the mill"
    assert whole.rows == ("salt and", "rope", "the mill")
    assert whole.links == (PieceLink(0, 4, "#"), PieceLink(18, 22, "u"))
    assert whole.italics == ((9, 13),)
    assert whole.lines == (3, 6)
    assert whole.origin == (Origin(0, 20, 14), Origin(14, 40, 8))
    assert [region.page for region in whole.regions] == [1, 2]


def test_join_without_anything_between() -> None:
    whole = join([SALT, MILL], [""])

    assert whole.text == "salt and ropethe mill"
    assert whole.origin == (Origin(0, 20, 13), Origin(13, 40, 8))


def test_join_names_a_region_once() -> None:
    assert join([SALT, SALT], [" "]).regions == SALT.regions


def test_rewritten_moves_links_and_italics() -> None:
    piece = rewritten(SALT, [Edit(4, 5, "[1] ")])

    assert piece.text == "salt[1] and rope"
    assert piece.links == (PieceLink(0, 4, "#"),)
    assert piece.italics == ((12, 16),)
    assert piece.origin == (Origin(0, 20, 5), Origin(5, 24, 1), Origin(6, 24, 1), Origin(7, 24, 9))


def test_moved_gives_positions_after_edits() -> None:
    moved = Moved([Edit(0, 2), Edit(5, 6, "xyz")])

    assert [moved.to(position) for position in (2, 5, 6, 9)] == [0, 3, 6, 9]


def test_edited_without_edits_is_the_same_text() -> None:
    traced = Traced("salt", (Origin(0, 3, 4),))

    assert edited(traced, []) is traced


def test_source_span_of_a_text_broken_over_a_page_holds_the_break() -> None:
    origin = (Origin(0, 10, 5), Origin(5, 40, 6))

    assert source_span(origin, 1, 4) == (11, 14)
    assert source_span(origin, 3, 8) == (13, 43)
    assert source_span(origin, 6, 11) == (41, 46)
    assert source_span((), 0, 3) is None


@given(st.text(min_size=1, max_size=40), st.data())
def test_edited_text_and_origin_agree_with_a_slow_way(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [Edit(start, end, data.draw(st.sampled_from(["", "x", "xyz"]))) for start, end in pairs]

    result = edited(Traced(text, (Origin(0, 7, len(text)),)), edits)

    expected, places, at = "", [], 0
    for edit in edits:
        expected += text[at : edit.start] + edit.text
        places += list(range(at, edit.start))
        places += [min(edit.start + step, edit.end - 1) for step in range(len(edit.text))]
        at = edit.end
    expected += text[at:]
    places += list(range(at, len(text)))
    assert result.text == expected
    assert [run.source + step - 7 for run in result.origin for step in range(run.length)] == places


def test_jumps_and_raised_numbers_move_with_their_text() -> None:
    piece = Piece("see [3] on page 7", (), jumps=(PieceJump(8, 17, 7),), superscripts=(Superscript(4, 7, "3"),))
    assert cut(piece, 4, 12).superscripts == (Superscript(0, 3, "3"),)
    assert cut(piece, 5, 12).superscripts == ()
    assert cut(piece, 5, 12).jumps == (PieceJump(3, 7, 7),)
    moved = rewritten(piece, [Edit(0, 4)])
    assert (moved.superscripts, moved.jumps) == ((Superscript(0, 3, "3"),), (PieceJump(4, 13, 7),))
    whole = join([Piece("ab", ()), piece], [" "])
    assert (whole.superscripts, whole.jumps) == ((Superscript(7, 10, "3"),), (PieceJump(11, 20, 7),))
