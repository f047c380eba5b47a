"""Issues of other houses and other converters: what a careful reader would say of each, part by part."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.ingest.invented_issue import block_with, border, brief, dispatch, review, texts, upland

if TYPE_CHECKING:
    from monitor.ingest.document import Article, IssueDocument


def heads(document: IssueDocument) -> list[tuple[str, str, tuple[str, ...], int | None]]:
    return [(article.kind, article.title, article.authors, article.page_start) for article in document.articles]


def notes(article: Article) -> list[tuple[int, str]]:
    return [(note.n, note.kind) for note in article.notes]


def cited(article: Article) -> list[tuple[str, str, str | None]]:
    return [(c.source, c.date, c.iso) for c in article.citations]


def test_a_laid_out_conversion_has_its_articles_with_pages_from_contents_without_leaders() -> None:
    assert heads(review()) == [
        ("article", "GRAIN AND GUNPOWDER: THE ECONOMY OF THE ODER MARCHES", ("Helga Brandt",), 3),
        ("article", "THE QUIET WAR FOR THE LAKESIDE TOWNS", ("Marek Osten", "Ivana Pell"), 7),
        ("article", "BOOK REVIEW: THE LAST TOLL KEEPER", ("Simon Aldous",), 11),
    ]
    assert [(entry.page, entry.title, entry.authors) for entry in review().toc] == [
        (3, "Grain and Gunpowder: The Economy of the Oder Marches", ("Helga Brandt",)),
        (7, "The Quiet War for the Lakeside Towns", ("Marek Osten", "Ivana Pell")),
        (11, "Book Review: The Last Toll Keeper", ("Simon Aldous",)),
    ]


def test_a_laid_out_conversion_joins_paragraphs_over_page_numbers_and_running_heads() -> None:
    grain = review().articles[0]

    assert "In the spring of 2018 they paid the Lakeside Guard" in block_with(grain, "millers want").text
    assert texts(grain, "heading") == ["The Millers' Bargain", "Conclusion"]
    assert {"The Marches Review Autumn 2019", "3", "4", "7", "8", "11"} <= set(review().furniture)
    assert not [b.text for article in review().articles for b in article.blocks if "Autumn 2019" in b.text]


def test_a_laid_out_conversion_has_markers_where_digits_stand_on_the_line() -> None:
    grain, lakeside = review().articles[:2]

    assert [(marker.n, marker.block) for marker in grain.markers] == [(1, 1), (2, 4)]
    assert block_with(grain, "four hundred carts").text.endswith("alone.[1] Most of them carried flour.")
    assert block_with(grain, "We do not choose").text.endswith('"We choose roads."[2]')
    assert [marker.n for marker in lakeside.markers] == [1]
    assert notes(grain) == [(1, "source"), (2, "interview")]


def test_a_season_dates_the_issue_well_enough_for_the_years_left_out() -> None:
    assert review().issue.publication == "The Marches Review"
    assert (review().issue.date, review().issue.date_range) == (None, ("2019-09-01", "2019-11-30"))
    assert ("Lakeside Post", "17 May", "2019-05-17") in cited(review().articles[1])
    assert ("Lakeside Post", "2 Sept. 2019", "2019-09-02") in cited(review().articles[0])


def test_front_matter_names_and_dates_an_issue_in_markdown() -> None:
    issue = dispatch().issue

    assert (issue.publication, issue.tagline) == ("The Cape Dispatch", None)
    assert (issue.volume, issue.number, issue.date, issue.date_basis) == ("7", 5, "2022-05-17", "printed")


def test_a_section_among_the_headings_makes_briefs_of_what_stands_under_it() -> None:
    assert heads(dispatch()) == [
        ("article", "Pirates Without a Coast: The New Raiders of the Southern Cape", ("Amina Solberg",), None),
        ("brief", "Fishermen of Dunne return to sea", ("Piet Lourens",), None),
        ("brief", "New harbor light at Skarre", ("Piet Lourens",), None),
    ]
    assert "In Brief" in dispatch().furniture


def test_notes_gathered_at_the_end_of_the_file_go_to_the_article_that_marks_them() -> None:
    pirates, *short = dispatch().articles

    assert notes(pirates) == [(1, "explanatory"), (2, "source"), (3, "source")]
    assert [marker.n for marker in pirates.markers] == [1, 2, 3]
    assert [notes(article) for article in short] == [[], []]
    assert pirates.bio == "Amina Solberg is a fellow of the Cape Institute."


def test_a_web_page_leaves_its_menus_and_buttons_behind() -> None:
    assert brief().issue.publication == "HIGHLAND SECURITY BRIEF"
    assert (brief().issue.number, brief().issue.date) == (88, "2021-11-04")
    assert [article.title for article in brief().articles] == [
        "Smugglers, Salt and Saints: Inside the Shrine Economy of Upper Tarim"
    ]
    assert {"Home", "Analysis", "Advertisement", "\u00a9 2021 Highland Institute. All rights reserved."} <= set(
        brief().furniture
    )
    assert texts(brief().articles[0], "heading") == ["A tax on saints", "What comes next"]


def test_a_post_and_a_date_beside_the_author_are_set_aside() -> None:
    assert brief().articles[0].authors == ("Leyla Karim",)
    assert "senior fellow November 4, 2021" in brief().furniture


def test_raised_labels_make_notes_without_a_heading_and_citations_stand_in_brackets_too() -> None:
    (shrine,) = brief().articles

    assert notes(shrine) == [(1, "interview"), (2, "explanatory")]
    assert [marker.n for marker in shrine.markers] == [1, 2]
    assert cited(shrine)[1:3] == [("AFP", "3 Mar.", "2021-03-03"), ("Reuters", "May 4", "2021-05-04")]


def test_a_word_processors_text_has_a_paragraph_to_every_line_that_a_tab_begins() -> None:
    editorial, ferrymen, flags = border().articles

    assert [len(texts(article, "para")) for article in (editorial, ferrymen, flags)] == [2, 4, 2]
    assert texts(ferrymen, "heading") == ["The Ice Question"]
    assert block_with(ferrymen, "The last ferry").text.startswith("The last ferry left Sarn on 3 November 2017, with")


def test_a_word_processors_contents_part_names_from_titles_by_the_names_over_the_articles() -> None:
    assert heads(border()) == [
        ("article", "Editorial", (), 1),
        ("article", "The Ferrymen of Lake Ohr", ("Nadja Weil",), 3),
        ("article", "Two Flags Over Sarn", ("Dr. Karl-Heinz Lutz", "Mira Tal"), 9),
    ]
    assert [entry.authors for entry in border().toc] == [(), ("Nadja Weil",), ("Dr. Karl-Heinz Lutz", "Mira Tal")]


def test_markers_and_labels_with_a_bracket_behind_them_are_read() -> None:
    ferrymen = border().articles[1]

    assert notes(ferrymen) == [(1, "interview"), (2, "explanatory")]
    assert block_with(ferrymen, "They wanted the boats").text.endswith("the lake.\u201d[1]")
    assert [marker.n for marker in ferrymen.markers] == [1, 2]


def test_a_learned_journal_has_its_sections_in_the_contents_and_universities_aside() -> None:
    assert heads(upland()) == [
        ("article", "The Price of Passes: Toll and Truce in the Upper Sarn", ("Wilma Oster",), 5),
        ("article", "Mercenaries at Rest", ("Jan Kolb", "Ute Ahrens"), 19),
        ("article", "New Books on Old Wars", ("Peter Lang",), 33),
    ]
    assert [(entry.page, entry.title) for entry in upland().toc] == [
        (None, "Articles"),
        (5, "The Price of Passes: Toll and Truce in the Upper Sarn"),
        (19, "Mercenaries at Rest"),
        (None, "Review Essay"),
        (33, "New Books on Old Wars"),
    ]
    assert "Department of History, University of Sarn" in upland().furniture
    assert texts(upland().articles[0], "heading") == ["1. Introduction", "2. Tolls before the truce"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (review, {}),
        (dispatch, {}),
        (brief, {"year_inferred_far": 2}),
        (border, {}),
        (upland, {"year_unresolved": 1}),
    ],
)
def test_nothing_is_warned_of_that_a_reader_would_not_see(document: object, expected: dict[str, int]) -> None:
    findings = document().findings  # type: ignore[operator]
    assert Counter(finding.code for finding in findings if finding.severity != "info") == expected
