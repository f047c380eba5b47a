"""A writer of invented sentences with citations: the same random source gives the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from samples.source_text import long_date
from tests.corpus import words
from tests.corpus.issue_model import Cited, Run, Runs

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

INFERRED_REACH = 360  # days back within which a day may be printed without its year


@dataclass
class Writer:
    """Writes for one issue; `day` is the issue's date, which no citation is later than."""

    random: random.Random
    day: date
    curly: bool = True  # quotation marks and apostrophes

    def pick(self, choices: Sequence[str]) -> str:
        """Return one of the choices."""
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        """Return True in `share` of all calls."""
        return self.random.random() < share

    def person(self) -> str:
        """Return a name."""
        return f"{self.pick(words.FIRST_NAMES)} {self.pick(words.LAST_NAMES)}"

    def quoted(self, text: str) -> str:
        """Return text with this issue's kind of quotation marks and apostrophes."""
        if self.curly:
            return text.replace("'", "’")
        return text.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'"})

    def statement(self, subject: str | None = None) -> str:
        """Return a sentence without its stop."""
        parts = [subject or self._subject(), self.pick(words.VERBS), self.pick(words.OBJECTS)]
        if self.chance(0.25):
            parts[0] += f", {self.pick(words.CLAUSES)},"
        if self.chance(0.7):
            parts.append(self.pick(words.CIRCUMSTANCES))
        if self.chance(0.12):
            parts.append(self.pick(words.PLAIN_PARENTHESES))
        text = " ".join(parts)
        if subject is None and self.chance(0.3):
            return self.quoted(f"{self.pick(words.CONNECTIVES)} {text}")
        return self.quoted(text[0].upper() + text[1:])

    def _subject(self) -> str:
        if self.chance(0.25):
            return f"the {self.pick(words.COMPOUNDS)} {self.pick(('wing', 'faction', 'committee', 'militia'))}"
        if self.chance(0.3):
            name, short = self.random.choice(words.GROUPS)
            return f"{name} ({short})" if self.chance(0.4) else name
        if self.chance(0.2):
            return f"Gen. {self.person()} of {self.pick(words.PLACES)}"
        return self.pick(words.SUBJECTS)

    def speech(self) -> str:
        """Return a quoted sentence with its stop inside the quotation marks."""
        return self.quoted(f"{self.person()} was blunt: “{self.pick(words.SPEECHES)}.”")

    def sentence(self, subject: str | None = None) -> Runs:
        """Return a sentence, in a third of all cases with a citation before its stop."""
        if subject is None and self.chance(0.08):
            return (Run(self.speech()),)
        text = self.statement(subject)
        if self.chance(0.4):
            return (Run(f"{text} ("), *self.citation_group(), Run(")."))
        return (Run(f"{text}."),)

    def citation_group(self) -> Runs:
        """Return one to three members, parted by semicolons; equal sources may lead to different targets."""
        runs: list[Run] = []
        for i in range(self.random.choice((1, 1, 1, 2, 2, 3))):
            runs += [Run("; ")] if i else []
            runs += self.member()
        return tuple(runs)

    def member(self) -> Runs:
        """Return `SOURCE, DATE`; the source carries a link in half of all cases."""
        source, (printed, iso, inferred) = self.quoted(self.pick(words.PAPERS)), self.printed_date()
        url = f"https://example.org/{self.random.randrange(10**6)}?d={iso}" if self.chance(0.5) else None
        return (Run(source, url=url, cited=Cited(source, printed, iso, inferred)), Run(f", {printed}"))

    def printed_date(self) -> tuple[str, str, bool]:
        """Return a date as printed, in ISO form, and whether its year must be inferred."""
        kind = self.random.random()
        if kind < 0.45:
            day = self.day - timedelta(days=self.random.randrange(INFERRED_REACH))
            return f"{day:%B} {day.day}", day.isoformat(), True
        day = self.day - timedelta(days=self.random.randrange(4000))
        if kind < 0.9:
            day = self._leap_day() if self.chance(0.04) else day
            return long_date(day), day.isoformat(), False
        if kind < 0.96:
            return f"{day:%B %Y}", f"{day:%Y-%m}", False
        return f"{day:%Y}", f"{day:%Y}", False

    def _leap_day(self) -> date:
        year = self.day.year - 1
        return date(year - year % 4, 2, 29)

    def paragraph(self, sentences: int, opening: str | None = None) -> list[Runs]:
        """Return the sentences of one paragraph; `opening` is the subject of the first."""
        return [self.sentence(opening if i == 0 else None) for i in range(sentences)]
