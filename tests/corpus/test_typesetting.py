"""What is printed is what the gold says, found out by a program that is not Monitor's reader."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pytest

from samples.source_text import long_date
from tests.corpus.cross_section import CASES, SEED, able, made_once
from tests.corpus.invention import SHORT
from tests.corpus.layout import NAMED
from tests.corpus.making import Made, made
from tests.corpus.producers import PRODUCERS
from tests.corpus.typeset import CannotTypeset

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def printed(layout: str, producer: str) -> tuple[Made, tuple[str, ...]]:
    """Return an issue and its pages' texts as pdfium finds them."""
    done = made_once(layout, producer)
    document = pdfium.PdfDocument(done.pdf)
    texts = tuple(page.get_textpage().get_text_range() for page in document)
    document.close()
    return done, texts


def letters(text: str) -> str:
    """Return letters and digits, without case and marks: small capitals are drawn in either case."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def said(gold: dict[str, Any]) -> Iterator[str]:
    """Yield everything the gold holds, as often as it is printed."""
    issue = gold["issue"]
    yield from (issue["publication"], issue["tagline"], f"VOLUME {issue['volume']} ISSUE {issue['number']}")
    yield long_date(date.fromisoformat(issue["date"]))
    for entry in gold["toc"]:
        yield from (entry["title"], " and ".join(entry["authors"]), str(entry["page"]))
    for article in gold["articles"]:
        yield from (article["title"], " and ".join(article["authors"]), article["bio"])
        yield from (block["text"] for block in article["blocks"])
        yield from (f"{note['n']} {note['text']}" for note in article["notes"])


@pytest.mark.parametrize(("layout", "producer"), CASES)
def test_the_pages_say_what_the_gold_says_letter_for_letter(layout: str, producer: str) -> None:
    """Counted, not in order: only running heads, folios, "p." and "Notes" may stand there besides."""
    done, texts = printed(layout, producer)
    on_paper, in_gold = (Counter(letters(" ".join(parts))) for parts in (texts, said(done.gold)))
    assert in_gold - on_paper == {}
    besides = [*done.gold["furniture"] * len(texts), "p" * 9, "Notes" * 9, "0123456789" * 9]
    assert on_paper - in_gold - Counter(letters(" ".join(besides))) == {}


@pytest.mark.parametrize(("layout", "producer"), CASES)
def test_every_article_starts_on_the_page_the_gold_names(layout: str, producer: str) -> None:
    done, texts = printed(layout, producer)
    assert done.gold["issue"]["pages"] == len(texts)
    for article in done.gold["articles"]:
        opening = letters(article["title"] + " and ".join(article["authors"]))
        assert opening in letters(texts[article["page_start"] - 1])


@pytest.mark.parametrize(("layout", "producer"), CASES)
def test_nearly_every_word_is_printed_in_one_piece_or_cut_at_a_line_end(layout: str, producer: str) -> None:
    done, texts = printed(layout, producer)
    stream = letters("".join(texts))
    words = [letters(word) for part in said(done.gold) for word in part.split() if word.isascii()]
    missing = [word for word in words if word not in stream]
    assert len(missing) <= len(words) // 200  # those cut at the foot of a page, before a running head


def test_a_producer_says_what_it_cannot_do() -> None:
    with pytest.raises(CannotTypeset, match="footnotes"):
        made(NAMED["page_foot_notes"], "reportlab", SEED, SHORT)


def test_every_layout_has_three_producers_or_says_why() -> None:
    """Bands and footnotes are what few can do; the rest is set by at least three."""
    few = {"page_foot_notes", "notes_through", "balanced_bands"}
    for layout in NAMED:
        assert sum(able(layout, producer) for producer in PRODUCERS) >= (2 if layout in few else 3), layout
