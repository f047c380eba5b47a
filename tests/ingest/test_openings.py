from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.structure.contents import RawEntry, Row
from monitor.ingest.structure.front import Front
from monitor.ingest.structure.houses import is_quotation
from monitor.ingest.structure.openings import is_beside, stands_below, typeset_starts, untold_titles
from tests.ingest.typeset_pieces import piece, prose

if TYPE_CHECKING:
    from monitor.ingest.pieces import Piece

FERRY, SALT, FRONT = "The Ferrymen of Sarn", "Salt, Timber and Peace", "Who Speaks for the Front?"
BIO = "Jane Roe is a research fellow at the Lowland Observatory."


def front(*entries: tuple[int, str, str]) -> Front:
    return Front((), tuple(RawEntry(page, (Row(title, 0), Row(names, 1))) for page, title, names in entries))


def opened(pieces: list[Piece], *entries: tuple[int, str, str]) -> list[tuple[str, str | None, str]]:
    """Return title, names and first words of the text of each article."""
    flow, starts = typeset_starts(pieces, front(*entries), DEFAULT)
    return [
        (
            " ".join(one.text for one in flow[start.title : start.title_end]),
            flow[start.byline].text if start.byline is not None else None,
            " ".join([*(flow[k].text for k in start.kept), flow[start.body].text])[:24],
        )
        for start in starts
    ]


def test_a_title_in_a_few_pieces_is_one() -> None:
    pieces = [piece("The Ferrymen", 16, "B", at=10), piece("of Sarn", 16, "B", at=30), piece("Jane Roe"), prose(1)]

    assert opened(pieces) == [(FERRY, "Jane Roe", prose(1).text[:24])]


def test_two_titles_side_by_side_are_two() -> None:
    pieces = [piece(FERRY, 16, "B", at=30), piece(SALT, 16, "B", at=10), prose(1)]

    assert [title for title, _, _ in opened(pieces)] == [FERRY, SALT]


def test_a_label_above_a_title_is_no_end_of_the_text_before() -> None:
    label = piece("ANALYSIS", 8)
    pieces = [label, piece(FERRY, 16), piece("Jane Roe"), prose(1), label, piece(SALT, 16), piece("Karl Ott"), prose(2)]

    flow, starts = typeset_starts(pieces, front(), DEFAULT)

    assert [(start.first, start.title, start.above) for start in starts] == [(0, 1, 1), (4, 5, 1)]
    assert flow == tuple(pieces)


def test_a_standfirst_between_title_and_names_is_text() -> None:
    deck = piece("What the ferrymen of the delta want, and who is ready to pay for it now.", 12, "I")
    pieces = [piece(FERRY, 16, "B"), deck, piece("By Jane Roe"), prose(1)]

    assert opened(pieces) == [(FERRY, "By Jane Roe", deck.text[:24])]


def test_posts_and_dates_below_the_names_are_no_text() -> None:
    beside = [
        piece("Department of History, University of Sarn", look="I"),
        piece("March 3, 2022"),
        piece("jane@sarn.example"),
    ]
    pieces = [piece(FERRY, 16, "B"), piece("Jane Roe"), *beside, prose(1)]

    assert opened(pieces) == [(FERRY, "Jane Roe", prose(1).text[:24])]
    assert all(map(is_beside, beside))
    assert not is_beside(piece("A Fragile Order", look="B"))


def test_names_above_titles_are_told_from_signatures_by_the_first_title() -> None:
    above = [piece("Jane Roe"), piece(FERRY, 16, "B"), prose(1), piece("Karl Ott"), piece(SALT, 16, "B"), prose(2)]
    below = [piece(FERRY, 16, "B"), prose(1), piece("Jane Roe"), piece(SALT, 16, "B"), prose(2), piece("Karl Ott")]

    assert [names for _, names, _ in opened(above)] == ["Jane Roe", "Karl Ott"]
    assert [names for _, names, _ in opened(below)] == [None, None]


def test_heads_larger_than_the_text_are_no_titles_beside_named_ones() -> None:
    pieces = [piece(FERRY, 16, "B"), piece("Jane Roe"), prose(1), piece("Old Allies", 12, "B"), prose(2)]

    assert [title for title, _, _ in opened(pieces)] == [FERRY]


def test_without_names_and_contents_the_largest_lines_over_text_are_titles() -> None:
    pieces = [piece(FERRY, 18), prose(1), piece("Old Allies", 12), prose(2), piece(SALT, 18), prose(3)]

    assert [title for title, _, _ in opened(pieces)] == [FERRY, SALT]


def test_a_title_set_as_the_listed_ones_begins_an_unlisted_article() -> None:
    pieces = [piece(FERRY, 16, "I"), piece("Jane Roe"), prose(1), piece(SALT, 16, "I"), piece("Karl Ott"), prose(2)]

    assert [title for title, _, _ in opened(pieces, (1, FERRY, "Jane Roe"))] == [FERRY, SALT]


def test_many_unlisted_titles_over_names_outvote_the_few_listed() -> None:
    others = [
        one for k in range(5) for one in (piece(f"Report Number {k} of Sarn", 16, "B"), piece("By Karl Ott"), prose(k))
    ]
    pieces = [piece(FERRY, 16, "B"), piece("By Jane Roe"), prose(9), *others]

    assert len(opened(pieces, (1, FERRY, "Jane Roe"))) == 6


def test_names_glued_to_the_text_are_cut_free() -> None:
    signed = piece("By Jane Roe The river rose in the winter.", rows=("By Jane Roe", "The river rose in the winter."))
    listed = piece("KARL OTT The river fell in the spring.", rows=("KARL OTT", "The river fell in the spring."))

    assert opened([piece(FERRY, 16), signed, prose(1)]) == [(FERRY, "By Jane Roe", "The river rose in the wi")]
    assert opened([piece(SALT, 16), listed, prose(1)], (1, SALT, "Karl Ott")) == [
        (SALT, "KARL OTT", "The river fell in the sp")
    ]


def test_a_large_title_told_to_be_a_pull_quote_is_a_title_all_the_same() -> None:
    pieces = [piece(FERRY, 16, "I", aside="pullquote"), piece("By Jane Roe"), prose(1)]

    assert [title for title, _, _ in opened(pieces)] == [FERRY]
    assert [title for title, _, _ in opened([pieces[0], prose(1)], (1, FERRY, "Jane Roe"))] == [FERRY]


@pytest.mark.parametrize(
    "quote", ["\u201cWe were given rifles.\u201d", '"Nobody counts boats!"', "\u00abLa guerre est finie.\u00bb"]
)
def test_quotations_with_a_stop_inside_are_no_titles(quote: str) -> None:
    pieces = [piece(FERRY, 16, "B"), piece("Jane Roe"), prose(1), piece(quote, 16, "B"), prose(2)]

    assert is_quotation(quote)
    assert [title for title, _, _ in opened(pieces)] == [FERRY]


def test_usual_heads_are_no_titles_however_large() -> None:
    pieces = [
        piece(FERRY, 16, "B"),
        piece("Jane Roe"),
        prose(1),
        piece("Conclusion", 16, "B"),
        prose(2),
        piece("Notes", 16, "B"),
    ]

    assert [title for title, _, _ in opened(pieces)] == [FERRY]


def test_a_section_stands_over_its_articles() -> None:
    pieces = [
        piece("Briefs", 12, "B"),
        piece(FERRY, 16, "B"),
        piece("Jane Roe"),
        prose(1),
        piece(SALT, 16, "B"),
        piece("Karl Ott"),
        prose(2),
    ]

    _, starts = typeset_starts(pieces, front(), DEFAULT)

    assert [(start.section, start.above) for start in starts] == [("Briefs", 1), ("Briefs", 0)]


def test_nothing_set_apart_starts_nothing() -> None:
    assert opened([prose(1), prose(2)]) == []
    assert opened([]) == []


def test_lines_right_under_one_another_belong_together() -> None:
    assert stands_below(piece("A", 16, at=10), piece("B", 16, at=30))
    assert not stands_below(piece("A", 16, at=30), piece("B", 16, at=10))
    assert not stands_below(piece("A", 16, at=10), piece("B", 16, at=30, page=2))
    assert stands_below(piece("A", page=None), piece("B"))


def test_a_title_told_as_a_pull_quote_over_a_post_is_a_title() -> None:
    quoted = piece("The Fragile Province of Mirenna", 16, "I", aside="pullquote")
    post = piece("Department of History, University of Karsa", look="I")

    assert [one.aside for one in untold_titles([quoted, post, prose(1)], ())] == [None, None, None]
    assert [one.aside for one in untold_titles([quoted, prose(1)], ())] == ["pullquote", None]


def test_a_line_set_like_the_heads_is_a_title_where_known_people_sign_below_it() -> None:
    heads = [one for n in range(3) for one in (piece(f"Head of Part {n}", look="B"), prose(n + 2))]
    pieces = [piece(FERRY, look="B"), piece("Jane Roe", look="I"), prose(1), *heads, piece(BIO)]
    pieces += [piece(SALT, look="B", page=2), piece("Jane Roe", look="I", page=2, at=20), prose(7, 2), *heads]

    assert opened(pieces) == [
        (FERRY, "Jane Roe", prose(1).text[:24]),
        (SALT, "Jane Roe", prose(7).text[:24]),
    ]


def test_heads_set_like_the_titles_are_none_where_all_listed_titles_are_signed() -> None:
    head = piece("The Road to the Locks", 12, "B")
    first = [piece(FERRY, 12, "B"), piece("Jane Roe"), prose(1), head, prose(2)]
    second = [piece(SALT, 12, "B"), piece("Karl Ott"), prose(3), head, prose(1)]

    found = opened([*first, *second], (1, FERRY, "Jane Roe"), (2, SALT, "Karl Ott"))

    assert [title for title, _, _ in found] == [FERRY, SALT]


def test_a_listed_look_of_the_texts_size_is_kept_for_titles_over_known_names() -> None:
    bio = piece(BIO)
    pieces = [
        piece(FERRY, 10, "B"), piece("Jane Roe"), prose(1), bio,
        piece(SALT, 10, "B"), piece("Jane Roe"), prose(2), bio,
        piece(FRONT, 10, "B"), piece("Jane Roe"), prose(3), bio,
    ]  # fmt: skip

    assert [title for title, _, _ in opened(pieces, (1, SALT, "Jane Roe"))] == [FERRY, SALT, FRONT]


def test_a_title_set_like_the_text_is_told_by_the_known_name_below_it() -> None:
    bio = piece(BIO)
    pieces = [piece(SALT, 16), piece("Jane Roe"), prose(1), bio, piece(FERRY), piece("Jane Roe"), prose(2), bio]

    assert [title for title, _, _ in opened(pieces, (1, SALT, "Jane Roe"))] == [SALT, FERRY]


def test_the_middle_of_a_sentence_above_a_known_name_is_no_title() -> None:
    cut = piece("In district 4 the interim council, which had postponed the registration of households, and its")
    pieces = [piece(SALT, 16), piece("Jane Roe"), prose(1), cut, piece("two guarantors"), piece("Jane Roe"), prose(2)]

    assert [title for title, _, _ in opened([*pieces, piece(BIO)], (1, SALT, "Jane Roe"))] == [SALT]
