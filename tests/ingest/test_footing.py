from __future__ import annotations

from monitor.ingest.apparatus.endnotes import PrintedNote
from monitor.ingest.apparatus.footing import with_own_footnotes
from monitor.ingest.pieces import Piece
from monitor.ingest.structure.drafts import Draft
from monitor.ingest.structure.paragraphs import Paragraph


def draft(text: str, *notes: tuple[int, bool]) -> Draft:
    printed = tuple(PrintedNote(n, Piece(f"note {n}", ()), "n.", footnote=footnote) for n, footnote in notes)
    return Draft("Salt", paragraphs=(Paragraph(Piece(text, ()), "para"),), notes=printed)


def numbers(drafts: list[Draft]) -> list[list[int]]:
    return [[note.n for note in each.notes] for each in drafts]


def test_footnotes_go_to_the_article_that_marks_them() -> None:
    moved = with_own_footnotes([draft("a[1]", (1, True), (2, True)), draft("b[2] c[3]", (3, True))])

    assert numbers(moved) == [[1], [2, 3]]


def test_footnotes_that_nobody_marks_stay() -> None:
    assert numbers(with_own_footnotes([draft("a", (1, True)), draft("b", (2, True))])) == [[1], [2]]


def test_footnotes_do_not_go_where_their_number_is_taken() -> None:
    assert numbers(with_own_footnotes([draft("a", (1, True)), draft("b[1]", (1, True))])) == [[1], [1]]


def test_endnotes_never_move() -> None:
    assert numbers(with_own_footnotes([draft("a", (1, False), (2, True)), draft("b[1]")])) == [[1, 2], []]
    assert numbers(with_own_footnotes([draft("a", (1, False)), draft("b[1]")])) == [[1], []]


def test_footnotes_of_a_whole_file_go_back_to_the_article_that_marks_them() -> None:
    moved = with_own_footnotes(
        [draft("a[1]"), draft("b[2]"), draft("c"), draft("d[3]", *((n, True) for n in (1, 2, 3)))]
    )

    assert numbers(moved) == [[1], [2], [], [3]]


def test_footnotes_go_to_the_nearest_article_that_marks_them_and_the_earlier_of_two() -> None:
    assert numbers(with_own_footnotes([draft("a[1]"), draft("b[1]"), draft("c", (1, True))])) == [[], [1], []]
    assert numbers(with_own_footnotes([draft("a[1]"), draft("b", (1, True)), draft("c[1]")])) == [[1], [], []]


def test_a_footnote_with_the_number_of_an_endnote_beside_it_stays() -> None:
    assert numbers(with_own_footnotes([draft("a", (1, False), (1, True)), draft("b[1]")])) == [[1, 1], []]


def foot(*numbers: int) -> tuple[PrintedNote, ...]:
    return tuple(PrintedNote(n, Piece(f"Note {n}", ()), "n.", footnote=True) for n in numbers)


def marking(*numbers: int, notes: tuple[PrintedNote, ...] = ()) -> Draft:
    text = " ".join(f"It rose.[{n}]" for n in numbers)
    return Draft("Salt", paragraphs=(Paragraph(Piece(text, (text,)), "para"),), notes=notes)


def numbers_of(drafts: list[Draft]) -> list[list[int]]:
    return [[note.n for note in draft.notes] for draft in drafts]


def test_a_drop_in_the_numbers_of_a_page_parts_two_articles() -> None:
    before, after = marking(*range(1, 7), notes=foot(1, 2, 3, 4)), marking(1, 2, 5, 6, notes=foot(5, 6, 1, 2))

    assert numbers_of(with_own_footnotes([before, after])) == [[1, 2, 3, 4, 5, 6], [1, 2]]


def test_notes_of_the_next_article_on_a_page_go_there() -> None:
    first, second = marking(1, 2, 3, notes=foot(1, 2, 3, 1, 2)), marking(1, 2)

    assert numbers_of(with_own_footnotes([first, second])) == [[1, 2, 3], [1, 2]]


def test_a_drop_that_nobody_else_marks_changes_nothing() -> None:
    alone = marking(1, 2, notes=foot(1, 2, 1))

    assert numbers_of(with_own_footnotes([alone, marking()])) == [[1, 2, 1], []]
