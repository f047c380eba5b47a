"""What a word is: the one cutting of texts into lexemes, for the index, the snippets, the marks and the tests. Pure.

A token is a lexeme, the code points at which it stands, and its position: the number of the word in the text, from 0.
Words of a phrase stand at consecutive positions. Several tokens may stand at one position:

- the word by its stem ("attack"), and, where the stem is another string, as it is written behind a sign (`=attacks`),
  which is what beginnings (`attac*`) are looked for in;
- the parts of a compound and what they make when joined: "counter-terrorism" is counter, terrorism and
  counterterrorism, all of them at one position.

Apostrophes vanish (Ba'ath is Baath, O'Brien is OBrien) with a possessive s; dots between single letters vanish (U.S. is US);
commas between thousands vanish; a stroke parts words (PKK/KCK, 9/11), and so does a hyphen between digits. In scripts that
are written without blanks each letter is a word. `writings.py` holds the other half: what a query's words look for.
"""

from __future__ import annotations

import re
import string
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from monitor.search.lettering import UNSPACED, plain_letters, spoken_mark
from monitor.search.stems import stem

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 2  # raised with every change after which a text gives other tokens: the index has to be made anew
AS_WRITTEN = "="  # stands before a word that is not its own stem
MOST_PARTS = 5  # of one compound; what follows begins another
LONGEST_LEXEME = 60  # characters; nothing longer is a word that somebody looks for
LONGEST_KEPT, MOST_KEPT = 40, 1 << 16  # characters of a piece between blanks that is remembered; pieces
_SIGNS = string.punctuation
T = TypeVar("T")

# Articles and joints of Arabic and Persian names, which are written in many ways or left out.
ARTICLES = frozenset({"al", "el", "ul"})
ASSIMILATED = frozenset({"ad", "an", "ar", "as", "at", "az", "ash", "adh", "ath", "ed", "en", "er", "es", "et", "ez", "esh"})  # fmt: skip
JOINTS = ARTICLES | {"e", "i", "o", "u", "ud", "ur"}

_MARK = "\u0640"  # stands for a sign that belongs to the letter before it; the letter itself never comes out of folding
_ATOM = re.compile(
    rf"(?P<letter>[{UNSPACED}]{_MARK}*)"
    r"|(?P<number>\d{1,3}(?:,\d{3}(?!\d)){1,9}|\d{1,20}(?:[.\u2044]\d{1,20}){1,9})(?![^\W_])"
    rf"|(?P<initials>[^\W\d_{UNSPACED}](?:\.[^\W\d_{UNSPACED}]){{1,9}}(?![^\W_{UNSPACED}])\.?)"
    rf"|(?P<word>[^\W_{UNSPACED}]+(?:'[^\W_{UNSPACED}]+)*)"
)


class Token(NamedTuple):
    """A lexeme, the half-open range of code points where it stands, and the number of its word. A tuple for speed."""

    lexeme: str
    start: int
    end: int
    position: int


class Part(NamedTuple):
    """A word as it is compared but not stemmed, and where it stands."""

    word: str
    start: int
    end: int


class _Atom(NamedTuple):
    part: Part
    joins: bool  # a hyphen stands between it and the one before, and makes one compound of them


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a text in the order of their positions; what is said at the top of this file holds of them."""
    tokens, position = [], 0
    for found in re.finditer(r"\S+", text):
        piece, start = found[0], found.start()
        cut = tokens_of(piece)
        if not cut:
            continue
        for lexeme, begins, ends, at in cut:
            tokens.append(Token(lexeme, start + begins, start + ends, position + at))
        position += cut[-1][3] + 1
    return tokens


class _Remembered(dict[str, Any]):
    """What was worked out for pieces of texts; a dictionary that fills itself, since texts repeat their words."""

    def __init__(self, work_out: Callable[[str], Any]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, piece: str) -> Any:
        made = self.work_out(piece)
        if len(piece) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[piece] = made
        return made


def remembering(work_out: Callable[[str], T]) -> Callable[[str], T]:
    """Return the same function, which remembers what it returned: `lru_cache` without its book of who came last."""
    known: Callable[[str], T] = _Remembered(work_out).__getitem__
    return known


@remembering
def tokens_of(piece: str) -> tuple[Token, ...]:
    """Return the tokens of a piece without blanks (of which `str.split` makes a text), counted from its beginning."""
    return _tokens(piece)


@remembering
def width_of(piece: str) -> int:
    """Return how many positions a piece takes."""
    tokens = _tokens(piece)
    return tokens[-1].position + 1 if tokens else 0


def compounds_of(text: str) -> list[tuple[Part, ...]]:
    """Return the words of a text by their positions, each a compound of one part or more; nothing is stemmed."""
    compounds = []
    for found in re.finditer(r"\S+", text):
        at = found.start()
        compounds += [
            tuple(Part(part.word, at + part.start, at + part.end) for part in compound)
            for compound in _compounds(found[0])
        ]
    return compounds


def lexemes_of(word: str) -> tuple[str, ...]:
    """Return what stands in the index for one word that was folded: its stem, and the word behind a sign if it differs."""
    word = word[:LONGEST_LEXEME]
    stemmed = stem(word)
    return (stemmed,) if stemmed == word else (stemmed, AS_WRITTEN + word)


def _tokens(piece: str) -> tuple[Token, ...]:
    """Return the tokens of a piece without blanks, with places and positions counted from its beginning."""
    if piece.isascii() and (word := piece.strip(_SIGNS)).removesuffix("'s").isalpha():
        return _token_of_word(piece, word)
    tokens: list[Token] = []
    for position, compound in enumerate(_compounds(piece)):
        spelled = {lexeme: part for part in _joined(compound) for lexeme in lexemes_of(part.word)}
        tokens += [Token(lexeme, part.start, part.end, position) for lexeme, part in spelled.items()]
    return tuple(tokens)


def _token_of_word(piece: str, word: str) -> tuple[Token, ...]:
    """Return what `_tokens` does for a word in plain letters among signs, which most pieces are, in a tenth of its time."""
    start = piece.index(word)
    lexemes = lexemes_of(word.lower().removesuffix("'s"))
    return tuple([Token(lexeme, start, start + len(word), 0) for lexeme in lexemes])


def _joined(compound: tuple[Part, ...]) -> list[Part]:
    """Return a compound's parts, what neighbours make together, and all of them without what joins names."""
    if len(compound) == 1:
        return list(compound)
    runs = [compound[i:j] for i in range(len(compound)) for j in range(i + 1, len(compound) + 1)]
    runs.append(without_joints(compound))
    return [Part("".join(part.word for part in run), run[0].start, run[-1].end) for run in runs]


def without_joints(compound: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return a compound without the articles and joints of names: (al) Kadhimi, Tehreek (e) Taliban."""
    kept = tuple(
        part
        for at, part in enumerate(compound)
        if not (is_article(compound, at) or (0 < at < len(compound) - 1 and part.word in JOINTS))
    )
    return kept or compound


def is_article(compound: tuple[Part, ...], at: int) -> bool:
    """Return whether a part is an Arabic article before another: `al-`, or one that takes the next letter on (as-Sadr)."""
    if at + 1 >= len(compound):
        return False
    word, following = compound[at].word, compound[at + 1].word
    return word in ARTICLES or (word in ASSIMILATED and following.startswith(word[1:]))


def _compounds(piece: str) -> list[tuple[Part, ...]]:
    compounds: list[list[Part]] = []
    for atom in _atoms(piece):
        if compounds and atom.joins and len(compounds[-1]) < MOST_PARTS:
            compounds[-1].append(atom.part)
        else:
            compounds.append([atom.part])
    return [tuple(compound) for compound in compounds]


def _atoms(piece: str) -> list[_Atom]:
    folded, origins = plain_letters(piece)
    found = list(_ATOM.finditer(_with_marks_alike(folded)))
    atoms: list[_Atom] = []
    for before, here in pairwise([None, *found]):
        if here is None:
            continue
        word = folded[here.start() : here.end()]
        part = Part(_spelled(word, here.lastgroup), origins[here.start()], _end(piece, origins[here.end() - 1] + 1))
        # Several words may be squeezed into one character: they stand at one place, and so at one position.
        squeezed = bool(atoms) and part.start < atoms[-1].part.end
        atoms.append(_Atom(part, squeezed or (before is not None and _is_hyphened(folded, before, here))))
    return atoms


def _with_marks_alike(folded: str) -> str:
    if folded.isascii():
        return folded
    return "".join(_MARK if spoken_mark(letter) else letter for letter in folded)


def _spelled(word: str, sort: str | None) -> str:
    match sort:
        case "initials":
            return word.replace(".", "")
        case "number":
            return word.replace(",", "")
        case "word" if "'" in word:
            return word.removesuffix("'s").replace("'", "")
        case _:
            return word if word.isascii() else unicodedata.normalize("NFC", word)


def _is_hyphened(folded: str, before: re.Match[str], here: re.Match[str]) -> bool:
    """Return whether a single hyphen makes one compound of two words; between digits it parts them."""
    between = folded[before.end() : here.start()]
    return between == "-" and not (folded[before.end() - 1].isdigit() and folded[here.start()].isdigit())


def _end(piece: str, at: int) -> int:
    """Return where a word ends: accents behind its last letter belong to it."""
    while at < len(piece) and unicodedata.combining(piece[at]):
        at += 1
    return at
