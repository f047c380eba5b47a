"""Which addresses are this site's, and what they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.interchange.iris import Address, host_names, our_address

HOSTS = host_names("https://house.example", "localhost", "127.0.0.1:8000", "[::1]", ".inside.example", "*")


@pytest.mark.parametrize(
    ("iri", "named"),
    [
        ("https://house.example/articles/7/lamps-on-the-ardel/", Address("article", "7")),
        ("http://house.example/articles/7", Address("article", "7")),
        ("https://HOUSE.example/articles/7/another-slug?q=x#p12", Address("article", "7")),
        ("https://house.example:8443/articles/7/x/#n4", Address("article", "7", note=4)),
        ("https://house.example/articles/7/x/#n4x", Address("article", "7")),
        ("http://localhost:8000/issues/3/", Address("issue", "3")),
        ("http://127.0.0.1:8000/anno/5b1f6a52-9d0f-4a0b-8a57-000000000001", Address("annotation", "5b1f6a52-9d0f-4a0b-8a57-000000000001")),
        ("http://[::1]:8000/teams/9/", Address("team", "9")),
        ("https://house.example/account/people/zia/", Address("person", "zia")),
        ("https://house.example", Address("site", "/")),
        ("https://house.example/", Address("site", "/")),
        ("https://deep.inside.example/articles/1/", Address("article", "1")),
        ("https://inside.example/articles/1/", Address("article", "1")),
        ("https://notinside.example/articles/1/", None),
        ("https://other.example/articles/7/x/", None),
        ("https://house.example.evil.example/articles/7/", None),
        ("https://house.example@evil.example/articles/7/", None),
        ("ftp://house.example/articles/7/", None),
        ("https://house.example/articles/0x7/", None),
        ("https://house.example/articles/99999999999999999999/", None),
        ("https://house.example/articles/9999999999999999999/", None),
        ("https://house.example/articles/\u0667/", None),
        ("https://house.example/articles/7/a/b/", None),
        ("https://house.example/anything/", None),
        ("https://[house.example/articles/7/", None),
        ("https://house.example:port/articles/7/", None),
        ("urn:uuid:5b1f6a52-9d0f-4a0b-8a57-000000000001", None),
        ("", None),
    ],
)  # fmt: skip
def test_an_address_is_ours_by_its_host_and_names_a_thing_by_its_number(iri: str, named: Address | None) -> None:
    assert our_address(iri, HOSTS) == named


def test_a_site_below_a_path_counts_from_there() -> None:
    assert our_address("https://house.example/m/articles/7/", HOSTS, prefix="/m") == Address("article", "7")
    assert our_address("https://house.example/articles/7/", HOSTS, prefix="/m") is None


def test_an_endless_address_is_nobodys() -> None:
    assert our_address("https://house.example/articles/7/" + "x" * 2_000, HOSTS) is None


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none(iri: str) -> None:
    assert our_address(iri, HOSTS) is None or iri.lower().startswith("http")


@given(st.integers(0, 2**63 - 1), st.text("abc-ž", max_size=20))
def test_the_number_of_an_article_comes_back(number: int, slug: str) -> None:
    found = our_address(f"https://house.example/articles/{number}/{slug}", HOSTS)
    assert found is not None
    assert (found.kind, found.number) == ("article", number)
