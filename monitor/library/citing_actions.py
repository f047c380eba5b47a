"""How authors and periodicals are cited, where a curator knows better than the rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.library.models import Author, Periodical

_ISSN = re.compile(r"(\d{4})-?(\d{3}[\dX])", re.ASCII)


class NotCitable(Exception):
    """What was said cannot be cited so; the words say why."""


def cite_author(*, author: Author, family: str, given: str, literal: str) -> Author:
    """Say how an author is cited: by family and given names, or by one name that is not cut; all empty: by the rule.

    Raises NotCitable.
    """
    family, given, literal = (" ".join(words.split()) for words in (family, given, literal))
    if literal and (family or given):
        raise NotCitable("Say either the parts of the name, or the whole of it.")
    if given and not family:
        raise NotCitable("Given names need a family name; a name that is not cut is a whole one.")
    author.family, author.given, author.literal = family, given, literal
    author.save(update_fields=["family", "given", "literal"])
    return author


def cite_periodical(*, periodical: Periodical, issn: str, genre: str) -> Periodical:
    """Say what a periodical is, and its ISSN. Raises NotCitable where the number's check digit is another one."""
    number = read_issn(issn)
    periodical.issn, periodical.genre = number, genre
    periodical.save(update_fields=["issn", "genre"])
    return periodical


def read_issn(written: str) -> str:
    """Return `1234-5679` of what was typed, "" of nothing. Raises NotCitable."""
    typed = written.strip().upper()
    if not typed:
        return ""
    found = _ISSN.fullmatch(typed)
    if not found:
        raise NotCitable("An ISSN has eight digits, the last of which may be an X: 1234-5679.")
    digits = found[1] + found[2]
    weighed = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits[:7], strict=True))
    if digits[7] != "0123456789X"[-weighed % 11]:
        raise NotCitable("This is no ISSN: its last digit does not fit the others.")
    return f"{found[1]}-{found[2]}"
