"""Records to write, and texts that no format expects."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from monitor.interchange.names import split_name
from monitor.interchange.records import ArticleRecord, PassageRecord

LAMPS = ArticleRecord(
    id=17,
    slug="the-lamps-of-kessmouth",
    title="The Lamps of Kessmouth: 40% & Rising",
    authors=(split_name("Ines Varrow"), split_name("Ayman al-Zawahiri"), split_name("The Editors")),
    periodical="Tidewater Letter",
    volume="12",
    number=7,
    date="2021-10-09",
    page_first=5,
    page_last=8,
    permalink="https://monitor.example/articles/17/the-lamps-of-kessmouth/",
)
UNKNOWN = ArticleRecord(
    id=18,
    slug="untitled",
    title="",
    authors=(),
    periodical="",
    volume="",
    number=None,
    date="",
    page_first=None,
    page_last=None,
    permalink="",
)
PASSAGE = PassageRecord(
    uid="5f1c5ad8-2f54-4bb5-8d5e-0d3cc0f5a001",
    article=LAMPS,
    source="The Ferry Post",
    printed="The Ferry Post, September 19",
    date="2021-09-19",
    inferred=True,
    url="https://ferrypost.example/a",
    paragraph=3,
    note=None,
    text="The lamps, lit “early”, were out (The Ferry Post, September 19).",
    start=120,
    end=184,
    cited_start=154,
    cited_end=182,
)
HOSTILE = (
    "a\r\nER  - \r\nTY  - JOUR",
    "TI  - ER  -  twice",
    "} }, author = {Mallory",
    "{{{ unpaired \\",
    "100% \\input{passwd} $x_1^2$ ~ & #",
    "@article{x, and others, and",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "＝HYPERLINK(1)",  # noqa: RUF001
    "'=quoted already",
    'a "quoted", cell; with all',
    "]]></script>--- \u202egpj.exe\u202c",
    "bell\x07 null\x00 next\x85line\u2028separator",
    "half \ud83d a pair, and a whole 🏮",
    "محمد بن سلمان / 김정은 / Ђорђе",
    "",
    "   ",
)

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text("{}\\%&, -ER\r\nand'=+@\t", max_size=30))
dates = st.one_of(
    st.just(""),
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
)
pages = st.one_of(st.none(), st.integers(1, 9999))
article_records = st.builds(
    ArticleRecord,
    id=st.integers(1, 2**63 - 1),
    slug=texts,
    title=texts,
    authors=st.lists(texts.map(split_name), max_size=4).map(tuple),
    periodical=texts,
    volume=texts,
    number=st.one_of(st.none(), st.integers(0, 2**31 - 1)),
    date=dates,
    page_first=pages,
    page_last=pages,
    permalink=texts,
    accessed=st.one_of(st.just(""), st.dates().map(lambda day: day.isoformat())),
)


def lamps(**facts: Any) -> ArticleRecord:
    """Return LAMPS with some facts changed."""
    return replace(LAMPS, **facts)
