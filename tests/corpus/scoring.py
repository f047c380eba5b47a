"""How well a reading meets its gold: by the project's scorer, and by an exact comparison of our own."""

from __future__ import annotations

import importlib.util
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

SCORER = Path(__file__).resolve().parents[3] / "shared" / "scoring" / "score_extraction.py"
LOWER_IS_BETTER = ("cer", "bleed", "furniture_leaks")
ASIDES = ("caption", "pullquote", "sidebar", "table")


@cache
def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(found: dict[str, Any], gold: dict[str, Any]) -> dict[str, float]:
    """Return every metric of the project's scorer as one figure; FileNotFoundError where it is absent."""
    if not SCORER.exists():
        raise FileNotFoundError(SCORER)
    score: Any = _scorer().score
    metrics, _ = score(found, gold)
    figures = {name: value["f1"] if isinstance(value, dict) else value for name, value in metrics.items()}
    return {name: figure for name, figure in figures.items() if figure is not None}


def misses(figures: dict[str, float]) -> dict[str, float]:
    """Return the metrics that are short of perfect."""
    return {name: figure for name, figure in figures.items() if figure != (0 if name in LOWER_IS_BETTER else 1)}


def differences(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    """Return one line for everything that is not equal to the gold; empty where the reading is exact."""
    lines = _unequal("issue", _issue(found), _issue(gold)) + _unequal("contents", found["toc"], gold["toc"])
    lines += _unequal("titles", [a["title"] for a in found["articles"]], [a["title"] for a in gold["articles"]])
    by_title = {article["title"]: article for article in found["articles"]}
    for article in gold["articles"]:
        if article["title"] in by_title:
            lines += _article(by_title[article["title"]], article)
    return lines


def _issue(document: dict[str, Any]) -> dict[str, Any]:
    return {
        name: document["issue"].get(name) for name in ("publication", "tagline", "volume", "number", "date", "pages")
    }


def _article(found: dict[str, Any], gold: dict[str, Any]) -> list[str]:
    lines = []
    for name in ("kind", "authors", "page_start", "bio"):
        lines += _unequal(f"{gold['title'][:30]}: {name}", found[name], gold[name])
    for name, view in VIEWS.items():
        lines += _unequal(f"{gold['title'][:30]}: {name}", view(found), view(gold))
    return lines


def _text(article: dict[str, Any]) -> list[tuple[str, str]]:
    return [(block["type"], block["text"]) for block in article["blocks"] if block["type"] not in ASIDES]


def _asides(article: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the asides without their places, since some float."""
    return sorted((block["type"], block["text"]) for block in article["blocks"] if block["type"] in ASIDES)


def _rows(article: dict[str, Any]) -> list[list[list[str]]]:
    return [[list(row) for row in block["rows"]] for block in article["blocks"] if block["type"] == "table"]


def _markers(article: dict[str, Any]) -> list[tuple[int, str]]:
    return [(m["n"], article["blocks"][m["block"]]["text"][: m["offset"]][-40:]) for m in article["markers"]]


def _citations(article: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return them with what stands before: one letter too many there must not move all that follow."""
    found = []
    for citation in article["citations"]:
        body = citation["where"] == "body"
        home = article["blocks" if body else "notes"]
        # Monitor names a note by its number and its place; the gold by its place.
        text = home[citation["block"] if body else citation.get("note_index", citation["note"])]["text"]
        values = (citation[name] for name in ("where", "source", "date", "iso", "inferred", "url"))
        found.append((*values, text[: citation["start"]][-12:], text[citation["start"] : citation["end"]]))
    return found


VIEWS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "text": _text,
    "asides": _asides,
    "rows": _rows,
    "notes": lambda article: [(note["n"], note["text"], note["resolves_to"]) for note in article["notes"]],
    "markers": _markers,
    "citations": _citations,
    "links": lambda article: [(link["text"], link["url"]) for link in article["links"]],
}


def _unequal(name: str, found: Any, gold: Any) -> list[str]:
    if found == gold:
        return []
    if isinstance(found, list) and isinstance(gold, list):
        missing = [_words(item) for item in gold if item not in found]
        extra = [_words(item) for item in found if item not in gold]
        return _paired(name, missing, extra) or [f"{name}: in another order or number"]
    return [f"{name}: {_against(_words(found), _words(gold))}"]


def _words(item: Any) -> str:
    if isinstance(item, dict):
        return _words(list(item.values()))
    return " | ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)


def _paired(name: str, missing: list[str], extra: list[str]) -> list[str]:
    """Return what is missing beside what stands in its stead, where something like it does."""
    lines, left = [], list(extra)
    for item in missing:
        likest = process.extractOne(item, left, scorer=fuzz.ratio, score_cutoff=60)
        if likest:
            left.remove(likest[0])
            lines.append(f"{name}: {_against(likest[0], item)}")
        else:
            lines.append(f"{name}: missing {_short(item)}")
    return lines + [f"{name}: not in the gold {_short(item)}" for item in left]


def _against(found: str, gold: str) -> str:
    """Return the first two places at which the texts part, with a little of what stands before and after."""
    parts = []
    for edit in [edit for edit in Levenshtein.opcodes(gold, found) if edit.tag != "equal"][:2]:
        wanted = gold[max(0, edit.src_start - 25) : edit.src_end + 15]
        parts.append(f"{_short(found[max(0, edit.dest_start - 25) : edit.dest_end + 15])} instead of {_short(wanted)}")
    return "; ".join(parts)


def _short(text: str) -> str:
    return repr(text if len(text) <= 160 else f"{text[:90]} … {text[-60:]}")


def lost_words(found: dict[str, Any], gold: dict[str, Any]) -> tuple[list[str], int]:
    """Return the words of the gold that the reading has nowhere, and how many words the gold has."""
    wanted, there = Counter(_all_words(gold)), Counter(_all_words(found))
    return list((wanted - there).elements()), wanted.total()


def _all_words(document: dict[str, Any]) -> list[str]:
    """Return the words of titles, names, bios, blocks and notes; case is the layout's."""
    parts: list[str] = []
    for article in document["articles"]:
        parts += [article["title"] or "", *article["authors"], article["bio"] or ""]
        parts += [passage["text"] for passage in (*article["blocks"], *article["notes"])]
    return [word.casefold() for part in parts for word in part.split()]
