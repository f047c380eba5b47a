from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.library.keyset import Key, UnknownPlace, place_of, read_place, stretch_of, written_place
from monitor.library.models import Author
from monitor.library.shelf_lists import ORDERS

if TYPE_CHECKING:
    from monitor.library.keyset import Place

BY_SLUG = (Key("slug", "text"), Key("pk", "number"))
BY_NAME_DOWN = (Key("name", "text", descending=True), Key("pk", "number"))
ALL_KINDS = (Key("a", "text"), Key("b", "number"), Key("c", "day"), Key("d", "moment"))


def make_authors(*names: str) -> None:
    Author.objects.bulk_create(Author(name=name, slug=name.lower()) for name in names)


def names(found: Any) -> list[str]:
    return [row.name for row in found.rows]


@pytest.mark.django_db
def test_walk_meets_every_row_once_and_comes_back_the_same_way() -> None:
    make_authors(*"GACFBED")
    pages, after, before = [], None, None
    while True:
        found = stretch_of(Author.objects.all(), BY_SLUG, size=3, after=after)
        pages.append(names(found))
        if found.after is None:
            break
        after = found.after
    assert pages == [["A", "B", "C"], ["D", "E", "F"], ["G"]]
    before = found.before
    back = stretch_of(Author.objects.all(), BY_SLUG, size=3, before=before)
    first = stretch_of(Author.objects.all(), BY_SLUG, size=3, before=back.before)
    assert (names(back), names(first), first.before) == (pages[1], pages[0], None)


@pytest.mark.django_db
def test_order_that_runs_down_is_walked_down() -> None:
    make_authors(*"ABCDE")
    first = stretch_of(Author.objects.all(), BY_NAME_DOWN, size=2)
    second = stretch_of(Author.objects.all(), BY_NAME_DOWN, size=2, after=first.after)
    assert (names(first), names(second)) == (["E", "D"], ["C", "B"])


@pytest.mark.django_db
def test_rows_that_come_in_move_nobody() -> None:
    make_authors("B", "C", "D", "E")
    first = stretch_of(Author.objects.all(), BY_SLUG, size=2)
    make_authors("A", "AA")
    assert names(stretch_of(Author.objects.all(), BY_SLUG, size=2, after=first.after)) == ["D", "E"]


@pytest.mark.django_db
def test_page_before_is_the_first_one_where_too_little_is_left() -> None:
    make_authors("A", "B", "C", "D")
    third = stretch_of(Author.objects.all(), BY_SLUG, size=3, after=("b", 0))
    assert names(third) == ["B", "C", "D"]
    back = stretch_of(Author.objects.all(), BY_SLUG, size=3, before=("c", Author.objects.get(name="C").pk))
    assert (names(back), back.before) == (["A", "B", "C"], None)


@pytest.mark.django_db
def test_walk_goes_on_from_a_row_that_is_gone() -> None:
    make_authors("A", "B", "C")
    after = stretch_of(Author.objects.all(), BY_SLUG, size=2).after
    Author.objects.filter(name="B").delete()
    assert names(stretch_of(Author.objects.all(), BY_SLUG, size=2, after=after)) == ["C"]


@pytest.mark.django_db
def test_beyond_the_last_row_is_nothing() -> None:
    make_authors("A")
    found = stretch_of(Author.objects.all(), BY_SLUG, size=2, after=("z", 1))
    assert (found.rows, found.before, found.after) == ((), None, None)


@pytest.mark.django_db
def test_number_that_no_column_holds_is_just_beyond() -> None:
    make_authors("A")
    assert names(stretch_of(Author.objects.all(), BY_SLUG, size=2, after=("a", 2**62))) == []


places = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50),
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)


@given(places)
def test_place_that_is_written_is_read_again(place: Place) -> None:
    assert read_place(written_place(place), ALL_KINDS) == place


@pytest.mark.parametrize(
    "values",
    [
        None,
        {},
        "abcd",
        ["a", 1, "2022-02-11"],
        ["a", "1", "2022-02-11", "2022-02-11T00:00:00+00:00"],
        ["a", True, "2022-02-11", "2022-02-11T00:00:00+00:00"],
        ["a", 2**63, "2022-02-11", "2022-02-11T00:00:00+00:00"],
        ["a", 1.5, "2022-02-11", "2022-02-11T00:00:00+00:00"],
        ["a", 1, "2022-02-30", "2022-02-11T00:00:00+00:00"],
        ["a", 1, "2022-02-11", "2022-02-11T00:00:00"],
        ["a\0", 1, "2022-02-11", "2022-02-11T00:00:00+00:00"],
        ["\ud800", 1, "2022-02-11", "2022-02-11T00:00:00+00:00"],
        ["a" * 401, 1, "2022-02-11", "2022-02-11T00:00:00+00:00"],
        [None, 1, "2022-02-11", "2022-02-11T00:00:00+00:00"],
    ],
)
def test_what_is_no_place_is_told_apart(values: object) -> None:
    with pytest.raises(UnknownPlace):
        read_place(values, ALL_KINDS)


def test_every_order_ends_in_what_no_two_rows_share() -> None:
    assert {keys[-1].field for keys in ORDERS.values()} == {"pk"}


def test_place_of_a_row_has_a_value_for_each_key() -> None:
    row = Author(pk=7, name="Ines", slug="ines", created=datetime(2022, 2, 11, tzinfo=UTC))
    keys = (Key("slug", "text"), Key("created", "moment"), Key("pk", "number"))
    assert place_of(row, keys) == ("ines", datetime(2022, 2, 11, tzinfo=UTC), 7)
    assert written_place(("ines", date(2022, 2, 11), 7)) == ["ines", "2022-02-11", 7]
