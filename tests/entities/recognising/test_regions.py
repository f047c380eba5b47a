"""Regions: which one a name means, and what is none."""

from __future__ import annotations

import pytest

from tests.entities.recognising.making import actors, read, regions


def test_a_country_decides_which_place_is_meant() -> None:
    assert regions("In Iraq, men held Kirkuk") == [("Iraq", "IQ"), ("Kirkuk", "gn94787")]


def test_a_noun_beside_says_what_it_is() -> None:
    assert regions("In Iraq, men held Kirkuk province")[1] == ("Kirkuk", "IQ-KI")
    assert regions("in Iraq's Diyala, Kirkuk and Baghdad provinces")[1:] == [
        ("Diyala", "IQ-DI"),
        ("Kirkuk", "IQ-KI"),
        ("Baghdad", "IQ-BG"),
    ]
    assert regions("in the city of Kirkuk in Iraq")[0] == ("Kirkuk", "gn94787")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a trial in Washington in the U.S.", "gn4140963"),
        ("a trial in Washington State in the U.S.", "US-WA"),
        ("power lines of eastern Washington in the U.S.", "US-WA"),
    ],
)
def test_a_capital_and_a_state_of_one_name(text: str, code: str) -> None:
    assert regions(text)[0][1] == code


def test_a_country_and_a_state_of_one_name() -> None:
    assert regions("He left Georgia for Turkey")[0] == ("Georgia", "GE")
    assert regions("a jury in Atlanta, Georgia, in the U.S.")[:2] == [("Atlanta", "gn4180439"), ("Georgia", "US-GA")]


@pytest.mark.parametrize("feature", ["Lake Chad", "Gulf of Chad", "Chad River", "Mount Chad"])
def test_a_lake_is_not_the_country_in_its_name(feature: str) -> None:
    assert regions(f"boats on {feature} sank") == [(feature, feature)]


def test_dotless_letters_and_spellings_are_one() -> None:
    for printed in ("Diyarbakır", "Diyarbakir", "DİYARBAKIR"):
        assert regions(f"men in {printed} in Turkey")[0] == (printed, "gn1")
    assert regions("men in Sirnak in Turkey")[0] == ("Sirnak", "TR-73")


def test_a_place_inside_an_actor_or_agreement_is_no_mention() -> None:
    assert regions("The Kirkuk Liberation Front (KLF) met in Iraq") == [("Iraq", "IQ")]
    assert regions("The Kirkuk Agreement was signed in Iraq") == [("Iraq", "IQ")]


def test_a_place_inside_a_description_is_one() -> None:
    assert regions("Iraq's military left") == [("Iraq", "IQ")]


def test_a_word_that_is_also_a_place() -> None:
    assert regions("A great Victory in the U.S. was no victory") == [("U.S.", "US")]


def test_a_part_of_a_longer_name_is_no_place() -> None:
    assert ("Kirkuk", "gn94787") not in regions("The writer Abu Kirkuk left Iraq")


def test_a_small_place_without_a_sign_of_one_is_somebody() -> None:
    assert regions("In Niger, Bakura has sent men. Bakura said so.") == [("Niger", "NE")]
    assert actors("In Niger, Bakura has sent men. Bakura said so.") == [("Bakura", "Bakura"), ("Bakura", "Bakura")]
    assert regions("In Niger, men marched on Bakura") == [("Niger", "NE"), ("Bakura", "gn2")]


def test_capitals_and_countries_that_act_are_metonyms() -> None:
    found = read("Islamabad was confident. In Pakistan, men in Islamabad left. Pakistan accused Mali.").mentions
    assert [(one.text, one.metonym) for one in found] == [
        ("Islamabad", True),
        ("Pakistan", False),
        ("Islamabad", False),
        ("Pakistan", True),
        ("Mali", False),
    ]


def test_demonyms_are_weak_evidence_apart() -> None:
    found = read("Pakistani officials met Turkish ones")
    assert found.mentions == ()
    assert [(one.text, one.entity, one.tier) for one in found.weak] == [
        ("Pakistani", "PK", "weak"),
        ("Turkish", "TR", "weak"),
    ]


def test_a_demonym_is_context() -> None:
    assert regions("Iraqi men held Kirkuk") == [("Kirkuk", "gn94787")]


def test_a_misspelling_of_a_place_in_context_is_suggested() -> None:
    (place,) = [one for one in read("Turkish men near Diyarbekir fled").mentions if one.kind == "region"]
    assert (place.entity, place.method, place.status) == ("gn1", "fuzzy", "suggested")


@pytest.mark.parametrize(
    "text",
    ["near Luhaiban in Iraq", "Luhaiban village in Iraq", "the village of Luhaiban in Iraq", "held in Luhaiban, Iraq"],
)
def test_an_unknown_village_is_suggested(text: str) -> None:
    (place, iraq) = read(text).mentions
    assert (place.text, place.entity, place.status, iraq.entity) == ("Luhaiban", None, "suggested", "IQ")


def test_a_facility_belongs_to_its_name() -> None:
    assert regions("an assault on al-Sina'a prison in Iraq")[0] == ("al-Sina'a prison", "al-Sina'a prison")
