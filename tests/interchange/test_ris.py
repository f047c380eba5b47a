from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.interchange.names import split_name
from monitor.interchange.ris import ris_records, to_ris
from tests.interchange.examples import HOSTILE, LAMPS, UNKNOWN, article_records, lamps
from tests.interchange.readers import read_ris

if TYPE_CHECKING:
    from monitor.interchange.records import ArticleRecord


def test_to_ris_writes_an_article() -> None:
    assert to_ris(lamps(accessed="2026-11-22")).split("\r\n") == [
        "TY  - JOUR",
        "TI  - The Lamps of Kessmouth: 40% & Rising",
        "AU  - Varrow, Ines",
        "AU  - al-Zawahiri, Ayman",
        "AU  - The Editors",
        "T2  - Tidewater Letter",
        "VL  - 12",
        "IS  - 7",
        "PY  - 2021",
        "DA  - 2021/10/09/",
        "SP  - 5",
        "EP  - 8",
        "UR  - https://monitor.example/articles/17/the-lamps-of-kessmouth/",
        "Y2  - 2026/11/22/",
        "ER  - ",
        "",
        "",
    ]


def test_to_ris_leaves_out_what_is_not_known() -> None:
    assert to_ris(UNKNOWN) == "TY  - JOUR\r\nER  - \r\n\r\n"


@pytest.mark.parametrize(
    ("date", "year", "written"),
    [("2022-02-11", "2022", "2022/02/11/"), ("2022-02", "2022", "2022/02//"), ("2022", "2022", "2022///")],
)
def test_to_ris_writes_a_date_as_far_as_it_is_known(date: str, year: str, written: str) -> None:
    [fields] = read_ris(to_ris(lamps(date=date)))
    assert [value for tag, value in fields if tag in {"PY", "DA"}] == [year, written]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("Ludo van der Berg", "van der Berg, Ludo"),
        ("Martin King, Jr.", "King, Martin, Jr."),
        ("Ђорђе Петровић", "Петровић, Ђорђе"),
        ("Suharto", "Suharto"),
        ("김정은", "김정은"),
        ("Ferry, Post and Staff", "Ferry Post and Staff"),
    ],
)
def test_to_ris_writes_names_family_first(printed: str, written: str) -> None:
    [fields] = read_ris(to_ris(lamps(authors=(split_name(printed),))))
    assert [value for tag, value in fields if tag == "AU"] == [written]


@pytest.mark.parametrize("text", HOSTILE)
def test_to_ris_holds_hostile_text_on_one_line(text: str) -> None:
    [fields] = read_ris(to_ris(lamps(title=text, periodical=text, authors=(split_name(text),))))
    written = [value for tag, value in fields if tag in {"TI", "T2"}]
    assert written in ([], [written[0]] * 2 if written else [])
    assert "ER  - " not in "".join(value for _, value in fields)


@given(st.lists(article_records, max_size=4))
def test_ris_records_are_well_formed_for_any_text(records: list[ArticleRecord]) -> None:
    written = "".join(ris_records(records))
    assert len(read_ris(written)) == len(records)
    assert written.encode().decode() == written


def test_ris_records_come_in_the_given_order() -> None:
    titles = [dict(fields).get("TI") for fields in read_ris("".join(ris_records([LAMPS, UNKNOWN, LAMPS])))]
    assert titles == [LAMPS.title, None, LAMPS.title]
