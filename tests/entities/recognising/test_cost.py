"""What recognising costs, counted in steps of the interpreter: no clock, so that a busy machine changes nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.entities.gazetteer import ActorEntry, Gazetteer, RegionEntry, Surface
from monitor.entities.recognising.compiled import compile_gazetteer, compile_places
from monitor.entities.recognising.found import Found, Taken
from monitor.entities.recognising.likeness import LEAST, neighbours
from tests.entities.recognising.making import compiled, gazetteer, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

TEXT = (
    "On January 7 the Komadugu Vigilance League (KVL) attacked a post near Kirkuk in Iraq, said Barham Salih. "
    "Fighters of JNIM left Mali for Niger; Salih and the KVL denied it, and nobody in Baghdad believed them.\n\n"
    "El Mencho, alias Bakura, met the Kanem Army. Iraqi soldiers held Diyala, Kirkuk and Baghdad provinces.\n\n"
)
HARD = {
    "prose": TEXT,
    "brackets": "The Kanem Army (KA) (" * 3,
    "capitals": "Kanem Batha Tama Guera ",
    "one long phrase": "Kanem of the ",
    "names of people": "Barham Salih and Omar Bakura met. ",
    "places with commas": "Kirkuk, Diyala, Baghdad, ",
    "ambiguous acronyms": "ADF IS AQ ",
    "marks": "’s – - . , ( [ \u00ad ",
}


def steps(work: Callable[[], object]) -> int:
    """Return how many of our functions a piece of work calls."""
    called = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize("kind", HARD)
def test_a_text_four_times_as_long_costs_about_four_times_as_much(kind: str) -> None:
    text = HARD[kind] * (4_000 // len(HARD[kind]))
    read(text)
    once, fourfold = steps(lambda: read(text)), steps(lambda: read(4 * text))
    assert fourfold <= 5 * once


def test_a_large_gazetteer_costs_what_a_small_one_does() -> None:
    """Ten thousand more names that the text does not print."""
    more = compile_gazetteer(gazetteer(*(Surface(f"Zantar Qq{n}ville", "IQ-KI", "region") for n in range(10_000))))
    read(TEXT, using=more)
    assert steps(lambda: read(TEXT, using=more)) <= 1.05 * steps(lambda: read(TEXT))
    assert read(TEXT, using=more) == read(TEXT)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)).map(lambda at: (at[0], at[0] + at[1])), max_size=8)


@given(SPANS, st.integers(0, 36), st.integers(0, 4))
def test_taken_words_are_those_of_its_spans(spans: list[tuple[int, int]], first: int, more: int) -> None:
    names = [Found(*span, "actor", None, "X", "pattern") for span in spans[::2]]
    taken = Taken([*names, *spans[1::2]])
    words = {at for start, end in spans for at in range(start, end + 1)}
    asked = range(first, first + more + 1)
    assert taken.touches(first, first + more) == any(at in words for at in asked)
    assert taken.covers(first, first + more) == all(at in words for at in asked)
    taken.add((first, first + more))
    assert taken.covers(first, first + more)


NAMES = st.lists(
    st.sampled_from(["Baloch", "Baluch", "Republican", "Army", "Guard", "Guards", "Front", "of", "Sind"]),
    min_size=1,
    max_size=4,
).map(" ".join)


@settings(max_examples=60)
@given(st.sets(NAMES, min_size=1, max_size=12), NAMES)
def test_names_are_compared_with_all_that_could_be_like_enough(known: set[str], name: str) -> None:
    """Asked name by name or by their length: what is left out by its length could not be alike."""
    slugs = {text: f"a{number}" for number, text in enumerate(sorted(known))}
    made = compile_gazetteer(
        Gazetteer(
            actors=tuple(ActorEntry(slug, text) for text, slug in slugs.items()),
            surfaces=tuple(Surface(text, slug, "actor") for text, slug in slugs.items()),
        )
    )
    alone: dict[str, float] = {}
    for text, slug in slugs.items():
        one = compile_gazetteer(Gazetteer(actors=(ActorEntry(slug, text),), surfaces=(Surface(text, slug, "actor"),)))
        alone |= dict(neighbours(name, one))
    found = neighbours(name, made)
    best = sorted(alone.items(), key=lambda pair: (-pair[1], pair[0]))
    assert [score for _slug, score in found] == [score for _slug, score in best[:5]]
    assert all(score >= LEAST and alone[slug] == score for slug, score in found)
    assert neighbours(name, made) is found


def test_regions_made_ready_before_are_as_good() -> None:
    """After a change of an actor's name the regions stay: the same answers, and the same name of the whole."""
    rows = gazetteer()
    places = compile_places(rows)
    actors_alone = Gazetteer(
        rows.actors,
        (),
        tuple(one for one in rows.surfaces if one.kind == "actor"),
        rows.demonyms,
        rows.region_stop_words,
        rows.head_nouns,
    )
    joined = compile_gazetteer(actors_alone, places)
    assert (joined.hash, read(TEXT, using=joined)) == (rows.hash, read(TEXT))
    assert joined.places is places
    assert read(TEXT, using=joined) == read(TEXT, using=compiled())
    other = compile_places(Gazetteer(regions=(RegionEntry("XX", "x", "Exland", "country"),)))
    assert compile_gazetteer(actors_alone, other).hash != rows.hash
