"""Which key means what, and how it is moved."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.accounts.key_map import (
    ACTS,
    BY_NAME,
    CONTEXTS,
    Act,
    NotAKey,
    clashes,
    keys_of,
    meet,
    own_part,
    stroke_of,
    typed_form,
)

USUAL = {act.name: act.stroke for act in ACTS}
MOVABLE = [act.name for act in ACTS if not act.fixed]
STROKES = st.sampled_from(["", "j", "n", "Shift+j", "?", "ArrowDown", "é", "1", "Enter", "nonsense", " "])


def test_names_are_unique_and_contexts_known() -> None:
    assert len(BY_NAME) == len(ACTS)
    assert {act.context for act in ACTS} == set(CONTEXTS)


def test_acts_stand_by_context_with_the_most_particular_first() -> None:
    order = list(CONTEXTS)
    assert [act.context for act in ACTS] == sorted((act.context for act in ACTS), key=order.index)


def test_no_two_usual_keys_clash() -> None:
    assert clashes(USUAL) == []
    assert [(a.name, b.name) for a, b in combinations(ACTS, 2) if a.stroke == b.stroke and meet(a, b)] == []


def test_acts_meet_in_one_context_and_with_those_of_everywhere() -> None:
    reader, row, search = BY_NAME["copy"], BY_NAME["row-down"], BY_NAME["search"]
    assert [meet(reader, reader), meet(reader, search), meet(search, row), meet(reader, row)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("typed", "stroke"),
    [
        ("j", "j"),
        ("J", "Shift+j"),
        (" j ", "j"),
        ("Shift+j", "Shift+j"),
        ("shift+J", "Shift+j"),
        ("É", "Shift+é"),
        ("e\u0301", "é"),  # typed in two
        ("ß", "ß"),  # has no capital of one letter
        ("İ", "İ"),
        ("ж", "ж"),
        ("字", "字"),
        ("?", "?"),
        ("+", "+"),
        ("Shift+?", "?"),  # a sign has Shift or not, as the keyboard goes
        ("↓", "ArrowDown"),
        ("down", "ArrowDown"),
        ("ArrowDown", "ArrowDown"),
        ("Shift+Up", "Shift+ArrowUp"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_typed_key_is_a_stroke(typed: str, stroke: str) -> None:
    assert stroke_of(typed) == stroke
    assert stroke_of(typed_form(stroke)) == stroke


@pytest.mark.parametrize(
    "typed",
    [
        "jj",
        "Enter",
        "Escape",
        "Ctrl+j",
        "Shift+",
        "Shift+jj",
        "1",
        "\u0663",
        "a\u0301\u0302",
        "\x00",
        "\u200b",
        "\ud83d",
    ],
)
def test_what_is_no_single_key_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(NotAKey, match=r"^[A-Z].*\.$"):
        stroke_of(typed)


def test_strokes_of_presses_are_strokes_of_typed_keys() -> None:
    path = Path(__file__).parents[1] / "cases" / "strokes.json"
    strokes = {stroke for case in json.loads(path.read_text(encoding="utf-8")) for stroke in case["strokes"]}
    movable = {stroke for stroke in strokes if not stroke.isdecimal()}
    assert {stroke_of(typed_form(stroke)) for stroke in movable} == movable


@given(st.text(max_size=8))
def test_typed_form_of_any_stroke_gives_it_back(typed: str) -> None:
    try:
        stroke = stroke_of(typed)
    except NotAKey:
        return
    assert stroke_of(typed_form(stroke)) == stroke


def test_own_key_takes_the_place_of_the_usual_one() -> None:
    assert keys_of({"row-down": "n"}) == USUAL | {"row-down": "n"}


def test_act_can_be_left_without_a_key() -> None:
    assert keys_of({"row-down": ""}) == USUAL | {"row-down": ""}


def test_usual_key_used_for_something_else_leaves_its_act_without_one() -> None:
    assert keys_of({"copy": "u"}) == USUAL | {"copy": "u", "up": ""}
    assert keys_of({"row-read": "c"}) == USUAL | {"row-read": "c"}  # no list is in an article


def test_two_acts_can_change_places() -> None:
    assert keys_of({"row-down": "k", "row-up": "j"}) == USUAL | {"row-down": "k", "row-up": "j"}


def test_arrows_that_scroll_are_no_keys_of_ours() -> None:
    keys = keys_of({"copy": "ArrowLeft", "paragraph-up": "w"}, arrows_scroll=True)
    freed = {"copy": "", "paragraph-down": "", "sentence-next": "", "sentence-before": ""}
    assert keys == USUAL | freed | {"paragraph-up": "w"}
    assert keys["sentence-more"] == "Shift+ArrowDown"  # with Shift they scroll nothing


@pytest.mark.parametrize(
    "own",
    [
        None,
        [],
        "j",
        {"no-such-act": "j"},
        {"row-down": 7},
        {"row-down": None},
        {"row-down": "Enter"},
        {"row-down": "J"},  # not how a stroke is kept
        {"row-open": "o"},  # fixed
        {"back-out": ""},
    ],
)
def test_stored_keys_that_make_no_sense_do_not_count(own: object) -> None:
    assert keys_of(own) == USUAL


@given(st.dictionaries(st.sampled_from([*USUAL, "gone"]), STROKES))
def test_keys_never_clash_whatever_is_stored(own: dict[str, str]) -> None:
    keys = keys_of(own)
    assert list(keys) == list(USUAL)
    assert clashes(keys) == []
    assert keys_of(own_part(keys)) == keys


def test_only_what_differs_is_kept() -> None:
    assert own_part(USUAL) == {}
    assert own_part(USUAL | {"row-down": "n", "copy": ""}) == {"row-down": "n", "copy": ""}


def test_of_two_acts_the_changed_one_clashes() -> None:
    keys = USUAL | {"row-down": "k"}
    wanted: list[tuple[Act, Act, str]] = [(BY_NAME["row-down"], BY_NAME["row-up"], "k")]
    assert [(c.act, c.other, c.stroke) for c in clashes(keys, frozenset({"row-down"}))] == wanted
    assert [(c.act.name, c.other.name) for c in clashes(keys, frozenset({"row-up"}))] == [("row-up", "row-down")]


def test_acts_without_keys_do_not_clash() -> None:
    assert clashes(dict.fromkeys(MOVABLE, "")) == []


# Every key that analysts were promised, and the act that answers it; shared with nobody else in its place.
PROMISED = {
    "everywhere": {"?": "sheet", "/": "search", "z": "undo", "Shift+z": "redo", "u": "up", "Escape": "back-out"},
    "list": {"j": "row-down", "k": "row-up", "Enter": "row-open", "x": "row-tick", "a": "page-tick"},
    "reader": {
        "ArrowDown": "paragraph-down",
        "ArrowUp": "paragraph-up",
        "j": "mark-next",
        "k": "mark-before",
        "f": "hit-next",
        "Shift+f": "hit-back",
        "t": "panel",
        "p": "page-pane",
        "r": "review-names",
        "c": "copy",
        "Shift+ArrowDown": "sentence-more",
        "Shift+ArrowUp": "sentence-less",
        "Shift+ArrowRight": "word-more",
        "Shift+ArrowLeft": "word-less",
        "h": "highlight",
        "n": "comment",
        **{str(n): f"code-{n}" for n in range(1, 10)},
        "q": "code-again",
        "i": "in-vivo",
        "s": "marks-under",
        "Enter": "mark-edit",
        "Delete": "mark-delete",
        "o": "marks-here",
    },
    "review": {
        "y": "suggestion-accept",
        "n": "suggestion-reject",
        "e": "suggestion-edit",
        "s": "suggestion-skip",
        "Shift+a": "suggestion-accept-all",
    },
}


@pytest.mark.parametrize("context", PROMISED)
def test_every_promised_key_has_its_act(context: str) -> None:
    usual = {act.stroke: act.name for act in ACTS if act.context == context}
    assert {stroke: usual.get(stroke) for stroke in PROMISED[context]} == PROMISED[context]


def test_every_act_is_offered_by_a_script() -> None:
    scripts = Path(__file__).resolve().parents[2] / "static" / "js"
    code = "".join(path.read_text(encoding="utf-8") for path in scripts.rglob("*.js"))
    offered = {act.name for act in ACTS if f'"{act.name}"' in code or act.name.startswith("code-")}
    assert {act.name for act in ACTS} - offered == set()
