from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.pieces import Piece, Style
from monitor.ingest.structure.contents import RawEntry, Row
from monitor.ingest.structure.front import Front
from monitor.ingest.structure.starts import find_starts, title_level

TALE = "The tale of the salt war begins here, on the quay of Lorr, with a fire in the grain hall of the town."
BARE = Front((), ())
BODY, LARGE = Style(10.0), Style(16.0, bold=True)


def pieces(*texts: str) -> list[Piece]:
    return [Piece(text.replace("\n", " "), tuple(text.split("\n"))) for text in texts]


def starts(flow: list[Piece], front: Front = BARE) -> list[tuple[str, str | None]]:
    cut, found = find_starts(flow, front, DEFAULT)
    return [
        (
            " ".join(piece.text for piece in cut[start.title : start.title_end]),
            cut[start.byline].text if start.byline is not None else None,
        )
        for start in found
    ]


def listed(*rows: str) -> Front:
    return Front((), (RawEntry(1, tuple(Row(row, 0) for row in rows)),))


def test_find_starts_knows_a_signed_title() -> None:
    flow = pieces("Salt Roads", "By Lene Orvik", TALE, "Rope Walks", "By Dora Heesen", TALE)

    assert starts(flow) == [("Salt Roads", "By Lene Orvik"), ("Rope Walks", "By Dora Heesen")]


def test_find_starts_knows_authors_by_their_biographies() -> None:
    flow = pieces("Salt Roads", "Lene Orvik", TALE, "Rope Walks", "Dora Heesen", TALE, "Dora Heesen is a fellow.")

    assert starts(flow) == [("Salt Roads", "Lene Orvik"), ("Rope Walks", "Dora Heesen")]


def test_find_starts_knows_authors_by_the_contents() -> None:
    flow = pieces(TALE, "Rope Walks", "Dora Heesen", TALE)

    assert starts(flow, listed("Rope and Tar", "Dora Heesen")) == [("Rope Walks", "Dora Heesen")]


def test_find_starts_knows_titles_by_the_contents() -> None:
    flow = pieces(TALE, "The Rope Walks of Lorr", TALE)

    assert starts(flow, listed("Rope Walks of Lorr")) == [("The Rope Walks of Lorr", None)]


def test_find_starts_trusts_a_plain_name_at_the_beginning_only() -> None:
    flow = pieces("Salt Roads", "Lene Orvik", TALE, "The Lorr Question", "Golden Harbor", TALE)

    assert starts(flow) == [("Salt Roads", "Lene Orvik")]


def test_find_starts_trusts_a_plain_name_after_a_note_or_a_biography() -> None:
    flow = pieces("Salt", "Lene Orvik", TALE, "Notes", "[1] See Marren Daily.", "Rope", "Dora Heesen", TALE)

    assert starts(flow) == [("Salt", "Lene Orvik"), ("Rope", "Dora Heesen")]


def test_find_starts_takes_no_common_words_for_a_name() -> None:
    flow = pieces(
        "Salt", "Early Years", "In the early years, many years ago, the town was small and had no quay at all."
    )

    assert starts(flow) == []


@pytest.mark.parametrize("head", ["Notes", "Conclusion", "Introduction", "References:"])
def test_find_starts_takes_no_common_head_for_a_title(head: str) -> None:
    assert starts(pieces(head, "By Lene Orvik", TALE)) == []


def test_find_starts_takes_a_title_of_two_pieces_where_the_contents_have_it() -> None:
    flow = pieces("Salt, Rope and", "Rifles in Lorr", "Lene Orvik", TALE)

    assert starts(flow, listed("Salt, Rope and Rifles in Lorr", "Lene Orvik")) == [
        ("Salt, Rope and Rifles in Lorr", "Lene Orvik")
    ]


def test_find_starts_leaves_a_section_above_its_first_title() -> None:
    assert starts(pieces("Briefs", "Salt Roads", "By Lene Orvik", TALE)) == [("Salt Roads", "By Lene Orvik")]


def test_find_starts_takes_a_section_that_holds_text_for_a_piece_of_its_own() -> None:
    flow = pieces("Salt Roads", "By Lene Orvik", TALE, "Lene Orvik is a fellow.", "News in Brief", TALE)

    assert starts(flow) == [("Salt Roads", "By Lene Orvik"), ("News in Brief", None)]


def test_find_starts_cuts_names_from_a_title_and_from_text() -> None:
    assert starts(pieces("Salt Roads\nof Lorr\nBy Lene Orvik", TALE)) == [("Salt Roads of Lorr", "By Lene Orvik")]
    assert starts(pieces(f"Salt Roads\nBy Lene Orvik\n{TALE}")) == [("Salt Roads", "By Lene Orvik")]


def test_find_starts_does_not_cut_a_piece_at_a_name_it_does_not_know() -> None:
    assert starts(pieces(TALE, "Salt Roads\nGolden Harbor", TALE)) == []


def test_find_starts_reads_ranks() -> None:
    flow = [
        Piece("Salt", ("Salt",), level=2),
        *pieces("By Lene Orvik", TALE),
        Piece("The price", ("The price",), level=3),
        *pieces(TALE),
        Piece("Rope", ("Rope",), level=2),
        *pieces(TALE),
    ]

    assert starts(flow) == [("Salt", "By Lene Orvik"), ("Rope", None)]


def test_find_starts_reads_the_setting_of_titles() -> None:
    flow = [
        Piece("Salt Roads", (), style=LARGE),
        Piece("Lene Orvik", (), style=BODY),
        Piece(TALE, (), style=BODY),
        Piece("Rope Walks", (), style=LARGE),
        Piece("Dora Heesen", (), style=BODY),
        Piece(TALE, (), style=BODY),
    ]

    assert starts(flow) == [("Salt Roads", "Lene Orvik"), ("Rope Walks", "Dora Heesen")]


def test_find_starts_of_nothing_is_nothing() -> None:
    assert find_starts([], BARE, DEFAULT) == ((), [])


@pytest.mark.parametrize(
    ("flow", "level"),
    [
        ([(1, "A"), (None, "By Lene Orvik"), (2, "B"), (None, TALE)], 1),
        ([(1, "Paper"), (2, "A"), (None, "By Lene Orvik"), (3, "B"), (None, TALE)], 2),
        ([(1, "Paper"), (2, "A"), (None, TALE), (2, "B"), (None, TALE)], 2),
        ([(2, "A"), (None, TALE), (3, "B"), (None, TALE)], 2),
        ([(None, "A"), (None, "By Lene Orvik"), (2, "B"), (None, TALE)], None),
        ([(None, "A"), (None, TALE)], None),
        ([(7, "A"), (None, "By Lene Orvik")], None),
    ],
)
def test_title_level_is_the_rank_above_names_or_text(flow: list[tuple[int | None, str]], level: int | None) -> None:
    assert title_level([Piece(text, (text,), level=rank) for rank, text in flow]) == level


def ranked(*texts: str) -> list[Piece]:
    found = []
    for text in texts:
        bare = text.lstrip("#")
        found.append(Piece(bare.strip(), (bare.strip(),), level=len(text) - len(bare) or None))
    return found


def sections(flow: list[Piece], front: Front = BARE) -> list[tuple[str, str | None, bool]]:
    cut, found = find_starts(flow, front, DEFAULT)
    return [(cut[start.title].text, start.section, bool(start.above)) for start in found]


def test_a_section_heads_the_articles_under_its_rank() -> None:
    flow = ranked(
        "# Salt Roads", "Lene Orvik", TALE, "# In Brief", "## Rope Walks", "Dora Heesen", TALE, "## Tar", TALE,
        "# Masts", "Dora Heesen", TALE,
    )  # fmt: skip

    assert sections(flow) == [
        ("Salt Roads", None, False),
        ("Rope Walks", "In Brief", True),
        ("Tar", "In Brief", False),
        ("Masts", None, False),
    ]


def test_a_heading_over_titles_of_the_next_rank_is_a_section_of_any_name() -> None:
    flow = ranked("# Strikes", "## Salt Roads", "By Lene Orvik", TALE, "# Storms", "## Rope", "By Dora Heesen", TALE)

    assert sections(flow) == [("Salt Roads", "Strikes", True), ("Rope", "Storms", True)]


def test_a_heading_of_the_rank_of_titles_over_a_signed_one_is_a_section_of_any_name() -> None:
    flow = ranked(
        "# Salt Roads", "Lene Orvik", TALE, "# Dispatches", "## Rope", "Dora Heesen", TALE, "## Tar", TALE,
        "# The Quay", "## A Head", TALE,
    )  # fmt: skip

    assert sections(flow) == [
        ("Salt Roads", None, False),
        ("Rope", "Dispatches", True),
        ("Tar", "Dispatches", False),
        ("The Quay", None, False),
    ]


def test_a_section_without_rank_heads_what_follows_it() -> None:
    flow = pieces("Salt Roads", "By Lene Orvik", TALE, "Briefs", "Rope", "By Dora Heesen", TALE)

    assert sections(flow) == [("Salt Roads", None, False), ("Rope", "Briefs", True)]


def test_a_heading_of_a_lower_rank_is_a_title_only_over_names() -> None:
    flow = ranked("# Salt Roads", "Lene Orvik", TALE, "## The Price", TALE, "## Rope Walks", "Dora Heesen", TALE)

    assert starts(flow) == [("Salt Roads", "Lene Orvik"), ("Rope Walks", "Dora Heesen")]


def test_a_date_around_the_names_belongs_to_no_text() -> None:
    flow = pieces("Salt Roads", "May 3, 2020", "By Lene Orvik", "Sunday, May 3, 2020", TALE)
    _, (start,) = find_starts(flow, BARE, DEFAULT)

    assert (start.title, start.title_end, start.byline, start.body) == (0, 1, 2, 4)


def test_a_line_wholly_in_bold_names_authors_only_where_it_says_so() -> None:
    def bold(text: str) -> Piece:
        return Piece(text, (text,), level=7)

    signed = [*ranked("# Salt Roads"), bold("By Lene Orvik"), *pieces(TALE)]
    plain = [*ranked("# Salt Roads"), bold("Rope Walks"), *pieces(TALE)]

    assert starts(signed) == [("Salt Roads", "By Lene Orvik")]
    assert starts(plain) == [("Salt Roads", None)]


def test_a_rule_above_a_line_makes_a_title_likelier() -> None:
    plain = pieces("Salt Roads", "By Lene Orvik", TALE, TALE, "Rope Walks", "Dora Heesen", TALE)
    ruled = [*plain[:4], replace(plain[4], ruled=True), *plain[5:]]

    assert [title for title, _ in starts(plain)] == ["Salt Roads"]
    assert [title for title, _ in starts(ruled)] == ["Salt Roads", "Rope Walks"]
