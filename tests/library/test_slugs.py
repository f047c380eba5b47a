from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.library.models import Author
from monitor.library.slugs import LONGEST, FreeSlugs, free_slug, readable_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The Ferry Strike Enters Its Third Week", "the-ferry-strike-enters-its-third-week"),
        ("Éireann & Søn", "eireann-sn"),
        ("Забастовка", "untitled"),
        ("渡船罢工", "untitled"),
        ("إضراب", "untitled"),
        ("", "untitled"),
        ("--- ?!", "untitled"),
        ("x" * 200, "x" * LONGEST),
        ("word " * 50, "word-" * 13 + "word"),
    ],
)
def test_readable_slug_folds_cuts_and_is_never_empty(text: str, slug: str) -> None:
    assert readable_slug(text) == slug


@given(st.text(max_size=300))
def test_readable_slug_fits_and_needs_no_quoting(text: str) -> None:
    slug = readable_slug(text)
    assert 0 < len(slug) <= LONGEST
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.django_db
def test_free_slug_counts_on_from_what_is_stored() -> None:
    for slug in ("dawn", "dawn-2", "dawn-asia"):
        Author.objects.create(name=slug, slug=slug)
    assert free_slug(Author, "Dawn") == "dawn-3"


@pytest.mark.django_db
def test_free_slugs_gives_none_twice() -> None:
    Author.objects.create(name="Инес", slug="author")
    names = ("Томас", "渡船", "author 2", "Ada", "Ada")
    wanted = [
        "author-2",
        "author-3",
        "author-2-2",
        "ada",
        "ada-2",
    ]
    for slugs in (FreeSlugs(Author), FreeSlugs(Author, names)):
        assert [slugs.take(name) for name in names] == wanted
