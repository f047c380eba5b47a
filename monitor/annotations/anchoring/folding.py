"""Text folded for comparison, each with a map back to the offsets of the text as it is.

The *narrow* fold decides whether two passages have the same words: compatibility forms composed (NFKC), white space
and format characters left out, quotation marks and dashes of any make alike, hyphens at line ends optional. The *wide*
fold only finds: besides, accents dropped, case folded, dashes left out. Equal narrow folds have equal wide folds.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from monitor.annotations.utf16 import first_half_surrogate

LINE_END_HYPHEN = (
    "\u00ad"  # stands in narrow folds for a hyphen that may be the printer's; true soft hyphens are dropped
)
GRAM = 5  # letters of a seed: at 5 % noise three in four are whole, and few occur often
_MOST_GRAMS = 300_000  # a longer text is indexed at every second, third… place
_LONGEST_CLUSTER = 30  # marks on one letter; sorting more of them takes quadratic time in unicodedata

_QUOTES = {**dict.fromkeys("‘’‚‛‹›´`ʼ′", "'"), **dict.fromkeys("“”„‟«»″〝〞", '"')}  # noqa: RUF001
DASHES = "-‐‑‒–—―−⁃﹘﹣－"  # noqa: RUF001
_ALIKE = str.maketrans({**_QUOTES, **dict.fromkeys(DASHES, "-"), "\u2044": "/"})
# Letters that lose their stroke or their partner when a text goes through ASCII, but have no decomposition.
_STROKES = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ـ": ""}  # noqa: RUF001
)
_KEPT_MARKS = (
    0,
    8,
    9,
)  # combining classes of vowel signs, of kana voicing and of viramas: they are letters, not accents


@lru_cache(maxsize=65536)
def _narrow(cluster: str) -> str:
    normal = unicodedata.normalize("NFKC", cluster.translate(_ALIKE)).translate(_ALIKE)
    return "".join(letter for letter in normal if not _is_ignored(letter))


def _is_ignored(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


@lru_cache(maxsize=65536)
def _wide(cluster: str) -> str:
    apart = unicodedata.normalize("NFKD", _narrow(cluster).casefold())
    bare = "".join(letter for letter in apart if unicodedata.combining(letter) in _KEPT_MARKS)
    return unicodedata.normalize("NFKC", bare.translate(_STROKES)).replace("-", "")


def _ranges(letters: list[int]) -> str:
    """Return the inside of a character class that holds these code points, given in order."""
    spans: list[list[int]] = []
    for code in letters:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in spans)


def _continues(code: int) -> bool:
    """Tell whether this character belongs to the letter before it: marks, and what composes with what precedes."""
    return (
        unicodedata.category(chr(code)).startswith("M")
        or 0x1160 <= code <= 0x11FF  # vowels and finals of Hangul
        or 0xD7B0 <= code <= 0xD7FF
        or code in (0xFF9E, 0xFF9F)  # voicing of halfwidth kana
    )


def _is_plain(code: int) -> bool:
    letter = chr(code)
    return _narrow(letter) == letter and letter != "-" and len(_wide(letter)) == 1 and not _continues(code)


# Texts are mostly runs of letters that stand for themselves, one to one: those take the quick way.
_PLAIN_CODES = [
    code for first, last in ((0x21, 0x1800), (0x3041, 0x3100)) for code in range(first, last) if _is_plain(code)
]
_PLAIN_CODES += [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xAC00, 0xD7A4)]
_WIDE_PLAIN = {code: _wide(chr(code)) for code in _PLAIN_CODES if code < 0x3400 and _wide(chr(code)) != chr(code)}
_MARKS = _ranges([code for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)) if _continues(code)])
_TOKENS = re.compile(
    rf"(?P<run>[{_ranges(_PLAIN_CODES)}]+(?![{_MARKS}]))"
    r"|(?P<broken>(?<=[^\W\d_])[-\u2010](?=[ \t\r]{0,8}\n\s{0,8}[^\W\d_]))"
    rf"|(?P<dash>[{re.escape(DASHES)}]+)"
    rf"|\S[{_MARKS}]{{0,{_LONGEST_CLUSTER}}}"
)
_ENDS_LETTER = re.compile(rf"(?![{_MARKS}])")
_WORD = re.compile(r"[^\W_]+")


class UnusableText(ValueError):
    """The text holds half of a surrogate pair, which no stored text can."""


@dataclass(frozen=True)
class Fold:
    """Folded text; its i-th character comes from `source[starts[i]:ends[i]]`, in code points."""

    text: str
    starts: array[int]
    ends: array[int]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of whole source characters for a non-empty range of folded ones."""
        return self.starts[start], self.ends[end - 1]

    def source_edge(self, at: int, *, end: bool) -> int:
        """Return where the folded character at this place begins in the source, or the one before it ends."""
        if end:
            return self.ends[at - 1] if at else 0
        return self.starts[at] if at < len(self.starts) else (self.ends[-1] if self.ends else 0)

    def folded_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the folded characters that come from a range of the source, those cut by its edges included."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


def _fold(source: str, *, wide: bool) -> Fold:
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    for token in _TOKENS.finditer(source):
        start, end = token.span()
        kind = token.lastgroup
        if kind == "run":
            run = token[0]
            if wide:
                run = run.lower() if run.isascii() else run.translate(_WIDE_PLAIN)
            pieces.append(run)
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        if kind is None:
            folded = _wide(token[0]) if wide else _narrow(token[0])
        else:
            folded = "" if wide else LINE_END_HYPHEN if kind == "broken" else "-"
        pieces.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))
    return Fold("".join(pieces), starts, ends)


def narrow(text: str) -> str:
    """Return the narrow fold of a passage."""
    return _fold(text, wide=False).text


def same_words(one: str, other: str) -> bool:
    """Tell whether two passages have the same words: equal narrow folds, a hyphen at a line end counting as none or one."""
    return _same_narrow(narrow(one), narrow(other))


def _same_narrow(one: str, other: str) -> bool:
    if one == other:
        return True
    if LINE_END_HYPHEN not in one + other or one.translate(_NO_HYPHENS) != other.translate(_NO_HYPHENS):
        return False
    here = there = 0
    while here < len(one) or there < len(other):
        left, right = one[here : here + 1], other[there : there + 1]
        if left == right:
            here, there = here + 1, there + 1
        elif left == LINE_END_HYPHEN:
            here, there = here + 1, there + (right == "-")
        elif right == LINE_END_HYPHEN:
            here, there = here + (left == "-"), there + 1
        else:
            return False
    return True


_NO_HYPHENS = str.maketrans("", "", "-" + LINE_END_HYPHEN)


def words_of(text: str) -> list[tuple[str, str]]:
    """Return the words of a text, each folded by case and as printed."""
    return [(word.casefold(), word) for word in _WORD.findall(text)]


class Folded:
    """A text and what is derived from it, each thing computed once, for all annotations on it.

    Raises `UnusableText` for half surrogates; any other text will do, an empty one too.
    """

    def __init__(self, text: str) -> None:
        at = first_half_surrogate(text)
        if at is not None:
            raise UnusableText(f"Half of a surrogate pair stands at {at}.")
        self.text = text

    @cached_property
    def wide(self) -> Fold:
        return _fold(self.text, wide=True)

    @cached_property
    def narrow(self) -> Fold:
        return _fold(self.text, wide=False)

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word occurs, folded by case."""
        return Counter(_WORD.findall(self.text.casefold()))

    @cached_property
    def seeds(self) -> dict[str, list[int]]:
        """Where in the wide fold each run of `GRAM` letters begins."""
        text, seeds = self.wide.text, defaultdict[str, list[int]](list)
        for at in range(0, len(text) - GRAM + 1, 1 + len(text) // _MOST_GRAMS):
            seeds[text[at : at + GRAM]].append(at)
        return seeds

    def ends_letter(self, at: int) -> bool:
        """Tell whether no mark that belongs to the letter before stands at this offset."""
        return _ENDS_LETTER.match(self.text, at) is not None
