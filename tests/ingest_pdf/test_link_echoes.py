"""Links that come again where their words do not stand."""

from __future__ import annotations

from monitor.ingest.pdf.link_echoes import Under, echoes, overflows, what_is_under
from monitor.ingest.pdf.printed_page import Glyph, PageLink, PrintedPage
from tests.ingest_pdf.typed_pages import column, prose, read, typed


def under(index: int, text: str, misfit: float, *, page: int = 1, address: str = "a", width: float = 40) -> Under:
    return Under(page, index, address, 100.0 * index, width, 10, text, misfit)


def test_what_fits_other_words_and_worse_is_an_echo() -> None:
    found = [under(0, "HarbourGazette", 0.6), under(1, "ndofthewi", 6.5), under(2, "", float("inf"))]
    assert echoes(found) == {(1, 1), (1, 2)}


def test_an_echo_may_lie_on_a_neighbouring_page() -> None:
    assert echoes([under(0, "thefirst", 7.0), under(0, "Salt&", 1.0, page=2)]) == {(1, 0)}
    assert echoes([under(0, "thefirst", 7.0), under(0, "Salt&", 1.0, page=9)]) == set()


def test_links_that_may_all_be_meant_stay() -> None:
    assert echoes([under(0, "Dawn", 0.5), under(1, "Dawn", 0.7)]) == set()  # printed twice
    assert echoes([under(0, "Dawn,", 0.5), under(1, "awn", 4.0)]) == set()  # drawn askew
    drifted = [under(0, "GacetadeAlmeyra", 1.2), under(1, "79(LaGacetad", 13.8)]
    assert echoes(drifted) == set()
    lines = [under(0, "Karvan", 0.5), under(1, "Courier", 3.2)._replace(top=12.0)]  # the two of one link
    assert echoes(lines) == set()
    assert echoes([under(0, "Dawn", 0.5), under(1, "riverto", 9.0, width=60)]) == set()
    assert echoes([under(0, "Dawn", 0.5), under(1, "ofthe", 9.0, address="b")]) == set()
    assert echoes([]) == set()


def test_the_edges_of_a_link_are_measured_at_its_letters() -> None:
    glyphs = typed("the Dawn said", 50, 100)  # "Dawn" from 70 to 90
    fits, cuts = (PageLink(x0, 91, x0 + 20.5, 103, "a") for x0 in (70, 83))
    found = what_is_under(1, glyphs, (fits, PageLink(0, 0, 9, 9, "", 3), cuts, PageLink(200, 300, 220, 312, "a")))
    assert [(one.place, one.text) for one in found] == [(0, "Dawn"), (2, "nsa"), (3, "")]
    assert found[0].misfit < 3 < found[1].misfit < found[2].misfit == float("inf")
    assert what_is_under(1, glyphs, ()) == []


def linked(*links: PageLink) -> list[tuple[str, str]]:
    """Return the links read on a page, as text and address."""
    glyphs: list[Glyph] = [*typed("the Dawn said so in", 50, 100), *column(50, 112, *prose("a", 8))]
    page = PrintedPage(1, 600, 800, tuple(glyphs), links=links)
    return [(piece.text[link.start : link.end], link.url) for piece in read(page).pieces for link in piece.links]


def test_an_echo_is_no_link_of_the_text() -> None:
    own, echo = PageLink(70, 91, 90, 103, "https://x.example"), PageLink(94, 103, 114, 115, "https://x.example")
    assert linked(own, echo) == [("Dawn", "https://x.example")]


def test_lines_of_other_links_to_one_address_are_no_echoes() -> None:
    """A source that always has its own address is broken over lines here and there."""
    whole = under(0, "KarvanCourier", 0.4, width=66)
    lines = [under(5, "(Karvan", 3.1), under(9, "Courier,", 0.6)]
    assert echoes([whole, *lines]) == set()
    assert echoes([whole, under(5, "boats", 3.1), under(9, "Courier,", 0.6)]) == {(1, 5)}


def test_signs_alone_are_no_link_where_its_words_stand_elsewhere() -> None:
    assert echoes([under(0, "Dawn", 0.4), under(3, "(", 1.0, width=4)]) == {(1, 3)}
    assert echoes([under(3, "*", 1.0, width=4)]) == set()


def test_words_on_both_sides_make_a_link_doubtful() -> None:
    """An echo may fit a word of the running text by chance; a source stands behind a bracket or before a comma."""
    glyphs = [*typed("(Dawn, May 4)", 50, 100), *typed("the boat that", 50, 150)]
    cited, among = PageLink(55, 91, 75, 103, "a"), PageLink(70, 141, 90, 153, "a")
    found = what_is_under(1, glyphs, (cited, among))
    assert [one.text for one in found] == ["Dawn", "boat"]
    assert echoes(found) == {(1, 1)}


def part(place: int, size: float, width: float = 200, address: str = "a") -> Under:
    return Under(1, place, address, 12.0 * place, width, 10, "words", 0.5, size)


def test_a_link_that_a_column_breaks_does_not_lie_on_the_footnotes_between_its_parts() -> None:
    notes = [part(1, 8), part(2, 8)]
    assert overflows([part(0, 10, 60), *notes, part(3, 10, 90)]) == {1, 2}
    assert overflows([part(0, 10, 60), notes[0], part(2, 8, address="b"), part(3, 10, 90)]) == {1}


def test_a_link_that_a_page_breaks_does_not_lie_on_the_footnotes_at_its_foot() -> None:
    assert overflows([part(0, 10, 60), part(1, 8), part(2, 8), part(3, 0.0, 480)]) == {1, 2}
    assert overflows([part(0, 8, 60), part(1, 0.0, 480)]) == overflows([part(0, 0.0, 480)]) == set()


def test_a_broken_footnote_s_link_does_not_lie_on_the_text_above_its_rest() -> None:
    assert overflows([part(0, 10), part(1, 10), part(3, 10), part(4, 8, 90)]) == {0, 1, 3}


def test_lines_that_are_a_link_s_own_stay() -> None:
    assert overflows([part(0, 10, 60), part(1, 10), part(2, 10, 90)]) == set()  # three lines of one link
    assert overflows([part(0, 10, 60), part(1, 8, 40)]) == set()  # one in the text, another one in a note
    assert overflows([part(0, 10), part(1, 8, 90)]) == set()
    assert overflows([part(0, 8, 60), part(9, 10), part(10, 10), part(20, 8, 90)]) == set()
    assert overflows([]) == set()
