from __future__ import annotations

from itertools import count, islice

from monitor.ingest.apparatus.endnotes import PrintedNote
from monitor.ingest.document import Article, ContentsEntry, Finding, Marker, Note
from monitor.ingest.findings.article_findings import (
    MOST_OF_A_KIND,
    article_findings,
    bounded,
    contents_findings,
    gap,
    numbering_findings,
    shortened,
)
from monitor.ingest.pieces import Piece, PieceLink
from monitor.ingest.structure.articles import build
from monitor.ingest.structure.drafts import Draft
from monitor.ingest.structure.listing import Listing
from monitor.ingest.structure.paragraphs import Paragraph


def found(draft: Draft) -> list[Finding]:
    return list(article_findings(4, build(draft, "article", None), draft))


def draft(*texts: str, notes: tuple[str, ...] = (), **more: object) -> Draft:
    printed = tuple(PrintedNote(n, Piece(text, ()), "[n]") for n, text in enumerate(notes, start=1))
    return Draft("Salt", paragraphs=tuple(Paragraph(Piece(t, ()), "para") for t in texts), notes=printed, **more)  # type: ignore[arg-type]


def numbered(marked: list[int], noted: list[int]) -> list[tuple[str, int | None, str | None]]:
    article = Article(
        "article",
        "Salt",
        notes=tuple(Note(n, "a") for n in noted),
        markers=tuple(Marker(n, 0, 10 * k) for k, n in enumerate(marked)),
    )
    return [(f.code, f.note if f.note is not None else f.start, f.suggestion) for f in numbering_findings(0, article)]


def test_numbering_findings_of_a_whole_run_are_none() -> None:
    assert numbered([1, 2, 3], [1, 2, 3]) == []
    assert numbered([], []) == []


def test_numbering_findings_see_notes_and_markers_without_each_other() -> None:
    assert numbered([1, 4], [1, 2]) == [("note_without_marker", 2, None), ("marker_without_note", 10, None)]


def test_numbering_findings_suggest_the_gap_for_a_marker_printed_twice() -> None:
    assert numbered([1, 2, 2, 4], [1, 2, 3, 4]) == [("note_without_marker", 3, None), ("marker_repeated", 20, "3")]


def test_numbering_findings_suggest_nothing_where_no_gap_fits() -> None:
    assert numbered([1, 2, 1], [1, 2]) == [("marker_repeated", 20, None)]
    assert ("marker_repeated", 10, None) in numbered([1, 1, 5], [1, 2, 3, 5])


def test_numbering_findings_see_notes_out_of_order() -> None:
    assert numbered([1, 2, 3], [1, 3, 2]) == [("notes_not_consecutive", None, None)]
    assert numbered([4, 5], [4, 5]) == []


def test_gap_is_the_one_note_between_the_neighbours() -> None:
    assert gap([1, 2, 2, 4], 2, [1, 2, 3, 4]) == 3
    assert gap([1, 2, 2], 2, [1, 2, 3]) == 3
    assert gap([1, 2, 2, 5], 2, [1, 2, 3, 4, 5]) is None
    assert gap([1, 1], 1, [1]) is None


def test_article_findings_of_a_plain_article_are_none() -> None:
    assert found(draft("It fell. [1]", notes=("The Front is a league.",))) == []


def test_article_findings_report_a_name_that_differs() -> None:
    bio = (Piece("Tomas Adan Ruel is a fellow.", ()),)

    (finding,) = found(draft("It fell.", authors=("Tomas Ruel",), bios=bio))

    assert (finding.code, finding.article, finding.suggestion) == ("author_bio_name_differs", 4, "Tomas Adan Ruel")
    assert found(draft("It fell.", authors=("Tomas Adan Ruel",), bios=bio)) == []
    assert found(draft("It fell.", authors=("Lene Orvik",), bios=bio)) == []


def test_article_findings_report_a_missing_title() -> None:
    assert [finding.code for finding in found(draft("It fell.", named=False))] == ["title_missing"]


def test_article_findings_count_joints() -> None:
    joined = Draft(
        "Salt",
        paragraphs=(Paragraph(Piece("It fell. [5]", ()), "para", 2),),
        notes=(PrintedNote(5, Piece("a.", ()), "[n]", 1),),
    )

    assert [(f.code, f.severity, f.block, f.note) for f in found(joined)] == [
        ("paragraph_rejoined", "info", 0, None),
        ("paragraph_rejoined", "info", 0, None),
        ("note_rejoined", "info", None, 5),
    ]


def test_article_findings_report_open_references_and_odd_labels() -> None:
    notes = (
        PrintedNote(1, Piece("Ibid.", ()), "[n]"),
        PrintedNote(2, Piece("See Quill, May 2020.", ()), "[n]."),
        PrintedNote(3, Piece("The Front is a league.", ()), "[n]"),
    )
    text = Paragraph(Piece("a[1] b[2] c[3]", ()), "para")

    assert [(f.code, f.note) for f in found(Draft("Salt", paragraphs=(text,), notes=notes))] == [
        ("short_form_unresolved", 2),
        ("ibid_unresolved", 1),
        ("note_label_variant", 2),
    ]


def test_article_findings_report_parentheses_that_are_no_citations() -> None:
    read = found(draft("It fell (A, May 3; B).", notes=("It rose (, May 4, 2020).",)))

    assert [(f.code, f.block, f.note, f.start, f.end) for f in read if f.code.startswith("citation")] == [
        ("citation_undated", 0, None, 19, 20),
        ("citation_source_empty", None, 1, 9, 22),
    ]


def test_article_findings_report_links_without_an_address_once() -> None:
    text = Piece("a b c", (), links=(PieceLink(0, 1, "#"), PieceLink(2, 3, ""), PieceLink(4, 5, "https://c.example")))

    (finding,) = found(Draft("Salt", paragraphs=(Paragraph(text, "para"),)))

    assert finding.code == "link_without_target"
    assert finding.message.startswith("2 links")


def test_article_findings_report_mixed_quotes() -> None:
    assert [f.code for f in found(draft("the Front's", "the Union\u2019s"))] == ["quotes_mixed"]
    assert found(draft("the Front's", "the Union's")) == []
    assert found(draft("\u201cthe Front\u201d", "the Union\u2019s")) == []


def test_contents_findings_compare_contents_and_articles() -> None:
    listing = Listing(
        toc=(
            ContentsEntry(1, "Briefs"),
            ContentsEntry(3, "Salt Road"),
            ContentsEntry(5, "Lost"),
            ContentsEntry(7, "Rope"),
        ),
        places=(None, 1, None, 2),
        sections=frozenset({0}),
        kinds=("brief", "article", "article", "article"),
        pages=(1, 3, 7, None),
        unlisted=(3,),
    )
    articles = [
        Article("brief", "A", page_start=1),
        Article("article", "Salt Roads", page_start=3),
        Article("article", "ROPE", page_start=7),
        Article("article", "Tar"),
    ]

    assert [(f.code, f.article, f.suggestion) for f in contents_findings(listing, articles)] == [
        ("toc_title_differs", 1, "Salt Road"),
        ("toc_entry_unmatched", None, None),
        ("article_not_in_toc", 3, None),
        ("page_start_unknown", 3, None),
    ]


def test_contents_findings_are_silent_without_contents() -> None:
    assert (
        list(contents_findings(Listing((), (), frozenset(), ("article",), (None,), ()), [Article("article", "A")]))
        == []
    )


def test_bounded_keeps_so_many_of_a_code_in_an_article() -> None:
    endless = (Finding("a", "x", article=k % 2) for k in count())

    assert len(list(bounded(islice(endless, 10 * MOST_OF_A_KIND)))) == 2 * MOST_OF_A_KIND


def test_shortened_cuts_long_texts() -> None:
    assert shortened("x" * 80) == "x" * 80
    assert shortened("x" * 81) == "x" * 80 + "\u2026"
