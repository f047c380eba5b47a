from __future__ import annotations

from monitor.ingest.pieces import Piece
from monitor.ingest.structure.announced import announced, with_hidden_titles, with_torn_titles, wordings
from monitor.ingest.structure.contents import RawEntry, Row
from tests.ingest.typeset_pieces import SENTENCES, piece, prose

FERRY, SALT = "The Ferrymen of the Lower Delta", "Salt, Timber and the Price of Peace"


def entry(page: int | None, *texts: str) -> RawEntry:
    return RawEntry(page, tuple(Row(text, 0) for text in texts))


def found(pieces: list[Piece], *entries: RawEntry) -> list[tuple[int, int, int]]:
    return [(match.first, match.end, match.entry) for match in announced(pieces, entries)]


def test_a_title_is_found_in_any_type() -> None:
    pieces = [piece(FERRY.upper(), 9, "I"), prose(1), piece(SALT, 20), prose(2)]

    assert found(pieces, entry(1, FERRY, "Jane Roe"), entry(2, SALT)) == [(0, 1, 0), (2, 3, 1)]


def test_a_title_over_several_pieces_is_found_whole() -> None:
    pieces = [piece("The Ferrymen of", 16, "B"), piece("the Lower Delta", 16, "B"), prose(1)]

    assert found(pieces, entry(1, FERRY)) == [(0, 2, 0)]


def test_the_nearest_wording_wins_and_no_entry_is_found_twice() -> None:
    pieces = [piece("The Ferrymen of the Lower Deltas", 10), piece(FERRY, 16), prose(1)]

    assert found(pieces, entry(1, FERRY)) == [(1, 2, 0)]


def test_the_page_decides_between_equal_wordings() -> None:
    pieces = [piece(FERRY, page=2), piece(SALT, page=4), piece(FERRY, page=6)]

    assert found(pieces, entry(13, SALT), entry(15, FERRY)) == [(1, 2, 0), (2, 3, 1)]


def test_authors_alone_are_no_title() -> None:
    assert wordings(entry(1, FERRY, "Jane Roe")) == ("theferrymenofthelowerdelta", "theferrymenofthelowerdeltajaneroe")
    assert found([piece("Jane Roe"), prose(1)], entry(1, FERRY, "Jane Roe")) == []


def test_a_title_that_reads_like_names_is_one_where_its_authors_stand_below() -> None:
    councillors = entry(3, "Karvan\u2019s Quiet Councillors", "Luc\u00eda Ostrander")
    title, text = piece("Karvan\u2019s Quiet Councillors"), prose(1)

    assert found([title, piece("By Luc\u00eda Ostrander"), text], councillors) == [(0, 1, 0)]
    assert found([title, piece("Jane Roe"), text], councillors) == []
    assert found([title, text], councillors) == []
    assert found([piece("Jane Roe"), piece("Karl Ott"), text], entry(1, "Jane Roe", FERRY)) == []


def test_names_before_behind_and_beside_the_title_do_not_hide_it() -> None:
    for line in (f"Jane Roe: {FERRY}", f"{FERRY} by Jane Roe", f"{FERRY} ({'Jane Roe'})", f"{FERRY}, Jane Roe"):
        assert found([piece(FERRY, 16), prose(1)], entry(1, line)) == [(0, 1, 0)]


def test_what_is_no_text_announces_nothing() -> None:
    boxed = piece(FERRY, aside="sidebar")
    plain = Piece(FERRY, (FERRY,))

    assert found([boxed, plain], entry(1, FERRY)) == []
    assert found([], entry(1, FERRY)) == []
    assert found([piece(FERRY)], entry(1)) == []


def test_a_title_inside_a_piece_is_cut_free_on_its_page() -> None:
    rows = (FERRY, "By Jane Roe", SENTENCES[0])
    pieces = [piece(" ".join(rows), rows=rows, page=2), prose(1, 2), piece(SALT, 16, page=4)]

    result = with_hidden_titles(pieces, [entry(2, FERRY), entry(4, SALT)])

    assert [one.text for one in result][:2] == [FERRY, f"By Jane Roe {SENTENCES[0]}"]
    assert len(result) == 4


def test_a_title_named_in_the_text_of_another_page_stays_there() -> None:
    rows = (SENTENCES[0], FERRY, SENTENCES[1])
    pieces = [piece(" ".join(rows), rows=rows, page=5), piece(SALT, 16, page=4), prose(1, 4)]

    assert list(with_hidden_titles(pieces, [entry(2, FERRY), entry(4, SALT)])) == pieces


def test_lines_of_a_title_that_columns_tear_come_together() -> None:
    pieces = [piece("The Ferrymen of", 16, "B"), prose(1), prose(2), piece("the Lower Delta", 16, "B"), prose(3)]

    result = with_torn_titles(pieces, [entry(1, FERRY)])

    assert [one.text for one in result] == [
        prose(1).text,
        prose(2).text,
        "The Ferrymen of",
        "the Lower Delta",
        prose(3).text,
    ]


def test_lines_set_otherwise_are_not_torn_titles() -> None:
    pieces = [piece("The Ferrymen of", 16, "B"), prose(1), piece("the Lower Delta", 10)]

    assert with_torn_titles(pieces, [entry(1, FERRY)]) == pieces
