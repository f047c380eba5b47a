"""What becomes of the end of a printed line when the next line follows: a blank, nothing, or a hyphen less."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from monitor.ingest.letters.hyphens import FIRST_WORD, LAST_WORD, SUSPENDED_BEFORE, at_line_end

if TYPE_CHECKING:
    from monitor.ingest.letters.hyphens import Decision, Vocabulary

SOFT = "\u00ad"
HYPHEN = "\u2010"
LEAST_SPELT = 5  # letters of a word that an address may tell the spelling of
# After these at a line's end the next line follows without a space.
NO_SPACE_AFTER = ("-", HYPHEN, "\u2014", "\u2015", "/", SOFT)
# An address that is being read; what may follow it on the next line, and what ends it.
ADDRESS = re.compile(r"(?:https?:(?://)?|www\.|ftp://|doi\.org/|mailto:)[^\s<>]{0,2000}$", re.IGNORECASE)
CLOSERS = ").,;:]\u201d\u2019\"'>"
ADDRESS_SIGNS = re.compile(r"[./_=?%&#~]")
HOST_END = re.compile(r"\.(?:com|org|net|edu|gov|int|mil|info|[a-z]{2})/?$", re.IGNORECASE)

Seam = Literal["space", "nothing", "shorten"]


class LineEnd(NamedTuple):
    """What to do at a line's end; `guess` is the word where only the patterns decided about its hyphen."""

    seam: Seam
    guess: str = ""


def at_seam(tail: str, after: str, known: Vocabulary, address: str | None = None) -> LineEnd:
    """Say how a text that ends in `tail` goes on with the line's first word `after`.

    `address` is where a link leads that holds both ends of the seam, if there is one.
    """
    before, last = tail[-2:-1], tail[-1:]
    if last == SOFT or (last == HYPHEN and before.isalpha()):
        return LineEnd("shorten")
    if goes_on_address(tail, after, address):
        return LineEnd("nothing")
    if last == "-" and before.isalnum() and after[:1].isalnum():
        decision = _linked(tail, after, address) or at_line_end(tail, after, known)
        guess = tail.rpartition(" ")[2][-20:] + after[:20] if decision.startswith("guessed") else ""
        if decision.endswith("drop"):
            return LineEnd("shorten", guess)
        return LineEnd("space" if after.casefold() in SUSPENDED_BEFORE else "nothing", guess)
    if last == "\u2013" and before.isdigit() and after[:1].isdigit():
        return LineEnd("nothing")
    return LineEnd("nothing" if last in NO_SPACE_AFTER and before.strip() else "space")


def _linked(tail: str, after: str, address: str | None) -> Decision | None:
    """Return what the address of the link says that holds both ends: "quay-|watch" leads to "…/quaywatch"."""
    left, right = LAST_WORD.search(tail[:-1]), FIRST_WORD.match(after)
    if address is None or left is None or right is None or len(left.group() + right.group()) < LEAST_SPELT:
        return None
    where = address.casefold()
    if f"{left.group()}-{right.group()}".casefold() in where:
        return "keep"
    # Hosts leave out the hyphens of names ("postcourier.com"): only for printed addresses they are the same word.
    token = tail.rpartition(" ")[2] + after
    printed = any(sign in token for sign in "./@")
    return "drop" if printed and (left.group() + right.group()).casefold() in where else None


def goes_on_address(tail: str, after: str, address: str | None) -> bool:
    """Tell whether `after` goes on an address that a line's end cut: addresses are broken anywhere, without a hyphen.

    Where the link's own address tells, it decides; else an address goes on where it was cut at one of its signs, or
    with a word that has such signs.
    """
    found = ADDRESS.search(tail)
    if found is None or not after:
        return False
    shown, first = found.group(), after.rstrip(CLOSERS)
    if address is not None and first:
        bare = re.sub(r"^[a-z]{3,6}:(?://)?", "", address, flags=re.IGNORECASE)
        start = re.sub(r"^[a-z]{3,6}:(?://)?", "", shown, flags=re.IGNORECASE)
        for whole, begun in ((address, shown), (bare, start)):
            if whole.startswith(begun + first):
                return True
        if bare == start or bare == start.rstrip("/"):
            return False
    if shown[-1] in CLOSERS and shown[-1] not in ".:":
        return False
    if first[:1].isupper() and not ADDRESS_SIGNS.search(first):
        return False
    if shown[-1] in "/-_=?&#%~":
        return first[:1].isalnum() or first[:1] in "/-_=?&#%~"
    signs = ADDRESS_SIGNS.search(first) is not None
    if shown[-1] == ".":
        # A full stop may end the sentence; a piece of an address is in small letters and has signs or an end of its own.
        return first[:1].islower() and (signs or HOST_END.match("." + first) is not None)
    if first[:1] in "./-_=?&#%~":
        return True
    return signs and not first.lower().startswith(("http", "www.")) and address is not None
