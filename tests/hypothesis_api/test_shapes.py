"""The protocol's pure parts: objects, what is sent, what is asked; for any words and any place."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from monitor.annotations.utf16 import Utf16Ruler
from monitor.interchange.hypothesis_groups import group_id
from monitor.interchange.hypothesis_input import NotSaid, Sent, quoted, read_sent
from monitor.interchange.hypothesis_objects import (
    NOT_TAKEN,
    OURS,
    MarkObject,
    Site,
    annotation_object,
    host_of,
    note_selectors,
    passage_selectors,
    stamp,
    username_of,
)
from monitor.interchange.hypothesis_search import AskedRows, BadParameter, like_of, moment, read_search

# On a busy machine drawing may take its time; that says nothing of what is drawn.
patient = hypothesis_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
SITE = Site("https://quay.example:8443/monitor", "quay.example")
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner, max_size=2), max_leaves=4
)
marks = st.builds(
    MarkObject,
    id=st.uuids().map(str),
    path=st.just("/articles/7/lamps/"),
    page=st.just("/articles/7/lamps/#a"),
    title=words,
    username=st.sampled_from(["", "zia", "o.ren"]),
    name=words,
    text=words,
    tags=st.lists(words, max_size=3),
    group=st.sampled_from(["__world__", "5b0d3c1e-0000-4000-8000-000000000001"]),
    shared=st.booleans(),
    created=moments,
    updated=moments,
    references=st.lists(st.uuids().map(str), max_size=2),
    hidden=st.booleans(),
    flags=st.none() | st.integers(0, 9),
    more=st.dictionaries(st.sampled_from([*sorted(OURS), "extra", "colour"]), values, max_size=4),
)


@patient
@given(marks)
def test_an_object_that_is_read_says_what_it_was_made_of(mark: MarkObject) -> None:
    told = json.loads(json.dumps(annotation_object(mark, SITE)))
    sent = read_sent(told, is_new=True)
    assert (sent.uri, sent.text, sent.tags, sent.group) == (
        "https://quay.example:8443/monitor/articles/7/lamps/", mark.text, tuple(mark.tags), mark.group,
    )  # fmt: skip
    assert sent.references == tuple(mark.references)
    assert sent.is_shared(mark.group) == mark.shared
    assert sent.more == {key: value for key, value in mark.more.items() if key not in OURS}
    assert set(told) - set(sent.more) <= OURS
    assert (told["id"], moment(told["updated"]), moment(told["created"])) == (mark.id, mark.updated, mark.created)
    assert ("references" in told, "moderation" in told) == (bool(mark.references), mark.flags is not None)
    assert read_sent({key: told[key] for key in NOT_TAKEN & told.keys()}, is_new=False) == read_sent({}, is_new=False)


@patient
@given(st.text(st.sampled_from(["a", " ", "\u0301", "\U0001f30a", "\n"]), min_size=1, max_size=60), st.data())
def test_selectors_name_the_same_place_in_both_units(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = quoted(passage_selectors(Utf16Ruler(text), start, end))
    assert found is not None
    assert found.start is not None
    assert found.end is not None
    assert Utf16Ruler(text).range_of(found.start, found.end) == (start, end)
    assert found.exact == text[start:end]
    units = text.encode("utf-16-le")[2 * found.start : 2 * found.end].decode("utf-16-le")
    assert units == found.exact
    assert text[:start].endswith(found.prefix)
    assert text[end:].startswith(found.suffix)
    assert (len(found.prefix), len(found.suffix)) == (min(start, 32), min(len(text) - end, 32))


def test_after_one_wave_a_place_is_one_unit_further() -> None:
    text = "\U0001f30a" + "x" * 60
    assert passage_selectors(Utf16Ruler(text), 46, 47)[1] == {"type": "TextPositionSelector", "start": 47, "end": 48}
    assert note_selectors("Report on Dues", 0, 6, 4)[1] == {"type": "FragmentSelector", "value": "n4"}


@patient
@given(
    st.recursive(
        values, lambda inner: st.dictionaries(st.sampled_from([*sorted(OURS), "selector", "type"]), inner, max_size=4)
    )
)
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(data: Any) -> None:
    sent: Sent | None
    reason = ""
    try:
        sent = read_sent(data, is_new=True)
    except NotSaid as refused:
        sent, reason = None, str(refused)
    assert (sent is None) == bool(reason)
    if sent is not None:
        assert sent.uri
        assert sent.quoted is None or sent.quoted.exact or sent.quoted.start is not None


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ([], None),
        ([{"type": "RangeSelector", "startContainer": "/p[1]"}], None),
        ([{"type": "TextQuoteSelector", "exact": ""}], None),
        ([{"type": "TextQuoteSelector", "exact": 5}], None),
        ([{"type": "TextPositionSelector", "start": 5, "end": 5}], None),
        ([{"type": "TextPositionSelector", "start": True, "end": 5}], None),
        ([{"type": "TextPositionSelector", "start": -1, "end": 5}], None),
        ([{"type": "TextQuoteSelector", "exact": "x", "prefix": None}], ("x", "", None, None)),
        ([{"type": "TextQuoteSelector", "exact": "x"}, {"type": "FragmentSelector", "value": "n12"}], ("x", "", None, 12)),
        ([{"type": "TextQuoteSelector", "exact": "x"}, {"type": "FragmentSelector", "value": "n\u0661"}], ("x", "", None, None)),
        ([{"type": "TextPositionSelector", "start": 3, "end": 5}], ("", "", 3, None)),
    ],
)  # fmt: skip
def test_selectors_name_a_passage_or_none(selectors: list[Any], expected: Any) -> None:
    found = quoted(selectors)
    assert (None if found is None else (found.exact, found.prefix, found.start, found.note)) == expected


@patient
@given(
    st.dictionaries(
        st.sampled_from(["limit", "offset", "sort", "order", "search_after", "uri", "wildcard_uri", "tag", "user", "any", "x"]),
        st.lists(words | st.sampled_from(["5", "-1", "1e400", "nan", "desc", "id", "http://a/*", "[a,b]", "²"]), max_size=3),
    )
)  # fmt: skip
def test_whatever_is_asked_is_understood_or_refused(parameters: dict[str, list[str]]) -> None:
    about = ""
    try:
        asked = read_search(parameters)
    except BadParameter as refused:
        asked, about = AskedRows(), str(refused).partition(": ")[0]
    assert about in {"", "limit", "offset", "sort", "order", "search_after", "wildcard_uri"}
    assert 0 <= asked.limit <= 200
    assert 0 <= asked.offset <= 9_800


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-02-11T09:30:00.000001+00:00", datetime(2022, 2, 11, 9, 30, 0, 1, UTC)),
        ("2022-02-11 09:30:00.000001 00:00", datetime(2022, 2, 11, 9, 30, 0, 1, UTC)),
        ("2022-02-11T10:30:00+01:00", datetime(2022, 2, 11, 9, 30, tzinfo=UTC)),
        ("2022-02-11T09:30:00Z", datetime(2022, 2, 11, 9, 30, tzinfo=UTC)),
        ("2022-02-11", datetime(2022, 2, 11, tzinfo=UTC)),
        ("1644571800000", datetime(2022, 2, 11, 9, 30, tzinfo=UTC)),
        ("1644571800000.5", datetime(2022, 2, 11, 9, 30, 0, 500, UTC)),
    ],
)
def test_a_moment_is_read_as_programs_write_it(written: str, expected: datetime) -> None:
    assert moment(written) == expected


@pytest.mark.parametrize("written", ["", "2017", "soon", "inf", "1e300", "9" * 400, "0001-01-01T00:00:00+23:59"])
def test_a_moment_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(BadParameter):
        moment(written)


def test_small_shapes() -> None:
    assert (
        stamp(datetime(2022, 2, 11, 10, 30, tzinfo=timezone(timedelta(hours=1)))) == "2022-02-11T09:30:00.000000+00:00"
    )
    assert host_of("https://Quay.example:8443/monitor") == "quay.example"
    assert (username_of("acct:zia@Quay.EXAMPLE", "quay.example"), username_of("zia", "x")) == ("zia", "zia")
    assert username_of("acct:zia@elsewhere.example", "quay.example") is None
    assert (group_id("group:__world__@quay.example"), group_id("abc")) == ("__world__", "abc")
    assert like_of("/a_%\\b*") == "/a_\\%\\\\b%"
    for pattern in ("http://a/*", "urn:x-pdf:*", "http://a/b_c"):
        assert read_search({"wildcard_uri": [pattern]}).patterns == (pattern,)
    for pattern in ("*foo.com", "http://f*o.com/x", "file://*", "http://foo.com*", "http://foo.com/x", "http://[x/*"):
        with pytest.raises(BadParameter):
            read_search({"wildcard_uri": [pattern]})
