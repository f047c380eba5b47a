"""Paragraphs seen on the pictures of pages are found by their first and last words, or told as not agreeing."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from bench.page_facts import letters_of
from bench.seen_pages import PageLetters, Part, letters_between, main, page_letters, paragraphs, seen_paragraphs

if TYPE_CHECKING:
    from pathlib import Path

FERRY = ("The ferry to Anvil Point left at noon, and nobody on the", "quay had seen the second boat since the flood.")
TOLLS = ("Tolls on the upper river were raised twice in a single", "winter, and the bargemen answered with a strike.")
SEEN = (
    "1 | The ferry to | since the flood. | 2\n\n1 | Tolls on the | in a single | 1\n1 | winter, and | a strike. | 1\n"
)


def printed() -> bytes:
    """Return a page with one paragraph in the left column, and one that goes on in the right."""
    out = BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 9)
    for x, y, line in ((72, 700, FERRY[0]), (72, 689, FERRY[1]), (72, 678, TOLLS[0]), (330, 700, TOLLS[1])):
        canvas.drawString(x, y, line)
    canvas.save()
    return out.getvalue()


def test_what_was_seen_is_read_part_by_part() -> None:
    assert seen_paragraphs(SEEN) == [
        [Part(1, "The ferry to", "since the flood.", 2)],
        [Part(1, "Tolls on the", "in a single", 1), Part(1, "winter, and", "a strike.", 1)],
    ]


def test_a_line_of_another_form_is_an_error() -> None:
    with pytest.raises(ValueError, match="unpack"):
        seen_paragraphs("1 | The ferry | 2")


def test_the_letters_between_first_and_last_words_are_the_paragraph() -> None:
    with pypdfium2.PdfDocument(printed()) as file:
        assert list(paragraphs(file, SEEN)) == [letters_of(" ".join(FERRY)), letters_of(" ".join(TOLLS))]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (Part(1, "The barge to", "since the flood.", 2), "does not hold: The barge to"),
        (Part(1, "The ferry to", "since the ice.", 2), "does not go on to: since the ice"),
        (Part(1, "The ferry to", "since the flood.", 3), "3 lines were seen, 2 are there"),
    ],
)
def test_what_does_not_agree_with_the_page_is_told(part: Part, told: str) -> None:
    with pypdfium2.PdfDocument(printed()) as file, pytest.raises(ValueError, match=told):
        letters_between(page_letters(file[0]), part)


def test_last_words_that_are_the_first_words_too_are_found() -> None:
    page = PageLetters("salt", (700.0,) * 4)
    assert letters_between(page, Part(1, "Salt", "salt", 1)) == "salt"


def test_raised_letters_make_no_line() -> None:
    page = PageLetters("boats1sank", (700.0,) * 5 + (703.5,) + (700.0,) * 4)
    assert letters_between(page, Part(1, "boats", "sank", 1)) == "boats1sank"


def test_short_and_wrong_paragraphs_are_left_out_with_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, notes = tmp_path / "anvil.pdf", tmp_path / "seen.txt"
    file.write_bytes(printed())
    notes.write_text("1 | Tolls on | in a single | 1\n\n1 | No such | words | 1\n\n" + SEEN, encoding="utf-8")
    main([str(file), str(notes)])
    told = capsys.readouterr()
    assert told.out == f"{letters_of(' '.join(FERRY))}\n\n{letters_of(' '.join(TOLLS))}\n"
    assert told.err == "left out: 44 letters only: Tolls on\nleft out: page 1 does not hold: No such\n"
