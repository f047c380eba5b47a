"""Finding a passage whose letters have changed: seeds, chains of matching runs, and their gaps aligned.

The passage is looked for together with its context, so that its edges are found even where noise has struck them;
how much alike it is counts its own letters only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from monitor.annotations.anchoring.context import SIDE
from monitor.annotations.anchoring.folding import GRAM
from monitor.annotations.anchoring.revision import common_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.annotations.anchoring.folding import Folded
    from monitor.annotations.anchoring.wanted import Wanted

_COMMON = 64  # a seed with more places than this says too little
_SAMPLED = 400  # seeds of a long passage
_DIAGONALS = 256  # matches whose shifts differ by less are looked at together
_CANDIDATES = 5
_LEAST_VOTE = 0.25  # of the seeds of the likeliest place
_POINTERS = 64  # seeds that point to places
_REPEATED = 8  # times the same seed of a passage is tried
_LONGEST_GATHERED = 24_000  # of longer passages a sample of the seeds is enough
_RUNS = 80  # runs of one candidate, the longest first; some more of a long passage
_LETTERS_A_RUN = 20
_LOOKED_BACK = 16  # runs before a run that it may follow, besides the long ones
_LONG_RUNS = 16
LONGEST_JUMP = 400  # letters that may have fallen into a passage at one place
_JUMP = 8  # from here on a gap is something fallen in or out, not noise
_FALLEN_IN = 4  # letters that it costs
_EACH_LETTER = 0.04  # what it costs more, the longer it is: far off a few letters are alike by chance
_LONGEST_LINES = 150  # letters of a page's head and foot
_LONGEST_GAP = 1500  # a longer gap counts as lost


@dataclass(frozen=True, slots=True)
class Run:
    """`size` letters equal in the passage from `ours` and in the text from `theirs`."""

    ours: int
    theirs: int
    size: int


@dataclass(frozen=True, slots=True)
class Found:
    """`start:end` in the wide fold, and the likeness of the passage's own letters."""

    start: int
    end: int
    likeness: float


def likely_places(wanted: Wanted, text: Folded) -> list[Found]:
    """Return the places most like the passage, each once, the likest seeds first."""
    before, after = wanted.context.before[:SIDE][::-1], wanted.context.after[:SIDE]
    joined = before + wanted.key + after
    start, end = len(before), len(before) + len(wanted.key)
    places: dict[tuple[int, int], Found] = {}
    for matches in _candidates(joined, text):
        chain = _chain(_runs(matches, joined, text.wide.text))
        found = _aligned(joined, text.wide.text, chain, start, end, wanted)
        if found is not None and found.start < found.end:
            places.setdefault((found.start, found.end), found)
    return list(places.values())


def _candidates(joined: str, text: Folded) -> Iterator[list[tuple[int, int]]]:
    """Yield groups of seeds (place in the passage, place in the text) whose shifts are about the same.

    The rarest seeds point to the groups; all that fit are then gathered where they point.
    """
    groups = defaultdict[int, list[tuple[int, int]]](list)
    votes = defaultdict[int, float](float)
    for places, ours in _rarest(joined, text.seeds):
        for theirs in places:
            group = (theirs - ours) // _DIAGONALS
            groups[group].append((ours, theirs))
            votes[group] += 1 / len(places)
    totals = {group: vote + max(votes.get(group - 1, 0.0), votes.get(group + 1, 0.0)) for group, vote in votes.items()}
    ranked = sorted(totals, key=lambda group: (-totals[group], group))[:_CANDIDATES]
    for group in ranked:
        if totals[group] < _LEAST_VOTE * totals[ranked[0]]:
            return
        if len(joined) > _LONGEST_GATHERED:
            yield [match for near in (group - 1, group, group + 1) for match in groups.get(near, ())]
        else:
            yield _gathered(joined, text.wide.text, (group - 1) * _DIAGONALS, (group + 2) * _DIAGONALS)


def _rarest(joined: str, seeds: dict[str, list[int]]) -> list[tuple[list[int], int]]:
    known = ((seeds.get(joined[ours : ours + GRAM]), ours) for ours in _sampled(len(joined) - GRAM + 1))
    rare = [(places, ours) for places, ours in known if places is not None and len(places) <= _COMMON]
    rare.sort(key=lambda seed: (len(seed[0]), seed[1]))
    return rare if len(joined) > _LONGEST_GATHERED else rare[:_POINTERS]


def _gathered(joined: str, text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Return all seeds in a part of the text whose shifts lie in `low:high`."""
    ours = defaultdict[str, list[int]](list)
    for at in range(len(joined) - GRAM + 1):
        if len(ours[joined[at : at + GRAM]]) < _REPEATED:
            ours[joined[at : at + GRAM]].append(at)
    matches = []
    for theirs in range(max(0, low), min(len(text) - GRAM, high + len(joined)) + 1):
        places = ours.get(text[theirs : theirs + GRAM])
        if places:
            matches += [(at, theirs) for at in places if low <= theirs - at < high]
    return matches


def _sampled(count: int) -> list[int]:
    """Return the places of the seeds to look up: all of a usual passage, evenly spread ones of a long one."""
    if count <= _SAMPLED + 2 * SIDE:
        return list(range(max(count, 0)))
    step = count / _SAMPLED
    spread = {int(number * step) for number in range(_SAMPLED)}
    edges = 2 * SIDE
    return sorted(spread | set(range(edges)) | set(range(count - edges, count)))


def _runs(matches: list[tuple[int, int]], joined: str, text: str) -> list[Run]:
    """Join seeds of equal shift that touch into runs; of very many keep the longest."""
    runs: list[Run] = []
    for ours, theirs in sorted(matches, key=lambda match: (match[1] - match[0], match[0])):
        last = runs[-1] if runs else None
        if last and last.theirs - last.ours == theirs - ours and ours <= last.ours + last.size:
            size = max(last.size, ours + GRAM - last.ours)
            runs[-1] = Run(last.ours, last.theirs, size)
        elif len(joined) > _LONGEST_GATHERED:
            runs.append(_as_long_as_equal(joined, text, ours, theirs))
        else:
            runs.append(Run(ours, theirs, GRAM))
    runs.sort(key=lambda run: (-run.size, run.ours, run.theirs))
    return sorted(runs[: max(_RUNS, len(joined) // _LETTERS_A_RUN)], key=lambda run: (run.ours, run.theirs))


def _as_long_as_equal(joined: str, text: str, ours: int, theirs: int) -> Run:
    """Return the run from a seed on to where the texts differ: seeds of a very long passage lie far apart."""
    return Run(ours, theirs, common_length(joined[ours:], text[theirs:], end=False))


def _chain(runs: list[Run]) -> list[Run]:
    """Return the best row of runs that follow each other in both texts, cut where they overlap."""
    scores: list[float] = []
    previous: list[int] = []
    long = sorted(range(len(runs)), key=lambda number: (-runs[number].size, number))[:_LONG_RUNS]
    for number, run in enumerate(runs):
        score, link = float(run.size), -1
        near = range(max(0, number - _LOOKED_BACK), number)
        for before in (*near, *(one for one in long if one < near.start)):
            gain = _gain(runs[before], run)
            if gain is not None and scores[before] + gain > score:
                score, link = scores[before] + gain, before
        scores.append(score)
        previous.append(link)
    at = max(range(len(runs)), key=lambda number: scores[number], default=-1)
    chain: list[Run] = []
    while at >= 0:
        chain.append(runs[at])
        at = previous[at]
    return _without_overlap(chain[::-1])


def _gain(before: Run, run: Run) -> float | None:
    """Return what a run adds to a chain that ends with `before`, or None if it cannot follow it."""
    shift = abs((run.theirs - run.ours) - (before.theirs - before.ours))
    overlap = max(before.ours + before.size - run.ours, before.theirs + before.size - run.theirs, 0)
    if run.ours <= before.ours or run.theirs <= before.theirs or overlap >= run.size or shift > LONGEST_JUMP:
        return None
    return run.size - overlap - (min(shift, _FALLEN_IN) + _EACH_LETTER * shift if shift else 0.0)


def _without_overlap(chain: list[Run]) -> list[Run]:
    kept: list[Run] = []
    for run in chain:
        over = 0
        if kept:
            last = kept[-1]
            over = max(last.ours + last.size - run.ours, last.theirs + last.size - run.theirs, 0)
        kept.append(Run(run.ours + over, run.theirs + over, run.size - over))
    return kept


def _aligned(joined: str, text: str, chain: list[Run], start: int, end: int, wanted: Wanted) -> Found | None:
    """Return where the passage `joined[start:end]` comes to lie, and its likeness there."""
    inside = [run for run in (_clipped(run, start, end) for run in chain) if run.size > 0]
    if not inside:
        return _in_gap(joined[start:end], text, chain, start, end)
    first, last = inside[0], inside[-1]
    before = max((run for run in chain if run.ours + run.size <= start), key=lambda run: run.ours, default=None)
    behind = min((run for run in chain if run.ours >= end), key=lambda run: run.ours, default=None)
    head, tail = joined[start : first.ours], joined[last.ours + last.size : end]
    low = before.theirs + before.size if before else 0
    high = behind.theirs if behind else len(text)
    left, right = first.theirs, last.theirs + last.size
    to_left, lost_left = _edge(head[::-1], text[low:left][::-1], start - before.ours - before.size if before else None)
    to_right, lost_right = _edge(tail, text[right:high], behind.ours - end if behind else None)
    lost = lost_left + lost_right + _lost_between(joined, text, inside, start, wanted)
    return Found(left - to_left, right + to_right, max(0.0, 1 - lost / (end - start)))


def _clipped(run: Run, start: int, end: int) -> Run:
    skip = max(0, start - run.ours)
    return Run(run.ours + skip, run.theirs + skip, min(run.ours + run.size, end) - run.ours - skip)


def _edge(wanted: str, there: str, beyond: int | None) -> tuple[int, int]:
    """Return how much of `there` belongs to an edge of the passage, and how many letters of the edge differ.

    Half a letter is asked for each one taken: an edge that is gone takes nothing of what stands there now. If
    something has fallen in, the edge stands at the far end of `there`, `beyond` letters before the context.
    """
    if not wanted or len(wanted) > _LONGEST_GAP:
        return 0, len(wanted)
    room = there[: len(wanted) + _FALLEN_IN]
    sizes = {*range(0, len(room) + 1, 1 + len(room) // 100), min(len(wanted), len(room))}
    costs = [(Levenshtein.distance(wanted, room[:size]), size) for size in sorted(sizes)]
    lost, size = min(costs, key=lambda cost: (cost[0] + cost[1] / 2, abs(cost[1] - len(wanted))))
    if beyond is not None and _JUMP <= len(there) - len(wanted) - beyond <= LONGEST_JUMP:
        stop = len(there) - beyond
        over = Levenshtein.distance(wanted, there[stop - len(wanted) : stop])
        if over + len(wanted) / 2 < lost + size / 2 and over <= len(wanted) // 2:
            return stop, over + 1
    return size, lost


def _lost_between(joined: str, text: str, inside: list[Run], start: int, wanted: Wanted) -> float:
    lost = 0.0
    for one, other in pairwise(inside):
        ours, theirs = (one.ours + one.size, other.ours), (one.theirs + one.size, other.theirs)
        lost += _lost_in_gap(joined[slice(*ours)], text[slice(*theirs)], (ours[0] - start, ours[1] - start), wanted)
    return lost


def _lost_in_gap(ours: str, theirs: str, place: tuple[int, int], wanted: Wanted) -> float:
    grown = len(theirs) - len(ours)
    if max(len(ours), len(theirs)) > _LONGEST_GAP:
        return float(max(len(ours), len(theirs)))
    if grown >= _JUMP:
        return _FALLEN_IN + _around(ours, theirs)
    lines = _JUMP <= -grown <= min(_LONGEST_LINES, len(wanted.key) // 2) and _stands_on_lines(wanted, *place)
    if lines:
        return _FALLEN_IN + _around(theirs, ours)
    return float(Levenshtein.distance(ours, theirs))


def _around(short: str, long: str) -> int:
    """Return how many letters of the shorter differ, with what has fallen into the longer at its best place left out."""
    step = 1 + len(short) // 40
    return min(
        Levenshtein.distance(short[:at], long[:at])
        + Levenshtein.distance(short[at:], long[len(long) - len(short) + at :])
        for at in range(0, len(short) + 1, step)
    )


def _stands_on_lines(wanted: Wanted, start: int, end: int) -> bool:
    """Tell whether this part of the quote holds lines of their own, as a page's head that has fallen in does."""
    left, right = wanted.quote.wide.source_range(start, max(end, start + 1))
    return wanted.quote.text.count("\n", max(0, left - 2), right + 2) > 1


def _in_gap(quote: str, text: str, chain: list[Run], start: int, end: int) -> Found | None:
    """Align a short passage without a seed of its own between what its context has shown."""
    left = max((run.theirs + run.size for run in chain if run.ours + run.size <= start), default=None)
    right = min((run.theirs for run in chain if run.ours >= end), default=None)
    if left is None and right is None:
        return None
    room = len(quote) + 2 * GRAM
    low = left if left is not None else max(0, (right or 0) - room)
    high = right if right is not None else low + room
    if not 0 < high - low <= len(quote) + LONGEST_JUMP or len(quote) > _LONGEST_GAP:
        return None
    there = fuzz.partial_ratio_alignment(quote, text[low:high])
    if there is None:
        return None
    found = (low + there.dest_start, low + there.dest_end)
    return Found(*found, Levenshtein.normalized_similarity(quote, text[slice(*found)]))
