"""Recognising: processor time of an article, and how little it depends on the size of the gazetteer."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bench.goals import of_rounds
from monitor.entities.data_files import read_gazetteer
from monitor.entities.recognising.compiled import compile_gazetteer
from monitor.entities.recognising.document import Document, Piece
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.recogniser import recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.entities.gazetteer import Gazetteer, Surface
    from monitor.entities.recognising.compiled import Compiled

SENTENCES = (
    "On January 7 the Komadugu Vigilance League (KVL) attacked a post near Kirkuk in Iraq, said President Barham Salih.",
    "Islamic State in Khorasan Province and the Taliban fought in Nangarhar, while Pakistan's military watched.",
    "Fighters of al-Shabaab left Mogadishu for Baidoa; Salih and the KVL denied it, and nobody in Nairobi believed them.",
    "The price of fuel rose, the roads stayed closed, and for three weeks the markets of the valley had nothing to sell.",
    "Turkish soldiers shelled Sinjar, where the Kurdistan Workers' Party (PKK) has held the hills since 2014.",
)
ARTICLE = 7_500  # characters
SIZES = (1_000, 10_000, 50_000, 100_000)  # surfaces
ROUNDS = 5
LIMIT_MS = 20  # of processor, an article


def report() -> Iterator[str]:
    whole = read_gazetteer()
    began = time.process_time()
    full = compile_gazetteer(whole)
    built = time.process_time() - began
    text = _article(ARTICLE)
    yield "| gazetteer | surfaces | ms of processor for an article of 7,500 characters | beside the smallest |"
    yield "|---|---|---|---|"
    smallest = 0.0
    for size in SIZES:
        cost = _cost(compile_gazetteer(_of_size(whole, size)), text)
        smallest = smallest or cost
        yield f"| a part | {size:,} | {cost:.1f} | {cost / smallest:.2f} |"
    cost = _cost(full, text)
    yield f"| the whole | {len(whole.surfaces):,} | {cost:.1f} | {cost / smallest:.2f} |"
    longer = _cost(full, _article(4 * ARTICLE))
    yield ""
    yield str(of_rounds("names in an article of 7,500 characters", [cost], LIMIT_MS, unit="ms"))
    yield f"Making the whole ready: {built:.1f} s. An article four times as long: {longer / cost:.1f} times the time."


def _article(length: int) -> str:
    chosen = random.Random(7)  # noqa: S311  the same text at every run
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(" ".join(chosen.choices(SENTENCES, k=5)))
    return "\n\n".join(parts)[:length]


def _of_size(whole: Gazetteer, size: int) -> Gazetteer:
    """Return the gazetteer with all its actors and as many surfaces as asked for, the same at every run."""
    actors = [surface for surface in whole.surfaces if surface.kind == "actor"]
    places = [surface for surface in whole.surfaces if surface.kind == "region"]
    random.Random(7).shuffle(places)  # noqa: S311
    kept: list[Surface] = [*places[: max(0, size - len(actors))], *actors][:size]
    return replace(whole, surfaces=tuple(kept))


def _cost(compiled: Compiled, text: str) -> float:
    """Return milliseconds of processor time, the best of some rounds."""
    document, lexicon = Document((Piece("body", text),), "2022-01-28"), english()
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        recognise(document, compiled, lexicon)
        best = min(best, time.process_time() - began)
    return 1000 * best
