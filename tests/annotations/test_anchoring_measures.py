"""How many random annotations reach their place in changed texts; `python -m bench anchoring` tells it in full."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from bench.anchoring import SAME_PLACE, Tally, gone, measured, overlap, random_marks, renamed, selector_of, table, texts
from bench.changed_texts import SEEN, UNSEEN, Tracked, cleaned, noise, untouched, with_heads
from bench.invented_scripts import SCRIPTS, invented
from monitor.annotations.anchoring import Folded, Position, Quote, Revision, Selector, anchor

TEXTS = texts()
SAMPLE = TEXTS["ceasefire-quarterly-iv-4"]
REAL = "real issue"


def together(tallies: list[Tally]) -> Tally:
    return Tally(
        found=sum(tally.found for tally in tallies),
        wrong=sum(tally.wrong for tally in tallies),
        orphan=sum(tally.orphan for tally in tallies),
        false_exact=sum(tally.false_exact for tally in tallies),
        count=sum(tally.count for tally in tallies),
    )


@pytest.mark.parametrize("name", sorted({"ceasefire-quarterly-iv-4", REAL} & TEXTS.keys()))
def test_anchor_finds_random_passages_after_every_kind_of_change(name: str) -> None:
    tallies = dict(table(TEXTS[name], SEEN | UNSEEN, count=34))
    total = together(list(tallies.values()))
    assert total.count > 600
    assert total.false_exact == 0
    assert total.found >= 0.99 * total.count
    assert total.wrong <= 0.005 * total.count
    assert {kind: tally.found for kind, tally in tallies.items() if tally.found < 0.9 * tally.count} == {}


@pytest.mark.skipif(REAL not in TEXTS, reason="the real issue is not beside the checkout")
@pytest.mark.parametrize("kind", ["+ 5 % noise", "+ a block moved"])
def test_anchor_carries_600_passages_of_the_real_issue(kind: str) -> None:
    [(_, tally)] = table(TEXTS[REAL], {kind: SEEN[kind]}, count=600)
    assert tally.found >= 0.99 * tally.count
    assert tally.wrong <= 0.005 * tally.count
    assert tally.false_exact == 0


@pytest.mark.parametrize("script", SCRIPTS)
def test_anchor_finds_passages_in_other_scripts(script: str) -> None:
    kinds = {kind: (SEEN | UNSEEN)[kind] for kind in ("+ 5 % noise", "+ a block moved", "NFD and soft hyphens")}
    total = together([tally for _, tally in table(invented(script), kinds, count=24)])
    assert total.found >= 0.98 * total.count
    assert (total.wrong, total.false_exact) == (0, 0)


def test_anchor_orphans_passages_that_were_deleted() -> None:
    became = gone(SAMPLE, 40)
    assert became["orphan"] >= 0.99 * became.total()


def test_anchor_never_calls_passages_with_other_names_exact() -> None:
    became = renamed(SAMPLE, 30)
    assert became["exact"] == 0
    assert became.total() > 20


@pytest.mark.parametrize("form", ["quote", "position", "quote of an unknown text"])
def test_anchor_finds_passages_by_half_a_selector(form: str) -> None:
    chance = Random(5)  # noqa: S311
    changed = with_heads(cleaned(untouched(SAMPLE), chance), chance)
    revision = Revision(Folded(changed.text), None if "unknown" in form else Folded(SAMPLE))
    for mark in random_marks(SAMPLE, chance, 60):
        whole = selector_of(SAMPLE, mark)
        half = Selector(position=whole.position) if form == "position" else Selector(quote=whole.quote)
        placed = anchor(half, revision)
        truth = changed.where(mark.start, mark.end)
        assert truth is not None
        assert placed.start is not None
        assert placed.end is not None
        assert overlap((placed.start, placed.end), truth) >= SAME_PLACE


def test_anchor_never_places_a_short_word_on_another_one() -> None:
    """Of words under noise those are found whose letters are whole; the others wait for a person."""
    chance = Random(6)  # noqa: S311
    marks = random_marks(SAMPLE, chance, 150, least=3, most=8)
    tally = measured(SAMPLE, noise(0.05)(untouched(SAMPLE), chance), marks)
    assert (tally.wrong, tally.false_exact) == (0, 0)
    assert tally.found >= 0.6 * tally.count


def test_anchor_of_a_twin_keeps_to_its_own_article() -> None:
    """The same biography closes three articles; each mark in it stays with its own, wherever the article goes."""
    bio = "Nora Lindqvist is a researcher at the Harbour Institute who writes about ports and the people who run them."
    chance = Random(7)  # noqa: S311
    articles = [invented("Turkish", seed)[:1500] for seed in (1, 2, 3)]
    old = "\n\n".join(f"{article}\n\n{bio}" for article in articles)
    new = "\n\n".join(f"{articles[number]}\n\n{bio}" for number in (2, 0, 1))
    noisy = noise(0.02)(untouched(new), chance)
    outcomes = Counter[bool]()
    for number, article in enumerate(articles):
        for word in ("researcher", "the Harbour Institute", bio):
            start = old.index(article) + len(article) + 2 + bio.index(word)
            selector = Selector(
                Quote(word, old[start - 32 : start], old[start + len(word) :][:32]), Position(start, start + len(word))
            )
            placed = anchor(selector, Revision(Folded(noisy.text), Folded(old)))
            at = new.index(articles[number]) + len(article) + 2 + bio.index(word)
            truth = noisy.where(at, at + len(word))
            assert truth is not None
            if placed.start is not None and placed.end is not None:
                outcomes[overlap((placed.start, placed.end), truth) >= SAME_PLACE] += 1
    assert outcomes[False] == 0
    assert outcomes[True] >= 6


def test_tracked_texts_tell_where_letters_went() -> None:
    moved = Tracked("cdXab", (2, 3, -1, 0, 1))
    assert moved.where(0, 2) == (3, 5)
    assert moved.where(2, 4) == (0, 2)
    assert moved.where(4, 9) is None
