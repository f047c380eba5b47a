"""What is taken off the edges of pages, and what stays."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.running_heads import Cleared, PageRows, cleared
from monitor.ingest.pdf.printed_page import Box
from monitor.ingest.pdf.words import Row, Word

HEIGHT = 800.0


def row(text: str, base: float, size: float = 10) -> Row:
    words = [
        Word(part, 50 + 40 * n, 80 + 40 * n, base - 8, base + 2, base, size, "F") for n, part in enumerate(text.split())
    ]
    return Row(words)


def pages(*contents: list[tuple[str, float]]) -> Cleared:
    return cleared([PageRows(n, HEIGHT, tuple(row(*one) for one in rows)) for n, rows in enumerate(contents, start=1)])


def kept(found: Cleared) -> list[list[str]]:
    return [[one.text for one in page.rows] for page in found.pages]


def body(n: int) -> tuple[str, float]:
    return (f"{'abcdef'[n % 6] * 3} words", 400.0)


@pytest.mark.parametrize("number", ["7", "- 7 -", "\u2013 7 \u2013", "Page 7", "Page 7 of 12", "p. 7", "| 7", "xii"])
def test_a_lone_page_number_goes(number: str) -> None:
    assert kept(pages([body(0), (number, 780)])) == [["aaa words"]]


@pytest.mark.parametrize("text", ["2021).", "[7]", "7.", "7)", "7 rifles", "mid"])
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert kept(pages([body(0), (text, 780)])) == [["aaa words", text]]


def test_a_number_in_the_middle_of_a_page_stays() -> None:
    assert kept(pages([("7", 400)])) == [["7"]]


def test_heads_that_come_again_go_and_are_told() -> None:
    found = pages(*([(f"River Review {n}", 40), body(n), (str(n), 780)] for n in range(1, 6)))
    assert kept(found) == [[body(n)[0]] for n in range(1, 6)]
    assert found.furniture == tuple(text for n in range(1, 6) for text in (f"River Review {n}", str(n)))
    assert found.printed == {n: n for n in range(1, 6)}


def test_left_and_right_heads_go_though_each_is_on_two_pages_only() -> None:
    heads = ["", "12 | River Review", "Spring Issue | 13", "14 | River Review", "Spring Issue | 15"]
    found = pages(*([(head, 40), body(n)] if head else [body(n)] for n, head in enumerate(heads)))
    assert kept(found) == [[body(n)[0]] for n in range(5)]
    assert found.printed == {2: 12, 3: 13, 4: 14, 5: 15}


def test_a_head_seen_once_goes_where_others_stand() -> None:
    heads = ["River Review", "River Review", "River Review", "Closing Number"]
    found = pages(*([(head, 40), body(n)] for n, head in enumerate(heads)))
    assert kept(found)[3] == ["ddd words"]


def test_first_lines_of_the_body_stay() -> None:
    found = pages(*([(f"Line {'xyzuvw'[n]} begins here", 60), body(n)] for n in range(6)))
    assert [rows[0] for rows in kept(found)] == [f"Line {letter} begins here" for letter in "xyzuvw"]


def test_a_sentence_in_the_middle_of_every_page_stays() -> None:
    found = pages(*([("Nobody counted it", 300), body(n)] for n in range(6)))
    assert all("Nobody counted it" in rows for rows in kept(found))


def test_numbers_that_disagree_are_no_page_numbers() -> None:
    assert pages([("1992", 780)], [("17", 780)]).printed == {}


def test_no_pages_are_no_trouble() -> None:
    assert cleared([]) == Cleared((), (), {})


FRONT = [("Lowland Review", 60.0), ("Reports on the Canals", 80.0), ("Volume IV Issue 7", 100.0), ("May 3", 110.0)]


def text(n: int, *, first: float = 72, last: float = 720) -> list[tuple[str, float]]:
    return [
        (f"{'abcdef'[k % 6] * (k + n)} words of text that goes on", first + (last - first) * k / 5) for k in range(6)
    ]


@pytest.mark.parametrize(
    "head", ["Lowland Review | Reports on the Canals", "2 Volume IV Issue 7", "Reports on the", "Lowland Review, May 3"]
)
def test_a_lone_head_that_repeats_the_first_page_goes_without_a_vote(head: str) -> None:
    found = kept(pages(FRONT, [(head, 40.0), *text(1)], text(2)))
    assert found == [[one for one, _ in FRONT], [one for one, _ in text(1)], [one for one, _ in text(2)]]


@pytest.mark.parametrize(
    "head", ["A Truce on the Canals of Old", "Review of the Lowlands", "7 rifles", "Reports, May 2021, Quays"]
)
def test_a_lone_row_that_repeats_nothing_stays(head: str) -> None:
    assert kept(pages(FRONT, [(head, 40.0), *text(1)]))[1][0] == head


def test_a_row_close_to_the_text_is_text_even_if_it_repeats_the_first_page() -> None:
    assert kept(pages(FRONT, [("Reports on the", 60.0), *text(1)]))[1][0] == "Reports on the"


@pytest.mark.parametrize("listed", [["2 Salt and Rifles"], ["p. 2 Salt and Rifles"], ["2", "Salt and Rifles"]])
def test_a_title_whose_page_the_contents_print_before_it_is_no_lone_head(listed: list[str]) -> None:
    front = [("The Quay Letter", 100.0), *((text, 200.0 + 12 * n) for n, text in enumerate(listed)), body(0)]
    assert kept(pages(front, [("Salt and Rifles", 50.0), ("Jane Roe", 70.0), body(1)]))[1][0] == "Salt and Rifles"


def test_a_title_that_the_contents_print_is_no_lone_head() -> None:
    front = [*FRONT, ("Salt and Rifles 3", 130.0)]
    assert kept(pages(front, [("Salt and Rifles", 40.0), *text(1)]))[1][0] == "Salt and Rifles"


def test_rows_within_the_area_of_the_text_are_no_heads() -> None:
    many = [[("Port 2019 2020", 74.0), *text(n)] for n in range(1, 6)]
    assert [page[0] for page in kept(pages(*many))] == ["Port 2019 2020"] * 5


def test_a_number_in_a_box_is_no_page_number() -> None:
    entry = row("p. 7", 60)
    page = PageRows(1, HEIGHT, (entry, row("aaa words", 400)), (Box(40, 40, 300, 90),))
    assert kept(cleared([page])) == [["p. 7", "aaa words"]]
    assert kept(cleared([PageRows(1, HEIGHT, page.rows)])) == [["aaa words"]]


def test_the_head_of_a_table_at_the_edge_of_two_pages_stays() -> None:
    head, foot = row("Port Vessels Tolls", 60), row("Estuary Papers", 780)
    contents = [(head, row(*body(n)), foot) for n in range(3)]
    table = (Box(40, 45, 300, 140),)
    drawn = cleared([PageRows(n, HEIGHT, rows, tables=table) for n, rows in enumerate(contents, 1)])
    assert (drawn.furniture, [page[0] for page in kept(drawn)]) == (("Estuary Papers",), ["Port Vessels Tolls"] * 3)
    plain = cleared([PageRows(n, HEIGHT, rows) for n, rows in enumerate(contents, 1)])
    assert plain.furniture == ("Port Vessels Tolls", "Estuary Papers")


@pytest.mark.parametrize(
    "notes",
    [
        ["2 Some Board, https://mill.example/part-161.pdf.", "6 Some Board, https://mill.example/part-294.pdf."],
        ["mill.example/part-161.pdf.", "mill.example/part-294.pdf."],
        ["3 Some Board, p. 12.", "9 Some Board, p. 13."],
        ["2. Ibid.", "3. Ibid."],
        ["[2] See Board, p. 7.", "[3] See Board, p. 7."],
    ],
)
def test_notes_that_differ_by_their_figures_are_no_feet(notes: list[str]) -> None:
    """Their figures do not rise with the pages, or they are too short to show it."""
    found = pages(
        *([body(n), (f"{body(n + 3)[0]} went on", 728), (note, 740)] for n, note in enumerate(notes)), [body(2)]
    )
    assert [rows[-1] for rows in kept(found)[:2]] == notes
    assert found.furniture == ()


@pytest.mark.parametrize(
    "feet",
    [
        ["River Review 2", "River Review 3", "River Review 4"],
        ["2 River Review 3", "4 River Review 5", "6 River Review 7"],
        ["River Review 3 of 12", "River Review 4 of 12", "River Review 5 of 12"],
        ["River Review, May 7, 2021", "River Review, May 7, 2021", "River Review, May 7, 2021"],
    ],
    ids=["page by page", "spreads", "of so many", "dates"],
)
def test_feet_rise_with_their_pages(feet: list[str]) -> None:
    found = pages(*([body(n), (foot, 740)] for n, foot in enumerate(feet)))
    assert kept(found) == [[body(n)[0]] for n in range(3)]


def test_a_foot_on_countless_pages_is_told_quickly() -> None:
    found = pages(
        *([body(n), (f"River Review {n}", 760), (f"{n * n % 997} Board {n * n % 991}", 740)] for n in range(2000))
    )
    assert len(found.furniture) >= 2000


def foot_pages(*feet: str, below: float = 11, down: float = 0) -> list[list[str]]:
    """Return what is kept of pages that end in these feet, `below` a line of text and `down` from page to page."""
    contents = [
        [body(n), (f"{'xyz'[n % 3] * 4} text", 745.0 + down * n), (foot, 745 + below + down * n)]
        for n, foot in enumerate(feet)
    ]
    return kept(pages(*contents))


def test_a_last_line_that_comes_again_below_other_lines_of_its_text_stays() -> None:
    found = foot_pages("and ended so", "and ended so", "and ended so", "and ended so")
    assert all(rows[-1] == "and ended so" for rows in found)


def test_a_last_line_stays_though_another_column_ends_between_its_text_and_it() -> None:
    contents = []
    for n in range(3):
        beside = [Word(part, 300 + 40 * n, 330 + 40 * n, 743, 753, 751, 10, "F") for n, part in enumerate("ab")]
        lines = [row(f"{'xyz'[n] * 4} text", 745), Row(beside), row("and ended so", 756)]
        contents.append(PageRows(n + 1, HEIGHT, (row(*body(n)), *lines)))
    assert all(rows[-1] == "and ended so" for rows in kept(cleared(contents)))


def test_a_foot_with_white_above_it_goes() -> None:
    found = foot_pages("River Review", "River Review", "River Review", "River Review", below=25)
    assert all("River Review" not in rows for rows in found)


def test_a_foot_of_two_lines_goes_with_both() -> None:
    contents = [[body(n), ("River Review", 765.0), ("Quay House", 776.0)] for n in range(5)]
    assert kept(pages(*contents)) == [[body(n)[0]] for n in range(5)]


@pytest.mark.parametrize("foot", ["1 The figure leaves out the villages.", "remained uneven in the end."])
def test_notes_and_ends_of_sentences_stay_though_they_come_again(foot: str) -> None:
    found = foot_pages(foot, foot, foot, foot, below=20, down=4)
    assert all(rows[-1] == foot for rows in found)


def test_lines_that_come_again_stay_where_the_text_above_them_does_not() -> None:
    """Two stock phrases end a column on two pages; the row above them runs over another column too."""
    contents = []
    for n in range(2):
        beside = [Word(part, 300 + 40 * n, 330 + 40 * n, 726, 736, 734, 10, "F") for n, part in enumerate("abc")]
        above = Row(
            [*beside, *(w._replace(x0=w.x0 + 400, x1=w.x1 + 400) for w in row(f"{'xy'[n]}ex Since", 734).words)]
        )
        last = [row(text, base) for text, base in (("have promised now", 745), ("the channel has", 756))]
        moved = [Row([w._replace(x0=w.x0 + 400, x1=w.x1 + 400) for w in one.words]) for one in last]
        contents.append(PageRows(n + 1, HEIGHT, (row(*body(n)), above, *moved)))
    assert all(rows[-2:] == ["have promised now", "the channel has"] for rows in kept(cleared(contents)))
