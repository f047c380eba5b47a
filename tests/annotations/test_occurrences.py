"""Where a phrase stands: whole words, never over the end of a sentence or paragraph; and tagging all of them as one act."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from monitor.annotations import occurrence_queries
from monitor.annotations.codebook import make_tag
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation
from monitor.annotations.occurrence_queries import bearing, look_for
from monitor.annotations.occurrences import find_occurrences, phrase_words
from monitor.annotations.operations import redo, undo
from monitor.annotations.refusals import CannotAnnotate, NotYours
from monitor.annotations.tagging_places import tag_places
from monitor.library.models import Article, State
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_issue, make_read_article

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.annotations.occurrence_queries import Look


def found(text: str, phrase: str, *, letters: bool = False) -> list[str]:
    return [text[start:end] for start, end in find_occurrences(text, phrase, letters=letters)]


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        ("Niger, Nigeria, NIGER.", "Niger", ["Niger", "NIGER"]),
        ("Oman and Amman, the Omani", "oman", ["Oman"]),
        (
            "a prison break, a prison-break, prison\nbreak",
            "prison break",
            ["prison break", "prison-break", "prison\nbreak"],
        ),
        ("He left prison. Break it.", "prison break", []),
        ("prison\n\nbreak", "prison break", []),
        ("the prison [4] break", "prison break", []),
        ("La Société, the SOCIETE", "société", ["Société", "SOCIETE"]),
        ("al-Qaeda's men", "al-Qaeda", ["al-Qaeda"]),
        ("a a a a", "a a", ["a a", "a a"]),
        ("東京と東京", "東京", ["東京", "東京"]),
        ("U.S. Army", "U.S. Army", ["U.S. Army"]),
        ("anything", "...", []),
        ("", "word", []),
    ],
)
def test_a_phrase_is_found_as_whole_words(text: str, phrase: str, wanted: list[str]) -> None:
    assert found(text, phrase) == wanted


def test_capitals_and_accents_count_where_that_is_asked() -> None:
    text = "ISIS fell; Isis, the river; Société and societe"
    assert found(text, "ISIS", letters=True) == ["ISIS"]
    assert found(text, "societe", letters=True) == ["societe"]


def test_a_phrase_has_twenty_words_at_most() -> None:
    assert len(phrase_words("w " * 20)) == 20
    assert phrase_words("w " * 21) == []
    assert find_occurrences("w " * 30, "w " * 21) == []


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text("ab é-.\n", max_size=12), st.text(max_size=30))
def test_what_is_found_folds_to_the_phrase(before: str, phrase: str, after: str) -> None:
    text = f"{before} {phrase} {after}"
    places = find_occurrences(text, phrase)
    assert places == sorted(places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    for start, end in places:
        assert phrase_words(text[start:end]) == phrase_words(phrase)
    exact = find_occurrences(text, phrase, letters=True)
    assert set(exact) <= set(places)
    plain = " ".join(phrase.split())
    assert not phrase_words(plain) or find_occurrences(f"x. {plain} .x", plain) != []


# -- In the library ------------------------------------------------------------------------------------------------------
@pytest.fixture
def house(db: None) -> House:
    return make_house()


def everywhere(person: User, phrase: str, **facts: object) -> Look:
    return look_for(person, phrase, Article.objects.visible_to(person), **facts)  # type: ignore[arg-type]


def words_at(look: Look) -> list[tuple[str, int | None]]:
    return [(look.texts[one.article, one.note][one.start : one.end], one.note_number) for one in look.places]


def test_text_and_notes_are_looked_through_as_far_as_one_may_read(house: House) -> None:
    make_issue(make_read_article("The Ardel again.", notes=("Ardel and the ardel.",)), state="draft")
    assert words_at(everywhere(house.reader, "ardel")) == [("Ardel", 1)]
    assert words_at(everywhere(house.curator, "ardel")) == [("Ardel", None), ("Ardel", 1), ("ardel", 1), ("Ardel", 1)]
    assert words_at(everywhere(house.reader, "...")) == []


def test_nobody_tags_what_the_newest_reading_of_a_file_lacks(house: House) -> None:
    made = make_issue(make_read_article("The Ardel again.", cited={}))
    assert len(everywhere(house.curator, "the ardel again").places) == 1
    made.articles.update(state=State.GONE)
    assert everywhere(house.curator, "the ardel again").places == []


def test_a_look_ends_at_a_number_of_places_and_goes_on_from_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrence_queries, "MOST_PLACES", 3)
    for _ in range(4):
        make_issue(make_read_article("A weir and a weir.", cited={}))
    seen, below, looks = [], None, 0
    while below != 0:
        look = everywhere(house.reader, "weir", below=below)
        assert len(look.places) <= 3
        seen += look.places
        below, looks = look.goes_on, looks + 1
    keys = [place.key for place in seen]
    assert (len(keys), len(set(keys)), looks) == (9, 9, 4)  # two in each of four, one in the house's own


def test_an_article_with_too_many_places_is_said_to_have_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrence_queries, "MOST_PLACES", 2)
    make_issue(make_read_article("Weir, weir and weir.", cited={}))
    look = everywhere(house.reader, "weir")
    assert (len(look.places), look.is_cut, look.goes_on > 0) == (2, True, True)


def test_a_look_ends_in_time_and_says_where(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrence_queries, "AT_ONCE", 1)
    make_issue(make_read_article("A weir.", cited={}))
    look = everywhere(house.reader, "weir", seconds=0)
    assert (len(look.places), look.goes_on > 0) == (1, True)
    assert len(everywhere(house.reader, "weir", below=look.goes_on).places) == 1


def test_all_places_are_tagged_by_one_act_and_undone_by_one(house: House) -> None:
    make_issue(make_read_article("A weir and a Weir.", notes=("The weir.",), cited={}))
    weir = make_tag(name="Weir", by=house.curator, colour="purple")
    look, acts = everywhere(house.author, "weir"), Operation.objects.count()
    made = tag_places(places=look.places, texts=look.texts, by=house.author, tags=[weir])
    assert (len(made), Operation.objects.count() - acts) == (4, 1)
    assert Operation.objects.first().label == "Tagged 4 places with “Weir”"  # type: ignore[union-attr]
    rows = Annotation.objects.visible_to(house.author).order_by("pk")
    assert [(row.spans.get().quote, row.spans.get().note_number, row.colour) for row in rows] == [
        ("weir", None, "purple"), ("Weir", None, "purple"), ("weir", 1, "purple"), ("Weir", None, "purple"),
    ]  # fmt: skip
    assert {row.taggings.get().tag for row in rows} == {weir}
    assert not Annotation.objects.visible_to(house.mate).exists()
    assert bearing(house.author, look.places, [weir]) == {place.key for place in look.places}
    assert bearing(house.mate, look.places, [weir]) == set()
    undo(house.author)
    assert not Annotation.objects.visible_to(house.author).exists()
    assert bearing(house.author, look.places, [weir]) == set()
    redo(house.author)
    assert Annotation.objects.visible_to(house.author).count() == 4


def test_who_may_not_share_and_who_names_no_tag_makes_nothing(house: House) -> None:
    weir, look = make_tag(name="Weir", by=house.curator), everywhere(house.reader, "weir")
    with pytest.raises(NotYours):
        tag_places(places=look.places, texts=look.texts, by=house.reader, tags=[weir], visibility="everyone")
    with pytest.raises(CannotAnnotate, match="Name the tag"):
        tag_places(places=look.places, texts=look.texts, by=house.reader, tags=[])
    assert not Annotation.objects.exists()
