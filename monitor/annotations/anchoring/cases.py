"""Cases of re-anchoring as JSON: `{"cases": [{"id", "old", "selector", "unit", "new"}]}`, read as they come in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict

from monitor.annotations.anchoring.folding import Folded, UnusableText
from monitor.annotations.anchoring.placing import anchor
from monitor.annotations.anchoring.revision import Revision
from monitor.annotations.anchoring.selectors import Anchor, Position, Quote, Selector, Status
from monitor.annotations.utf16 import Utf16Ruler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_CHUNK = 1 << 16
_KEPT_TEXTS = 4  # cases come sorted by text more often than not
Json = object


class BadCases(ValueError):
    """The input is not what the command reads; the message says where and why."""


class Outcome(TypedDict):
    status: Status
    start: int | None
    end: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    selector: Selector
    unit: Literal["code_point", "utf16"]
    new: str
    old: str | None


class _Source:
    """The characters of a JSON document, of which only the part being read is kept."""

    def __init__(self, read: Callable[[int], str]) -> None:
        self.read, self.held, self.at, self.passed, self.ended = read, "", 0, 0, False
        self.decoder = json.JSONDecoder()

    def more(self, size: int) -> None:
        piece = self.read(size)
        self.ended = not piece
        self.passed += self.at
        self.held, self.at = self.held[self.at :] + piece, 0

    def sign(self) -> str:
        """Return the next character that is not white space, without taking it; "" at the end."""
        while True:
            while self.at < len(self.held) and self.held[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.held) or self.ended:
                return self.held[self.at : self.at + 1]
            self.more(_FIRST_CHUNK)

    def take(self, expected: str) -> None:
        found = self.sign()
        if found != expected:
            what = f"{found!r} stands" if found else "the input ends"
            raise BadCases(
                f"Not the JSON expected: {what} at character {self.passed + self.at}, where {expected!r} belongs."
            )
        self.at += 1

    def value(self) -> Json:
        """Take one JSON value. Each failure doubles what is read, so that a long value costs linear time."""
        self.sign()
        size = _FIRST_CHUNK
        while True:
            try:
                value, end = self.decoder.raw_decode(self.held, self.at)
            except json.JSONDecodeError as error:
                if self.ended:
                    raise BadCases(f"Not JSON: {error.msg} at character {self.passed + error.pos}.") from None
            except RecursionError:
                raise BadCases(f"JSON nested too deeply at character {self.passed + self.at}.") from None
            except ValueError as error:  # a number of very many digits
                raise BadCases(f"Not JSON that can be read: {error}.") from None
            else:
                if end < len(self.held) or self.ended:  # at the very end of what is held a number may go on
                    self.at = end
                    return value
            self.more(size)
            size *= 2


def read_cases(read: Callable[[int], str]) -> Iterator[Case]:
    """Yield the cases of a document given piece by piece by `read(size)`; raise `BadCases` where it is wrong."""
    source = _Source(read)
    seen_cases = False
    source.take("{")
    while source.sign() != "}":
        key = source.value()
        source.take(":")
        if key == "cases":
            seen_cases = True
            yield from _listed(source)
        else:
            source.value()
        if source.sign() != "}":
            source.take(",")
    source.take("}")
    if source.sign():
        raise BadCases(f"Something follows the JSON document at character {source.passed + source.at}.")
    if not seen_cases:
        raise BadCases('There is no "cases" in the input.')


def _listed(source: _Source) -> Iterator[Case]:
    source.take("[")
    number = 0
    while source.sign() != "]":
        number += 1
        yield _case(source.value(), number)
        if source.sign() != "]":
            source.take(",")
    source.take("]")


def _case(given: Json, number: int) -> Case:
    where = f"Case {number}"
    fields = _dict(given, where)
    name = fields.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise BadCases(f'{where}: "id" must be a string or a whole number.')
    where = f"Case {name!r}"
    unit = fields.get("unit", "code_point")
    if unit not in ("code_point", "utf16"):
        raise BadCases(f'{where}: "unit" must be "code_point" or "utf16".')
    old = None if fields.get("old") is None else _text(fields, "old", where)
    selector = _selector(_dict(fields.get("selector"), f"{where}, selector"), where)
    return Case(str(name), selector, "utf16" if unit == "utf16" else "code_point", _text(fields, "new", where), old)


def _selector(fields: dict[str, Json], where: str) -> Selector:
    quote = position = None
    if fields.get("quote") is not None:
        given = _dict(fields["quote"], f"{where}, quote")
        sides = [
            _text(given, side, f"{where}, quote") if given.get(side) is not None else ""
            for side in ("prefix", "suffix")
        ]
        quote = Quote(_text(given, "exact", f"{where}, quote"), *sides)
    if fields.get("position") is not None:
        given = _dict(fields["position"], f"{where}, position")
        position = Position(_offset(given, "start", where), _offset(given, "end", where))
    return Selector(quote, position)


def _dict(value: Json, where: str) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise BadCases(f"{where}: an object is expected.")
    return value


def _text(fields: dict[str, Json], key: str, where: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str):
        raise BadCases(f'{where}: "{key}" must be a string.')
    return value


def _offset(fields: dict[str, Json], key: str, where: str) -> int:
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadCases(f'{where}, position: "{key}" must be a whole number.')
    return value


class Anchoring:
    """Places cases one after the other, folding a text that comes again only once."""

    def __init__(self) -> None:
        self.texts: dict[str, Folded] = {}
        self.revisions: dict[tuple[str | None, str], Revision] = {}

    def outcome(self, case: Case) -> Outcome:
        try:
            placed = anchor(self._in_code_points(case), self._revision(case.old, case.new))
        except UnusableText as error:
            raise BadCases(f"Case {case.id!r}: {error}") from None
        return as_json(placed)

    def _revision(self, old: str | None, new: str) -> Revision:
        if (old, new) not in self.revisions:
            while len(self.revisions) >= _KEPT_TEXTS:
                self.revisions.pop(next(iter(self.revisions)))
            self.revisions[old, new] = Revision(self._folded(new), None if old is None else self._folded(old))
        return self.revisions[old, new]

    def _folded(self, text: str) -> Folded:
        if text not in self.texts:
            while len(self.texts) >= _KEPT_TEXTS:
                self.texts.pop(next(iter(self.texts)))
            self.texts[text] = Folded(text)
        return self.texts[text]

    @staticmethod
    def _in_code_points(case: Case) -> Selector:
        position = case.selector.position
        if case.unit == "code_point" or position is None or case.old is None:
            return case.selector
        start, end = Utf16Ruler(case.old).range_of(position.start, position.end)
        # A range that holds nothing must not come to hold half a character.
        return Selector(case.selector.quote, Position(start, end if position.start < position.end else start))


def as_json(placed: Anchor) -> Outcome:
    """Return what the command prints of an anchor."""
    return {"status": placed.status, "start": placed.start, "end": placed.end, "score": placed.score}
