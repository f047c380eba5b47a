from __future__ import annotations

import pytest

from monitor.ingest.document import Origin
from monitor.ingest.pieces import PieceLink
from monitor.ingest.text_file.inline import Resolved, resolved
from monitor.ingest.text_file.splicing import Traced


def read(text: str, labels: dict[str, int] | None = None) -> Resolved:
    return resolved(Traced(text, (Origin(0, 100, len(text)),)), labels or {})


def links(text: str) -> list[tuple[str, str]]:
    found = read(text)
    return [(found.traced.text[link.start : link.end], link.url) for link in found.links]


@pytest.mark.parametrize(
    ("text", "shown", "found"),
    [
        ("see [Dawn](#), May 3", "see Dawn, May 3", [("Dawn", "#")]),
        ("[Dawn](https://dawn.example/a)", "Dawn", [("Dawn", "https://dawn.example/a")]),
        ("[Dawn]()", "Dawn", [("Dawn", "")]),
        ("[Dawn](<https://dawn.example>)", "Dawn", [("Dawn", "https://dawn.example")]),
        ('[Dawn](https://dawn.example "The Daily")', "Dawn", [("Dawn", "https://dawn.example")]),
        ("[Lake](https://w.example/Lake_(Velmara))", "Lake", [("Lake", "https://w.example/Lake_(Velmara)")]),
        ("[a [b] c](u)", "a [b] c", [("a [b] c", "u")]),
        ("([Dawn](#), May 3; [Post](#), May 4)", "(Dawn, May 3; Post, May 4)", [("Dawn", "#"), ("Post", "#")]),
        ("![map](map.png)", "map", [("map", "map.png")]),
        ("[*Dawn*](#)", "Dawn", [("Dawn", "#")]),
        ("*[Dawn](#)*", "Dawn", [("Dawn", "#")]),
        ("<https://a.example/x>", "https://a.example/x", [("https://a.example/x", "https://a.example/x")]),
        ("[](#)", "", []),
        ("[a](b", "[a](b", []),
        ("a](b)", "a](b)", []),
        ("[a] (b)", "[a] (b)", []),
        ("[1]", "[1]", []),
        ("[1](#fn1)", "[1]", []),
        ("[Dawn](with space)", "[Dawn](with space)", []),
    ],
)
def test_resolved_reads_links(text: str, shown: str, found: list[tuple[str, str]]) -> None:
    assert read(text).traced.text == shown
    assert links(text) == found


@pytest.mark.parametrize(
    ("text", "shown", "italics"),
    [
        ("in *Endurance*, Vol. 3", "in Endurance, Vol. 3", ["Endurance"]),
        ("in _Endurance_, Vol. 3", "in Endurance, Vol. 3", ["Endurance"]),
        ("**bold**", "bold", []),
        ("***both***", "both", ["both"]),
        ("**a *b* c**", "a b c", ["b"]),
        ("*a **b** c*", "a b c", ["a b c"]),
        ("5 * 3 * 2", "5 * 3 * 2", []),
        ("5*3*2", "5*3*2", []),
        ("snake_case_word", "snake_case_word", []),
        ("@abd_sayyed and @ihsan_tipu", "@abd_sayyed and @ihsan_tipu", []),
        ("* note", "* note", []),
        ("*open", "*open", []),
        ("close*", "close*", []),
        ("**a*", "**a*", []),
        ("**", "**", []),
        ("*Survival*'s", "Survival's", ["Survival"]),
        ("****", "****", []),
    ],
)
def test_resolved_reads_emphasis(text: str, shown: str, italics: list[str]) -> None:
    found = read(text)

    assert found.traced.text == shown
    assert [found.traced.text[start:end] for start, end in found.italics] == italics


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\\$40", "$40"),
        ("\\*not italic\\*", "*not italic*"),
        ("\\[1\\]", "[1]"),
        ("a \\\\ b", "a \\ b"),
        ("C:\\Users", "C:\\Users"),
        ("end\\", "end\\"),
    ],
)
def test_resolved_undoes_escapes(text: str, shown: str) -> None:
    assert read(text).traced.text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fell.[^1]", "fell.[1]"),
        ("fell.[^salt]", "fell.[7]"),
        ("fell.[^12]", "fell.[12]"),
        ("fell<sup>3</sup>.", "fell[3]."),
        ("fell<sup>[3]</sup>.", "fell[3]."),
        ("x<sup>th</sup>", "xth"),
    ],
)
def test_resolved_brackets_references_to_notes(text: str, shown: str) -> None:
    assert read(text, {"salt": 7}).traced.text == shown


def test_resolved_keeps_the_origin_of_every_letter() -> None:
    text = "a [b](#) \\$c *d*[^1]"

    found = read(text)

    assert found.traced.text == "a b $c d[1]"
    assert found.links == (PieceLink(2, 3, "#"),)
    assert found.traced.origin == (
        Origin(0, 100, 2),
        Origin(2, 103, 1),
        Origin(3, 108, 1),
        Origin(4, 110, 3),
        Origin(7, 114, 1),
        Origin(8, 116, 1),
        Origin(9, 118, 2),
    )


def test_resolved_returns_plain_text_as_it_is() -> None:
    traced = Traced("nothing to see (here), 5 - 3", (Origin(0, 0, 28),))

    assert resolved(traced, {}) == Resolved(traced)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the 5<sup>th</sup> <em>gate</em>", "the 5th gate"),
        ('<span class="x">gate</span>', "gate"),
        ("gate <sup>[2](#fn2)</sup>", "gate [2]"),
        ("<script>gate</script>", "<script>gate</script>"),
        ("a <b", "a <b"),
        ("caf&eacute; &#8217;n&#x2019; &amp; more", "caf\u00e9 \u2019n\u2019 & more"),
        ("salt&nbsp;road, salt &nbsp;road", "salt road, salt road"),
        ("AT&T; &nothing; &#0; &ampere", "AT&T; &nothing; &#0; &ampere"),
    ],
)
def test_resolved_reads_the_simple_signs_of_web_pages(text: str, shown: str) -> None:
    assert read(text).traced.text == shown


def test_resolved_knows_where_a_named_character_came_from() -> None:
    assert read("a&eacute;b").traced.origin == (Origin(0, 100, 2), Origin(2, 109, 1))


def test_resolved_knows_where_a_raised_number_came_from() -> None:
    found = read("gate<sup> 12 </sup>.")

    assert found.traced.text == "gate[12]."
    assert found.traced.origin == (Origin(0, 100, 5), Origin(5, 110, 3), Origin(8, 119, 1))
