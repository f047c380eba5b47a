from __future__ import annotations

from dataclasses import replace

from monitor.entities.gazetteer import Gazetteer, Surface
from monitor.entities.recognising.compiled import compile_gazetteer
from monitor.entities.recognising.lexicon import english
from tests.entities.recognising.making import gazetteer


def test_the_hash_is_that_of_the_rows_and_not_of_their_order_or_ids() -> None:
    rows = gazetteer()
    numbered = tuple(replace(surface, alias_id=number) for number, surface in enumerate(rows.surfaces))
    assert replace(rows, surfaces=numbered[::-1]).hash == rows.hash
    assert replace(rows, surfaces=rows.surfaces[1:]).hash != rows.hash
    assert replace(rows, head_nouns=()).hash != rows.hash
    assert len(rows.hash) == 64


def test_an_empty_gazetteer_finds_nothing() -> None:
    made = compile_gazetteer(Gazetteer())
    assert [*made.actors_in(" iraq "), *made.places_in(" iraq ")] == []


def test_a_place_is_known_without_its_article_and_its_noun() -> None:
    made = compile_gazetteer(Gazetteer(surfaces=(Surface("Al-Anbar Governorate", "IQ-AN", "region"),)))
    for key in (" al anbar governorate ", " al anbar ", " anbar "):
        assert key in [key[start:end] for start, end, _names in made.places_in(key)]


def test_a_name_is_known_in_the_plural() -> None:
    made = compile_gazetteer(Gazetteer(surfaces=(Surface("Houthi", "houthis", "actor"),)))
    assert len(list(made.actors_in(" houthis "))) == 1


def test_the_lexicon_tells_words_from_names() -> None:
    words = english()
    assert words.common("army")
    assert not words.common("baghdad")
    assert not words.common("jacob")
    assert "king" in words.either


def test_an_archive_adds_its_words_but_no_names() -> None:
    more = english().with_words(["Tradecraft", "kidnappers’", "baghdad", "ab", "x1y"])
    assert more.common("tradecraft")
    assert more.common("kidnappers")
    assert not more.common("baghdad")
    assert not more.common("ab")
    assert not more.common("x1y")
    assert more.hash != english().hash
