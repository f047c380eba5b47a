"""Turtle says what the JSON-LD says: read by two libraries that know nothing of each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.interchange.annotation_records import SentFacts
from monitor.interchange.web_annotation import web_annotation, web_reply
from monitor.interchange.web_annotation_container import Wanted, Whole, container, page
from monitor.interchange.web_annotation_turtle import turtle
from tests.anno.asking import ANNO
from tests.anno.known_contexts import graph_of_json_ld, graph_of_turtle
from tests.interchange.test_notebook_exports import PASSAGE, RECORD, SITE

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "]]>",
    "</script>",
    "}",
    'a"b\\c',
    "line\nbreak\r\n\ttab",
    "U+202E \u202e",
    "🌊 é",
    "\x7f\x01",
    "^^<x>",
    "'''",
]
texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
)


def same(document: dict[str, Any]) -> bool:
    return bool(graph_of_turtle(turtle(document)) == graph_of_json_ld(document))


@settings(max_examples=15, deadline=None)
@given(texts, st.lists(texts, max_size=3), texts, texts, st.sampled_from(["private", "team", "everyone"]))
def test_whatever_an_annotation_says_turtle_says(
    comment: str, tags: list[str], quote: str, name: str, scope: str
) -> None:
    record = replace(
        RECORD, comment=comment, tags=tuple(tags), passages=(replace(PASSAGE, quote=quote or "x"),), author=name,
        visibility=scope, team=name, team_id=7,
    )  # fmt: skip
    assert same({"@context": ANNO, **web_annotation(record, SITE)})


@pytest.mark.parametrize(
    "facts",
    [
        {"body": ["https://a.example/1", {"id": "https://a.example/2", "type": "Image", "format": "image/png"}, "not an address"]},
        {"body": {"type": "Choice", "items": [{"type": "TextualBody", "value": "é", "language": ["fr", "en"]}, "urn:x"]}},
        {"target": {"source": "urn:y", "selector": {"type": "RangeSelector", "startSelector": {"type": "XPathSelector", "value": "//p"}, "endSelector": {"type": "CssSelector", "value": ".a > b"}}}},
        {"target": {"source": "urn:y", "state": {"type": "TimeState", "sourceDate": "2015-07-20T13:30:00Z", "cached": "http://archive.example/1"}}},
        {"bodyValue": "plain", "motivation": ["assessing", "oa:describing", "https://a.example/own"], "rights": "https://a.example/rights"},
        {"body": {"value": 7, "x": "unknown", "dc:title": "prefixed", "https://a.example/p": True, "foaf:age": 2.5, "rdfs:label": [[1, 2], None]}},
        {"body": [], "stylesheet": {"id": "urn:s", "type": ["Dataset", "Text"]}, "via": ["urn:a", "urn:b"], "canonical": "urn:c"},
        {"target": {"source": "urn:y", "selector": [{"type": "TextPositionSelector", "start": 0, "end": 2**40}, {}]}},
        {"target": "urn:y", "creator": [{"type": "Organization", "name": "O", "homepage": "https://o.example/"}, "urn:someone"]},
    ],
)  # fmt: skip
def test_what_other_programs_send_is_said_as_a_reader_of_json_ld_says_it(facts: dict[str, Any]) -> None:
    assert same({"@context": ANNO, "id": "urn:uuid:1", "type": "Annotation", "target": "urn:t", **facts})


def test_the_container_and_its_pages_are_said_in_turtle_too() -> None:
    whole = Whole(SITE, 41, "2022-02-15T09:30:00.123456Z")
    items = [web_annotation(RECORD, SITE), web_reply(RECORD.replies[0], RECORD.uid, SITE)]
    for asked in (Wanted(), Wanted(iris=True, applied="x"), Wanted(minimal=True, applied="x")):
        assert same(container(whole, asked, ["urn:a", "urn:b"] if asked.iris else items))
    assert same(page(whole, 1, items, iris=False))
    assert same(page(Whole(SITE, 0, ""), 0, [], iris=True))


def test_words_that_no_context_knows_are_left_out() -> None:
    odd = {"id": "urn:a", "type": ["Annotation", "Nonsense"], "motivation": "no-such-word", "body": "relative/address"}
    assert turtle({"@context": ANNO, **odd}).count("\n") == 1


def test_each_statement_is_a_line_of_its_own() -> None:
    lines = turtle({"@context": ANNO, **web_annotation(RECORD, SITE)}).splitlines()
    assert all(line.endswith(" .") for line in lines)
    assert (
        f"<{SITE}/anno/{RECORD.uid}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/oa#Annotation> ."
        in lines
    )
    end = '<http://www.w3.org/ns/oa#end> "63"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> .'
    assert [line.partition(" ")[2] for line in lines].count(end) == 1


def test_what_was_sent_is_told_while_it_holds_and_what_is_said_now_after() -> None:
    more = {"motivation": "commenting", "via": ["urn:v"], "canonical": "urn:c", "rights": "urn:r"}
    sent = SentFacts(
        body={"value": "Mine"}, target=["urn:t"], more=more, slug="weir-a1b2c3", body_holds=True, target_holds=True
    )
    told = web_annotation(replace(RECORD, sent=sent), SITE)
    assert told["id"] == f"{SITE}/anno/weir-a1b2c3"
    assert (told["body"], told["target"], told["via"], told["canonical"], told["rights"]) == (
        {"value": "Mine"}, ["urn:t"], ["urn:v"], "urn:c", "urn:r",
    )  # fmt: skip
    stale = web_annotation(replace(RECORD, sent=replace(sent, body_holds=False, target_holds=False)), SITE)
    plain = web_annotation(RECORD, SITE)
    assert (stale["body"], stale["target"], stale["motivation"]) == (
        plain["body"],
        plain["target"],
        plain["motivation"],
    )
    assert (stale["via"], stale["canonical"]) == (["urn:v"], "urn:c")
    odd = replace(sent, more={"motivation": "assessing"}, body_holds=False)
    assert web_annotation(replace(RECORD, sent=odd), SITE)["motivation"] == "assessing"
