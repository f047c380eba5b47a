"""The notebook's lists and counts: what is found, in which order, and that counts are those of the list."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from monitor.annotations.codebook import make_tag
from monitor.annotations.folded_words import Folded, patterns_of
from monitor.annotations.hits import folded_letters
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.notebook_queries import (
    ORDERS,
    Wanted,
    counts_of_whose,
    facets_of,
    in_order,
    matching,
    sizes_of_heads,
)
from monitor.annotations.replies import reply_to
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_issue, make_read_article

if TYPE_CHECKING:
    from django.db.models import Value

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def comments(person: User, **wanted: Any) -> list[str]:
    return sorted(matching(person, Wanted(**wanted)).values_list("comment", flat=True))


def test_mine_and_my_teams_come_without_being_asked_and_all_when_asked(house: House) -> None:
    house.mark(comment="own")
    house.mark(comment="team", visibility="team", team=house.team, by=house.mate)
    house.mark(comment="all", visibility="everyone", by=house.outsider)
    house.mark(comment="hidden", by=house.outsider)
    assert comments(house.author) == ["own", "team"]
    assert comments(house.author, whose="mine") == ["own"]
    assert comments(house.author, whose="team") == ["team"]
    assert comments(house.author, whose="all") == ["all", "own", "team"]
    assert comments(house.outsider) == ["all", "hidden"]
    counts = [(one.value, one.count) for one in counts_of_whose(house.author, Wanted(whose="team"))]
    assert counts == [("", 2), ("mine", 1), ("team", 1), ("all", 3)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("societe", ["La Société", "quoted"]),
        ("SOCIÉTÉ dusk", ["quoted"]),  # one term in the comment's quote, one in the words
        ("soc", ["La Société", "quoted"]),  # words begin so
        ("ociété", []),
        ('"la societe"', ["La Société", "quoted"]),
        ('"societe was"', ["quoted"]),
        ('"societe la"', []),
        ("strasse", ["Straße, am Ufer"]),
        ("σοφος", ["ΣΟΦΟΣ σοφός"]),
        ("жизнь", ["ЖИЗНЬ"]),
        ("海", ["東海岸"]),
        ("100%", ["100% of it"]),
        ("% of", ["100% of it"]),
        ("\\", ["100% of it", "La Société", "ЖИЗНЬ", "Straße, am Ufer", "quoted", "ΣΟΦΟΣ σοφός", "東海岸"]),
    ],
)
def test_words_are_found_in_comments_and_quotes_without_case_and_accents(
    house: House, typed: str, found: list[str]
) -> None:
    for comment in ("La Société", "Straße, am Ufer", "ΣΟΦΟΣ σοφός", "ЖИЗНЬ", "東海岸", "100% of it"):
        house.mark("gate", comment=comment)
    quoted = house.mark("lit before", comment="quoted")
    AnnotationSpan.objects.filter(annotation=quoted).update(quote="La Socie\u0301te\u0301 was lit before dusk")
    assert comments(house.author, words=typed) == sorted(found)


# Letters that the Unicode tables of Python and of the database know alike.
LETTERS = st.characters(min_codepoint=1, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn", "Co"])


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.text(LETTERS, max_size=30))
def test_the_database_folds_words_as_the_program_does(text: str) -> None:
    with connection.cursor() as cursor:
        value: Value = Folded(_given(text))  # type: ignore[assignment]
        sql, params = _compiled(value)
        cursor.execute(f"SELECT {sql}", params)
        (folded,) = cursor.fetchone() or ("",)
    simple = all(_is_simple(letter) for letter in text)
    assert not simple or folded == folded_letters(text)[0].lower()


def _given(text: str) -> Any:
    from django.db.models import TextField, Value  # noqa: PLC0415

    return Value(text, TextField())


def _compiled(expression: Any) -> tuple[str, Any]:
    compiler = Annotation.objects.all().query.get_compiler("default")
    return expression.resolve_expression(compiler.query).as_sql(compiler, connection)  # type: ignore[no-any-return]


def _is_simple(letter: str) -> bool:
    """Tell whether a letter folds to its small form: the few hundred others differ by their nature."""
    return unicodedata.normalize("NFKD", letter.lower()).casefold() == unicodedata.normalize(
        "NFKD", letter.casefold()
    ).casefold().replace("ss", "ß" if letter in "ßẞ" else "ss")


def test_a_pattern_holds_nothing_but_words() -> None:
    assert patterns_of('a.b* "c (d)" [x]') == [r"\ma[^[:alnum:]]+\mb", r"\mc[^[:alnum:]]+\md", r"\mx"]
    assert patterns_of("...") == []


def test_a_tag_finds_those_below_it_unless_asked_for_exactly(house: House) -> None:
    raid, night = (make_tag(name=name, by=house.curator) for name in ("violence/raid", "violence/raid/night"))
    other = make_tag(name="violence-free", by=house.curator)
    for comment, tag in (("raid", raid), ("night", night), ("other", other)):
        house.mark(comment=comment, tags=(tag,))
    house.mark(comment="none")
    assert comments(house.author, chosen={"tag": ("violence",)}) == ["night", "raid"]
    assert comments(house.author, chosen={"tag": ("violence/raid",)}) == ["night", "raid"]
    assert comments(house.author, chosen={"tag": ("violence/raid",)}, exact=True) == ["raid"]
    assert comments(house.author, chosen={"tag": ("violence/raid/night", "violence-free")}) == ["night", "other"]
    assert comments(house.author, states=("untagged",)) == ["none"]


def test_filters_narrow_and_their_counts_are_those_of_the_list(house: House) -> None:
    raid = make_tag(name="raid/night", by=house.curator)
    teams = make_tag(name="Xylograph", by=house.mate, team=house.team)
    house.mark(comment="red", colour="red", tags=(raid,))
    house.mark(comment="", colour="teal", visibility="team", team=house.team, by=house.mate, tags=(teams, raid))
    lost = house.mark(comment="lost", colour="teal", visibility="everyone", by=house.curator)
    AnnotationSpan.objects.filter(annotation=lost).update(state="orphan")
    reply_to(uid=lost.uid, mark=lost, by=house.author, comment="Where is it?")
    for chosen in ({}, {"colour": ("teal",)}, {"tag": ("raid",), "author": ("author", "mate")}, {"for": ("everyone",)}):
        for whose in ("", "all"):
            wanted = Wanted(chosen=chosen, whose=whose)
            total, facets = facets_of(house.author, wanted)
            assert total == matching(house.author, wanted).count()
            for facet in facets:
                for choice in facet.choices:
                    if facet.name == "state":
                        one = Wanted(chosen=chosen, whose=whose, states=(choice.value,))
                    else:
                        one = Wanted(chosen={**chosen, facet.name: (choice.value,)}, whose=whose)
                    assert choice.count == matching(house.author, one).count(), (chosen, facet.name, choice)
    names = {f.name: {c.label for c in f.choices} for f in facets_of(house.author, Wanted(whose="all"))[1]}
    assert names["tag"] == {"raid", "raid / night", "Xylograph"}
    assert names["for"] == {"Only me", "Rivers", "Everyone signed in"}
    assert names["author"] == {"author", "mate", "curator"}
    seen = {f.name: {c.label for c in f.choices} for f in facets_of(house.outsider, Wanted(whose="all"))[1]}
    assert (seen["tag"], seen["for"], seen["author"]) == (set(), {"Everyone signed in"}, {"curator"})


def test_what_is_chosen_stays_offered_where_nothing_is_left_of_it(house: House) -> None:
    house.mark(comment="red", colour="red")
    _, facets = facets_of(house.author, Wanted(chosen={"colour": ("teal",), "author": ("nobody-here",)}))
    shown = {f.name: [(c.value, c.label, c.count, c.is_chosen) for c in f.choices] for f in facets}
    assert shown["colour"] == [("teal", "Teal", 0, True)]
    assert shown["author"] == [("nobody-here", "nobody-here", 0, True)]


def test_days_are_those_on_which_it_was_made(house: House) -> None:
    for day, comment in ((1, "first"), (2, "second"), (3, "third")):
        mark = house.mark(comment=comment)
        Annotation.objects.filter(pk=mark.pk).update(created=datetime(2022, 2, day, 23, 59, tzinfo=UTC))
    assert comments(house.author, since=date(2022, 2, 2)) == ["second", "third"]
    assert comments(house.author, until=date(2022, 2, 2)) == ["first", "second"]
    assert comments(house.author, since=date(2022, 2, 2), until=date(2022, 2, 2)) == ["second"]


def test_by_article_they_stand_as_in_the_archive(house: House) -> None:
    newer = make_issue(make_read_article(), make_read_article(title="The Weir"), date="2022-06-01")
    for article in newer.articles.order_by("-position"):
        shown = House(article, house.team, *(None,) * 7)  # type: ignore[arg-type]
        shown.mark("gate", by=house.author, comment=f"{article.position} gate")
        shown.mark("lamps", by=house.author, comment=f"{article.position} lamps")
    house.mark("lamps", comment="old")
    Annotation.objects.create(owner=house.author, issue=newer, comment="of the issue")
    rows = in_order(matching(house.author, Wanted()), house.author, "article")
    assert [row.comment for row in rows] == ["of the issue", "0 lamps", "0 gate", "1 lamps", "1 gate", "old"]
    first, second = newer.articles.order_by("position")
    sizes = {f"i{newer.pk}": 1, f"a{first.pk}": 2, f"a{second.pk}": 2, f"a{house.article.pk}": 1}
    assert sizes_of_heads(rows, sizes) == sizes


def test_by_tag_each_tag_one_sees_has_its_rows_and_the_untagged_come_last(house: House) -> None:
    raid, boats = (make_tag(name=name, by=house.curator) for name in ("raid", "boats"))
    hidden = make_tag(name="Xylograph", by=house.outsider, private=True)
    house.mark(comment="both", tags=(raid, boats))
    house.mark(comment="none")
    mark = house.mark(comment="raid", tags=(raid,))
    mark.taggings.create(tag=hidden)
    rows = in_order(matching(house.author, Wanted()), house.author, "tag")
    found = [(row.tag_path, row.comment) for row in rows]  # type: ignore[attr-defined]
    assert found == [("boats", "both"), ("raid", "raid"), ("raid", "both"), ("", "none")]
    assert sizes_of_heads(rows, [str(raid.pk), "0"]) == {str(raid.pk): 2, "0": 1}


def test_orders_name_columns_that_rows_have(house: House) -> None:
    house.mark()
    for order, keys in ORDERS.items():
        (row,) = in_order(matching(house.author, Wanted()), house.author, order)
        assert all(getattr(row, key.field) is not None for key in keys), order


def test_the_periodical_of_a_text_one_may_not_read_is_not_named(house: House) -> None:
    house.mark(comment="own")
    assert comments(house.author, chosen={"periodical": ("tidewater-letter",)}) == ["own"]
    type(house.article).objects.update(state="withdrawn")
    assert comments(house.author, chosen={"periodical": ("tidewater-letter",)}) == []
    facet = next(f for f in facets_of(house.author, Wanted())[1] if f.name == "periodical")
    assert facet.choices == ()
    assert comments(house.author) == ["own"]
