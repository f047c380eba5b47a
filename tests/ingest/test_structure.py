from __future__ import annotations

import pytest

from monitor.ingest.document import Finding, IssueDocument, Region
from monitor.ingest.periodicals import DEFAULT, Profile
from monitor.ingest.pieces import PageFacts, Piece, PieceLink, Style
from monitor.ingest.refusals import Refusal
from monitor.ingest.structure.issue import UNKNOWN, issue_from_pieces
from tests.ingest.invented_issue import codes, texts

BODY, HEAD, TITLE, NAME = Style(10.0), Style(10.0, bold=True), Style(16.0, bold=True), Style(24.0, bold=True)
LONG = "The tale of the salt war begins here, on the quay of Lorr, with a fire in the grain hall of the town. [1]"


def set_piece(text: str, style: Style = BODY, page: int = 1, **more: object) -> Piece:
    return Piece(text, (text,), style=style, regions=(Region(page, (0.0, 0.0, 9.0, 9.0)),), **more)  # type: ignore[arg-type]


def read(*pieces: Piece, pages: PageFacts | None = None, profile: Profile = DEFAULT) -> IssueDocument:
    return issue_from_pieces(pieces, profile=profile, pages=pages or PageFacts())


def typeset() -> list[Piece]:
    """Return an issue as a layout would hand it over: sizes, columns, asides, furniture already taken out."""
    return [
        set_piece("The Tesk Observer", NAME),
        set_piece("Volume IX | Issue 2", BODY),
        set_piece("Salt Roads", TITLE),
        set_piece("LENE ORVIK", BODY),
        set_piece(LONG),
        set_piece("The Price", HEAD),
        set_piece("It was paid in rope and in the", page=1),
        set_piece("A map of the quay", BODY, aside="caption"),
        set_piece("end in blood.", page=2, continues=True),
        set_piece("Lene Orvik is a fellow of Quay House.", page=2),
        set_piece("Notes", HEAD, page=2),
        set_piece("[1] The quay burned in 2029.", page=2),
        set_piece("Rope Walks", TITLE, page=2),
        set_piece("Dora Heesen", BODY, page=2),
        set_piece(LONG.replace("[1]", "[2]"), page=2),
        set_piece("2. The hall burned in 2030.", page=2, aside="footnote"),
        set_piece("p.1", aside="contents"),
        Piece("Salt Roads Lene Orvik", ("Salt Roads", "Lene Orvik"), aside="contents"),
        set_piece("p.2", aside="contents"),
        Piece("Rope Walks Dora Heesen", ("Rope Walks", "Dora Heesen"), aside="contents"),
    ]


def test_issue_from_pieces_reads_a_typeset_issue() -> None:
    document = read(*typeset())

    salt, rope = document.articles
    assert (document.issue.publication, document.issue.volume, document.issue.number) == ("The Tesk Observer", "IX", 2)
    assert [(entry.page, entry.title, entry.authors) for entry in document.toc] == [
        (1, "Salt Roads", ("Lene Orvik",)),
        (2, "Rope Walks", ("Dora Heesen",)),
    ]
    assert (salt.authors, rope.authors) == (("Lene Orvik",), ("Dora Heesen",))
    assert [(block.type, block.text) for block in salt.blocks] == [
        ("para", LONG),
        ("heading", "The Price"),
        ("para", "It was paid in rope and in the end in blood."),
        ("caption", "A map of the quay"),
    ]
    assert [(note.n, note.text) for note in salt.notes] == [(1, "The quay burned in 2029.")]
    assert [(note.n, note.text) for note in rope.notes] == [(2, "The hall burned in 2030.")]
    assert salt.bio == "Lene Orvik is a fellow of Quay House."


def test_issue_from_pieces_keeps_the_places_of_a_paragraph_on_two_pages() -> None:
    (block,) = [block for block in read(*typeset()).articles[0].blocks if "rope" in block.text]

    assert [region.page for region in block.regions] == [1, 2]
    assert block.lines is None
    assert block.origin == ()


def test_issue_from_pieces_takes_the_page_of_a_title_and_its_printed_number() -> None:
    plain = read(*typeset())
    numbered = read(*typeset(), pages=PageFacts(count=2, sizes=((612.0, 792.0),) * 2, printed={1: 41, 2: 42}))

    assert [article.page_start for article in plain.articles] == [1, 2]
    assert [article.page_start for article in numbered.articles] == [41, 42]
    assert (numbered.issue.pages, numbered.issue.page_sizes) == (2, ((612.0, 792.0),) * 2)


def test_issue_from_pieces_reads_what_only_running_heads_say() -> None:
    pages = PageFacts(furniture=("The Tesk Observer | May 3, 2031 | 4", "12"))

    document = read(*typeset(), pages=pages)

    assert (document.issue.date, document.issue.date_basis) == ("2031-05-03", "printed")
    assert document.furniture == (*pages.furniture, "Volume IX | Issue 2")


def test_issue_from_pieces_makes_no_head_of_a_short_line_set_as_text() -> None:
    pieces = [set_piece("Salt Roads", TITLE), set_piece("By Lene Orvik"), set_piece("A town"), set_piece(LONG)]

    (article,) = read(*pieces).articles

    assert texts(article, "heading") == []


def test_issue_from_pieces_passes_findings_of_the_reader_on() -> None:
    finding = Finding("page_unreadable", "Page 3 could not be read.", severity="error")

    document = issue_from_pieces(typeset(), profile=DEFAULT, findings=[finding])

    assert document.findings[0] == finding


def test_issue_from_pieces_names_a_periodical_that_nothing_names() -> None:
    document = read(set_piece("Salt Roads", TITLE), set_piece("By Lene Orvik"), set_piece(LONG))

    assert document.issue.publication == UNKNOWN
    assert codes(document, "masthead_missing") == [(None, None, None)]


def test_issue_from_pieces_refuses_pieces_without_a_letter() -> None:
    with pytest.raises(Refusal) as caught:
        read(set_piece("---"), set_piece("* * *"))

    assert caught.value.code == "no_text"


def test_issue_from_pieces_refuses_an_entered_date_that_is_none() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        issue_from_pieces(typeset(), profile=DEFAULT, issue_date="soon")


def test_issue_from_pieces_gives_a_page_a_title_with_links() -> None:
    linked = Piece("It fell (Daily, May 3, 2020).", (), links=(PieceLink(9, 14, "https://daily.example"),), style=BODY)

    (article,) = read(set_piece("Salt Roads", TITLE), set_piece("By Lene Orvik"), linked).articles

    assert [(c.url, c.linked) for c in article.citations] == [("https://daily.example", True)]
    assert [(link.text, link.url) for link in article.links] == [("Daily", "https://daily.example")]


def test_issue_from_pieces_suggests_the_day_that_the_rhythm_of_the_periodical_asks_for() -> None:
    profile = Profile(name="The Tesk Observer", first_year=2023, every_days=14)
    text = "It fell (Daily, January 25, 2031; The Tesk Observer, January 17, 2031; Post, February 5)."
    pieces = [
        set_piece("The Tesk Observer", NAME),
        set_piece("Salt", TITLE),
        set_piece("By Lene Orvik"),
        set_piece(text),
    ]

    document = read(*pieces, profile=profile)

    assert document.issue.date_range == ("2031-02-05", "2031-02-28")
    assert codes(document, "issue_date_inferred") == [(None, None, "2031-02-14")]
