from __future__ import annotations

import pytest

from monitor.ingest.document import Article, Block, Finding, Note, Region
from monitor.ingest.findings.print_findings import character_findings, page_findings, said, with_pages
from monitor.ingest.pieces import NO_PAGES, PageFacts


def on(page: int) -> tuple[Region, ...]:
    return (Region(page, (0.0, 0.0, 10.0, 10.0)),)


ARTICLE = Article(
    "article",
    "Salt",
    bio="Jane Roe is a fellow.",
    blocks=(Block("para", "The river rose.", regions=on(2)), Block("para", "It (cid:12)fell \ufffd.", regions=on(3))),
    notes=(Note(1, "Dawn, \ue001 2021.", regions=on(5)), Note(2, "Ibid.", regions=on(5))),
)


def test_characters_of_no_text_are_found_in_blocks_and_notes() -> None:
    found = list(character_findings(4, ARTICLE))

    assert [(one.code, one.article, one.block, one.note, one.start, one.end) for one in found] == [
        ("suspicious_characters", 4, 1, None, 3, 11),
        ("suspicious_characters", 4, None, 1, 6, 7),
    ]
    assert found[0].message == "2 characters that belong to no text: (cid:12), U+FFFD."
    assert found[1].message == "1 characters that belong to no text: U+E001."


@pytest.mark.parametrize("sign", ["\ufffd", "\ue000", "\uf8ff", "\u0085", "(cid:3)"])
def test_each_such_character_is_found_in_a_title_too(sign: str) -> None:
    assert [one.start for one in character_findings(0, Article("article", f"Salt {sign}"))] == [5]


@pytest.mark.parametrize(
    "text", ["Ḥarakat al-Ṣabr", "(cid) is a word", "لواء الصبر", "km² at 10⁶", "na\u00efve \u2013 \u201cso\u201d"]
)
def test_letters_of_any_script_are_none(text: str) -> None:
    assert list(character_findings(0, Article("article", text))) == []


def test_characters_are_named_as_people_look_them_up() -> None:
    assert (said("\ufffd"), said("(cid:12)")) == ("U+FFFD", "(cid:12)")


def test_pages_after_the_first_text_without_any_are_unusual() -> None:
    found = list(page_findings([ARTICLE], PageFacts(count=6)))

    assert [(one.code, one.page) for one in found] == [("page_unusual", 4), ("page_unusual", 6)]


def test_without_places_no_page_is_unusual() -> None:
    assert list(page_findings([ARTICLE], NO_PAGES)) == []
    assert list(page_findings([Article("article", "Salt")], PageFacts(count=3))) == []


@pytest.mark.parametrize(
    ("finding", "page"),
    [
        (Finding("x", "y", 0, block=1), 3),
        (Finding("x", "y", 0, note=2), 5),
        (Finding("x", "y", 0), 2),
        (Finding("x", "y", 0, block=9), 2),
        (Finding("x", "y", 0, note=9), None),
        (Finding("x", "y", 7), None),
        (Finding("x", "y"), None),
        (Finding("x", "y", page=8), 8),
    ],
)
def test_a_finding_stands_where_its_block_note_or_article_does(finding: Finding, page: int | None) -> None:
    (placed,) = with_pages([finding], [ARTICLE])

    assert placed.page == page
    assert (placed.code, placed.block, placed.note) == (finding.code, finding.block, finding.note)
