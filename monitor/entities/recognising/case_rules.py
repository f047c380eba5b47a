"""Whether a name as printed can be the name as the gazetteer writes it, by its capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT = 4  # letters: a word as short means the name only when printed exactly so
ACRONYM_AS_WORD = 4  # letters of an acronym that may be printed as a word, as Ecowas is


def same_case(written: Sequence[str], printed: Sequence[str], *, exact: bool = False, in_head: bool = False) -> bool:
    """Tell whether `printed` may stand for `written`: as many words, the same letters, in whatever case."""
    if len(written) != len(printed):
        return False  # "SNA" is no "S.N.A." of another gazetteer row: each spelling is a name of its own
    if list(written) == list(printed):
        return True
    if exact:
        return False
    if len(written) == 1:
        return _same_word(written[0], printed[0], in_head=in_head)
    return _same_words(written, printed)


def _same_word(written: str, printed: str, *, in_head: bool) -> bool:
    if written.isupper():
        return len(written) >= ACRONYM_AS_WORD and printed == written.capitalize()
    if len(written) <= SHORT:
        return written.lower() == printed.lower() and printed.isupper() and in_head
    if written.islower():
        return printed == written.capitalize()
    return printed.isupper() or (printed[:1].isupper() and printed[1:].lower() == written[1:].lower())


def _same_words(written: Sequence[str], printed: Sequence[str]) -> bool:
    if all(word.isupper() for word in printed) or _first_raised(written) == list(printed):
        return True
    capitals, given = _capitals(printed), _capitals(written)
    if not capitals or any(short.isupper() != word.isupper() for short, word in _acronyms(written, printed)):
        return False
    alike = printed[0][:1].isupper() == written[0][:1].isupper()
    return capitals >= given - 1 if alike else capitals >= given


def _first_raised(words: Sequence[str]) -> list[str]:
    return [words[0][:1].upper() + words[0][1:], *words[1:]]


def _capitals(words: Sequence[str]) -> int:
    return sum(word[:1].isupper() for word in words)


def _acronyms(written: Sequence[str], printed: Sequence[str]) -> list[tuple[str, str]]:
    """Pair the words that are all capitals in the gazetteer with what is printed for them."""
    return [(a, b) for a, b in zip(written, printed, strict=True) if len(a) > 1 and a.isupper()]
