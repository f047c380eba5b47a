"""Other words that are offered for those of a query: from the archive's own, and never in their place."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.search.query_language import parse, unparse
from monitor.search.spelling import MOST_OFFERED, respellings
from monitor.search.vocabulary import keep_words

pytestmark = pytest.mark.django_db

WORDS = [
    "balochistan", "baluchistan", "hussein", "husayn", "qaeda", "qaida", "ceasefire", "prison", "prisoner", "prisons",
    "militant", "iran", "iraq", "kadhimi", "shabaab", "terrorism", "counter", "escape", "mosul", "niger", "nigeria",
    "الشباب",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _words(db: None) -> None:
    keep_words(WORDS)


def offered(query: str) -> list[str]:
    return [unparse(one.tree) for one in respellings(parse(query).tree)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Balochistan", ["Baluchistan"]),
        ("BALOCHISTAN", ["BALUCHISTAN"]),
        ("al-Khadimi", ["al-Kadhimi"]),
        ("Hussain", ["Hussein", "Husayn"]),
        ("Kaida", ["Qaida", "Qaeda"]),
        ("ceasfire", ["ceasefire"]),
        ("ceasfire prison", ["ceasefire prison"]),
        ('"ceasfire prison"', ['"ceasefire prison"']),
        ("title:ceasfire -ceasfire", ["title:ceasefire -ceasfire"]),
        ("ceasfire OR escape", ["ceasefire OR escape"]),
        ("ceasfire NEAR/3 prison", ["ceasefire NEAR/3 prison"]),
        ("ceasfire where tag:x", ["ceasefire where tag:x"]),
        ("ceasfire militamt", ["ceasefire militant", "ceasefire militamt", "ceasfire militant"]),
        (
            '"ceasfire Militamt" ceasfire',
            [
                '"ceasefire Militant" ceasefire',
                '"ceasefire Militamt" ceasfire',
                '"ceasfire Militant" ceasfire',
                '"ceasfire Militamt" ceasefire',
            ],
        ),
        ("counter-terorism", ["counter-terrorism"]),
        ("prison", []),
        ("imprisoning", []),
        ("prisonss", ["prisons"]),
        ("iraq", []),
        ("Nigerai", ["Nigeria"]),
        ("-ceasfire", []),
        ("ceasfir*", []),
        ("note:ceasfire", []),
        ("xyz", []),
        ("actor:ceasfire", []),
        ("", []),
    ],
)
def test_respellings_offer_names_in_other_writings_and_words_without_mistakes(query: str, expected: list[str]) -> None:
    assert offered(query) == expected


def test_respellings_say_what_is_changed_and_whether_the_archive_has_it() -> None:
    known, unknown = respellings(parse("Balochistan").tree), respellings(parse("the ceasfire").tree)
    assert [(one.asked, one.instead, one.is_known) for one in (*known, *unknown)] == [
        ("Balochistan", "Baluchistan", True),
        ("ceasfire", "ceasefire", False),
    ]


def test_what_the_archive_does_not_have_comes_first() -> None:
    assert offered("Balochistan ceasfire") == ["Balochistan ceasefire", "Baluchistan ceasfire"]


@pytest.mark.parametrize(
    "query", ["prison", "ceasfire", "ceasfire Balochistan Hussain Kaida Nigerai prisonss militamt"]
)
def test_respellings_ask_once_however_many_words_there_are(query: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(respellings(parse(query).tree)) <= MOST_OFFERED
    assert len(asked) == 1


def test_a_query_without_words_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert respellings(parse("region:Iraq date:2021").tree) == ()
    assert len(asked) == 0


def test_words_that_are_kept_again_stay_one() -> None:
    assert keep_words(WORDS) == 0
    assert keep_words(["ceasefire", "truce"]) == 1
