"""Looking for words in what people marked and wrote, without case and accents: as `hits.py` folds, in the database."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func, Q, TextField, Value

from monitor.annotations.hits import MOST_TERMS, asked_terms, is_unspaced
from monitor.annotations.models import Annotation, AnnotationSpan

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


class KeptFolded(Func):
    """What the database keeps of a column, folded (migration 0022): as `Folded` makes it, with an index."""

    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[str | int, ...]]:
        (column,) = self.get_source_expressions()
        name = f"{column.target.column}_folded"
        return f"{compiler.quote_name_unless_alias(column.alias)}.{connection.ops.quote_name(name)}", ()


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
    """Return the condition that an annotation has each term in its comment or in one of its passages.

    Each term is looked for in the whole table, by its index, and whose they are is asked by the rest of the query.
    """
    found = Q()
    for pattern in patterns_of(typed):
        spans = AnnotationSpan.objects.filter(Matches(KeptFolded("quote"), Value(pattern))).order_by()
        marks = Annotation.objects.filter(Matches(KeptFolded("comment"), Value(pattern))).order_by()
        found &= Q(pk__in=spans.values("annotation").union(marks.values("pk"), all=True))
    return found
