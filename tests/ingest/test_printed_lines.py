from __future__ import annotations

import pytest

from monitor.ingest.text_file.printed_lines import Line, below_rules, lines_of, rule_mark, runs_of

LONG = "salt " * 40


def runs(text: str) -> list[tuple[str, str | None, int | None]]:
    found = []
    for run in runs_of(lines_of(text)):
        own = [line.text[skip:] for line, skip in zip(run.lines, run.skips, strict=True)]
        found.append((" / ".join(own), run.kind, run.level))
    return found


def test_lines_of_knows_every_line_end() -> None:
    assert [(line.number, line.text) for line in lines_of("a\nb\r\nc\rd\u2028e\x85f")] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "d"),
        (5, "e"),
        (6, "f"),
    ]


def test_lines_of_places_lines_in_the_file() -> None:
    assert lines_of("a\r\nbc\n") == [Line(1, 0, 1, "a"), Line(2, 3, 5, "bc"), Line(3, 6, 6, "")]


def test_lines_of_takes_a_form_feed_for_a_blank_line_that_is_not_counted() -> None:
    assert [(line.number, line.text) for line in lines_of("a\n\x0cb")] == [(1, "a"), (2, ""), (2, ""), (2, "b")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", [("a / b", None, None), ("c", None, None)]),
        ("a\n \t\u00a0\nc", [("a", None, None), ("c", None, None)]),
        ("# Salt\n## Rope ##\ntext", [("Salt", None, 1), ("Rope", None, 2), ("text", None, None)]),
        ("#Salt", [("#Salt", None, None)]),
        ("text\n# Salt", [("text", None, None), ("Salt", None, 1)]),
        ("Salt\n====\ntext", [("Salt", None, 1), ("text", None, None)]),
        ("Salt\n----", [("Salt", None, 2)]),
        ("a\nb\n----\nc", [("a / b", None, None), ("c", None, None)]),
        ("a\n\n* * *\n\nb", [("a", None, None), ("b", None, None)]),
        ("> a\n> b\nc", [("a / b / c", "quote", None)]),
        ("> a\n\nc", [("a", "quote", None), ("c", None, None)]),
        ("- a\n- b\n  more\n* c", [("a", "list", None), ("b /   more", "list", None), ("c", "list", None)]),
        ("Three:\n- a\n- b", [("Three:", None, None), ("a", "list", None), ("b", "list", None)]),
        ("salt\n- and rope", [("salt / - and rope", None, None)]),
        ("- 4 -", [("- 4 -", None, None)]),
        ("[^1]: a\n  b\n[^2]: c", [("a /   b", "footnote", None), ("c", "footnote", None)]),
        ("[1] a\nb\n[2] c", [("[1] a / b", None, None), ("[2] c", None, None)]),
        ("1. a\n   b.\n   c\n2. d", [("1. a /    b. /    c", None, None), ("2. d", None, None)]),
        ("[1] a\n[7] b", [("[1] a / [7] b", None, None)]),
        ("a\n[1] b", [("a / [1] b", None, None)]),
        ("Notes\n[1] a\n[2] b", [("Notes", None, None), ("[1] a", None, None), ("[2] b", None, None)]),
        ("**Salt**\ntext", [("**Salt**", None, None), ("text", None, None)]),
        ("*By A B*\ntext", [("*By A B*", None, None), ("text", None, None)]),
        ("It fell.\n    It rose", [("It fell.", None, None), ("    It rose", None, None)]),
        ("It fell\n    and rose", [("It fell /     and rose", None, None)]),
        (f"Title\n{LONG}\n{LONG}", [("Title", None, None), (LONG, None, None), (LONG, None, None)]),
        ("| a | b |\n|---|---|\n| c | d |", [("| a | b | / | c | d |", "table", None)]),
        ("a | b\nc | d", [("a | b / c | d", None, None)]),
    ],
)
def test_runs_of_groups_lines_by_what_they_begin_with(
    text: str, expected: list[tuple[str, str | None, int | None]]
) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "mark"),
    [("---", "-"), ("- - -", "-"), ("====", "="), ("***", "*"), ("```", "`"), ("--", None), ("-a-", None), ("", None)],
)
def test_rule_mark_knows_a_ruled_line(text: str, mark: str | None) -> None:
    assert rule_mark(text) == mark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u00b9 a\n\u00b2 b", ["\u00b9 a", "\u00b2 b"]),
        ("(1) a\n(2) b\n(4) c", ["(1) a", "(2) b / (4) c"]),
        ("[1] a\n2. b", ["[1] a", "2. b"]),
        ("NOTES\n(1) a", ["NOTES", "(1) a"]),
    ],
)
def test_runs_of_part_notes_by_their_labels(text: str, expected: list[str]) -> None:
    assert [own for own, _, _ in runs(text)] == expected


def test_runs_of_take_every_line_after_a_tab_for_a_paragraph() -> None:
    assert [own for own, _, _ in runs("\tIt fell.\n\tIt rose.1)\n\tIt stood,\n\tand fell.")] == [
        "\tIt fell.",
        "\tIt rose.1)",
        "\tIt stood, / \tand fell.",
    ]
    assert len(runs("  It fell.\n  It rose.")) == 1


def test_runs_of_part_sentences_where_the_file_has_a_paragraph_to_a_line() -> None:
    short = "Orme, A., Exile (Lorr, 2012).\nVesk, B., The Isles (Lorr, 2009)."

    assert [own for own, _, _ in runs(f"{LONG}\n\n{short}")][1:] == short.split("\n")
    assert len(runs(short)) == 1
    title = "Insurgents in the U.S.\nand Velmara"
    assert [own for own, _, _ in runs(f"{LONG}\n\n{title}")][1:] == [title.replace("\n", " / ")]


def test_runs_of_leave_the_attributes_of_a_heading_out() -> None:
    assert runs("## The Sand {#sand .wide}\n\n# Salt {not}") == [("The Sand", None, 2), ("Salt {not}", None, 1)]


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("a\n\n---\n\nb", ["b"]),
        ("a\n\n* * *\nb\nc", ["b"]),
        ("a\n\n---\n---\n\nb", ["b"]),
        ("a\n---\n\nb", []),
        ("a\nb", []),
        ("---\n\na", []),
    ],
)
def test_below_rules_are_lines_that_a_rule_parts_from_the_rest(text: str, below: list[str]) -> None:
    lines = lines_of(text)

    assert [line.text for line in lines if line.start in below_rules(lines)] == below
