"""The gold asks for a link only where the producer drew one."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tests.held_apart.drawn_links import Drawn, drawn_links, kept, without_lost_links

LOCK, SILT = "https://lock.example/", "https://silt.example/"


def link(text: str, url: str) -> dict[str, str]:
    return {"text": text, "url": url}


def article(title: str, links: list[dict[str, str]], page: int = 1) -> dict[str, Any]:
    return {"title": title, "links": links, "page_start": page}


def sheet(*lines: tuple[str, str], pages: int = 1) -> bytes:
    """Return a PDF whose last page holds lines with a link each."""
    out = BytesIO()
    canvas = Canvas(out)
    for _ in range(pages - 1):
        canvas.showPage()
    for number, (text, url) in enumerate(lines):
        top = 700 - 20 * number
        canvas.drawString(72, top, text)
        canvas.linkURL(url, (72, top - 2, 72 + canvas.stringWidth(text), top + 9))
    canvas.save()
    return out.getvalue()


def test_drawn_links_are_told_with_the_letters_under_them() -> None:
    pdf = sheet(("The Lock", LOCK), ("Silt & Sand", SILT))
    assert list(drawn_links(pdf)) == [Drawn(LOCK, "thelock", 1, "siltsand"), Drawn(SILT, "siltsand")]


def test_a_link_over_two_lines_is_one() -> None:
    links = [link("Silt and Sand", SILT)]
    assert kept(links, [Drawn(SILT, "siltand"), Drawn(SILT, "sand")]) == (links, [])


def test_two_links_with_one_address_are_two() -> None:
    links = [link("The Lock", LOCK), link("The Lock", LOCK)]
    assert kept(links, [Drawn(LOCK, "thelock"), Drawn(LOCK, "thelock")]) == (links, [])


def test_a_link_that_was_not_drawn_is_left_out_and_the_next_kept() -> None:
    lost, drawn = link("The Lock", LOCK), link("Silt & Sand", SILT)
    assert kept([lost, drawn], [Drawn(SILT, "siltsand")]) == ([drawn], [])


def test_a_rectangle_without_letters_counts_for_its_link() -> None:
    links = [link("The Lock", LOCK), link("The Lock", LOCK)]
    assert kept(links, [Drawn(LOCK, ""), Drawn(LOCK, "thelock")]) == (links, [])


def test_rectangles_of_other_addresses_in_between_do_no_harm() -> None:
    links = [link("The Lock", LOCK), link("Silt & Sand", SILT), link("The Lock", LOCK)]
    drawn = [Drawn(SILT, "silt"), Drawn(LOCK, "thelock"), Drawn(SILT, ""), Drawn(SILT, "sand"), Drawn(LOCK, "thelock")]
    assert kept(links, drawn) == (links, [Drawn(SILT, ""), Drawn(SILT, "sand")])


def test_gold_goes_through_its_articles_in_order() -> None:
    first, second = link("The Lock", LOCK), link("Silt & Sand", SILT)
    gold = {"toc": [], "articles": [article("A", [first, second]), article("B", [first])]}
    pdf = sheet(("The Lock", LOCK), ("The Lock", LOCK))
    assert without_lost_links(gold, pdf) == {
        "toc": [],
        "articles": [article("A", [first]), article("B", [first])],
    }


def test_a_lost_link_takes_no_rectangle_of_a_later_article() -> None:
    lock = link("The Lock", LOCK)
    gold = {"articles": [article("A", [lock], page=1), article("B", [], page=2), article("C", [lock], page=3)]}
    read = without_lost_links(gold, sheet(("The Lock", LOCK), pages=3))
    assert [one["links"] for one in read["articles"]] == [[], [], [lock]]


def test_of_links_to_one_source_the_one_with_the_printed_date_is_kept() -> None:
    lost, drawn = link("The Lock", LOCK) | {"after": ", May 4)."}, link("The Lock", LOCK) | {"after": ", June 11)."}
    assert kept([lost, drawn], [Drawn(LOCK, "thelock", 1, "june11andthen")]) == ([link("The Lock", LOCK)], [])
    assert kept([lost], [Drawn(LOCK, "thelock", 1, "june")]) == ([], [Drawn(LOCK, "thelock", 1, "june")])


def test_each_line_of_a_link_goes_on_with_the_next() -> None:
    whole = link("Silt and Sand", SILT) | {"after": ", May 4)."}
    parts = [Drawn(SILT, "siltand", 1, "sandmay"), Drawn(SILT, "sand", 1, "may")]
    assert kept([whole], parts) == ([link("Silt and Sand", SILT)], [])


def test_a_rectangle_where_no_words_stand_is_no_link_of_a_dated_source() -> None:
    dated = link("The Lock", LOCK) | {"after": ", May 4)."}
    assert kept([dated], [Drawn(LOCK, "")]) == ([], [Drawn(LOCK, "")])


def test_dates_of_one_month_are_told_apart() -> None:
    first, second = (link("The Lock", LOCK) | {"after": f", {day} October 2018)."} for day in (7, 16))
    assert kept([first], [Drawn(LOCK, "thelock", 1, "16october2018")])[0] == []
    assert kept([second], [Drawn(LOCK, "thelock", 1, "16october2018")])[0] == [link("The Lock", LOCK)]
