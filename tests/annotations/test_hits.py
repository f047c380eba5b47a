from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.annotations.hits import asked_terms, find_hits, words_of

TEXT = "Prison break in Kidal. A prison-break? The break; a prison. Emprisoned.\n\nBreak"


def found(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find_hits(text, query)]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("kidal", ["Kidal"]),
        ("KIDAL", ["Kidal"]),
        ("prison", ["Prison", "prison", "prison"]),
        ("prison break", ["Prison break", "prison", "break", "break", "prison", "Break"]),
        ('"prison break"', ["Prison break", "prison-break"]),
        ("“prison break”", ["Prison break", "prison-break"]),
        ("prison-break", ["Prison break", "prison-break"]),
        ('"break in Kidal', ["break in Kidal", "break", "break", "Break"]),
        ("risen", []),
        ("", []),
        (' "" ! ', []),
    ],
)
def test_find_hits_finds_words_and_phrases(query: str, hits: list[str]) -> None:
    assert found(TEXT, query) == hits


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Rodrigo Peñalosa spoke.", "penalosa", ["Peñalosa"]),
        ("Rodrigo Pen\u0303alosa spoke.", "PEÑALOSA", ["Pen\u0303alosa"]),
        ("The Jamaa\u0301, then.", "jamaa", ["Jamaa\u0301"]),
        ("In İstanbul.", "istanbul", ["İstanbul"]),
        ("Die Straße.", "strasse", ["Straße"]),
        ("an o\ufb03ce there", "office", ["o\ufb03ce"]),
        ("co\u00adop\u00aderate now", "cooperate", ["co\u00adop\u00aderate"]),
        ("The League\u2019s lamps", "league's", ["League\u2019s"]),
        ("\U0001f30a Ardel \U0001f30a", "ardel", ["Ardel"]),
        ("塔利班在喀布尔", "喀布尔", ["喀布尔"]),
        ("قال حزب الله أمس", "حزب الله", ["حزب الله"]),
        ("said.[1] Twice", "said twice", ["said", "Twice"]),
        ("end\n\nEnd", "end end", ["end", "End"]),
    ],
)
def test_find_hits_takes_no_notice_of_case_and_accents(text: str, query: str, hits: list[str]) -> None:
    assert found(text, query) == hits


def test_phrase_never_reaches_over_two_paragraphs() -> None:
    assert found("The end\n\nof it, the end of it.", '"end of it"') == ["end of it"]


def test_very_long_queries_are_cut() -> None:
    assert len(asked_terms(" ".join(f"w{n}" for n in range(99)))) == 12
    assert find_hits("x" * 500, "x" * 500) == []


@given(st.text(max_size=80), st.text(max_size=30))
def test_hits_are_ordered_disjoint_and_inside_the_text(text: str, query: str) -> None:
    hits = find_hits(text, query)
    edges = [edge for hit in hits for edge in hit]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in hits)


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Mn", "Po"]), max_size=80))
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    for word in words_of(text):
        printed = text[word.start : word.end]
        hits = find_hits(text, printed)
        assert any(start <= word.start and word.end <= end for start, end in hits)


@given(st.text(st.characters(categories=["Lu", "Ll", "Zs"]), max_size=60))
def test_composed_and_decomposed_texts_have_as_many_words(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [word.folded for word in words_of(composed)] == [word.folded for word in words_of(decomposed)]
