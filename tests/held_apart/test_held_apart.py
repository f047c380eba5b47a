"""The reader on layouts it was not tuned on: the figures of documents set here may only get better."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.held_apart import houses
from tests.held_apart.differences import differences
from tests.held_apart.documents import BESIDE_THE_REQUIREMENTS, DOCUMENTS
from tests.held_apart.floors import better, fallen, floors, raised
from tests.held_apart.gold import gold_of, resolved, text_of
from tests.held_apart.judging import SCORER, figures, loss, reading_of
from tests.held_apart.makers import chromium, groff, latex, libreoffice
from tests.held_apart.makers.reportlab_pages import plain, western
from tests.held_apart.matter import Block, House, Issue, Span, printed
from tests.held_apart.setting import ProducerMissingError, letters, page_with, program, settled, starts
from tests.held_apart.writing import drawn, initial, numbered_through, stopped

if TYPE_CHECKING:
    from tests.held_apart.documents import Document

HOUSES = [house for house in vars(houses).values() if isinstance(house, House)]
TESTED = [document for document in DOCUMENTS if document.producer in BESIDE_THE_REQUIREMENTS]
PERFECT_AT = {"cer": 0.0, "bleed": 0.0, "furniture_leaks": 0.0}


def first_pages(issue: Issue) -> dict[int, int]:
    return dict.fromkeys(range(len(issue.pieces)), 1)


@pytest.fixture
def _scorer() -> None:
    if not SCORER.exists():
        pytest.skip("needs ../shared/scoring/score_extraction.py beside the checkout")


@pytest.mark.usefixtures("_scorer")
@pytest.mark.parametrize("document", TESTED, ids=lambda document: document.name)
def test_a_document_held_apart_is_read_as_well_as_ever(document: Document) -> None:
    pdf, gold = document.set(seed=1)

    found = figures(reading_of(pdf), gold)

    assert fallen(floors()[document.name], found) == []


def test_every_document_that_is_tested_has_its_floor() -> None:
    assert set(floors()) == {document.name for document in TESTED}


def test_documents_come_from_four_producers_at_least_and_twelve_are_drawn() -> None:
    assert len(DOCUMENTS) >= 12
    assert len({document.producer for document in DOCUMENTS}) >= 4
    assert len({document.name for document in DOCUMENTS}) == len(DOCUMENTS)


@pytest.mark.usefixtures("_scorer")
@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.publication)
def test_gold_against_itself_is_perfect(house: House) -> None:
    issue = drawn(house, 3, briefs=2)
    gold = gold_of(issue, first_pages(issue))

    found = figures({**gold, "findings": []}, gold)

    assert {name: value for name, value in found.items() if value != PERFECT_AT.get(name, 1.0)} == {}
    assert list(differences({**gold, "findings": []}, gold)) == []


@pytest.mark.usefixtures("_scorer")
def test_differences_name_what_is_missing_and_what_is_too_much() -> None:
    issue = drawn(houses.SLUICE, 1, articles=1)
    gold = gold_of(issue, first_pages(issue))
    found = json.loads(json.dumps(gold)) | {"findings": [{"code": "odd", "message": "Look here."}]}
    lost = found["articles"][0]["blocks"].pop(0)
    found["articles"][0]["title"] = "Another"
    found["articles"][0]["markers"] = []
    where = gold["articles"][0]["title"][:24]

    lines = list(differences(found, gold))

    assert lines[0] == f"[{where}] title: gold {gold['articles'][0]['title']!r}, read 'Another'"
    assert any(
        line.startswith(f"[{where}] - block para: {lost['text'][:12].translate({0x201C: 34})}") for line in lines
    )
    assert sum(" - marker " in line for line in lines) == len(gold["articles"][0]["markers"])
    assert lines[-1] == "finding odd: Look here."


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.publication)
def test_the_same_seed_draws_the_same_issue_and_another_seed_another(house: House) -> None:
    assert drawn(house, 5, briefs=1) == drawn(house, 5, briefs=1)
    assert drawn(house, 5, briefs=1) != drawn(house, 6, briefs=1)


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.publication)
@pytest.mark.parametrize("seed", range(4))
def test_gold_tells_the_truth_about_its_own_texts(house: House, seed: int) -> None:
    issue = drawn(house, seed, briefs=2)
    gold = gold_of(issue, first_pages(issue))

    for article in gold["articles"]:
        blocks, notes = article["blocks"], article["notes"]
        for mark in article["markers"]:
            text = blocks[mark["block"]]["text"]
            assert text[mark["offset"] :].startswith(f"[{mark['n']}]")
        assert sorted(mark["n"] for mark in article["markers"]) == [note["n"] for note in notes]
        for one in article["citations"]:
            text = blocks[one["block"]]["text"] if one["where"] == "body" else notes[one["note"]]["text"]
            assert text[one["start"] : one["end"]] == f"{one['source']}, {one['date']}"
            assert one["iso"][:4] <= str(house.year)
        for block in blocks:
            assert block["text"] == " ".join(block["text"].split())


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.publication)
def test_a_house_prints_what_it_says_it_prints(house: House) -> None:
    issue = drawn(house, 2, briefs=2)
    article = next(piece for piece in issue.pieces if piece.kind == "article")

    assert bool(issue.contents) == bool(house.contents)
    assert bool(article.notes) == (house.markers != "none")
    assert bool(article.post) == house.posts
    assert {block.type for block in article.blocks} >= set(house.asides)
    assert any(block.type == "heading" for block in article.blocks) == (house.heads not in ("none", "run-in"))
    assert any(span.url for block in article.blocks for span in block.spans) <= house.links
    assert any(piece.kind == "brief" for piece in issue.pieces) == bool(house.briefs)


@pytest.mark.parametrize(
    ("printed_day", "iso", "inferred"),
    [
        ("March 4, 2018", "2018-03-04", False),
        ("Jan. 21, 2018", "2018-01-21", False),
        ("21 January 2017", "2017-01-21", False),
        ("2017-09-30", "2017-09-30", False),
        ("June 2016", "2016-06", False),
        ("2003", "2003", False),
        ("May 14", "2018-05-14", True),
        ("May 15", "2017-05-15", True),
        ("Dec. 2", "2017-12-02", True),
        ("Sept. 9", "2017-09-09", True),
    ],
)
def test_a_printed_day_is_resolved_to_the_latest_before_the_issue(printed_day: str, iso: str, inferred: bool) -> None:
    assert resolved(printed_day, date(2018, 5, 14)) == (iso, inferred)


def test_what_is_no_date_is_not_resolved() -> None:
    with pytest.raises(ValueError, match="not a date: the spring"):
        resolved("the spring", date(2018, 5, 14))


def test_a_citation_in_a_group_of_three_keeps_its_own_date_and_commas() -> None:
    text = (
        "It rained (Ministry of Waterways, Press Service, May 2; al-Sahil, 2018-01-03; Halmar: Northmole Press, 2003)."
    )
    issue = drawn(houses.FLUVIAL, 1, articles=1)
    piece = replace(issue.pieces[0], blocks=(Block("para", (Span(text),)),), notes=())

    (article,) = gold_of(replace(issue, pieces=(piece,), contents=()), {0: 1})["articles"]

    assert [(one["source"], one["date"], one["iso"], one["inferred"]) for one in article["citations"]] == [
        ("Ministry of Waterways, Press Service", "May 2", "2018-05-02", True),
        ("al-Sahil", "2018-01-03", "2018-01-03", False),
        ("Halmar: Northmole Press", "2003", "2003", False),
    ]


def test_a_raised_marker_touches_its_word_and_a_bracketed_one_does_not() -> None:
    spans = (Span("The ice went."), Span("3", "marker"), Span(" So did we."))

    assert printed(spans) == "The ice went.[3] So did we."
    assert printed(spans, "bracketed") == "The ice went. [3] So did we."


def test_asides_are_given_as_the_conventions_ask() -> None:
    table = Block("table", rows=(("Lock", "Opened"), ("Quayle Bay", "1911")))
    box = Block("sidebar", (Span("It leaks."),), title="The Gate")

    assert text_of(table, "raised") == "Lock Opened Quayle Bay 1911"
    assert text_of(box, "raised") == "The Gate It leaks."


def test_notes_can_be_numbered_through_an_issue() -> None:
    issue = drawn(houses.TIDEWAY, 1)

    through = numbered_through(issue)

    count = sum(len(piece.notes) for piece in issue.pieces)
    assert [note.n for piece in through.pieces for note in piece.notes] == list(range(1, count + 1))
    marks = [
        int(span.text)
        for piece in through.pieces
        for block in piece.blocks
        for span in block.spans
        if span.style == "marker"
    ]
    assert sorted(marks) == list(range(1, count + 1))


def test_a_stop_stands_before_the_closing_quotation_mark() -> None:
    assert stopped("They called it “nobody’s fault”") == "They called it “nobody’s fault.”"
    assert stopped("They left") == "They left."


def test_abbreviations_end_no_sentence() -> None:
    text = "On Jan. 3 the ice broke."

    assert initial(text, text.index("."))
    assert not initial(text, len(text) - 1)


def test_western_letters_are_those_the_standard_fonts_have() -> None:
    issue = western(drawn(houses.QUAYSIDE, 1))

    assert plain("Kłodzin, Ḥalfāya, Dağdelen, Ó Floinn") == "Klodzin, Halfaya, Dagdelen, Ó Floinn"
    assert json.dumps([piece.title for piece in issue.pieces], ensure_ascii=False).encode("cp1252")


def test_the_first_words_of_a_piece_are_found_through_accents_and_line_ends() -> None:
    assert letters("Ó Floinn’s half-\nfinished “ﬂag”") == "ofloinnshalffinishedflag"
    assert page_with(["abc", "xabcdefgh"], "abcdefgh") == 2
    assert page_with(["abcdefgh", "xabcdefgh"], "abcdefgh", first=2) == 2
    contents, start = "titleothertitlexxxabcdefgh", "titlexabcdefghother"
    assert page_with([contents, start], "abcdefgh", title="title") == 2
    assert page_with([contents, start], "abcdefgh", title="othertitle") == 1
    assert page_with(["abcdefgh", "salt", "saltabcdefgh"], "abcdefgh", title="salt") == 3
    with pytest.raises(ValueError, match="these words are on no page: nowhere"):
        page_with(["abc"], "nowhere")


def test_contents_tell_the_pages_on_which_pieces_start() -> None:
    document = next(document for document in TESTED if document.name == "typst-papers")
    issue = document.issue(seed=2)

    done = settled(issue, document.make)

    assert starts(done.pdf, issue) == done.pages
    assert done.pages[0] == 1
    assert sorted(done.pages.values()) == list(done.pages.values())


def test_contents_that_never_settle_are_an_error() -> None:
    document = next(document for document in TESTED if document.name == "typst-papers")
    issue = document.issue(seed=1)
    runs = iter(range(20))

    def restless(issue: Issue, pages: dict[int, int]) -> bytes:
        return document.make(issue if next(runs) % 2 else document.issue(seed=1 + len(pages)), pages)

    with pytest.raises(ValueError, match=r"never settle|on no page"):
        settled(issue, restless)


def test_a_producer_that_is_missing_is_named() -> None:
    with pytest.raises(ProducerMissingError, match="no-such-producer is not installed"):
        program("no-such-producer", "nor-this-one")


def test_makers_write_what_the_matter_says() -> None:
    issue = drawn(houses.FLUVIAL, 1, articles=1)
    first = issue.pieces[0]
    pages = {0: 7}

    html = chromium.html_of(chromium.LOOKS["tabloid"], issue, pages)
    tex = latex.tex_of("letter", issue, pages)
    roff = groff.source_of("review", issue, pages)
    odt = libreoffice.document_of("papers", issue, pages)

    assert f"7 <b>{first.title}" in html
    assert html.count("<sup>") == len(first.notes)
    assert f"{{{latex.safe(first.title)}}}" in tex
    assert tex.count("\\footnotetext") == len(first.notes)
    assert roff.count("\n.FS ") == len(first.notes)
    assert odt.count("<text:note ") == len(first.notes)
    assert all(f"{word}" in re.sub(r"<[^>]+>", "", odt) for word in first.title.replace("’", "").split()[:2])


def test_signs_of_a_typesetter_are_written_out() -> None:
    assert latex.safe("R&D: 5% of $3_000 “now”") == r"R\&D: 5\% of {\upshape\$}3\_000 ``now''"
    assert groff.safe(".half-day – “tar”") == r"\&.half\[hy]day \[en] \[lq]tar\[rq]"
    assert libreoffice.p("Para", "A < B & C") == '<text:p text:style-name="Para">A &lt; B &amp; C</text:p>'


def test_a_floor_lets_figures_rise_and_never_fall() -> None:
    floor = {"toc": 0.5, "cer": 0.02}

    assert fallen(floor, {"toc": 0.6, "cer": 0.01}) == []
    assert fallen(floor, {"toc": 0.5, "cer": 0.02, "new": 0.1}) == []
    assert fallen(floor, {"toc": 0.4, "cer": 0.02}) == ["toc: 0.4 is worse than 0.5"]
    assert fallen(floor, {"toc": 0.5, "cer": 0.03}) == ["cer: 0.03 is worse than 0.02"]
    assert fallen(floor, {"toc": 0.5}) == ["cer: None is worse than 0.02"]
    assert raised(floor, {"toc": 0.4, "cer": 0.01}) == {"toc": 0.5, "cer": 0.01}
    assert better("bleed", 0.1, 0.2) == 0.1


def test_losses_rank_measures_together() -> None:
    assert loss("toc", 1.0) == loss("cer", 0.0) == loss("furniture_leaks", 0.0) == 0.0
    assert loss("toc", 0.25) == 0.75
    assert loss("cer", 0.05) == 0.5
    assert loss("furniture_leaks", 3.0) == 1.0
