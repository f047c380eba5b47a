"""What the Web Annotation model and protocol say that every document must be, as checks. Each raises AssertionError."""

from __future__ import annotations

import re
from typing import Any

MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z")
OURS = {
    "@context", "id", "type", "motivation", "created", "modified", "canonical", "via", "creator", "generator",
    "audience", "body", "bodyValue", "target", "generated", "rights", "stylesheet", "accessibility",
}  # fmt: skip


def check_annotation(told: dict[str, Any]) -> None:
    assert told.keys() <= OURS
    assert IRI.fullmatch(told["id"])
    assert "Annotation" in _listed(told["type"])
    assert {*_listed(told["motivation"])} <= MOTIVATIONS
    for name in ("created", "modified", "generated"):
        assert name not in told or MOMENT.fullmatch(told[name])
    assert IRI.fullmatch(told["canonical"])
    assert all(IRI.fullmatch(one) for one in told.get("via", []))
    assert not {"body", "bodyValue"} <= told.keys()
    assert isinstance(told.get("bodyValue", ""), str)
    for agent, kinds in (("creator", {"Person"}), ("generator", {"Software"}), ("audience", {"Audience"})):
        for one in _listed(told.get(agent)):
            assert {*_listed(one["type"])} & kinds
            assert "id" not in one or IRI.fullmatch(one["id"])
    for body in _listed(told.get("body")):
        _check_body(body)
    targets = _listed(told["target"])
    assert targets
    for target in targets:
        _check_target(target)


def _check_body(body: Any) -> None:
    if isinstance(body, str):
        assert IRI.fullmatch(body)
    elif "value" in body:
        assert isinstance(body["value"], str)
        assert {*_listed(body.get("purpose", []))} <= MOTIVATIONS
        assert re.fullmatch(r"[a-z]+/[a-z.+-]+", body.get("format", "text/plain"))


def _check_target(target: Any) -> None:
    if isinstance(target, str):
        assert IRI.fullmatch(target)
        return
    assert IRI.fullmatch(target["source"])
    kinds = {}
    for selector in _listed(target.get("selector")):
        kinds[selector["type"]] = selector
        if selector["type"] == "TextQuoteSelector":
            assert all(isinstance(selector.get(name, ""), str) for name in ("exact", "prefix", "suffix"))
            assert "exact" in selector
        if selector["type"] == "TextPositionSelector":
            assert type(selector["start"]) is type(selector["end"]) is int
            assert 0 <= selector["start"] < selector["end"]
    if {"TextQuoteSelector", "TextPositionSelector"} == {*kinds}:
        place = kinds["TextPositionSelector"]
        assert place["end"] - place["start"] == len(kinds["TextQuoteSelector"]["exact"])


def check_page(told: dict[str, Any], *, alone: bool = True) -> None:
    assert IRI.fullmatch(told["id"])
    assert told["type"] == "AnnotationPage"
    assert type(told["startIndex"]) is int
    assert isinstance(told["items"], list)
    assert all(IRI.fullmatch(told[name]) for name in ("next", "prev") if name in told)
    if alone:
        assert isinstance(told["partOf"], dict)
        assert IRI.fullmatch(told["partOf"]["id"])
        assert type(told["partOf"]["total"]) is int
    for item in told["items"]:
        if isinstance(item, dict):
            check_annotation(item)
        else:
            assert IRI.fullmatch(item)


def check_collection(told: dict[str, Any]) -> None:
    assert IRI.fullmatch(told["id"])
    assert "AnnotationCollection" in _listed(told["type"])
    assert isinstance(told["label"], str)
    assert type(told["total"]) is int
    assert "modified" not in told or MOMENT.fullmatch(told["modified"])
    if isinstance(told["first"], str):
        assert IRI.fullmatch(told["first"])
    else:
        check_page(told["first"], alone=False)
    assert "last" not in told or IRI.fullmatch(told["last"])


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
