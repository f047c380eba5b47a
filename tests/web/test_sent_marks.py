"""What a script sends is read as the form reads it, or left to the form."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.models import Colour, Visibility
from monitor.annotations.passages import AskedPassage
from monitor.web.forms.marks import MarkForm
from monitor.web.forms.sent_marks import sent_mark

UID = "0b0f5f4e-7d57-4a40-9b39-5a1c0a4f5d11"
PASSAGES = json.dumps([{"start": 4, "end": 9, "quote": "lamps", "version": 1, "note": None}])
LEAST = {"uid": UID, "article": "12", "passages": PASSAGES}


def query(fields: dict[str, Any]) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(fields)
    return made


def test_a_mark_as_our_script_sends_it_is_read_without_a_form() -> None:
    found = sent_mark(query({**LEAST, "colour": "teal", "comment": " Two\r\nlines \n", "tags": " weir, lock "}))
    assert found is not None
    assert found["passages"] == (AskedPassage(4, 9, "lamps", text_version=1),)
    assert (str(found["uid"]), found["article"], found["comment"], found["tags"]) == (
        UID,
        12,
        "Two\r\nlines",
        "weir, lock",
    )


numbers = st.one_of(st.integers(-3, 2**70), st.sampled_from(["", "0", "012", " 12", "1.0", "x", "१२", "1e3"])).map(str)
uids = st.one_of(
    st.uuids().map(str), st.sampled_from(["", "x", UID.upper(), f" {UID}", UID.replace("-", ""), f"{{{UID}}}"])
)
words = st.text('aZé\u0301😀 ,\0\n\r[]"', max_size=20)
passages = st.one_of(
    st.sampled_from(
        ["", "[]", "{}", "[1]", "x", PASSAGES, f" {PASSAGES} ", '[{"start": -1}]', '[{"quote": "\\u0000"}]']
    ),
    st.lists(
        st.fixed_dictionaries(
            {"start": st.integers(0, 99), "end": st.integers(0, 99)},
            optional={"quote": words, "version": st.integers(1, 3), "prefix": words, "suffix": words},
        ),
        max_size=3,
    ).map(json.dumps),
)
sent = st.fixed_dictionaries(
    {},
    optional={
        "uid": uids,
        "article": numbers,
        "passages": passages,
        "comment": words,
        "colour": st.sampled_from(["", " ", "Teal", *Colour.values]),
        "visibility": st.sampled_from(["", "nobody", *Visibility.values]),
        "team": uids,
        "tags": st.one_of(words, st.just("x" * 2001), st.just(f" {'x' * 2000} ")),
        "issue": numbers,
        "quote": words,
        "csrfmiddlewaretoken": words,
    },
)


@given(st.one_of(sent, st.builds(lambda more: {**LEAST, **more}, sent)))
def test_what_is_read_is_what_the_form_reads(fields: dict[str, str]) -> None:
    found = sent_mark(query(fields))
    if found is not None:
        form = MarkForm(query(fields))
        assert form.is_valid(), form.errors
        assert found == form.cleaned_data


@pytest.mark.parametrize("name", ["uid", "article", "passages", "colour", "team", "tags"])
def test_of_a_field_sent_twice_the_last_counts_as_in_the_form(name: str) -> None:
    last = {
        "uid": str(uuid4()),
        "article": "7",
        "passages": "[]",
        "colour": "red",
        "team": str(uuid4()),
        "tags": "weir",
    }
    fields = query(LEAST)
    fields.appendlist(name, last[name])
    form = MarkForm(fields)
    assert form.is_valid()
    assert sent_mark(fields) == form.cleaned_data


@pytest.mark.parametrize(
    "fields",
    [
        {"uid": "x"},
        {"article": ""},
        {"article": "0"},
        {"passages": "["},
        {"colour": "plaid"},
        {"visibility": "nobody"},
        {"team": "x"},
        {"tags": "x" * 2001},
        {"comment": "a\0b"},
        {"quote": "words"},
        {"issue": "3"},
        {"paragraph": "1"},
        {"csrfmiddlewaretoken": "secret"},
    ],
)
def test_the_rest_is_the_forms(fields: dict[str, str]) -> None:
    assert sent_mark(query({**LEAST, **fields})) is None
