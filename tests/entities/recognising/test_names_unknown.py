"""Organisations and persons that are in no gazetteer."""

from __future__ import annotations

import pytest

from monitor.entities.recognising.document import Document, Piece
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.recogniser import recognise
from tests.entities.recognising.making import actors, compiled, read


@pytest.mark.parametrize(
    "name",
    [
        "Komadugu Vigilance League",
        "Union of Novorossiya Veterans",
        "Ministry of Peace and Reconciliation",
        "Peace and Security Council",
        "1st Army Corps",
        "February 17 Brigade",
        "New People's Army",
        "First Capital Command",
        "Frente Popular Nacional",
        "Lashkar-e-Badr",
        "Operation Thunder",
        "Southern Military District",
        "Sultan Murad Division",
    ],
)
def test_an_organisation_is_known_by_its_words(name: str) -> None:
    (found,) = [one for one in read(f"Last year the {name} fled from Mali").mentions if one.kind == "actor"]
    assert (found.text, found.entity, found.status) == (name, None, "suggested")


@pytest.mark.parametrize(
    "name", ["Doha Agreement", "Army Public School", "Daily Herald", "Armed Forces", "National Action Plan", "Koran"]
)
def test_what_is_no_organisation(name: str) -> None:
    assert actors(f"Last year the {name} was in the news") == []


def test_two_organisations_joined_by_and_are_two() -> None:
    assert [
        text for text, _ in actors("The Komadugu League and the Batha Front met the Tama Militia and Kanem Army")
    ] == [
        "Komadugu League",
        "Batha Front",
        "Tama Militia",
        "Kanem Army",
    ]


def test_of_leads_to_the_person_who_leads() -> None:
    assert [text for text, _ in actors("the Vostok Battalion of Alexander Khodakovsky; Khodakovsky left")] == [
        "Vostok Battalion",
        "Alexander Khodakovsky",
        "Khodakovsky",
    ]


def test_a_name_with_fighters_is_a_group_wherever_it_stands() -> None:
    assert actors("Ansaru fighters left Mali. He joined Ansaru there.") == [("Ansaru", "Ansaru"), ("Ansaru", "Ansaru")]
    assert actors("Tuareg rebels left Mali; Tuareg towns suffered") == []


def test_the_first_word_of_a_name_may_stand_for_it() -> None:
    assert actors("The Azov Brigade fought. To television Azov is the army.")[1] == ("Azov", "Azov Brigade")


def test_initials_stand_for_an_organisation_named_before() -> None:
    assert actors("The Komadugu Vigilance League met. Then KVL men left.")[1] == ("KVL", "Komadugu Vigilance League")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iraqi Prime Minister Mustafa al-Kadhimi visited; al-Khadimi left", ["Mustafa al-Kadhimi", "al-Khadimi"]),
        ("President Barham Salih spoke; then Salih left", ["Barham Salih", "Salih"]),
        ("a commander, Mdouli (alias Abdramane), was killed", ["Mdouli", "Abdramane"]),
        ("the cleric Mufti Burjan was killed", ["Mufti Burjan"]),
        ("that Jimmy Chérizier, alias Barbecue, built; Barbecue left", ["Jimmy Chérizier", "Barbecue", "Barbecue"]),
        ("President Emmanuel Macron noted it, and Macron left", ["Emmanuel Macron", "Macron"]),
        ("General Hemedti fled", ["Hemedti"]),
        ("the coup's leader, Min Aung Hlaing, announced", ["Min Aung Hlaing"]),
        ("leader Stephen King said so", ["Stephen King"]),
        ("Omar Abdullah of the Komadugu Front said", ["Omar Abdullah", "Komadugu Front"]),
    ],
)
def test_persons(text: str, names: list[str]) -> None:
    assert [found for found, _ in actors(text)] == names


def test_an_alias_and_a_surname_are_the_same_person() -> None:
    found = read("Khalid Balti (alias Muhammad Khorasan) died. Balti was old.").mentions
    assert {one.name for one in found} == {"Khalid Balti"}
    assert {one.sort for one in found} == {"person"}


def test_two_persons_of_one_surname_are_told_apart_by_place() -> None:
    found = read("Ibrahim Dbeibah spoke. Then Dbeibah left. Walid Dbeibah came. Then Dbeibah sat.").mentions
    assert [one.name for one in found] == ["Ibrahim Dbeibah"] * 2 + ["Walid Dbeibah"] * 2


def test_cited_media_are_nobody() -> None:
    text = "Asharq Awsat reported it. Mimi Mefo said no."
    pieces = (Piece("body", text),)
    assert recognise(Document(pieces, sources=("Asharq Awsat", "Mimi Mefo")), compiled(), english()).mentions == ()
