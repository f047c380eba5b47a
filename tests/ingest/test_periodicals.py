from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.ingest import periodicals
from monitor.ingest.periodicals import DEFAULT, KNOWN, Profile, named, pick


def test_pick_knows_a_periodical_by_a_row_of_its_masthead() -> None:
    for profile in KNOWN:
        assert pick(["", f"  {profile.name.upper()} ", "VOLUME I"]) is profile


def test_pick_takes_the_default_for_any_other() -> None:
    assert pick(["The Tesk Observer", "On Terrorism Monitor"]) is DEFAULT
    assert pick([]) is DEFAULT


def test_named_finds_a_profile_without_regard_to_case() -> None:
    for profile in KNOWN:
        assert named(f" {profile.name.lower()} ") is profile


def test_named_gives_an_unknown_periodical_its_name() -> None:
    profile = named("  The  Tesk Observer ")

    assert profile.name == "The Tesk Observer"
    assert profile.notes_headings == DEFAULT.notes_headings


def test_every_profile_has_a_name_of_its_own() -> None:
    names = [name.casefold() for profile in KNOWN for name in profile.names()]

    assert len(names) == len(set(names))
    assert all(names)


def test_year_of_counts_from_the_first_volume() -> None:
    assert Profile(name="A", first_year=2003).year_of(20) == 2022
    assert Profile(name="A").year_of(20) is None


@pytest.mark.parametrize(
    ("title", "kind"), [("Briefs", "brief"), (" briefs ", "brief"), ("In Brief", "brief"), ("Salt", None)]
)
def test_kind_of_section_is_that_of_the_pieces_under_it(title: str, kind: str | None) -> None:
    assert DEFAULT.kind_of_section(title) == kind


def test_names_of_the_default_profile_are_none() -> None:
    assert DEFAULT.names() == ()
    assert Profile(name="A", aliases=("B",)).names() == ("A", "B")


@pytest.mark.parametrize("profile", KNOWN, ids=lambda profile: profile.name)
def test_a_profile_lies_in_a_file_of_its_own_name(profile: Profile) -> None:
    name = re.sub(r"[^a-z0-9]+", "_", profile.name.lower())
    assert Path(periodicals.__file__).with_name(f"{name}.py").exists()


@pytest.mark.parametrize(
    ("name", "volume", "year"), [("Terrorism Monitor", 20, 2022), ("Ceasefire Quarterly", 4, 2019)]
)
def test_known_periodicals_count_their_volumes_rightly(name: str, volume: int, year: int) -> None:
    assert named(name).year_of(volume) == year
