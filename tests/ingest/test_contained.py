from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.structure.contained import common, contained, runs, without_signs

TITLE = "The Cantonment Question"


@pytest.mark.parametrize(
    ("entry", "rest"),
    [
        ("The Cantonment Question", ""),
        ("The Cantonment Question (Jane Roe), p. 4", "Jane Roe"),
        ("Jane Roe: The Cantonment Question ... 3", "Jane Roe"),
        ("Jane Roe and Karl Ott, The Cantonment Question 3", "Jane Roe and Karl Ott"),
        ("3 The Cantonment Question Jane Roe", "Jane Roe"),
        ("The Cantonment Jane Roe Question 3", "Jane Roe"),
        ("THE CANTONMENT QUESTION by Jane Roe", "by Jane Roe"),
        ("The Cantonment Question \u2014 Jane Roe \u2026\u2026 12", "Jane Roe"),
    ],
)
def test_a_title_is_found_whatever_stands_around_it(entry: str, rest: str) -> None:
    found = contained(entry, TITLE)

    assert found is not None
    assert found[0].casefold() == TITLE.casefold()
    assert found[1] == rest


@pytest.mark.parametrize(
    "entry",
    [
        "How the Cantonment Question Was Won 3",
        "The Cantonment Question of Sarn",
        "The Question of the Cantonment",
        "The Cantonment",
        "",
    ],
)
def test_other_words_beside_it_make_it_another_title(entry: str) -> None:
    assert contained(entry, TITLE) is None


def test_few_letters_are_found_everywhere_and_tell_nothing() -> None:
    assert contained("Outlook Jane Roe 3", "Outlook") is None


def test_a_title_in_quotation_marks_keeps_its_words() -> None:
    assert contained("\u201cThe Cantonment Question\u201d Jane Roe", TITLE) == (
        "\u201cThe Cantonment Question\u201d",
        "Jane Roe",
    )


def test_runs_are_one_or_two() -> None:
    assert runs(["a", "b", "c"], ["b", "c"]) == [[1, 2]]
    assert runs(["a", "x", "b", "c"], ["a", "b", "c"]) == [[0, 2, 3]]
    assert runs(["a", "x", "b", "y", "c"], ["a", "b", "c"]) == []
    assert runs(["a", "", "b"], ["a", "b"]) == [[0, 2]]


def test_common_beginnings_are_counted() -> None:
    assert common(["a", "b", "c"], ["a", "b", "x"]) == 2
    assert common([], ["a"]) == 0


@pytest.mark.parametrize(
    ("rest", "bare"),
    [
        ("(Jane Roe), p. 4", "Jane Roe"),
        (", 12", ""),
        ("p. 3 Jane Roe", "Jane Roe"),
        ("...... 7", ""),
        ("Jane Roe |", "Jane Roe"),
    ],
)
def test_what_is_left_over_loses_page_and_signs(rest: str, bare: str) -> None:
    assert without_signs(rest) == bare


@given(st.text(alphabet="ab ,.3(", max_size=60), st.text(alphabet="ab ", max_size=40))
def test_it_never_raises_and_returns_words_of_the_entry(entry: str, title: str) -> None:
    found = contained(entry, title)

    assert found is None or set(found[0].split(" ")) <= set(entry.split(" ")) | {
        word.rstrip(":( ,|/") for word in entry.split(" ")
    }
