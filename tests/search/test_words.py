"""How texts are cut into words: the table of traps, and what holds of every text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search import words
from monitor.search.words import (
    AS_WRITTEN,
    LONGEST_LEXEME,
    MOST_PARTS,
    Part,
    Token,
    compounds_of,
    lexemes_of,
    tokenise,
    width_of,
)


def lexemes(text: str) -> list[list[str]]:
    """Return the lexemes of a text, those of one position together, without the forms as written."""
    found: list[list[str]] = []
    for token in tokenise(text):
        if token.position == len(found):
            found.append([])
        if not token.lexeme.startswith(AS_WRITTEN):
            found[token.position].append(token.lexeme)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("al-Kadhimi", [["al", "alkadhimi", "kadhimi"]]),
        ("ash-Shabaab", [["ash", "ashshabaab", "shabaab"]]),
        ("Ba'ath", [["baath"]]),
        ("Ba\u2019ath\u2019s", [["baath"]]),
        ("Ba\u02bfath", [["baath"]]),
        ("O'Brien", [["obrien"]]),
        ("Houthis'", [["houthi"]]),
        ("don't", [["dont"]]),
        ("counter-terrorism", [["counter", "counterterror", "terror"]]),
        ("counter\u2010terrorism", [["counter", "counterterror", "terror"]]),
        ("counter\u2011terrorism", [["counter", "counterterror", "terror"]]),
        ("U.S.", [["us"]]),
        ("U.S.-backed", [["us", "usback", "back"]]),
        ("U.S.Army", [["us"], ["armi"]]),
        ("M.A.Khan", [["ma"], ["khan"]]),
        ("PKK/KCK", [["pkk"], ["kck"]]),
        (
            "Tehreek-e-Taliban",
            [["tehreek", "tehreeketaliban", "e", "etaliban", "taliban", "tehreektaliban"]],
        ),
        ("\u0130stanbul", [["istanbul"]]),
        ("D\u0131yarbak\u0131r", [["diyarbakir"]]),
        ("Boko Haram", [["boko"], ["haram"]]),
        ("9/11", [["9"], ["11"]]),
        ("9-11", [["9"], ["11"]]),
        ("1,500", [["1500"]]),
        ("1,5000", [["1"], ["5000"]]),
        ("12,345,678.", [["12345678"]]),
        ("3.5", [["3.5"]]),
        ("COVID-19", [["covid", "covid19", "19"]]),
        ("e-mail", [["e", "email", "mail"]]),
        ("ISIS-K", [["isis", "isisk", "k"]]),
        ("Jaish al-Adl", [["jaish"], ["al", "aladl", "adl"]]),
        ("the war\u2014and after", [["the"], ["war"], ["and"], ["after"]]),
        ("soft\u00adhyphen", [["softhyphen"]]),
        ("\ufb01ghters", [["fighter"]]),
        ("Stra\u00dfe", [["strass"]]),
        ("\u0627\u0644\u0642\u0627\u0639\u062f\u0629", [["\u0627\u0644\u0642\u0627\u0639\u062f\u0647"]]),
        ("\u0623\u0644\u0645\u0640\u0640\u0627\u0646", [["\u0627\u0644\u0645\u0627\u0646"]]),
        ("\u06f2\u06f0\u06f2\u06f2", [["2022"]]),
        ("\u5317\u4eac", [["\u5317"], ["\u4eac"]]),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", [["\u0939\u093f\u0928\u094d\u0926\u0940"]]),
        ("\u0e17\u0e35\u0e48", [["\u0e17\u0e35"]]),
        ("\ud55c\uad6d", [["\ud55c\uad6d"]]),
        ("https://www.dawn.com/a", [["https"], ["www"], ["dawn"], ["com"], ["a"]]),
        ("\x00 \ud800 \u2014 ... & -", []),
        ("a_b", [["a"], ["b"]]),
    ],
)
def test_tokenise_cuts_the_traps_of_our_texts_as_agreed(text: str, expected: list[list[str]]) -> None:
    assert lexemes(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("attack", "attacks"),
        ("attacked", "attacking"),
        ("Houthi", "Houthis"),
        ("policy", "policies"),
        ("Pakistan", "Pakistan's"),
        ("IED", "IEDs"),
        ("Tahrir", "Taḥrīr"),
        ("Qur'an", "Quran"),
        ("U.N.", "UN"),
        ("counterterrorism", "counter-terrorism"),
        ("ISLAMIC", "islamic"),
    ],
)
def test_one_word_in_two_writings_shares_a_lexeme(one: str, other: str) -> None:
    assert set(lexemes(one)[0]) & set(lexemes(other)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISIS", "ISI"),
        ("Hamas", "Hama"),
        ("Laos", "Lao"),
        ("Fars", "far"),
        ("Abbas", "Abba"),
        ("AQIS", "AQI"),
        ("Niger", "Nigeria"),
        ("terrorist", "terrain"),
        ("police", "policy"),
        ("OAS", "OA"),
    ],
)
def test_two_names_do_not_fall_together_by_their_stems(one: str, other: str) -> None:
    assert not set(lexemes(one)[0]) & set(lexemes(other)[0])


def test_tokens_say_where_they_stand() -> None:
    assert tokenise("On al-Qaeda\u2019s attacks.") == [
        Token("on", 0, 2, 0),
        Token("al", 3, 5, 1),
        Token("alqaeda", 3, 13, 1),
        Token("qaeda", 6, 13, 1),
        Token("attack", 14, 21, 2),
        Token("=attacks", 14, 21, 2),
    ]


def test_accents_behind_the_last_letter_belong_to_the_word() -> None:
    assert tokenise("cafe\u0301 x")[0] == Token("cafe", 0, 5, 0)


def test_a_long_chain_of_hyphens_is_several_compounds() -> None:
    compounds = compounds_of("-".join("abcdefg"))
    assert [len(compound) for compound in compounds] == [MOST_PARTS, 2]


def test_compounds_say_where_their_parts_stand() -> None:
    assert compounds_of("the U.S.-backed SDF") == [
        (Part("the", 0, 3),),
        (Part("us", 4, 8), Part("backed", 9, 15)),
        (Part("sdf", 16, 19),),
    ]


def test_words_squeezed_into_one_character_share_a_position() -> None:
    assert {(token.start, token.end, token.position) for token in tokenise("\u337f")} == {(0, 1, 0)}


def test_a_lexeme_is_never_longer_than_its_bound() -> None:
    assert lexemes_of("x" * 500) == ("x" * LONGEST_LEXEME,)


# Letters, marks and signs that make trouble, and any character besides.
letters = st.sampled_from(
    "aAbs'\u2019-\u2010.,/ \n19\u0301\u0130\u00df\u00ad\u200d\u5317\u0e17\u0e35\u093f\ufb01\u337f"
)
texts = st.text(alphabet=st.one_of(letters, st.characters()), max_size=60)


@settings(deadline=None)  # the machine may be busy
@given(texts)
def test_tokens_stand_in_the_text_in_order_and_apart(text: str) -> None:
    tokens = tokenise(text)
    assert all(0 <= token.start < token.end <= len(text) and token.lexeme for token in tokens)
    assert all(not any(c.isspace() for c in text[token.start : token.end]) for token in tokens)
    for one, other in pairwise(tokens):
        assert one.position == other.position or (one.position + 1 == other.position and one.end <= other.start)
    assert not tokens or tokens[0].position == 0


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet=st.one_of(letters, st.characters(exclude_categories=["Cs"])), max_size=40))
def test_lexemes_are_the_same_in_composed_and_decomposed_form(text: str) -> None:
    composed = [(t.lexeme, t.position) for t in tokenise(unicodedata.normalize("NFC", text))]
    assert composed == [(t.lexeme, t.position) for t in tokenise(unicodedata.normalize("NFD", text))]
    assert composed == [(t.lexeme, t.position) for t in tokenise(text)]


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet=st.characters(categories=["L", "Nd"]), max_size=20))
def test_letters_and_digits_are_the_same_in_compatibility_forms(text: str) -> None:
    expected = lexemes(text)
    assert lexemes(unicodedata.normalize("NFKD", text)) == expected


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet="abZs'-._,(\"1%", min_size=1, max_size=8))
def test_a_plain_word_among_signs_is_cut_as_every_other_word_is(piece: str) -> None:
    compounds = compounds_of(piece)
    if [len(compound) for compound in compounds] == [1]:
        part = compounds[0][0]
        assert tokenise(piece) == [Token(lexeme, part.start, part.end, 0) for lexeme in lexemes_of(part.word)]


@settings(deadline=None)
@given(texts)
def test_the_widths_of_pieces_are_their_positions(text: str) -> None:
    assert sum(map(width_of, text.split())) == len({token.position for token in tokenise(text)})


def test_what_is_remembered_of_pieces_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_KEPT", 3)
    asked: list[str] = []

    def length_of(piece: str) -> int:
        asked.append(piece)
        return len(piece)

    length = words.remembering(length_of)
    long = "x" * (words.LONGEST_KEPT + 1)
    assert [length(piece) for piece in ("a", "bc", "a", long, long, "def", "gh", "a")] == [1, 2, 1, 41, 41, 3, 2, 1]
    assert asked == ["a", "bc", long, long, "def", "gh", "a"]


@settings(deadline=None)  # the machine may be busy
@given(texts)
def test_lexemes_can_be_stored_anywhere(text: str) -> None:
    for token in tokenise(text):
        assert "\x00" not in token.lexeme
        assert token.lexeme.encode()
        assert token.lexeme == unicodedata.normalize("NFC", token.lexeme)


def test_a_very_long_text_without_blanks_is_cut_in_linear_time() -> None:
    for sign in ("a", "-", "a-", "a.", "'", "a'", "1,", "1,111", "1.", "\u5317", "\u0301", "\x00", "\u0130"):
        tokenise(sign * 5_000)  # a quadratic cut would take minutes here
