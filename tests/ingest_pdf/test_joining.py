"""Lines to text: spaces, hyphens, links and italics at the seams."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.layout.joining import JoinedText, join_lines
from monitor.ingest.layout.lines import Edges, Line
from monitor.ingest.letters.hyphens import Vocabulary, at_line_end, vocabulary
from monitor.ingest.pdf.words import NO_LINK, Word, joined
from monitor.ingest.pieces import PieceJump, PieceLink, Style, Superscript

NOTHING = vocabulary([])


def line(*words: str, links: dict[int, int] | None = None, italic: tuple[int, ...] = ()) -> Line:
    """Return a line of words; one that begins with "+" is glued to the one before."""
    made = tuple(
        Word(
            text.removeprefix("+"),
            0,
            1,
            0,
            1,
            1,
            10,
            "Serif-Italic" if at in italic else "Serif",
            glued=text.startswith("+"),
            link=(links or {}).get(at, NO_LINK),
        )
        for at, text in enumerate(words)
    )
    return Line(made, 1, 0, Edges(0, 100), joined(made), Style(10), 0, 1, 0, 1, 1)


def text_of(*lines: Line, known: Vocabulary = NOTHING) -> str:
    return join_lines(lines, {1: ("https://example.org/0", "https://example.org/1")}, known).text


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("the", "truce", "the truce"),
        ("demobil-", "isation", "demobilisation"),
        ("demobil\u00ad", "isation", "demobilisation"),
        ("demobil\u2010", "isation", "demobilisation"),
        ("Anglo-", "Irish", "Anglo-Irish"),
        ("CNDD-", "FDD", "CNDD-FDD"),
        ("12-", "year", "12-year"),
        ("1989-", "1992", "1989-1992"),
        ("out-of-", "date", "out-of-date"),
        ("https://example.org/", "issues", "https://example.org/issues"),
        ("war\u2014", "and", "war\u2014and"),
        ("war \u2013", "and", "war \u2013 and"),
        ("pages 145\u2013", "159", "pages 145\u2013159"),
        ("https:", "//example.org/a", "https://example.org/a"),
        ("pre-", "and post-war", "pre- and post-war"),
        ("rapid-reac-", "tion", "rapid-reaction"),
        ("-", "and", "- and"),
    ],
)
def test_line_ends(first: str, second: str, expected: str) -> None:
    assert text_of(line(*first.split()), line(*second.split())) == expected


def test_the_issues_own_words_decide_first() -> None:
    with_hyphen = vocabulary(["a lock-keeper came", "the lock-keeper left"])
    without = vocabulary(["a lockkeeper came"])
    assert text_of(line("lock-"), line("keeper"), known=with_hyphen) == "lock-keeper"
    assert text_of(line("lock-"), line("keeper"), known=without) == "lockkeeper"
    assert join_lines([line("lock-"), line("keeper")], {}, without).guesses == ()


def test_only_patterns_are_called_a_guess() -> None:
    assert join_lines([line("cerro-"), line("ganite")], {}, NOTHING).guesses == ("cerro-ganite",)
    assert join_lines([line("demobil-"), line("isation")], {}, NOTHING).guesses == ()


@pytest.mark.parametrize(
    ("before", "after", "lines", "decision"),
    [
        ("al-", "Jazeera", ["aljazeera.com said", "aljazeera.com again"], "keep"),
        ("Al-", "Qaeda", ["alqaeda"], "keep"),
        ("DEMOBIL-", "ISATION", ["the demobilisation"], "drop"),
        ("CNDD-", "FDD", ["cndd and fdd"], "keep"),
        ("Counter-", "Terrorism", ["counterterrorism"], "keep"),
        ("co-", "operation", ["their co-operation", "a cooperation"], "drop"),
        ("co-", "operation", ["their co-operation", "co-operation", "a cooperation"], "keep"),
        ("state-of-the-", "art", ["the start"], "keep"),
        ("2021-", "22", [], "keep"),
        ("in-", "form", ["they form in the hall"], "drop"),
        ("man-", "power", ["man and power"], "drop"),
        ("x-", "ray", ["x and ray"], "guessed_keep"),
    ],
)
def test_names_and_compounds_keep_their_hyphens(before: str, after: str, lines: list[str], decision: str) -> None:
    assert at_line_end(before, after, vocabulary(lines)) == decision


def test_an_outlet_broken_at_its_hyphen_is_not_spelt_like_its_address() -> None:
    known = vocabulary(["see aljazeera.com and", "aljazeera.net for more"])
    assert text_of(line("said", "al-"), line("Jazeera,", "May", "3"), known=known) == "said al-Jazeera, May 3"


def test_a_word_drawn_in_parts_is_mended_as_one() -> None:
    assert text_of(line("demobil-"), line("isa", "+tion", "went")) == "demobilisation went"


def test_a_link_over_a_line_end_is_one() -> None:
    first = line("see", "the", "full", links={1: 0, 2: 0})
    second = line("regis-", "now", links={0: 1})
    third = line("list", "here", links={0: 0})
    found = join_lines([first, third], {1: ("https://example.org/0", "https://example.org/1")}, NOTHING)
    assert found.links == (PieceLink(4, 17, "https://example.org/0"),)
    assert found.text[4:17] == "the full list"
    apart = join_lines([first, second], {1: ("https://example.org/0", "https://example.org/1")}, NOTHING)
    assert [link.url[-1] for link in apart.links] == ["0", "1"]


@pytest.mark.parametrize(
    ("first", "linked", "texts"),
    [
        (["the", "law", "(", "+The"], (1, 2), ["The Mail"]),
        (["the", "law", "(", "+The", "Old"], (1, 2), ["The Old Mail"]),
        (["the", "law", "(", "+Sun,", "May"], (1, 2), ["law (", "Mail"]),
        (["the", "Mail", "The"], (1,), ["Mail", "Mail"]),
    ],
)
def test_a_link_that_misses_the_end_of_its_line_goes_on_in_the_next(
    first: list[str], linked: tuple[int, ...], texts: list[str]
) -> None:
    lines = [line(*first, links=dict.fromkeys(linked, 0)), line("Mail,", "May", "3).", links={0: 0})]
    found = join_lines(lines, {1: ("https://example.org/0",)}, NOTHING)
    assert [found.text[link.start : link.end] for link in found.links] == texts


def test_a_link_that_loses_its_hyphen_ends_where_the_word_ends() -> None:
    first, second = line("the", "demobil-", links={1: 0}), line("isation", "plan", links={0: 0})
    found = join_lines([first, second], {1: ("https://example.org/0",)}, NOTHING)
    assert [found.text[link.start : link.end] for link in found.links] == ["demobilisation"]


def test_italics_go_over_blanks_and_line_ends() -> None:
    found = join_lines([line("in", "The", "Delta", italic=(1, 2)), line("Post", "today", italic=(0,))], {}, NOTHING)
    assert [found.text[start:end] for start, end in found.italics] == ["The Delta Post"]


@pytest.mark.parametrize(
    ("words", "linked", "text"),
    [
        (["(Dawn,", "May", "3)"], (0,), "Dawn"),
        (["see", "t", "(Kestrel", "News", "x"], (1, 2, 3), "Kestrel News"),
        (["in", "Le", "Monde", "(Paris),", "May"], (1, 2, 3), "Le Monde (Paris)"),
        (["by", ";", "Reuters", "x"], (1, 2), "Reuters"),
        (["May", "2021;", "La", "Gaceta,", "x"], (1, 2, 3), "La Gaceta"),
        (["a", "...", "b"], (1,), "..."),
    ],
)
def test_a_link_leaves_its_neighbours_what_its_rectangle_took(
    words: list[str], linked: tuple[int, ...], text: str
) -> None:
    found = join_lines([line(*words, links=dict.fromkeys(linked, 0))], {1: ("https://example.org/0",)}, NOTHING)
    assert [found.text[link.start : link.end] for link in found.links] == [text]


def test_raised_numbers_are_named_as_they_stand() -> None:
    marker = line("held.", "+7,8", "and", "10⁶", "coins", links={2: 0})
    words = tuple(word._replace(marker=word.text == "7,8") for word in marker.words)
    found = join_lines([replace(marker, words=words)], {1: (4,)}, NOTHING)
    assert found.text == "held.[7][8] and 10⁶ coins"
    assert found.superscripts == (Superscript(5, 8, "7"), Superscript(8, 11, "8"), Superscript(18, 19, "6"))
    assert (found.links, found.jumps) == ((), (PieceJump(12, 15, 4),))


def test_composing_moves_the_spans_along() -> None:
    found = join_lines([line("Ze\u0301 saw", "Dawn", "e\u0301", links={1: 0})], {1: ("u",)}, NOTHING)
    assert found == JoinedText("Zé saw Dawn é", (PieceLink(7, 11, "u"),))


WORDS = st.lists(st.text(alphabet="ab-\u00ad\u2010é/\u2014[1", min_size=1, max_size=6), min_size=1, max_size=5)


@given(st.lists(st.builds(lambda words: line(*words), WORDS), max_size=6))
def test_spans_lie_in_order_inside_the_text(lines: list[Line]) -> None:
    linked = [replace(one, words=tuple(w._replace(link=n % 2) for n, w in enumerate(one.words))) for one in lines]
    found = join_lines(linked, {1: ("u", "v")}, NOTHING)
    places = [place for link in found.links for place in (link.start, link.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(found.text) for place in places)
    assert "\u00ad" not in found.text
    assert "  " not in found.text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("held", "(", "Dawn", ",", "May", "3)")], "held (Dawn, May 3)"),
        ([("held", "("), ("Dawn,", "May", "3)")], "held (Dawn, May 3)"),
        ([("Dawn",), (",", "May", "3")], "Dawn, May 3"),
        ([("held", "[", "3", "]")], "held [3 ]"),
        ([("held", ".", "So")], "held . So"),
    ],
)
def test_no_blank_stands_behind_a_bracket_or_before_a_comma(lines: list[tuple[str, ...]], expected: str) -> None:
    assert text_of(*(line(*words) for words in lines)) == expected
