"""Every profile says what its periodical prints, and is found by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.ingest.periodicals import DEFAULT, KNOWN, Profile, named, pick

FOLDER = Path(__file__).resolve().parents[2] / "monitor" / "ingest" / "periodicals"


@pytest.mark.parametrize("profile", KNOWN, ids=lambda profile: profile.name)
def test_a_profile_is_found_by_every_spelling_in_any_case(profile: Profile) -> None:
    for name in profile.names():
        assert pick(["", name.upper(), "VOLUME I | ISSUE 1"]) is profile
        assert named(f"  {name.lower()} ") is profile


@pytest.mark.parametrize("profile", KNOWN, ids=lambda profile: profile.name)
def test_a_profile_lies_in_a_file_of_its_own_name(profile: Profile) -> None:
    assert (FOLDER / f"{re.sub(r'[^a-z0-9]+', '_', profile.name.lower())}.py").exists()


def test_no_two_profiles_share_a_name() -> None:
    names = [name.casefold() for profile in KNOWN for name in profile.names()]
    assert len(names) == len(set(names))


def test_a_name_in_a_sentence_is_not_a_masthead() -> None:
    assert pick(["This appeared in Ceasefire Quarterly last year."]) is DEFAULT


def test_an_unknown_periodical_keeps_the_name_a_person_gave() -> None:
    assert named("  Tidewater   Letter ").name == "Tidewater Letter"


@pytest.mark.parametrize(
    ("name", "volume", "year"),
    [
        ("Terrorism Monitor", 20, 2022),
        ("Ceasefire Quarterly", 1, 2016),
        ("Ceasefire Quarterly", 4, 2019),
        ("Other", 3, None),
    ],
)
def test_a_profile_knows_the_year_of_a_volume(name: str, volume: int, year: int | None) -> None:
    assert named(name).year_of(volume) == year
