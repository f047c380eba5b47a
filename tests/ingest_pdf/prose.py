"""Invented prose for test pages: the same seed gives the same words."""

from __future__ import annotations

import random

OPENINGS = (
    "The interim council of Karvania",
    "Commander Oskar Dellmann",
    "A report of the Lowland Observatory",
    "The river province",
    "Neither of the two delegations",
    "The demobilisation committee",
    "Every district administrator",
    "Former fighters of the Salt Front",
)
VERBS = (
    "announced",
    "postponed",
    "recommended",
    "acknowledged",
    "reconsidered",
    "documented",
    "underestimated",
    "refused",
)
OBJECTS = (
    "the reintegration of several thousand combatants",
    "an independent verification of the cantonments",
    "the redistribution of confiscated property",
    "another extraordinary session of the constitutional assembly",
    "the international monitoring of checkpoints",
    "a timetable for the withdrawal of artillery",
    "the registration of displaced households",
    "compensation for agricultural cooperatives",
)
ENDINGS = (
    "before the winter",
    "despite considerable opposition in the parliament",
    "after negotiations in the old harbour",
    "although implementation remained uneven",
    "while neighbouring governments watched",
    "without waiting for the observers",
    "in the second half of the year",
    "as the memorandum requires",
)
PAPERS = ("Karvan Courier", "The Lowland Times", "Delta Post", "Harbour Gazette")
MONTHS = ("January", "March", "April", "June", "September", "November")


class Prose:
    """A source of sentences."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (test data)

    def sentence(self) -> str:
        """Return one sentence."""
        parts = [self._random.choice(words) for words in (OPENINGS, VERBS, OBJECTS, ENDINGS)]
        return " ".join(parts) + "."

    def cited(self) -> str:
        """Return a sentence that ends in a citation."""
        pick = self._random.choice
        day = self._random.randrange(1, 29)
        return f"{self.sentence()[:-1]} ({pick(PAPERS)}, {pick(MONTHS)} {day}, 2021)."

    def paragraph(self, sentences: int | None = None) -> str:
        """Return a paragraph of three to six sentences."""
        count = sentences or self._random.randrange(3, 7)
        return " ".join(self.cited() if self._random.random() < 0.4 else self.sentence() for _ in range(count))

    def paragraphs(self, count: int) -> list[str]:
        """Return paragraphs."""
        return [self.paragraph() for _ in range(count)]
