from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.ingest.document import (
    Article,
    Block,
    Citation,
    ContentsEntry,
    Finding,
    IssueDocument,
    IssueFacts,
    Link,
    Marker,
    Note,
    Origin,
    Region,
)
from monitor.ingest.serialising import InvalidDocument, from_json, to_json
from tests.ingest.invented_issue import ledger, tesk

TEXT = "It fell (Daily, May 3, 2020). [7]"
SMALL = IssueDocument(
    issue=IssueFacts("Observer", "A paper", "IX", 2, "2020-05-05", "printed", None, 2, ((612.0, 792.0),)),
    toc=(ContentsEntry(1, "Salt", ("A B",)),),
    articles=(
        Article(
            "article",
            "Salt",
            ("A B",),
            1,
            "A B is.",
            blocks=(
                Block("para", TEXT, None, (Region(1, (0.0, 1.5, 2.0, 3.0)),), (3, 4), (Origin(0, 9, 5),)),
                Block("table", "a b", rows=(("a", "b"),)),
            ),
            notes=(Note(7, "See (Post, June 2020).", "source"), Note(7, "Ibid.", "ibid", 7)),
            markers=(Marker(7, 0, 30),),
            citations=(
                Citation("body", 9, 27, "Daily", "May 3, 2020", "2020-05-03", block=0),
                Citation("note", 5, 20, "Post", "June 2020", "2020-06", url="https://p.example", linked=True, note=0),
            ),
            links=(Link("Post", "https://p.example", 5, 9, note=0),),
        ),
    ),
    findings=(Finding("a_code", "A message.", 0, "info", 0, 7, 1, 2, "so"),),
    furniture=("Observer | 1",),
)


def data() -> Any:
    return json.loads(json.dumps(to_json(SMALL)))


def changed(path: list[str | int], value: Any) -> Any:
    whole = data()
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return whole


def without(path: list[str | int]) -> Any:
    whole = data()
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return whole


@pytest.mark.parametrize("document", [SMALL, tesk(), ledger(), IssueDocument(IssueFacts("Observer"))], ids=range(4))
def test_a_document_comes_back_as_it_was(document: IssueDocument) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_to_json_begins_with_the_schema_and_holds_its_keys() -> None:
    found = to_json(SMALL)

    assert list(found) == ["schema", "issue", "toc", "articles", "findings", "furniture"]
    assert found["schema"] == "monitor-issue/1"
    assert set(found["articles"][0]) == {
        *("kind", "title", "authors", "page_start", "bio", "blocks", "notes", "markers", "citations", "links"),
    }
    assert found["articles"][0]["blocks"][0] == {
        "type": "para",
        "text": TEXT,
        "level": None,
        "regions": [{"page": 1, "bbox": [0.0, 1.5, 2.0, 3.0]}],
        "lines": [3, 4],
        "origin": [{"start": 0, "source": 9, "length": 5}],
        "rows": [],
    }


def test_to_json_names_notes_by_their_number() -> None:
    _, cited = data()["articles"][0]["citations"]

    assert (cited["where"], cited["note"], cited["note_index"], cited["block"]) == ("note", 7, 0, None)


def test_from_json_takes_what_may_be_left_out() -> None:
    whole = {"schema": "monitor-issue/1", "issue": {"publication": "Observer"}, "strange": 1}

    assert from_json(whole) == IssueDocument(IssueFacts("Observer"))


ARTICLE: list[str | int] = ["articles", 0]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "monitor-issue/2"),
        (["issue"], None),
        (["issue"], []),
        (["issue", "publication"], 3),
        (["issue", "number"], "3"),
        (["issue", "number"], True),
        (["issue", "number"], -1),
        (["issue", "number"], 2**31),
        (["issue", "date"], "2020-02-30"),
        (["issue", "date"], "2020-02"),
        (["issue", "date_basis"], "guessed"),
        (["issue", "date_range"], ["2020-01-01"]),
        (["issue", "date_range"], ["2020-01-01", "soon"]),
        (["issue", "page_sizes"], [[612.0]]),
        (["issue", "page_sizes"], [[612.0, float("inf")]]),
        (["toc"], {}),
        (["toc", 0, "authors"], [None]),
        ([*ARTICLE, "title"], "a\x00b"),
        ([*ARTICLE, "title"], "a\ud800b"),
        ([*ARTICLE, "blocks", 0, "type"], "poem"),
        ([*ARTICLE, "blocks", 0, "regions", 0, "bbox"], [0, 1, 2]),
        ([*ARTICLE, "blocks", 0, "origin", 0, "length"], 500),
        ([*ARTICLE, "notes", 0, "kind"], "other"),
        ([*ARTICLE, "markers", 0, "block"], 2),
        ([*ARTICLE, "markers", 0, "offset"], 31),
        ([*ARTICLE, "citations", 0, "block"], None),
        ([*ARTICLE, "citations", 0, "block"], 9),
        ([*ARTICLE, "citations", 0, "end"], 90),
        ([*ARTICLE, "citations", 0, "start"], 28),
        ([*ARTICLE, "citations", 0, "iso"], "2020-13"),
        ([*ARTICLE, "citations", 0, "iso"], "20"),
        ([*ARTICLE, "citations", 1, "note_index"], 2),
        ([*ARTICLE, "citations", 1, "block"], 0),
        ([*ARTICLE, "links", 0, "end"], 90),
        (["findings", 0, "article"], 1),
        (["findings", 0, "block"], 2),
        (["findings", 0, "severity"], "fatal"),
        (["furniture"], "Observer"),
    ],
)
def test_from_json_believes_nothing(path: list[str | int], value: Any) -> None:
    with pytest.raises(InvalidDocument):
        from_json(changed(path, value))


@pytest.mark.parametrize("path", [["issue"], ["issue", "publication"], [*ARTICLE, "title"], ["findings", 0, "code"]])
def test_from_json_misses_what_must_be_there(path: list[str | int]) -> None:
    with pytest.raises(InvalidDocument, match="missing"):
        from_json(without(path))


@pytest.mark.parametrize("nonsense", [None, 3, "text", [], {}])
def test_from_json_refuses_other_data(nonsense: Any) -> None:
    with pytest.raises(InvalidDocument):
        from_json(nonsense)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        inner = [place for key, item in value.items() for place in places(item, (*path, key))]
    elif isinstance(value, list):
        inner = [place for key, item in enumerate(value) for place in places(item, (*path, key))]
    else:
        inner = []
    return [path, *inner] if path else inner


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(places(data())), JSON)
def test_from_json_returns_a_whole_document_or_says_what_is_wrong(path: tuple[str | int, ...], value: Any) -> None:
    try:
        document = from_json(changed(list(path), copy.deepcopy(value)))
    except InvalidDocument:
        return
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
