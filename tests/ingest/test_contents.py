from __future__ import annotations

import pytest

from monitor.ingest.document import ContentsEntry
from monitor.ingest.structure.contents import (
    Entries,
    RawEntry,
    Row,
    bare_pages,
    cuts_before,
    entries_by_leaders,
    entries_by_marks,
    folded,
    inline_cuts,
    joined,
    likeness,
    page_of,
    reconciled,
    without_page,
    without_sections,
)

SALT = "Salt, Rope and Rifles on the Northern Shore"
TITLES = [folded(SALT), folded("Who Guards the Straits?")]


def rows(*pieces: str) -> list[Row]:
    return [Row(line, k) for k, piece in enumerate(pieces) for line in piece.split("\n")]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("p.1", 1),
        ("p. 12", 12),
        ("P.3", 3),
        ("pp. 3-5", 3),
        ("Page 7", 7),
        ("pg 7", 7),
        ("p.1.", 1),
        ("12", None),
        ("p.", None),
        ("paper 3", None),
        ("p. 3 of the report", None),
    ],
)
def test_page_of_reads_a_line_that_is_a_page(text: str, page: int | None) -> None:
    assert page_of(text) == page


def test_joined_keeps_hyphens_and_closes_them_up() -> None:
    assert joined(["Friends and Counter-", "Smuggling", "Options"]) == "Friends and Counter-Smuggling Options"
    assert joined(["Salt -", "Rope"]) == "Salt - Rope"
    assert joined([]) == ""


def test_likeness_forgives_a_letter_and_no_more() -> None:
    assert likeness("The Hill Union Takeover", "The Hill Union\u2019s Takeover") > 85
    assert likeness(SALT, SALT.upper()) == 100
    assert likeness(SALT, "Who Guards the Straits?") < 85


def test_entries_by_marks_begin_at_each_page() -> None:
    found = entries_by_marks(rows("p.1", "Briefs", "Ilse Marrow", "p.3", "Salt, Rope\nand Rifles"))

    assert found.spare == ()
    assert [(entry.page, entry.text) for entry in found.entries] == [
        (1, "Briefs Ilse Marrow"),
        (3, "Salt, Rope and Rifles"),
    ]


def test_entries_by_marks_take_a_page_after_its_title_too() -> None:
    found = entries_by_marks(rows("Briefs ..... 1", "Ilse Marrow", "p.3", "Salt"))

    assert [(entry.page, entry.text) for entry in found.entries] == [(1, "Briefs Ilse Marrow"), (3, "Salt")]


def test_entries_by_marks_keep_lines_without_an_entry() -> None:
    found = entries_by_marks(rows("Lost", "p.1", *(f"line {k}" for k in range(14))))

    assert found.spare == ("Lost", "line 12", "line 13")
    assert len(found.entries[0].rows) == 12


@pytest.mark.parametrize(
    ("line", "title", "page"),
    [
        ("Salt and Rope ........ 5", "Salt and Rope", 5),
        ("Salt and Rope . . . . 5", "Salt and Rope", 5),
        ("Salt and Rope \u2026\u2026\u2026 5", "Salt and Rope", 5),
        ("Salt and Rope\u20265", "Salt and Rope", 5),
        ("Salt and Rope, p. 5", "Salt and Rope", 5),
        ("Salt and Rope (p. 5)", "Salt and Rope", 5),
        ("Salt and Rope (page 5)", "Salt and Rope", 5),
        ("Salt and Rope | 5", "Salt and Rope", 5),
        ("Salt and Rope \u2014 5", "Salt and Rope", 5),
        ("Salt and Rope \u2013 5-7", "Salt and Rope", 5),
    ],
)
def test_entries_by_leaders_read_the_page_at_the_end(line: str, title: str, page: int) -> None:
    (entry,) = entries_by_leaders(rows(line)).entries

    assert (entry.text, entry.page) == (title, page)


def test_entries_by_leaders_join_wrapped_titles_and_names() -> None:
    found = entries_by_leaders(rows("Salt, Rope and", "Rifles ..... 5", "Lene Orvik", "Straits ..... 7", "Colophon"))

    assert [(entry.page, [row.text for row in entry.rows]) for entry in found.entries] == [
        (5, ["Salt, Rope and", "Rifles", "Lene Orvik"]),
        (7, ["Straits"]),
        (None, ["Colophon"]),
    ]


def test_entries_of_nothing_are_none() -> None:
    assert entries_by_marks([]) == Entries()
    assert entries_by_leaders([]) == Entries()


@pytest.mark.parametrize(
    ("lines", "title", "authors", "place"),
    [
        (("Salt, Rope and Rifles", "on the Northern Shore", "Lene Orvik"), SALT, ("Lene Orvik",), 0),
        (("Salt, Rope and Rifles on the", "Northern Shore"), SALT, (), 0),
        (
            ("Who Guards the Straits", "Dora Heesen and Piet Masri"),
            "Who Guards the Straits",
            ("Dora Heesen", "Piet Masri"),
            1,
        ),
        ((f"{SALT}, Lene Orvik",), SALT, ("Lene Orvik",), 0),
        ((f"{SALT} by Lene Orvik",), SALT, ("Lene Orvik",), 0),
        ((f"{SALT} \u2014 Lene Orvik",), SALT, ("Lene Orvik",), 0),
        ((f"Lene Orvik: {SALT}",), SALT, ("Lene Orvik",), 0),
        (("Briefs", "Lene Orvik"), "Briefs", ("Lene Orvik",), None),
        (("Briefs, Lene Orvik",), "Briefs", ("Lene Orvik",), None),
        (("Floods, Lorr Valley",), "Floods, Lorr Valley", (), None),
        (("Briefs",), "Briefs", (), None),
    ],
)
def test_reconciled_tells_title_from_authors(
    lines: tuple[str, ...], title: str, authors: tuple[str, ...], place: int | None
) -> None:
    entry = RawEntry(5, tuple(rows(*lines)))

    assert reconciled(entry, TITLES, frozenset({"lene orvik"})) == (ContentsEntry(5, title, authors), place)


def test_reconciled_keeps_the_wording_of_the_contents() -> None:
    entry = RawEntry(5, tuple(rows("Salt, Ropes and Rifles on the Northern Shore")))

    assert reconciled(entry, TITLES)[0].title == "Salt, Ropes and Rifles on the Northern Shore"


def test_reconciled_cuts_a_tail_that_shares_its_piece_with_the_author() -> None:
    entry = RawEntry(5, tuple(rows("Salt, Rope and\nRifles on the", "Northern Shore\nLene Orvik")))

    assert reconciled(entry, TITLES) == (ContentsEntry(5, SALT, ("Lene Orvik",)), 0)


def test_inline_cuts_name_people_only() -> None:
    assert inline_cuts("Salt and Rope, by the sea") == []
    assert inline_cuts("Salt, Rope, Dora Heesen, Piet Masri") == [("Salt, Rope", "Dora Heesen, Piet Masri")]


@pytest.mark.parametrize(
    ("lines", "paged"),
    [
        (["Salt 1", "Rope 3"], {0: 1, 1: 3}),
        (["Salt 1", "Lene Orvik", "Rope 1"], {0: 1, 2: 1}),
        (["It fell. 1", "It rose. 12"], {0: 1, 1: 12}),
        (["Salt 1", "Lene Orvik"], {}),
        (["Salt 9", "Rope 3"], {}),
        (["The War of 1812", "Salt 3"], {}),
        ([], {}),
    ],
)
def test_bare_pages_are_a_run_that_never_goes_back(lines: list[str], paged: dict[int, int]) -> None:
    assert bare_pages(rows(*lines)) == paged


def test_entries_by_leaders_reads_pages_without_leaders() -> None:
    found = entries_by_leaders(rows("Editorial 1", "Salt and Tar 3", "Lene Orvik", "Rope 9"))

    assert [(entry.page, entry.text) for entry in found.entries] == [
        (1, "Editorial"),
        (3, "Salt and Tar Lene Orvik"),
        (9, "Rope"),
    ]


def test_entries_by_leaders_takes_no_bare_number_for_a_page_beside_leaders() -> None:
    found = entries_by_leaders(rows("Salt Front 2", "Rope ..... 9"))

    assert [(entry.page, entry.text) for entry in found.entries] == [(9, "Salt Front 2 Rope")]


@pytest.mark.parametrize(
    ("line", "bare"),
    [("Salt 3", "Salt"), ("Salt ..... 3", "Salt"), ("Salt, p. 3", "Salt"), ("Salt", "Salt"), ("In 2018", "In 2018")],
)
def test_without_page_leaves_the_title(line: str, bare: str) -> None:
    assert without_page(line) == bare


def test_cuts_before_parts_known_authors_from_a_title() -> None:
    known = frozenset({"lene orvik", "dora van heesen"})

    assert cuts_before("Salt and Tar Lene Orvik", known) == [("Salt and Tar", "Lene Orvik")]
    assert cuts_before("Who Burned the Ferry? Lene Orvik and Dora van Heesen", known)[0] == (
        "Who Burned the Ferry?",
        "Lene Orvik and Dora van Heesen",
    )
    assert cuts_before("Salt and Tar Anna Vesk", known) == []
    assert cuts_before("Salt and Tar \u2014 Lene Orvik", known) == []


def test_reconciled_parts_known_authors_from_a_title_that_no_article_has() -> None:
    entry = RawEntry(3, tuple(rows("Salt and Tar Lene Orvik")))

    assert reconciled(entry, TITLES, frozenset({"lene orvik"})) == (
        ContentsEntry(3, "Salt and Tar", ("Lene Orvik",)),
        None,
    )


def test_reconciled_leaves_a_line_about_the_article_with_its_title() -> None:
    about = RawEntry(3, tuple(rows(SALT, "How a war is paid", "Lene Orvik")))
    unsigned = RawEntry(3, tuple(rows(SALT, "How a war is paid in the north")))

    assert reconciled(about, TITLES) == (ContentsEntry(3, f"{SALT} How a war is paid", ("Lene Orvik",)), 0)
    assert reconciled(unsigned, TITLES) == (ContentsEntry(3, f"{SALT} How a war is paid in the north"), 0)


def test_entries_by_leaders_gives_an_entry_one_line_of_names() -> None:
    found = entries_by_leaders(rows("Salt ..... 3", "Jan Kolb, Ute Ahrens", "Review Essay", "Rope ..... 9"))

    assert [(entry.page, entry.text) for entry in found.entries] == [
        (3, "Salt Jan Kolb, Ute Ahrens"),
        (9, "Review Essay Rope"),
    ]
    wrapped = entries_by_leaders(rows("Salt ..... 3", "Jan Kolb,", "Ute Ahrens", "Rope ..... 9"))
    assert [entry.text for entry in wrapped.entries] == ["Salt Jan Kolb, Ute Ahrens", "Rope"]


def test_without_sections_parts_a_name_above_an_entry_from_its_title() -> None:
    entry = RawEntry(5, tuple(rows("Articles", SALT, "Lene Orvik")))

    assert list(without_sections([entry], TITLES)) == [
        (RawEntry(None, entry.rows[:1]), True),
        (RawEntry(5, entry.rows[1:]), False),
    ]


@pytest.mark.parametrize("printed", [SALT, "Salt, Rope and Rifles\non the Northern Shore", "Articles\nSomething Else"])
def test_without_sections_leaves_titles_of_one_line_or_two_whole(printed: str) -> None:
    entry = RawEntry(5, tuple(rows(printed)))

    assert list(without_sections([entry], TITLES)) == [(entry, False)]


def test_entries_by_leaders_spares_the_first_of_too_many_lines() -> None:
    found = entries_by_leaders(rows(*(f"line {chr(97 + k)}" for k in range(13)), "Salt ..... 7"))

    assert found.entries[0].text.startswith("line c line d")
    assert found.entries[0].text.endswith("Salt")
    assert found.spare == ("line a", "line b")
    full = entries_by_leaders(rows(*(f"line {chr(97 + k)}" for k in range(11)), "Salt ..... 7", "Lene Orvik"))
    assert [entry.text for entry in full.entries][1:] == ["Lene Orvik"]


def test_without_sections_leaves_a_title_whole_that_is_wrapped_behind_its_names() -> None:
    title = "From Smugglers to Tribunal: The Contested Electorate"
    printed = rows("Omar Smith and Jane Roe: From", "Smugglers to Tribunal: The Contested Electorate")
    entry = RawEntry(3, tuple(printed))

    assert list(without_sections([entry], [folded(title)])) == [(entry, False)]
    assert reconciled(entry, [folded(title)])[0] == ContentsEntry(3, title, ("Omar Smith", "Jane Roe"))


def test_reconciled_tells_known_names_before_a_section_after_a_comma() -> None:
    entry = RawEntry(1, (Row("Lene Orvik, Briefs", 0),))
    assert reconciled(entry, TITLES, frozenset({"lene orvik"}))[0] == ContentsEntry(1, "Briefs", ("Lene Orvik",))
    assert reconciled(entry, TITLES)[0].title == "Lene Orvik, Briefs"


def test_reconciled_tells_known_names_on_the_line_before_a_section() -> None:
    entry = RawEntry(1, (Row("Lene Orvik", 0), Row("Briefs", 1)))
    assert reconciled(entry, TITLES, frozenset({"lene orvik"}))[0] == ContentsEntry(1, "Briefs", ("Lene Orvik",))
