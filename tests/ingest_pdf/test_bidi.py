"""Lines with Arabic and Hebrew: from the places on the page to the order of reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.pdf.bidi import clusters, directions, has_rtl, reading_order
from monitor.ingest.pdf.printed_page import Glyph
from monitor.ingest.pdf.words import Word, joined, rows_of


def words(visual: str) -> list[Word]:
    """Return the words of a line whose letters stand on the page as in `visual`, from left to right."""
    made, x = [], 0.0
    for text in visual.split(" "):
        made.append(Word(text, x, x + len(text), 0, 1, 1, 10, "F"))
        x += len(text) + 1
    return made


def flipped(text: str) -> str:
    """Return how a run from right to left stands on the page."""
    return "".join(reversed(clusters(text)))


ISLAMIC_STATE = "الدولة الإسلامية"
PARTY = "حزب"
SHALOM = "שלום"


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        (f"known as {flipped(PARTY)} since", f"known as {PARTY} since"),
        (f"the {flipped(ISLAMIC_STATE)} (ISIS) group", f"the {ISLAMIC_STATE} (ISIS) group"),
        (f"the group ({flipped(PARTY)}) met", f"the group ({PARTY}) met"),
        (f"in 2021 {flipped(PARTY)} met", f"in 2021 {PARTY} met"),
        (f"met {flipped(SHALOM)}, {flipped(PARTY)} and", f"met {PARTY} ,{SHALOM} and"),
        (f"{flipped(PARTY)} in May and {flipped(SHALOM)} now.", f"{PARTY} in May and {SHALOM} now."),
        (flipped(PARTY), PARTY),
        (f".2021 {flipped(ISLAMIC_STATE)}", f"{ISLAMIC_STATE} 2021."),
        (f".Al-Qaeda {flipped(ISLAMIC_STATE)}", f"{ISLAMIC_STATE} Al-Qaeda."),
        (f"{flipped(PARTY)} 12/5/2021 {flipped(PARTY)}", f"{PARTY} 12/5/2021 {PARTY}"),
        (f"{flipped(PARTY)} 50% {flipped(PARTY)}", f"{PARTY} 50% {PARTY}"),
        (f"{flipped(PARTY)} 3.5 {flipped(PARTY)}", f"{PARTY} 3.5 {PARTY}"),
        (f"{flipped(PARTY)} ١٢٣ {flipped(PARTY)}", f"{PARTY} ١٢٣ {PARTY}"),
        (f"{flipped(PARTY)} (Dawn) {flipped(ISLAMIC_STATE)}", f"{ISLAMIC_STATE} (Dawn) {PARTY}"),
        (f"{flipped(PARTY)} )Dawn( {flipped(ISLAMIC_STATE)}", f"{ISLAMIC_STATE} (Dawn) {PARTY}"),
        (f"({flipped(PARTY)}) {flipped(SHALOM)}", f"{SHALOM} ({PARTY})"),
        (f"){flipped(PARTY)}( {flipped(SHALOM)}", f"{SHALOM} ({PARTY})"),
        ("no such letters (at all)", "no such letters (at all)"),
    ],
)
def test_a_line_is_read_in_its_order(visual: str, logical: str) -> None:
    assert joined(reading_order(words(visual))) == logical


def test_letters_keep_their_marks() -> None:
    name = "مُحَمَّد"
    assert joined(reading_order(words(f"as {flipped(name)} said"))) == f"as {name} said"


def test_a_marker_stays_behind_its_word() -> None:
    state = ISLAMIC_STATE[:6]
    line = [
        Word("12", 0, 1, 0, 1, 1, 6, "F", marker=True),
        Word(flipped(PARTY), 1, 4, 0, 1, 1, 10, "F", glued=True),
        Word(flipped(state), 5, 9, 0, 1, 1, 10, "F"),
    ]
    assert joined(reading_order(line)) == f"{state} {PARTY}[12]"


def test_a_line_that_could_be_either_goes_with_its_neighbours() -> None:
    mixed = words(f"Dawn News {flipped(ISLAMIC_STATE)} {flipped(PARTY)}")
    english, arabic = words("the truce held."), words(flipped(ISLAMIC_STATE))
    assert directions([english, mixed, english]) == ["L", "L", "L"]
    assert directions([arabic, mixed, arabic]) == ["R", "R", "R"]
    assert directions([arabic, mixed, english]) == ["R", None, "L"]
    assert directions([english, english]) == [None, None]
    assert joined(reading_order(mixed, "R")) == f"{PARTY} {ISLAMIC_STATE} Dawn News"
    assert joined(reading_order(mixed, "L")) == f"Dawn News {PARTY} {ISLAMIC_STATE}"


def glyph(text: str, x: float, width: float = 5) -> Glyph:
    return Glyph(text, x, x + width, 92, 102, 100, 10, "F")


def test_the_order_of_drawing_says_nothing() -> None:
    letters = [glyph(letter, 50 + 5 * at) for at, letter in enumerate(flipped(PARTY))]
    (one,), (other,) = rows_of(letters), rows_of(letters[::-1])
    assert one.text == other.text == PARTY


def test_a_ligature_has_its_letters_in_reading_order() -> None:
    letters = [glyph("م", 50), glyph("لا", 55), glyph("س", 60)]
    assert [row.text for row in rows_of(letters)] == ["سلام"]


@pytest.mark.parametrize(
    ("text", "found"), [("abc", False), ("é", False), ("a ش", True), ("ש", True), ("\u0661", True)]
)
def test_scripts_are_known_by_their_letters(text: str, *, found: bool) -> None:
    assert has_rtl(text) is found


ALPHABET = st.text(alphabet="ab1٣(): .,שלم\u0651é-%", min_size=1, max_size=8).filter(lambda t: t.strip() == t and t)


@given(st.lists(ALPHABET.filter(lambda t: " " not in t), min_size=1, max_size=8), st.sampled_from(["L", "R", None]))
def test_no_letter_is_lost_or_made_up(texts: list[str], direction: str | None) -> None:
    line = [Word(text, 10.0 * at, 10.0 * at + 5, 0, 1, 1, 10, "F") for at, text in enumerate(texts)]
    found = reading_order(line, direction)  # type: ignore[arg-type]
    brackets = str.maketrans("()", "||")
    before, after = "".join(texts).translate(brackets), "".join(word.text for word in found).translate(brackets)
    assert sorted(before) == sorted(after)
    assert joined(found).count(" ") == joined(line).count(" ")
