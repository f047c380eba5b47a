"""The small things that pages share."""

from __future__ import annotations

from datetime import date
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web import covers
from monitor.web.links import web_address
from monitor.web.passages import passage_around
from monitor.web.templatetags import pages


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no articles"), (1, "1 article"), (2, "2 articles"), (1846, "1,846 articles")]
)
def test_counted(number: int, said: str) -> None:
    assert pages.counted(number, "article") == said


def issue(**facts: Any) -> Any:
    return SimpleNamespace(**{"date": None, "date_from": None, "date_to": None, **facts})


@pytest.mark.parametrize(
    ("facts", "day", "on_cover"),
    [
        ({"date": date(2021, 10, 9)}, "October 9, 2021", "October 9, 2021"),
        (
            {"date_from": date(2022, 1, 24), "date_to": date(2022, 2, 11)},
            "between January 24 and February 11, 2022",
            "February 2022",
        ),
        (
            {"date_from": date(2021, 12, 30), "date_to": date(2022, 1, 2)},
            "between December 30, 2021 and January 2, 2022",
            "January 2022",
        ),
        ({"date_from": date(2022, 1, 24), "date_to": date(2022, 1, 24)}, "January 24, 2022", "January 2022"),
        ({}, "", ""),
    ],
)
def test_issue_day(facts: dict[str, date], day: str, on_cover: str) -> None:
    assert (pages.issue_day(issue(**facts)), pages.cover_day(issue(**facts))) == (day, on_cover)


@pytest.mark.parametrize(
    ("start", "end", "said"), [(None, None, ""), (5, None, "p. 5"), (5, 5, "p. 5"), (5, 8, "pp. 5\u20138")]
)
def test_page_range(start: int | None, end: int | None, said: str) -> None:
    assert pages.page_range(SimpleNamespace(page_start=start, page_end=end)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(("size", "said"), [(0, "1 kB"), (38_737, "38 kB"), (99_999, "99 kB"), (1_400_000, "1.4 MB")])
def test_megabytes(size: int, said: str) -> None:
    assert pages.megabytes(size) == said


@given(st.text())
def test_web_address_never_raises_and_lets_only_the_web_through(url: str) -> None:
    assert web_address(url) is None or url.lower().startswith(("http://", "https://"))


@given(st.sampled_from(["http", "HTTPS", "javascript", "data", "file", "ftp", ""]), st.text(max_size=30))
def test_web_address_is_the_address_or_nothing(scheme: str, rest: str) -> None:
    url = f"{scheme}://{rest}"
    assert web_address(url) in {None, url}
    if scheme.lower() not in {"http", "https"}:
        assert web_address(url) is None


# -- Passages ----------------------------------------------------------------------------------------------------------
def shown(text: str, phrase: str, **edges: bool) -> str:
    start = text.index(phrase)
    passage = passage_around(
        text, start, start + len(phrase), is_begin=edges.get("is_begin", True), is_end=edges.get("is_end", True)
    )
    body = passage.html.replace('<mark class="hit">', "{").replace("</mark>", "}")
    return f"{'…' if passage.cut_before else ''}{body}{'…' if passage.cut_after else ''}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It rose. It fell (Dawn). It stood.", "It fell ({Dawn})."),
        ("It fell (Dawn).", "It fell ({Dawn})."),
        ("One.\n\nIt fell (Dawn).\n\nTwo.", "It fell ({Dawn})."),
        ("He said “no.” It fell (Dawn).[4] It stood.", "It fell ({Dawn}).[4]"),
        ("It rose.[3] It fell (Dawn). [4] It stood.", "It fell ({Dawn}). [4]"),
        ("It fell (Dawn, p. 3) at 3.5 knots. It stood.", "It fell ({Dawn}, p."),
        ("(Dawn)", "({Dawn})"),
    ],
)
def test_passage_is_the_sentence(text: str, wanted: str) -> None:
    assert shown(text, "Dawn") == wanted


def test_passage_without_a_stop_is_cut_at_blanks() -> None:
    text = "word " * 200 + "(Dawn)" + " word" * 200
    cut = shown(text, "Dawn")
    assert cut.startswith("…word word ")
    assert cut.endswith(" word…")
    assert len(cut) < 2 * 160 + 20


def test_passage_without_a_blank_is_cut_all_the_same() -> None:
    assert shown("x" * 500 + "Dawn" + "x" * 500, "Dawn") == f"…{'x' * 160}{{Dawn}}{'x' * 160}…"


@given(st.text(alphabet="aA. \n[1]”(<&", max_size=300), st.data(), st.booleans(), st.booleans())
def test_passage_holds_the_citation_and_never_raises(
    text: str, data: st.DataObject, is_begin: bool, is_end: bool
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = passage_around(text, start, end, is_begin=is_begin, is_end=is_end)
    plain = unescape(passage.html.replace('<mark class="hit">', "").replace("</mark>", ""))
    assert plain in text
    assert text[start:end] in plain


# -- Covers ------------------------------------------------------------------------------------------------------------
@given(st.text(min_size=1, max_size=60), st.integers(0, 12))
def test_motif_has_as_many_strong_strokes_as_the_number_says(name: str, strong: int) -> None:
    strokes = covers.motif(name, strong)
    assert len(strokes) == covers.STROKES
    assert sum(dict(stroke.attributes)["opacity"] == "1" for stroke in strokes) == strong


def test_motif_is_the_periodicals_own() -> None:
    assert covers.motif("Tidewater Letter", 3) == covers.motif("TIDEWATER LETTER", 3)
    names = ("Tidewater Letter", "Canal Dispatches", "Lock & Weir Review", "Ardel Quarterly", "Kessmouth Papers")
    assert len({covers.motif(name, 3) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Tidewater Letter", ("Tidewater", "Letter")),
        ("Lantern", ("Lantern",)),
        ("The Upper Ardel Quarterly of River Law", ("The Upper Ardel", "Quarterly of River…")),
        ("", ("",)),
    ],
)
def test_cover_has_the_name_on_two_lines_at_most(name: str, lines: tuple[str, ...]) -> None:
    periodical = SimpleNamespace(name=name, tint="moss")
    row: Any = SimpleNamespace(periodical=periodical, number=14, volume="XII")
    cover = covers.cover_of(row)
    assert (cover.name_lines, cover.number, cover.volume, cover.tint) == (lines, "14", "Vol. XII", "moss")
    assert sum(dict(stroke.attributes)["opacity"] == "1" for stroke in cover.strokes) == 2


def test_cover_of_an_issue_without_number_is_faint() -> None:
    row: Any = SimpleNamespace(periodical=SimpleNamespace(name="A", tint="moss"), number=None, volume="")
    cover = covers.cover_of(row)
    assert (cover.number, cover.volume) == ("", "")
    assert all(dict(stroke.attributes)["opacity"] == covers.FAINT for stroke in cover.strokes)
