"""The gold asks for a link only where the producer drew one."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from tests.held_apart.drawn_links import drawn_links, kept, without_lost_links

LOCK, SILT = "https://lock.example/", "https://silt.example/"


def link(text: str, url: str) -> dict[str, str]:
    return {"text": text, "url": url}


def sheet(*lines: tuple[str, str]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for number, (text, url) in enumerate(lines):
        top = 700 - 20 * number
        canvas.drawString(72, top, text)
        canvas.linkURL(url, (72, top - 2, 72 + canvas.stringWidth(text), top + 9))
    canvas.save()
    return out.getvalue()


def test_drawn_links_are_told_with_the_letters_under_them() -> None:
    pdf = sheet(("The Lock", LOCK), ("Silt & Sand", SILT))
    assert list(drawn_links(pdf)) == [(LOCK, "thelock"), (SILT, "siltsand")]


def test_a_link_over_two_lines_is_one() -> None:
    links = [link("Silt and Sand", SILT)]
    assert kept(links, [(SILT, "siltand"), (SILT, "sand")]) == (links, [])


def test_two_links_with_one_address_are_two() -> None:
    links = [link("The Lock", LOCK), link("The Lock", LOCK)]
    assert kept(links, [(LOCK, "thelock"), (LOCK, "thelock")]) == (links, [])


def test_a_link_that_was_not_drawn_is_left_out_and_the_next_kept() -> None:
    lost, drawn = link("The Lock", LOCK), link("Silt & Sand", SILT)
    assert kept([lost, drawn], [(SILT, "siltsand")]) == ([drawn], [])


def test_a_rectangle_without_letters_counts_for_its_link() -> None:
    links = [link("The Lock", LOCK), link("The Lock", LOCK)]
    assert kept(links, [(LOCK, ""), (LOCK, "thelock")]) == (links, [])


def test_rectangles_of_other_addresses_in_between_do_no_harm() -> None:
    links = [link("The Lock", LOCK), link("Silt & Sand", SILT), link("The Lock", LOCK)]
    drawn = [(SILT, "silt"), (LOCK, "thelock"), (SILT, ""), (SILT, "sand"), (LOCK, "thelock")]
    assert kept(links, drawn) == (links, [(SILT, ""), (SILT, "sand")])


def test_gold_goes_through_its_articles_in_order() -> None:
    first, second = link("The Lock", LOCK), link("Silt & Sand", SILT)
    gold = {"toc": [], "articles": [{"title": "A", "links": [first, second]}, {"title": "B", "links": [first]}]}
    pdf = sheet(("The Lock", LOCK), ("The Lock", LOCK))
    assert without_lost_links(gold, pdf) == {
        "toc": [],
        "articles": [{"title": "A", "links": [first]}, {"title": "B", "links": [first]}],
    }
