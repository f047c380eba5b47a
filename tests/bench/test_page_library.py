"""The invented articles of `bench.pages`: long as they say, whole in themselves, the same each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.page_library import invented_article, invented_issue

if TYPE_CHECKING:
    from monitor.ingest.document import Article


def made(characters: int) -> Article:
    return invented_article(characters, title="Lamps", author="Ines Varrow", source="Ferry Post")


@pytest.mark.parametrize("characters", [200, 5_000, 50_000])
def test_article_is_about_as_long_as_asked(characters: int) -> None:
    length = len("\n\n".join(block.text for block in made(characters).blocks))
    assert characters <= length <= characters * 1.1 + 700


def test_every_paragraph_has_its_marker_note_and_citation_where_they_say() -> None:
    article = made(5_000)
    paragraphs = [block for block in article.blocks if block.type == "para"]
    assert len(paragraphs) == len(article.notes) == len(article.markers) == len(article.citations)
    for marker in article.markers:
        assert article.blocks[marker.block].text[marker.offset :] == f"[{marker.n}]"
    for citation in article.citations:
        text = article.blocks[citation.block or 0].text
        assert text[citation.start : citation.end] == "Ferry Post, January 21"


def test_article_is_the_same_each_time() -> None:
    assert made(5_000) == made(5_000)


def test_issue_holds_its_articles() -> None:
    issue = invented_issue(made(200), publication="Tidewater Letter", number=3)
    assert (issue.issue.publication, issue.issue.number, issue.articles) == ("Tidewater Letter", 3, (made(200),))
