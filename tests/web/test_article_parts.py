"""Parts of an article's page that are kept: they follow all they are drawn from, whoever looked before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test.utils import override_script_prefix

from monitor.library.models import Article, Author, Issue, Periodical, State
from tests.factories import make_issue, make_read_article, make_user
from tests.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


def _two_articles() -> Article:
    issue = make_issue(
        make_read_article(title="Lamps", authors=["Ines Varrow"]), make_read_article(title="Weirs"), number=7
    )
    first: Article = issue.articles.get(title="Lamps")
    return first


def _page(client: Client, article: Article) -> str:
    return client.get(Article.objects.get(pk=article.pk).get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("rows", "change", "said"),
    [
        (Article.objects.filter(title="Lamps"), {"title": "Lanterns & wicks"}, "Lanterns & wicks"),
        (Article.objects.filter(title="Lamps"), {"kind": "brief"}, "brief · Tidewater Letter XII:7"),
        (Article.objects.filter(title="Lamps"), {"page_start": 31, "page_end": 33}, "pp. 31–33"),  # noqa: RUF001
        (Article.objects.filter(title="Weirs"), {"title": "Sluices"}, "Sluices"),
        (Author.objects.filter(name="Ines Varrow"), {"name": "Ines Q. Varrow"}, "By Ines Q. Varrow"),
        (Issue.objects.all(), {"number": 19}, "XII:19"),
        (Issue.objects.all(), {"date": date(1999, 3, 4)}, "March 4, 1999"),
        (Periodical.objects.all(), {"name": "Ebb Letter"}, "Ebb Letter XII:7"),
    ],
)
def test_parts_say_what_is_so_now(rows: Any, change: dict[str, Any], said: str, signed_in: SignIn) -> None:
    article = _two_articles()
    reader = signed_in(make_user("reader"))
    assert said not in words(_page(reader, article))
    rows.update(**change)
    assert said in words(_page(reader, article))


def test_what_a_curator_sees_beside_it_is_kept_for_no_reader(signed_in: SignIn) -> None:
    article = _two_articles()
    Article.objects.filter(title="Weirs").update(state=State.DRAFT)
    assert "Weirs" in _page(signed_in(make_user("curator")), article)
    assert "Weirs" not in _page(signed_in(make_user("reader")), article)
    assert "Weirs" in _page(signed_in(make_user("curator")), article)


def test_visitor_is_offered_no_annotations_after_somebody_signed_in_was(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    article = _two_articles()
    assert "its annotations as" in _page(signed_in(make_user("reader")), article)
    assert "its annotations as" not in _page(signed_in(None), article)


def test_addresses_follow_the_prefix_below_which_the_site_stands(signed_in: SignIn) -> None:
    article = _two_articles()
    reader = signed_in(make_user("reader"))
    _page(reader, article)
    with override_script_prefix("/monitor/"):
        below = article.get_absolute_url()
        assert f'href="{below}cite.ris"' in reader.get(below.removeprefix("/monitor")).content.decode()
    assert "/monitor/" not in _page(signed_in(make_user("reader")), article)
