"""The gold says what the issue says, in offsets that hold, whatever the layout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.gold import resolved
from tests.corpus.gold import gold_of
from tests.corpus.invention import FULL, SHORT, Extent, invented_issue, numbered_through
from tests.corpus.layout import ALL_ASIDES, NAMED
from tests.corpus.scoring import SCORER, differences, misses, scores

SEEDS = range(1, 6)
WITH_ASIDES = Extent(asides=ALL_ASIDES)
PROGRAM = """
import json
from tests.corpus.invention import FULL, invented_issue
from tests.corpus.gold import gold_of
issue = invented_issue(3, FULL)
print(json.dumps(gold_of(issue, superscript=True, starts=range(1, 6), pages=9, furniture=[])))
"""


@cache
def gold(seed: int, superscript: bool = False, extent: Extent = WITH_ASIDES) -> dict[str, Any]:
    """Return the gold of an issue as if each piece stood on a page of its own."""
    issue = invented_issue(seed, extent)
    pages = len(issue.articles)
    return gold_of(
        issue, superscript=superscript, starts=range(1, pages + 1), pages=pages, furniture=["a running head"]
    )


def home_of(article: dict[str, Any], citation: dict[str, Any]) -> str:
    body = citation["where"] == "body"
    text: str = article["blocks" if body else "notes"][citation["block" if body else "note"]]["text"]
    return text


@pytest.mark.parametrize("superscript", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_gold_scores_full_marks_against_itself(seed: int, superscript: bool) -> None:
    if not SCORER.exists():
        pytest.skip("needs ../shared/scoring/score_extraction.py beside the checkout")
    figures = scores(gold(seed, superscript), gold(seed, superscript))
    assert misses(figures) == {}
    assert len(figures) == 21


@pytest.mark.parametrize("seed", SEEDS)
def test_gold_differs_from_itself_in_nothing_and_from_another_in_much(seed: int) -> None:
    assert differences(gold(seed), gold(seed)) == []
    assert len(differences(gold(seed + 1), gold(seed))) > 5


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).resolve().parents[2],
        ).stdout
        for hash_seed in ("1", "2")
    }
    here = gold_of(invented_issue(3, FULL), superscript=True, starts=range(1, 6), pages=9, furniture=[])
    assert printed == {json.dumps(here).encode() + b"\n"}


@pytest.mark.parametrize("superscript", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_citations_stand_verbatim_sorted_and_apart(seed: int, superscript: bool) -> None:
    for article in gold(seed, superscript)["articles"]:
        last: dict[tuple[str, int], int] = {}
        for citation in article["citations"]:
            text = home_of(article, citation)
            place = (citation["where"], citation.get("block", citation.get("note")))
            assert text[citation["start"] : citation["end"]] == f"{citation['source']}, {citation['date']}"
            assert citation["start"] > last.get(place, 0)
            last[place] = citation["end"]


@pytest.mark.parametrize("seed", SEEDS)
def test_years_are_inferred_as_the_samples_do(seed: int) -> None:
    """The samples' gold resolves printed dates by a rule of its own: both must agree on every date."""
    issue = date.fromisoformat(gold(seed)["issue"]["date"])
    for article in gold(seed)["articles"]:
        for citation in article["citations"]:
            if citation["date"] != "February 29":
                assert (citation["iso"], citation["inferred"]) == resolved(citation["date"], issue)
                assert citation["iso"] <= issue.isoformat()


@pytest.mark.parametrize(("superscript", "before"), [(False, " [{}]"), (True, "[{}]")])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_note_has_one_marker_at_its_bracket(seed: int, superscript: bool, before: str) -> None:
    for article in gold(seed, superscript)["articles"]:
        assert [marker["n"] for marker in article["markers"]] == [note["n"] for note in article["notes"]]
        for marker in article["markers"]:
            text, at = article["blocks"][marker["block"]]["text"], marker["offset"]
            assert text[at:].startswith(f"[{marker['n']}]")
            assert text[: at + 3].endswith(before.format(marker["n"])) or marker["n"] > 9
            assert superscript == (text[at - 1] != " ")


@pytest.mark.parametrize("seed", SEEDS)
def test_ibid_and_short_forms_lead_to_an_earlier_source(seed: int) -> None:
    for article in gold(seed)["articles"]:
        texts = {note["n"]: note["text"] for note in article["notes"]}
        for note in article["notes"]:
            if note["resolves_to"]:
                assert note["resolves_to"] < note["n"]
                assert "), pp. " in texts[note["resolves_to"]]
            assert (note["resolves_to"] is None) == (not note["text"].startswith(("Ibid.", "See ")))


def test_notes_numbered_through_the_issue_keep_what_they_mean() -> None:
    issue = invented_issue(2, WITH_ASIDES)
    through = numbered_through(issue)
    numbers = [note.n for article in through.articles for note in article.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    for before, after in zip(issue.articles, through.articles, strict=True):
        shift = after.notes[0].n - 1 if after.notes else 0
        assert [note.resolves_to and note.resolves_to + shift for note in before.notes] == [
            note.resolves_to for note in after.notes
        ]
        markers = [run.marker for block in after.blocks for run in block.runs if run.marker]
        assert markers == [note.n for note in after.notes]


@pytest.mark.parametrize("seed", SEEDS)
def test_asides_stand_between_paragraphs_of_articles(seed: int) -> None:
    for article in gold(seed)["articles"]:
        types = [block["type"] for block in article["blocks"]]
        assert types[0] == types[-1] == "para"
        assert all(types[i - 1] == "para" for i, kind in enumerate(types) if kind in ALL_ASIDES)
        assert (article["kind"] == "article") == bool(set(types) & set(ALL_ASIDES))


@given(seed=st.integers(0, 10_000))
def test_any_seed_gives_clean_text_and_people_with_bios(seed: int) -> None:
    for article in gold_of(invented_issue(seed, SHORT), superscript=False, starts=[1] * 4, pages=1, furniture=[])[
        "articles"
    ]:
        for passage in (*article["blocks"], *article["notes"]):
            text = passage["text"]
            assert text == " ".join(text.split())
            assert text.count("(") == text.count(")")
        assert [name for name in article["authors"] if name not in article["bio"]] == []


def test_the_seeds_hold_what_bites() -> None:
    text = json.dumps([gold(seed) for seed in SEEDS], ensure_ascii=False)
    for wanted in (
        "Ḥ",
        "ʿ",
        "ʾ",
        "Ṭ",
        "ộ",
        "ç",
        "ø",
        "ffi",
        "\u0628",
        "co-own",
        "Ibid.",
        "February 29, 20",
        "A committee of",
    ):
        assert wanted in text
    dated = [
        citation["date"] for seed in SEEDS for article in gold(seed)["articles"] for citation in article["citations"]
    ]
    assert {len(date.split(" ")) for date in dated} == {1, 2, 3}
    assert {len(article["authors"]) for seed in SEEDS for article in gold(seed)["articles"]} == {1, 2}


def test_there_is_a_layout_for_everything_that_must_read_perfectly() -> None:
    looks = NAMED.values()
    assert {look.columns for look in looks} == {1, 2, 3}
    for name in (
        "contents",
        "titles",
        "starts",
        "notes",
        "justified",
        "superscript",
        "drop_caps",
        "shifted",
        "cropped",
    ):
        assert len({getattr(look, name) for look in looks}) > 1
    assert {look.title_case for look in looks} | {look.author_case for look in looks} == {
        "plain", "caps", "small_caps", "spaced",
    }  # fmt: skip
