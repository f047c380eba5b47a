"""Rectangles of links where their words do not stand: echoes in another column or on another page, and overflows.

Browsers that print columns draw every link of a text in each of its columns. An echo has its link's address and
size; the words under it are others, and cut where its edges fall. TeX draws a link that a column or page breaks over
all lines between its parts: those of footnotes, or of the text above a broken footnote's rest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.ingest.pdf.printed_page import Glyph, PageLink

SAME = 1.6  # points by which the sizes of a link and its echo differ: rectangles come in steps
BETTER = 1.5  # points: so much better a link fits its words than its echo
ALIKE = 60.0  # of 100: words that are the same, cut a little otherwise
AMONG_WORDS = 2.0  # points that it counts where words stand on both sides: citations have signs around them
OWN_RUN = 6  # letters
CUT = 4.0  # points that a letter cut off its word counts
TOUCHING = 0.12  # of the size: letters of one word stand no farther apart
LEAST_STEP, MOST_STEP = 0.5, 1.9  # of a link's height, from one line of it to the next
SHORTEST_PART = 3  # letters of a link's words that stand on one of its lines
OTHER_SIZE = 0.8  # points: the letters of footnotes and of the text
MOST_INNER = 2  # links within a line
NEIGHBOURS = 3  # pages on which a link's echoes may lie


class Under(NamedTuple):
    """What stands under a link's rectangle: the letters, and how badly its edges fit them, in points."""

    page: int
    place: int  # among the page's links
    address: str
    top: float
    width: float
    height: float
    text: str
    misfit: float
    size: float = 0.0  # of most letters


def what_is_under(page: int, glyphs: Sequence[Glyph], links: Sequence[PageLink]) -> list[Under]:
    """Return what stands under each link of a page to an address."""
    if not links:
        return []
    printed = sorted((g for g in glyphs if g.text != " "), key=lambda g: g.top + g.bottom)
    middles = [(g.top + g.bottom) / 2 for g in printed]
    found: list[Under] = []
    for index, link in enumerate(links):
        if link.page is None:
            level = printed[bisect_left(middles, link.top - 1) : bisect_left(middles, link.bottom + 1)]
            text, misfit = _fit(sorted(level, key=lambda g: g.x0), link)
            size = (link.top, link.x1 - link.x0, link.bottom - link.top)
            sizes = Counter(round(g.size, 1) for g in level if link.x0 <= g.x0 <= link.x1)
            found.append(
                Under(page, index, link.url, *size, text, misfit, max(sizes, key=lambda s: sizes[s], default=0.0))
            )
    return found


def _fit(level: Sequence[Glyph], link: PageLink) -> tuple[str, float]:
    """Return the letters under a link among those level with it, and how badly its edges fit them."""
    inside = [at for at, g in enumerate(level) if link.x0 <= (g.x0 + g.x1) / 2 <= link.x1]
    if not inside:
        return "", float("inf")
    first, last = level[inside[0]], level[inside[-1]]
    misfit = abs(first.x0 - link.x0) + abs(link.x1 - last.x1)
    misfit += abs((first.top + first.bottom) - (link.top + link.bottom)) / 2
    before = level[inside[0] - 1] if inside[0] else None
    after = level[inside[-1] + 1] if inside[-1] + 1 < len(level) else None
    misfit += AMONG_WORDS * (_is_word(before) and _is_word(after))
    misfit += CUT * ((before is not None and _touch(before, first)) + (after is not None and _touch(last, after)))
    return "".join(level[at].text for at in inside), misfit


def _is_word(glyph: Glyph | None) -> bool:
    """Tell whether what stands beside a link is a word, and no bracket, comma or end of its line."""
    return glyph is not None and glyph.text[-1:].isalnum()


def _touch(before: Glyph, after: Glyph) -> bool:
    """Tell whether two letters are of one word."""
    words = before.text[-1:].isalnum() and after.text[:1].isalnum()
    return words and after.x0 - before.x1 <= TOUCHING * max(before.size, after.size)


def overflows(found: Sequence[Under]) -> set[int]:
    """Return the places of a page's links that lie on lines between the parts of a link, and on none of its words.

    They follow each other, are as wide as their column, and their letters have another size than those of the part
    where the link ends, or, where it goes on on the next page, begins.
    """
    gone: set[int] = set()
    runs: dict[str, list[Under]] = {}
    for under in found:
        run = runs.setdefault(under.address, [])
        # The lines between may hold links of their own.
        if run and under.place > run[-1].place + MOST_INNER + 1:
            gone |= _between(run)
            run.clear()
        run.append(under)
    for run in runs.values():
        gone |= _between(run)
    return gone


def _between(run: Sequence[Under]) -> set[int]:
    told = [under for under in run if under.size]
    if not told:
        return set()
    # A rectangle where no letters stand, at the page's foot: the link goes on on the next page.
    own = told[-1] if run[-1].size else told[0]
    others = [under for under in told if abs(under.size - own.size) > OTHER_SIZE]
    even = bool(others) and max(o.width for o in others) - min(o.width for o in others) <= SAME
    broken = len(others) > 1 or told[0] not in others
    wide = all(under.width >= one.width - SAME for under in others for one in told)
    return {under.place for under in others} if even and broken and wide else set()


def echoes(found: Iterable[Under]) -> set[tuple[int, int]]:
    """Return the page and index of every link that only echoes another one: it fits other words, and worse."""
    by_address: defaultdict[str, list[Under]] = defaultdict(list)
    for under in found:
        by_address[under.address].append(under)
    gone: set[tuple[int, int]] = set()
    for alike in by_address.values():
        ordered = sorted(alike, key=lambda under: under.misfit)
        for at, under in enumerate(ordered):
            if not _is_part(under, ordered) and any(
                _is_echo(under, other) for other in ordered[:at] if (other.page, other.place) not in gone
            ):
                gone.add((under.page, under.place))
    return gone


def _is_part(under: Under, alike: Sequence[Under]) -> bool:
    """Tell whether the words under a link begin or end what a longer link to its address says: one of its lines."""
    part = _letters(under.text)
    wholes = (_letters(other.text) for other in alike if other.width > under.width + SAME)
    return len(part) >= SHORTEST_PART and any(whole.startswith(part) or whole.endswith(part) for whole in wholes)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _is_echo(under: Under, other: Under) -> bool:
    if not _letters(under.text) and _letters(other.text):
        return True
    size = abs(under.width - other.width) <= SAME and abs(under.height - other.height) <= SAME
    near = abs(under.page - other.page) <= NEIGHBOURS
    worse = under.misfit > other.misfit + BETTER
    if not (size and near and worse) or _are_lines(under, other):
        return False
    return fuzz.ratio(under.text, other.text) < ALIKE and not _runs(under) & _runs(other)


def _runs(under: Under) -> set[str]:
    """Return all runs of letters that are too long to come again by chance: a link that drifts has some of its words."""
    text = _letters(under.text)
    return {text[at : at + OWN_RUN] for at in range(len(text) - OWN_RUN + 1)}


def _are_lines(under: Under, other: Under) -> bool:
    """Tell whether two rectangles are the two lines of one link: one follows the other, and stands right below it."""
    step = abs(under.top - other.top)
    follow = under.page == other.page and abs(under.place - other.place) == 1
    return follow and LEAST_STEP * other.height <= step <= MOST_STEP * other.height
