"""What is taken of a Web Annotation, and what a container looks like; nothing is stored here."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.interchange.import_rows import CannotRead
from monitor.interchange.json_files import read_json_file
from monitor.interchange.web_annotation import web_annotation
from monitor.interchange.web_annotation_container import (
    DESCRIPTIONS,
    IRIS,
    MINIMAL,
    ContradictoryWishes,
    Wanted,
    Whole,
    container,
    page,
    wanted,
)
from monitor.interchange.web_annotation_file import is_it, read_rows, wrap
from monitor.interchange.web_annotation_reading import Marked, NotTaken, read_annotation
from tests.anno.asking import ANNO
from tests.interchange.test_notebook_exports import PASSAGE, RECORD, SITE

LDP = "http://www.w3.org/ns/ldp.jsonld"
LEAST: dict[str, Any] = {"@context": ANNO, "type": "Annotation", "target": "urn:t"}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["type", "value", "purpose", "source", "id", "selector", "exact", "items", "start", "refinedBy"]) | st.text(max_size=4),
        inner, max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


def test_the_words_tags_and_passages_of_ours_are_read_back() -> None:
    read = read_annotation({"@context": [ANNO, LDP], **web_annotation(RECORD, SITE)})
    assert (read.comment, read.tags, read.canonical) == (RECORD.comment, RECORD.tags, f"urn:uuid:{RECORD.uid}")
    assert read.targets == (
        Marked(f"{SITE}/articles/3/lamps/", PASSAGE.quote, PASSAGE.prefix, PASSAGE.suffix, PASSAGE.start, PASSAGE.end),
    )
    assert (read.creator, read.nickname) == ("Hedda Marsh", "hedda")
    assert read.created == datetime(2022, 2, 14, 9, 30, 0, 123456, tzinfo=UTC)


def test_what_cannot_be_a_moment_or_an_address_is_none() -> None:
    odd = {
        "created": "yesterday",
        "modified": "2022-02-14T09:30:00",
        "id": 7,
        "canonical": "x" * 2001,
        "via": [{}, 7, "urn:v"],
    }
    read = read_annotation(LEAST | odd)
    assert (read.created, read.modified, read.id, read.canonical, read.via) == (None, None, "", "", ("urn:v",))


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["body", "bodyValue", "target", "motivation", "audience", "creator", "via"]), json_values
    )
)
def test_any_json_is_an_annotation_or_refused(facts: dict[str, Any]) -> None:
    with suppress(NotTaken):
        read = read_annotation(LEAST | facts)
        assert (read.body, read.target) == (facts.get("body"), facts.get("target", "urn:t"))
        assert all(isinstance(one.source, str) and one.source for one in read.targets)


# -- Files -----------------------------------------------------------------------------------------------------------
def test_a_file_is_a_collection_a_page_a_list_or_one() -> None:
    items = [LEAST | {"id": f"urn:{n}"} for n in range(3)]
    later = {"type": "AnnotationPage", "items": items[2:]}
    first = {"type": "AnnotationPage", "items": items[:2], "next": later}
    for value in (
        {"type": ["AnnotationCollection", "BasicContainer"], "@context": [ANNO, LDP], "first": first},
        {"type": "AnnotationCollection", "items": items},
        {"type": "AnnotationPage", "items": items},
        items,
    ):
        assert read_rows(orjson.dumps(value)) == items
    assert read_rows(b"\xef\xbb\xbf" + orjson.dumps(items[0])) == items[:1]
    assert read_rows(wrap(items)) == items


def test_what_is_answered_stands_before_its_replies() -> None:
    rows = [
        LEAST | {"id": name, "target": target}
        for name, target in (("c", "b"), ("b", "a"), ("a", "x"), ("d", "e"), ("e", "d"))
    ]
    ids = [row["id"] for row in read_rows(orjson.dumps(rows))]
    assert ids.index("a") < ids.index("b") < ids.index("c")
    assert sorted(ids) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no JSON"), (b"{", "no JSON"), (b'"\xff"', "no JSON"), (b'["\\ud800"]', "no JSON"), (b"NaN", "no JSON"),
        (b'["\\u0000"]', "U+0000"), (b'{"\\u0000": 1}', "U+0000"), (b"[" * 66 + b"]" * 66, "nested"), (b"[" * 9999, "no JSON"), (b"[1e999]", "JSON"),
        (b"7", "something else"), (b"[]", "no annotation"), (b'{"@context": "urn:x"}', "context"),
        (b'{"type": "AnnotationCollection", "first": "https://a.example/"}', "nothing is fetched"),
        (b"[" + b"1," * 20_000 + b"1]", "20,000"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(content: bytes, said: str) -> None:
    with pytest.raises(CannotRead, match=re.escape(said)):
        read_rows(content)


def test_a_file_is_told_by_its_name_or_its_beginning() -> None:
    assert is_it("a.jsonld", b"")
    assert is_it("a.json", orjson.dumps(LEAST))
    assert not is_it("a.json", b'{"annotations": []}')
    assert not is_it("a.csv", orjson.dumps(LEAST))
    assert read_json_file(b"[1]") == [1]


# -- The container ---------------------------------------------------------------------------------------------------
def include(*iris: str) -> str:
    return f'return=representation;include="{" ".join(iris)}"'


@pytest.mark.parametrize(
    ("prefer", "iris", "expected"),
    [
        ("", "", Wanted()), ("", "1", Wanted(iris=True)), ("respond-async", "", Wanted()), ("return=minimal", "", Wanted()),
        (include("urn:x"), "", Wanted()), (include(MINIMAL), "", Wanted(False, True, include(MINIMAL))),
        (include(IRIS), "", Wanted(True, False, include(IRIS))),
        (include(DESCRIPTIONS), "1", Wanted(False, False, include(DESCRIPTIONS))),
        (include(IRIS, MINIMAL), "", Wanted(True, True, include(MINIMAL, IRIS))),
        (f"respond-async, {include(MINIMAL, DESCRIPTIONS)}", "", Wanted(False, True, include(MINIMAL, DESCRIPTIONS))),
    ],
)  # fmt: skip
def test_prefer_chooses_the_variant(prefer: str, iris: str, expected: Wanted) -> None:
    assert wanted(prefer, iris) == expected


def test_addresses_and_descriptions_at_once_are_a_contradiction() -> None:
    with pytest.raises(ContradictoryWishes):
        wanted(include(IRIS, DESCRIPTIONS))


def test_variants_have_the_shapes_of_the_protocol() -> None:
    whole = Whole(SITE, 41, "2022-02-15T09:30:00.123456Z")
    plain = container(whole, Wanted(), ["item"])
    assert plain == {
        "@context": [ANNO, LDP],
        "id": f"{SITE}/anno/",
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": "Annotations in Monitor",
        "total": 41,
        "modified": "2022-02-15T09:30:00.123456Z",
        "first": {
            "id": f"{SITE}/anno/?iris=0&page=0", "type": "AnnotationPage", "startIndex": 0, "items": ["item"],
            "next": f"{SITE}/anno/?iris=0&page=1",
        },
        "last": f"{SITE}/anno/?iris=0&page=2",
    }  # fmt: skip
    minimal = container(whole, Wanted(True, True, "x"), [])
    assert (minimal["id"], minimal["first"], minimal["last"]) == (
        f"{SITE}/anno/?iris=1", f"{SITE}/anno/?iris=1&page=0", f"{SITE}/anno/?iris=1&page=2",
    )  # fmt: skip
    assert page(whole, 1, ["x"], iris=True) == {
        "@context": ANNO,
        "id": f"{SITE}/anno/?iris=1&page=1",
        "type": "AnnotationPage",
        "startIndex": 20,
        "items": ["x"],
        "next": f"{SITE}/anno/?iris=1&page=2",
        "prev": f"{SITE}/anno/?iris=1&page=0",
        "partOf": {"id": f"{SITE}/anno/", "total": 41, "modified": "2022-02-15T09:30:00.123456Z"},
    }
    empty = container(Whole(SITE, 0, ""), Wanted(), [])
    assert (empty["first"]["items"], empty["last"], "modified" in empty) == ([], f"{SITE}/anno/?iris=0&page=0", False)
