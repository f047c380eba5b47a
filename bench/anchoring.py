"""Re-anchoring: how many of 600 random annotations are found, wrong or orphaned after each kind of change."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bench.changed_texts import SEEN, UNSEEN, Tracked, untouched
from bench.goals import Goal, of_rounds
from bench.invented_scripts import SCRIPTS, invented
from monitor.annotations.anchoring import Folded, Position, Quote, Revision, Selector, anchor
from monitor.annotations.anchoring.folding import same_words
from monitor.annotations.anchoring.word_edges import cuts_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

HERE = Path(__file__).resolve().parents[1]
SAME_PLACE = 0.85  # overlap / union from which a passage counts as found
CONTEXT = 32
COUNT = 600
IN_SCRIPTS = ("+ running heads", "+ 5 % noise", "+ a block moved", "NFD and soft hyphens", "no spaces at all")
TORN = 300


@dataclass(frozen=True)
class Mark:
    start: int
    end: int


@dataclass
class Tally:
    found: int = 0
    wrong: int = 0
    orphan: int = 0
    plain: int = 0
    false_exact: int = 0
    count: int = 0
    seconds: float = 0.0
    slowest: float = 0.0

    def row(self, name: str) -> str:
        share = [100 * number / max(self.count, 1) for number in (self.plain, self.found, self.wrong, self.orphan)]
        each = 1000 * self.seconds / max(self.count, 1)
        cells = [f"{value:.1f} %" for value in share] + [
            str(self.false_exact),
            f"{each:.2f}",
            f"{1000 * self.slowest:.0f}",
        ]
        return f"| {name} | {self.count} | {' | '.join(cells)} |"


FOUND, WRONG = 99, 0.5  # % of the marks
HEAD = "| change | marks | exact quote only | found | wrong | orphan | falsely exact | ms each | ms at most |\n|---|---|---|---|---|---|---|---|---|"


def texts() -> dict[str, str]:
    """Return the sample issues, and the issue the reader was made on where it lies beside the checkout."""
    found = {path.stem: path.read_text() for path in sorted((HERE / "samples/issues").glob("*.md"))}
    beside = HERE.parent / "shared/data/terrorism-monitor-20-3.txt"
    return found | ({"real issue": beside.read_text()} if beside.exists() else {})


def random_marks(text: str, chance: Random, count: int, *, least: int = 20, most: int = 500) -> list[Mark]:
    """Passages of whole words, from a few to some sentences, evenly over the text."""
    marks: list[Mark] = []
    while len(marks) < count:
        start = chance.randrange(len(text))
        end = start + int(least * (most / least) ** chance.random())
        while cuts_word(text, start):
            start -= 1
        while cuts_word(text, end):
            end += 1
        quote = text[start:end]
        mark = Mark(start + len(quote) - len(quote.lstrip()), start + len(quote.rstrip()))
        if mark.end <= len(text) and mark.end - mark.start >= least:
            marks.append(mark)
    return marks


def selector_of(text: str, mark: Mark) -> Selector:
    before, after = text[max(0, mark.start - CONTEXT) : mark.start], text[mark.end : mark.end + CONTEXT]
    return Selector(Quote(text[mark.start : mark.end], before, after), Position(mark.start, mark.end))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def measured(text: str, changed: Tracked, marks: list[Mark]) -> Tally:
    """Carry the marks over and compare with where their letters went."""
    tally, table = Tally(count=len(marks)), changed.table()
    revision = Revision(Folded(changed.text), Folded(text))
    for mark in marks:
        places = [at for first in range(mark.start, mark.end) for at in table.get(first, ())]
        if _torn(places):
            tally.count -= 1
            continue
        truth = (min(places), max(places) + 1) if places else None
        selector = selector_of(text, mark)
        began = time.perf_counter()
        placed = anchor(selector, revision)
        spent = time.perf_counter() - began
        tally.seconds, tally.slowest = tally.seconds + spent, max(tally.slowest, spent)
        quote = text[mark.start : mark.end]
        at = changed.text.find(quote)
        tally.plain += truth is not None and at >= 0 and overlap((at, at + len(quote)), truth) >= SAME_PLACE
        if placed.start is None or placed.end is None:
            tally.orphan += 1
            continue
        right = truth is not None and overlap((placed.start, placed.end), truth) >= SAME_PLACE
        tally.found += right
        tally.wrong += not right
        tally.false_exact += placed.status == "exact" and not same_words(quote, changed.text[placed.start : placed.end])
    return tally


def _torn(places: list[int]) -> bool:
    """Tell whether the edge of a moved block goes through a mark: no range is its true place."""
    return any(abs(here - there) > TORN for here, there in pairwise(places))


def table(
    text: str, kinds: dict[str, Callable[[Tracked, Random], Tracked]], *, count: int = COUNT, seed: int = 1
) -> Iterator[tuple[str, Tally]]:
    for name, change in kinds.items():
        chance = random.Random(seed)  # noqa: S311 - chance for tests
        marks = random_marks(text, chance, count)
        yield name, measured(text, change(untouched(text), chance), marks)


def gone(text: str, count: int, seed: int = 2) -> Counter[str]:
    """Delete each passage alone and tell what becomes of its annotation."""
    chance = random.Random(seed)  # noqa: S311
    old, became = Folded(text), Counter[str]()
    for mark in random_marks(text, chance, count):
        new = Folded(text[: mark.start] + text[mark.end :])
        became[anchor(selector_of(text, mark), Revision(new, old)).status] += 1
    return became


def renamed(text: str, count: int, seed: int = 3) -> Counter[str]:
    """Put other names and numbers into each passage alone and tell what becomes of its annotation."""
    chance = random.Random(seed)  # noqa: S311
    names = sorted(set(re.findall(r"\b[A-Z][a-z]{3,}\b", text)))
    old, became = Folded(text), Counter[str]()
    for mark in random_marks(text, chance, count, most=150):
        quote = text[mark.start : mark.end]
        other = re.sub(r"\b[A-Z][a-z]{3,}\b", lambda _: chance.choice(names), quote)
        other = re.sub(r"\b\d+\b", lambda _: str(chance.randrange(1000)), other)
        if other == quote:
            continue
        new = Folded(text[: mark.start] + other + text[mark.end :])
        became[anchor(selector_of(text, mark), Revision(new, old)).status] += 1
    return became


def report() -> Iterator[str]:
    goals: list[Goal] = []
    for name, text in texts().items():
        yield f"\n### {name}, {len(text)} characters\n\n{HEAD}"
        for kind, tally in table(text, SEEN):
            yield tally.row(kind)
            goals += _goals(f"{name}, {kind}", tally)
        yield f"\nKinds of change that nobody looked at before the rules stood:\n\n{HEAD}"
        for kind, tally in table(text, UNSEEN):
            yield tally.row(kind)
        for kind, became in (("deleted", gone(text, 100)), ("other names and numbers", renamed(text, 100))):
            yield f"\n{kind}: {', '.join(f'{number} {status}' for status, number in sorted(became.items()))}"
    yield f"\n### invented texts in other scripts\n\n{HEAD}"
    for script in SCRIPTS:
        for kind, tally in table(invented(script), {kind: (SEEN | UNSEEN)[kind] for kind in IN_SCRIPTS}):
            yield tally.row(f"{script}: {kind}")
    yield ""
    yield from map(str, goals)


def _goals(what: str, tally: Tally) -> list[Goal]:
    found, wrong = 100 * tally.found / max(tally.count, 1), 100 * tally.wrong / max(tally.count, 1)
    return [
        of_rounds(f"marks found again: {what}", [found], FOUND, at_most=False, unit="%"),
        of_rounds(f"marks at wrong places: {what}", [wrong], WRONG, unit="%"),
    ]
