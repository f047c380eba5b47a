"""An invented archive of any size, always the same for a seed, brought in by COPY: `fill(Plan(100_000))`.

It has what a search can ask for: periodicals, issues over twenty years, authors, cited sources, actors (some of them
merged), regions within regions. Words, actors and regions are as unevenly spread as in life.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from bench.archive_words import Language
from monitor.library.models import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST_DAY = date(2005, 1, 3)
DAYS = 20 * 365
ARTICLES_EACH = 10  # of an issue
AT_ONCE = 2_000  # articles of one COPY
KINDS = ("article", "brief", "interview")
OLD = "ancientlore"  # a word of the oldest twentieth alone
RARE = "quillwort"  # a word of one article in five thousand
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large an archive is to be, and of what."""

    articles: int
    words: int = 1_500  # of an article
    vocabulary: int = 60_000
    actors: int = 3_000
    regions: int = 2_000
    unpublished: float = 0.0  # share of issues that readers do not see, and of articles that are withdrawn
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Firsts:
    """The first key of each table, behind what is there."""

    keys: dict[str, int]

    def of(self, table: str, number: int) -> int:
        return self.keys[table] + number


TABLES = (
    "periodical", "issue", "article", "articletext", "block", "note", "author", "authorship", "source", "sourcespelling",
    "citation", "actor", "articleactor", "region", "regionparent", "articleregion",
)  # fmt: skip


def fill(plan: Plan) -> Iterator[int]:
    """Bring the archive in, a stretch of articles in each transaction; yields how many are there."""
    maker = _Maker(plan, _firsts())
    with transaction.atomic():
        for table, columns, rows in maker.beside():
            copy_rows(table, columns, rows)
        _set_sequences()
    for begin in range(0, plan.articles, AT_ONCE):
        end = min(begin + AT_ONCE, plan.articles)
        with transaction.atomic():
            for table, columns, rows in maker.articles(begin, end):
                copy_rows(table, columns, rows)
        yield end
    _set_sequences()


def copy_rows(table: str, columns: str, rows: Iterable[Row]) -> None:
    """Write rows by COPY; columns that are not given get what their fields are by default."""
    more = _left_out(table, columns)
    named = ", ".join([columns, *more])
    with connection.cursor() as cursor, cursor.cursor.copy(f"copy monitor_{table} ({named}) from stdin") as copy:
        for row in rows:
            copy.write_row((*row, *more.values()))


@cache
def _left_out(table: str, columns: str) -> dict[str, Any]:
    """Return the columns that must have a value, which the database does not give them, with their fields' defaults."""
    models = (one for one in apps.get_models() if one._meta.db_table == f"monitor_{table}")  # noqa: SLF001 - Django's own
    model = next(models, None)
    given = {name.strip(' "') for name in columns.split(",")}
    fields = [] if model is None else model._meta.concrete_fields  # noqa: SLF001
    return {
        str(field.column): field.get_db_prep_save(field.get_default(), connection)
        for field in fields
        if field.column not in given and not (field.null or field.primary_key or field.has_db_default())
    }


def _firsts() -> Firsts:
    keys = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select coalesce(max(id), 0) + 1 from monitor_{table}")  # noqa: S608 - names of ours
            keys[table] = cursor.fetchone()[0]
    return Firsts(keys)


def _set_sequences() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"select setval(pg_get_serial_sequence('monitor_{table}', 'id'), (select max(id) from monitor_{table}))"  # noqa: S608
            )


class _Maker:
    """Rows of an archive, table by table."""

    def __init__(self, plan: Plan, firsts: Firsts) -> None:
        self.plan, self.first = plan, firsts.of
        self.language = Language(plan.seed, plan.vocabulary)
        self.draw = random.Random(plan.seed + 1)  # noqa: S311 - the same archive each time
        self.issues = -(-plan.articles // ARTICLES_EACH)
        self.periodicals, self.authors, self.sources = 5, 40 + plan.articles // 50, 30 + plan.articles // 200
        self._actors = list(accumulate(1 / (n + 1) for n in range(plan.actors)))
        self._regions = list(accumulate(1 / (n + 1) for n in range(plan.regions)))

    def uid(self) -> UUID:
        return UUID(int=self.draw.getrandbits(128))

    # -- What articles stand beside ------------------------------------------------------------------------------------
    def beside(self) -> Iterator[tuple[str, str, Iterable[Row]]]:
        first, mark = self.first, self.plan.seed * 1_000_000 + self.first("article", 0)
        yield (
            "periodical",
            "id, uid, name, key, slug, tagline, tint",
            [
                (
                    first("periodical", n),
                    self.uid(),
                    f"Review {mark}.{n}",
                    f"review {mark}.{n}",
                    f"review-{mark}-{n}",
                    "",
                    "accent",
                )
                for n in range(self.periodicals)
            ],
        )
        yield (
            "author",
            "id, uid, name, slug",
            [(first("author", n), self.uid(), f"Author {mark}.{n}", f"author-{mark}-{n}") for n in range(self.authors)],
        )
        yield (
            "source",
            "id, uid, name, slug",
            [(first("source", n), self.uid(), f"Source {mark}.{n}", f"source-{mark}-{n}") for n in range(self.sources)],
        )
        yield (
            "sourcespelling",
            "id, printed, key, basis, source_id",
            [
                (first("sourcespelling", n), f"Source {mark}.{n}", f"source {mark}.{n}", "first", first("source", n))
                for n in range(self.sources)
            ],
        )
        yield "actor", ACTOR, [self._actor(n, mark) for n in range(self.plan.actors)]
        yield "region", REGION, [self._region(n, mark) for n in range(self.plan.regions)]
        yield (
            "regionparent",
            "origin, edited, valid_from, valid_to, retired, child_id, parent_id",
            [
                ("files", "{}", "", "", False, first("region", n), first("region", _parent(n)))
                for n in range(1, self.plan.regions)
            ],
        )
        yield (
            "regionclosure",
            "descendant_id, ancestor_id, depth",
            [
                (first("region", n), first("region", above), depth)
                for n in range(self.plan.regions)
                for depth, above in enumerate(_above(n))
            ],
        )
        yield "issue", ISSUE, [self._issue(n, mark) for n in range(self.issues)]

    def _actor(self, n: int, mark: int) -> Row:
        # Every tenth was merged into the one before it.
        kept = self.first("actor", n - 1 if n % 10 == 9 else n)
        name = f"Actor {mark}.{n}"
        return (self.first("actor", n), "files", "{}", "", "", f"actor-{mark}-{n}", name, name.lower(), "armed_group",
                "active", "{}", "{}", False, "", "{}", "", kept)  # fmt: skip

    def _region(self, n: int, mark: int) -> Row:
        name = f"Region {mark}.{n}"
        return (self.first("region", n), "files", "{}", "", "", f"r{mark}.{n}", f"region-{mark}-{n}", name, name.lower(),
                "country", "{}", 0, "", "", False)  # fmt: skip

    def day(self, issue: int) -> date:
        return FIRST_DAY + timedelta(days=issue * DAYS // max(1, self.issues))

    def _issue(self, n: int, mark: int) -> Row:
        state = "draft" if self.draw.random() < self.plan.unpublished else "published"
        day, key = self.day(n), self.first("issue", n)
        return (key, self.uid(), str(n), 1, day, "printed", day, "[]", "[]", state, f"{mark:032x}{n:032x}", f"{n}.txt",
                "txt", 1, 1, self.first("periodical", n % self.periodicals), 0, 0)  # fmt: skip

    # -- Articles ------------------------------------------------------------------------------------------------------
    def articles(self, begin: int, end: int) -> Iterator[tuple[str, str, Iterable[Row]]]:
        rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        for n in range(begin, end):
            self._article(n, rows)
        for table, columns in COLUMNS.items():
            yield table, columns, rows[table]

    def _article(self, n: int, rows: dict[str, list[Row]]) -> None:
        key, draw = self.first("article", n), self.draw
        title = " ".join(self.language.some(draw.randint(4, 9))).title()
        blocks = self._blocks(n)
        body, places = "", list[Row]()
        for position, (kind, text) in enumerate(blocks):
            start = len(body) + 2 if body else 0
            body = f"{body}\n\n{text}" if body else text
            places.append((position, kind, 2 if kind == "heading" else None, start, start + len(text), "[]", "[]", key))
        state = "withdrawn" if draw.random() < self.plan.unpublished else "published"
        rows["article"].append(
            (key, self.uid(), n % ARTICLES_EACH, draw.choice(KINDS), title, title_key(title), f"piece-{n}", "",
             len(body.split()), 1, state, self.first("issue", n // ARTICLES_EACH))
        )  # fmt: skip
        rows["articletext"].append((1, body, 1, key))
        rows["block"] += places
        rows["note"] += [
            (self.uid(), at, at + 1, self.language.paragraph(12), "explanatory", "[]", key)
            for at in range(draw.randint(0, max(1, self.plan.words // 150)))
        ]
        self._people_and_places(n, key, rows)

    def _blocks(self, n: int) -> list[tuple[str, str]]:
        blocks: list[tuple[str, str]] = []
        left = max(20, round(self.plan.words * self.draw.uniform(0.6, 1.4)))
        while left > 0:
            if len(blocks) % 8 == 3:
                blocks.append(("heading", " ".join(self.language.some(4)).title()))
            blocks.append(("para", self.language.paragraph(min(left, 80))))
            left -= 80
        extra = [OLD] * (n < self.plan.articles // 20) + [RARE] * (self.draw.random() < 1 / 5_000)
        if extra:
            kind, text = blocks[0]
            blocks[0] = (kind, f"{text} {' '.join(extra)}.")
        return blocks

    def _people_and_places(self, n: int, key: int, rows: dict[str, list[Row]]) -> None:
        draw = self.draw
        for at, author in enumerate(sorted({draw.randrange(self.authors) for _ in range(draw.randint(0, 2))})):
            rows["authorship"].append((at, key, self.first("author", author)))
        for at, source in enumerate(sorted({draw.randrange(self.sources) for _ in range(draw.randint(0, 5))})):
            rows["citation"].append((self.uid(), at * 10, at * 10 + 5, "cited", "", "", False, False, "", key,
                                     self.first("sourcespelling", source)))  # fmt: skip
        for table, weights, number in (
            ("actor", self._actors, self.plan.actors),
            ("region", self._regions, self.plan.regions),
        ):
            drawn = draw.choices(range(number), cum_weights=weights, k=draw.randint(0, 12))
            rows[f"article{table}"] += [
                (2, False, 3, 2.0, 3.0, draw.random() < 0.2, self.first(table, one), key) for one in sorted(set(drawn))
            ]


def _parent(region: int) -> int:
    return (region - 1) // 6


def _above(region: int) -> Iterator[int]:
    yield region
    while region:
        region = _parent(region)
        yield region


ACTOR = (
    "id, origin, edited, valid_from, valid_to, slug, name, key, kind, status, countries, tags, strict, wikidata, sources,"
    " notes, canonical_id"
)
REGION = (
    "id, origin, edited, valid_from, valid_to, code, slug, name, key, kind, countries, population, coord_basis, source,"
    " retired"
)
ISSUE = (
    "id, uid, volume, number, date, date_basis, sort_date, page_sizes, contents, state, sha256, file_name, file_type,"
    " file_bytes, parser_version, periodical_id, ocr_pages, page_images"
)
COLUMNS = {
    "article": "id, uid, position, kind, title, title_key, slug, bio, words, text_version, state, issue_id",
    "articletext": "version, body, parser_version, article_id",
    "block": 'position, type, level, start, "end", regions, rows, article_id',
    "note": "uid, position, number, text, kind, regions, article_id",
    "authorship": "position, article_id, author_id",
    "citation": 'uid, start, "end", printed, printed_date, precision, inferred, linked, url, article_id, spelling_id',
    "articleactor": "n, in_title, parts, weight, salience, about, actor_id, article_id",
    "articleregion": "n, in_title, parts, weight, salience, about, region_id, article_id",
}
