"""How marked sources are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.entities.gold.building import Setting, built
from tests.entities.gold.entities import Entity, EntityError, Table, read_table
from tests.entities.gold.marked import Mark, MarkError, read_issue, read_line, unmarked

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """\
% publication: The Paper
% volume: VOLUME I | ISSUE 1

%% article a1
# War in {Ruritania}
@ Ann Onymous
{!{Ruritania}'s army=ru-army} met the {Red Hand} ({RH}) ((Paper, May 3)). {^Strelsau} denied it. [1]
~ Ann Onymous lives in Strelsau.
* [1] {Red¶Hand} is {?small=rh}.
- [2] A. Nonymous, Red Hand.
! actors: rh
! regions: RU
"""
ROWS = """\
world | macro_region | World
RU | country | Ruritania | world
st | city | Strelsau | RU | RU-ST
rh | armed_group | Red Hand | RU | red-hand | RH
ru-army | state_force | Army of Ruritania | RU
demonym | RU | Ruritanian
"""


def table(folder: Path, rows: str = ROWS) -> Table:
    file = folder / "entities.txt"
    file.write_text(rows, encoding="utf-8")
    return read_table(file)


def source(folder: Path, text: str = SOURCE) -> Path:
    file = folder / "issue-1.marked"
    file.write_text(text, encoding="utf-8")
    return file


def test_marks_nest_and_carry_signs() -> None:
    text, marks, citations = unmarked("{!{Mali}'s army=ml} left ((AFP, May 3)) for {?^Gao}.")
    assert text == "Mali's army left (AFP, May 3) for Gao."
    assert marks == (Mark(0, 11, "!", "ml"), Mark(0, 4, "", None), Mark(34, 37, "?^", None))
    assert citations == ((17, 29),)


def test_single_brackets_and_equals_signs_are_text() -> None:
    assert unmarked("Two (2) = two")[0] == "Two (2) = two"


@pytest.mark.parametrize("text", ["{Mali", "((AFP, May 3)"])
def test_what_is_left_open_is_refused(text: str) -> None:
    with pytest.raises(MarkError, match="left open"):
        unmarked(text)


def test_a_brace_too_many_is_refused_with_its_line() -> None:
    with pytest.raises(MarkError, match="line 2"):
        read_issue("%% brief a1\nMali}\n")


@pytest.mark.parametrize(
    ("row", "sort"),
    [
        ("# T", "title"),
        ("@ B", "byline"),
        ("## H", "heading"),
        ("~ A", "bio"),
        ("* [1] N", "note"),
        ("- [2] N", "bibnote"),
    ],
)
def test_first_signs_tell_the_sort_of_a_line(row: str, sort: str) -> None:
    assert read_line(row).sort == sort


def test_an_issue_is_printed_with_contents_zones_and_mentions(tmp_path: Path) -> None:
    text, gold = built(source(tmp_path), table(tmp_path))
    assert text.split("\n\n")[:5] == ["The Paper", "VOLUME I | ISSUE 1", "p.3", "War in Ruritania", "Ann Onymous"]
    article = gold["articles"][0]
    assert [(m["text"], m["entity"], m["tier"]) for m in article["mentions"]] == [
        ("Ruritania", "RU", "name"),
        ("Ruritania's army", "ru-army", "desc"),
        ("Ruritania", "RU", "name"),
        ("Red Hand", "rh", "name"),
        ("RH", "rh", "name"),
        ("Strelsau", "st", "name"),
        ("Red\n\nHand", "rh", "name"),
        ("small", "rh", "name"),
    ]
    assert [zone["type"] for zone in article["zones"]] == ["title", "byline", "citation", "bio", "notes", "bibnote"]
    assert article["about"]["regions_mentioned"] == ["st"]
    assert gold["entities"]["rh"]["accept"] == ["red-hand", "red hand"]
    assert gold["entities"]["RU"]["accept"] == ["RU", "ruritania"]
    assert article["summary"]["rh"]["surfaces"] == {"Red Hand": 1, "RH": 1, "Red\n\nHand": 1, "small": 1}


def test_a_surface_of_two_entities_must_be_said(tmp_path: Path) -> None:
    two = table(tmp_path, ROWS + "rh2 | political | Royal House | RU | | RH\n")
    with pytest.raises(EntityError, match="RH"):
        two.named("RH")
    assert two.named("RH", "rh2").name == "Royal House"


@pytest.mark.parametrize("row", ["RU | country | Again", "xx | kingdom | Unknown"])
def test_an_id_twice_and_an_unknown_type_are_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(EntityError):
        table(tmp_path, ROWS + row)


def test_demonyms_are_weak_outside_names_and_citations(tmp_path: Path) -> None:
    setting = Setting("issue-1", table(tmp_path))
    line = read_line("Ruritanian guns of the {Ruritanian Guard=rh} ((Ruritanian News, May 3)).")
    unread = [*line.citations, *((mark.start, mark.end) for mark in line.marks)]
    assert [(w["start"], w["region"]) for w in setting.weak(line.text, 100, unread)] == [(100, "RU")]


def test_entities_know_their_kind() -> None:
    assert Entity("x", "water", "Lake", (), (), ()).kind == "region"
    assert Entity("x", "person", "Ann", (), (), ()).kind == "actor"
