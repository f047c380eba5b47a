from __future__ import annotations

import pytest

from monitor.ingest.layout.jump_lines import is_jump, is_ornament, without_jumps
from monitor.ingest.pieces import Piece


@pytest.mark.parametrize(
    "text",
    [
        "Continued on page 5",
        "continued from page 2",
        "(Continued from p. 12)",
        "CONTINUED ON PAGE 9",
        "\u2026 continued overleaf",
        "Continued on next page",
        "Cont'd on page 4",
        "Story continues on page 7",
        "\u2192 See page 7",
        "Turn to page 11",
        "Fortsetzung auf Seite 4",
        "Suite page 3",
    ],
)
def test_a_line_that_leads_to_another_page_is_a_jump(text: str) -> None:
    assert is_jump(text)


@pytest.mark.parametrize(
    "text",
    [
        "Continued",
        "The talks continued",
        "Continued fighting on the northern road",
        "See the memorandum",
        "From page to stage",
        "Continued on page 5, the story of the ferrymen takes a turn that few of them expected",
        "",
        "\u2014",
    ],
)
def test_other_lines_are_none(text: str) -> None:
    assert not is_jump(text)


def test_jumps_become_furniture_and_nothing_else_does() -> None:
    lines = [Piece(text, (text,)) for text in ("The river rose.", "Continued on page 5", "It fell.")]
    boxed = Piece("Continued on page 5", ("Continued on page 5",), aside="sidebar")

    result = list(without_jumps([*lines, boxed]))

    assert [piece.aside for piece in result] == [None, "furniture", None, "sidebar"]
    assert [piece.text for piece in result] == [piece.text for piece in [*lines, boxed]]


def test_a_long_text_is_looked_at_in_no_time() -> None:
    assert not is_jump("continued from page " * 5000)
    assert not is_jump("(" * 59)


@pytest.mark.parametrize(
    "text", ["* * *", "***", "\u2022 \u2022 \u2022", "\u2042", "~", "#", "---", "\u2014 * \u2014", "_____"]
)
def test_signs_by_themselves_are_an_ornament(text: str) -> None:
    assert is_ornament(text)


@pytest.mark.parametrize("text", ["", "\u2014", "\u2026", "* The editor", "12", "# 4", "\u201d", "-"])
def test_words_numbers_and_lone_dashes_are_no_ornament(text: str) -> None:
    assert not is_ornament(text)
