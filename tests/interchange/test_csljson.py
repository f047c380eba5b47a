from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.interchange.csljson import csl_array, csl_item
from monitor.interchange.names import split_name
from tests.interchange.examples import LAMPS, UNKNOWN, article_records, lamps

if TYPE_CHECKING:
    from monitor.interchange.records import ArticleRecord


def test_csl_item_holds_an_article() -> None:
    assert csl_item(lamps(accessed="2026-11-22")) == {
        "id": "varrow2021lamps-17",
        "type": "article-journal",
        "title": "The Lamps of Kessmouth: 40% & Rising",
        "author": [
            {"family": "Varrow", "given": "Ines"},
            {"family": "al-Zawahiri", "given": "Ayman"},
            {"literal": "The Editors"},
        ],
        "container-title": "Tidewater Letter",
        "volume": "12",
        "issue": "7",
        "issued": {"date-parts": [[2021, 10, 9]]},
        "page": "5-8",
        "URL": "https://monitor.example/articles/17/the-lamps-of-kessmouth/",
        "accessed": {"date-parts": [[2026, 11, 22]]},
    }


def test_csl_item_leaves_out_what_is_not_known() -> None:
    assert csl_item(UNKNOWN) == {"id": "anonuntitled-18", "type": "article-journal"}


@pytest.mark.parametrize(("date", "parts"), [("2022-02-11", [2022, 2, 11]), ("2022-02", [2022, 2]), ("2022", [2022])])
def test_csl_item_dates_as_far_as_is_known(date: str, parts: list[int]) -> None:
    assert csl_item(lamps(date=date))["issued"] == {"date-parts": [parts]}


def test_csl_item_keeps_particles_and_suffixes() -> None:
    authors = (split_name("Ludo van der Berg"), split_name("Martin King, Jr."))
    assert csl_item(lamps(authors=authors))["author"] == [
        {"family": "van der Berg", "given": "Ludo"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ]


def test_csl_array_of_nothing_is_empty() -> None:
    assert "".join(csl_array([])) == "[]\n"


def test_csl_array_has_an_item_a_line() -> None:
    lines = "".join(csl_array([LAMPS, UNKNOWN])).splitlines()
    assert [len(lines), lines[0], lines[-1]] == [4, "[", "]"]
    assert json.loads(lines[1].removesuffix(",")) == csl_item(LAMPS)
    assert lines[2] == '{"id": "anonuntitled-18", "type": "article-journal"}'


@given(st.lists(article_records, max_size=4))
def test_csl_array_reads_back_for_any_text(records: list[ArticleRecord]) -> None:
    written = "".join(csl_array(records))
    assert json.loads(written.encode()) == [csl_item(record) for record in records]
