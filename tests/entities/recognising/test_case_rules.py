from __future__ import annotations

import pytest

from monitor.entities.recognising.case_rules import same_case


@pytest.mark.parametrize(
    ("written", "printed", "same"),
    [
        ("IS", "IS", True),
        ("IS", "is", False),
        ("IS", "Is", False),
        ("ECOWAS", "Ecowas", True),
        ("ECOWAS", "ecowas", False),
        ("Fano", "fano", False),
        ("Fano", "FANO", False),
        ("Taliban", "TALIBAN", True),
        ("Taliban", "taliban", False),
        ("al Qaeda", "Al Qaeda", True),
        ("al Qaeda", "AL QAEDA", True),
        ("Islamic Emirate", "Islamic emirate", True),
        ("Islamic Emirate", "islamic emirate", False),
        ("Popular Mobilization Forces", "Popular mobilization forces", False),
        ("Popular Mobilization Forces", "Popular Mobilization forces", True),
        ("Iraqi security forces", "Iraqi Security Forces", True),
        ("TTP Punjab", "Ttp Punjab", False),
        ("Taliban", "Taliban Movement", False),
    ],
)
def test_same_case(written: str, printed: str, same: bool) -> None:
    assert same_case(written.split(), printed.split()) is same


def test_an_exact_name_is_only_itself() -> None:
    assert same_case(["JeM"], ["JeM"], exact=True)
    assert not same_case(["Army", "Front"], ["ARMY", "FRONT"], exact=True)


def test_a_short_name_may_be_shouted_in_a_heading() -> None:
    assert same_case(["Fano"], ["FANO"], in_head=True)
