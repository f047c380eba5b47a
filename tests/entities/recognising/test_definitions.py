from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.entities.recognising.definitions import find_definitions
from monitor.entities.recognising.document import Document, Piece
from monitor.entities.recognising.running_text import RunningText


def defined(text: str) -> list[tuple[str, tuple[str, ...]]]:
    running = RunningText(Document((Piece("body", text),)))
    return [(running.name(*one.long), tuple(short for short, _ in one.shorts)) for one in find_definitions(running)]


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("the Popular Mobilization Forces (PMF) took", "Popular Mobilization Forces", "PMF"),
        ("the al-Qaeda-aligned Group for Islam and Muslims (JNIM) and", "Group for Islam and Muslims", "JNIM"),
        ("the Kurdistan Workers Party (PKK), which", "Kurdistan Workers Party", "PKK"),
        ("the March 23 Movement (M23) took", "March 23 Movement", "M23"),
        ("al-Qaeda in the Arabian Peninsula (AQAP)", "al-Qaeda in the Arabian Peninsula", "AQAP"),
        ("the ex-FATA (Federally Administered Tribal Areas) is", "Federally Administered Tribal Areas", "FATA"),
        ("the Popular Front, or PF, was", "Popular Front", "PF"),
        ("the Rapid Intervention Battalion, known as the BIR, used", "Rapid Intervention Battalion", "BIR"),
        ("National Liberation Army (Ejército de Liberación Nacional, ELN)", "National Liberation Army", "ELN"),
        ("the Islamic State’s Khorasan Province (ISIS-K) met", "Islamic State’s Khorasan Province", "ISIS-K"),
        ("Myanmar's National Unity Government (NUG)", "National Unity Government", "NUG"),
        ("the People's Defense Forces (HPG) bombed", "People's Defense Forces", "HPG"),
        ("Ukraine's Main Directorate of Intelligence (HUR)", "Main Directorate of Intelligence", "HUR"),
    ],
)
def test_find_definitions(text: str, long: str, short: str) -> None:
    assert defined(text) == [(long, (short,))]


@pytest.mark.parametrize(
    "text", ["an improvised explosive device (IED)", "twenty men (20)", "the war (see Map)", "(PMF)", "He left (OK?)"]
)
def test_what_defines_nothing(text: str) -> None:
    assert defined(text) == []


@given(st.text(alphabet="AaBb (),.;-'’or\n1", max_size=60))
def test_definitions_stand_before_or_behind_their_bracket_whatever_the_text(text: str) -> None:
    running = RunningText(Document((Piece("body", text),)))
    for one in find_definitions(running):
        spans = [one.long, *(span for _, span in one.shorts), *one.others]
        assert all(0 <= first <= last < len(running.words) for first, last in spans)
        assert running.words[one.long[0]].plain[0].isalnum()
