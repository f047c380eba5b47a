"""What a query's words look for, and that it is found in every writing of the same name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search.compiled import MOST_CHAINS, Close, Lexeme, Words
from monitor.search.query_tree import And, Near, Node, Or, Phrase, Prefix, Word
from monitor.search.words import LONGEST_LEXEME, tokenise
from monitor.search.writings import LONGEST_CHAIN, expanded, words_for


def written(node: Node) -> list[str]:
    """Return the chains as text, a star behind a beginning."""
    return [" ".join(part.text + "*" * part.prefix for part in chain) for chain in words_for(node).chains]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Word("attacks"), ["attack"]),
        (Word("Kadhimi"), ["kadhimi"]),
        (Word("al-Kadhimi"), ["kadhimi", "alkadhimi", "al kadhimi"]),
        (Word("as-Sadr"), ["sadr", "assadr", "as sadr"]),
        (Word("at-risk"), ["atrisk", "at risk"]),
        (Word("counter-terrorism"), ["counterterror", "counter terror"]),
        (Word("e-mail"), ["email", "e mail"]),
        (
            Word("Tehreek-e-Taliban"),
            ["tehreektaliban", "tehreeketaliban", "tehreek e taliban", "tehreek taliban", "tehreek etaliban"],
        ),
        (Word("PKK/KCK"), ["pkk kck", "pkkkck"]),
        (Word("9/11"), ["9 11"]),
        (Word("\u5317\u4eac"), ["\u5317 \u4eac"]),
        (Word("&"), []),
        (Prefix("militan"), ["militan*", "=militan*"]),
        (Prefix("counter-terr"), ["counterterr*", "=counterterr*", "counter terr*", "counter =terr*"]),
        (Phrase(("counter", "terrorism")), ["counter terror", "counterterror"]),
        (Phrase(("the", "rapist")), ["the rapist"]),
        (
            Phrase(("the", "al-Qaeda", "cell")),
            ["the qaeda cell", "the alqaeda cell", "the al qaeda cell", "the qaedacel"],
        ),
        (Or((Word("bomb"), Word("bombs"), Word("blast"))), ["bomb", "blast"]),
        (And((Word("a"), Word("b"))), []),
    ],
)
def test_words_for_gives_every_writing_the_plainest_first(node: Node, expected: list[str]) -> None:
    assert written(node) == expected


def test_expanded_makes_a_close_of_near() -> None:
    near = Near(Or((Word("bomb"), Word("blast"))), Phrase(("green", "zone")), 5)
    assert expanded(near) == Close(words_for(near.left), words_for(near.right), 5)


def test_expanded_makes_words_of_a_word() -> None:
    assert expanded(Word("attacks")) == Words(((Lexeme("attack"),),))


def found_in(node: Node, text: str) -> bool:
    """Return whether one of the chains stands in the text at consecutive positions."""
    positions: dict[str, set[int]] = {}
    for token in tokenise(text):
        positions.setdefault(token.lexeme, set()).add(token.position)

    def standing(part: Lexeme) -> set[int]:
        if part.prefix:
            return {at for lexeme, places in positions.items() if lexeme.startswith(part.text) for at in places}
        return positions.get(part.text, set())

    return any(
        set.intersection(*({at - i for at in standing(part)} for i, part in enumerate(chain)))
        for chain in words_for(node).chains
    )


ALIKE = [
    ["al-Kadhimi", "el-Kadhimi", "Al-Kadhimi's"],
    ["al-Qaeda", "al Qaeda", "al\u2011Qaeda"],
    ["counter-terrorism", "counter terrorism", "counter\u2010terrorism"],
    ["Tehreek-e-Taliban", "Tehreek e Taliban"],
    ["Tehreek-e-Taliban", "Tehreek-i-Taliban", "Tehreek Taliban"],
    ["Jaish al-Adl", "Jaish-al-Adl", "Jaish ul-Adl", "Jaish-ul-Adl"],
    ["Ba'ath", "Baath", "Ba\u2019ath", "Ba\u02bfath"],
    ["O'Brien", "OBrien", "O\u2019Brien"],
    ["U.S.", "US", "U.S"],
    ["e-mail", "e mail", "e\u2011mail"],
    ["COVID-19", "Covid 19", "COVID\u201119"],
    ["PKK/KCK", "PKK-KCK", "PKK KCK"],
    ["9/11", "9-11", "9 11"],
    ["1,500", "1500"],
    ["\u0130stanbul", "Istanbul", "ISTANBUL"],
    ["Iran\u2013Iraq war", "Iran-Iraq war", "Iran Iraq war"],
]


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[0])
def test_one_writing_of_a_name_finds_all_the_others(names: list[str]) -> None:
    for asked in names:
        node: Node = Phrase(tuple(asked.split())) if " " in asked else Word(asked)
        assert [name for name in names if not found_in(node, f"so {name} then")] == []


def test_a_joined_word_finds_the_compound() -> None:
    assert found_in(Word("counterterrorism"), "their counter-terrorism law")
    assert found_in(Phrase(("counterterrorism", "law")), "their counter-terrorism law")
    assert found_in(Phrase(("their", "counterterrorism", "law")), "their counter-terrorism law")


def test_a_name_within_a_compound_is_found_with_what_follows() -> None:
    assert found_in(Phrase(("Taliban", "Pakistan")), "Tehreek-e-Taliban Pakistan")


@pytest.mark.parametrize(
    ("beginning", "text", "expected"),
    [
        ("militan", "militants", True),
        ("insurgen", "an insurgency", True),
        ("organiza", "organizations", True),
        ("organiza", "organizers", False),
        ("terrorist", "terrorism", False),
        ("Baloch", "Balochistan\u2019s", True),
        ("attacks", "attacked", False),
        ("counter-terroris", "counterterrorism", True),
    ],
)
def test_a_beginning_is_looked_for_in_words_as_they_are_written(beginning: str, text: str, expected: bool) -> None:
    assert found_in(Prefix(beginning), text) is expected


words = st.text(alphabet=st.sampled_from("aAbel-'19.,/\u2019\u5317\u00e9"), min_size=1, max_size=12)
phrases = st.lists(words, min_size=2, max_size=50)


@settings(deadline=None)  # the machine may be busy
@given(phrases)
def test_a_phrase_finds_the_very_text_it_was_copied_from(typed: list[str]) -> None:
    chains = words_for(Phrase(tuple(typed))).chains
    assert not chains or found_in(Phrase(tuple(typed)), "one " + " ".join(typed) + " two")


@settings(deadline=None)  # the machine may be busy
@given(phrases, st.booleans())
def test_what_is_looked_for_keeps_within_its_bounds(typed: list[str], beginning: bool) -> None:
    node = Prefix(typed[0] * 30) if beginning else Phrase(tuple(typed))
    chains = words_for(node).chains
    assert len(chains) <= MOST_CHAINS
    assert all(1 <= len(chain) <= LONGEST_CHAIN for chain in chains)
    assert all(len(part.text) <= LONGEST_LEXEME + 1 for chain in chains for part in chain)
    assert len(set(chains)) == len(chains)
