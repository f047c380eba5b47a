from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.text_file.page_edges import lines_alone, masked
from monitor.ingest.text_file.printed_lines import lines_of, runs_of

HEAD = "The Marches Review              Autumn 2019"


def alone(text: str) -> list[tuple[str, str | None]]:
    lines = lines_of(text)
    found = lines_alone(lines)
    shown = [(line, found[line.start]) for line in lines if line.text.strip() and line.start in found]
    return [(line.text[apart.skip : len(line.text) - apart.cut].strip(), apart.kind) for line, apart in shown]


def test_a_number_at_the_foot_of_a_page_stands_alone() -> None:
    assert alone("The tolls\n3\n\x0crose.") == [("3", "furniture")]
    assert alone("The tolls\n- 3 -\n\n\x0crose.") == [("- 3 -", "furniture")]
    assert alone("The tolls\n3\nrose.") == []
    assert alone("They rose in\n2018\nagain.") == []


def test_a_number_far_from_the_margin_stands_alone_and_is_judged_with_the_rest() -> None:
    assert alone("The tolls\n            12\nrose.") == [("12", None)]
    assert alone("The tolls\n        12\nrose.") == [("12", None)]
    assert alone("The tolls\n       12\nrose.") == []


def test_the_first_line_of_a_page_stands_alone_where_its_ends_are_far_apart() -> None:
    assert alone(f"The tolls\n\x0c{HEAD}\nrose.") == [(HEAD, None)]
    assert alone("The tolls\n\x0cReview\tAutumn\nrose.") == [("Review\tAutumn", None)]
    assert alone("The tolls\n\x0crose at once.") == []


def test_the_first_line_of_three_pages_is_a_running_head() -> None:
    pages = [f"REVIEW {k}\nThe tolls rose and" for k in range(4)]

    assert alone("\x0c".join(pages[:2])) == []
    assert alone("\x0c".join(pages[:3])) == [("REVIEW 1", None), ("REVIEW 2", None)]
    assert alone("\x0c".join(pages)) == [(f"REVIEW {k}", "furniture") for k in (1, 2, 3)]


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "  ADVERTISEMENT",
        "Read more: Who are the Salt Brigade?",
        "\u00a9 2021 Quay House",
        "Copyright 2021 Quay House. Printed in Lorr.",
        "Quay House. All rights reserved.",
    ],
)
def test_buttons_and_colophons_stand_alone(line: str) -> None:
    assert alone(f"The tolls rose.\n{line}\nNobody paid.") == [(line.strip(), "furniture")]


@pytest.mark.parametrize(
    "line", ["Home is where salt is", "Copyright is young in Lorr", "He had rights, all reserved."]
)
def test_sentences_with_the_words_of_buttons_do_not_stand_alone(line: str) -> None:
    assert alone(f"The tolls rose.\n{line}\nNobody paid.") == []


def test_a_menu_goes_as_a_whole() -> None:
    menu = "Home\nSalt and Tar\nSubscribe"

    assert alone(f"{menu}\n\nThe tolls rose.") == [(line, "furniture") for line in menu.split("\n")]
    assert alone("Home\nSalt and Tar\n\nSubscribe") == [("Home", "furniture"), ("Subscribe", "furniture")]
    assert alone(f"{menu}\nThe tolls rose, and nobody paid them any more.")[1:] == [("Subscribe", "furniture")]


def test_front_matter_loses_the_keys_that_name_the_issue() -> None:
    text = '---\ntitle: "The Dispatch"\ndate: 2022-05-17\nvolume: 7\nissue: 5\ntags:\n  - salt\nlayout: post\n---\n\nIt fell.'

    assert alone(text) == [
        ("The Dispatch", None),
        ("2022-05-17", None),
        ("volume: 7", None),
        ("issue: 5", None),
        ("tags:", "furniture"),
        ("- salt", "furniture"),
        ("layout: post", "furniture"),
    ]


@pytest.mark.parametrize(
    "text", ["---\nIt fell.\n---\n", "---\ntitle: Salt\n", "Salt\n---\ntitle: Salt\n---\n", "---\n---\n"]
)
def test_rules_around_anything_else_are_no_front_matter(text: str) -> None:
    assert alone(text) == []


def test_masked_hides_numbers_case_and_gaps() -> None:
    assert masked("The  Review   12") == masked("THE REVIEW 7") == "the review #"


@given(st.text(alphabet="ab 12\t\n\x0c-:|\u00a9#>", max_size=80))
def test_every_line_with_a_letter_is_in_one_run_whatever_stands_alone(text: str) -> None:
    lines = lines_of(text)
    kept = [line.start for run in runs_of(lines) if run.kind != "table" for line in run.lines]
    tables = [line.start for run in runs_of(lines) if run.kind == "table" for line in run.lines]

    assert kept == sorted(set(kept))
    lettered = [line.start for line in lines if any(character.isalpha() for character in line.text)]
    assert set(lettered) <= set(kept) | set(tables)


def test_the_first_page_keeps_its_head_without_the_number() -> None:
    pages = [f"THE REVIEW      {k}\n\nThe tolls rose and" for k in range(1, 5)]

    assert alone("\x0c".join(pages))[0] == ("THE REVIEW", None)
    assert alone("\x0c".join(pages[:3]))[0] == ("THE REVIEW", None)
    assert alone("THE REVIEW      1\n\nThe tolls rose.") == []
