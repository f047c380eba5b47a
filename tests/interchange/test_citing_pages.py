from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from monitor.accounts.audit_models import Act, AuditEntry
from monitor.interchange.csv import read_rows
from monitor.library.models import State
from monitor.library.source_models import Source
from monitor.library.sources import join_sources
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.interchange.readers import read_bibtex, read_ris

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries, Settings

    from monitor.accounts.models import User
    from monitor.library.models import Article

    SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db
CSRF = re.compile(r"[A-Za-z0-9]{64}")  # new in every page
ENDINGS = {
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def addresses(article: Article) -> list[str]:
    """Return every download that has to do with an article."""
    cited = [f"{article.get_absolute_url()}cite.{ending}" for ending in ENDINGS]
    cited += [f"/issues/{article.issue_id}/cite.{ending}" for ending in ENDINGS]
    return [*cited, "/sources/ferry-post/passages.csv"]


@pytest.mark.parametrize(("ending", "media_type"), ENDINGS.items())
def test_cite_article_is_a_download(reader: Client, ending: str, media_type: str) -> None:
    response = reader.get(f"{make_article(title='Lamps').get_absolute_url()}cite.{ending}")
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="lamps.{ending}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"


def test_cite_article_says_the_same_in_every_format(reader: Client) -> None:
    article = make_article(title="Lamps")
    at = f"http://testserver/articles/{article.pk}/lamps/"
    texts = {ending: text_of(reader.get(f"{article.get_absolute_url()}cite.{ending}")) for ending in ENDINGS}
    [ris] = read_ris(texts["ris"])
    [bibtex] = read_bibtex(texts["bib"]).values()
    [csl] = json.loads(texts["json"])
    assert (dict(ris)["TI"], bibtex["title"], csl["title"]) == ("Lamps", "{Lamps}", "Lamps")
    assert (dict(ris)["UR"], bibtex["url"], csl["URL"]) == (at, at, at)


def test_cite_article_says_when_it_was_taken(reader: Client) -> None:
    today = timezone.localdate()
    [csl] = json.loads(text_of(reader.get(f"{make_article().get_absolute_url()}cite.json")))
    assert csl["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}


def test_cite_article_links_to_the_address_of_the_site(reader: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://monitor.example"
    article = make_article()
    [csl] = json.loads(text_of(reader.get(f"{article.get_absolute_url()}cite.json")))
    assert csl["URL"] == f"https://monitor.example{article.get_absolute_url()}"


def test_cite_article_goes_by_the_number_in_its_address(reader: Client) -> None:
    article = make_article(title="Lamps")
    response = reader.get(f"/articles/{article.pk}/another-name/cite.ris")
    assert response["Content-Disposition"] == 'attachment; filename="lamps.ris"'


def test_cite_issue_holds_its_articles_in_order(reader: Client) -> None:
    issue = make_issue(*(make_read_article(title=title) for title in ("First", "Second")), volume="XII", number=7)
    response = reader.get(f"/issues/{issue.pk}/cite.ris")
    assert [dict(fields)["TI"] for fields in read_ris(text_of(response))] == ["First", "Second"]
    assert response["Content-Disposition"] == 'attachment; filename="tidewater-letter-12-7.ris"'


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"volume": "", "number": None, "date": "2022-02-11"}, "tidewater-letter-2022-02-11"),
        ({"volume": "", "number": 7, "date": None, "date_basis": "inferred"}, "tidewater-letter-7"),
        ({"volume": 'X"\u202e/..', "number": 7}, "tidewater-letter-x-7"),
    ],
)
def test_cite_issue_is_named_after_what_is_known(reader: Client, facts: dict[str, object], name: str) -> None:
    issue = make_issue()
    type(issue).objects.filter(pk=issue.pk).update(**facts)
    response = reader.get(f"/issues/{issue.pk}/cite.bib")
    assert response["Content-Disposition"] == f'attachment; filename="{name}.bib"'


def test_cite_issue_leaves_out_what_its_newest_reading_lacks(people: dict[str, User], signed_in: SignIn) -> None:
    issue = make_issue(make_read_article(title="Stands"), make_read_article(title="Went"))
    issue.articles.filter(title="Went").update(state=State.GONE)
    for person in ("reader", "curator"):
        text = text_of(signed_in(people[person]).get(f"/issues/{issue.pk}/cite.ris"))
        assert [dict(fields)["TI"] for fields in read_ris(text)] == ["Stands"]


def test_cite_issue_leaves_out_a_withdrawn_article(people: dict[str, User], signed_in: SignIn) -> None:
    issue = make_issue(make_read_article(title="Stands"), make_read_article(title="Withdrawn"))
    issue.articles.filter(title="Withdrawn").update(state=State.WITHDRAWN)
    counts = [
        len(read_ris(text_of(signed_in(people[person]).get(f"/issues/{issue.pk}/cite.ris"))))
        for person in ("reader", "analyst", "curator", "admin")
    ]
    assert counts == [1, 1, 2, 2]


def test_source_passages_are_a_download(reader: Client) -> None:
    make_article()
    response = reader.get("/sources/ferry-post/passages.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="passages-citing-ferry-post.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    text = text_of(response)
    assert text.startswith("\ufeff")
    [headings, row] = read_rows(text.splitlines(keepends=True))
    assert dict(zip(headings, row, strict=True))["passage"] == "Nobody held the gate (Ferry Post, January 21)."


def test_source_passages_are_disarmed_for_spreadsheets(reader: Client) -> None:
    make_article("=cmd|' /C calc'!A0 (Ferry Post, 2021)", cited={"Ferry Post, 2021": "2021"}, title="@SUM(A1)")
    text = text_of(reader.get("/sources/ferry-post/passages.csv"))
    assert "\"'=cmd|' /C calc'!A0 (Ferry Post, 2021)\"" in text
    assert '"\'@SUM(A1)"' in text


def test_source_passages_go_on_where_a_source_was_joined_into_another(reader: Client) -> None:
    make_article(
        "Lit (Ferry Post, 2021). Out (Quay Mail, 2020).", cited={"Ferry Post, 2021": "2021", "Quay Mail, 2020": "2020"}
    )
    ferry, quay = Source.objects.get(slug="ferry-post"), Source.objects.get(slug="quay-mail")
    join_sources(kept=quay, other=ferry, decided_by=None)
    old, new = (reader.get(f"/sources/{slug}/passages.csv") for slug in ("ferry-post", "quay-mail"))
    assert text_of(old) == (text := text_of(new))
    assert text.count("\r\n") == 3
    assert old["Content-Disposition"] == 'attachment; filename="passages-citing-quay-mail.csv"'


def test_source_passages_of_a_hidden_article_are_not_there(people: dict[str, User], signed_in: SignIn) -> None:
    make_article(state=State.DRAFT)
    statuses = {
        name: signed_in(person).get("/sources/ferry-post/passages.csv").status_code for name, person in people.items()
    }
    assert statuses == {"reader": 404, "analyst": 404, "curator": 200, "admin": 200, "disabled": 302}


SEEN = {"reader": 200, "analyst": 200, "curator": 200, "admin": 200, "disabled": 302, "nobody": 302}
HIDDEN = {**SEEN, "reader": 404, "analyst": 404}


@pytest.mark.parametrize(
    ("state", "expected"), [(State.PUBLISHED, SEEN), (State.DRAFT, HIDDEN), (State.WITHDRAWN, HIDDEN)]
)
def test_downloads_open_for_those_who_may_read(
    people: dict[str, User], signed_in: SignIn, state: State, expected: dict[str, int]
) -> None:
    article = make_article(state=state)
    for name, status in expected.items():
        browser = signed_in(people.get(name))
        statuses = {address: browser.get(address).status_code for address in addresses(article)}
        assert statuses == dict.fromkeys(addresses(article), status), name


def test_downloads_open_for_visitors_where_reading_is_open(settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    article, hidden = make_article(), make_article(state=State.DRAFT)
    assert [Client().get(address).status_code for address in addresses(article)] == [200] * 7
    assert [Client().get(address).status_code for address in addresses(hidden)[:6]] == [404] * 6


def test_a_hidden_download_looks_like_one_that_never_was(reader: Client) -> None:
    hidden = make_article(state=State.DRAFT)
    for address in addresses(hidden):
        never = address.replace(f"/{hidden.pk}/", "/999999/").replace(f"/{hidden.issue_id}/", "/999999/")
        never = never.replace("ferry-post", "never-was")
        assert never != address
        # The page repeats the address it was asked for, and nothing else may differ.
        pages = [CSRF.sub("", text_of(reader.get(asked))).replace(asked, "") for asked in (address, never)]
        assert pages[0] == pages[1]


@pytest.mark.parametrize("address", ["cite.pdf", "cite.RIS", "cite.", "cite.ris.bib"])
def test_a_format_that_is_not_known_is_not_there(reader: Client, address: str) -> None:
    article = make_article()
    assert reader.get(f"{article.get_absolute_url()}{address}").status_code == 404
    assert reader.get(f"/issues/{article.issue_id}/{address}").status_code == 404


def test_a_number_past_all_rows_is_not_there(reader: Client) -> None:
    assert reader.get(f"/articles/{10**30}/lamps/cite.ris").status_code == 404
    assert reader.get(f"/issues/{10**30}/cite.ris").status_code == 404


def test_downloads_only_answer_reading(reader: Client) -> None:
    for address in addresses(make_article()):
        assert reader.post(address).status_code == 405
        assert reader.head(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_downloads_take_as_many_queries_for_three_rows_as_for_one(
    reader: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pieces = [make_read_article(title=f"Piece {n}", authors=["Ines Varrow", f"Quill {n}"]) for n in range(count)]
    issue = make_issue(*pieces)
    with django_assert_num_queries(4):  # session with its person, issue, articles, the record
        text_of(reader.get(f"/issues/{issue.pk}/cite.ris"))
    with django_assert_num_queries(5):  # session with its person, source, whether it is cited, passages, the record
        text = text_of(reader.get("/sources/ferry-post/passages.csv"))
    assert text.count("\r\n") == count + 1


# -- The record of acts ------------------------------------------------------------------------------------------------
def test_every_file_is_in_the_record_once_without_what_was_asked() -> None:
    person = make_user(name="taker")
    client, article = Client(), make_article()
    client.force_login(person)
    places = [*addresses(article), "/articles/regions.geojson?q=lamps"]
    sizes = [len(client.get(place).content) for place in places]
    for place in places:
        client.head(place)
    told = [
        (one.about, one.facts["form"], one.facts["rows"], one.facts["bytes"])
        for one in AuditEntry.objects.filter(act=Act.EXPORTED, who="taker").order_by("pk")
    ]
    cited = [(page, form, 1) for page in ("cite-article", "cite-issue") for form in ("ris", "bibtex", "csljson")]
    rows = [*cited, ("source-passages", "passages-csv", 1), ("articles-geojson", "geojson", 0)]
    assert told == [(*row, size) for row, size in zip(rows, sizes, strict=True)]
    assert "lamps" not in json.dumps([one.facts for one in AuditEntry.objects.all()])
