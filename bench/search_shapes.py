"""The shapes of queries that searches are measured by, with words and keys taken from an invented archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from bench.archive import OLD, RARE
from monitor.search import compiled as c
from monitor.search.engines.postgres.tsqueries import tsquery
from monitor.search.query_tree import Near, Phrase, Prefix, Word
from monitor.search.writings import expanded

if TYPE_CHECKING:
    from bench.archive_words import Language

    Node = Word | Prefix | Phrase | Near

SAMPLE = 1_000  # articles, the newest, in which it is counted how many have a word


@dataclass(frozen=True, slots=True)
class Shape:
    """A query with a name; `capped`: its count stops where that would take long, so its time may hardly grow."""

    name: str
    tree: c.Node
    capped: bool = True


def shapes_of(language: Language) -> list[Shape]:
    """Return one query of each shape; some dozen cheap statements to find words that are as common as asked."""
    common, often, often_too, some = (_word(language, share) for share in (0.99, 0.2, 0.15, 0.02))
    phrase = tuple(language.sentences[0].rstrip(".").replace("-", " ").split()[:2])
    subtree = c.Ids(c.Kind.REGION, (_key("region", 2),))
    actor = c.Ids(c.Kind.ACTOR, (_key("actor", 5),))
    text = _text
    return [
        Shape("rare word", text(Word(RARE))),
        Shape("selective word", text(Word(some))),
        Shape("two words", c.And((text(Word(often)), text(Word(often_too))))),
        Shape("two words + subtree", c.And((text(Word(often)), text(Word(often_too)), subtree))),
        Shape("two words + subtree + actor", c.And((text(Word(often)), text(Word(often_too)), subtree, actor))),
        Shape("common word", text(Word(common)), capped=False),
        Shape("common word + subtree", c.And((text(Word(common)), subtree)), capped=False),
        Shape("common word, not another", c.And((text(Word(common)), c.Not(text(Word(often))))), capped=False),
        Shape("phrase", text(Phrase(phrase))),
        Shape("phrase of common words", text(Phrase(tuple(language.words[:2])))),
        Shape("phrase + subtree", c.And((text(Phrase(phrase)), subtree))),
        Shape("near", text(Near(Word(often), Word(some), 10))),
        Shape("beginning of a word", text(Prefix(some[:4]))),
        Shape("word of the title", c.Text(expanded(Word(often)), frozenset({c.Field.TITLE}))),
        Shape("actor", actor, capped=False),
        Shape("region with all in it", subtree, capped=False),
        Shape("everything", c.EVERYTHING, capped=False),
        Shape("old matches", text(Word(OLD))),
    ]


def _text(node: Node) -> c.Text:
    return c.Text(expanded(node))


def _word(language: Language, share: float) -> str:
    """Return the word whose share of the newest articles is nearest to this one."""
    candidates = [language.words[rank] for rank in (*range(0, 40, 4), *range(40, 400, 20), *range(400, 6_000, 200))]
    found: str = min(candidates, key=lambda word: abs(_share(word) - share))
    return found


def _share(word: str) -> float:
    query = tsquery(_text(Word(word)))
    with connection.cursor() as cursor:
        cursor.execute(
            "select avg((lexemes @@ %s::tsquery)::int) from"
            " (select lexemes from monitor_searchrow order by day desc, article_id desc limit %s) r",
            [query, SAMPLE],
        )
        return float(cursor.fetchone()[0] or 0)


def _key(table: str, number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select id from monitor_{table} order by id offset %s limit 1", [number])  # noqa: S608 - of ours
        return int(cursor.fetchone()[0])
