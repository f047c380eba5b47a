"""Looking for words in what people marked and wrote, without case and accents: as `hits.py` folds, in the database."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Exists, F, Func, OuterRef, Q, TextField, Value

from monitor.annotations.hits import MOST_TERMS, asked_terms, is_unspaced
from monitor.annotations.models import AnnotationSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models.expressions import Combinable

UNSHOWN = {"Mn", "Me", "Cf"}  # accents, and characters without a shape of their own
# What folding makes of letters that have no small form of their own: lower() leaves them as they are.
FOLDED_BY_HAND = {"ß": "ss", "ς": "\u03c3", "ẞ": "ss", "\u0345": "\u03b9"}
BETWEEN_WORDS = "[^[:alnum:]]+"


class Folded(Func):
    """A text without case and accents."""

    output_field = TextField()

    def __init__(self, text: Combinable | str) -> None:
        apart: Any = Func(Func(text, function="lower"), template="normalize(%(expressions)s, NFKD)")
        for letter, plain in FOLDED_BY_HAND.items():
            apart = Func(apart, Value(letter), Value(plain), function="replace")
        bare = Func(apart, Value(unshown_class()), Value(""), Value("g"), function="regexp_replace")
        super().__init__(bare, function="lower")


class Matches(Func):
    """Whether a regular expression is found in a text."""

    template = "(%(expressions)s)"
    arg_joiner = " ~ "
    output_field = BooleanField()


class HasAccents(Func):
    """Whether a text has letters beyond ASCII."""

    template = "(octet_length(%(expressions)s) <> char_length(%(expressions)s))"
    output_field = BooleanField()


class AmongKeys(Func):
    """Whether a number is one of many; they go as one parameter, however many there are."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, number: Combinable, keys: Sequence[int]) -> None:
        super().__init__(number, Value(list(keys), ArrayField(BigIntegerField())))


@cache
def unshown_class() -> str:
    """Return a class of a regular expression with every character that folding leaves out."""
    runs: list[list[int]] = []
    for code in range(0x80, sys.maxunicode + 1):
        if unicodedata.category(chr(code)) in UNSHOWN:
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return "[" + "".join(chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in runs) + "]+"


def patterns_of(typed: str) -> list[str]:
    """Return a regular expression for each term: words begin as typed, those of a phrase follow each other."""
    return [BETWEEN_WORDS.join(map(_begun, term)) for term in asked_terms(typed)[:MOST_TERMS]]


def _begun(word: str) -> str:
    # Scripts without blanks have no beginnings of words to look for. Cherokee folds to capitals, here to small letters.
    return word.lower() if is_unspaced(word[0]) else rf"\m{word.lower()}"


def with_words(typed: str) -> Q:
    """Return the condition that an annotation has each term in its comment or in one of its passages."""
    found = Q()
    for pattern in patterns_of(typed):
        spans = AnnotationSpan.objects.filter(annotation=OuterRef("pk"))
        found &= Exists(spans.filter(has_term("quote", pattern))) | has_term("comment", pattern)
    return found


def has_term(column: str, pattern: str) -> Q:
    """Return the condition that a column has a term. Folding is dear: it is left out where the letters do without."""
    small = Q(Matches(Func(F(column), function="lower"), Value(pattern)))
    return small | (Q(HasAccents(F(column))) & Q(Matches(Folded(F(column)), Value(pattern))))
