"""What a browser has of a page is asked for again, and sent again only when the page would say something else.

On real commits: the stamp of the library is made once for each transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitor.accounts.actions import change_role, choose_look
from monitor.accounts.models import Role
from monitor.library.actions import withdraw_issue
from monitor.library.grading import grade_source
from monitor.library.models import Article
from monitor.library.place_models import ReadingPlace
from monitor.library.source_models import Source
from monitor.web.kept_pages import KeptPages
from monitor.web.unchanged import program_version
from tests.factories import PASSWORD, make_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


class Visit:
    """A person at a page that their browser has kept."""

    def __init__(self, person: User, address: str) -> None:
        self.person, self.address, self.client = person, address, Client()
        self.client.force_login(person)
        self.load()  # brings the cookie of the page's token, as signing in by the form does
        self.etag = self.load()["ETag"]

    def load(self) -> Any:
        return self.client.get(self.address)

    def again(self, **headers: str) -> Any:
        return self.client.get(self.address, headers={"If-None-Match": self.etag, **headers})


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def visit(article: Article) -> Visit:
    return Visit(make_user("reader", name="ines"), article.get_absolute_url())


def test_page_that_stays_is_not_drawn_again(visit: Visit) -> None:
    with CaptureQueriesContext(connection) as caught:
        answer = visit.again()
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", visit.etag)
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "HX-Request"} <= {name.strip() for name in answer["Vary"].split(",")}
    tables = ["monitor_session", "monitor_librarystamp"]
    assert [table in query["sql"] for table, query in zip(tables, caught.captured_queries, strict=True)] == [True] * 2


@pytest.mark.parametrize("role", ["reader", "curator"])
def test_every_reading_page_may_stay(role: str, article: Article) -> None:
    person = make_user(role)
    for address in (article.issue.get_absolute_url(), "/help/", f"{article.get_absolute_url()}?q=lamps"):
        assert Visit(person, address).again().status_code == 304


def test_validator_is_a_weak_one_and_two_drawn_answers_differ_in_their_token_alone(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert visit.etag.startswith('W/"')
    first = visit.load().content.decode()
    monkeypatch.setattr("monitor.web.unchanged.PAGES", KeptPages())  # as in another process
    second = visit.load().content.decode()
    assert first != second
    assert [
        a for a, b in zip(first.split('"'), second.split('"'), strict=True) if a != b and len(a) not in {36, 64}
    ] == []


def retitle(article: Article, person: User) -> None:
    Article.objects.filter(pk=article.pk).update(title="Lamps on the Weir")


def grade(article: Article, person: User) -> None:
    grade_source(source=Source.objects.get(), grade="B", reason="Corrects itself.", by=make_user("analyst"))


def read_on(article: Article, person: User) -> None:
    ReadingPlace.objects.create(person=person, article=article, paragraph=2, furthest=2, paragraphs=3)


def choose_dark(article: Article, person: User) -> None:
    choose_look(user=person, theme="dark")


def rename(article: Article, person: User) -> None:
    person.name = "Hedda Quill"
    person.save(update_fields=["name"])


def move_a_key(article: Article, person: User) -> None:
    person.single_keys = False
    person.save(update_fields=["single_keys"])


def promote(article: Article, person: User) -> None:
    change_role(user=person, role=Role.CURATOR, by=make_user("admin"))


@pytest.mark.parametrize("change", [retitle, grade, read_on, choose_dark, rename, move_a_key, promote])
def test_page_that_says_something_else_is_sent(
    change: Callable[[Article, User], None], article: Article, visit: Visit
) -> None:
    change(article, visit.person)
    answer = visit.again()
    assert (answer.status_code, answer["ETag"] == visit.etag) == (200, False)


def test_what_another_person_does_for_themselves_leaves_the_page(article: Article, visit: Visit) -> None:
    stranger = make_user("analyst")
    read_on(article, stranger)
    choose_dark(article, stranger)
    assert visit.again().status_code == 304


def test_kept_page_of_another_person_is_no_answer(article: Article, visit: Visit) -> None:
    other = Visit(make_user("reader"), visit.address)
    other.etag = visit.etag
    assert other.again().status_code == 200


def test_page_kept_from_before_signing_in_anew_has_a_dead_token(visit: Visit) -> None:
    visit.client.post("/account/logout/")
    assert visit.again().status_code == 302
    visit.client.post("/account/login/", {"login": "ines", "password": PASSWORD})
    assert visit.again().status_code == 200


def test_token_of_a_kept_page_is_still_good(visit: Visit) -> None:
    page = visit.load().content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visit.client.cookies
    assert strict.get(visit.address, headers={"If-None-Match": visit.etag}).status_code == 304
    headers = {"X-CSRFToken": token, "HX-Request": "true"}
    assert strict.post("/account/look/", {"theme": "dark"}, headers=headers).status_code == 204
    assert (
        strict.post("/account/look/", {"theme": "dark"}, headers=headers | {"X-CSRFToken": "x" * 64}).status_code == 403
    )


def test_withdrawn_article_is_not_there_whatever_the_browser_kept(article: Article, visit: Visit) -> None:
    withdraw_issue(issue=article.issue)
    answer = visit.again()
    assert (answer.status_code, "ETag" in answer) == (404, False)


@pytest.mark.parametrize("sent", ["*", "", '"', 'W/""', "W/"])
def test_only_the_very_validator_counts(sent: str, visit: Visit) -> None:
    headers = {"If-None-Match": sent}
    assert visit.client.get(visit.address, headers=headers).status_code == 200
    assert visit.client.get("/articles/999999/x/", headers=headers).status_code == 404


def test_validator_of_one_page_does_not_open_another(visit: Visit) -> None:
    hidden = make_article(state="draft")
    visit.etag = visit.load()["ETag"]
    answer = visit.client.get(hidden.get_absolute_url(), headers={"If-None-Match": visit.etag})
    assert answer.status_code == 404


def test_passing_word_is_neither_kept_nor_withheld(article: Article) -> None:
    visit = Visit(make_user("curator"), article.issue.get_absolute_url())
    visit.client.post(f"/issues/{article.issue_id}/publish/")
    answer = visit.again()
    assert (answer.status_code, "ETag" in answer, answer["Cache-Control"]) == (200, False, "private, no-store")
    assert "Published: readers see the issue now." in answer.content.decode()
    assert "Published: readers" not in visit.load().content.decode()


def test_part_for_htmx_is_told_from_the_whole_page(visit: Visit) -> None:
    assert visit.again(**{"HX-Request": "true"}).status_code == 200
    assert visit.again(**{"HX-Request": "true", "HX-History-Restore-Request": "true"}).status_code == 200


def test_visitor_where_reading_is_open_keeps_pages_without_a_cookie(article: Article, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    visitor = Client()
    first = visitor.get(article.get_absolute_url())
    again = visitor.get(article.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, dict(visitor.cookies)) == (304, {})
    settings.ANONYMOUS_READ = False
    closed = visitor.get(article.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert closed.status_code == 302


def test_page_with_a_first_token_has_no_validator_yet(article: Article) -> None:
    client = Client()
    client.force_login(make_user())
    assert ["ETag" in client.get(article.get_absolute_url()) for _ in range(2)] == [False, True]


def test_developers_always_get_a_new_page(visit: Visit, settings: Settings) -> None:
    settings.DEBUG = True
    assert "ETag" not in visit.again()


def test_page_of_another_release_is_stale(article: Article, tmp_path: Any, settings: Settings) -> None:
    """On a small tree of its own: nobody may change the real one while this runs."""
    for folder in ("monitor", "static", "templates"):
        (tmp_path / folder).mkdir()
    kept = settings.BASE_DIR
    try:
        settings.BASE_DIR = tmp_path
        program_version.cache_clear()
        visit = Visit(make_user(), article.get_absolute_url())
        assert visit.again().status_code == 304
        (tmp_path / "static/a.css").write_text("p {}", encoding="utf-8")
        assert visit.again().status_code == 304
        program_version.cache_clear()  # as in a new process
        assert visit.again().status_code == 200
    finally:
        settings.BASE_DIR = kept
        program_version.cache_clear()


def test_a_page_asked_for_again_is_not_drawn_again(visit: Visit) -> None:
    first = visit.load()
    with CaptureQueriesContext(connection) as caught:
        second = visit.load()
    assert len(caught) == 2
    assert (second.status_code, second["ETag"]) == (200, visit.etag)
    assert second.content == first.content
    assert [name for name, value in first.items() if second[name] != value] == ["X-Request-ID"]


def test_a_kept_page_is_one_persons(visit: Visit, article: Article) -> None:
    other = Visit(make_user("reader", name="omar"), article.get_absolute_url())
    assert other.load().content != visit.load().content
    assert b">ines<" not in other.load().content


def test_a_kept_page_is_of_one_address(visit: Visit, article: Article) -> None:
    answer = visit.client.get(f"{article.get_absolute_url()}?q=lamps")
    assert answer.content != visit.load().content


def test_a_page_that_changed_is_drawn_anew(visit: Visit, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(title="Another Title")
    assert b"Another Title" in visit.load().content


def test_the_head_of_a_page_is_kept_apart_from_its_body(visit: Visit) -> None:
    assert visit.client.head(visit.address).content == b""
    assert visit.load().content
    assert visit.client.head(visit.address).content == b""
