from __future__ import annotations

import pytest

from monitor.ingest.structure.bylines import (
    Byline,
    People,
    bio_names,
    is_bio_of,
    is_name,
    people_of,
    printed_name,
    read_byline,
    same_person,
    title_cased,
    tokens_of,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ilse Marrow", ("Ilse Marrow",)),
        ("By Ilse Marrow", ("Ilse Marrow",)),
        ("by Ilse Marrow", ("Ilse Marrow",)),
        ("BY ILSE MARROW", ("ILSE MARROW",)),
        ("By: Ilse Marrow", ("Ilse Marrow",)),
        ("Written by Ilse Marrow", ("Ilse Marrow",)),
        ("Authors: Ilse Marrow and Tomas Ruel", ("Ilse Marrow", "Tomas Ruel")),
        ("Ilse Marrow and Tomas Ruel", ("Ilse Marrow", "Tomas Ruel")),
        ("Ilse Marrow & Tomas Ruel", ("Ilse Marrow", "Tomas Ruel")),
        ("Ilse Marrow, Tomas Ruel, and Bastian Orme", ("Ilse Marrow", "Tomas Ruel", "Bastian Orme")),
        ("Ilse Marrow; Tomas Ruel", ("Ilse Marrow", "Tomas Ruel")),
        ("Keren Ul Haddat", ("Keren Ul Haddat",)),
        ("Ilse Marrow with Tomas Ruel", ("Ilse Marrow", "Tomas Ruel")),
        ("by Ilse Marrow, with reporting by Tomas Ruel", ("Ilse Marrow", "Tomas Ruel")),
        ("Ilse Marrow with additional research by Tomas Ruel", ("Ilse Marrow", "Tomas Ruel")),
        ("ILSE MARROW WITH TOMAS RUEL", ("ILSE MARROW", "TOMAS RUEL")),
        ("par H\u00e9l\u00e8ne Marchais et Bruno d'Arcy", ("H\u00e9l\u00e8ne Marchais", "Bruno d'Arcy")),
        ("von Greta L\u00f6we und Karl Lutz", ("Greta L\u00f6we", "Karl Lutz")),
        ("Zia ur Haddat", ("Zia ur Haddat",)),
        ("Piet van der Heesen", ("Piet van der Heesen",)),
        ("Mustafa al-Masri", ("Mustafa al-Masri",)),
        ("J. R. Oke", ("J. R. Oke",)),
        ("Jean-Luc d'Ormesson", ("Jean-Luc d'Ormesson",)),
        ("Mary O\u2019Neil", ("Mary O\u2019Neil",)),
        ("\u02bfAbd al-Ra\u1e25man", ("\u02bfAbd al-Ra\u1e25man",)),
        ("Hamid Mir, Jr.", ("Hamid Mir, Jr.",)),
        ("Hamid Mir, PhD, and Lene Orvik", ("Hamid Mir, PhD", "Lene Orvik")),
        ("\u0639\u0644\u064a \u062d\u0633\u0646", ("\u0639\u0644\u064a \u062d\u0633\u0646",)),
        ("*Ilse Marrow*", ("Ilse Marrow",)),
    ],
)
def test_read_byline_reads_names_as_printed(text: str, names: tuple[str, ...]) -> None:
    byline = read_byline(text)

    assert byline is not None
    assert byline.names == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "By",
        "Conclusion",
        "The Iraq-Syria connection",
        "The Ostrand Factor",
        "Options for Velmara",
        "IS' Status in Iraq",
        "Rifts and Mergers among the Coast Bands",
        "Ilse Marrow is an editor.",
        "Ilse Marrow, 34",
        "Ilse Marrow.",
        "Why Now?",
        "ilse marrow",
        "Ilse",
        "x" * 200,
        "By the Sea",
        "Bylaws Amended Again Today Without the Quorum",
    ],
)
def test_read_byline_is_none_for_other_lines(text: str) -> None:
    assert read_byline(text) is None


def test_read_byline_knows_whether_it_is_signed() -> None:
    assert read_byline("By Ilse Marrow") == Byline(("Ilse Marrow",), signed=True)
    assert read_byline("Ilse Marrow") == Byline(("Ilse Marrow",), signed=False)


@pytest.mark.parametrize(
    ("author", "other", "same"),
    [
        ("Tomas Ruel", "Tomas Adan Ruel", True),
        ("Tomas Adan Ruel", "Tomas Ruel", True),
        ("Tomas Ruel", "Tomas Ruel", True),
        ("TOMAS RUEL", "Tomas Ruel", True),
        ("Tomas Ruel", "Dr. Tomas Ruel, PhD", True),
        ("T. A. Ruel", "Tomas Adan Ruel", True),
        ("Ruel", "Tomas Ruel", True),
        ("Tomas Ruel", "Ruel Tomas", False),
        ("Tomas Ruel", "Anna Ruel", False),
        ("Tomas Ruel", "Tomas Orme", False),
        ("", "Tomas Ruel", False),
        ("Mary O\u2019Neil", "Mary O'Neil", True),
    ],
)
def test_same_person_matches_by_the_words_of_the_shorter_name(author: str, other: str, same: bool) -> None:
    assert same_person(author, other) is same


def test_tokens_of_leave_out_ranks_suffixes_and_dots() -> None:
    assert tokens_of("Gen. J. R. Oke, Jr.") == ("j", "r", "oke")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ilse Marrow is the Editor of The Tesk Observer.", ("Ilse Marrow",)),
        ("Ilse Marrow writes for the Lorr Post.", ("Ilse Marrow",)),
        ("Ilse Marrow holds a degree.", ("Ilse Marrow",)),
        ("Dr. Ilse Marrow, PhD, is a fellow.", ("Dr. Ilse Marrow, PhD",)),
        ("Ilse Marrow (@marrow) teaches history.", ("Ilse Marrow",)),
        ("Ilse Marrow, a fellow at Quay House, writes on salt.", ("Ilse Marrow",)),
        ("Ilse Marrow and Tomas Ruel are researchers.", ("Ilse Marrow", "Tomas Ruel")),
        ("J. R. Oke is a pilot.", ("J. R. Oke",)),
        ("Marrow is a fellow.", ("Marrow",)),
        ("The Front is a league.", ()),
        ("Ilse Marrow said yes. He is gone.", ()),
        ("It is said that salt is dear.", ()),
        ("Nothing here", ()),
        ("", ()),
    ],
)
def test_bio_names_finds_whom_a_paragraph_introduces(text: str, names: tuple[str, ...]) -> None:
    assert bio_names(text) == names


def test_is_bio_of_asks_for_one_of_the_authors() -> None:
    text = "Tomas Adan Ruel is an analyst."

    assert is_bio_of(text, ["Ilse Marrow", "Tomas Ruel"])
    assert not is_bio_of(text, ["Ilse Marrow"])
    assert not is_bio_of(text, [])
    assert not is_bio_of("Tomas Ruel, meanwhile, had left.", ["Tomas Ruel"])


def test_people_know_whose_biography_they_have_seen() -> None:
    people = People()
    people.add(["Tomas Adan Ruel", "Marrow"])

    assert people.know("Tomas Ruel")
    assert people.know("TOMAS RUEL")
    assert not people.know("Marrow")
    assert not people.know("Ilse Marrow")
    assert not people.know("")


@pytest.mark.parametrize(
    ("printed", "known", "expected"),
    [
        ("ILSE MARROW", ["Ilse Marrow"], "Ilse Marrow"),
        ("RORY MCBRIDE", ["Rory McBride"], "Rory McBride"),
        ("RORY MCBRIDE", [], "Rory Mcbride"),
        ("Ilse Marrow", ["ILSE MARROW"], "Ilse Marrow"),
        ("J.R.", ["x"], "J.R."),
    ],
)
def test_printed_name_takes_capitals_down(printed: str, known: list[str], expected: str) -> None:
    assert printed_name(printed, known) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ANNA AL-HOL", "Anna al-Hol"),
        ("PIET VAN DER HEESEN", "Piet van der Heesen"),
        ("ZIA UR HADDAT", "Zia ur Haddat"),
        ("OSAMA BIN MASRI", "Osama bin Masri"),
        ("MARY O'NEIL", "Mary O'Neil"),
        ("JEAN-LUC MARO", "Jean-Luc Maro"),
        ("J. R. OKE", "J. R. Oke"),
    ],
)
def test_title_cased_keeps_particles_small(name: str, expected: str) -> None:
    assert title_cased(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ilse Marrow", True), ("Ilse", False), ("van der", False), ("Ilse 2", False), ("A B C D E F G H", False)],
)
def test_is_name_asks_for_two_words_and_a_capital(text: str, expected: bool) -> None:
    assert is_name(text) is expected


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("By Leyla Karim, senior fellow", ("Leyla Karim",), "senior fellow"),
        ("By Olga Brenn, Karsk Bureau", ("Olga Brenn",), "Karsk Bureau"),
        ("Olga Brenn, University of Ostrow", ("Olga Brenn",), "University of Ostrow"),
        ("Ngozi Adair | July 3, 2023", ("Ngozi Adair",), "July 3, 2023"),
        ("Ngozi Adair and Peter Vane, 3 July 2023", ("Ngozi Adair", "Peter Vane"), "3 July 2023"),
        (
            "By Leyla Karim, senior fellow \u2014 November 4, 2021",
            ("Leyla Karim",),
            "senior fellow \u2014 November 4, 2021",
        ),
        ("By our correspondent in Ghadis", ("our correspondent in Ghadis",), ""),
        ("By a staff reporter | July 3, 2023", ("a staff reporter",), "July 3, 2023"),
        ("Ilse Marrow", ("Ilse Marrow",), ""),
    ],
)
def test_read_byline_sets_posts_and_dates_beside_the_names(text: str, names: tuple[str, ...], rest: str) -> None:
    byline = read_byline(text)

    assert byline is not None
    assert (byline.names, byline.rest) == (names, rest)


@pytest.mark.parametrize(
    "text",
    [
        "By Land and Sea",
        "Living with the Enemy",
        "University of Ostrow",
        "our correspondent in Ghadis",
        "Olga Brenn, who knows the salt roads",
        "Karsk Daily, May 2021",
        "July 3, 2023",
        "By all those correspondents who ever wrote for this small paper",
    ],
)
def test_read_byline_finds_nobody_in_other_lines(text: str) -> None:
    assert read_byline(text) is None


def test_people_of_a_biography_are_those_its_sentences_begin_with() -> None:
    bio = "Jane Roe is an analyst. She covers ports. Karl Ott and Mira Sand write on rivers. Anna Vole holds a degree."

    assert people_of(bio) == [("Jane Roe",), ("Karl Ott", "Mira Sand"), ("Anna Vole",)]
    assert people_of("The river rose. Karl Ott is an analyst.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe, who chairs the working group, resigned twice and was not replaced.",
        "Jane Roe is said to have left the council that night. [6]",
    ],
)
def test_text_that_only_mentions_its_author_is_no_biography(text: str) -> None:
    assert not is_bio_of(text, ["Jane Roe"])


def test_a_biography_may_say_more_of_somebody_first() -> None:
    assert is_bio_of("Jane Roe, who has lived in Sarn, is an analyst.", ["Jane Roe"])
    assert is_bio_of("Jane Roe, who teaches history, writes on rivers.", ["Jane Roe"])


@pytest.mark.parametrize("text", ["By contrast, the customs office re-examined a", "By then the office", "By contrast"])
def test_a_sentence_that_begins_with_by_names_nobody(text: str) -> None:
    assert read_byline(text) is None
