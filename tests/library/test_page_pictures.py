"""Pictures of pages as rows and addresses, and where regions stand on them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from monitor.library.files import keep_picture, kept_pictures, picture_name
from monitor.library.importing import store_issue
from monitor.library.models import Finding, Issue
from monitor.library.page_pictures import (
    UNDRAWN,
    Place,
    Size,
    lacks_pictures,
    missing_pages,
    pages_of,
    places_on_pages,
    record_pictures,
)
from tests.factories import make_file_facts, make_issue, make_read_document

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

SIZES = ((612.0, 792.0), (842.0, 595.0), (612.0, 792.0))


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def pdf_issue(**facts: Any) -> Issue:
    """Return an issue of three pages, read from a PDF."""
    return make_issue(file=make_file_facts(name="tidewater.pdf"), pages=3, page_sizes=SIZES, **facts)


def keep(issue: Issue, *pages: int, sizes: tuple[str, ...] = tuple(Size)) -> None:
    for page in pages:
        for size in sizes:
            keep_picture(issue.sha256, page, size, b"RIFF")


def codes(issue: Issue) -> list[tuple[str, str, int | None, str]]:
    rows = issue.findings.filter(code=UNDRAWN)
    return list(rows.values_list("code", "severity", "page", "message"))


def test_a_picture_lies_under_the_digest_of_its_file() -> None:
    assert picture_name("ab" + "c" * 62, 12, "small") == f"pages/ab/ab{'c' * 62}/12-small.webp"


def test_a_picture_kept_twice_is_the_newer_one() -> None:
    for data in (b"old", b"new"):
        keep_picture("a" * 64, 1, "small", data)
    with default_storage.open(picture_name("a" * 64, 1, "small")) as file:
        assert file.read() == b"new"
    assert kept_pictures("a" * 64) == {(1, "small")}


def test_other_files_in_the_folder_are_no_pictures() -> None:
    keep_picture("a" * 64, 3, "large", b"x")
    folder = default_storage.path(picture_name("a" * 64, 3, "large")).rpartition("/")[0]
    for name in (".draft-x", "0x3-small.webp", "3-large.webp.part", "notes.txt", "9999999-small.webp"):
        with open(f"{folder}/{name}", "wb") as file:  # noqa: PTH123 (a stranger's file)
            file.write(b"x")
    assert kept_pictures("a" * 64) == {(3, "large")}


@pytest.mark.django_db
def test_a_page_lacks_its_pictures_until_both_sizes_are_there() -> None:
    issue = pdf_issue()
    keep(issue, 1)
    keep(issue, 2, sizes=("small",))
    assert missing_pages(issue) == [2, 3]


@pytest.mark.django_db
def test_pages_have_addresses_where_they_have_pictures() -> None:
    issue = pdf_issue()
    keep(issue, 1, 3)
    record_pictures(issue=issue, failures={2: "Page 2 is damaged."})
    issue.refresh_from_db()
    version = issue.sha256[:16]
    assert [(page.number, page.width, page.height, page.small, page.large) for page in pages_of(issue)] == [
        (
            number,
            *SIZES[number - 1],
            f"/issues/{issue.pk}/pages/{number}/small.webp?v={version}" if number != 2 else None,
            f"/issues/{issue.pk}/pages/{number}/large.webp?v={version}" if number != 2 else None,
        )
        for number in (1, 2, 3)
    ]


@pytest.mark.django_db
def test_before_the_first_picture_pages_have_sizes_alone() -> None:
    assert [(page.number, page.small, page.large) for page in pages_of(pdf_issue())] == [
        (number, None, None) for number in (1, 2, 3)
    ]


@pytest.mark.django_db
def test_a_text_has_no_pages() -> None:
    issue = make_issue()
    assert (pages_of(issue), missing_pages(issue), lacks_pictures(issue)) == ((), [], False)


@pytest.mark.django_db
def test_what_is_kept_is_written_down_and_what_failed_is_a_remark() -> None:
    issue = pdf_issue()
    keep(issue, 2)
    assert record_pictures(issue=issue, failures={1: "Page 1 is damaged.", 3: "It crashed."}) == 1
    issue.refresh_from_db()
    assert (issue.page_images, lacks_pictures(issue)) == (1, True)
    message = "2 of 3 pages have no picture, for instance page 1. Page 1 is damaged."
    assert codes(issue) == [(UNDRAWN, "info", 1, message)]


@pytest.mark.django_db
def test_a_remark_goes_when_all_pages_have_pictures() -> None:
    issue = pdf_issue()
    record_pictures(issue=issue, failures={1: "Page 1 is damaged."})
    assert codes(issue) == [(UNDRAWN, "info", 1, "Page 1 is damaged.")]
    keep(issue, 1, 2, 3)
    assert record_pictures(issue=issue, failures={}) == 3
    issue.refresh_from_db()
    assert (codes(issue), lacks_pictures(issue), Finding.objects.filter(issue=issue).count()) == ([], False, 0)


@pytest.mark.django_db
def test_nothing_is_written_down_of_a_file_that_was_replaced_meanwhile() -> None:
    issue = pdf_issue()
    keep(issue, 1, 2, 3)
    Issue.objects.filter(pk=issue.pk).update(sha256=hashlib.sha256(b"another edition").hexdigest())
    record_pictures(issue=issue, failures={1: "Page 1 is damaged."})
    issue.refresh_from_db()
    assert (issue.page_images, codes(issue)) == (0, [])


@pytest.mark.django_db
def test_another_edition_starts_without_pictures_and_the_same_file_keeps_its_own() -> None:
    file = make_file_facts(name="tidewater.pdf")
    document = make_read_document(number=4, pages=3, page_sizes=SIZES)
    issue = store_issue(document=document, file=file).issue
    Issue.objects.update(page_images=3, parser_version=0)
    assert store_issue(document=document, file=file).issue.page_images == 3
    other = store_issue(document=document, file=make_file_facts(name="second edition.pdf")).issue
    assert (other.pk, other.page_images) == (issue.pk, 0)


def region(page: int, *bbox: float) -> dict[str, Any]:
    return {"page": page, "bbox": list(bbox)}


@pytest.mark.parametrize(
    ("given_", "place"),
    [
        (region(1, 0, 0, 612, 792), Place(1, 0, 0, 100, 100)),
        (region(2, 84.2, 59.5, 421, 119), Place(2, 10, 10, 40, 10)),
        (region(1, -50, 396, 306, 900), Place(1, 0, 50, 50, 50)),
    ],
)
def test_a_region_stands_on_its_page_in_percent(given_: dict[str, Any], place: Place) -> None:
    assert places_on_pages([given_], SIZES) == (place,)


@pytest.mark.parametrize(
    "given_",
    [
        region(0, 1, 1, 9, 9),
        region(4, 1, 1, 9, 9),
        region(1, 700, 1, 900, 9),
        region(1, 9, 9, 9, 20),
        region(1, 9, 1, 3, 20),
        region(1, float("nan"), 1, 3, 20),
    ],
)
def test_a_region_that_is_not_on_the_page_has_no_place(given_: dict[str, Any]) -> None:
    assert places_on_pages([given_, region(3, 0, 0, 61.2, 79.2)], SIZES) == (Place(3, 0, 0, 10, 10),)


def test_a_page_without_a_size_shows_no_place() -> None:
    assert places_on_pages([region(1, 0, 0, 5, 5)], [(0, 0)]) == ()


SIDES = st.floats(10, 5000)
SHARES = st.floats(0, 1)


@given(SIDES, SIDES, st.tuples(SHARES, SHARES), st.tuples(SHARES, SHARES))
def test_a_place_on_the_picture_leads_back_to_the_region(
    width: float, height: float, across: tuple[float, float], down: tuple[float, float]
) -> None:
    (x0, x1), (top, bottom) = sorted(share * width for share in across), sorted(share * height for share in down)
    for place in places_on_pages([region(1, x0, top, x1, bottom)], [(width, height)]):
        assert place.left * width / 100 == pytest.approx(x0, abs=width / 50_000)
        assert place.top * height / 100 == pytest.approx(top, abs=height / 50_000)
        assert (place.left + place.width) * width / 100 == pytest.approx(x1, abs=width / 50_000)
        assert (place.top + place.height) * height / 100 == pytest.approx(bottom, abs=height / 50_000)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=4, max_size=4), st.integers(-2, 5))
def test_any_numbers_give_a_place_on_the_picture_or_none(bbox: list[float], page: int) -> None:
    for place in places_on_pages([region(page, *bbox)], SIZES):
        assert 0 <= place.left < place.left + place.width <= 100.001
        assert 0 <= place.top < place.top + place.height <= 100.001
