"""The gold of the samples says what the sources say, in offsets that hold."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.gold import gold_document, resolved
from samples.source_text import long_date, read_source
from samples.typeset import GOLD, issue_of, running_heads
from tests.samples.issues import SHARED, SLUGS, committed_gold, typeset_now
from tests.samples.test_sources import SMALL

SCORER = SHARED / "scoring" / "score_extraction.py"
# Citations in the text, in notes, and how many had to be given a year; counted in the printed pages.
CITATIONS = {
    "ceasefire-quarterly-i-4": [(10, 0, 10), (9, 0, 4), (20, 1, 5), (15, 2, 14), (18, 1, 4)],
    "ceasefire-quarterly-iii-2": [(11, 0, 8), (8, 0, 5), (20, 2, 4), (21, 1, 15), (18, 0, 4)],
    "ceasefire-quarterly-iv-4": [(8, 0, 7), (10, 0, 9), (18, 1, 10), (20, 1, 9), (18, 2, 2)],
}
# Notes that mean another note: "Ibid." and short forms.
RESOLVED = {
    "ceasefire-quarterly-i-4": [{}, {}, {4: 3, 5: 2}, {5: 4}, {5: 4, 7: 2}],
    "ceasefire-quarterly-iii-2": [{}, {}, {5: 4, 8: 2}, {4: 3, 6: 2}, {5: 4}],
    "ceasefire-quarterly-iv-4": [{}, {}, {5: 3, 6: 5}, {5: 4, 6: 3}, {4: 3, 6: 2}],
}


def text_of(article: dict[str, Any], citation: dict[str, Any]) -> str:
    home = article["blocks"] if citation["where"] == "body" else article["notes"]
    text: str = home[citation["block" if citation["where"] == "body" else "note"]]["text"]
    return text


@pytest.mark.parametrize("slug", SLUGS)
def test_committed_gold_is_what_the_source_gives(slug: str) -> None:
    issue, done = issue_of(slug), typeset_now(slug)
    furniture = [*running_heads(issue).values(), issue.disclaimer]
    assert gold_document(slug, issue, done.starts, done.pages, furniture) == committed_gold(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_gold_counts_citations_as_counted_by_hand(slug: str) -> None:
    counts = [
        (
            sum(citation["where"] == "body" for citation in article["citations"]),
            sum(citation["where"] == "note" for citation in article["citations"]),
            sum(citation["inferred"] for citation in article["citations"]),
        )
        for article in committed_gold(slug)["articles"]
    ]
    assert counts == CITATIONS[slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_citation_spans_are_verbatim_sorted_and_apart(slug: str) -> None:
    for article in committed_gold(slug)["articles"]:
        last: dict[tuple[str, int], int] = {}
        for citation in article["citations"]:
            place = (citation["where"], citation.get("block", citation.get("note")))
            printed = text_of(article, citation)[citation["start"] : citation["end"]]
            assert printed == f"{citation['source']}, {citation['date']}"
            assert citation["start"] >= last.get(place, 0)
            last[place] = citation["end"]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_source_has_swallowed_a_part_of_its_date(slug: str) -> None:
    sources = [found["source"] for article in committed_gold(slug)["articles"] for found in article["citations"]]
    assert not [source for source in sources if source[-1].isdecimal() or ", " in source]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_citation_is_dated_after_its_issue(slug: str) -> None:
    gold = committed_gold(slug)
    dates = [citation["iso"] for article in gold["articles"] for citation in article["citations"]]
    assert all("1980" < iso <= gold["issue"]["date"] for iso in dates)


@pytest.mark.parametrize("slug", SLUGS)
def test_linked_citations_are_the_links_in_their_order(slug: str) -> None:
    for article in committed_gold(slug)["articles"]:
        linked = [
            {"text": citation["source"], "url": citation["url"]}
            for citation in article["citations"]
            if citation["linked"]
        ]
        assert linked == article["links"]


@pytest.mark.parametrize("slug", SLUGS)
def test_markers_point_at_their_bracket(slug: str) -> None:
    for article in committed_gold(slug)["articles"]:
        for marker in article["markers"]:
            text = article["blocks"][marker["block"]]["text"]
            assert text.startswith(f"[{marker['n']}]", marker["offset"])
            assert text[marker["offset"] - 1] == " "
        assert [marker["n"] for marker in article["markers"]] == [note["n"] for note in article["notes"]]


@pytest.mark.parametrize("slug", SLUGS)
def test_ibid_and_short_forms_lead_to_the_note_they_mean(slug: str) -> None:
    found = [
        {note["n"]: note["resolves_to"] for note in article["notes"] if note["resolves_to"]}
        for article in committed_gold(slug)["articles"]
    ]
    assert found == RESOLVED[slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_syntax_of_the_source_is_left_in_the_gold(slug: str) -> None:
    for article in committed_gold(slug)["articles"]:
        texts = [passage["text"] for passage in (*article["blocks"], *article["notes"])]
        assert not [text for text in (*texts, article["bio"]) if set("*\\\n") & set(text) or "](" in text]


@pytest.mark.parametrize("slug", SLUGS)
def test_gold_scores_full_marks_against_itself(slug: str) -> None:
    if not SCORER.exists():
        pytest.skip("needs ../shared/scoring/score_extraction.py beside the checkout")
    path = str(GOLD / f"{slug}.gold.json")
    done = subprocess.run(
        [sys.executable, str(SCORER), path, path, "--json"], capture_output=True, check=True, text=True
    )
    scores = json.loads(done.stdout)
    lower_is_better = {name: scores.pop(name) for name in ("cer", "bleed", "furniture_leaks")}
    assert lower_is_better == {"cer": 0, "bleed": 0, "furniture_leaks": 0}
    assert {score["f1"] if isinstance(score, dict) else score for score in scores.values()} == {1.0}


def test_two_issues_cite_an_earlier_one_by_its_date() -> None:
    own = [
        citation["iso"]
        for slug in SLUGS
        for article in committed_gold(slug)["articles"]
        for citation in article["citations"]
        if citation["source"] == "Ceasefire Quarterly"
    ]
    assert own == ["2016-12-15", "2018-06-14"]


@pytest.mark.parametrize(
    ("printed", "iso", "inferred"),
    [
        ("May 3", "2018-05-03", True),
        ("June 14", "2018-06-14", True),
        ("June 15", "2017-06-15", True),
        ("December 29", "2017-12-29", True),
        ("April 9, 2017", "2017-04-09", False),
        ("July 2011", "2011-07", False),
        ("2000", "2000", False),
    ],
)
def test_resolved_gives_a_yearless_day_the_latest_year_that_fits(printed: str, iso: str, inferred: bool) -> None:
    assert resolved(printed, date(2018, 6, 14)) == (iso, inferred)


@given(
    issue=st.dates(date(2001, 1, 1), date(2099, 12, 31)).filter(lambda day: (day.month, day.day) != (2, 29)),
    back=st.integers(0, 364),
)
def test_resolved_finds_any_day_of_the_last_year_again(issue: date, back: int) -> None:
    cited = issue - timedelta(days=back)
    if (cited.month, cited.day) == (2, 29):
        return  # our texts cite no leap day
    yearless, _ = long_date(cited).split(", ")
    assert resolved(yearless, issue) == (cited.isoformat(), True)
    assert resolved(long_date(cited), issue) == (cited.isoformat(), False)


def test_gold_refuses_a_group_that_is_half_a_citation() -> None:
    issue = read_source(SMALL.replace("A paragraph. [1]", "A paragraph (Dawn, May 3; see also the others). [1]"))
    with pytest.raises(ValueError, match="half a citation"):
        gold_document("small", issue, (1,), 1, [])


def test_gold_passes_over_parentheses_that_cite_nothing() -> None:
    text = "A party (Maoist) (The Post, May 3; Dawn, 2000) of the year (May 1999), with money (about $1,900). [1]"
    issue = read_source(SMALL.replace("A paragraph. [1]", text))
    (article,) = gold_document("small", issue, (1,), 1, [])["articles"]
    assert [(found["source"], found["iso"]) for found in article["citations"]] == [
        ("The Post", "2001-05-03"),
        ("Dawn", "2000"),
    ]
