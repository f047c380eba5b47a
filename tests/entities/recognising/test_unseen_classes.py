"""Classes of names that six articles on other parts of the world showed to be missed, each by an invented case."""

from __future__ import annotations

import pytest

from tests.entities.recognising.making import actors, read, regions


@pytest.mark.parametrize("word", ["In", "Near", "At", "Outside", "Inside", "Around"])
def test_a_place_at_a_sentences_beginning_stands_as_one_inside_it(word: str) -> None:
    assert regions(f"The men left Mali. {word} Zantari, they were fed.") == [("Mali", "ML"), ("Zantari", "Zantari")]


def test_a_place_that_is_called_one_is_one_everywhere() -> None:
    text = "They entered the outskirts of Zantari, a hill town in Mali. Later on nobody knew who held Zantari, and why."
    assert regions(text) == [("Zantari", "Zantari"), ("Mali", "ML"), ("Zantari", "Zantari")]


def test_an_office_of_the_state_calls_nobody_a_place() -> None:
    text = "The film was shown in Mali. Alfredo Ramírez Bedola, the state's governor, called it theatre."
    assert regions(text) == [("Mali", "ML")]
    assert actors(text) == [("Alfredo Ramírez Bedola", "Alfredo Ramírez Bedola")]


def test_a_town_and_its_district_vouch_for_each_other() -> None:
    """The one is taken for the province by the noun beside it, the other stands at a sentence's beginning."""
    text = "Iraq's river rose in Kirkuk province. Kirkuk lies behind the dam."
    assert [name for name, _code in regions(text)][1:] == ["Kirkuk", "Kirkuk"]


def test_a_nickname_with_its_article_is_the_person_again() -> None:
    text = "Nemesio Oseguera Cervantes, called El Mencho, was born there. El Mencho's men and El Ruso's men fought."
    assert [found for found in actors(text) if found[0] == "El Mencho"] == [
        ("El Mencho", "Nemesio Oseguera Cervantes")
    ] * 2


def test_a_ship_is_no_misspelt_middle_name() -> None:
    assert actors("The bulk carrier Abdullah was let go. Omar Abdullahi Deni was told, and Deni smiled.") == [
        ("Omar Abdullahi Deni", "Omar Abdullahi Deni"),
        ("Deni", "Omar Abdullahi Deni"),
    ]


def test_a_numbered_base_is_a_force_and_no_place() -> None:
    (found,) = [
        one for one in read("The 201st Military Base sent a battalion to Mali.").mentions if one.kind == "actor"
    ]
    assert (found.text, found.sort, found.status) == ("201st Military Base", "state_force", "suggested")
    assert regions("The 201st Military Base sent a battalion to Mali.") == [("Mali", "ML")]
