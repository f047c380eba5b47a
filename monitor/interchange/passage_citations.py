"""A passage with its citation, in the styles analysts write in; `static/js/keys/citing.js` passes the same cases.

Brackets round a day or a year say that it was worked out, not printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.interchange.names import PersonName

STYLES = {"note": "Note", "author-date": "Author and date", "markdown": "Markdown"}
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")
_STARTS_A_LIST = re.compile(r"^(\d{1,9})([.)])|^([-+=])")


@dataclass(frozen=True, slots=True)
class CitedText:
    """What a citation says of an article or issue; unknown things are ""."""

    authors: tuple[PersonName, ...]
    title: str
    periodical: str
    label: str  # XX:3
    day: str  # 11 February 2022, [February 2022]
    year: str  # 2022, [2022]
    pages: str  # p. 5, pp. 5-8 with an en dash

    @property
    def names(self) -> str:
        return _listed([printed_name(name) for name in self.authors])


def printed_name(name: PersonName) -> str:
    """Return a name in the order in which it is spoken."""
    return name.literal or " ".join(filter(None, (name.given, name.family, name.suffix)))


def cited_passage(
    style: str, quote: str, text: CitedText, *, pages: str = "", note: int | None = None, url: str
) -> str:
    """Return a quote with its citation in one of STYLES. `pages` are the passage's own, "p. 5"."""
    where = ", ".join(filter(None, (pages or text.pages, f"n. {note}" if note is not None else "")))
    if style == "markdown":
        return f"{quoted_lines(quote)}\n\n— {_in_markdown(text, where, url)}"
    if style == "author-date":
        return f"“{quote}” ({_short(text, where)})\n\n{reference(text)} {url}".rstrip()
    return f"“{quote}” {in_note(text, where)}. {url}".rstrip()


def in_note(text: CitedText, where: str) -> str:
    """Return `Author, “Title”, Publication XX:3 (11 February 2022), p. 5`."""
    issue = " ".join(filter(None, (text.periodical, text.label, text.day and f"({text.day})")))
    return ", ".join(filter(None, (text.names, text.title and f"“{text.title}”", issue, where)))


def reference(text: CitedText) -> str:
    """Return the entry of a list of references."""
    first = _listed([_inverted(text.authors[0]), *map(printed_name, text.authors[1:])]) if text.authors else ""
    issue = " ".join(filter(None, (text.periodical, text.label, text.day and f"({text.day})")))
    parts = (first, text.year or "n.d.", text.title and f"“{text.title}”", ", ".join(filter(None, (issue, text.pages))))
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _short(text: CitedText, where: str) -> str:
    names = [name.family or name.literal for name in text.authors]
    who = names[0] if len(names) == 1 else f"{names[0]} and {names[1]}" if len(names) == 2 else ""
    who = who or (f"{names[0]} et al." if names else text.periodical)
    return ", ".join(filter(None, (f"{who} {text.year or 'n.d.'}", where)))


def _in_markdown(text: CitedText, where: str, url: str) -> str:
    title = text.title and f"“{escaped(text.title)}”"
    linked = f"[{title or 'Passage'}]({url})" if url else title
    periodical = text.periodical and f"*{escaped(text.periodical)}*"
    issue = " ".join(filter(None, (periodical, escaped(text.label), escaped(text.day and f"({text.day})"))))
    return ", ".join(filter(None, (escaped(text.names), linked, issue, where)))


def quoted_lines(quote: str) -> str:
    """Return a quote as Markdown, `> ` before every line."""
    return "\n".join(f"> {escaped(line)}".rstrip() for line in quote.split("\n"))


def escaped(words: str) -> str:
    """Return words that Markdown shows as they are."""
    plain = _MARKDOWN_SIGNS.sub(r"\\\1", words)
    return _STARTS_A_LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", plain)


def _inverted(name: PersonName) -> str:
    return ", ".join(filter(None, (name.family, name.given, name.suffix))) if name.family else name.literal


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
