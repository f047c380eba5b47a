"""The invented issues of the fixtures, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.ingest.reading import read_text_issue

if TYPE_CHECKING:
    from monitor.ingest.document import Article, Block, IssueDocument

FIXTURES = Path(__file__).parents[1] / "fixtures"
TESK = FIXTURES / "invented_issue.txt"
LEDGER = FIXTURES / "invented_ledger.md"
BULLETIN = FIXTURES / "invented_bulletin.txt"
REVIEW = FIXTURES / "invented_review.txt"
DISPATCH = FIXTURES / "invented_dispatch.md"
BRIEF = FIXTURES / "invented_brief.txt"
BORDER = FIXTURES / "invented_border.txt"
UPLAND = FIXTURES / "invented_upland.txt"
FERRIES, REEDS, VARROW, HILLS, RIVALS = range(5)


@cache
def tesk() -> IssueDocument:
    """Return the issue that holds all fourteen traps."""
    return read_text_issue(TESK.read_bytes())


@cache
def ledger() -> IssueDocument:
    """Return the issue in Markdown, of another make."""
    return read_text_issue(LEDGER.read_bytes())


@cache
def bulletin() -> IssueDocument:
    """Return the issue as an old mailing list would print it: capitals, wrapped lines, indents, leaders."""
    return read_text_issue(BULLETIN.read_bytes())


@cache
def review() -> IssueDocument:
    """Return the issue as a converter lays a PDF out: form feeds, running heads, page numbers, digits for markers."""
    return read_text_issue(REVIEW.read_bytes())


@cache
def dispatch() -> IssueDocument:
    """Return the issue in a converter's Markdown: front matter, ranks, a section, the notes of all at the end."""
    return read_text_issue(DISPATCH.read_bytes())


@cache
def brief() -> IssueDocument:
    """Return the issue as copied from a web page: menus, buttons, a post and a date beside the author, raised labels."""
    return read_text_issue(BRIEF.read_bytes())


@cache
def border() -> IssueDocument:
    """Return the issue as a word processor saves it as plain text: tabs, no-break spaces, pages without leaders."""
    return read_text_issue(BORDER.read_bytes())


@cache
def upland() -> IssueDocument:
    """Return the issue of a learned journal: rules, sections in the contents, universities below the authors."""
    return read_text_issue(UPLAND.read_bytes())


def block_with(article: Article, words: str) -> Block:
    """Return the one block of an article that holds some words."""
    (found,) = [block for block in article.blocks if words in block.text]
    return found


def texts(article: Article, kind: str) -> list[str]:
    """Return the texts of an article's blocks of one type."""
    return [block.text for block in article.blocks if block.type == kind]


def codes(document: IssueDocument, code: str) -> list[tuple[int | None, int | None, str | None]]:
    """Return article, note and suggestion of every finding of one code."""
    return [
        (finding.article, finding.note, finding.suggestion) for finding in document.findings if finding.code == code
    ]
