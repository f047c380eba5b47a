from __future__ import annotations

from monitor.ingest.apparatus.citations import read_citations
from monitor.ingest.apparatus.linked_sources import with_whole_links
from monitor.ingest.pieces import Piece, PieceLink


def whole(text: str, *linked: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the links of a text, as words and address, once they are made whole; given in the same way."""
    links = tuple(PieceLink(text.index(words), text.index(words) + len(words), url) for words, url in linked)
    piece = Piece(text, (text,), links=links)
    mended = with_whole_links(piece, read_citations(text, links).members)
    return [(text[link.start : link.end], link.url) for link in mended.links]


MINISTRY = "It closed (Ministry of Waterways, Press Service, May 4; Fjordby Avis, May 5)."


def test_a_bare_word_between_two_areas_of_one_address_belongs_to_the_link() -> None:
    found = whole(MINISTRY, ("Ministry", "a"), ("Waterways, Press Service", "a"))
    assert found == [("Ministry of Waterways, Press Service", "a")]


def test_links_of_other_addresses_or_other_sources_stay_apart() -> None:
    apart = [("Ministry", "a"), ("Waterways, Press Service", "b")]
    assert whole(MINISTRY, *apart) == apart
    two = [("Press Service", "a"), ("Fjordby Avis", "a")]
    assert whole(MINISTRY, *two) == two
    wide = [("closed (Ministry", "a"), ("Waterways", "a")]
    assert whole(MINISTRY, *wide) == wide


def test_a_link_over_a_part_of_a_source_is_printed_so() -> None:
    assert whole(MINISTRY, ("Waterways", "a")) == [("Waterways", "a")]


def test_a_link_that_ends_within_a_word_is_the_whole_source() -> None:
    assert whole(MINISTRY, ("Fjord", "a")) == [("Fjordby Avis", "a")]
    assert whole(MINISTRY, ("by Avis", "a")) == [("Fjordby Avis", "a")]


DRIFTED = "It closed (al-Sahil, May 4, 2020; The Brackwater Mail, May 5, 2020)."


def test_a_first_part_that_slid_off_its_line_onto_the_date_before_is_the_beginning_of_the_source() -> None:
    assert whole(DRIFTED, ("2020", "a"), ("Brackwater Mail", "a")) == [("The Brackwater Mail", "a")]


def test_a_link_on_a_date_stays_where_the_next_source_has_its_own_or_none() -> None:
    for linked in (
        [("2020", "a"), ("The Brackwater Mail", "a")],
        [("2020", "a"), ("Brackwater Mail", "b")],
        [("4", "a"), ("Brackwater Mail", "a")],
        [("al-Sahil", "a"), ("Brackwater Mail", "a")],
        [("2020", "a")],
    ):
        assert whole(DRIFTED, *linked) == linked


def test_what_is_no_citation_keeps_its_links() -> None:
    assert whole("The Ministry of Dikes said so.", ("Ministry", "a"), ("Dikes", "a")) == [
        ("Ministry", "a"),
        ("Dikes", "a"),
    ]
