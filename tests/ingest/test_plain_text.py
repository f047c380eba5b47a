from __future__ import annotations

from monitor.ingest.document import Origin
from monitor.ingest.pieces import Piece, PieceLink
from monitor.ingest.text_file.plain_text import BOLD_LINE, footnote_numbers, pieces_of


def pieces(text: str) -> tuple[Piece, ...]:
    return pieces_of(text).pieces


def test_pieces_of_joins_the_lines_of_a_paragraph_and_keeps_the_rows() -> None:
    (piece,) = pieces("\n\nThe salt\nroads of Velmara \n")

    assert piece == Piece(
        "The salt roads of Velmara",
        ("The salt", "roads of Velmara"),
        lines=(3, 4),
        origin=(Origin(0, 2, 25),),
    )


def test_pieces_of_rows_hold_their_hyphens() -> None:
    (piece,) = pieces("Friends and Counter-\nSmuggling Options")

    assert piece.text == "Friends and Counter-Smuggling Options"
    assert piece.rows == ("Friends and Counter-", "Smuggling Options")


def test_pieces_of_rows_after_a_dropped_hyphen() -> None:
    (piece,) = pieces("the govern-\nments fell")

    assert piece.text == "the governments fell"
    assert piece.rows == ("the govern", "ments fell")


def test_pieces_of_resolves_links_over_a_line_end() -> None:
    (piece,) = pieces("see ([Marren\nDaily](https://m.example), May 3)")

    assert piece.text == "see (Marren Daily, May 3)"
    assert piece.links == (PieceLink(5, 17, "https://m.example"),)


def test_pieces_of_knows_ranks_and_asides() -> None:
    text = "# Salt\n\n**Rope**\n\n- item\n\n> said\n\n[^a]: foot\n\nplain"

    assert [(piece.text, piece.level, piece.aside) for piece in pieces(text)] == [
        ("Salt", 1, None),
        ("Rope", BOLD_LINE, None),
        ("item", None, "list"),
        ("said", None, "quote"),
        ("[1] foot", None, "footnote"),
        ("plain", None, None),
    ]


def test_pieces_of_gives_a_footnote_its_label_and_its_origin() -> None:
    (piece,) = pieces("[^salt]: See *Endurance*, 2031.")

    assert piece.text == "[1] See Endurance, 2031."
    assert piece.italics == ((8, 17),)
    assert piece.origin == (Origin(0, 0, 4), Origin(4, 9, 4), Origin(8, 14, 9), Origin(17, 24, 7))


def test_pieces_of_reads_a_table_cell_by_cell() -> None:
    (piece,) = pieces("| Port | Boats |\n|:-----|------:|\n| Lorr | [31](u) |")

    assert piece.aside == "table"
    assert piece.text == "Port Boats Lorr 31"
    assert piece.cells == (("Port", "Boats"), ("Lorr", "31"))
    assert piece.links == (PieceLink(16, 18, "u"),)
    assert sum(run.length for run in piece.origin) == len(piece.text)


def test_pieces_of_leaves_out_runs_that_show_nothing() -> None:
    assert pieces("\u200b\n\n\x01\n\n---\n\n") == ()


def test_pieces_of_names_the_guessed_hyphens_once() -> None:
    (finding,) = pieces_of("the karva-\nnians and the xeno-\nvians").findings

    assert finding.code == "hyphen_guessed"
    assert finding.severity == "info"
    assert finding.message.startswith("2 hyphens")


def test_footnote_numbers_are_those_printed_or_counted() -> None:
    assert footnote_numbers("a[^3] b[^1] [^3]: x") == {"3": 3, "1": 1}
    assert footnote_numbers("a[^x] b[^1] [^x]: x") == {"x": 1, "1": 2}
    assert footnote_numbers("a") == {}
