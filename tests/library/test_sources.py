from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from monitor.library.source_models import Source, SourceSpelling
from monitor.library.sources import CannotJoin, CannotUndo, join_sources, place_spellings, split_spelling, undo_join

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def source_of(printed: str) -> Source:
    return SourceSpelling.objects.get(printed=printed).source


def layout() -> dict[str, str]:
    """Return which source every spelling belongs to, and why."""
    return {s.printed: f"{s.source.name} ({s.basis})" for s in SourceSpelling.objects.select_related("source")}


def test_place_spellings_makes_a_source_for_a_new_outlet() -> None:
    placed = place_spellings(["Dawn"])
    assert placed["Dawn"].source.name == "Dawn"
    assert placed["Dawn"].source.slug == "dawn"


def test_place_spellings_joins_a_web_address_with_its_outlet() -> None:
    place_spellings(["Al-Jazeera"])
    place_spellings(["aljazeera.com"])
    assert layout() == {"Al-Jazeera": "Al-Jazeera (first)", "aljazeera.com": "Al-Jazeera (automatic)"}


def test_place_spellings_names_a_citation_without_source() -> None:
    assert place_spellings([""])[""].source.name == "[no source printed]"


def test_place_spellings_gives_a_free_slug_to_a_namesake() -> None:
    place_spellings(["dawn/asia"])
    place_spellings(["dawn asia"])
    assert sorted(Source.objects.values_list("slug", flat=True)) == ["dawn-asia", "dawnasia"]


def test_join_sources_moves_the_spellings_and_undo_brings_them_back() -> None:
    place_spellings(["Tolo News", "TOLOnews", "Tolo"])
    before = layout()
    join = join_sources(kept=source_of("Tolo News"), other=source_of("Tolo"), decided_by=None)
    assert source_of("Tolo") == source_of("Tolo News")
    assert Source.objects.get(name="Tolo").joined_into == source_of("Tolo News")
    undo_join(join=join)
    assert layout() == before
    assert Source.objects.get(name="Tolo").joined_into is None


def test_split_spelling_takes_a_wrong_automatic_join_back() -> None:
    place_spellings(["The Star", "thestar.com"])
    split = split_spelling(spelling=SourceSpelling.objects.get(printed="thestar.com"), decided_by=None)
    assert source_of("thestar.com") != source_of("The Star")
    undo_join(join=split)
    assert source_of("thestar.com") == source_of("The Star")
    assert Source.objects.get(name="thestar.com").joined_into == source_of("The Star")


def test_a_split_spelling_stays_apart_when_it_is_printed_again() -> None:
    place_spellings(["The Star", "thestar.com"])
    split_spelling(spelling=SourceSpelling.objects.get(printed="thestar.com"), decided_by=None)
    place_spellings(["The Star", "thestar.com", "www.thestar.com"])
    assert layout()["thestar.com"] == "thestar.com (curator)"
    assert layout()["www.thestar.com"] == "The Star (automatic)"


def test_a_source_cannot_be_joined_with_itself() -> None:
    place_spellings(["Dawn"])
    with pytest.raises(CannotJoin, match="itself"):
        join_sources(kept=source_of("Dawn"), other=source_of("Dawn"), decided_by=None)


def test_a_joined_source_cannot_be_joined_again() -> None:
    place_spellings(["Dawn", "Dusk", "Noon"])
    dusk = source_of("Dusk")
    join_sources(kept=source_of("Dawn"), other=dusk, decided_by=None)
    with pytest.raises(CannotJoin, match="already"):
        join_sources(kept=source_of("Noon"), other=dusk, decided_by=None)


def test_the_only_spelling_cannot_be_split_off() -> None:
    spelling = place_spellings(["Dawn"])["Dawn"]
    with pytest.raises(CannotJoin, match="only spelling"):
        split_spelling(spelling=spelling, decided_by=None)


def test_a_join_is_undone_once() -> None:
    place_spellings(["Dawn", "Dusk"])
    join = join_sources(kept=source_of("Dawn"), other=source_of("Dusk"), decided_by=None)
    undo_join(join=join)
    with pytest.raises(CannotUndo, match="already"):
        undo_join(join=join)


def test_a_join_under_a_later_decision_is_not_undone() -> None:
    place_spellings(["Dawn", "Dusk", "Noon"])
    first = join_sources(kept=source_of("Dawn"), other=source_of("Dusk"), decided_by=None)
    join_sources(kept=source_of("Noon"), other=source_of("Dawn"), decided_by=None)
    with pytest.raises(CannotUndo, match="later decision"):
        undo_join(join=first)


def test_a_spelling_printed_after_a_join_follows_the_joined_outlet() -> None:
    place_spellings(["Tolo News", "Tolo"])
    join_sources(kept=source_of("Tolo News"), other=source_of("Tolo"), decided_by=None)
    place_spellings(["tolo.com"])
    assert layout()["tolo.com"] == "Tolo News (automatic)"


def test_undoing_a_join_takes_along_what_followed_since() -> None:
    place_spellings(["Tolo News", "Tolo"])
    place_spellings(["TOLOnews"])
    join = join_sources(kept=source_of("Tolo News"), other=source_of("Tolo"), decided_by=None)
    place_spellings(["tolo.com", "tolonews.com"])
    undo_join(join=join)
    assert layout() == {
        "Tolo News": "Tolo News (first)",
        "TOLOnews": "Tolo News (automatic)",
        "tolonews.com": "Tolo News (automatic)",
        "Tolo": "Tolo (first)",
        "tolo.com": "Tolo (automatic)",
    }


def test_undoing_a_split_takes_along_what_followed_since() -> None:
    place_spellings(["The Nation", "Nation"])
    join_sources(kept=source_of("The Nation"), other=source_of("Nation"), decided_by=None)
    split = split_spelling(spelling=SourceSpelling.objects.get(printed="Nation"), decided_by=None)
    place_spellings(["nation.com"])
    assert source_of("nation.com") == source_of("Nation") != source_of("The Nation")
    undo_join(join=split)
    assert {s.source.name for s in SourceSpelling.objects.all()} == {"The Nation"}


def test_a_split_is_not_undone_under_what_was_joined_with_it_since() -> None:
    place_spellings(["The Star", "thestar.com", "Star Online"])
    split = split_spelling(spelling=SourceSpelling.objects.get(printed="thestar.com"), decided_by=None)
    join_sources(kept=source_of("thestar.com"), other=source_of("Star Online"), decided_by=None)
    before = layout()
    with pytest.raises(CannotUndo, match="undo the later decision first"), transaction.atomic():
        undo_join(join=split)
    assert layout() == before
    assert source_of("Star Online").joined_into is None


def test_a_spelling_split_by_two_at_once_is_taken_from_where_it_stands() -> None:
    place_spellings(["The Star", "thestar.com"])
    stale = SourceSpelling.objects.select_related("source").get(printed="thestar.com")
    split_spelling(spelling=SourceSpelling.objects.get(printed="thestar.com"), decided_by=None)
    with pytest.raises(CannotJoin, match="only spelling"):
        split_spelling(spelling=stale, decided_by=None)


def test_names_that_differ_beyond_what_is_stored_are_one_spelling() -> None:
    long = "n" * 300
    placed = place_spellings([long + "a", long + "b", f" {long}"])
    assert {spelling.printed for spelling in placed.values()} == {long}
    assert Source.objects.count() == 1


def test_many_new_outlets_take_as_many_queries_as_two(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(6):
        place_spellings([f"\u0430{chr(0x4E00 + n)}" for n in range(2000)])
    assert sorted(Source.objects.values_list("slug", flat=True))[:2] == ["source", "source-10"]
