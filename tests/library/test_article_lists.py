from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from monitor.library import article_lists
from monitor.library.article_filters import ARTICLE_FILTERS
from monitor.library.article_lists import (
    ORDERS,
    Wanted,
    contents_of,
    facets_of,
    listed,
    matching,
    relaxed_counts,
    total_of,
)
from monitor.library.keyset import stretch_of
from monitor.library.marking_read import mark_articles_read
from monitor.library.models import Article, Issue, title_key
from monitor.library.place_models import ReadingPlace
from monitor.library.queries import standing_articles
from tests.factories import make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from monitor.accounts.models import User
    from monitor.ingest.document import Article as ReadArticle

pytestmark = pytest.mark.django_db


def piece(title: str, *authors: str, kind: str = "article", sources: tuple[str, ...] = ("Ferry Post",)) -> ReadArticle:
    cited = {f"{source}, January {n}": f"2022-01-{n:02d}" for n, source in enumerate(sources, 3)}
    text = " ".join(f"Said ({phrase})." for phrase in cited) or "Nothing said."
    return make_read_article(text, title=title, authors=authors, kind=kind, notes=(), cited=cited)


@pytest.fixture
def reader() -> User:
    return make_user("reader")


@pytest.fixture
def library(reader: User) -> list[Article]:
    """Store seven articles that one may see and two that one may not; the reader has read one and begun another."""
    make_issue(piece("Weir", "Ines", "Oren"), piece("Lamps", "Oren", kind="brief"), number=1, date="2021-01-10")
    make_issue(piece("Ropes", "Ines", sources=("Dawn", "Ferry Post")), number=2, date="2021-05-01")
    make_issue(
        piece("Gate", "Tomas", sources=("Dawn",)),
        piece("“Barges”", "Ines", kind="brief", sources=()),
        publication="Canal Dispatches",
        number=1,
        date="2022-01-15",
    )
    make_issue(piece("Tolls", "Hedda"), number=3, date=None)
    make_issue(
        piece("Élan", "Hedda"),
        publication="Canal Dispatches",
        number=2,
        date=None,
        date_range=("2022-02-01", "2022-02-20"),
    )
    make_issue(piece("Hidden", "Ines", "Nobody", sources=("Secret Post",)), number=9, state="draft")
    seen = standing_articles(reader)
    mark_articles_read(person=reader, articles=seen.filter(title="Weir"))
    begun = seen.get(title="Ropes")
    ReadingPlace.objects.create(person=reader, article=begun, paragraph=2, furthest=3, paragraphs=8)
    return list(seen)


def titles(person: User, **chosen: tuple[str, ...]) -> set[str]:
    found = matching(standing_articles(person), Wanted(chosen), person)
    return set(found.values_list("title", flat=True))


FILTERED: list[tuple[dict[str, tuple[str, ...]], set[str]]] = [
    ({"author": ("ines",)}, {"Weir", "Ropes", "“Barges”"}),
    ({"author": ("ines", "tomas")}, {"Weir", "Ropes", "“Barges”", "Gate"}),
    ({"author": ("ines",), "kind": ("brief",)}, {"“Barges”"}),
    ({"source": ("dawn",)}, {"Ropes", "Gate"}),
    ({"periodical": ("canal-dispatches",), "source": ("dawn",)}, {"Gate"}),
    ({"read": ("read",)}, {"Weir"}),
    ({"read": ("begun",)}, {"Ropes"}),
    ({"read": ("unread",)}, {"Lamps", "Ropes", "Gate", "“Barges”", "Tolls", "Élan"}),
    ({"read": ("read", "begun")}, {"Weir", "Ropes"}),
    ({"author": ("nobody",)}, set()),
    ({"read": ("nonsense",)}, set()),
]


def test_values_of_one_filter_add_up_and_filters_narrow(reader: User, library: list[Article]) -> None:
    assert [titles(reader, **chosen) for chosen, _ in FILTERED] == [wanted for _, wanted in FILTERED]


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        ("2021-05-01", None, {"Ropes", "Gate", "“Barges”", "Élan"}),
        (None, "2021-05-01", {"Weir", "Lamps", "Ropes"}),
        ("2021-01-11", "2021-12-31", {"Ropes"}),
        ("2000-01-01", None, {"Weir", "Lamps", "Ropes", "Gate", "“Barges”", "Élan"}),
    ],
)
def test_days_leave_out_issues_whose_date_nobody_knows(
    since: str | None, until: str | None, wanted: set[str], reader: User, library: list[Article]
) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    days = Wanted({}, first, last)
    assert set(matching(standing_articles(reader), days, reader).values_list("title", flat=True)) == wanted


CHOICES = {
    "read": [(), ("unread",), ("begun", "read")],
    "periodical": [(), ("canal-dispatches",)],
    "author": [(), ("ines",), ("hedda", "oren")],
    "source": [(), ("dawn",)],
}


def test_counts_agree_with_the_list_they_lead_to(reader: User, library: list[Article]) -> None:
    for values in product(*CHOICES.values()):
        chosen = {name: given for name, given in zip(CHOICES, values, strict=True) if given}
        facets = facets_of(standing_articles(reader), Wanted(chosen), reader)
        assert total_of(facets) == len(titles(reader, **chosen))
        for facet in facets:
            name = facet.filter.name
            for choice in facet.choices:
                led_to = titles(reader, **{**chosen, name: (choice.value,)})
                assert (choice.count, choice.is_chosen) == (len(led_to), choice.value in chosen.get(name, ()))


def test_hidden_articles_count_nowhere(reader: User, library: list[Article]) -> None:
    labels = {
        choice.label for facet in facets_of(standing_articles(reader), Wanted(), reader) for choice in facet.choices
    }
    assert not labels & {"Nobody", "Secret Post"}
    curator = make_user("curator")
    seen = {
        choice.label for facet in facets_of(standing_articles(curator), Wanted(), curator) for choice in facet.choices
    }
    assert {"Nobody", "Secret Post"} <= seen


def test_chosen_value_that_nothing_has_keeps_its_name_if_one_may_know_it(reader: User, library: list[Article]) -> None:
    wanted = Wanted({"author": ("hedda", "nobody"), "source": ("dawn",)})
    author = next(f for f in facets_of(standing_articles(reader), wanted, reader) if f.filter.name == "author")
    assert [(c.label, c.count) for c in author.choices if c.is_chosen] == [("Hedda", 0), ("nobody", 0)]


def test_relaxations_say_what_each_filter_takes_away(reader: User, library: list[Article]) -> None:
    wanted = Wanted({"author": ("hedda",), "source": ("dawn",)}, until=date(2022, 12, 31))
    counts = relaxed_counts(standing_articles(reader), wanted, reader)
    assert counts == {"author": 2, "source": 1, "days": 0}
    assert relaxed_counts(standing_articles(reader), Wanted(), reader) == {}


def test_what_hangs_on_many_articles_is_counted_in_the_newest(
    reader: User, library: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_lists, "REACH", 3)
    facets = {f.filter.name: f for f in facets_of(standing_articles(reader), Wanted(), reader)}
    assert (facets["author"].is_partial, facets["periodical"].is_partial) == (True, False)
    assert sum(choice.count for choice in facets["author"].choices) == 4
    assert sum(choice.count for choice in facets["periodical"].choices) == 7


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("title", ["“Barges”", "Élan", "Gate", "Lamps", "Ropes", "Tolls", "Weir"]),
        ("oldest", ["Weir", "Lamps", "Ropes", "Gate", "“Barges”", "Élan", "Tolls"]),
        ("newest", ["Tolls", "Élan", "Gate", "“Barges”", "Ropes", "Weir", "Lamps"]),
        ("periodical", ["Élan", "Gate", "“Barges”", "Tolls", "Ropes", "Weir", "Lamps"]),
    ],
)
def test_orders_are_walked_in_pages_of_two(order: str, wanted: list[str], reader: User, library: list[Article]) -> None:
    rows, found, after = listed(standing_articles(reader), reader), [], None
    while True:
        page = stretch_of(rows, ORDERS[order], size=2, after=after)
        found += [article.title for article in page.rows]
        if (after := page.after) is None:
            break
    assert found == wanted


@pytest.mark.parametrize("order", ORDERS)
def test_list_takes_three_queries_however_long(
    order: str, reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    issue = make_issue(piece("First", "Ines"))
    for total in (1, 3, 300):
        stands = issue.articles.count()
        Article.objects.bulk_create(
            Article(issue=issue, position=n, title=f"Piece {n}", title_key=title_key(f"Piece {n}"), slug="piece")
            for n in range(stands, total)
        )
        with django_assert_num_queries(3):
            found = stretch_of(listed(standing_articles(reader), reader), ORDERS[order], size=50)
            shown = [[signed.author.name for signed in row.authorships.all()] for row in found.rows]
            facets = facets_of(standing_articles(reader), Wanted(), reader)
        assert (len(shown), total_of(facets)) == (min(total, 50), total)


def test_contents_are_in_printed_order_with_counts(reader: User) -> None:
    issue = make_issue(make_read_article(title="One"), make_read_article(title="Two", notes=(), text="No."))
    rows: list[Any] = list(contents_of(issue, reader))
    assert [(r.title, r.note_count, r.citation_count, r.my_state) for r in rows] == [
        ("One", 1, 1, "unread"),
        ("Two", 0, 0, "unread"),
    ]


def test_every_filter_has_its_own_word_in_the_address() -> None:
    names = [known.name for known in ARTICLE_FILTERS]
    assert len(set(names)) == len(names)
    assert not {"from", "to", "sort", "after", "before", "view", "q"} & set(names)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("“Élan” and the Weir", "elan and the weir"),
        ("  «A  B» ", "a b"),
        ("Straße nach Ōsaka", "strasse nach osaka"),
        ("Жизнь", "жизнь"),
        ("...", ""),
        ("x" * 300, "x" * 100),
    ],
)
def test_title_key_sorts_by_letters_alone(title: str, wanted: str) -> None:
    assert title_key(title) == wanted


def test_new_title_has_a_new_key() -> None:
    article = make_issue(piece("Weir", "Ines")).articles.get()
    article.title = "Gate"
    article.save()
    assert Article.objects.get().title_key == "gate"
    assert Issue.objects.count() == 1
