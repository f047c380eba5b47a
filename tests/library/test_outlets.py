from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.library.outlets import outlet_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("France24.com", "france24.com", "France 24", "www.france24.com"),
        ("Al-Jazeera", "aljazeera.com", "al-Jazeera.net", "Al Jazeera"),
        ("Le Figaro", "LeFigaro.com"),
        ("Éireann Times", "eireanntimes.org"),
    ],
)
def test_outlet_key_joins_spellings_of_one_outlet(spellings: tuple[str, ...]) -> None:
    assert len({outlet_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Nation", "nation.africa"),
        ("The News", "The News International"),
        ("Twitter/@abdsayyed", "Twitter/@IhsanTipu"),
        ("Twitter", "Twitter/@abdsayyed"),
        ("Dawn", "Daily Dawn"),
        ("lefigaro.fr", "lefigaro.com"),
        ("al-Arab", "al-Arabiya"),
    ],
)
def test_outlet_key_keeps_different_outlets_apart(one: str, other: str) -> None:
    assert outlet_key(one) != outlet_key(other)


@given(st.text(min_size=1))
def test_outlet_key_is_never_empty_and_ignores_case(printed: str) -> None:
    assert outlet_key(printed)
    if printed.isascii():
        assert outlet_key(printed.upper()) == outlet_key(printed.lower())


@given(st.text(min_size=1, alphabet="abc .-/@"))
def test_outlet_key_does_not_change_when_asked_again(printed: str) -> None:
    assert outlet_key(printed) == outlet_key(printed)
