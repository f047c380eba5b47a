"""British and American spellings are one, and no other words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.search.american import american
from monitor.search.stems import stem

BOTH = [
    "defence defense", "defences defenses", "offence offense", "licence license", "centre center", "centres centers",
    "theatre theater", "kilometres kilometers", "epicentre epicenter", "labour labor", "labourers laborers",
    "armoured armored", "armoury armory", "neighbouring neighboring", "neighbourhood neighborhood", "harbour harbor",
    "favourable favorable", "unfavourable unfavorable", "dishonour dishonor", "rumours rumors", "behaviour behavior",
    "organisation organization", "organisations organizations", "radicalisation radicalization", "organised organized",
    "radicalising radicalizing", "mobilise mobilize", "terrorised terrorized", "weaponised weaponized",
    "analyse analyze", "paralysed paralyzed", "travelled traveled", "signalling signaling", "refuelling refueling",
    "programme program", "programmes programs", "manoeuvre maneuver", "judgement judgment", "enquiry inquiry",
    "sceptical skeptical", "artefacts artifacts", "ploughshares plowshares", "enrolment enrollment", "fulfil fulfill",
    "instalments installments", "wilfully willfully", "ageing aging", "paediatric pediatric", "centred centered",
]  # fmt: skip
KEPT = [
    "promise", "exercise", "supervise", "compromise", "enterprise", "treatise", "premise", "surprise", "franchise",
    "merchandise", "expertise", "paradise", "raise", "rise", "wise", "precise", "concise", "noise", "improvisation",
    "analyses", "hour", "four", "course", "tour", "source", "resource", "court", "fence", "hence", "presence", "sentence",
    "acre", "massacre", "genre", "ogre", "killed", "calling", "controlled", "rolled", "selling", "programmer", "mission",
    "louise", "denise", "elise", "paris", "isis", "balouch", "mansour", "nour", "ashour",
]  # fmt: skip


@pytest.mark.parametrize("pair", BOTH)
def test_both_spellings_are_one_word(pair: str) -> None:
    british, us = pair.split()
    assert american(british) == us
    assert american(us) == us
    assert stem(british) == stem(us)


@pytest.mark.parametrize("word", KEPT)
def test_other_words_stay_as_they_are(word: str) -> None:
    assert american(word) == word


@given(st.text(alphabet="abceilmnorstuvyz", max_size=14))
def test_a_word_is_changed_once_for_all(word: str) -> None:
    assert american(american(word)) == american(word)
