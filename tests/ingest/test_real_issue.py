"""The real issue by facts: counts, places, findings, and the score against gold made from line numbers."""

from __future__ import annotations

import importlib.util
import itertools
import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from monitor.ingest.reading import read_text_issue, with_issue_date
from monitor.ingest.serialising import from_json, to_json
from tests.ingest.real_issue import SCORER, gold, real_issue

if TYPE_CHECKING:
    from monitor.ingest.document import Article, Block, IssueDocument, Note

LINES = {
    "paragraphs": [5, 5, 11, 10, 17],
    "heads": [0, 0, 4, 3, 4],
    "notes": [0, 0, 5, 4, 12],
    "markers": [0, 0, 5, 3, 12],
    "cited in the body": [7, 9, 12, 14, 39],
    "cited in notes": [0, 0, 3, 0, 0],
    "linked": [2, 0, 9, 1, 39],
    "year inferred": [3, 6, 9, 7, 12],
}


@cache
def document() -> IssueDocument:
    return read_text_issue(real_issue())


def counted(article: Article) -> dict[str, int]:
    places = Counter(citation.where for citation in article.citations)
    kinds = Counter(block.type for block in article.blocks)
    return {
        "paragraphs": kinds["para"],
        "heads": kinds["heading"],
        "notes": len(article.notes),
        "markers": len(article.markers),
        "cited in the body": places["body"],
        "cited in notes": places["note"],
        "linked": sum(citation.linked for citation in article.citations),
        "year inferred": sum(citation.inferred for citation in article.citations),
    }


@pytest.mark.parametrize("what", LINES)
def test_real_issue_has_the_counted_parts(what: str) -> None:
    assert [counted(article)[what] for article in document().articles] == LINES[what]


def test_real_issue_totals() -> None:
    totals = Counter[str]()
    for article in document().articles:
        totals.update(counted(article))
    assert totals == {
        "paragraphs": 48,
        "heads": 11,
        "notes": 21,
        "markers": 20,
        "cited in the body": 81,
        "cited in notes": 3,
        "linked": 51,
        "year inferred": 37,
    }


def test_real_issue_says_which_issue_it_is() -> None:
    issue = document().issue

    assert (issue.publication, issue.volume, issue.number) == ("Terrorism Monitor", "XX", 3)
    assert (issue.date, issue.date_basis, issue.date_range) == (None, "inferred", ("2022-02-03", "2022-02-28"))
    assert issue.pages is None
    assert [entry.page for entry in document().toc] == [1, 3, 5, 8]


def test_real_issue_has_two_briefs_and_three_articles() -> None:
    assert [(a.kind, a.page_start, a.authors) for a in document().articles] == [
        ("brief", 1, ("Jacob Zenn",)),
        ("brief", None, ("Jacob Zenn",)),
        ("article", 3, ("Jacob Weiss",)),
        ("article", 5, ("Zia Ur Rehman",)),
        ("article", 8, ("Abdul Basit",)),
    ]


def test_real_issue_joins_the_halves_that_pages_cut() -> None:
    broken = {(51, 53), (95, 97), (105, 107), (133, 135), (143, 145), (149, 151)}
    broken |= {(159, 161), (187, 189), (203, 205), (211, 213), (219, 221), (229, 231)}
    blocks = [block for article in document().articles for block in article.blocks]
    notes = [note for article in document().articles for note in article.notes]

    assert {block.lines for block in blocks if block.lines and block.lines[0] != block.lines[1]} == broken
    assert {note.lines for note in notes if note.lines and note.lines[0] != note.lines[1]} == {(241, 243), (259, 261)}


def test_real_issue_notes_mean_the_notes_they_should() -> None:
    meant = [
        (index, note.n, note.resolves_to)
        for index, article in enumerate(document().articles)
        for note in article.notes
        if note.resolves_to is not None
    ]
    assert meant == [(2, 4, 2), (2, 5, 3), (3, 4, 3), (4, 9, 8), (4, 12, 4)]


def test_real_issue_kinds_of_notes() -> None:
    kinds = Counter(note.kind for article in document().articles for note in article.notes)

    assert kinds == {"explanatory": 6, "source": 6, "interview": 4, "short_form": 3, "ibid": 2}


def test_real_issue_citations_are_sorted_disjoint_and_verbatim() -> None:
    for article in document().articles:
        places = [(c.where, c.block if c.block is not None else c.note, c.start, c.end) for c in article.citations]
        assert places == sorted(places)
        for (where, index, _, end), (next_where, next_index, start, _) in itertools.pairwise(places):
            assert (where, index) != (next_where, next_index) or end <= start
        for citation in article.citations:
            holder = article.blocks if citation.block is not None else article.notes
            index = citation.block if citation.block is not None else citation.note
            assert index is not None
            assert holder[index].text[citation.start : citation.end] == f"{citation.source}, {citation.date}"


def test_real_issue_sources_and_precision() -> None:
    citations = [citation for article in document().articles for citation in article.citations]
    named = Counter(citation.source for citation in citations)

    assert len(named) == 46
    assert len({source.casefold() for source in named}) == 45
    assert (named["Express Tribune"], named["Dawn"], named["Terrorism Monitor"]) == (12, 10, 7)
    assert Counter(len(citation.iso or "") for citation in citations) == {10: 81, 7: 2, 4: 1}
    assert all(citation.url is None for citation in citations)


def test_real_issue_findings() -> None:
    found = Counter(finding.code for finding in document().findings)

    assert found.pop("source_near_other") >= 4
    assert found == {
        "issue_date_inferred": 1,
        "toc_title_differs": 1,
        "author_bio_name_differs": 1,
        "page_start_unknown": 1,
        "link_without_target": 4,
        "paragraph_rejoined": 12,
        "note_rejoined": 2,
        "year_inferred_far": 1,
        "quotes_mixed": 2,
        "note_without_marker": 2,
        "marker_repeated": 1,
        "note_label_variant": 1,
        "citation_date_form": 2,
    }


def test_real_issue_findings_point_to_their_places() -> None:
    places = {
        (finding.code, finding.article, finding.note, finding.suggestion)
        for finding in document().findings
        if finding.code in {"note_without_marker", "marker_repeated", "note_label_variant", "issue_date_inferred"}
    }
    assert places == {
        ("note_without_marker", 3, 4, None),
        ("note_without_marker", 4, 3, None),
        ("marker_repeated", 4, None, "3"),
        ("note_label_variant", 4, 5, None),
        ("issue_date_inferred", None, None, "2022-02-11"),
    }


@pytest.mark.parametrize("day", ["2022-02-03", "2022-02-11", "2022-02-28", "2022-05-05", "2022-07-08"])
def test_real_issue_years_do_not_depend_on_the_exact_day(day: str) -> None:
    entered = with_issue_date(document(), day)

    assert (entered.issue.date, entered.issue.date_basis, entered.issue.date_range) == (day, "entered", None)
    assert entered.articles == document().articles
    assert entered == with_issue_date(read_text_issue(real_issue(), issue_date="2030-01-01"), day)


def test_real_issue_a_later_year_moves_every_inferred_date() -> None:
    entered = with_issue_date(document(), "2024-02-11")
    inferred = [c for article in entered.articles for c in article.citations if c.inferred]

    assert {(c.iso or "")[:4] for c in inferred} == {"2023", "2024"}
    assert len(inferred) == 37


def test_real_issue_every_character_knows_its_origin() -> None:
    source = real_issue().decode("utf-8")
    for article in document().articles:
        held: list[Block | Note] = [*article.blocks, *article.notes]
        for part in held:
            assert sum(run.length for run in part.origin) == len(part.text)
            for run in part.origin:
                origin = source[run.source : run.source + run.length]
                assert part.text[run.start : run.start + run.length] == origin.replace("\n", " ")


def test_real_issue_nothing_vanishes() -> None:
    read = document()
    taken: Counter[str] = Counter()
    for article in read.articles:
        parts = (*(b.text for b in article.blocks), *(n.text for n in article.notes), article.bio or "", article.title)
        taken.update("".join((*parts, *article.authors)))
    for entry in read.toc:
        taken.update("".join((entry.title, *entry.authors)))
    taken.update("".join((read.issue.publication, read.issue.tagline or "", *read.furniture)))
    printed = Counter(real_issue().decode("utf-8"))
    missing = {character: count for character, count in (printed - taken).items() if character.isalpha()}

    # What is left are the signs of the grammar: four "p." of the contents and three headings over notes.
    assert missing == {"p": 4, "N": 3, "o": 3, "t": 3, "e": 3, "s": 3}


def test_real_issue_scores_full_marks_against_its_gold() -> None:
    if not SCORER.exists():
        pytest.skip("the scorer does not lie beside the checkout (../shared/scoring)")
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    extracted = json.loads(json.dumps(to_json(document())))

    result: dict[str, Any] = scorer.score(extracted, gold(real_issue()))[0]

    assert {name: measure["f1"] if isinstance(measure, dict) else measure for name, measure in result.items()} == {
        "article_segmentation": 1.0,
        "title_exact": 1.0,
        "authors_exact": 1.0,
        "kind_exact": 1.0,
        "bio_exact": 1.0,
        "issue_fields": 1.0,
        "toc": 1.0,
        "cer": 0.0,
        "bleed": 0.0,
        "word_f1": 1.0,
        "para_exact": 1.0,
        "para_boundary": 1.0,
        "reading_order_tau": 1.0,
        "headings": 1.0,
        "endnotes": 1.0,
        "note_markers": 1.0,
        "citations": 1.0,
        "citation_iso_acc": 1.0,
        "furniture_leaks": 0,
    }


def test_real_issue_survives_the_way_through_json() -> None:
    assert from_json(json.loads(json.dumps(to_json(document())))) == document()
