"""Contents in two columns of entries that were read straight across: parted by what the articles print.

"Jane Roe: The Ferrymen of Karl Ott: Salt" / "Lower Sarn ..... 1 and Timber ..... 4" are two entries. The names say which
title must follow, so that each printed word finds its entry; where one does not, nothing is changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.ingest.structure.contents import Row
from monitor.ingest.structure.type_looks import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.ingest.structure.whole_lines import Known

LEADERS = re.compile(r"[ .\u2026\u00b7_]{2,200}(?=\d{1,3}(?: |$))")
PAGE = re.compile(r"\d{1,3}$")
NAMED = re.compile(r"[^:]{3,160}?:$")
MOST_ROWS = 60
MOST_WORDS = 60
MOST_NAME_WORDS = 16
FEWEST = 2


@dataclass(slots=True)
class Open:
    """An entry that is being read: its names, the title that must follow, and what of it was printed so far."""

    names: str
    title: str  # letters
    words: list[str] = field(default_factory=list)
    page: str = ""

    def rest(self) -> str:
        """Return the letters of the title that are still to come."""
        return self.title[len(letters("".join(self.words))) :]


def parted_columns(rows: Sequence[Row], known: Known) -> list[Row]:
    """Return the lines of the contents with entries side by side one after the other, or as they are."""
    first = next((k for k, row in enumerate(rows) if holds_two(row.text, known)), None)
    if first is None or len(rows) > MOST_ROWS:
        return list(rows)
    entries: list[Open] = []
    at = first
    while at < len(rows) and take(rows[at].text, entries, known):
        at += 1
    if len(entries) < FEWEST or any(entry.rest() or not entry.page for entry in entries):
        return list(rows)
    texts = [f"{entry.names} {' '.join(entry.words)} \u2026 {entry.page}" for entry in entries]
    return [*rows[:first], *(Row(text, rows[first].piece) for text in texts), *rows[at:]]


def holds_two(text: str, known: Known) -> bool:
    """Tell whether a line begins two entries with known names and a colon."""
    words = text.split(" ")[:MOST_WORDS]
    return len(list(openings(words, known))) > 1


def openings(words: Sequence[str], known: Known) -> Iterator[tuple[int, int, str]]:
    """Yield where known names that end in a colon begin and end among words, and the letters of their title."""
    at = 0
    while at < len(words):
        end = next((k for k in range(at, min(len(words), at + MOST_NAME_WORDS)) if words[k].endswith(":")), None)
        title = title_after(words, at, end, known) if end is not None else None
        if end is not None and title is not None:
            yield at, end + 1, title
            at = end
        at += 1


def title_after(words: Sequence[str], at: int, end: int, known: Known) -> str | None:
    """Return the title whose article the names `words[at:end]` sign, as the next word begins it; None without one."""
    together = known.names_of(" ".join(words[at : end + 1])) or ""
    titles = known.written.get(together, set())
    following = letters(words[end + 1]) if end + 1 < len(words) else ""
    return next((title for title in sorted(titles) if title.startswith(following)), None)


def take(text: str, entries: list[Open], known: Known) -> bool:
    """Give each word of a line to its entry, beginning new ones; False where a word belongs to none."""
    words = LEADERS.sub(" ", text).split(" ")[:MOST_WORDS]
    begun = {at: (end, title) for at, end, title in openings(words, known)}
    at, last = 0, None
    while at < len(words):
        if at in begun:
            end, title = begun[at]
            last = Open(" ".join(words[at:end]), title)
            entries.append(last)
            at = end
            continue
        word = words[at]
        fits = [entry for entry in entries if entry.rest() and entry.rest().startswith(letters(word))]
        if letters(word) and fits:
            last = last if last in fits else fits[0]
            last.words.append(word)
        elif last is not None and PAGE.match(word) and not last.rest() and not last.page:
            last.page = word
        else:
            return False
        at += 1
    return True
