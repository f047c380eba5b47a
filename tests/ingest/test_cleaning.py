from __future__ import annotations

import unicodedata

import pytest

from monitor.ingest.document import Origin
from monitor.ingest.letters.cleaning import cleaned
from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.text_file.splicing import Traced


def clean(text: str, *, seen: str = "") -> str:
    return cleaned(Traced(text), vocabulary([seen]))[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  salt   and\trope ", "salt and rope"),
        ("salt\nand\r\nrope", "salt and rope"),
        ("salt  \n   rope", "salt rope"),
        ("salt\u00a0and\u2009rope\u3000here", "salt and rope here"),
        ("salt\u2028rope\u2029\x85mill", "salt rope mill"),
        ("fer\u00adry", "ferry"),
        ("fer\u00ad\nry", "ferry"),
        ("fer\u2010\nry", "ferry"),
        ("fer\u2010ry", "fer\u2010ry"),
        ("sa\u200blt \ufeffrope\u2060", "salt rope"),
        ("sa\x00lt\x07 \x9drope", "salt rope"),
        ("\ufb01sh \ufb02at o\ufb03ce \ufb00", "fish flat office ff"),
        ("a\ud800b", "ab"),
        ("a\ud83d\ude00b", "a\U0001f600b"),
        ("km\u00b2 n\u00ba\u2026", "km\u00b2 n\u00ba\u2026"),
        ("the quay/\nharbor road", "the quay/harbor road"),
        ("salt /\nrope", "salt / rope"),
        ("salt\\\nrope", "salt rope"),
        ("salt\\\\\nrope", "salt\\\\ rope"),
        ("salt -\nrope", "salt - rope"),
        ("2012-\n2013", "2012-2013"),
        ("\u0639\u0644\u200c\u064a", "\u0639\u0644\u200c\u064a"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_cleaned_leaves_one_line_of_single_spaces(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "e\u0301te\u0301",
        "A\u030a",
        "u\u0323\u0302",
        "\u1112\u1161\u11ab",
        "\u0928\u093c",
        "\u212b",
        "e\u0301" * 50,
        "\u0301",
    ],
)
def test_cleaned_composes_letters(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_cleaned_does_not_fold_compatible_characters() -> None:
    assert clean("\u00b2 \u00aa \u2460 \uff21") == "\u00b2 \u00aa \u2460 \uff21"


def test_cleaned_bounds_the_work_on_endless_marks() -> None:
    text = "e" + "\u0301\u0323" * 50_000

    found = clean(text)

    assert found.startswith("\u1eb9")
    assert found.count("\u0301") == 50_000


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("river-\nborne", "river-borne goods", "river-borne"),
        ("river-\nborne", "riverborne goods", "riverborne"),
        ("Counter-\nSmuggling", "", "Counter-Smuggling"),
        ("al-\nMarsa", "almarsa", "al-Marsa"),
        ("lock-\nkeeper", "a lock and a keeper here", "lock-keeper"),
        ("govern-\nments", "", "governments"),
        ("state-of-\nthe-art", "state-of-the-art", "state-of-the-art"),
    ],
)
def test_cleaned_mends_hyphens_at_line_ends(text: str, seen: str, expected: str) -> None:
    assert clean(text, seen=seen) == expected


def test_cleaned_names_the_hyphens_it_guessed() -> None:
    assert cleaned(Traced("two karva-\nnians"), vocabulary([]))[1] == ["karva-nians"]
    assert cleaned(Traced("river-\nborne"), vocabulary(["river-borne now"]))[1] == []


def test_cleaned_keeps_the_origin_of_every_letter() -> None:
    raw = Traced(" \ufb01sh\u00ad  e\u0301 x", (Origin(0, 40, 11),))

    line, _ = cleaned(raw, vocabulary([]))

    assert line.text == "fish \u00e9 x"
    assert line.origin == (
        Origin(0, 41, 1),
        Origin(1, 41, 3),
        Origin(4, 45, 1),
        Origin(5, 47, 1),
        Origin(6, 49, 2),
    )
