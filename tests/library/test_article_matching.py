from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.library.article_matching import Known, match_articles


def match(read: list[str], stored: list[str]) -> list[int | None]:
    return match_articles([Known(title) for title in read], [Known(title) for title in stored])


def test_an_article_is_found_by_its_title_in_any_case_and_place() -> None:
    assert match(["Salt Prices", "THE STRIKE"], ["The Strike", "Salt Prices"]) == [1, 0]


def test_an_article_is_found_by_a_title_that_is_nearly_the_same() -> None:
    assert match(["The Ferrymen's Strike"], ["Salt Prices", "The Ferrymens Strike"]) == [1]


def test_an_article_with_another_title_is_new() -> None:
    assert match(["The Strike"], ["Salt Prices"]) == [None]


def test_the_parts_of_a_series_are_kept_apart_when_one_comes_before_them() -> None:
    assert match(
        ["The Strike in Sorrel, Week 2", "The Strike in Sorrel, Week 1"], ["The Strike in Sorrel, Week 1"]
    ) == [None, 0]


def test_the_most_similar_titles_find_each_other_first() -> None:
    assert match(["Tolls of the Upper Ardel", "Tolls on the Upper Ardel!"], ["Tolls on the Upper Ardel"]) == [None, 0]


def test_articles_of_one_title_are_told_apart_by_their_text() -> None:
    read = [Known("Notes", "Two."), Known("Notes", "Three.")]
    stored = [Known("Notes", "One."), Known("Notes", "Two.")]
    assert match_articles(read, stored) == [1, 0]


def test_an_article_with_a_new_title_is_found_by_its_text() -> None:
    assert match_articles([Known("Untitled", "Salt rose.")], [Known("Salt Prices", "Salt rose.")]) == [0]


def test_articles_without_text_are_not_one_for_that() -> None:
    assert match(["Rope"], ["Salt"]) == [None]


def test_titles_of_many_pages_are_compared_by_their_beginning() -> None:
    assert match(["Salt " * 100_000], ["Salt " * 90_000]) == [0]


TITLES = st.lists(st.sampled_from(["Part 1", "Part 2", "Part 12", "Salt", "salt", "", "Saltt"]), max_size=8)


@given(TITLES, TITLES)
def test_no_stored_article_is_taken_twice(read: list[str], stored: list[str]) -> None:
    found = [at for at in match(read, stored) if at is not None]
    assert len(found) == len(set(found))
    assert all(0 <= at < len(stored) for at in found)


@given(TITLES)
def test_the_same_articles_match_one_by_one(titles: list[str]) -> None:
    known = [Known(title, f"Text {number}.") for number, title in enumerate(titles)]
    assert match_articles(known, known) == list(range(len(known)))
