"""Ways in which a conversion may print the same issue: functions from a text with a paragraph to a line to another."""

from __future__ import annotations

import re
import textwrap

import pyphen

PATTERNS = pyphen.Pyphen(lang="en_US")
SHORTEST_FIRST, SHORTEST_LAST = 2, 3
SHORTEST_CUT_WORD = 6


def by_paragraph(text: str, width: int) -> list[tuple[str, bool]]:
    """Return the pieces of a text, and which of them are paragraphs long enough to be wrapped."""
    return [(piece, len(piece) >= width and "\n" not in piece) for piece in text.split("\n\n")]


def wrapped(text: str, width: int) -> str:
    """Return a text with hard-wrapped paragraphs."""
    return "\n\n".join(
        textwrap.fill(piece, width, break_on_hyphens=False, break_long_words=False) if long else piece
        for piece, long in by_paragraph(text, width)
    )


def hyphenated(text: str, width: int) -> str:
    """Return a text with hard-wrapped paragraphs whose words are cut at line ends wherever the patterns allow."""
    return "\n\n".join(hyphenated_piece(piece, width) if long else piece for piece, long in by_paragraph(text, width))


def hyphenated_piece(piece: str, width: int) -> str:
    """Return one paragraph with words cut at line ends."""
    lines = [""]
    for word in piece.split(" "):
        line = f"{lines[-1]} {word}".strip()
        if len(line) <= width:
            lines[-1] = line
            continue
        at = cut_of(word, width - len(lines[-1]) - 2)
        lines[-1] += f" {word[:at]}-" if at else ""
        lines.append(word[at:])
    return "\n".join(lines)


def cut_of(word: str, room: int) -> int:
    """Return where the patterns cut a word so that its first half fits, 0 where they do not."""
    if not (word.isalpha() and word.islower() and len(word) >= SHORTEST_CUT_WORD):
        return 0
    cuts = [at for at in PATTERNS.positions(word) if SHORTEST_FIRST <= at <= min(room, len(word) - SHORTEST_LAST)]
    return max(cuts, default=0)


def laid_out(text: str, head: str, *, lines: int = 40) -> str:
    """Return a text on pages: form feeds, a running head with its number on every page, a page number at each foot."""
    rows = text.split("\n")
    pages = [rows[at : at + lines] for at in range(0, len(rows), lines)]
    return "\x0c".join(
        "\n".join([f"{head}{' ' * 30}{number}", "", *page, "", f"{' ' * 40}{number}", ""])
        for number, page in enumerate(pages, start=1)
    )


def on_a_web_page(text: str) -> str:
    """Return a text with what a browser copies around it."""
    return f"Skip to main content\nHome\nAbout us\n\n{text}\n\nShare this article\n\n\u00a9 2022 A House. All rights reserved.\n"


def with_round_labels(text: str) -> str:
    """Return a text whose notes are labelled "(1)"."""
    return re.sub(r"(?m)^\[(\d+)\]\.? (?!for)", r"(\1) ", text)


def with_raised_labels(text: str) -> str:
    """Return a text whose notes are labelled with raised digits."""
    raised = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
    return re.sub(r"(?m)^\[(\d+)\]\.? (?!for)", lambda found: f"{found[1].translate(raised)} ", text)


def with_front_matter(text: str, title: str) -> str:
    """Return a text under a YAML head."""
    return f'---\ntitle: "{title}"\ntags: [salt, rope]\n---\n\n{text}'
