from __future__ import annotations

from monitor.ingest.apparatus.endnotes import PrintedNote
from monitor.ingest.document import Article, Link, Marker
from monitor.ingest.pieces import Piece, PieceLink
from monitor.ingest.structure.articles import build, target
from monitor.ingest.structure.drafts import Draft
from monitor.ingest.structure.paragraphs import Paragraph, Role


def para(text: str, role: Role = "para", **more: object) -> Paragraph:
    return Paragraph(Piece(text, (), **more), role)  # type: ignore[arg-type]


def note(n: int, text: str) -> PrintedNote:
    return PrintedNote(n, Piece(text, ()), "[n]")


def built(*paragraphs: Paragraph, notes: tuple[PrintedNote, ...] = (), level: int = 0) -> Article:
    return build(Draft("Salt", ("A B",), paragraphs, notes, title_level=level), "article", 3).article


def test_build_makes_blocks_of_every_type() -> None:
    article = built(
        para("It fell."),
        para("The Price", "heading"),
        para("A map", "aside", aside="caption"),
        para("an item", "aside", aside="list"),
        para("a b", "aside", aside="table", cells=(("a", "b"),)),
        para("unknown", "aside", aside="marginal"),
    )

    assert [(block.type, block.level) for block in article.blocks] == [
        ("para", None),
        ("heading", 1),
        ("caption", None),
        ("list", None),
        ("table", None),
        ("para", None),
    ]
    assert article.blocks[4].rows == (("a", "b"),)
    assert (article.kind, article.page_start, article.title, article.authors) == ("article", 3, "Salt", ("A B",))


def test_build_counts_ranks_from_the_title() -> None:
    article = built(
        para("A", "heading", level=3), para("B", "heading", level=4), para("C", "heading", level=7), level=2
    )

    assert [block.level for block in article.blocks] == [1, 2, 1]


def test_build_finds_markers_in_every_block_but_tables() -> None:
    article = built(
        para("It fell. [1] It rose.[12]"),
        para("A Head [3]", "heading"),
        para("[4]", "aside", aside="table"),
        para("[2022] [0001]"),
    )

    assert article.markers == (Marker(1, 0, 9), Marker(12, 0, 21), Marker(3, 1, 7))


def test_build_brackets_raised_digits_that_lead_to_notes() -> None:
    article = built(
        para("It fell.\u00b9\u00b2 In 3 km\u00b2, on 5 m\u00b2 and x\u00b2."), notes=(note(12, "a."), note(2, "b."))
    )

    assert article.blocks[0].text == "It fell.[12] In 3 km\u00b2, on 5 m\u00b2 and x[2]."
    assert [marker.n for marker in article.markers] == [12, 2]


def test_build_leaves_raised_digits_without_a_note() -> None:
    assert built(para("It fell.\u00b9")).blocks[0].text == "It fell.\u00b9"


def test_build_reads_citations_of_blocks_and_notes_with_their_links() -> None:
    text = "It fell (Daily, May 3; Post, May 4, 2020)."
    article = built(
        para(text, links=(PieceLink(9, 14, "#"), PieceLink(23, 27, "https://post.example"))),
        notes=(note(1, "It rose (Post, June 2020)."),),
    )

    assert [(c.where, c.block, c.note, c.source, c.date, c.iso) for c in article.citations] == [
        ("body", 0, None, "Daily", "May 3", None),
        ("body", 0, None, "Post", "May 4, 2020", "2020-05-04"),
        ("note", None, 0, "Post", "June 2020", "2020-06"),
    ]
    assert [(c.linked, c.url, c.inferred) for c in article.citations] == [
        (True, None, True),
        (True, "https://post.example", False),
        (False, None, False),
    ]


def test_build_lists_every_printed_link() -> None:
    linked = PrintedNote(1, Piece("Daily", (), links=(PieceLink(0, 5, "mailto:a@b.example"),)), "[n]")
    article = built(para("see it", links=(PieceLink(0, 3, "#"),)), notes=(linked,))

    assert article.links == (
        Link("see", None, 0, 3, block=0),
        Link("Daily", "mailto:a@b.example", 0, 5, note=0),
    )


def test_build_joins_biographies() -> None:
    draft = Draft("Salt", bios=(Piece("A is.", ()), Piece("B is.", ())))

    assert build(draft, "brief", None).article.bio == "A is. B is."
    assert built().bio is None


def test_build_reports_what_was_odd() -> None:
    notes = (
        PrintedNote(1, Piece("Ibid.", ()), "[n]"),
        PrintedNote(2, Piece("See Quill, May 2020.", ()), "[n]"),
        PrintedNote(3, Piece("a.", ()), "[n].", joined=1),
    )
    draft = Draft("Salt", paragraphs=(Paragraph(Piece("It fell (A, May 3 2020; B).", ()), "para", 2),), notes=notes)

    odd = build(draft, "article", None).oddities

    assert [(k, o.code) for k, o in odd.in_blocks] == [(0, "citation_undated")]
    assert (odd.ibid_open, odd.short_open) == ((0,), (1,))
    assert (odd.joined_blocks, odd.joined_notes) == (((0, 2),), ((2, 1),))
    assert odd.label_variants == ((2, "[n]."),)


def test_target_is_none_for_an_empty_one() -> None:
    assert [target(url) for url in ("", "#", "#a", "https://a.example")] == [None, None, "#a", "https://a.example"]
