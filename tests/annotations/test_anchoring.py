from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from monitor.annotations.anchoring import (
    Anchor,
    Folded,
    Place,
    Position,
    Quote,
    Revision,
    Selector,
    UnusableText,
    anchor,
    same_words,
)
from monitor.annotations.anchoring.cases import Anchoring, Case, read_cases

CASES = Path(__file__).with_name("anchoring_cases.json")
DOCUMENT = json.loads(CASES.read_text(encoding="utf-8"))


def cases() -> list[Case]:
    with CASES.open(encoding="utf-8") as file:
        return list(read_cases(file.read))


@pytest.mark.parametrize("number", range(len(DOCUMENT["cases"])), ids=[case["id"] for case in DOCUMENT["cases"]])
def test_anchor_case(number: int) -> None:
    case = cases()[number]
    outcome = Anchoring().outcome(case)
    expected = DOCUMENT["cases"][number]["expect"]
    assert (outcome["status"], outcome["start"], outcome["end"]) == (
        expected["status"],
        expected.get("start"),
        expected.get("end"),
    )


def test_anchor_cases_hold_every_state_and_form() -> None:
    given = DOCUMENT["cases"]
    assert len({case["id"] for case in given}) == len(given)
    assert {case["expect"]["status"] for case in given} == {"exact", "fuzzy", "orphan"}
    assert {case["unit"] for case in given} == {"code_point", "utf16"}
    assert {tuple(sorted(case["selector"])) for case in given} == {("position", "quote"), ("quote",), ("position",)}


def placed(exact: str, new: str, *, old: str | None = None, at: int | None = None, **context: str) -> Anchor:
    position = None if at is None else Position(at, at + len(exact))
    return anchor(
        Selector(Quote(exact, **context), position), Revision(Folded(new), None if old is None else Folded(old))
    )


def test_anchor_quote_alone_in_several_places_is_flagged_with_the_others() -> None:
    found = placed("Kech", "Kech fell, Kech rose, Kech fell.")
    assert found == Anchor("exact", 0, 4, 1.0, choices=(Place(11, 15, 1.0), Place(22, 26, 1.0)))
    assert found.ambiguous


def test_anchor_quote_with_context_in_several_places_is_not_ambiguous() -> None:
    found = placed("Kech", "Kech fell, Kech rose, Kech fell.", prefix="fell, ", suffix=" rose, ")
    assert found == Anchor("exact", 11, 15, 1.0)
    assert not found.ambiguous


def test_anchor_orphan_names_the_likest_place() -> None:
    old = "On Friday twelve guards of the harbour office were arrested in Kech. Nothing else was said."
    new = "Some time later nine clerks of the harbour office were questioned in Quetta. Nothing else was said."
    quote = "twelve guards of the harbour office were arrested in Kech"
    found = placed(quote, new, old=old, at=old.index(quote))
    assert (found.status, found.start, found.end) == ("orphan", None, None)
    assert found.candidate is not None
    assert "of the harbour office were" in new[found.candidate.start : found.candidate.end]
    assert found.score == found.candidate.score < 0.8


def test_anchor_short_orphan_names_the_same_word_elsewhere() -> None:
    old, new = "The army left Mali on Friday.", "Quite another tale is told about Mali by those who stayed."
    found = placed("Mali", new, old=old, at=14)
    assert found.status == "orphan"
    assert found.candidate == Place(33, 37, 1.0)


def test_anchor_position_only_without_the_old_text_is_taken_unproven() -> None:
    assert anchor(Selector(position=Position(2, 5)), Revision(Folded("abcdef"))) == Anchor("fuzzy", 2, 5, 0.5)


@pytest.mark.parametrize("position", [None, Position(3, 3), Position(4, 2), Position(-1, 2), Position(2, 7)])
def test_anchor_without_a_quote_and_without_a_range_in_the_text_is_an_orphan(position: Position | None) -> None:
    assert anchor(Selector(position=position), Revision(Folded("abcdef"))) == Anchor("orphan", None, None, 0.0)


def test_anchor_is_reversible_for_an_orphan_whose_passage_comes_back() -> None:
    old = "The council met on Monday. Officials denied that the convoy had crossed. The mayor was away."
    quote = "Officials denied that the convoy had crossed."
    gone = placed(quote, old.replace(quote, ""), old=old, at=old.index(quote))
    back = placed(quote, "News. " + old, old=old, at=old.index(quote))
    assert (gone.status, back.status, back.start) == ("orphan", "exact", old.index(quote) + 6)


def test_anchor_context_cut_through_an_emoji_does_no_harm() -> None:
    new = "They \U0001f30a denied that the convoy had crossed."
    found = placed("denied that the convoy", new, prefix="\udf0a ", suffix=" had")
    assert (found.status, found.start) == ("exact", 7)


@pytest.mark.parametrize("bad", ["\ud800", "a\udfff", "\udc00\ud800"])
def test_folded_refuses_halves_of_characters(bad: str) -> None:
    with pytest.raises(UnusableText, match=r"^Half of a surrogate pair stands at \d\.$"):
        Folded(bad)
    with pytest.raises(UnusableText):
        placed(bad, "text")


def test_anchor_takes_nul_for_a_character() -> None:
    found = placed("the \0 convoy had", "So the \0 convoy had crossed")
    assert (found.status, found.start, found.end) == ("exact", 3, 19)


SAME = [
    ("the convoy", "the\u00a0\n convoy"),
    ("“Yes”, he said", '"Yes", he said'),
    ("the govern-\nment", "the government"),
    ("a well-\nknown trick", "a well-known trick"),
    ("a well-\nknown trick", "a wellknown trick"),
    ("co\u00adoperate", "cooperate"),
    ("cafe\u0301", "café"),
    ("oﬃce", "office"),
    ("wait…", "wait..."),
    ("1990–1995", "1990-1995"),  # noqa: RUF001
    ("ｶﾞ", "ガ"),
    ("\u200bword\ufeff", "word"),
]
OTHER = [
    ("re-sign", "resign"),
    ("café", "cafe"),
    ("Taliban", "TALIBAN"),
    ("12", "1,2"),
    ("they", "the"),
    ("-5", "5"),
    ("it's", "its"),
    ("か", "が"),
    ("کی", "کو"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_words_holds(one: str, other: str) -> None:
    assert same_words(one, other)
    assert same_words(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_same_words_does_not_hold(one: str, other: str) -> None:
    assert not same_words(one, other)


HOSTILE = {
    "one letter": ("a" * 200_000, "a" * 60),
    "two letters in turn": ("ab" * 100_000, "ab" * 40 + "c"),
    "no letters": (" \n" * 100_000, "a word that is not there"),
    "nothing": ("", "a word that is not there"),
    "NULs": ("\0" * 100_000, "\0" * 40),
    "marks on one letter": ("a" + "\u0301\u0316" * 100_000, "a\u0301\u0316"),
    "line ends": ("a-\n" * 70_000, "a" * 30),
    "dashes": ("-" * 200_000, "a-b"),
    "U+FDFA": ("\ufdfa" * 10_000, "\ufdfa" * 10),
    "a phrase without end": ("the Islamic State of " * 10_000, "the Islamic State of Iraq and"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_anchor_on_hostile_texts_takes_no_longer_than_on_long_ones(name: str) -> None:
    text, quote = HOSTILE[name]
    revision = Revision(Folded("x" + text[5:]), Folded(text))
    began = time.process_time()
    for at in (0, len(text) // 2):
        anchor(Selector(Quote(quote, "before it", "behind it"), Position(at, at + len(quote))), revision)
        anchor(Selector(Quote(quote)), revision)
        anchor(Selector(position=Position(at, at + len(quote))), revision)
    assert time.process_time() - began < 4


def test_anchor_of_a_quote_as_long_as_a_book_ends() -> None:
    page = "".join(f"Line {number} of the long report tells of convoy {number * 7}. " for number in range(3000))
    began = time.process_time()
    found = placed(page, page.replace("convoy 7.", "column 7.") + "x", old=page, at=0)
    assert found.status == "fuzzy"
    assert time.process_time() - began < 5
