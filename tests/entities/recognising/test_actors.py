"""Actors of the gazetteer, by name, acronym and definition."""

from __future__ import annotations

import pytest

from monitor.entities.gazetteer import Surface
from monitor.entities.recognising.compiled import compile_gazetteer
from tests.entities.recognising.making import actors, gazetteer, read, regions


def test_a_name_is_found_however_it_is_joined() -> None:
    for printed in ("al-Qaeda", "Al-Qaeda", "al Qaeda", "al\u2010Qaeda", "al‑Qaeda"):
        assert actors(f"fighters of {printed} left Mali") == [(printed, "al-qaeda")]


def test_a_name_broken_over_a_page_is_one_mention() -> None:
    assert actors("the Islamic\n\nState in Iraq") == [("Islamic\n\nState", "islamic-state")]


def test_a_possessive_and_an_article_are_left_out() -> None:
    assert actors("the Islamic State's men in Iraq") == [("Islamic State", "islamic-state")]


def test_a_possessive_inside_a_name_may_be_missing() -> None:
    for printed in ("Lord's Resistance Army", "Lord’s Resistance Army", "Lords Resistance Army"):
        assert actors(f"the {printed} in Uganda") == [(printed, "lra")]


def test_the_longer_name_wins() -> None:
    assert actors("The Pakistani Taliban and the Taliban differ in Pakistan") == [
        ("Pakistani Taliban", "ttp"),
        ("Taliban", "afghan-taliban"),
    ]


def test_a_word_is_no_acronym() -> None:
    assert actors("What is known of Iraq is little") == []


def test_a_definition_settles_what_an_acronym_means() -> None:
    text = "The Ambazonia Defence Forces (ADF) fled. In Uganda, the ADF is another group, and ADF men know it."
    assert [entity for _, entity in actors(text)] == ["adf-cameroon"] * 4


def test_a_tie_between_actors_goes_to_the_country_that_is_named() -> None:
    assert actors("In Cameroon, the ADF burnt a school") == [("ADF", "adf-cameroon")]
    assert actors("In Uganda, the ADF burnt a school") == [("ADF", "adf-uganda")]


def test_an_undecided_acronym_is_only_suggested_with_all_its_meanings() -> None:
    (mention,) = [one for one in read("In Uganda and Cameroon the ADF waits").mentions if one.kind == "actor"]
    assert mention.status == "suggested" or not mention.candidates
    assert {slug for slug, _ in mention.candidates} in (set(), {"adf-uganda", "adf-cameroon"})


def test_two_groups_of_one_short_name_in_one_article() -> None:
    text = (
        "In Uganda, the Allied Democratic Forces (ADF) burnt a school. The ADF fled. In Cameroon, the Ambazonia "
        "Defence Forces (ADF) closed the shops. The ADF said so."
    )
    assert [entity for _, entity in actors(text)] == ["adf-uganda"] * 3 + ["adf-cameroon"] * 3


def test_an_unknown_translation_does_not_lose_a_known_acronym() -> None:
    found = actors("In Mali the Support Group for Islam and Muslims (JNIM) attacked; JNIM fled")
    assert [entity for text, entity in found if text == "JNIM"] == ["jnim", "jnim"]
    sure = read("In Mali the Support Group for Islam and Muslims (JNIM) attacked; JNIM fled").mentions
    assert [one.status for one in sure if one.text == "JNIM"] == ["auto", "auto"]


def test_an_unknown_organisation_is_defined_by_the_article() -> None:
    text = "The Palouse Minutemen Reserve (PMR) met. The PMR is small."
    assert actors(text) == [
        ("Palouse Minutemen Reserve", "Palouse Minutemen Reserve"),
        ("PMR", "Palouse Minutemen Reserve"),
        ("PMR", "Palouse Minutemen Reserve"),
    ]
    assert {one.status for one in read(text).mentions} == {"suggested"}


def test_a_defined_thing_is_no_actor_and_takes_its_places_along() -> None:
    text = "The Iraq-Syria Economic Corridor (ISEC) is a road; the ISEC costs money."
    assert actors(text) == []
    assert regions(text) == []


def test_a_strict_name_needs_its_country() -> None:
    using = compile_gazetteer(gazetteer(Surface("Ethiopian", "fano", "actor", "descriptive")))
    assert actors("The Fano came to Iraq", using=using) == []


def test_what_a_name_stands_near_may_make_it_something_else() -> None:
    using = compile_gazetteer(gazetteer(Surface("Badr", "islamic-state", "actor", not_near=("football",))))
    assert actors("The Badr men left Iraq", using=using) == [("Badr", "islamic-state")]
    assert actors("The Badr football club left Iraq", using=using) == []


def test_a_name_needs_the_countries_it_asks_for() -> None:
    using = compile_gazetteer(gazetteer(Surface("Army of Islam", "islamic-state", "actor", needs=("SY",))))
    assert actors("the Army of Islam of Syria", using=using)[0][1] == "islamic-state"
    assert actors("the Army of Islam of Mali", using=using)[0][1] != "islamic-state"


@pytest.mark.parametrize(
    ("date", "status"),
    [("2013-01", "suggested"), ("2014-07-01", "auto"), ("2014", "auto"), ("2019-01-01", "suggested"), (None, "auto")],
)
def test_a_name_out_of_use_is_only_suggested(date: str | None, status: str) -> None:
    dated = Surface("Khilafah Army", "islamic-state", "actor", valid_from="2014-06", valid_to="2017")
    (mention, *_) = read("The Khilafah Army held Iraq", date=date, using=compile_gazetteer(gazetteer(dated))).mentions
    assert (mention.entity, mention.status) == ("islamic-state", status)


def test_a_state_force_described_is_told_apart_and_keeps_its_country() -> None:
    found = read("In the north Iraq's military met Iraqi soldiers").mentions
    assert [(one.kind, one.text, one.tier) for one in found] == [
        ("actor", "Iraq's military", "desc"),
        ("region", "Iraq", "name"),
        ("actor", "Iraqi soldiers", "desc"),
    ]


def test_a_known_long_form_lends_its_words_to_nobody() -> None:
    using = compile_gazetteer(
        gazetteer(Surface("Volunteers for the Homeland", "fano", "actor"), Surface("VDP", "fano", "actor"))
    )
    text = "the Volunteers for the Homeland (VDP) of Mali love the Homeland"
    assert [found for found, _ in actors(text, using=using)] == ["Volunteers for the Homeland", "VDP"]


def test_a_name_in_capitals_is_no_description() -> None:
    using = compile_gazetteer(gazetteer(Surface("Iraqi National Military", "iraqi-forces", "actor")))
    assert [one.tier for one in read("the Iraqi National Military", using=using).mentions] == ["name"]


def test_a_plain_name_away_from_its_countries_is_only_suggested() -> None:
    using = compile_gazetteer(gazetteer(Surface("Lantern Brigade", "islamic-state", "actor")))
    (mention,) = read("In spring the Lantern Brigade met", using=using).mentions
    assert (mention.entity, mention.status) == ("islamic-state", "suggested")


def test_what_only_says_whose_it_is_is_no_actor() -> None:
    assert actors("according to Iraqi military sources in Iraq") == []


def test_the_id_of_the_alias_is_handed_on() -> None:
    using = compile_gazetteer(gazetteer(Surface("Caliphate Soldiers", "islamic-state", "actor", alias_id=7)))
    found = read("In Syria we met Caliphate Soldiers again", using=using).mentions
    assert [one.alias_id for one in found if one.kind == "actor"] == [7]
