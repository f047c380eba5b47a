"""Make the issues and their gold: `python -m tests.entities.gold build` writes `issue-N.txt` and `issue-N.json`.

The text is an issue as Monitor's reader of texts takes it; the gold has the schema of the development gold
(`entities-dev.json`), offsets in code points of the text file.
"""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.entities.gold.entities import Entity, Table, fold, read_table
from tests.entities.gold.marked import MarkedIssue, read_issue

if TYPE_CHECKING:
    from tests.entities.gold.marked import Line, MarkedArticle

HERE = Path(__file__).resolve().parent
HALVES = ("open", "sealed")
UNREAD = frozenset({"byline", "citation", "bio", "bibnote"})
CONTENTS_WIDTH = 30
NOTES_HEAD = "Notes"
DEEPEST_OPEN = 3  # the issue, its articles, an article, its list of mentions


def sources(half: str) -> list[Path]:
    """Give the marked sources of a half, in order."""
    return sorted((HERE / half).glob("issue-*.marked"))


def table_of(half: str) -> Table:
    """Read the entities of a half, with the regions that both share."""
    return read_table(HERE / "macro_regions.txt", HERE / half / "entities.txt")


def built(source: Path, table: Table) -> tuple[str, dict[str, Any]]:
    """Give the printed text of one issue, and its gold."""
    issue = read_issue(source.read_text(encoding="utf-8"))
    setting = Setting(source.stem, table)
    setting.front(issue)
    for article in issue.articles:
        setting.article(article)
    return setting.finished()


class Setting:
    """An issue being printed, block by block, with the places of everything."""

    def __init__(self, name: str, table: Table) -> None:
        self.name = name
        self.table = table
        self.text = ""
        self.articles: list[dict[str, Any]] = []
        self.used: dict[str, Entity] = {}

    def block(self, text: str) -> int:
        """Print a block; where it begins."""
        self.text += "\n\n" if self.text else ""
        start = len(self.text)
        self.text += text
        return start

    def front(self, issue: MarkedIssue) -> None:
        """Print the masthead and the contents, titles broken into short rows."""
        for key in ("publication", "tagline", "volume", "date"):
            if key in issue.masthead:
                self.block(issue.masthead[key])
        page, briefs = 1, [article for article in issue.articles if article.kind == "brief"]
        if briefs:
            authors = dict.fromkeys(article.printed("byline") for article in briefs)
            for text in (f"p.{page}", "Briefs", " and ".join(authors)):
                self.block(text)
        for article in issue.articles:
            if article.kind == "brief":
                continue
            page += 2
            self.block(f"p.{page}")
            self.block("\n".join(textwrap.wrap(article.printed("title"), CONTENTS_WIDTH, break_on_hyphens=False)))
            self.block(article.printed("byline"))

    def article(self, article: MarkedArticle) -> None:
        """Print one article and keep its zones and mentions."""
        record: dict[str, Any] = {"id": article.id, "title": article.printed("title"), "start": 0, "end": 0}
        record |= {"zones": [], "mentions": [], "weak": []}
        notes_from: int | None = None
        for line in article.lines:
            if line.sort in {"note", "bibnote"} and notes_from is None:
                notes_from = self.block(NOTES_HEAD)
            self.line(record, line)
        if notes_from is not None:
            record["zones"].append({"type": "notes", "start": notes_from, "end": len(self.text)})
        record["zones"].sort(key=lambda zone: (zone["start"], -zone["end"]))
        record["about"] = self.about(article, record["mentions"])
        record["summary"] = summary(record["mentions"], self.table)
        self.articles.append(record)

    def line(self, record: dict[str, Any], line: Line) -> None:
        """Print one line of an article."""
        start = self.block(line.text)
        if line.sort == "title":
            record["start"] = start
        if line.sort in {"title", "byline", "bio", "bibnote"}:
            record["zones"].append({"type": line.sort, "start": start, "end": start + len(line.text)})
        unread = [(0, len(line.text))] if line.sort in UNREAD else list(line.citations)
        record["zones"] += [{"type": "citation", "start": start + s, "end": start + e} for s, e in line.citations]
        names: list[tuple[int, int]] = []
        for mark in line.marks:
            surface = line.text[mark.start : mark.end]
            entity = self.table.named(surface, mark.entity)
            self.use(entity)
            mention: dict[str, Any] = {"start": start + mark.start, "end": start + mark.end, "text": surface}
            mention |= {"entity": entity.id, "kind": entity.kind, "tier": "desc" if "!" in mark.signs else "name"}
            mention |= {"optional": True} if "?" in mark.signs else {}
            mention |= {"metonym": True} if "^" in mark.signs else {}
            record["mentions"].append(mention)
            names += [(mark.start, mark.end)] if mention["tier"] == "name" else []
        record["weak"] += self.weak(line.text, start, [*unread, *names])

    def weak(self, text: str, start: int, taken: list[tuple[int, int]]) -> list[dict[str, Any]]:
        """Demonyms outside what is not read and outside names."""
        words = re.compile(
            r"\b(?:" + "|".join(map(re.escape, sorted(self.table.demonyms, key=len, reverse=True))) + r")\b"
        )
        found = []
        for hit in words.finditer(text) if self.table.demonyms else ():
            if not any(s < hit.end() and hit.start() < e for s, e in taken):
                region = self.table.demonyms[hit.group()]
                self.use(self.table.by_id[region])
                found.append(
                    {"start": start + hit.start(), "end": start + hit.end(), "text": hit.group(), "region": region}
                )
        return found

    def about(self, article: MarkedArticle, mentions: list[dict[str, Any]]) -> dict[str, list[str]]:
        """Give the about lists as marked, and everything else as mentioned."""
        lists = {}
        for kind in ("actor", "region"):
            first = [self.table.by_id[name].id for name in article.about[kind + "s"]]
            seen = {mention["entity"] for mention in mentions if mention["kind"] == kind}
            lists[f"{kind}s_primary"] = first
            lists[f"{kind}s_mentioned"] = sorted(seen - set(first))
        return lists

    def use(self, entity: Entity) -> None:
        """Keep an entity and, for a region, what holds it."""
        self.used[entity.id] = entity
        if entity.kind == "region":
            for parent in entity.parents:
                self.use(self.table.by_id[parent])

    def finished(self) -> tuple[str, dict[str, Any]]:
        """Give the text and its gold: every article reaches to the next one."""
        self.text += "\n"
        ends = [article["start"] for article in self.articles[1:]] + [len(self.text)]
        for article, end in zip(self.articles, ends, strict=True):
            article["end"] = end
        gold: dict[str, Any] = {"schema": 1, "text_file": f"{self.name}.txt", "length": len(self.text)}
        gold["sha256"] = hashlib.sha256(self.text.encode()).hexdigest()
        gold |= {"entities": {name: described(entity) for name, entity in sorted(self.used.items())}}
        return self.text, gold | {"articles": self.articles}


def described(entity: Entity) -> dict[str, Any]:
    """Tell of an entity as the gold does."""
    said: dict[str, Any] = {"kind": entity.kind, "type": entity.type, "name": entity.name}
    said["parents" if entity.kind == "region" else "countries"] = list(entity.parents)
    codes = [entity.id] if entity.type == "country" else []
    return said | {"accept": list(dict.fromkeys([*codes, *entity.accept, fold(entity.name)]))}


def summary(mentions: list[dict[str, Any]], table: Table) -> dict[str, Any]:
    """How often each entity is named, and how, the most frequent first."""
    counts = Counter(mention["entity"] for mention in mentions)
    said: dict[str, dict[str, Any]] = {}
    for name, count in counts.most_common():
        entity, surfaces = table.by_id[name], Counter(m["text"] for m in mentions if m["entity"] == name)
        said[name] = {"name": entity.name, "kind": entity.kind, "type": entity.type}
        said[name] |= {"surfaces": dict(surfaces), "count": count}
    return said


def as_json(gold: dict[str, Any]) -> str:
    """Write the gold as it stands in its file: one entity, zone or mention a line, so that changes can be read."""
    return laid_out(gold, 0) + "\n"


def laid_out(value: Any, depth: int) -> str:
    """Lay a JSON value out: what holds maps is opened, down to the lists of an article."""
    rows = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    if depth > DEEPEST_OPEN or not any("{" in json.dumps(row) for row in rows):
        return json.dumps(value, ensure_ascii=False)
    indent = "\n" + " " * (depth + 1)
    if isinstance(value, list):
        return "[" + ",".join(indent + laid_out(row, depth + 1) for row in rows) + indent[:-1] + "]"
    said = (f"{indent}{json.dumps(key)}: {laid_out(row, depth + 1)}" for key, row in value.items())
    return "{" + ",".join(said) + indent[:-1] + "}"


def build(half: str) -> None:
    """Write every issue of a half with its gold."""
    table = table_of(half)
    for source in sources(half):
        text, gold = built(source, table)
        source.with_suffix(".txt").write_text(text, encoding="utf-8", newline="")
        source.with_suffix(".json").write_text(as_json(gold), encoding="utf-8", newline="")
