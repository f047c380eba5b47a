from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from monitor.interchange.cite_keys import cite_key
from monitor.interchange.names import split_name
from tests.interchange.examples import LAMPS, UNKNOWN, article_records, lamps

if TYPE_CHECKING:
    from monitor.interchange.records import ArticleRecord


def test_cite_key_says_who_when_what_and_which() -> None:
    assert cite_key(LAMPS) == "varrow2021lamps-17"


@pytest.mark.parametrize(
    ("author", "start"),
    [
        ("Ayman al-Zawahiri", "alzawahiri"),
        ("Ludo van der Berg", "vanderberg"),
        ("Michał Łódź-Ærø", "lodzaero"),
        ("Jörg Weiß", "weiss"),
        ("\u0130lker I\u015f\u0131k", "isik"),
        ("The Editors", "theeditors"),
        ("Ines 4Varrow", "varrow"),
        ("Ђорђе Петровић", "anon"),
        ("김정은", "anon"),
        ("X " + "Y" * 99, "y" * 30),
    ],
)
def test_cite_key_is_ascii_whatever_the_name(author: str, start: str) -> None:
    assert cite_key(lamps(authors=(split_name(author),))) == f"{start}2021lamps-17"


def test_cite_key_of_unknown_facts_leaves_them_out() -> None:
    assert cite_key(UNKNOWN) == "anonuntitled-18"
    assert cite_key(lamps(date="", slug="of-the")) == "varrow-17"


def test_cite_key_passes_over_small_words() -> None:
    assert cite_key(lamps(slug="how-the-al-hasakah-gate-fell")) == "varrow2021hasakah-17"


def test_cite_key_outlives_a_corrected_title() -> None:
    assert cite_key(lamps(title="A Corrected Title", volume="13", page_first=6)) == cite_key(LAMPS)


@given(article_records)
def test_cite_key_is_a_key_for_any_record(record: ArticleRecord) -> None:
    assert re.fullmatch(rf"[a-z][a-z0-9]*-{record.id}", cite_key(record))
