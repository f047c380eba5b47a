"""Where a paragraph begins, and which goes on in the next column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.ingest.layout.line_groups import LineGroup, line_groups
from monitor.ingest.layout.lines import Edges, Line, ends_sentence
from monitor.ingest.pdf.words import Word, joined
from monitor.ingest.pieces import Style

EDGES = Edges(50, 250)


class Typist:
    """Sets lines below each other; what is not said stays as it was."""

    def __init__(self, edges: Edges = EDGES) -> None:
        self.lines: list[Line] = []
        self.base, self.column, self.edges, self.style = 100.0, 0, edges, Style(10)

    def add(self, text: str, *, x0: float = 50, x1: float = 250, gap: float = 12, style: Style | None = None) -> Typist:
        self.base += gap
        style = style or self.style
        words = tuple(
            Word(part, x0 + 30 * n, x0 + 30 * n + 25, self.base - 8, self.base + 2, self.base, style.size, "F")
            for n, part in enumerate(text.split())
        )
        top, bottom = self.base - 8, self.base + 2
        line = Line(words, 1, self.column, self.edges, joined(words), style, x0, x1, top, bottom, self.base)
        self.lines.append(line)
        return self

    def next_column(self) -> Typist:
        self.column, self.base = self.column + 1, 100.0
        return self

    def groups(self) -> list[str]:
        return [" ".join(line.text for line in group.lines) for group in line_groups(self.lines)]

    def found(self) -> list[LineGroup]:
        return line_groups(self.lines)


def prose() -> Typist:
    """Return a typist with a paragraph of five lines, so that the pitch is known."""
    typist = Typist()
    for text in ("The council met", "in the harbour", "and voted on", "the new terms", "of the truce"):
        typist.add(text)
    return typist


def test_lines_at_the_usual_distance_are_one() -> None:
    assert prose().groups() == ["The council met in the harbour and voted on the new terms of the truce"]


def test_a_wide_gap_parts() -> None:
    assert len(prose().add("Next", gap=18).groups()) == 2


def test_a_somewhat_wide_gap_parts_after_a_short_last_line() -> None:
    assert len(prose().add("again.", x1=120).add("The next", gap=14).groups()) == 2
    assert len(prose().add("again.", x1=248).add("The next", gap=14).groups()) == 1
    assert len(prose().add("again", x1=120).add("the next", gap=14).groups()) == 1


def test_an_indent_after_a_sentence_parts() -> None:
    assert len(prose().add("again.").add("The next", x0=62).groups()) == 2
    assert len(prose().add("again").add("The next", x0=62).groups()) == 1
    assert len(prose().add("again.").add("The next", x0=90).groups()) == 1


@pytest.mark.parametrize("style", [Style(12), Style(8.5), Style(10, bold=True)])
def test_another_style_parts(style: Style) -> None:
    assert len(prose().add("Another", style=style).groups()) == 2


def test_a_line_in_italics_within_a_sentence_does_not_part() -> None:
    typist = prose().add("the long title of a book", style=Style(10, italic=True)).add("and went on")
    assert len(typist.groups()) == 1
    assert len(prose().add("over.").add("The author is", style=Style(10, italic=True)).groups()) == 2


def test_a_justified_column_tells_last_lines_by_their_ends() -> None:
    typist = Typist(Edges(50, 250, justified=True))
    for text in ("The council met", "in the harbour", "and voted on", "the new terms", "of the truce"):
        typist.add(text)
    typist.add("again.", x1=247).next_column().add("The next")
    assert [group.continues for group in typist.found()] == [None, False]


@pytest.mark.parametrize(
    ("last", "x1", "first", "x0", "continues"),
    [
        ("of the", 250, "Army (BRA)", 50, True),
        ("of the boats", 120, "(see below).", 50, True),
        ("(Fjordby Avis,", 120, "March 5).", 50, True),
        ("in talks. Gen.", 120, "Petrovic of", 50, True),
        ("of the", 120, "truce held", 50, True),
        ("held.", 120, "The next", 50, False),
        ("held.", 249, "The next", 50, True),
        ("held.", 249, "The next", 62, False),
        ("held. [12]", 120, "The next", 50, False),
        ("held.\u201d", 120, "The next", 50, False),
    ],
)
def test_over_a_column_break(last: str, x1: float, first: str, x0: float, *, continues: bool) -> None:
    typist = prose().add(last, x1=x1).next_column().add(first, x0=x0)
    assert [group.continues for group in typist.found()] == [None, continues]


def test_notes_begin_at_their_numbers_only() -> None:
    typist = prose().add("Notes", style=Style(10, bold=True), gap=20)
    typist.add("[1] A truce of 1992.", gap=14).add("[3] See above.", x0=60).add("[2] Ibid.").add("2021. Not a label.")
    assert typist.groups()[2:] == ["[1] A truce of 1992. [3] See above.", "[2] Ibid. 2021. Not a label."]


def test_numbers_begin_nothing_outside_the_notes() -> None:
    assert len(prose().add("on page").add("[1] and").groups()) == 1


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("held.", True),
        ("held. [1]", True),
        ("held.[1][2]", True),
        ("held.)", True),
        ("\u201cheld.\u201d", True),
        ("held?", True),
        ("held", False),
        ("held,", False),
        ("[1]", False),
        ("", False),
        ("(held)", False),
    ],
)
def test_sentence_ends(text: str, *, ends: bool) -> None:
    assert ends_sentence(text) == ends


def test_nothing_gives_nothing() -> None:
    assert line_groups([]) == []


def test_groups_hold_every_line_once() -> None:
    lines = [replace(line, column=n // 3) for n, line in enumerate(prose().add("x.", gap=30).add("Y").lines)]
    assert [line for group in line_groups(lines) for line in group.lines] == lines


@pytest.mark.parametrize(("own", "parted"), [(120, True), (380, False)])
def test_a_short_line_over_columns_does_not_go_on_in_the_first(own: float, *, parted: bool) -> None:
    typist = Typist(Edges(50, 450, region=400)).add("Jane Roe and Karl Ott", x0=250 - own / 2, x1=250 + own / 2)
    typist.next_column().edges = Edges(50, 180, region=130)
    typist.base = 120.0
    typist.add("The council met", x1=180)
    assert len([group for group in typist.found() if not group.continues]) == 1 + parted


@pytest.mark.parametrize(("last", "goes_on"), [("of the U.S. and E.U.", True), ("of the river.", False)])
def test_a_small_letter_after_a_shortened_word_goes_on_in_the_next_column(last: str, *, goes_on: bool) -> None:
    typist = prose().add(last, x1=150).next_column().add("advisers had left")
    assert typist.found()[-1].continues is goes_on


def test_names_at_a_page_foot_do_not_go_on_in_the_text_of_the_next() -> None:
    typist = prose().add("Jane Roe", x1=120).next_column().add("A committee of elders")
    assert typist.found()[-1].continues is False
    assert prose().add("and the council", x1=248).next_column().add("A committee of elders").found()[-1].continues


def test_centred_names_stand_over_the_text_however_close() -> None:
    typist = Typist()
    typist.add("Jane Roe", x0=80, x1=220)
    for text in ("A committee of", "elders said so", "in the spring."):
        typist.add(text)
    assert typist.groups()[0] == "Jane Roe"


@pytest.mark.parametrize("label", ["[1]", "1.", "1"])
def test_notes_end_below_their_heading_whatever_their_labels_look_like(label: str) -> None:
    """Behind the next title first-line indents count again."""
    typist = prose().add("Notes", style=Style(10, bold=True), gap=20)
    typist.add(f"{label} See the register of", style=Style(8), gap=16).add(
        "the harbour office.", gap=10, style=Style(8)
    )
    typist.add("Another Title", style=Style(16, bold=True), gap=30).add("The weir was closed", gap=20)
    typist.add("and opened again.", x1=150).add("Nobody counted boats", x0=60).add("that winter.")
    assert typist.groups()[-2:] == ["The weir was closed and opened again.", "Nobody counted boats that winter."]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("by the Council (Delta Post,", "July 4, 2019)"),
        ("opposed the Salt Front for", "Self-Rule and others"),
        ("were left (Delta Post; Upland News", "Tribune, May 3)"),
        ("after nine hours of talks", "[3]. Yasmin was blunt"),
        ("of eleven men", "(Delta Post, July 16)"),
    ],
)
def test_what_must_go_on_goes_on_in_the_next_column(last: str, first: str) -> None:
    typist = prose().add(last, x1=150).next_column().add(first)
    assert typist.found()[-1].continues is True


def test_a_head_set_like_the_text_stands_alone() -> None:
    typist = prose().add("The Iraq Comparison", x1=190, gap=24).add("By contrast the office stood", gap=14)
    assert typist.groups()[1:] == ["The Iraq Comparison", "By contrast the office stood"]


def test_a_full_line_close_above_the_next_is_no_head() -> None:
    typist = prose().add("The Iraq Comparison was", x1=249, gap=24).add("By contrast the office stood", gap=14)
    assert typist.groups()[1:] == ["The Iraq Comparison was By contrast the office stood"]


def test_a_head_in_italics_above_its_text_at_a_columns_top_stands_alone() -> None:
    typist = prose().next_column().add("What the Ferrymen Want", x1=170, style=Style(10, italic=True))
    typist.add("The council met in the harbour")
    assert typist.groups()[1:] == ["What the Ferrymen Want", "The council met in the harbour"]


def test_a_name_after_a_rank_at_a_line_end_begins_no_paragraph() -> None:
    typist = prose().add("was the first to say so. Gen.", gap=24).add("Pavel refused to ratify", x0=76)
    assert typist.groups()[1:] == ["was the first to say so. Gen. Pavel refused to ratify"]


@pytest.mark.parametrize(("gap", "whole"), [(18, True), (30, False)])
def test_tall_letters_of_another_font_push_a_line_down(gap: float, *, whole: bool) -> None:
    typist = prose().add("the front of Faris and", gap=40).add("others had left", gap=gap)
    above, line = typist.lines[-2], typist.lines[-1]
    words = (*above.words[:-1], above.words[-1]._replace(font="Naskh"))
    typist.lines[-2] = replace(above, words=words)
    assert (f"{above.text} {line.text}" in typist.groups()) is whole


@pytest.mark.parametrize(("justified", "whole"), [(True, True), (False, False)])
def test_a_stretched_line_is_no_name_over_columns_however_wide_its_region(justified: bool, *, whole: bool) -> None:
    typist = (
        Typist(Edges(50, 250, justified=justified, region=400)).add("The council met").add("between Quay and Puerto")
    )
    typist.edges = Edges(300, 500, justified=justified, region=200)
    typist.next_column().add("Almeyra which nobody", x0=300, x1=500).add("had seen", x0=300, x1=400)
    assert typist.found()[-1].continues is whole


@pytest.mark.parametrize(("font", "whole"), [("Serif-Bold", False), ("F", True)])
def test_a_head_that_runs_into_the_text_begins_a_paragraph_in_the_next_column(font: str, *, whole: bool) -> None:
    typist = prose().add("and so it ended.").next_column().add("The Floods. Nobody came for it").add("in the end")
    first = typist.lines[-2]
    words = tuple(word._replace(font=font) if at < 2 else word for at, word in enumerate(first.words))
    typist.lines[-2] = replace(first, words=words)
    assert typist.found()[-1].continues is whole


@pytest.mark.parametrize(("font", "whole"), [("Serif-Bold", True), ("F", False)])
def test_a_line_most_of_which_is_a_head_that_runs_into_the_text_is_its_first(font: str, *, whole: bool) -> None:
    """A name breaks over the lines, so that no small letter tells that the text goes on."""
    typist = prose().add("Offices, and Affidavits. And João", gap=24, style=Style(10, bold=True)).add("Figueira, whose")
    first = typist.lines[-2]
    words = tuple(word._replace(font=font) if at < 3 else word for at, word in enumerate(first.words))
    typist.lines[-2] = replace(first, words=words)
    assert (typist.groups()[-1] == "Offices, and Affidavits. And João Figueira, whose") is whole


@pytest.mark.parametrize(("inside", "parted"), [(11.25, False), (10.5, True)])
def test_white_that_stands_within_sentences_too_parts_no_paragraphs(inside: float, *, parted: bool) -> None:
    """A browser sets baselines on whole pixels; four short last lines happen to be followed by the wider distance."""
    typist = Typist()
    for number in range(5):
        typist.add(f"The council {number} met in", gap=11.25).add("the harbour and", gap=10.5)
        typist.add("voted on the terms", gap=inside).add("of the", gap=10.5).add("truce then.", x1=150, gap=10.5)
    typist.add("Nobody came to see it.", gap=11.25).add("And so it ended", gap=11.25)
    assert (len(typist.groups()) == 7) is parted
    assert typist.groups()[-1].startswith("And so") is parted
