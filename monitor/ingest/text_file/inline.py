"""The marks inside a line of Markdown: links, escapes, emphasis, footnote references; read and taken out."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.ingest.pieces import PieceLink
from monitor.ingest.text_file.splicing import Edit, Moved, Traced, edited

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<reference>\[\^[^\]\s\[]{1,40}\])"
    r"|(?P<raised><sup>\s?\[?(?P<n>\d{1,3})\]?\s?</sup>)"
    r"|(?P<tag></?(?:sup|sub|small|em|strong|span|[biu])(?: [^<>]{0,200})?>)"
    r"|(?P<entity>&(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});)"
    r"|(?P<address><https?://[^\s<>]{1,2000}>)"
    r"|(?P<target>\]\()"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<stars>\*{1,3}(?!\*))"
    r"|(?P<bars>_{1,3}(?!_))"
)
ANY_MARK = re.compile(r"[\\\[\]<*_&]")
TARGET = re.compile(
    r"\(\s?<?(?P<url>[^()\s<>]{0,2000}(?:\([^()\s<>]{0,500}\)[^()\s<>]{0,500})?)>?"
    r"(?:\s(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s?\)"
)
# Emphasis nests two or three deep; a search further back finds only unrelated stars.
OPENERS_LOOKED_AT = 6
OPENERS_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Resolved:
    """A text without its marks, and what the marks said (code points of the text)."""

    traced: Traced
    links: tuple[PieceLink, ...] = ()
    italics: tuple[tuple[int, int], ...] = ()
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Marks:
    """What a scan has found so far, in code points of the marked text."""

    edits: list[Edit] = field(default_factory=list)
    links: list[PieceLink] = field(default_factory=list)
    italics: list[tuple[int, int]] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    brackets: list[tuple[int, int]] = field(default_factory=list)  # open ones: start and end of "[" or "!["
    openers: list[tuple[str, int]] = field(default_factory=list)  # "*" or "**" … and where it begins


def resolved(traced: Traced, labels: Mapping[str, int]) -> Resolved:
    """Return the text as a reader sees it. `labels` gives the number of each named footnote."""
    if not ANY_MARK.search(traced.text):
        return Resolved(traced)
    marks = scanned(traced.text, labels)
    edits = sorted(marks.edits, key=lambda edit: (edit.start, edit.end))
    moved = Moved(edits)
    return Resolved(
        edited(traced, edits),
        tuple(
            PieceLink(moved.to(link.start), moved.to(link.end), link.url)
            for link in sorted(marks.links, key=lambda link: link.start)
            if moved.to(link.start) < moved.to(link.end)
        ),
        tuple((moved.to(start), moved.to(end)) for start, end in sorted(marks.italics)),
        tuple((moved.to(start), moved.to(end)) for start, end in sorted(marks.bold)),
    )


def scanned(text: str, labels: Mapping[str, int]) -> Marks:
    """Return every mark of the text; whatever closes nothing or never closes is left standing as text."""
    marks = Marks()
    at = 0
    while found := MARK.search(text, at):
        start, at = found.span()
        kind = found.lastgroup
        if kind == "escape":
            marks.edits.append(Edit(start, start + 1))
        elif kind == "reference":
            read_reference(found, labels, marks)
        elif kind == "raised":
            marks.edits += (Edit(start, found.start("n"), "["), Edit(found.end("n"), at, "]"))
        elif kind == "tag":
            marks.edits.append(Edit(start, at))
        elif kind == "entity":
            read_entity(found, marks)
        elif kind == "address":
            marks.edits += (Edit(start, start + 1), Edit(at - 1, at))
            marks.links.append(PieceLink(start + 1, at - 1, found.group()[1:-1]))
        elif kind == "open":
            marks.brackets.append((start, at))
        elif kind == "close":
            marks.brackets = marks.brackets[:-1] if len(marks.brackets) < OPENERS_KEPT else []
        elif kind == "target":
            at = read_link(text, start, marks)
        else:
            read_emphasis(text, found, marks)
    return marks


def read_reference(found: re.Match[str], labels: Mapping[str, int], marks: Marks) -> None:
    """Turn a reference to a footnote into its number in brackets."""
    start, end = found.span()
    label = found.group()[2:-1]
    number = str(labels.get(label, label))
    if number == label:
        marks.edits.append(Edit(start + 1, start + 2))
    else:
        marks.edits.append(Edit(start + 1, end - 1, number))


def read_entity(found: re.Match[str], marks: Marks) -> None:
    """Turn a character printed by its name ("&eacute;", "&#8217;") into itself; an unknown name stays as it is."""
    character = html.unescape(found.group())
    if len(character) == 1 and character.isprintable():
        marks.edits.append(Edit(*found.span(), character))
    elif character.isspace():
        before = found.string[found.start() - 1 : found.start()]
        marks.edits.append(Edit(*found.span(), "" if before == " " else " "))


def read_link(text: str, close: int, marks: Marks) -> int:
    """Read the link whose text ends at `close`; return where the scan goes on."""
    target = TARGET.match(text, close + 1)
    opened = marks.brackets.pop() if marks.brackets else None
    if target is None or opened is None:
        return close + 1
    inside = text[opened[1] : close]
    if inside.isdecimal() and len(inside) < 4 and target["url"].startswith("#") and len(target["url"]) > 1:
        # A marker that leads down to its note: the number stays, bracketed as markers are.
        marks.edits.append(Edit(close + 1, target.end()))
        return target.end()
    marks.edits += (Edit(*opened), Edit(close, target.end()))
    marks.links.append(PieceLink(opened[1], close, target["url"]))
    return target.end()


def read_emphasis(text: str, found: re.Match[str], marks: Marks) -> None:
    """Read a run of stars or bars: it closes the nearest equal run before it, or may open one."""
    start, end = found.span()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    run = found.group()
    if before.strip() and not after.isalnum():
        recent = marks.openers[-OPENERS_LOOKED_AT:]
        for back, (other, place) in enumerate(reversed(recent), start=1):
            if other == run and place + len(run) < start:
                del marks.openers[len(marks.openers) - back :]
                close_emphasis(run, place, start, marks)
                return
    if after.strip() and not before.isalnum() and len(marks.openers) < OPENERS_KEPT:
        marks.openers.append((run, start))


def close_emphasis(run: str, opened: int, closed: int, marks: Marks) -> None:
    """Note an emphasis that begins and ends with `run`."""
    width = len(run)
    marks.edits += (Edit(opened, opened + width), Edit(closed, closed + width))
    if width != 2:
        marks.italics.append((opened + width, closed))
    if width != 1:
        marks.bold.append((opened + width, closed))
