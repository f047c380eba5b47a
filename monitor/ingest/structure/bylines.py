"""Authors: the line under a title, the names in it, and the paragraph that says who they are."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.ingest.apparatus.dates import date_at_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BY = re.compile(
    r"(?:by|By|BY|written by|Written by|Author|Authors|par|Par|PAR|von(?= [A-Z\u00c0-\u00de])|VON)(?::|(?=\s)):? ?(?=\S)"
)
SPLIT = re.compile(
    r",? with (?:additional |further )?(?:reporting |research )?(?:by )?|, and |, | and | & |; | AND | WITH | et | und "
)
TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019.\u02bb\u02bc\u02bf\u02be-]){0,40}")
SMALL_PARTS = """
al el ul ur bin ben ibn bint van von der den de del della di da dos du la le zu ter abu af av e y d l
"""
OTHER_WORDS = """
the of in for on to at by with from how why what when where is are after before under over between into its introduction
conclusion background outlook summary notes contents overview analysis implications
"""
# What a line of authors says of them, or in their stead.
POSTS = """
correspondent correspondents reporter reporters editor editors staff bureau fellow analyst researcher lecturer professor
university institute college school academy center centre foundation department
observatory institution council ministry group society association programme program network agency commission library
museum hospital studies research laboratory initiative forum project office organisation organization committee
"""
RANKS = "dr mr mrs ms prof professor gen lt col maj capt sir general"
DEGREES = "jr sr phd md ma ii iii iv esq"
PARTICLES = frozenset(SMALL_PARTS.split())
POST_WORDS = frozenset(POSTS.split())
NOT_IN_NAMES = frozenset(OTHER_WORDS.split()) | POST_WORDS
HONORIFICS = frozenset(RANKS.split())
SUFFIXES = frozenset(DEGREES.split())
BIO_VERBS = (
    "is|are|was|were|writes|write|holds|hold|works|work|worked|serves|serve|served|teaches|teach|taught|covers|cover"
    "|covered|studies|study|studied|leads|lead|led|edits|edit|edited|directs|direct|specializes|specialises|specialize"
    "|reports|reported|has|have|received|earned|focuses|researches|currently|spent|lives|runs|heads|co-founded|founded"
)
BIO = re.compile(rf"(?P<names>[^!?:;()\[\]]{{3,160}}?)(?: \([^()]{{1,60}}\))?,? (?P<verb>{BIO_VERBS})\b")
SENTENCE = re.compile(r"(?<=[.!?]) (?=[^\W\d_])")
# After "who …": only this says who somebody is.
WHAT_ONE_IS = re.compile(
    r"(?:is|was|were) (?:an? |the |also |currently |based |now )|are |writes |holds |teaches |works "
)
MARKER = re.compile(r"\[\d{1,3}\]")
LONGEST_BYLINE = 160
LONGEST_BIO = 2000
LONGEST_POST = 8  # words
AROUND = " ,|(\u2013\u2014\u2022\u00b7-"


@dataclass(frozen=True, slots=True)
class Byline:
    """The names of a line, as printed."""

    names: tuple[str, ...]
    signed: bool  # the line says "By"
    rest: str = ""  # what the line says after the names: their posts, the date


def read_byline(text: str) -> Byline | None:
    """Return the people a line names, None where it cannot be a line of names."""
    if len(text) > LONGEST_BYLINE:
        return None
    sign = BY.match(text)
    bare = (text[sign.end() :] if sign else text).strip(" *_|\u2013\u2014-")
    if not bare.split() or (
        bare.endswith((".", "?", "!", ":")) and not bare.casefold().endswith(("jr.", "sr.", "ph.d."))
    ):
        return None
    named = bare[: end_of_names(bare)]
    parts = joined_suffixes([part.strip() for part in SPLIT.split(named) if part.strip()])
    names = list(itertools.takewhile(is_name, parts))
    posts = parts[len(names) :]
    if not names or not all(POST_WORDS.intersection(part.casefold().split()) for part in posts):
        whole = named.casefold().split()
        # "By our correspondent", but not "By contrast, the customs office".
        plain = "," not in named and (named[:1].isupper() or whole[0] in {"the", "our", "a"})
        nameless = sign and plain and not names and len(whole) <= LONGEST_POST and POST_WORDS.intersection(whole)
        return Byline((named,), signed=True, rest=bare[len(named) :].strip(AROUND)) if nameless else None
    at = named.find(posts[0], sum(map(len, names))) if posts else len(named)
    return Byline(tuple(names), sign is not None, bare[at:].strip(AROUND))


def end_of_names(bare: str) -> int:
    """Return where a line of authors has a full date and nothing after it, else its length."""
    printed = date_at_end(bare) if bare[-1:].isdigit() else None
    return len(bare[: printed.start].rstrip(AROUND)) if printed and printed.full and printed.start else len(bare)


def joined_suffixes(parts: Sequence[str]) -> list[str]:
    """Return the parts of a split line with "Jr." or "PhD" put back to the name before them."""
    joined: list[str] = []
    for part in parts:
        if joined and part.replace(".", "").casefold() in SUFFIXES:
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def is_name(text: str) -> bool:
    """Tell whether a text can be one person's name: two to seven words with capitals, or with a particle."""
    tokens = text.replace(",", "").split(" ")
    if not 1 < len(tokens) <= 7 or any(character.isdigit() for character in text):
        return False
    # Scripts without capitals have names too.
    has_capital = any(character.isupper() for character in text) or text.upper() == text.lower()
    return has_capital and all(is_name_token(token) for token in tokens)


def is_name_token(token: str) -> bool:
    """Tell whether a word can stand in a name."""
    if TOKEN.fullmatch(token) is None or token.casefold() in NOT_IN_NAMES:
        # Scripts without capitals have no such shape, yet hold names.
        return token.isalpha() and token == token.upper() == token.lower()
    head = token.split("-", maxsplit=1)[0].split("'", maxsplit=1)[0].split("\u2019", maxsplit=1)[0]
    caseless = token.upper() == token.lower()
    return caseless or token[0].isupper() or token[0] in "'\u2019\u02bf\u02be" or head.casefold() in PARTICLES


def tokens_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: folded, without ranks, suffixes and dots."""
    words = (word.replace(".", "").casefold() for word in TOKEN.findall(name.replace("\u2019", "'")))
    return tuple(word for word in words if word and word not in HONORIFICS and word not in SUFFIXES)


def same_person(author: str, other: str) -> bool:
    """Tell whether all words of the shorter of two names stand in the longer one, in order."""
    short, long = sorted((tokens_of(author), tokens_of(other)), key=len)
    if not short:
        return False
    rest = iter(long)
    return all(any(fits(token, candidate) for candidate in rest) for token in short)


def fits(token: str, other: str) -> bool:
    """Tell whether two words of names agree; an initial agrees with its name."""
    return token == other or (min(len(token), len(other)) == 1 and token[0] == other[0])


def bio_names(text: str) -> tuple[str, ...]:
    """Return the people of whom a paragraph says at its start who they are, as printed; none for other paragraphs."""
    found = BIO.match(text[:240])
    if found is None or is_told_of(found):
        return ()
    parts = [part.strip() for part in SPLIT.split(found["names"]) if part.strip()]
    names = [part for part in joined_suffixes(parts) if is_name(part) or is_single_name(part)]
    # "Jane Roe, a fellow at the institute, is …": names come first, other parts describe.
    leading = next((k for k, part in enumerate(joined_suffixes(parts)) if part not in names), len(parts))
    return tuple(names[:leading])


def people_of(text: str) -> list[tuple[str, ...]]:
    """Return whom the sentences of a biography begin with, sentence by sentence; nothing for other paragraphs."""
    if len(text) > LONGEST_BIO or not bio_names(text):
        return []
    told = (bio_names(sentence) for sentence in SENTENCE.split(text))
    return [names for names in told if any(map(is_name, names))]


def is_told_of(found: re.Match[str]) -> bool:
    """Tell whether a sentence only mentions its people: "Jane Roe, who chairs the group, resigned and was …"."""
    _, who, _ = found["names"].partition(", who ")
    return bool(who) and not WHAT_ONE_IS.match(found.string[found.start("verb") :])


def is_single_name(text: str) -> bool:
    """Tell whether a text is one capitalised word."""
    return " " not in text and len(text) > 2 and text[0].isupper() and is_name_token(text)


def is_bio_of(text: str, authors: Iterable[str]) -> bool:
    """Tell whether a paragraph begins with one of the authors' names (or a part of it) and says who that is.

    A paragraph with a note's marker is text of the article.
    """
    return MARKER.search(text) is None and any(
        same_person(author, name) for name in bio_names(text) for author in authors
    )


@dataclass(slots=True)
class People:
    """Everyone whose biography stands in an issue, to be asked by name."""

    by_first: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, names: Iterable[str]) -> None:
        """Remember the people a biography names."""
        for name in names:
            tokens = tokens_of(name)
            if len(tokens) > 1:
                self.by_first[tokens[0]].append(name)

    def know(self, author: str) -> bool:
        """Tell whether an author's biography stands in the issue."""
        tokens = tokens_of(author)
        # Fifty namesakes are more than any issue has; a hostile file has thousands.
        return bool(tokens) and any(same_person(author, name) for name in self.by_first[tokens[0]][:50])


def printed_name(name: str, known: Iterable[str]) -> str:
    """Return a name in mixed case: a name in capitals takes the spelling of the same name elsewhere in the issue."""
    letters = [character for character in name if character.isupper() or character.islower()]
    if not letters or not all(character.isupper() for character in letters) or len(letters) < 4:
        return name
    wanted = tokens_of(name)
    return next((other for other in known if tokens_of(other) == wanted and other != name), title_cased(name))


def title_cased(name: str) -> str:
    """Return a name printed in capitals in small letters with its capitals and particles."""
    words = [cased(word) for word in name.split(" ")]
    return " ".join(words)


def cased(word: str) -> str:
    """Return one word of a name in mixed case: "AL-HOL" as "al-Hol", "O'NEIL" as "O'Neil", "VAN" as "van"."""
    if word.casefold() in PARTICLES:
        return word.casefold()
    parts = re.split(r"([-'\u2019])", word)
    shaped = [
        part.casefold() if part.casefold() in PARTICLES and len(part) > 1 else part.capitalize() for part in parts
    ]
    return "".join(shaped)
