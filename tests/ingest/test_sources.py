from __future__ import annotations

import pytest

from monitor.ingest.apparatus.sources import are_near, is_misspelt, source_findings, stem
from monitor.ingest.document import Article, Citation


def suggestions(*sources: str) -> list[tuple[str, str | None]]:
    cited = tuple(Citation("body", 0, 1, source, "2020", "2020", block=0) for source in sources)
    return [
        (f.message.split('"')[1], f.suggestion) for f in source_findings([Article("article", "Salt", citations=cited)])
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("al-Marsa.example", "almarsa"),
        ("Al-Marsa", "almarsa"),
        ("www.coast24.com", "coast24"),
        ("The Lorr Post", "lorrpost"),
        ("lorrpost.co.uk", "lorrpost"),
        ("U.S. Board", "usboard"),
        ("@", ""),
    ],
)
def test_stem_is_the_name_without_its_address(source: str, expected: str) -> None:
    assert stem(source) == expected


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("al-marsa", "almarsa.com", True),
        ("the lorr post", "lorr post", True),
        ("institute for ridge studies", "institute of ridge studies", True),
        ("voice of lorr", "voice of lorr urdu", False),
        ("twitter/@ridgeline", "twitter/@ridgelines", False),
        ("twitter", "twitter/@ridgeline", False),
        ("report 1", "report 2", False),
        ("cnn", "cna", False),
        ("dawn", "daily", False),
    ],
)
def test_are_near_joins_spellings_and_not_names(first: str, second: str, near: bool) -> None:
    assert are_near(first, second) is near


def test_source_findings_suggest_the_commoner_spelling() -> None:
    assert suggestions("Al-Marsa", "almarsa.com", "almarsa.com", "Daily") == [("Al-Marsa", "almarsa.com")]


def test_source_findings_are_silent_about_capitals() -> None:
    assert suggestions("Coast24.com", "coast24.com") == []


def test_source_findings_know_a_few_names_that_are_often_misprinted() -> None:
    assert suggestions("Amnesty Internatoinal") == [("Amnesty Internatoinal", "Amnesty International")]
    assert suggestions("Amnesty International") == []
    assert suggestions("") == []


def test_is_misspelt_is_near_but_not_the_same() -> None:
    assert is_misspelt("acleed", "ACLED")
    assert not is_misspelt("acled", "ACLED")
    assert not is_misspelt("the new york times", "New York Times")


def test_are_near_leaves_accounts_and_numbered_reports_apart() -> None:
    assert are_near("lorr courier", "lorr couriers")
    assert not are_near("twitter/@lorrwatch", "twitter/@lorrwatches")
    assert not are_near("twitter/@lorrwatch", "twitter/lorrwatch1")
    assert not are_near("lorr report 12", "lorr report 13")
    assert not are_near("lorr", "lor")
