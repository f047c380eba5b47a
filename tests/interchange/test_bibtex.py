from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.interchange.bibtex import bibtex_entries, escaped, to_bibtex
from monitor.interchange.names import split_name
from monitor.interchange.one_line import one_line
from tests.interchange.examples import HOSTILE, LAMPS, UNKNOWN, article_records, lamps, texts
from tests.interchange.readers import assert_balanced, bibtex_names, read_bibtex, tex_text

if TYPE_CHECKING:
    from monitor.interchange.records import ArticleRecord


def test_to_bibtex_writes_an_article() -> None:
    assert to_bibtex(lamps(accessed="2026-11-22")) == (
        "@article{varrow2021lamps-17,\n"
        "  author = {Varrow, Ines and {al-Zawahiri}, Ayman and {The Editors}},\n"
        "  title = {{The Lamps of Kessmouth: 40\\% \\& Rising}},\n"
        "  journal = {Tidewater Letter},\n"
        "  volume = {12},\n"
        "  number = {7},\n"
        "  year = {2021},\n"
        "  month = oct,\n"
        "  day = {9},\n"
        "  pages = {5--8},\n"
        "  url = {https://monitor.example/articles/17/the-lamps-of-kessmouth/},\n"
        "  urldate = {2026-11-22},\n"
        "}\n\n"
    )


def test_to_bibtex_leaves_out_what_is_not_known() -> None:
    assert to_bibtex(UNKNOWN) == "@article{anonuntitled-18,\n}\n\n"


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2022-02-11", {"year": "2022", "month": "feb", "day": "11"}),
        ("2022-12", {"year": "2022", "month": "dec"}),
        ("2022", {"year": "2022"}),
        ("", {}),
    ],
)
def test_to_bibtex_writes_a_date_as_far_as_it_is_known(date: str, known: dict[str, str]) -> None:
    [fields] = read_bibtex(to_bibtex(lamps(date=date))).values()
    assert {name: fields[name] for name in ("year", "month", "day") if name in fields} == known


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50% of $ & #1_a", r"50\% of \$ \& \#1\_a"),
        ("~ ^ \\", r"\textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("a {pair}", r"a \{pair\}"),
        ("{{a}", r"\textbraceleft{}\{a\}"),
        ("}{", r"\textbraceright{}\textbraceleft{}"),
        ("Łódź, 김, 🏮", "Łódź, 김, 🏮"),
        ("two\r\nlines", "two lines"),
        ("--- 'a'' <<b>> c-d", "-{}-{}- 'a'{}' <{}<b>{}> c-d"),
    ],
)
def test_escaped_writes_signs_that_tex_would_obey(text: str, written: str) -> None:
    assert escaped(text) == written


@given(texts)
def test_escaped_reads_back_and_is_balanced(text: str) -> None:
    assert_balanced(escaped(text))
    assert tex_text(escaped(text)) == one_line(text)


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("Ludo van der Berg", "{van der Berg}, Ludo"),
        ("Martin King, Jr.", "King, Jr., Martin"),
        ("Ђорђе Петровић", "Петровић, Ђорђе"),
        ("Suharto", "Suharto"),
        ("others", "{others}"),
        ("김정은", "{김정은}"),
        ("Sand and Stone Institute", "{Sand and Stone Institute}"),
        ("Sand and, Ines", "{Sand and}, Ines"),
        ("Varrow, Ines and Tomas", "Varrow, {Ines and Tomas}"),
        ("X_Y {Z}", r"{\{Z\}}, {X\_Y}"),
    ],
)
def test_to_bibtex_writes_names_so_that_they_stay_in_one_piece(printed: str, written: str) -> None:
    [fields] = read_bibtex(to_bibtex(lamps(authors=(split_name(printed),)))).values()
    assert fields["author"] == written


@given(st.lists(texts, max_size=4))
def test_to_bibtex_names_read_back(printed: list[str]) -> None:
    authors = tuple(map(split_name, printed))
    [fields] = read_bibtex(to_bibtex(lamps(authors=authors))).values()
    expected = [(one_line(n.family or n.literal), one_line(n.given), one_line(n.suffix)) for n in authors]
    read = bibtex_names(fields["author"]) if "author" in fields else []
    assert read == [name for name in expected if name[0]]


@pytest.mark.parametrize("text", HOSTILE)
def test_to_bibtex_keeps_hostile_text_inside_its_field(text: str) -> None:
    [fields] = read_bibtex(to_bibtex(lamps(title=text, periodical=text, volume=text, permalink=text))).values()
    assert tex_text(fields.get("title", "")) == one_line(text)
    assert tex_text(fields.get("journal", "")) == one_line(text)


def test_to_bibtex_percent_encodes_only_what_may_not_stand_in_an_address() -> None:
    [fields] = read_bibtex(to_bibtex(lamps(permalink="https://x.example/a_b/~c?d=%20#p1 {\\}"))).values()
    assert fields["url"] == "https://x.example/a_b/~c?d=%20#p1%20%7B%5C%7D"


@given(st.lists(article_records, max_size=4, unique_by=lambda record: record.id))
def test_bibtex_entries_are_well_formed_for_any_text(records: list[ArticleRecord]) -> None:
    written = "".join(bibtex_entries(records))
    entries = read_bibtex(written)
    assert len(entries) == len(records)
    assert written.encode().decode() == written


def test_bibtex_entries_come_in_the_given_order() -> None:
    assert list(read_bibtex("".join(bibtex_entries([UNKNOWN, LAMPS])))) == ["anonuntitled-18", "varrow2021lamps-17"]
