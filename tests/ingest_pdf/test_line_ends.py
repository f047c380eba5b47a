"""How a line goes on: addresses broken anywhere, hyphens, dashes."""

from __future__ import annotations

import pytest

from monitor.ingest.layout.line_ends import at_seam, goes_on_address
from monitor.ingest.letters.hyphens import vocabulary
from tests.ingest_pdf.test_joining import line, text_of

NOTHING = vocabulary([])
URL = "https://www.example.org/reports/silt-part-47.html"


@pytest.mark.parametrize("cut", [24, 25, 32, 33, 37, 38, 42, 44])
def test_the_links_address_tells_how_the_printed_one_goes_on(cut: int) -> None:
    assert goes_on_address(f"see {URL[:cut]}", URL[cut:], URL)
    assert goes_on_address(f"see {URL[8:cut]}", URL[cut:] + ").", URL)


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        ("see https://example.org/", "reports", True),
        ("see https://example.org/silt-", "part-47", True),
        ("see www.soundings.", "example/reports", True),
        ("see www.soundings.", "org", True),
        ("see https://example.org/a_", "b", True),
        ("see https://example.org", "/reports", True),
        ("see https://example.org/a?b=", "7", True),
        ("see https://example.org.", "The", False),
        ("see https://example.org.", "Later it", False),
        ("at https://example.org", "and then", False),
        ("(https://example.org)", "and/or", False),
        ("the silt-", "part", False),
        ("it ended.", "example.org", False),
        ("", "reports", False),
        ("https://example.org/", "", False),
    ],
)
def test_an_address_without_a_link_goes_on_where_it_was_cut(before: str, after: str, *, goes_on: bool) -> None:
    assert goes_on_address(before, after, None) is goes_on


def test_an_address_that_is_whole_ends() -> None:
    assert not goes_on_address("see https://example.org/", "reports", "https://example.org/")


@pytest.mark.parametrize(
    ("tail", "after", "seam"),
    [
        ("the truce", "held", "space"),
        ("war\u2014", "and", "nothing"),
        ("demobil\u00ad", "isation", "shorten"),
        ("demobil\u2010", "isation", "shorten"),
        ("govern-", "ment", "shorten"),
        ("well-", "known", "nothing"),
        ("pre-", "and", "space"),
        ("-", "and", "space"),
        ("Twitter/", "@handle", "nothing"),
    ],
)
def test_every_end_of_a_line_has_its_seam(tail: str, after: str, seam: str) -> None:
    assert at_seam(tail, after, NOTHING).seam == seam


def test_a_broken_address_is_whole_in_the_text() -> None:
    first, second = line("see", "www.soundings.", links={1: 0}), line("example/silt-", links={0: 0})
    assert (
        text_of(first, second, line("part-47,", "May", links={0: 0})) == "see www.soundings.example/silt-part-47, May"
    )


@pytest.mark.parametrize(
    ("address", "seam"),
    [
        ("https://twitter.com/quaywatch/1", "shorten"),
        ("https://twitter.com/quay-watch/1", "nothing"),
        ("https://example.org/7", "shorten"),
        (None, "shorten"),
    ],
)
def test_the_links_address_spells_its_words(address: str | None, seam: str) -> None:
    """A handle holds no hyphen of its own: where no address tells, it is the line's."""
    assert at_seam("by Twitter/@quay-", "watch", NOTHING, address).seam == seam


def test_a_name_keeps_its_hyphen_though_its_host_has_none() -> None:
    assert at_seam("said Post-", "Courier, May", NOTHING, "https://postcourier.com/1").seam == "nothing"
