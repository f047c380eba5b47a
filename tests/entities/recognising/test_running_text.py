"""Words, their letters and their places."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.entities.recognising.document import Document, Piece
from monitor.entities.recognising.letters import fold, plain
from monitor.entities.recognising.running_text import MASK, RunningText, Word, masked
from monitor.entities.recognising.spelled import spelled

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NEAR_WORDS = st.text(alphabet="aAéÉıİß'’ʼ-–. \n\u00ad\u200b\u0301(),1Ω", max_size=80)


def words(text: str, **piece: object) -> list[Word]:
    return RunningText(Document((Piece("body", text, **piece),))).words  # type: ignore[arg-type]


@given(st.one_of(ANY_TEXT, NEAR_WORDS))
def test_words_lie_in_the_text_in_order_whatever_the_text(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        assert text[at : word.start] == word.gap or text[at : word.start].endswith(word.gap)
        assert word.plain == plain(text[word.start : word.end])
        assert word.fold == fold(text[word.start : word.end])
        at = word.end


@given(st.one_of(ANY_TEXT, NEAR_WORDS))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    kept = [False] * len(text)
    for word in words(text):
        for at in range(word.start, word.end):
            kept[at] = True
    lost = {text[at] for at in range(len(text)) if not kept[at] and text[at].isalnum()}
    assert {character for character in lost if plain(character)} <= set("sS")  # a possessive's


@given(NEAR_WORDS)
def test_a_composed_and_a_decomposed_text_have_the_same_keys(text: str) -> None:
    composed, taken_apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert [word.fold for word in words(composed)] == [word.fold for word in words(taken_apart)]


@given(st.one_of(ANY_TEXT, NEAR_WORDS))
def test_a_name_of_the_gazetteer_is_spelt_as_a_text_spells_it(text: str) -> None:
    quick = [(word.plain, word.fold, word.possessive) for word in spelled(text)]
    assert quick == [(word.plain, word.fold, word.possessive) for word in words(text)]


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Diyarbakır", "diyarbakir"),
        ("DİYARBAKIR", "diyarbakir"),
        ("Şırnak", "sirnak"),
        ("Łódź", "lodz"),
        ("Sina'a", "sinaa"),
        ("Sinaʿa", "sinaa"),
        ("Jama’at", "jamaat"),
        ("Burk\u00adina", "burkina"),
        ("Defence", "defense"),
        ("Mobilisation", "mobilization"),
        ("Organisations", "organizations"),
        ("Qarabağ", "qarabag"),
        ("Əliyev", "eliyev"),
        ("Straße", "strasse"),
    ],
)
def test_fold_gives_one_key_to_all_spellings(printed: str, key: str) -> None:
    assert fold(printed) == key


def test_a_possessive_is_left_out_and_noted() -> None:
    (iraq, people, army) = words("Iraq’s People's army")
    assert (iraq.plain, iraq.possessive, people.fold, army.possessive) == ("Iraq", True, "people", False)


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("Islamic State", True),
        ("Islamic\nState", True),
        ("Baluch Republican\n\nArmy", True),  # broken over a page
        ("al-Qaeda", True),
        ("Workers' Party", True),
        ("U.S. Army", True),
        ("Gen. Haftar", True),
        ("war. Army", False),
        ("Taliban, Army", False),
        ("Taliban (Army", False),
        ("PKK/YPG", False),
        ("Taliban – Pakistan", False),
    ],
)
def test_soft_says_whether_a_name_goes_on(text: str, soft: bool) -> None:
    assert words(text)[-1].soft is soft


def test_a_heading_never_runs_into_its_text() -> None:
    army = words("Republican\n\nArmy", heads=((0, 10),))[1]
    assert not army.soft
    assert army.initial


@pytest.mark.parametrize(
    ("text", "initial"),
    [
        ("He fled. Kabul", True),
        ("in Kabul", False),
        ("of the U.S. Army", False),
        ('said: "Kabul', True),
        ("a, Kabul", False),
    ],
)
def test_initial_says_whether_a_capital_means_nothing(text: str, initial: bool) -> None:
    assert words(text)[-1].initial is initial


@given(ANY_TEXT, st.lists(st.tuples(st.integers(0, 220), st.integers(0, 220)), max_size=8))
def test_masked_hides_zones_and_nothing_else(text: str, pairs: list[tuple[int, int]]) -> None:
    zones = [(min(pair), max(pair)) for pair in pairs]
    hidden = masked(text, zones)
    assert len(hidden) == len(text)
    for at, character in enumerate(text):
        inside = any(start <= at < end for start, end in zones)
        assert hidden[at] == (MASK if inside else character)


def test_nothing_is_read_across_a_zone() -> None:
    text = "the Islamic (Dawn, May 3) State"
    assert [word.plain for word in words(text, zones=((12, 25),))] == ["the", "Islamic", "State"]
    assert not words(text, zones=((12, 25),))[2].soft
