"""Our articles with their marks: how a marked source is written, and what one says.

A source is a list of lines; blank lines count for nothing. What a line is, its first characters tell:

    % key: value        masthead (publication, tagline, volume, date)
    %% kind id          an article begins; kind is "brief" or "article"
    # …                 its title
    @ …                 its byline
    ## …                a heading
    ~ …                 the author's biography
    * [1] …             an endnote in prose (read like the article)
    - [2] …             a bibliographic or interview endnote (not read)
    ! actors: a, b      what the article is about, first things first (also `regions`)
    anything else       a paragraph

Within a line `{surface}` is a mention of the entity that has this surface, `{surface=id}` of the one named. Marks may
nest. Signs straight after the brace: `!` a descriptive phrase (tier "desc"), `?` neither required nor wrong, `^` a
place that stands for its government. `((…))` prints a citation in round brackets, `¶` a page break in mid sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SIGNS = "!?^"
PAGE_BREAK = "¶"
ZONE_OF_LINE = {"# ": "title", "@ ": "byline", "## ": "heading", "~ ": "bio", "* ": "note", "- ": "bibnote"}
TOKEN = re.compile(r"\(\(|\)\)|\{[!?^]*|=[A-Za-z0-9-]+\}|[{}¶]|[^{}()=¶]+|.")


class MarkError(ValueError):
    """A marked source is not written as the rules say."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch of a line, `start` to `end` in its printed text; `entity` as written, or None."""

    start: int
    end: int
    signs: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One block as printed: its sort, text, marks and the ranges of its citations."""

    sort: str  # title, byline, heading, para, bio, note, bibnote
    text: str
    marks: tuple[Mark, ...]
    citations: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class MarkedArticle:
    """One article of a marked source."""

    kind: str
    id: str
    lines: list[Line] = field(default_factory=list)
    about: dict[str, list[str]] = field(default_factory=dict)

    def printed(self, sort: str) -> str:
        """Give the text of the first line of a sort."""
        return next(line.text for line in self.lines if line.sort == sort)


@dataclass(slots=True)
class MarkedIssue:
    """A marked source, read."""

    masthead: dict[str, str] = field(default_factory=dict)
    articles: list[MarkedArticle] = field(default_factory=list)


def read_issue(source: str) -> MarkedIssue:
    """Read a marked source; MarkError with the line if it breaks a rule."""
    issue = MarkedIssue()
    for number, row in enumerate(source.splitlines(), start=1):
        try:
            take_row(issue, row.strip())
        except (MarkError, ValueError, IndexError) as wrong:
            msg = f"line {number}: {wrong or 'not understood'}"
            raise MarkError(msg) from wrong
    return issue


def take_row(issue: MarkedIssue, row: str) -> None:
    """Add what one row says to the issue."""
    if not row:
        return
    if row.startswith("%% "):
        kind, name = row[3:].split()
        issue.articles.append(MarkedArticle(kind, name))
    elif row.startswith("% "):
        key, value = row[2:].split(":", 1)
        issue.masthead[key] = value.strip()
    elif row.startswith("! "):
        key, value = row[2:].split(":", 1)
        issue.articles[-1].about[key] = value.replace(",", " ").split()
    else:
        issue.articles[-1].lines.append(read_line(row))


def read_line(row: str) -> Line:
    """One printed line out of its marked form."""
    sort = next((name for sign, name in ZONE_OF_LINE.items() if row.startswith(sign)), "para")
    text = row.split(" ", 1)[1] if sort != "para" else row
    return Line(sort, *unmarked(text))


def unmarked(text: str) -> tuple[str, tuple[Mark, ...], tuple[tuple[int, int], ...]]:
    """Give the printed text of a marked one, its marks by place, and its citations."""
    printed, marks, citations = "", [], []
    open_marks: list[tuple[int, str]] = []
    cited_from: int | None = None
    for token in TOKEN.findall(text):
        if token == "((":
            cited_from, printed = len(printed), printed + "("
        elif token == "))" and cited_from is not None:
            printed += ")"
            citations.append((cited_from, len(printed)))
            cited_from = None
        elif token[0] == "{":
            open_marks.append((len(printed), token[1:]))
        elif token[-1] == "}":
            start, signs = open_marks.pop()
            marks.append(Mark(start, len(printed), signs, token[1:-1] or None))
        else:
            printed += "\n\n" if token == PAGE_BREAK else token
    if open_marks or cited_from is not None:
        msg = f"left open: {text[:60]}"
        raise MarkError(msg)
    return printed, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))), tuple(citations)
