"""The same issue printed in other ways must read the same: one test for each way that a conversion may take."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.reading import read_text_issue
from tests.ingest import other_makes
from tests.ingest.invented_issue import FIXTURES, HILLS, RIVALS, TESK, tesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

AUTHORS = {"Ilse Marrow", "Tomas Ruel", "Keren Ul Haddat", "Bastian Orme"}
BODY = "Ferry Owners Come Under Pressure on the Lower Tesk"
PAGE_BREAK = re.compile(r"(?<=customs)\n\n(?=House)|(?<=Varrow)\n\n(?=Levy)|(?<=weakened)\n\n(?=Hill Union)")


@cache
def printed() -> str:
    return TESK.read_text("utf-8")


def outline(document: IssueDocument) -> list[object]:
    """Return everything that a reader sees of the articles, without places in the file."""
    return [
        (
            article.title,
            article.authors,
            article.bio,
            [(block.type, block.text) for block in article.blocks],
            [(note.n, note.text, note.kind, note.resolves_to) for note in article.notes],
            [(marker.n, marker.block, marker.offset) for marker in article.markers],
            [(c.where, c.block, c.note, c.start, c.end, c.source, c.date, c.iso, c.linked) for c in article.citations],
        )
        for article in document.articles
    ]


def read(text: str) -> IssueDocument:
    return read_text_issue(text.encode("utf-8"))


def titles() -> list[str]:
    return [article.title for article in tesk().articles]


def heads() -> list[str]:
    return [block.text for article in tesk().articles for block in article.blocks if block.type == "heading"]


def by_paragraph(change: Callable[[str], str]) -> str:
    return "\n\n".join(change(paragraph) for paragraph in printed().split("\n\n"))


def wrapped(width: int, indent: str = "", *, hyphens: bool = False) -> str:
    def wrap(paragraph: str) -> str:
        if len(paragraph) < 130 or "\n" in paragraph:
            return paragraph
        return textwrap.fill(paragraph, width, initial_indent=indent, break_on_hyphens=hyphens, break_long_words=False)

    return by_paragraph(wrap)


def marked_down(paragraph: str) -> str:
    if paragraph in titles():
        return f"## {paragraph}"
    if paragraph in heads() or paragraph == "Notes":
        return f"### {paragraph}"
    return paragraph


def emboldened(paragraph: str) -> str:
    return f"**{paragraph}**" if paragraph in {*titles(), *heads(), "Notes"} else paragraph


FORMS: dict[str, Callable[[], str]] = {
    "Windows line ends": lambda: printed().replace("\n", "\r\n"),
    "old Macintosh line ends": lambda: printed().replace("\n", "\r"),
    "Unicode line and paragraph separators": lambda: printed().replace("\n\n", "\u2029\n"),
    "two blank lines": lambda: printed().replace("\n\n", "\n\n\n\n"),
    "no blank lines around long lines": lambda: re.sub("\n\n+", "\n", printed()),
    "blanks at line ends": lambda: printed().replace("\n", "  \n"),
    "lines wrapped at 72": lambda: wrapped(72),
    "lines wrapped at hyphens": lambda: wrapped(66, hyphens=True),
    "wrapped with first lines indented": lambda: wrapped(60, "    "),
    "ranked headings": lambda: by_paragraph(marked_down),
    "ranked headings close above the names": lambda: re.sub(r"(## [^\n]*)\n\n", r"\1\n", by_paragraph(marked_down)),
    "bold headings": lambda: by_paragraph(emboldened),
    "names after By": lambda: by_paragraph(lambda p: f"By {p}" if p in AUTHORS else p),
    "names in italics": lambda: by_paragraph(lambda p: f"*{p}*" if p in AUTHORS else p),
    "names in capitals": lambda: by_paragraph(lambda p: p.upper() if p in AUTHORS else p),
    "titles without a blank line below": lambda: re.sub(
        "|".join(f"({re.escape(title)})\n\n" for title in titles()),
        lambda found: f"{found.group().rstrip()}\n",
        printed(),
    ),
    "form feeds at page breaks": lambda: PAGE_BREAK.sub("\n\x0c", printed()),
    "running heads at page breaks": lambda: PAGE_BREAK.sub(
        "\n\nThe Tesk Observer | Volume IX | Issue 2\n\n", printed()
    ),
    "page numbers at page breaks": lambda: PAGE_BREAK.sub("\n\n- 4 -\n\n", printed()),
    "no-break spaces": lambda: printed().replace("of ", "of\u00a0"),
    "soft hyphens": lambda: printed().replace("ferr", "fer\u00adr"),
    "ligatures": lambda: printed().replace("fi", "\ufb01"),
    "decomposed letters": lambda: printed().replace("\u00f4", "o\u0302"),
    "zero-width spaces and nulls": lambda: printed().replace("the ", "the\u200b \x00"),
    "notes without blank lines": lambda: re.sub(r"(?m)^(\[\d+\].*)\n\n(?=\[\d)", r"\1\n", printed()),
    "notes labelled n.": lambda: re.sub(r"(?m)^\[(\d+)\]\.? (?!for)", r"\1. ", printed()),
    "notes and their heading without blank lines": lambda: printed().replace("\nNotes\n\n", "\nNotes\n"),
    "the section's name once more above its first brief": lambda: printed().replace(
        f"\n\n{BODY}", f"\n\nBriefs\n\n{BODY}"
    ),
    "another heading over the notes": lambda: printed().replace("\nNotes\n", "\nEndnotes:\n"),
    "notes labelled (n)": lambda: other_makes.with_round_labels(printed()),
    "notes labelled with raised digits": lambda: other_makes.with_raised_labels(printed()),
    "laid out on pages": lambda: other_makes.laid_out(other_makes.wrapped(printed(), 78), "The Tesk Observer | Page"),
    "laid out on short pages": lambda: other_makes.laid_out(
        other_makes.wrapped(printed(), 64), "THE TESK OBSERVER", lines=33
    ),
    "on a web page": lambda: other_makes.on_a_web_page(printed()),
    "front matter": lambda: other_makes.with_front_matter(printed(), "The Tesk Observer"),
    "posts beside the names": lambda: by_paragraph(lambda p: f"By {p}, Quay House Institute" if p in AUTHORS else p),
    "dates beside the names": lambda: by_paragraph(lambda p: f"{p} | February 11, 2031" if p in AUTHORS else p),
    "dates below the names": lambda: by_paragraph(lambda p: f"By {p}\nFebruary 11, 2031" if p in AUTHORS else p),
    "titles over two lines": lambda: by_paragraph(lambda p: textwrap.fill(p, 50) if p in titles() else p),
    "anchors after ranked headings": lambda: re.sub(r"(?m)^(##+ .*)$", r"\1 {#here}", by_paragraph(marked_down)),
    "paragraphs begun by tabs": lambda: re.sub(r"\n\n(?=[A-Z\"\u201c].{150})", "\n\t", printed()),
    "named characters": lambda: printed().replace("\u00f4", "&ocirc;").replace("of ", "of&nbsp;"),
    "footnotes in Markdown": lambda: re.sub(
        r"(?m)^\[(\d+)\]\.? (?!for)",
        r"[^\1]: ",
        re.sub(r"(?<=[a-z.,\"\n])( ?)\[(\d+)\](?!\.? [A-Z\"])", r"\1[^\2]", printed()),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_issue_reads_the_same_in_another_form(form: str) -> None:
    changed = FORMS[form]()

    assert changed != printed()
    assert outline(read(changed)) == outline(tesk())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_issue_reads_the_same_in_another_encoding(encoding: str) -> None:
    document = read_text_issue(printed().encode(encoding))

    assert outline(document) == outline(tesk())
    assert document.findings == tesk().findings


def test_windows_1252_is_a_guess_and_says_so() -> None:
    document = read_text_issue(printed().encode("cp1252"))

    assert outline(document) == outline(tesk())
    assert next(finding.code for finding in document.findings) == "encoding_guessed"
    assert document.findings[1:] == tesk().findings


def test_contents_with_leaders_say_the_same_as_contents_with_page_marks() -> None:
    start, end = printed().index("p.1\n"), printed().index(BODY)
    lines = [f"{entry.title}, {' and '.join(entry.authors)} ........ {entry.page}" for entry in tesk().toc]

    document = read(printed()[:start] + "Contents\n\n" + "\n".join(lines) + "\n\n" + printed()[end:])

    assert document.toc == tesk().toc
    assert outline(document) == outline(tesk())
    assert [article.kind for article in document.articles] == [article.kind for article in tesk().articles]


@pytest.mark.parametrize("gap", ["    ", "\t", " ..... ", " "])
@pytest.mark.parametrize("closing", [False, True], ids=["before the articles", "after them"])
def test_contents_in_lines_say_the_same_wherever_they_stand(gap: str, closing: bool) -> None:
    start, end = printed().index("p.1\n"), printed().index(BODY)
    lines = [f"{entry.title}, {' and '.join(entry.authors)}{gap}{entry.page}" for entry in tesk().toc]
    contents = "\n".join(["Contents", "", *lines])
    before, after = ("", contents) if closing else (contents, "")

    document = read("\n\n".join([printed()[:start], before, printed()[end:], after]))

    assert document.toc == tesk().toc
    assert outline(document) == outline(tesk())
    assert [article.kind for article in document.articles] == [article.kind for article in tesk().articles]


@pytest.mark.parametrize("gap", ["    ", "\t", " "])
def test_contents_without_any_sign_between_title_and_names_say_the_same(gap: str) -> None:
    start, end = printed().index("p.1\n"), printed().index(BODY)
    lines = [f"{entry.title}{gap}{' and '.join(entry.authors)}{gap}{entry.page}" for entry in tesk().toc]

    document = read(printed()[:start] + "Contents\n\n" + "\n".join(lines) + "\n\n" + printed()[end:])

    assert document.toc == tesk().toc
    assert outline(document) == outline(tesk())


def test_words_cut_at_line_ends_are_mended() -> None:
    changed = other_makes.hyphenated(printed(), 60)

    assert len(re.findall(r"[a-z]-\n[a-z]", changed)) >= 5
    assert outline(read(changed)) == outline(tesk())


def test_digits_brought_down_to_the_line_are_markers() -> None:
    text = re.sub(r"(?<=[.,\"]) \[(\d+)\](?!\.? [A-Z\"].*\n\n\[)", r"\1", printed())

    document = read(text)

    assert document.articles[HILLS].markers != ()
    assert [m.n for m in document.articles[HILLS].markers] == [m.n for m in tesk().articles[HILLS].markers]


def test_contents_as_a_list_of_links_say_the_same_without_pages() -> None:
    start, end = printed().index("p.1\n"), printed().index(BODY)
    items = [f"- [{entry.title}](#a{k}) by {' and '.join(entry.authors)}" for k, entry in enumerate(tesk().toc)]

    document = read(printed()[:start] + "## In this issue\n\n" + "\n".join(items) + "\n\n" + printed()[end:])

    assert [(e.title, e.authors) for e in document.toc] == [(e.title, e.authors) for e in tesk().toc]
    assert outline(document) == outline(tesk())


def test_without_contents_every_title_is_still_found() -> None:
    start, end = printed().index("p.1\n"), printed().index(BODY)

    document = read(printed()[:start] + printed()[end:])

    assert outline(document) == outline(tesk())
    assert document.toc == ()
    assert {article.kind for article in document.articles} == {"article"}


def test_without_masthead_and_contents_every_title_is_still_found() -> None:
    document = read(printed()[printed().index(BODY) :])

    assert outline(document) == outline(tesk())
    assert document.issue.publication == "Unknown periodical"
    assert "masthead_missing" in {finding.code for finding in document.findings}


def test_without_biographies_titles_are_still_found_by_the_contents() -> None:
    bios = {article.bio for article in tesk().articles}

    document = read(by_paragraph(lambda paragraph: "" if paragraph in bios else paragraph))

    assert [(article.title, article.authors) for article in document.articles] == [
        (article.title, article.authors) for article in tesk().articles
    ]
    assert all(article.bio is None for article in document.articles)


def test_raised_digits_are_markers_where_a_note_has_their_number() -> None:
    raised = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
    text = re.sub(r" \[(\d+)\](?!\.? [A-Z\"].*\n\n\[)", lambda found: found[1].translate(raised), printed())

    document = read(text.replace("31 idle boats", "31 m\u00b2 of idle boats"))

    assert [m.n for m in document.articles[HILLS].markers] == [1, 2, 3]
    assert [m.n for m in document.articles[RIVALS].markers] == [m.n for m in tesk().articles[RIVALS].markers]
    assert "31 m\u00b2 of idle boats" in document.articles[0].blocks[2].text


def test_the_fixture_is_in_the_form_that_the_tests_change() -> None:
    assert FIXTURES.name == "fixtures"
    assert printed().startswith("\n\nThe Tesk Observer\n\n")
    assert not printed().endswith("\n")
