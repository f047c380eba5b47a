"""Letters as words are compared, and words by their stems."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from monitor.entities.folding import APOSTROPHES, DASHES, folded
from monitor.search.lettering import LONG_DASHES, plain, plain_letters, spoken_mark
from monitor.search.stems import KEPT_WHOLE, stem


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("A", "a"),
        ("\u00e9", "e"),
        ("\u0130", "i"),
        ("\u0131", "i"),
        ("\u00df", "ss"),
        ("\u0142", "l"),
        ("\u00e6", "ae"),
        ("\ufb01", "fi"),
        ("\u2019", "'"),
        ("\u02bf", "'"),
        ("\u00b4", "'"),
        ("\u0149", "'n"),
        ("\u2011", "-"),
        ("\u2013", "-"),
        ("\u2014", "\u2014"),
        ("\u00ad", ""),
        ("\u200d", ""),
        ("\ufe0f", ""),
        ("\u0301", ""),
        ("\u064e", ""),
        ("\u0640", ""),
        ("\u0623", "\u0627"),
        ("\u06cc", "\u064a"),
        ("\u0649", "\u064a"),
        ("\u06a9", "\u0643"),
        ("\u0629", "\u0647"),
        ("\u0665", "5"),
        ("\u096b", "5"),
        ("\uff15", "5"),
        ("\u00b2", "2"),
        ("\u0940", "\u0940"),
        ("\u094d", "\u094d"),
        ("\u0e35", "\u0e35"),
        ("\u0e48", ""),
        ("\uac00", "\u1100\u1161"),
    ],
)
def test_plain_compares_letters_without_what_does_not_count(letter: str, expected: str) -> None:
    assert plain(letter) == expected


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_every_apostrophe_is_one(sign: str) -> None:
    assert plain(sign) == "'"


@pytest.mark.parametrize("dash", DASHES)
def test_short_dashes_join_and_long_ones_part(dash: str) -> None:
    assert plain(dash) == (dash if dash in LONG_DASHES else "-")


def test_letters_are_compared_as_names_are_recognised() -> None:
    """What folding makes one for the recogniser is one here; Latin, Greek and Cyrillic letters with all their accents."""
    differing = [
        chr(code)
        for code in (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))
        if chr(code).isalpha() and plain(chr(code)).strip() != folded(chr(code))
    ]
    assert differing == []


def test_every_character_has_something_it_is_compared_as() -> None:
    for code in range(0, sys.maxunicode, 37):
        assert plain(chr(code)).translate({}) is not None
        assert "\x00" not in plain(chr(code)) or code == 0


def test_plain_letters_say_where_each_came_from() -> None:
    assert plain_letters("Stra\u00dfe") == ("strasse", [0, 1, 2, 3, 4, 4, 5])
    letters, origins = plain_letters("e\u0301x")
    assert (letters, list(origins)) == ("ex", [0, 2])
    letters, origins = plain_letters("ABC")
    assert (letters, list(origins)) == ("abc", [0, 1, 2])


def test_signs_that_belong_to_a_letter_are_part_of_words() -> None:
    assert spoken_mark("\u0940")
    assert spoken_mark("\u0e35")
    assert not spoken_mark("a")
    assert not spoken_mark("-")
    assert not spoken_mark("\u00e9")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("attacks", "attack"),
        ("attacked", "attack"),
        ("attacking", "attack"),
        ("policies", "polici"),
        ("policy", "polici"),
        ("ieds", "ied"),
        ("ied", "ied"),
        ("uavs", "uav"),
        ("gas", "gas"),
        ("isis", "isis"),
        ("hamas", "hamas"),
        ("hama", "hama"),
        ("1990s", "1990s"),
        ("covid19", "covid19"),
        ("\u0627\u0644\u0634\u0628\u0627\u0628", "\u0627\u0644\u0634\u0628\u0627\u0628"),
    ],
)
def test_stem_makes_forms_of_a_word_one_and_leaves_names(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize("name", sorted(KEPT_WHOLE))
def test_names_that_are_kept_whole_are_small_and_would_have_been_cut(name: str) -> None:
    assert name == folded(name)
    assert stem(name) == name
    assert name.isascii()


def test_stemming_is_in_one_normal_form() -> None:
    assert unicodedata.is_normalized("NFC", stem("\ud55c\uad6d"))
