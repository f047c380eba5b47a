"""The committed PDFs are what the script makes, and they show what the sources say."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from samples.source_text import long_date
from samples.typeset import Typeset, issue_of, running_heads, wrong_pages
from tests.samples.issues import SLUGS, committed_pdf, typeset_now
from tests.samples.test_sources import DISCLAIMER

PAGES = 6
# p.3 of the second issue, and so on: the page on which each of the five pieces starts.
STARTS = {
    "ceasefire-quarterly-i-4": (1, 2, 2, 4, 5),
    "ceasefire-quarterly-iii-2": (1, 1, 2, 3, 5),
    "ceasefire-quarterly-iv-4": (1, 1, 2, 3, 5),
}


def page_texts(pdf: bytes) -> list[str]:
    """Return each page's text as pdfium finds it."""
    document = pdfium.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return texts


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def uris(pdf: bytes) -> list[str]:
    """Return the target of every link annotation that leads outside, page by page."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        at, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
        while pdfium_c.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
            action = pdfium_c.FPDFLink_GetAction(link)
            size = pdfium_c.FPDFAction_GetURIPath(document.raw, action, None, 0)
            if size:
                buffer = ctypes.create_string_buffer(size)
                pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
                found.append(buffer.value.decode())
    document.close()
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_typeset_gives_the_committed_bytes_again(slug: str) -> None:
    assert typeset_now(slug).pdf == committed_pdf(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_pdf_is_short_and_small(slug: str) -> None:
    assert typeset_now(slug).pages == len(page_texts(committed_pdf(slug))) == PAGES
    assert len(committed_pdf(slug)) < 300_000


@pytest.mark.parametrize("slug", SLUGS)
def test_typeset_knows_the_page_each_article_starts_on(slug: str) -> None:
    assert typeset_now(slug).starts == STARTS[slug]
    texts = [letters(text) for text in page_texts(committed_pdf(slug))]
    for article, page in zip(issue_of(slug).articles, STARTS[slug], strict=True):
        assert letters(article.title + article.byline) in texts[page - 1]


@pytest.mark.parametrize("slug", SLUGS)
def test_printed_contents_name_the_true_pages(slug: str) -> None:
    assert wrong_pages(issue_of(slug), typeset_now(slug)) == []


def test_wrong_pages_names_the_true_page() -> None:
    issue = issue_of(SLUGS[1])
    moved = replace(typeset_now(SLUGS[1]), starts=(1, 1, 2, 4, 5))
    assert wrong_pages(issue, moved) == ["contents: “Counting the Weapons of the FARC” stands on p.4, not p.3"]
    assert isinstance(moved, Typeset)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_first_page_says_that_it_is_a_sample(slug: str) -> None:
    first, *others = (letters(text) for text in page_texts(committed_pdf(slug)))
    assert first.count(letters(DISCLAIMER)) == 1
    assert not any(letters(DISCLAIMER) in page for page in others)


@pytest.mark.parametrize("slug", SLUGS)
def test_running_heads_alternate_and_leave_the_first_page_free(slug: str) -> None:
    heads = running_heads(issue_of(slug))
    for number, text in enumerate(page_texts(committed_pdf(slug)), start=1):
        assert (heads["even"] in text) == (number % 2 == 0)
        assert (heads["odd"] in text) == (number % 2 == 1 and number > 1)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_pdf_says_all_that_the_source_says_and_nothing_else(slug: str) -> None:
    issue = issue_of(slug)
    heads = running_heads(issue).values()
    lines = [line for text in page_texts(committed_pdf(slug)) for line in text.split("\n")]
    printed = "\n".join(line for line in lines if line not in heads and not line.isdecimal())
    source = [issue.publication, issue.tagline, issue.number_line, long_date(issue.date), issue.disclaimer]
    source += [
        part for entry in issue.contents for part in (f"p.{entry.page}", entry.title, " and ".join(entry.authors))
    ]
    for article in issue.articles:
        source += [article.title, article.byline, *(passage.text for passage in (*article.blocks, *article.bios))]
        source += ["Notes"] if article.notes else []
        source += [f"[{note.n}] {note.text}" for note in article.notes]
    assert letters(printed) == letters(" ".join(source))


@pytest.mark.parametrize("slug", SLUGS)
def test_link_annotations_lead_where_the_source_says(slug: str) -> None:
    wanted = [
        run.url for article in issue_of(slug).articles for passage in article.blocks for run in passage.runs if run.url
    ]
    found = uris(committed_pdf(slug))
    # A link broken over two lines has two annotations, one after the other.
    assert set(found) == set(wanted)
    assert len(found) >= len(wanted)


def test_some_link_is_broken_over_two_lines() -> None:
    found = uris(committed_pdf(SLUGS[2]))
    assert any(first == second for first, second in pairwise(found))
