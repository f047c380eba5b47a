"""Pages set on a typewriter: each letter half as wide as it is high, lines 12 points apart."""

from __future__ import annotations

from monitor.ingest.layout.laying_out import LaidOut, PageStore, laid_out
from monitor.ingest.pdf.printed_page import Box, Glyph, PrintedPage, Rule

WIDTH, HEIGHT = 600.0, 800.0


def typed(text: str, x: float, base: float, *, size: float = 10, font: str = "Serif") -> list[Glyph]:
    """Return the letters of a typewriter: each half as wide as it is high; those of "Sans" have widths of their own."""
    glyphs: list[Glyph] = []
    for letter in text:
        width = size * (0.3 if font.startswith("Sans") and letter in "iljtfrI1.," else 0.5)
        if letter != " ":
            glyphs.append(Glyph(letter, x, x + width, base - 0.8 * size, base + 0.2 * size, base, size, font))
        x += width
    return glyphs


def column(x: float, base: float, *lines: str, size: float = 10, font: str = "Serif") -> list[Glyph]:
    """Return lines below each other, 1.2 of their size apart."""
    return [g for n, line in enumerate(lines) for g in typed(line, x, base + 1.2 * size * n, size=size, font=font)]


def prose(name: str, lines: int = 7) -> list[str]:
    """Return full lines of one width, the last of which ends a sentence."""
    body = [f"{name}{n} and then the truce of old" for n in range(lines - 1)]
    return [*body, f"{name}{lines} ended so."]


def read(*pages: PrintedPage) -> LaidOut:
    store = PageStore()
    for page in pages:
        store.add(page)
    return laid_out(store)


def page(
    number: int,
    *groups: list[Glyph],
    boxes: tuple[Box, ...] = (),
    rules: tuple[Rule, ...] = (),
    pictures: tuple[Box, ...] = (),
    label: str | None = None,
) -> PrintedPage:
    glyphs = tuple(glyph for group in groups for glyph in group)
    return PrintedPage(number, WIDTH, HEIGHT, glyphs, boxes=boxes, rules=rules, pictures=pictures, label=label)


def order(found: LaidOut) -> list[tuple[str | None, str]]:
    """Return what each piece is and its first word."""
    return [(piece.aside, piece.text.split()[0]) for piece in found.pieces]
