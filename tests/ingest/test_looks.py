from __future__ import annotations

import pytest

from monitor.ingest.structure.looks import (
    awaits_number,
    begins_lower,
    content_words,
    dangles,
    ends_in_abbreviation,
    ends_sentence,
    has_inner_stop,
    is_bare,
    is_lower_case,
    is_question,
    is_sentence,
    lower_case_words,
    stripped_end,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell. [1]", "It fell."),
        ("It fell [1].", "It fell [1]."),
        ('of the same boat (Post, July 7, 2030)." [5]', "of the same boat (Post, July 7, 2030)."),
        ("(It fell.)", "(It fell."),
        ("It fell.\u201d", "It fell."),
        ('State,"', "State,"),
        ("It fell. [1] [2]", "It fell."),
        ("It fell.1", "It fell."),
        ("It fell. (1)", "It fell."),
        ("It fell.\u00b9\u00b2", "It fell."),
        ("It fell in 2018.12", "It fell in 2018."),
        ("It fell by 3.1", "It fell by 3.1"),
        ("Es fiel.\u201c", "Es fiel."),
        ("\u00bbDet faldt.\u00ab", "\u00bbDet faldt."),
        ("It fell.*", "It fell."),
        ("[1]", ""),
        ("", ""),
        ('"\'")]', ""),
    ],
)
def test_stripped_end_takes_off_markers_quotes_and_brackets(text: str, expected: str) -> None:
    assert stripped_end(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell.", True),
        ("It fell!", True),
        ("Did it fall?", True),
        ("Three things:", True),
        ("It fell\u2026", True),
        ("It fell. [12]", True),
        ('of the same coin (Post, July 5, 2021)."', True),
        ("as Dr.", False),
        ("see Vol.", False),
        ("It fell", False),
        ('the State,"', False),
        ("(Dawn, January 3)", False),
        ("Conflict and Security", False),
        ("", False),
    ],
)
def test_ends_sentence_looks_behind_what_may_close_it(text: str, expected: bool) -> None:
    assert ends_sentence(text) is expected


def test_ends_in_abbreviation_knows_shortened_words() -> None:
    assert ends_in_abbreviation("left by the U.S.")
    assert not ends_in_abbreviation("It fell.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and so on", True),
        ('"and so on', True),
        ("al-Hol was quiet", False),
        ("de Waal says", False),
        ("iPhone sales fell", False),
        ("coast24.example wrote", False),
        ("@ridgeline wrote", False),
        ("The town", False),
        ("20 men", False),
        ("", False),
        ("\u0645\u0631\u062d\u0628\u0627", False),
    ],
)
def test_begins_lower_leaves_names_aside(text: str, expected: bool) -> None:
    assert begins_lower(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arguably, the Front sat down with the envoys not to make any", True),
        ("Against this backdrop, it is useful to ask why the Velmara-Ostrand", True),
        ("The warden's new chain will be of little use as long as", True),
        ("The Tesk-Ostrand connection", False),
        ("The Role of the State in the War on the Border of Ostrand", False),
        ("Rifts, Splintering, and Mergers among the Coast Bands of Velmara", False),
        ("a b", False),
        ("", False),
    ],
)
def test_is_sentence_counts_words_that_carry_meaning(text: str, expected: bool) -> None:
    assert is_sentence(text) is expected


def test_is_lower_case_leaves_the_first_word_aside() -> None:
    assert is_lower_case("Salt roads of Lorr")
    assert not is_lower_case("Salt")
    assert content_words("The 3 roads of Lorr") == ["roads", "Lorr"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell. It rose", True),
        ("U.S. Board of Rivers", False),
        ("J. R. Oke", False),
        ("Dr. Oke and Mr. Ruel", False),
        ("1. The River Trade", False),
        ("It fell", False),
    ],
)
def test_has_inner_stop_knows_initials_and_titles(text: str, expected: bool) -> None:
    assert has_inner_stop(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ostrand Factor", True),
        ("1. The River Trade", True),
        ("What Comes Next?", True),
        ("Ties that Bind? Reading the Alliance", True),
        ("After the U.S.", True),
        ("Outlook:", True),
        ("the accord has three parts:", False),
        ("It fell.", False),
        ("Did it fall? It did, and then it rose again over the years, did it not?", False),
        ("x" * 201, False),
        ("---", False),
        ("", False),
    ],
)
def test_is_bare_tells_lines_without_a_stop(text: str, expected: bool) -> None:
    assert is_bare(text) is expected


def test_is_question_is_one_short_question() -> None:
    assert is_question("Why Now?")
    assert not is_question("It fell. Why now?")
    assert not is_question(f"{'and ' * 20}why?")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Besides,", True),
        ("river-", True),
        ("and/", True),
        ("in the", True),
        ("led by Dr.", True),
        ("the Front (which", True),
        ("Looking In", False),
        ("The Front", False),
    ],
)
def test_dangles_sees_an_end_that_calls_for_more(text: str, expected: bool) -> None:
    assert dangles(text) is expected


def test_awaits_number_joins_a_month_and_its_day() -> None:
    assert awaits_number("On January", "20, a bomb")
    assert not awaits_number("On January", "a bomb")
    assert not awaits_number("On", "20 men")


def test_lower_case_words_are_those_no_name_holds() -> None:
    assert lower_case_words(["The early years of Lorr", "Early"]) == {"early", "years", "of"}


def test_begins_lower_minds_stops_inside_a_word_and_not_behind_it() -> None:
    assert begins_lower("fell. And so it went")
    assert not begins_lower("lorr.example said so")
    assert begins_lower("\u201eals\u201c sagte er")


def test_is_bare_forgives_the_stop_of_an_abbreviation_in_a_short_line_only() -> None:
    assert is_bare("The Salt Trade of the U.S.")
    assert not is_bare("The salt that the old men of Lorr sold in the U.S.")
