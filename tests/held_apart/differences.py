"""Says in words where a reading differs from the gold, for people who look for the cause."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.held_apart.judging import scorer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def differences(found: dict[str, Any], gold: dict[str, Any]) -> Iterator[str]:
    """Yield one line for each thing that is in one of the two only."""
    norm, pairs = scorer().norm, scorer().match_articles(found["articles"], gold["articles"])
    yield from told("toc", map(entry_line, found["toc"]), map(entry_line, gold["toc"]))
    for key, value in gold["issue"].items():
        if value is not None and str(found["issue"].get(key)) != str(value):
            yield f"issue {key}: gold {value!r}, read {found['issue'].get(key)!r}"
    for j, right in enumerate(gold["articles"]):
        if j not in pairs:
            yield f"no article for {right['title']!r}"
            continue
        left, where = found["articles"][pairs[j]], right["title"][:24]
        for key in ("kind", "title", "authors", "bio"):
            if norm(str(left.get(key) or "")) != norm(str(right[key] or "")):
                yield f"[{where}] {key}: gold {right[key]!r}, read {left.get(key)!r}"
        for kind, lines in (
            ("block", blocks),
            ("note", notes),
            ("marker", markers),
            ("citation", citations),
            ("link", links),
        ):
            yield from (f"[{where}] {line}" for line in told(kind, lines(left), lines(right)))
    extra = set(range(len(found["articles"]))) - set(pairs.values())
    yield from (f"an article too many: {found['articles'][i]['title']!r}" for i in sorted(extra))
    yield from (f"finding {finding['code']}: {finding['message'][:150]}" for finding in found["findings"])


def told(kind: str, read: Iterable[str], right: Iterable[str]) -> Iterator[str]:
    """Yield what is missing and what is too much."""
    norm = scorer().norm
    have, want = Counter(map(norm, read)), Counter(map(norm, right))
    yield from (f"- {kind} {line}" for line in (want - have).elements())
    yield from (f"+ {kind} {line}" for line in (have - want).elements())


def entry_line(entry: dict[str, Any]) -> str:
    return f"{entry['page']} | {entry['title']} | {', '.join(entry['authors'])}"


def blocks(article: dict[str, Any]) -> list[str]:
    return [f"{block['type']}: {block['text']}" for block in article["blocks"]]


def notes(article: dict[str, Any]) -> list[str]:
    return [f"{note['n']}: {note['text']}" for note in article["notes"]]


def markers(article: dict[str, Any]) -> list[str]:
    texts = [block["text"] for block in article["blocks"]]
    return [
        f"{mark['n']} after {scorer().norm(texts[mark['block']][: mark['offset']])[-24:]}"
        for mark in article["markers"]
    ]


def citations(article: dict[str, Any]) -> list[str]:
    return [f"{one['where']}: {one['source']} | {one['date']} | {one['iso']}" for one in article["citations"]]


def links(article: dict[str, Any]) -> list[str]:
    return [f"{link['text']} -> {link['url']}" for link in article["links"]]
