"""Pieces as a layout gives them, for issues that were never typeset: how each is set is part of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.ingest.document import Region
from monitor.ingest.pieces import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY_SIZE = 10.0
SERIF, SANS = "Charter", "Grotesk"
NAMEPLATE = ("Sarn Quarterly", "Notes on the river", "VOLUME IV | ISSUE 2 | MARCH 3, 2022")
SENTENCES = (
    "The interim council postponed the registration of displaced households before the winter.",
    "Traders in the port of Sarn delayed a levy on salt and timber because the roads were closed.",
    "A report of the observatory recommended another session, since its members could not agree on a chairman.",
    "Every district administrator welcomed the reopening of the northern crossing as the memorandum requires.",
)


def setting(points: float = BODY_SIZE, look: str = "", family: str = SERIF) -> Style:
    """Return a style; `look` holds B for bold, I for italic."""
    return Style(points, bold="B" in look, italic="I" in look, family=family)


def piece(
    text: str,
    points: float = BODY_SIZE,
    look: str = "",
    *,
    page: int | None = 1,
    at: float = 0.0,
    rows: Sequence[str] = (),
    aside: str | None = None,
    family: str = SERIF,
) -> Piece:
    """Return one piece of one row (or of `rows`) that stands `at` points below the page's top."""
    return Piece(
        text,
        tuple(rows) or (text,),
        style=setting(points, look, family),
        regions=(Region(page, (50.0, at, 300.0, at + points)),) if page else (),
        aside=aside,
    )


def prose(number: int, page: int = 1) -> Piece:
    """Return a paragraph of two rows in the body's setting; each number has another text."""
    first, second = SENTENCES[number % 4], SENTENCES[(number + 1) % 4]
    head = f"In district {number},"
    return piece(f"{head} {first} {second}", page=page, rows=(f"{head} {first}", second))


def nameplate(page: int = 1) -> list[Piece]:
    """Return the masthead's three lines."""
    sizes = (30.0, 11.0, 9.0)
    looks = ("B", "", "")
    return [
        piece(text, size, look, page=page, at=20.0 * k)
        for k, (text, size, look) in enumerate(zip(NAMEPLATE, sizes, looks, strict=True))
    ]
