"""The shapes of queries that searches are measured by, with words and keys taken from an invented archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from bench.archive import OLD, RARE
from monitor.search import compiled as c
from monitor.search.engines.postgres.tsqueries import tsquery
from monitor.search.query_language import unparse
from monitor.search.query_tree import Named, Phrase, Word
from monitor.search.writings import expanded

if TYPE_CHECKING:
    from bench.archive_words import Language
    from monitor.search.compiled import Text

SAMPLE = 1_000  # articles, the newest, in which it is counted how many have a word


@dataclass(frozen=True, slots=True)
class Shape:
    """A query as it is typed, with a name."""

    name: str
    query: str


def shapes_of(language: Language) -> list[Shape]:
    """Return one query of each shape; some dozen cheap statements to find words that are as common as asked."""
    common, often, often_too, some = (_word(language, share) for share in (0.99, 0.2, 0.15, 0.02))
    phrase = unparse(Phrase(tuple(language.sentences[0].rstrip(".").replace("-", " ").split()[:2])))
    subtree, actor = unparse(Named("region", _name("region", 2))), unparse(Named("actor", _name("actor", 5)))
    return [
        Shape("rare word", RARE),
        Shape("selective word", some),
        Shape("two words", f"{often} {often_too}"),
        Shape("two words + subtree", f"{often} {often_too} {subtree}"),
        Shape("two words + subtree + actor", f"{often} {often_too} {subtree} {actor}"),
        Shape("common word", common),
        Shape("common word + subtree", f"{common} {subtree}"),
        Shape("common word, not another", f"{common} -{often}"),
        Shape("phrase", phrase),
        Shape("phrase of common words", unparse(Phrase(tuple(language.words[:2])))),
        Shape("phrase + subtree", f"{phrase} {subtree}"),
        Shape("near", f"{often} NEAR/10 {some}"),
        Shape("beginning of a word", f"{some[:4]}*"),
        Shape("word of the title", f"title:{often}"),
        Shape("actor", actor),
        Shape("region with all in it", subtree),
        Shape("everything", "*"),
        Shape("old matches", OLD),
    ]


def _text(node: Word) -> Text:
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


def _name(table: str, number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"select name from monitor_{table} order by id offset %s limit 1", [number])  # noqa: S608 - of ours
        return str(cursor.fetchone()[0])
