from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.pieces import Piece
from monitor.ingest.structure.front import Front, closing_contents, contents_span, masthead_end, read_front

TALE = "The tale of the salt war begins here, on the quay of Lorr, with a fire in the grain hall of the town."


def pieces(*texts: str) -> list[Piece]:
    return [Piece(text.replace("\n", " "), tuple(text.split("\n"))) for text in texts]


def opening(*texts: str) -> tuple[Front, list[str]]:
    front, rest = read_front(pieces(*texts), DEFAULT)
    return front, [piece.text for piece in rest]


def entries(front: Front) -> list[tuple[int | None, list[str]]]:
    return [(entry.page, [row.text for row in entry.rows]) for entry in front.entries]


def test_read_front_parts_masthead_contents_and_first_article() -> None:
    front, rest = opening(
        "The Observer", "Volume IX | Issue 2", "p.1", "Salt", "Lene Orvik", "p.3", "Rope", "Dora Heesen",
        "Salt", "Lene Orvik", TALE,
    )  # fmt: skip

    assert front.masthead == ("The Observer", "Volume IX | Issue 2")
    assert entries(front) == [(1, ["Salt", "Lene Orvik"]), (3, ["Rope", "Dora Heesen"])]
    assert rest == ["Salt", "Lene Orvik", TALE]
    assert front.author_rows() == ("Salt", "Lene Orvik", "Rope", "Dora Heesen")


def test_read_front_cuts_contents_from_an_article_by_the_names_above_its_text() -> None:
    front, rest = opening("p.1", "Salt", "p.3", "Rope and", "Rifles\nDora Heesen", "Salt and Tar", "Lene Orvik", TALE)

    assert entries(front)[-1] == (3, ["Rope and", "Rifles", "Dora Heesen"])
    assert rest == ["Salt and Tar", "Lene Orvik", TALE]


def test_read_front_knows_an_article_that_opens_with_a_head() -> None:
    front, rest = opening(
        "p.1", "Salt", "Lene Orvik", "p.3", "Rope", "Dora Heesen", "Salt", "Lene Orvik", "Early Years", TALE
    )

    assert len(front.entries) == 2
    assert rest == ["Salt", "Lene Orvik", "Early Years", TALE]


def test_read_front_knows_an_unsigned_first_article_by_its_title() -> None:
    front, rest = opening("p.1", "Salt and Tar", "p.3", "Rope", "Salt and Tar", TALE)

    assert entries(front) == [(1, ["Salt and Tar"]), (3, ["Rope"])]
    assert rest == ["Salt and Tar", TALE]


def test_read_front_stops_at_a_ranked_heading() -> None:
    flow = [*pieces("Contents", "Salt ..... 1"), Piece("Salt", ("Salt",), level=2), *pieces("Lene Orvik", TALE)]

    front, rest = read_front(flow, DEFAULT)

    assert entries(front) == [(1, ["Salt"])]
    assert [piece.text for piece in rest] == ["Salt", "Lene Orvik", TALE]


def test_read_front_reads_a_list_under_the_heading() -> None:
    items = [Piece(text, (text,), aside="list") for text in ("Salt by Lene Orvik", "Rope by Dora Heesen")]

    front, rest = read_front(
        [*pieces("The Observer", "In This Issue:"), *items, *pieces("Salt", "Lene Orvik", TALE)], DEFAULT
    )

    assert front.masthead == ("The Observer",)
    assert entries(front) == [(None, ["Salt by Lene Orvik"]), (None, ["Rope by Dora Heesen"])]
    assert rest[0].text == "Salt"


def test_read_front_keeps_a_section_printed_again_with_its_first_piece() -> None:
    _, rest = opening("p.1", "Briefs", "Lene Orvik", "p.3", "Rope", "Dora Heesen", "Briefs", "Salt", "Lene Orvik", TALE)

    assert rest[:2] == ["Briefs", "Salt"]


def test_read_front_takes_what_the_layout_says() -> None:
    flow = [
        Piece("Salt", ("Salt",)),
        Piece("The Observer", ("The Observer",), aside="masthead"),
        Piece("p.3 Rope", ("p.3", "Rope"), aside="contents"),
        Piece(TALE, (TALE,)),
    ]

    front, rest = read_front(flow, DEFAULT)

    assert (front.masthead, entries(front)) == (("The Observer",), [(3, ["Rope"])])
    assert [piece.text for piece in rest] == ["Salt", TALE]


def test_read_front_without_contents_ends_with_the_last_line_about_the_issue() -> None:
    front, rest = opening("The Observer", "Issue 2", "Salt", "Lene Orvik", TALE)

    assert (front.masthead, front.entries) == (("The Observer", "Issue 2"), ())
    assert rest == ["Salt", "Lene Orvik", TALE]


def test_read_front_sets_the_number_of_the_contents_page_aside() -> None:
    front, _ = opening("Contents", "Salt ..... 2", "Rope ..... 5", "- 1 -", "Salt", "By Lene Orvik", TALE)

    assert entries(front) == [(2, ["Salt"]), (5, ["Rope"])]
    assert front.spare == ("- 1 -",)


def test_read_front_of_an_article_alone_is_empty() -> None:
    front, rest = opening("Salt", "Lene Orvik", TALE)

    assert front == Front((), ())
    assert len(rest) == 3


@pytest.mark.parametrize(
    ("texts", "span"),
    [
        (("p.1", "A", "p.2", "B"), (0, 2)),
        (("Contents", "p.1", "A"), (0, 1)),
        (("p.1", "A"), None),
        (("A ..... 1", "B ..... 2"), (0, 1)),
        (("A ..... 1",), None),
        (("Contents", "A", "B"), (0, 0)),
        ((TALE, TALE, "p.1", "A", "p.2", "B"), None),
        (("Volume 3 | 4", "Issue 5 | 6"), None),
        (("p.1", "A", "p.2", *["B"] * 20, "p.9"), (0, 2)),
        (("A", "B"), None),
    ],
)
def test_contents_span_is_what_surely_is_contents(texts: tuple[str, ...], span: tuple[int, int] | None) -> None:
    assert contents_span(pieces(*texts), DEFAULT) == span


def test_masthead_end_does_not_reach_into_the_text() -> None:
    assert masthead_end(pieces("The Observer", "Issue 2", "Lorr", "May 3, 2021", "Salt")) == 4
    assert masthead_end(pieces("Salt", TALE, "Issue 2")) == 0
    assert masthead_end([]) == 0


def test_read_front_knows_contents_whose_pages_have_no_leaders() -> None:
    front, rest = opening("The Observer", "Contents", "Salt 1\nRope Dora Heesen 3", "Salt", "Lene Orvik", TALE)

    assert entries(front) == [(1, ["Salt"]), (3, ["Rope Dora Heesen"])]
    assert rest == ["Salt", "Lene Orvik", TALE]


def test_read_front_takes_many_long_entries_in_one_piece_for_contents() -> None:
    long = "\n".join(f"{TALE.removesuffix('.')} {page}" for page in (1, 3, 5))

    front, rest = opening("The Observer", "Contents", long, "Salt", "Lene Orvik", TALE)

    assert [entry.page for entry in front.entries] == [1, 3, 5]
    assert rest == ["Salt", "Lene Orvik", TALE]


def test_read_front_finds_a_title_that_stands_alone_under_contents_with_pages() -> None:
    front, rest = opening("Contents", "Editorial 1\nRope 3", "Editorial", TALE)

    assert entries(front) == [(1, ["Editorial"]), (3, ["Rope"])]
    assert rest == ["Editorial", TALE]


@pytest.mark.parametrize("printed", ["Salt ..... 1\nRope ..... 3", "Salt 1\nRope 3", "p.1\nSalt\np.3\nRope"])
def test_read_front_finds_contents_after_the_articles(printed: str) -> None:
    front, rest = opening("The Observer", "Issue 41", "Salt", "Lene Orvik", TALE, TALE, "In this issue", printed)

    assert front.masthead == ("The Observer", "Issue 41")
    assert entries(front) == [(1, ["Salt"]), (3, ["Rope"])]
    assert rest == ["Salt", "Lene Orvik", TALE, TALE]


def test_read_front_keeps_the_text_after_closing_contents() -> None:
    front, rest = opening("Salt", "Lene Orvik", TALE, TALE, "Contents", "Salt ..... 1\nRope ..... 3", TALE)

    assert len(front.entries) == 2
    assert rest == ["Salt", "Lene Orvik", TALE, TALE, TALE]


def test_closing_contents_are_a_list_or_have_pages() -> None:
    texts = pieces(TALE, TALE, "Inside")

    assert closing_contents([*texts, Piece("Salt", ("Salt",), aside="list")], DEFAULT) == (2, 4)
    assert closing_contents([*texts, *pieces("The old hall", TALE)], DEFAULT) is None
    assert closing_contents(pieces("Contents", "Salt ..... 1"), DEFAULT) is None


def test_a_heading_deep_in_the_text_is_no_beginning_of_contents() -> None:
    front, rest = opening("Salt", "By Lene Orvik", TALE, TALE, "Inside", TALE)

    assert front.entries == ()
    assert rest == ["Salt", "By Lene Orvik", TALE, TALE, "Inside", TALE]


def test_masthead_end_stops_at_a_signed_line() -> None:
    assert masthead_end(pieces("The Observer\nIssue 41", "Salt", "By Lene Orvik\nMay 3, 2020", TALE)) == 1


def test_read_front_ends_contents_at_a_rule() -> None:
    flow = [*pieces("Contents", "Salt ..... 5", "Rope ..... 9", "Tar and Feathers", "A Line of Its Own", TALE)]
    flow[3] = replace(flow[3], ruled=True)

    front, rest = read_front(flow, DEFAULT)

    assert entries(front) == [(5, ["Salt"]), (9, ["Rope"])]
    assert [piece.text for piece in rest] == ["Tar and Feathers", "A Line of Its Own", TALE]
