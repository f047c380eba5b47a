from __future__ import annotations

import pytest
from hypothesis import given

from monitor.interchange.names import PersonName, split_name
from tests.interchange.examples import texts


@pytest.mark.parametrize(
    ("printed", "given_name", "family"),
    [
        ("Ines Varrow", "Ines", "Varrow"),
        ("Zia Ur Rehman", "Zia Ur", "Rehman"),
        ("  Ines \n Varrow ", "Ines", "Varrow"),
        ("Ayman al-Zawahiri", "Ayman", "al-Zawahiri"),
        ("Ludo van der Berg", "Ludo", "van der Berg"),
        ("Osama bin Laden", "Osama", "bin Laden"),
        ("Antoine de Saint-Exupéry", "Antoine", "de Saint-Exupéry"),
        ("José Ortega y Gasset", "José", "Ortega y Gasset"),
        ("danah boyd", "danah", "boyd"),
        ("Varrow, Ines", "Ines", "Varrow"),
        ("van der Berg, Ludo", "Ludo", "van der Berg"),
        ("Ђорђе Петровић", "Ђорђе", "Петровић"),
        ("محمد سلمان", "محمد", "سلمان"),
        ("K. P. S. Gill", "K. P. S.", "Gill"),
    ],
)
def test_split_name_finds_the_family_name(printed: str, given_name: str, family: str) -> None:
    assert split_name(printed) == PersonName(given=given_name, family=family)


@pytest.mark.parametrize("printed", ["Martin King Jr.", "Martin King, Jr."])
def test_split_name_keeps_a_suffix_apart(printed: str) -> None:
    assert split_name(printed) == PersonName(given="Martin", family="King", suffix="Jr.")


@pytest.mark.parametrize(
    "printed", ["The Editors", "Ferry Research Institute", "Guild Staff", "김정은", "习 近平", "A, B, C"]
)
def test_split_name_leaves_bodies_and_uncuttable_names_whole(printed: str) -> None:
    assert split_name(printed) == PersonName(literal=printed)


@pytest.mark.parametrize("printed", ["Suharto", "Jr.", "Ærøskøbing"])
def test_split_name_takes_a_single_word_for_the_family_name(printed: str) -> None:
    assert split_name(printed) == PersonName(family=printed)


def test_split_name_of_nothing_is_nothing() -> None:
    assert split_name(" \x00 ") == PersonName()


@given(texts)
def test_split_name_loses_no_word(printed: str) -> None:
    name = split_name(printed)
    parts = f"{name.family} {name.given} {name.suffix} {name.literal}"
    assert sorted(parts.replace(",", " ").split()) == sorted(
        word for word in parts_of(printed) if word not in {"", " "}
    )


def parts_of(printed: str) -> list[str]:
    """Return the words of a text in which commas and unprintable characters count as blanks."""
    breaks = {",", "\x7f", *map(chr, range(0x20)), *map(chr, range(0x80, 0xA0)), *map(chr, range(0xD800, 0xE000))}
    return "".join(" " if sign in breaks else sign for sign in printed).split()


@given(texts)
def test_split_name_gives_parts_or_a_whole_but_never_both(printed: str) -> None:
    name = split_name(printed)
    assert not (name.literal and (name.family or name.given or name.suffix))
    assert bool(name.literal or name.family) == bool(parts_of(printed.replace(",", "x")))
