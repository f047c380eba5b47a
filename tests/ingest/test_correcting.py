"""Corrections one by one: what each does to an article of the invented issue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.corrections.correcting import corrected
from monitor.ingest.corrections.correction import Correction, InvalidCorrection, Target, from_data, to_data
from monitor.ingest.corrections.loose_parts import taken_apart
from monitor.ingest.corrections.places import target_of_article, target_of_block
from monitor.ingest.document import (
    Article,
    Block,
    Citation,
    ContentsEntry,
    Finding,
    IssueDocument,
    IssueFacts,
    Link,
    Marker,
    Note,
    Origin,
    Region,
)

if TYPE_CHECKING:
    from monitor.ingest.corrections.correction import CorrectionKind

LEFT, RIGHT = Region(1, (50.0, 600.0, 290.0, 740.0)), Region(1, (310.0, 60.0, 550.0, 200.0))
FERRY = "The ferrymen struck (Ardel Wire, May 3). [1] Nobody was hurt."
TOLLS = "Tolls rose again. [2]"


def ferries(**facts: object) -> Article:
    base = Article(
        kind="article",
        title="The Ferry Strike",
        authors=("Ines Varrow",),
        page_start=3,
        bio="Ines Varrow writes on rivers.",
        blocks=(
            Block("para", FERRY, regions=(LEFT,), origin=(Origin(0, 100, len(FERRY)),)),
            Block("para", "Quay and Toll"),
            Block("para", "Tomas Quill"),
            Block("para", TOLLS, regions=(Region(2, (50.0, 60.0, 290.0, 200.0)),)),
        ),
        notes=(Note(1, "A note."), Note(2, "Ibid.", "ibid", resolves_to=1)),
        markers=(Marker(1, 0, FERRY.index("[1]")), Marker(2, 3, TOLLS.index("[2]"))),
        citations=(Citation("body", 21, 38, "Ardel Wire", "May 3", "2021-05-03", inferred=True, block=0),),
        links=(Link("Ardel Wire", "https://wire.example/", 21, 31, block=0),),
    )
    return replace(base, **facts)  # type: ignore[arg-type]


def issue(*articles: Article, findings: tuple[Finding, ...] = (), toc: tuple[ContentsEntry, ...] = ()) -> IssueDocument:
    facts = IssueFacts("Tidewater Letter", date="2021-05-09", date_basis="printed")
    return IssueDocument(facts, toc=toc, articles=articles or (ferries(),), findings=findings)


def at(document: IssueDocument, block: int, offset: int = 0, article: int = 0) -> Target:
    return target_of_block(taken_apart(document).articles, article, block, offset)


def article_at(document: IssueDocument, article: int = 0) -> Target:
    return target_of_article(taken_apart(document).articles, article)


def made(document: IssueDocument, kind: CorrectionKind, target: Target, **value: object) -> IssueDocument:
    result = corrected(document, [Correction(kind, target, **value)])  # type: ignore[arg-type]
    assert result.lost == ()
    return result.document


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def test_no_correction_gives_the_document_itself() -> None:
    document = issue()
    assert corrected(document, []).document is document


def test_begins_takes_title_and_authors_out_of_the_text() -> None:
    document = issue()
    names = ("Tomas Quill",)
    first, second = made(document, "begins", at(document, 1), text="Quay and Toll", names=names).articles
    assert (first.title, texts(first)) == ("The Ferry Strike", [FERRY])
    assert (second.title, second.authors, texts(second)) == ("Quay and Toll", names, [TOLLS])


def test_begins_gives_the_new_article_its_notes_and_page() -> None:
    document = issue(
        ferries(blocks=(*ferries().blocks[:1], replace(ferries().blocks[3], text="Quay"), *ferries().blocks[2:]))
    )
    first, second = made(document, "begins", at(document, 1), text="Quay").articles
    assert [note.n for note in first.notes] == [1]
    assert [(note.n, note.resolves_to) for note in second.notes] == [(2, None)]
    assert second.markers == (Marker(2, 1, TOLLS.index("[2]")),)
    assert second.page_start == 4


def test_begins_shares_notes_that_count_from_one_twice() -> None:
    again = "Tolls rose. [1]"
    blocks = (Block("para", FERRY), Block("para", "Quay"), Block("para", again))
    markers = (Marker(1, 0, FERRY.index("[1]")), Marker(1, 2, again.index("[1]")))
    notes = (Note(1, "Of the ferry."), Note(1, "Of the quay."))
    document = issue(ferries(blocks=blocks, markers=markers, notes=notes))
    first, second = made(document, "begins", at(document, 1), text="Quay").articles
    assert [note.text for note in first.notes] == ["Of the ferry."]
    assert [note.text for note in second.notes] == ["Of the quay."]


def test_begins_leaves_the_biography_with_its_person() -> None:
    document = issue()
    first, second = made(document, "begins", at(document, 1), text="Quay and Toll").articles
    assert (first.bio, second.bio) == ("Ines Varrow writes on rivers.", None)
    other = issue(ferries(bio="Tomas Quill teaches law."))
    first, second = made(other, "begins", at(other, 1), text="Quay and Toll", names=("Tomas Quill",)).articles
    assert (first.bio, second.bio) == (None, "Tomas Quill teaches law.")


def test_begins_keeps_a_paragraph_that_is_no_title_line() -> None:
    document = issue()
    _, second = made(document, "begins", at(document, 3), text="Tolls", is_line=False).articles
    assert (second.title, texts(second)) == ("Tolls", [TOLLS])


def test_begins_at_the_first_block_sets_the_old_title_aside() -> None:
    document = issue(ferries(title="BRIEFS"))
    result = made(document, "begins", at(document, 0), text="The Strike", is_line=False)
    assert [article.title for article in result.articles] == ["The Strike"]
    assert result.furniture == ("BRIEFS",)


def test_goes_on_makes_a_heading_of_the_title() -> None:
    other = Article("article", "Tolls", ("Tomas Quill",), blocks=(Block("para", "They rose."),), notes=(Note(3, "x"),))
    document = issue(ferries(), other)
    (whole,) = made(document, "goes_on", article_at(document, 1)).articles
    assert whole.blocks[4] == Block("heading", "Tolls", level=1)
    assert texts(whole)[4:] == ["Tolls", "Tomas Quill", "They rose."]
    assert [note.n for note in whole.notes] == [1, 2, 3]


def test_first_article_cannot_go_on_another() -> None:
    document = issue()
    assert corrected(document, [Correction("goes_on", article_at(document))]).lost == (0,)


def test_join_passes_over_what_stands_beside_the_text() -> None:
    blocks = (Block("para", "The ferry had"), Block("caption", "A quay."), Block("para", "left."))
    document = issue(ferries(blocks=blocks, markers=(), citations=(), links=()))
    (article,) = made(document, "join", at(document, 2), text="space").articles
    assert [(b.type, b.text) for b in article.blocks] == [("para", "The ferry had left."), ("caption", "A quay.")]


@pytest.mark.parametrize(
    ("joint", "text"),
    [("space", "the inter- national"), ("keep", "the inter-national"), ("drop", "the international")],
)
def test_join_mends_the_hyphen_as_it_is_told(joint: str, text: str) -> None:
    document = issue(
        ferries(blocks=(Block("para", "the inter-"), Block("para", "national")), markers=(), citations=(), links=())
    )
    (article,) = made(document, "join", at(document, 1), text=joint).articles
    assert texts(article) == [text]


def test_join_reads_the_citation_that_the_break_had_cut() -> None:
    blocks = (Block("para", "They struck (Ardel Wire,"), Block("para", "May 3)."))
    document = issue(ferries(blocks=blocks, markers=(), citations=(), links=()))
    (article,) = made(document, "join", at(document, 1), text="space").articles
    (cited,) = article.citations
    assert (article.blocks[0].text[cited.start : cited.end], cited.iso) == ("Ardel Wire, May 3", "2021-05-03")


def test_split_parts_text_origin_boxes_and_spans() -> None:
    document = issue(ferries(blocks=(replace(ferries().blocks[0], regions=(LEFT, RIGHT)), *ferries().blocks[1:])))
    (article,) = made(document, "split", at(document, 0, FERRY.index("Nobody"))).articles
    one, two = article.blocks[:2]
    assert (one.text, two.text) == (FERRY[:44], "Nobody was hurt.")
    assert (one.origin, two.origin) == ((Origin(0, 100, 44),), (Origin(0, 145, 16),))
    assert one.regions[0] == LEFT
    assert two.regions[-1].bbox[3] == RIGHT.bbox[3]
    assert article.markers == (Marker(1, 0, 41), Marker(2, 4, TOLLS.index("[2]")))
    assert article.citations[0].block == 0


def test_split_and_join_give_the_paragraph_back() -> None:
    document = issue()
    parted = made(document, "split", at(document, 0, FERRY.index("Nobody")))
    assert made(parted, "join", at(parted, 1), text="space") == document


def test_split_at_a_gutter_gives_each_half_its_box() -> None:
    halves = "One two three four five six. " * 4
    document = issue(
        ferries(
            blocks=(Block("para", (halves + halves).strip(), regions=(LEFT, RIGHT)),),
            markers=(),
            citations=(),
            links=(),
        )
    )
    (article,) = made(document, "split", at(document, 0, len(halves))).articles
    assert [block.regions for block in article.blocks] == [(LEFT,), (RIGHT,)]


def test_split_goes_through_no_marker() -> None:
    text = "The ferry left. [12] Nobody came."
    blocks, markers = (Block("para", text),), (Marker(12, 0, text.index("[12]")),)
    document = issue(ferries(blocks=blocks, markers=markers, citations=(), links=()))
    assert corrected(document, [Correction("split", at(document, 0, text.index("2]")))]).lost == (0,)


def test_type_changes_a_block_and_its_level() -> None:
    document = issue()
    (article,) = made(document, "type", at(document, 1), text="heading").articles
    assert article.blocks[1] == Block("heading", "Quay and Toll", level=1)
    (again,) = made(issue(article), "type", at(issue(article), 1), text="para").articles
    assert again.blocks[1] == Block("para", "Quay and Toll")


def test_furniture_leaves_the_text_and_the_numbers_of_notes_are_looked_at_again() -> None:
    document = issue()
    result = made(document, "type", at(document, 3), text="furniture")
    assert texts(result.articles[0]) == [FERRY, "Quay and Toll", "Tomas Quill"]
    assert result.furniture == (TOLLS,)
    assert [(f.code, f.note) for f in result.findings] == [("note_without_marker", 2)]


def test_biography_goes_to_the_others() -> None:
    document = issue()
    (article,) = made(document, "type", at(document, 2), text="bio").articles
    assert article.bio == "Ines Varrow writes on rivers. Tomas Quill"


def test_ornament_without_letters_can_be_left_out() -> None:
    stars = Block("para", "* * *")
    document = issue(
        ferries(blocks=(*ferries().blocks[:1], stars, *ferries().blocks[1:]), markers=(), citations=(), links=())
    )
    once = made(document, "type", at(document, 1), text="furniture")
    assert once.furniture == ("* * *",)
    assert made(once, "type", at(document, 1), text="furniture") == once


def test_one_of_several_running_heads_is_left_out_and_only_once() -> None:
    head = Block("para", "Tidewater Letter")
    blocks = (
        Block("para", "The first page ends here."),
        head,
        Block("para", "The second goes on."),
        head,
        Block("para", "The third."),
    )
    document = issue(ferries(blocks=blocks, markers=(), citations=(), links=()))
    target = at(document, 3)
    once = made(document, "type", target, text="furniture")
    assert texts(once.articles[0]) == [b.text for b in (*blocks[:3], blocks[4])]
    assert made(once, "type", target, text="furniture") == once


def test_title_settles_what_the_contents_said_of_it() -> None:
    toc = (ContentsEntry(3, "The Ferry Strikes"),)
    told = (
        Finding("toc_title_differs", "x", 0),
        Finding("article_not_in_toc", "y", 0),
        Finding("toc_entry_unmatched", 'The contents announce "The Ferry Strikes", which was not found.'),
        Finding("quotes_mixed", "z", 0),
    )
    document = issue(findings=told, toc=toc)
    result = made(document, "title", article_at(document), text="The Ferry Strikes")
    assert [finding.code for finding in result.findings] == ["quotes_mixed"]


def test_findings_go_along_with_their_words() -> None:
    told = Finding("citation_date_form", "x", 0, block=3, start=6, end=10)
    document = issue(findings=(told,))
    result = made(document, "join", at(document, 3), text="space")
    (finding,) = result.findings
    assert finding.block == 2
    assert result.articles[0].blocks[2].text[finding.start : finding.end] == TOLLS[6:10]


def test_title_finds_its_article_when_a_parser_reads_the_title_otherwise() -> None:
    document = issue()
    correction = Correction("title", article_at(document), text="The Strike of the Ferries")
    for other in ("THE FERRY STRIKE", "3 The Ferry Strike (cont.)", "Tidewater"):
        result = corrected(issue(ferries(title=other)), [correction])
        assert (result.lost, result.document.articles[0].title) == ((), "The Strike of the Ferries")


def test_words_read_a_little_otherwise_are_still_found() -> None:
    long = "The ferrymen of Sorrel struck on Monday and nobody crossed the river for a week."
    document = issue(ferries(blocks=(Block("para", long),), markers=(), citations=(), links=()))
    other = issue(
        ferries(blocks=(Block("para", long.replace("Sorrel", "Sorrcl")),), markers=(), citations=(), links=())
    )
    result = corrected(other, [Correction("type", at(document, 0), text="quote")])
    assert result.document.articles[0].blocks[0].type == "quote"


def test_correction_without_a_place_is_named() -> None:
    lost = Correction("type", Target("Words that stand nowhere in this issue at all"), text="quote")
    fine = Correction("kind", article_at(issue()), text="brief")
    result = corrected(issue(), [lost, fine])
    assert (result.lost, result.document.articles[0].kind) == ((0,), "brief")


@pytest.mark.parametrize(
    ("kind", "target", "value"),
    [
        ("paint", {}, {}),
        ("type", {"quote": "x"}, {"text": "poem"}),
        ("join", {"quote": "x"}, {"text": ""}),
        ("title", {"quote": "x"}, {"text": " "}),
        ("kind", {"quote": 3}, {"text": "brief"}),
        ("kind", {"quote": "x", "ordinal": -1}, {"text": "brief"}),
        ("kind", {"quote": "x" * 3000}, {"text": "brief"}),
        ("authors", {"quote": "x"}, {"names": "Ines"}),
        ("authors", [], {}),
    ],
)
def test_data_that_is_no_correction_is_refused(kind: str, target: object, value: object) -> None:
    with pytest.raises(InvalidCorrection):
        from_data(kind, target, value)


def test_correction_comes_back_from_its_data() -> None:
    correction = Correction("begins", at(issue(), 1), text="Quay", names=("Tomas Quill",), is_line=False)
    assert from_data("begins", *to_data(correction)) == correction
