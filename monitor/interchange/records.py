"""What exporters are given: frozen facts, gathered by `queries.py` from what somebody may read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from monitor.interchange.names import PersonName

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """The bibliographic facts of one article. An unknown fact is "" or None, and left out of every format."""

    id: int
    slug: str  # frozen when the article was first stored
    title: str
    authors: tuple[PersonName, ...]
    periodical: str
    volume: str  # in digits where it was printed in Roman numerals
    number: int | None
    date: str  # as far as it may be cited: YYYY-MM-DD, YYYY-MM, YYYY or ""
    page_first: int | None
    page_last: int | None
    permalink: str  # absolute, or "" where the site's address is not known
    accessed: str = ""  # YYYY-MM-DD, the day somebody took the citation from the site
    magazine: bool = False
    issn: str = ""
    language: str = ""  # BCP 47
    keywords: tuple[str, ...] = ()  # tags its reader may see, then the actors and regions it is about

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def byline(self) -> str:
        """Return the first author's family name or whole name, "" if nobody signed."""
        return (self.authors[0].family or self.authors[0].literal) if self.authors else ""

    def pages(self, dash: str) -> str:
        """Return `8` or `8<dash>11`, "" if unknown."""
        ends = (self.page_first, self.page_last)
        return dash.join(dict.fromkeys(str(page) for page in ends if page is not None))


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A paragraph that rests on a source, and the citation that says so.

    `start`, `end` and `cited_start`, `cited_end` are half-open ranges of code points in the article's canonical text:
    of the paragraph, and in it of the citation or, for one in an endnote, of the note's marker. They are None, and
    `text` is the note's own, where a note has no marker in the text.
    """

    uid: str
    article: ArticleRecord
    source: str
    printed: str
    date: str  # YYYY[-MM[-DD]], "" if unknown
    inferred: bool  # the year was not printed
    url: str  # where the printed citation led, ""
    paragraph: int | None  # from 1, headings counted too, as in its address: `#p12`
    note: int | None  # the endnote's printed number
    text: str
    start: int | None
    end: int | None
    cited_start: int | None
    cited_end: int | None

    @property
    def permalink(self) -> str:
        """Return the address of the paragraph or else of the note, "" where the site's address is not known."""
        if not self.article.permalink:
            return ""
        part = f"p{self.paragraph}" if self.paragraph is not None else f"n{self.note}"
        return f"{self.article.permalink}#{part}"


def volume_in_digits(printed: str) -> str:
    """Return `20` for `XX`; what is no Roman numeral stays as it is printed."""
    text = printed.strip()
    if not text or not _ROMAN.fullmatch(text):
        return text
    values = [_ROMAN_VALUES[letter] for letter in text.upper()]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))


def citable_date(*, printed: date | None, inferred: date | None, earliest: date | None, latest: date | None) -> str:
    """Return an issue's date as far as it is known: a day only if one was printed or entered, else month or year.

    `inferred` is a day that was worked out; `earliest` and `latest` bound it. What the two do not share is unknown.
    """
    if printed:
        return printed.isoformat()
    first, last = earliest or inferred, latest or inferred
    if not first or not last or first.year != last.year:
        return ""
    return first.isoformat()[:7] if first.month == last.month else first.isoformat()[:4]
