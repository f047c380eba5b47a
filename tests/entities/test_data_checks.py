"""Whether the gazetteer's rows agree with each other: each fault as an example, and none in the files of the site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from monitor.entities.data_checks import faults
from monitor.entities.data_rows import DataFiles, Spelling
from monitor.entities.descriptions import standing_for
from tests.entities.small_gazetteer import actor, alias, region, relation
from tests.entities.whole_gazetteer import whole

if TYPE_CHECKING:
    from monitor.entities.data_rows import ActorRow, AliasRow

COUNTRIES = (region("AD", "Ardelia"), region("BR", "Brand"))


def of(*actors: ActorRow, aliases: tuple[AliasRow, ...] = (), **rows: Any) -> list[str]:
    plain: dict[str, Any] = dict.fromkeys(("relations", "demonyms", "region_stop_words", "head_nouns"), ())
    return faults(DataFiles(**{"actors": actors, "aliases": aliases, "regions": COUNTRIES, **plain, **rows}))


def test_files_of_the_site_agree() -> None:
    assert faults(whole()) == []


A, B, C = (actor(slug, f"Band of {slug.upper()}") for slug in "abc")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (of(A, replace(A, name="Other")), "actors.csv: a stands there 2 times."),
        (of(B, A), "actors.csv: a stands after b; rows are sorted, so that two people's additions meet."),
        (of(actor("A b", "X")), 'actors.csv: "A b" is no slug of small letters, digits and single hyphens.'),
        (of(A, aliases=(alias("b", "BB"),)), 'actor_aliases.csv: "BB" is of b, which actors.csv has not.'),
        (
            of(A, aliases=(alias("a", "AA"), alias("a", "AA", case="exact"))),
            "actor_aliases.csv: ('a', 'AA', None) stands there 2 times.",
        ),
        (
            of(A, B, aliases=(alias("b", "BB"), alias("a", "AA"))),
            "actor_aliases.csv: a stands after b; rows are sorted, so that two people's additions meet.",
        ),
        (
            of(A, relations=(relation("a", "member_of", "b"),)),
            "actor_relations.csv: a member_of b: there is no actor b.",
        ),
        (of(A, relations=(relation("a", "allied_with", "a"),)), "actor_relations.csv: a is related to itself."),
        (
            of(A, B, relations=(relation("a", "member_of", "b", "2001"), relation("a", "member_of", "b", "2001"))),
            "actor_relations.csv: ('a', 'member_of', 'b', '2001') stands there 2 times.",
        ),
        (
            of(A, B, relations=(relation("a", "member_of", "b"), relation("b", "faction_of", "a"))),
            "actor_relations.csv: a in b in a is a circle.",
        ),
        (of(replace(A, sources=())), "actors.csv: a has no source."),
        (of(A, aliases=(alias("a", "AA", source=""),)), 'actor_aliases.csv: "AA" of a has no source.'),
        (
            of(A, B, relations=(replace(relation("a", "member_of", "b"), source=""),)),
            "actor_relations.csv: a member_of b has no source.",
        ),
        (of(replace(A, countries=("AD", "XX"))), 'actors.csv: "a" names XX, which is no code of a country.'),
        (
            of(A, aliases=(alias("a", "AA", needs=("AD-W",)),)),
            'actor_aliases.csv: "AA" names AD-W, which is no code of a country.',
        ),
        (of(demonyms=(("XX", "Exish"),)), 'demonyms.csv: "Exish" names XX, which is no code of a country.'),
        (
            of(regions=(region("AD", "Ardelia", aliases=(Spelling("Ardy", needs=("XX",)),)),)),
            'regions_overlay.csv: "Ardy" names XX, which is no code of a country.',
        ),
        (
            of(regions=(region("AD", "Ardelia", parents=("BR",)), region("BR", "Brand", parents=("AD",)))),
            "regions: AD in BR in AD is a circle.",
        ),
    ],
)
def test_fault_is_said_in_a_sentence(found: list[str], sentence: str) -> None:
    assert found == [sentence]


def test_two_armies_of_one_country_are_a_fault_but_not_of_two() -> None:
    first, second = (actor(slug, slug.upper(), countries=("AD", "BR"), tags=("military",)) for slug in ("aa", "bb"))
    assert of(first, second) == ["actors.csv: aa and bb are all tagged military of AD; one of them may be."]
    assert of(first, replace(second, countries=("BR", "AD"))) == []
    assert of(first, replace(second, tags=("police",))) == []


@pytest.mark.parametrize(
    ("text", "kind", "is_fault"),
    [
        ("Ardelian soldiers", "state_force", True),
        ("Ardelia's ground forces", "state_force", True),
        ("Ardelian Army", "state_force", False),
        ("Ardelian", "state_force", False),
        ("Old Ardelian soldiers", "state_force", False),
        ("Ardelian mujahideen", "armed_group", False),
    ],
)
def test_country_and_noun_are_a_description_of_a_state_force(text: str, kind: str, *, is_fault: bool) -> None:
    said = [f'actor_aliases.csv: "{text}" of a is a description: its sort is descriptive.']
    assert of(replace(A, kind=kind), aliases=(alias("a", text),), demonyms=(("AD", "Ardelian"),)) == (
        said if is_fault else []
    )


def test_every_country_with_an_army_has_it() -> None:
    armed = {country for country, role in standing_for(whole()) if role == "military"}
    without = dict.fromkeys(country for country, _word in whole().demonyms if country not in armed)
    # No armed forces, no state, or a demonym that means a greater neighbour's (Congolese, Dominican).
    assert " ".join(without) == "AD CG CR DM EH FM GD GL HK IS KI LC LI MC MH MU NR PR PW SB SM TV VA VC VU WS"


SHARED = '"aa band" is a and b: give one of them needs, not_near or dates.'


def sharing(**facts: Any) -> list[str]:
    """Say what is wrong with two actors of which the second is called as the first, by an alias with these facts."""
    return of(actor("a", "AA Band"), actor("b", "BB Band"), aliases=(alias("b", "Aa band", **facts),))


def test_name_of_two_actors_is_a_fault_unless_one_says_when_it_is_meant() -> None:
    assert sharing() == [SHARED]
    assert sharing(case="exact") == [SHARED]
    assert sharing(needs=("BR",)) == []
    assert sharing(not_near=("music",)) == []


def test_names_of_two_times_are_no_fault() -> None:
    first = actor("a", "Front", valid_to="1999")
    assert of(first, actor("b", "Front", valid_from="2000-05")) == []
    assert of(first, actor("b", "Front", valid_from="1999-05")) != []
    assert of(first, actor("b", "Band"), aliases=(alias("b", "Front", valid_from="2000"),)) == []


def test_strict_actor_may_share_its_name() -> None:
    assert of(actor("a", "Front"), actor("b", "Front", strict=True)) == []


def test_acronyms_that_differ_by_capitals_are_no_fault_where_both_are_exact() -> None:
    both = tuple(alias(slug, text, case="exact") for slug, text in (("a", "JeM"), ("b", "JEM")))
    assert of(A, B, aliases=both) == []
    assert of(A, B, aliases=(both[0], replace(both[1], case="usual"))) == [SHARED.replace("aa band", "jem")]


def test_alliances_may_go_both_ways() -> None:
    assert of(A, B, C, relations=(relation("a", "allied_with", "b"), relation("b", "allied_with", "a"))) == []
