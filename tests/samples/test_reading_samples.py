"""Monitor reads the text and the PDF of every sample issue without a miss."""

from __future__ import annotations

import importlib.util
from collections import Counter
from functools import cache
from typing import Any

import pytest

from monitor.ingest.guard.limits import Limits
from monitor.ingest.pdf_issue import read_pdf_issue
from monitor.ingest.reading import read_text_issue
from monitor.ingest.serialising import to_json
from tests.samples.issues import SHARED, SLUGS, committed_gold, committed_pdf, source_text

SCORER = SHARED / "scoring" / "score_extraction.py"
LOWER_IS_BETTER = ("cer", "bleed", "furniture_leaks")


@cache
def read(slug: str) -> dict[str, Any]:
    found: dict[str, Any] = to_json(read_text_issue(source_text(slug).encode()))
    return found


@cache
def read_pdf(slug: str) -> dict[str, Any]:
    found: dict[str, Any] = to_json(read_pdf_issue(committed_pdf(slug), limits=Limits()))
    return found


def score(found: dict[str, Any], gold: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return what the project's scorer says, and the paragraphs it found wanting."""
    if not SCORER.exists():
        pytest.skip("needs ../shared/scoring/score_extraction.py beside the checkout")
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    metrics, misses = scorer.score(found, gold, verbose=True)
    return {name: value["f1"] if isinstance(value, dict) else value for name, value in metrics.items()}, misses


def assert_full_marks(found: dict[str, Any], gold: dict[str, Any]) -> None:
    metrics, misses = score(found, gold)
    assert misses == []
    assert {name: metrics.pop(name) for name in LOWER_IS_BETTER} == dict.fromkeys(LOWER_IS_BETTER, 0)
    assert metrics == dict.fromkeys(metrics, 1.0)
    assert len(metrics) == 17


@pytest.mark.parametrize("slug", SLUGS)
def test_the_text_reading_scores_full_marks(slug: str) -> None:
    assert_full_marks(read(slug), committed_gold(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_pdf_reading_scores_full_marks(slug: str) -> None:
    assert_full_marks(read_pdf(slug), committed_gold(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_pdf_names_its_pages_and_the_page_of_every_article(slug: str) -> None:
    found, gold = read_pdf(slug), committed_gold(slug)
    assert found["issue"]["pages"] == gold["issue"]["pages"]
    assert [article["page_start"] for article in found["articles"]] == [
        article["page_start"] for article in gold["articles"]
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_text_and_pdf_of_an_issue_read_alike(slug: str) -> None:
    def texts(issue: dict[str, Any]) -> list[list[str]]:
        return [[part["text"] for part in (*a["blocks"], *a["notes"])] for a in issue["articles"]]

    assert texts(read_pdf(slug)) == texts(read(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_issue_is_named_numbered_and_dated_as_printed(slug: str) -> None:
    found, gold = read(slug)["issue"], committed_gold(slug)["issue"]
    wanted = ("publication", "tagline", "volume", "number", "date", "date_basis", "date_range")
    assert {name: found[name] for name in wanted} == {name: gold[name] for name in wanted}


@pytest.mark.parametrize("slug", SLUGS)
def test_blocks_notes_and_markers_are_those_of_the_gold(slug: str) -> None:
    for found, gold in zip(read(slug)["articles"], committed_gold(slug)["articles"], strict=True):
        assert [(block["type"], block["text"]) for block in found["blocks"]] == [
            (block["type"], block["text"]) for block in gold["blocks"]
        ]
        assert [(note["n"], note["text"]) for note in found["notes"]] == [
            (note["n"], note["text"]) for note in gold["notes"]
        ]
        assert found["markers"] == gold["markers"]


@pytest.mark.parametrize("slug", SLUGS)
def test_ibid_and_short_forms_lead_to_the_note_the_gold_names(slug: str) -> None:
    pairs = zip(read(slug)["articles"], committed_gold(slug)["articles"], strict=True)
    for found, gold in pairs:
        wanted = {note["n"]: note["resolves_to"] for note in gold["notes"]}
        assert {note["n"]: note["resolves_to"] for note in found["notes"]} == wanted


@pytest.mark.parametrize("slug", SLUGS)
def test_citations_have_the_spans_dates_and_links_of_the_gold(slug: str) -> None:
    keys = ("where", "start", "end", "source", "date", "iso", "inferred", "url", "linked")
    for found, gold in zip(read(slug)["articles"], committed_gold(slug)["articles"], strict=True):
        assert [{key: citation[key] for key in keys} for citation in found["citations"]] == [
            {key: citation[key] for key in keys} for citation in gold["citations"]
        ]
        assert [(link["text"], link["url"]) for link in found["links"]] == [
            (link["text"], link["url"]) for link in gold["links"]
        ]


@pytest.mark.parametrize("slug", SLUGS)
def test_articles_start_on_the_page_the_contents_name(slug: str) -> None:
    listed = {entry["title"]: entry["page"] for entry in committed_gold(slug)["toc"]}
    starts = {article["title"]: article["page_start"] for article in read(slug)["articles"][2:]}
    assert starts == {title: page for title, page in listed.items() if title != "Briefs"}


@pytest.mark.parametrize(
    ("slug", "warnings"),
    [
        (SLUGS[0], {"author_bio_name_differs": 1, "year_inferred_far": 3}),
        (SLUGS[1], {"year_inferred_far": 7}),
        (SLUGS[2], {"year_inferred_far": 5}),
    ],
)
def test_only_what_the_samples_plant_is_warned_of(slug: str, warnings: dict[str, int]) -> None:
    """The dates more than half a year back are right; the bio is the one of "Tomás Luis Echeverri"."""
    severe = [finding["code"] for finding in read(slug)["findings"] if finding["severity"] != "info"]
    assert Counter(severe) == warnings


@pytest.mark.parametrize("slug", SLUGS)
def test_the_line_that_marks_a_sample_is_reported_and_in_no_article(slug: str) -> None:
    left_over = [finding["message"] for finding in read(slug)["findings"] if finding["code"] == "text_left_over"]
    assert len(left_over) == 1
    assert "Sample issue of the Monitor project." in left_over[0]
    blocks = [block["text"] for article in read(slug)["articles"] for block in article["blocks"]]
    assert not [text for text in blocks if "Sample issue" in text]
