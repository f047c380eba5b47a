"""Lines that stand alone whatever touches them: heads and numbers of pages, a web page's buttons, front matter."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.text_file.printed_lines import Line

LONE_NUMBER = re.compile(
    r"[-\u2013\u2014|\u2022 ]{0,4}(?:page ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-\u2013\u2014|\u2022 ]{0,4}$",
    re.IGNORECASE,
)
# A converter that keeps the layout sets the two ends of a running head this far apart.
WIDE_GAP = re.compile(r"\S[ ]{4,200}\S|\S\t{1,20}\S")
PAGE_AFTER_GAP = re.compile(r"(?:(?<! )[ ]{4,70}|\t)\d{1,4}[ \t]{0,8}$")
DEEP_INDENT = 8
OFTEN = 3
LONGEST_BUTTON = 40
FEWEST_BUTTONS = 2
DIGITS = re.compile(r"\d{1,9}")
COLOPHON = re.compile(
    r"(?:\u00a9|\(c\)|copyright (?:\u00a9|\(c\)|\d{4})).{0,150}$|.{0,150}\ball rights reserved\.?$"
    r"|(?:read more|read also|also read) ?: .{1,150}$",
    re.IGNORECASE,
)
# What a browser copies along with an article; nothing that a periodical prints by itself.
BUTTONS = frozenset(
    """
advertisement|about us|back to top|comments|contact us|cookie policy|copy link|facebook twitter email|home|log in
|menu|newsletter|print this article|print this page|privacy policy|related articles|share|share on facebook
|share on twitter|share this|share this article|sign in|sign up|skip to content|skip to main content
|skip to navigation|subscribe|subscribe now|terms of use|toggle navigation
""".replace("\n", "").split("|")
)
FRONT_MATTER_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]{0,30}):(?:[ \t]{0,20}(?P<quote>[\"']?)|$)")
NAMED = frozenset({"title", "subtitle", "journal", "publication", "date"})
NUMBERED = frozenset({"volume", "issue", "number"})
LONGEST_FRONT_MATTER = 60


@dataclass(frozen=True, slots=True)
class Alone:
    """A line that makes a run by itself: its text without the first `skip` and the last `cut` code points."""

    kind: str | None = None
    skip: int = 0
    cut: int = 0


def lines_alone(lines: Sequence[Line]) -> dict[int, Alone]:
    """Return the lines that stand alone, by the code point at which each begins."""
    found = {line.start: Alone("furniture") for line in (*menus(lines), *filter(is_of_web_page, lines))}
    found |= {line.start: Alone() for line in lines if is_deep_number(line.text)}
    return found | dict(page_edges(lines)) | dict(front_matter(lines))


def menus(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a web page's menus: a few words each, no blank line between, two buttons at least."""
    for shown, group in itertools.groupby(lines, key=lambda line: bool(line.text.strip())):
        menu = list(group) if shown else []
        if all(len(line.text) <= LONGEST_BUTTON for line in menu) and sum(map(is_of_web_page, menu)) >= FEWEST_BUTTONS:
            yield from menu


def is_of_web_page(line: Line) -> bool:
    """Tell whether a line is a button of a web page or its colophon."""
    bare = line.text.strip()[:200]
    return bare.casefold() in BUTTONS or COLOPHON.match(bare) is not None


def is_deep_number(text: str) -> bool:
    """Tell whether a line holds nothing but a number far from the margin, as a page's foot does."""
    bare = text.strip()[:40]
    return len(text) - len(text.lstrip(" ")) >= DEEP_INDENT and LONE_NUMBER.match(bare) is not None


def page_edges(lines: Sequence[Line]) -> Iterator[tuple[int, Alone]]:
    """Yield the first lines of pages that look like running heads, and the last ones that are numbers."""
    shown = [line for line in lines if line.page_break or line.text.strip()]
    pairs = list(itertools.pairwise(shown))
    tops = [after for line, after in pairs if line.page_break and not after.page_break]
    seen = Counter(masked(line.text) for line in tops)
    for line in shown[:1]:
        # The running head of the first page names the periodical; its page number is no part of the name.
        number = PAGE_AFTER_GAP.search(line.text[-80:])
        if number and seen[masked(line.text)] > 1:
            yield line.start, Alone(cut=len(number.group()))
    for line in tops:
        times = seen[masked(line.text)]
        if times > 1 or WIDE_GAP.search(line.text[:400]):
            yield line.start, Alone("furniture" if times >= OFTEN else None)
    for line, after in pairs:
        if after.page_break and LONE_NUMBER.match(line.text.strip()[:40]):
            yield line.start, Alone("furniture")


def masked(text: str) -> str:
    """Return a line as it is compared over pages: numbers hidden, single spaces, no case."""
    return DIGITS.sub("#", " ".join(text[:400].split())).casefold()


def front_matter(lines: Sequence[Line]) -> Iterator[tuple[int, Alone]]:
    """Yield the lines of a YAML head ("title: ...") by where they begin; those about the issue lose their keys."""
    shown = [line for line in lines[: LONGEST_FRONT_MATTER * 2] if line.text.strip("\ufeff \t")][:LONGEST_FRONT_MATTER]
    if not shown or shown[0].text.strip("\ufeff \t") != "---":
        return
    end = next((k for k, line in enumerate(shown[1:], start=1) if line.text.rstrip() in {"---", "..."}), 0)
    inner = shown[1:end]
    if not inner or not all(FRONT_MATTER_KEY.match(line.text) or line.text[0] in " \t-" for line in inner):
        return
    for line in inner:
        key = FRONT_MATTER_KEY.match(line.text)
        name = key["key"].casefold() if key and key.end() < len(line.text.rstrip()) else ""
        if key and name in NAMED:
            closed = key["quote"] and line.text.rstrip().endswith(key["quote"])
            yield line.start, Alone(None, key.end(), len(line.text) - len(line.text.rstrip()) + bool(closed))
        else:
            yield line.start, Alone(None if name in NUMBERED else "furniture")
