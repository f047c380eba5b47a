"""The real issue as other conversions would print it must read the same."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from monitor.ingest.reading import read_text_issue
from tests.ingest import other_makes
from tests.ingest.real_issue import real_issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ingest.document import IssueDocument

HEAD = "Terrorism Monitor    Volume XX | Issue 3    Page"


def outline(document: IssueDocument) -> list[Any]:
    """Return what a reader sees of the articles, without places in the file."""
    return [
        (
            article.title,
            article.authors,
            article.bio,
            [(block.type, block.text) for block in article.blocks],
            [(note.n, note.text, note.kind, note.resolves_to) for note in article.notes],
            article.markers,
            [(c.where, c.block, c.note, c.start, c.source, c.date, c.iso) for c in article.citations],
        )
        for article in document.articles
    ]


@cache
def printed() -> str:
    return real_issue().decode("utf-8")


@cache
def as_printed() -> IssueDocument:
    return read_text_issue(real_issue())


def signed(form: str) -> str:
    authors = {author for article in as_printed().articles for author in article.authors}
    lines = printed().split("\n")
    first = lines.index(as_printed().articles[0].title)
    return "\n".join(form.format(line) if k > first and line in authors else line for k, line in enumerate(lines))


def contents(gap: str) -> str:
    """Return the issue with contents that have a line for each entry."""
    rows = [f"{entry.title}{gap}{' and '.join(entry.authors)}{gap}{entry.page}" for entry in as_printed().toc]
    start, end = printed().index("p.1\n"), printed().index(as_printed().articles[0].title)
    return printed()[:start] + "\n".join(["Contents", "", *rows, "", ""]) + printed()[end:]


FORMS: dict[str, Callable[[], str]] = {
    "wrapped": lambda: other_makes.wrapped(printed(), 72),
    "laid out on pages": lambda: other_makes.laid_out(other_makes.wrapped(printed(), 80), HEAD),
    "on a web page": lambda: other_makes.on_a_web_page(printed()),
    "front matter": lambda: other_makes.with_front_matter(printed(), "Terrorism Monitor"),
    "round labels": lambda: other_makes.with_round_labels(printed()),
    "raised labels": lambda: other_makes.with_raised_labels(printed()),
    "contents without leaders": lambda: contents("    "),
    "contents with tabs": lambda: contents("\t"),
    "posts beside the names": lambda: signed("By {}, Jamestown Foundation"),
    "dates beside the names": lambda: signed("{} | February 11, 2022"),
    "tabs": lambda: re.sub(r"\n\n(?=[A-Z\"\u201c].{150})", "\n\t", printed()),
    "no-break spaces": lambda: printed().replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_real_issue_reads_the_same_in_another_form(form: str) -> None:
    document = read_text_issue(FORMS[form]().encode("utf-8"))

    assert outline(document) == outline(as_printed())
    assert [entry.page for entry in document.toc] == [1, 3, 5, 8]


@pytest.mark.parametrize("width", [52, 60, 66, 72, 80, 90])
def test_hardly_a_word_of_the_real_issue_is_lost_where_lines_cut_words(width: int) -> None:
    changed = other_makes.hyphenated(printed(), width)
    cuts = len(re.findall(r"[a-z]-\n[a-z]", changed))
    read, wanted = outline(read_text_issue(changed.encode("utf-8"))), outline(as_printed())

    wrong = sum(
        one != other
        for found, known in zip(read, wanted, strict=True)
        for one, other in zip([*found[3], *found[4]], [*known[3], *known[4]], strict=True)
    )

    assert cuts > 40
    # Without a list of words "battle-|field" stays two where the issue prints both and never the whole.
    assert wrong <= 1
