"""Real rows for tests, by the way the site makes them: a read document goes through `store_issue`."""

from __future__ import annotations

import hashlib
import re
from itertools import count
from typing import TYPE_CHECKING, Any

from monitor.accounts.models import Role, User
from monitor.ingest.document import (
    Article,
    Block,
    BlockType,
    Citation,
    Finding,
    IssueDocument,
    IssueFacts,
    Link,
    Marker,
    Note,
)
from monitor.library.importing import FileFacts, store_issue
from monitor.library.models import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.library.models import Article as ArticleRow
    from monitor.library.models import Issue

PASSWORD = "a quiet harbour"
TEXT = "The lamps were lit before dusk.[1]\n\n## The Weir\n\nNobody held the gate (Ferry Post, January 21)."
CITED = {"Ferry Post, January 21": "2022-01-21"}

_numbers = count(1)
_MARKER = re.compile(r"\[(\d{1,3})\]")
_PREFIXES: dict[str, tuple[BlockType, int | None]] = {
    "## ": ("heading", 2),
    "### ": ("heading", 3),
    "> ": ("quote", None),
    "- ": ("list", None),
    "! ": ("sidebar", None),
    "^ ": ("caption", None),
    '" ': ("pullquote", None),
    "| ": ("table", None),
}


def make_user(role: Role | str = Role.READER, *, name: str | None = None, **fields: Any) -> User:
    """Return a person with this role, who signs in with PASSWORD."""
    username = name or f"{role}{next(_numbers)}"
    return User.objects.create_user(username=username, password=PASSWORD, role=Role(role), **fields)


def make_people() -> dict[str, User]:
    """Return one person of each role, and one whose account is disabled."""
    people = {str(role): make_user(role) for role in Role}
    people["disabled"] = make_user(Role.ADMIN, is_active=False)
    return people


def make_block(line: str) -> Block:
    """Return a block; its first characters may say its type: `## ` heading, `> ` quote, `- ` list, `| ` table, ...."""
    for prefix, (kind, level) in _PREFIXES.items():
        if line.startswith(prefix):
            text = line.removeprefix(prefix)
            if kind != "table":
                return Block(type=kind, text=text, level=level)
            rows = tuple(tuple(row.split(" | ")) for row in text.split("\n"))
            return Block(type=kind, text=" ".join(cell for row in rows for cell in row), rows=rows)
    return Block(type="para", text=line)


def make_read_article(
    text: str = TEXT,
    *,
    title: str = "Lamps on the Ardel",
    authors: Iterable[str] = ("Ines Varrow",),
    notes: Iterable[str] = ("Assembly of the Ardel, Report on Dues, 2015.",),
    resolves: Mapping[int, int] | None = None,
    cited: Mapping[str, str | None] | None = None,
    links: Mapping[str, str | None] | None = None,
    **facts: Any,
) -> Article:
    """Return an article as a reader hands it over.

    `text` is in blocks divided by a blank line (see `make_block`); `[n]` is a marker. `cited` maps "Source, date" as
    printed, once anywhere, to its ISO date; `links` printed words to their target; `resolves` note to note.
    """
    blocks = tuple(make_block(line) for line in text.split("\n\n"))
    printed = tuple(
        Note(n=n, text=note, resolves_to=(resolves or {}).get(n), kind="ibid" if n in (resolves or {}) else "source")
        for n, note in enumerate(notes, 1)
    )
    places = [(b.text, {"block": i}) for i, b in enumerate(blocks)] + [
        (n.text, {"note": i}) for i, n in enumerate(printed)
    ]
    wanted = CITED if cited is None and text == TEXT else (cited or {})
    return Article(
        kind=facts.pop("kind", "article"),
        title=title,
        authors=tuple(authors),
        page_start=facts.pop("page_start", 5),
        bio=facts.pop("bio", "Ines Varrow writes on river law."),
        blocks=blocks,
        notes=printed,
        markers=_markers(blocks),
        citations=tuple(_citation(phrase, iso, places) for phrase, iso in wanted.items()),
        links=tuple(_link(phrase, url, places) for phrase, url in (links or {}).items()),
        **facts,
    )


def _markers(blocks: tuple[Block, ...]) -> tuple[Marker, ...]:
    return tuple(
        Marker(n=int(found[1]), block=i, offset=found.start())
        for i, block in enumerate(blocks)
        for found in _MARKER.finditer(block.text)
    )


def _find(phrase: str, places: list[tuple[str, dict[str, int]]]) -> tuple[int, dict[str, int]]:
    return next((text.index(phrase), where) for text, where in places if phrase in text)


def _citation(phrase: str, iso: str | None, places: list[tuple[str, dict[str, int]]]) -> Citation:
    start, where = _find(phrase, places)
    source, _, date = phrase.partition(", ")
    inside: Any = {"where": "note" if "note" in where else "body", **where}
    return Citation(start=start, end=start + len(phrase), source=source, date=date, iso=iso, inferred=True, **inside)


def _link(phrase: str, url: str | None, places: list[tuple[str, dict[str, int]]]) -> Link:
    start, where = _find(phrase, places)
    return Link(text=phrase, url=url, start=start, end=start + len(phrase), **where)


def make_read_document(
    *articles: Article,
    publication: str = "Tidewater Letter",
    volume: str | None = "XII",
    number: int | None = None,
    date: str | None = "2022-02-11",
    findings: Iterable[Finding] = (),
    **facts: Any,
) -> IssueDocument:
    """Return an issue as a reader hands it over, with one article if none is given."""
    issue = IssueFacts(
        publication=publication,
        volume=volume,
        number=next(_numbers) if number is None else number,
        date=date,
        date_basis=facts.pop("date_basis", "printed" if date else "inferred"),
        **facts,
    )
    return IssueDocument(issue=issue, articles=articles or (make_read_article(),), findings=tuple(findings))


def make_file_facts(*, name: str | None = None, content: bytes | None = None) -> FileFacts:
    """Return the facts of a file that no other test row has, unless its content is given."""
    number = next(_numbers)
    content = f"file {number}".encode() if content is None else content
    name = name or f"tidewater-{number}.txt"
    digest = hashlib.sha256(content).hexdigest()
    return FileFacts(sha256=digest, name=name, type=name.rpartition(".")[2], size=len(content))


def make_issue(*articles: Article, state: str = State.PUBLISHED, file: FileFacts | None = None, **facts: Any) -> Issue:
    """Store an issue of these read articles (one if none is given); `facts` as for `make_read_document`."""
    document = make_read_document(*articles, **facts)
    issue = store_issue(document=document, file=file or make_file_facts()).issue
    if issue.state != state:
        issue.state = state
        issue.save(update_fields=["state"])
    return issue


def make_article(text: str = TEXT, *, state: str = State.PUBLISHED, **facts: Any) -> ArticleRow:
    """Store an issue with one article and return the article; `facts` as for `make_read_article`."""
    row: ArticleRow = make_issue(make_read_article(text, **facts), state=state).articles.get()
    return row
