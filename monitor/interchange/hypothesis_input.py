"""What a Hypothesis program sends for an annotation, looked at and taken apart. Pure; what it says wrongly is one sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monitor.interchange.hypothesis_objects import OURS, WORLD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_MORE = 16 * 1024  # bytes of keys that are nobody's here
LONGEST_WORDS = 20_000  # code points of a text or a quote
MOST_SELECTORS = 64 * 1024  # bytes of all of one annotation
LONGEST_TAG, MOST_TAGS = 200, 50
NAMES: dict[Any, str] = {dict: "object", list: "array", str: "string"}


class NotSaid(Exception):
    """`str(error)` is a sentence in the manner of JSON Schema: `tags: 5 is not of type 'array'`."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The passage that selectors name: words with their context, and a place in UTF-16 units that is a hint."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An annotation as it was sent; None stands for what was not said."""

    uri: str | None = None
    text: str | None = None
    tags: tuple[str, ...] | None = None
    group: str = WORLD
    shared_with: tuple[str, ...] | None = None  # of `permissions.read`
    selectors: tuple[Mapping[str, Any], ...] | None = None
    references: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def is_shared(self, group: str) -> bool:
        """Return whether its words are for its group; every other wish about who may read means nobody else."""
        return self.shared_with == (f"group:{group}",)

    @property
    def quoted(self) -> Quoted | None:
        return quoted(self.selectors or ())


def read_sent(data: Any, *, is_new: bool) -> Sent:
    """Return what an object says. What only the server says is passed over. Raises NotSaid."""
    if not isinstance(data, dict):
        raise NotSaid(f"{_short(data)} is not of type 'object'")
    uri = _typed(data, "uri", str)
    if (is_new and not (uri or "").strip()) or (uri is not None and not uri.strip()):
        raise NotSaid("uri: 'uri' is a required property")
    _typed(data, "document", dict)
    return Sent(
        uri=None if uri is None else uri.strip(),
        text=_typed(data, "text", str),
        tags=_tags(data),
        group=_typed(data, "group", str) or WORLD,
        shared_with=_readers(_typed(data, "permissions", dict)),
        selectors=_selectors(_typed(data, "target", list)),
        references=_strings(data, "references") or (),
        more=_more(data),
    )


def _typed(data: Mapping[str, Any], name: str, kind: type, path: str = "") -> Any:
    """Return what is said under this name, None where nothing is."""
    if name not in data:
        return None
    if not isinstance(data[name], kind):
        raise NotSaid(f"{path or name}: {_short(data[name])} is not of type '{NAMES[kind]}'")
    return data[name]


def _strings(data: Mapping[str, Any], name: str, path: str = "") -> tuple[str, ...] | None:
    values = _typed(data, name, list, path)
    for at, value in enumerate(values or ()):
        if not isinstance(value, str):
            raise NotSaid(f"{path or name}.{at}: {_short(value)} is not of type 'string'")
    return None if values is None else tuple(values)


def _tags(data: Mapping[str, Any]) -> tuple[str, ...] | None:
    tags = _strings(data, "tags")
    if tags is not None and len(tags) > MOST_TAGS:
        raise NotSaid(f"An annotation has at most {MOST_TAGS} tags.")
    for at, tag in enumerate(tags or ()):
        if len(tag) > LONGEST_TAG:
            raise NotSaid(f"tags.{at}: a tag has at most {LONGEST_TAG} characters")
    return tags


def _readers(permissions: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    if permissions is None:
        return None
    if "read" not in permissions:
        raise NotSaid("permissions: 'read' is a required property")
    for name in ("update", "delete", "admin"):
        _strings(permissions, name, f"permissions.{name}")
    return _strings(permissions, "read", "permissions.read")


def _selectors(target: Sequence[Any] | None) -> tuple[Mapping[str, Any], ...] | None:
    """Return the selectors of the first target, the only one that is kept."""
    if target is None:
        return None
    for at, one in enumerate(target):
        if not isinstance(one, dict):
            raise NotSaid(f"target.{at}: {_short(one)} is not of type 'object'")
        for nth, selector in enumerate(_typed(one, "selector", list, f"target.{at}.selector") or ()):
            where = f"target.{at}.selector.{nth}"
            if not isinstance(selector, dict):
                raise NotSaid(f"{where}: {_short(selector)} is not of type 'object'")
            if not isinstance(selector.get("type"), str):
                raise NotSaid(f"{where}: 'type' is a required property")
    selectors = tuple(target[0].get("selector", ())) if target else ()
    if len(json.dumps(selectors, ensure_ascii=False).encode("utf-8", "replace")) > MOST_SELECTORS:
        raise NotSaid(f"target.0.selector: these have more than {MOST_SELECTORS:,} bytes")
    for nth, selector in enumerate(selectors):
        if len(_words(selector.get("exact"))) > LONGEST_WORDS:
            raise NotSaid(f"target.0.selector.{nth}.exact: a quote has at most {LONGEST_WORDS:,} characters")
    return selectors


def _more(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that mean nothing here, to be given back as they are."""
    more = {key: value for key, value in data.items() if key not in OURS}
    if len(json.dumps(more, ensure_ascii=False).encode()) > MOST_MORE:
        raise NotSaid(f"unknown properties have more than {MOST_MORE:,} bytes")
    return more


def quoted(selectors: Sequence[Mapping[str, Any]]) -> Quoted | None:
    """Return the passage that these selectors name together, None where none of them names one."""
    quote = _first(selectors, "TextQuoteSelector", lambda one: isinstance(one.get("exact"), str) and one["exact"])
    place = _first(selectors, "TextPositionSelector", _is_range)
    if not quote and not place:
        return None
    return Quoted(
        exact=quote.get("exact", ""),
        prefix=_words(quote.get("prefix")),
        suffix=_words(quote.get("suffix")),
        start=place.get("start"),
        end=place.get("end"),
        note=_note(_first(selectors, "FragmentSelector", lambda one: isinstance(one.get("value"), str))),
    )


def _first(
    selectors: Sequence[Mapping[str, Any]], kind: str, fits: Callable[[Mapping[str, Any]], Any]
) -> Mapping[str, Any]:
    return next((one for one in selectors if one.get("type") == kind and fits(one)), {})


def _is_range(place: Mapping[str, Any]) -> bool:
    start, end = place.get("start"), place.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _note(fragment: Mapping[str, Any]) -> int | None:
    """Return the number of the printed note that a fragment names, as pages call it: `n4`."""
    value = str(fragment.get("value", ""))
    number = value[1:]
    is_note = value.startswith("n") and number.isascii() and number.isdigit() and len(number) < len("10000")
    return int(number) if is_note else None


def _short(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else f"{words[:57]}..."
