"""The addresses of what the API shows: who gets it, what narrows it, in how many statements, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from monitor.accounts.tokens import create_token
from monitor.api.problems import NOT_HERE
from monitor.entities.judgement_models import MentionJudgement
from monitor.entities.mention_models import Mention
from monitor.entities.merging import judge_actors
from monitor.jobs.models import Ingest
from monitor.library.models import Author, Note, State
from monitor.library.source_models import Citation, Source
from monitor.library.sources import join_sources
from tests.api.described import make_archive
from tests.entity_rows import name_in
from tests.factories import make_issue, make_people, make_read_article, make_user
from tests.search_index import settle
from tests.web.pages import queries_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import Settings

    from monitor.accounts.models import User
    from tests.api.described import Archive

    SignIn = Callable[[User | None], Client]

LISTS = (
    "periodicals",
    "issues",
    "articles",
    "notes",
    "sources",
    "citations",
    "authors",
    "actors",
    "regions",
    "mentions",
)
WHO = ("anonymous", "disabled", "reader", "analyst", "curator", "admin")


@pytest.fixture
def archive(db: None) -> Archive:
    return make_archive()


@pytest.fixture
def reader(db: None, signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


def single(archive: Archive) -> Iterator[str]:
    """Give the address of one thing of each kind."""
    issue, article = archive.issue, archive.article
    yield from (f"periodicals/{issue.periodical_id}", f"issues/{issue.pk}", f"articles/{article.pk}")
    yield from (f"articles/{article.pk}/{part}" for part in ("text", "notes", "citations", "mentions"))
    yield f"notes/{Note.objects.get(article=article).pk}"
    yield f"citations/{Citation.objects.get(article=article).pk}"
    yield from (f"sources/{Source.objects.get().slug}", f"authors/{Author.objects.get().pk}")
    yield f"mentions/{Mention.objects.filter(article=article).order_by('pk')[0].pk}"


def titles(client: Client, query: str) -> list[str]:
    answer = client.get(f"/api/v1/articles/?{query}")
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


# -- Who gets what -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_everybody_gets_what_they_may_read(db: None, signed_in: SignIn, state: str) -> None:
    addresses = list(single(make_archive(state=state)))
    people = make_people()
    for who in WHO:
        client = signed_in(people.get(who))
        seen = 200 if state == State.PUBLISHED or who in {"curator", "admin"} else 404
        wanted = 401 if who in {"anonymous", "disabled"} else seen
        assert {at: client.get(f"/api/v1/{at}/").status_code for at in addresses} == dict.fromkeys(addresses, wanted)
        found = {name: client.get(f"/api/v1/{name}/").status_code for name in LISTS}
        assert found == dict.fromkeys(LISTS, 401 if wanted == 401 else 200)


def test_hidden_thing_is_told_like_one_that_never_was(reader: Client) -> None:
    hidden = list(single(make_archive(state=State.DRAFT)))
    never = [f"{at.partition('/')[0]}/999999999" for at in hidden] + [f"articles/{10**30}", "actors/no-such"]
    bodies = {reader.get(f"/api/v1/{at}/").content for at in (*hidden, *never)}
    assert len(bodies) == 1
    assert NOT_HERE in bodies.pop().decode()


def test_visitors_read_where_reading_is_open_to_all(archive: Archive, signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    visitor = signed_in(None)
    assert {visitor.get(f"/api/v1/{at}/").status_code for at in (*single(archive), *LISTS)} == {200}
    assert {visitor.get(f"/api/v1/{at}/").status_code for at in ("suggestions", "ingests")} == {401}


def test_lists_and_single_things_take_as_many_statements_however_long(archive: Archive, reader: Client) -> None:
    addresses = [f"/api/v1/{at}/" for at in (*LISTS, *single(archive))]
    once = {at: queries_for(reader, at) for at in addresses}
    for number in (5, 6):
        make_archive(number=number)
    assert {at: queries_for(reader, at) for at in addresses} == once
    # Session with its person, rate, and the rows; texts and what hangs on an article one more.
    assert set(once.values()) <= {3, 4}


def test_known_state_is_not_sent_again(archive: Archive, reader: Client) -> None:
    at = f"/api/v1/articles/{archive.article.pk}/"
    first = reader.get(at)
    again = reader.get(at, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content, again["ETag"]) == (200, 304, b"", first["ETag"])
    name_in(archive.article, {"Nobody": archive.front})
    assert reader.get(at, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_read_cannot_be_written(archive: Archive, signed_in: SignIn, method: str) -> None:
    client = signed_in(make_user("admin"))
    for at in (*single(archive), *LISTS):
        answer = getattr(client, method)(f"/api/v1/{at}/")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


# -- Filters of articles -----------------------------------------------------------------------------------------------
@pytest.fixture
def several(db: None) -> list[Archive]:
    """Three issues; the last one's article is called otherwise and tells of the first one's actor."""
    found = [make_archive(number=1), make_archive(number=2, about=False)]
    other = make_issue(
        make_read_article("The Weir Guard left.", title="Gates", kind="brief", authors=["Ada Quill"], notes=(), cited={}),
        publication="Harbour Notes", number=9, date="2021-05-01",
    )  # fmt: skip
    article = other.articles.get()
    name_in(article, {"Weir Guard": found[0].guard})
    settle()
    return [*found, replace(found[0], issue=other, article=article)]


@pytest.mark.parametrize("words", ["", "&q=weir"])
def test_articles_are_narrowed_with_words_and_without(several: list[Archive], reader: Client, words: str) -> None:
    one, two, three = several
    lamps, gates = "Lamps on the Ardel", "Gates"
    source, author = Source.objects.get(), Author.objects.get(name="Ada Quill")
    wanted = {
        "": [lamps, lamps, gates],
        "periodical=harbour-notes": [gates],
        f"periodical={one.issue.periodical_id}": [lamps, lamps],
        "periodical=harbour-notes&periodical=tidewater-letter": [lamps, lamps, gates],
        f"issue={two.issue.pk}": [lamps],
        f"issue={two.issue.pk}&issue={three.issue.pk}": [lamps, gates],
        "author=ada-quill": [gates],
        f"author={author.pk}": [gates],
        f"source={source.slug}": [lamps, lamps],
        f"source={source.pk}": [lamps, lamps],
        f"actor={one.guard.slug}": [lamps, gates],
        f"actor={one.guard.pk}": [lamps, gates],
        f"actor={one.guard.slug}&about=true": [lamps],
        f"actor={two.guard.slug}&about=true": [],
        f"actor={two.guard.slug}&about=false": [lamps],
        f"actor={one.guard.slug}&region={one.ardel.code}": [lamps],
        f"region={one.ardel.code}": [lamps],
        f"region={one.ardel.code.lower()}": [lamps],
        f"region={one.ardel.code}&region_exact=true": [],
        f"region={one.vastra.slug}&region_exact=true": [lamps],
        f"region={two.sundmark.pk}": [lamps],
        f"region={two.sundmark.pk}&about=true": [],
        "kind=brief": [gates],
        "kind=brief&kind=article": [lamps, lamps, gates],
        "from=2022-01-01": [lamps, lamps],
        "to=2021-05-01": [gates],
        "from=2021-05-02&to=2022-02-10": [],
        "actor=nobody-called-so": [],
        "region=ZZ": [],
        "tag=no/such": [],
    }
    assert {query: titles(reader, query + words) for query in wanted} == wanted


def test_about_alone_takes_articles_that_are_about_anything(several: list[Archive], reader: Client) -> None:
    assert titles(reader, "about=true") == ["Lamps on the Ardel"]


def test_merged_actor_and_joined_source_take_their_articles_along(several: list[Archive], reader: Client) -> None:
    one, two, _ = several
    curator = make_user("curator")
    judge_actors(one=one.guard, other=two.guard, verdict="same", keep=two.guard, by=curator)
    settle()
    for key in (one.guard.slug, two.guard.slug, str(one.guard.pk)):
        assert len(titles(reader, f"actor={key}")) == len(titles(reader, f"actor={key}&q=weir")) == 3
    make_issue(make_read_article("Seen (Tide Mail, May 2).", cited={"Tide Mail, May 2": "2022-05-02"}, notes=()))
    post, mail = Source.objects.get(slug="ferry-post"), Source.objects.get(slug="tide-mail")
    join_sources(kept=post, other=mail, decided_by=curator)
    settle()
    assert len(titles(reader, "source=tide-mail")) == len(titles(reader, "source=ferry-post")) == 3
    assert reader.get("/api/v1/sources/tide-mail/").json()["slug"] == "ferry-post"


@pytest.mark.parametrize("words", ["", "&q=weir"])
def test_walk_meets_each_article_once(several: list[Archive], reader: Client, words: str) -> None:
    page = reader.get(f"/api/v1/articles/?page_size=1&count=exact{words}").json()
    met = []
    while True:
        met += [row["id"] for row in page["results"]]
        assert page["total"] == 3
        if page["next"] is None:
            break
        page = reader.get(page["next"]).json()
    assert met == [several[1].article.pk, several[0].article.pk, several[2].article.pk]


def test_query_that_says_nothing_is_refused(db: None, reader: Client) -> None:
    queries = ["bogus=1", "about=yes", "from=2022-02-30", "issue=x", "page_size=101", "page_size=0", "cursor=x", "count=all",
     "region_exact=1", "fields=nope", "page_size=1&page_size=2", "actor=", "q=%00", "cursor=x&q=weir", "&".join(["kind=a"] * 21)]  # fmt: skip
    answers = [reader.get(f"/api/v1/articles/?{query}") for query in queries]
    assert {(answer.status_code, answer["Content-Type"]) for answer in answers} == {(400, "application/problem+json")}


def test_lists_are_narrowed(archive: Archive, reader: Client) -> None:
    wanted = {
        "actors/?name=wg": 1,
        "actors/?name=WEIR+GUARD+3": 1,
        "actors/?kind=person": 0,
        "actors/?country=XA": 1,
        "actors/?status=active": 2,
        "regions/?name=sundmarch": 1,
        "regions/?kind=city": 1,
        "regions/?within=xa3": 2,
        "regions/?code=XA3": 1,
        "regions/?country=XA": 0,
        "sources/?name=erry": 1,
        "sources/?grade=A": 0,
        "authors/?name=varr": 1,
        "periodicals/?name=TIDE": 1,
        "issues/?periodical=tidewater-letter": 1,
        "issues/?from=2022-02-12": 0,
        "issues/?to=2022-02-11": 1,
        "issues/?state=draft": 0,
        "notes/?number=1": 1,
        "notes/?number=2": 0,
        "citations/?source=ferry-post": 1,
        "citations/?source=no": 0,
        "mentions/?where=note": 0,
        "mentions/?kind=actor": 1,
        "mentions/?region=xa3": 0,
        "mentions/?actor=weir-guard-3": 1,
        "mentions/?status=auto": 3,
        "mentions/?status=suggested": 0,
        "mentions/?tier=desc": 0,
    }
    found = {query: len(reader.get(f"/api/v1/{query}").json()["results"]) for query in wanted}
    assert found == wanted


def test_fields_are_chosen(archive: Archive, reader: Client) -> None:
    assert reader.get("/api/v1/actors/?fields=name,kind&page_size=1").json()["results"] == [
        {"name": "River Front 3", "kind": "armed_group"}
    ]
    assert reader.get(f"/api/v1/issues/{archive.issue.pk}/?fields=volume").json() == {"volume": "XII"}


# -- Search ------------------------------------------------------------------------------------------------------------
def test_search_tells_where_its_words_stand(archive: Archive, reader: Client) -> None:
    found = reader.get("/api/v1/search/?q=%22weir+guard%22&facets=actor&facets=kind&facets=year").json()
    (hit,) = found["results"]
    assert (found["total"], found["relation"], found["next"], found["troubles"]) == (1, "=", None, [])
    assert found["understood"] == "Articles with the phrase “weir guard”."
    (snippet,) = hit["snippets"]
    assert [snippet["text"][start:end] for start, end in snippet["hits"]] == ["Weir Guard"]
    page = f"http://testserver/articles/{archive.article.pk}/lamps-on-the-ardel/?q=%22weir+guard%22#p1"
    assert (snippet["part"], snippet["html_url"], hit["passage_count"]) == ("¶ 1", page, 1)
    assert found["facets"]["actor"]["values"] == [{"value": archive.guard.slug, "name": archive.guard.name, "count": 1}]
    assert found["facets"]["year"] == {
        "counted": 1,
        "exact": True,
        "values": [{"value": "2022", "name": "2022", "count": 1}],
    }
    (listed,) = reader.get("/api/v1/articles/").json()["results"]
    assert {name: hit[name] for name in listed} == listed


def test_search_finds_what_the_page_finds(several: list[Archive], signed_in: SignIn) -> None:
    hidden = make_archive(number=4, state=State.DRAFT)
    for role in ("reader", "curator"):
        client = signed_in(make_user(role))
        for query in (
            "q=weir",
            f"q=weir&region={several[0].ardel.code}",
            "q=guard&kind=-brief",
            "q=gates+OR+lamps&sort=oldest",
            "",
        ):
            found = client.get(f"/api/v1/search/?{query}").json()
            page = client.get(f"/search/?{query}").content.decode()
            for row in found["results"]:
                assert row["html_url"].removeprefix("http://testserver") in page
            assert (hidden.article.pk in [row["id"] for row in found["results"]]) is (
                role == "curator" and "region" not in query
            )


def test_search_says_what_means_nothing(archive: Archive, reader: Client) -> None:
    found = reader.get("/api/v1/search/?q=actor:nobody").json()
    assert (found["total"], found["results"]) == (0, [])
    assert found["troubles"] == [{"message": "There is no actor called “nobody” here.", "start": 0, "end": 12}]
    broken = reader.get("/api/v1/articles/?q=%22weir").json()
    assert (broken["status"], broken["errors"][0]["start"], broken["errors"][0]["pointer"]) == (400, 0, "?q")


def test_search_goes_on(several: list[Archive], reader: Client) -> None:
    page, met = reader.get("/api/v1/search/?q=weir&page_size=2&count=exact").json(), []
    assert page["total"] == 3
    met += [row["id"] for row in page["results"]]
    page = reader.get(page["next"]).json()
    assert page["next"] is None
    assert sorted([*met, *(row["id"] for row in page["results"])]) == sorted(one.article.pk for one in several)
    assert reader.get("/api/v1/search/?q=weir&cursor=x").status_code == 400


def test_search_takes_as_many_statements_however_much_it_finds(archive: Archive, reader: Client) -> None:
    at = "/api/v1/search/?q=weir&facets=actor&facets=source"
    once = queries_for(reader, at)
    for number in (5, 6):
        make_archive(number=number)
    assert queries_for(reader, at) == once


# -- Suggestions -------------------------------------------------------------------------------------------------------
@pytest.fixture
def waiting(archive: Archive) -> Mention:
    asked: dict[str, Any] = {"status": "suggested", "score": 0.5, "candidates": [[archive.guard.slug, 50]]}
    (mention,) = name_in(archive.article, {"Nobody": archive.guard}, **asked)
    return mention


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_only_who_judges_decides(waiting: Mention, signed_in: SignIn, who: str, verb: str) -> None:
    client = signed_in(make_people().get(who))
    at = f"/api/v1/suggestions/{waiting.pk}/"
    wanted = {"anonymous": (401, 401, 401), "disabled": (401, 401, 401), "reader": (403, 404, 404)}.get(
        who, (200, 200, 200)
    )
    answers = [client.get("/api/v1/suggestions/"), client.get(at), client.post(f"{at}{verb}/", {}, "application/json")]
    assert tuple(answer.status_code for answer in answers) == wanted
    assert MentionJudgement.objects.count() == (wanted == (200, 200, 200))


def test_suggestion_is_accepted_for_another(archive: Archive, waiting: Mention, signed_in: SignIn) -> None:
    client = signed_in(make_user("analyst"))
    at = f"/api/v1/suggestions/{waiting.pk}/accept/"
    said = client.post(at, {"actor": archive.front.slug, "scope": "article"}, "application/json").json()
    judged = MentionJudgement.objects.get()
    assert (said["id"], said["verdict"], said["scope"], said["text"]) == (judged.pk, "relink", "article", "Nobody")
    assert said["actor"]["slug"] == archive.front.slug
    assert client.get("/api/v1/suggestions/").json()["results"] == []
    assert client.post(at, {}, "application/json").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"actor": "no-such"}, 422), ({"scope": "world"}, 400), ({"bogus": 1}, 400), ({"actor": 7}, 400), ([], 400),
     ({"actor": "a", "region": "b"}, 422), ({"region": "XA3", "scope": "all"}, 422)],
)  # fmt: skip
def test_decision_that_cannot_be_is_refused(waiting: Mention, signed_in: SignIn, sent: Any, status: int) -> None:
    client = signed_in(make_user("analyst"))
    answer = client.post(f"/api/v1/suggestions/{waiting.pk}/accept/", sent, "application/json")
    assert (answer.status_code, MentionJudgement.objects.count()) == (status, 0)


# -- Files -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", WHO)
def test_only_curators_hand_files_in(db: None, signed_in: SignIn, who: str) -> None:
    client = signed_in(make_people().get(who))
    sent = {"file": SimpleUploadedFile("a.txt", b"Tidewater Letter")}
    answer = client.post("/api/v1/ingests/", sent)
    wanted = {"anonymous": 401, "disabled": 401, "reader": 403, "analyst": 403}.get(who, 202)
    assert (answer.status_code, Ingest.objects.count()) == (wanted, int(wanted == 202))
    assert client.get("/api/v1/ingests/").status_code == (200 if wanted == 202 else wanted)


def test_file_is_handed_in_with_a_token(db: None, settings: Settings) -> None:
    token = create_token(user=make_user("curator"), name="scanner", scope="write").secret
    scanner = Client(headers={"Authorization": f"Bearer {token}"})
    answer = scanner.post("/api/v1/ingests/", {"file": SimpleUploadedFile("a.txt", b"Tidewater Letter")})
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (202, told["url"])
    assert (told["file_name"], told["file_bytes"], told["state"], told["is_open"]) == ("a.txt", 16, "waiting", True)
    assert scanner.get(answer["Location"]).json() == told
    assert answer["RateLimit-Policy"] == f'"upload";q={settings.UPLOADS_PER_HOUR};w=3600'


def test_form_that_is_none_is_refused(db: None, signed_in: SignIn, settings: Settings) -> None:
    client = signed_in(make_user("curator"))
    file = SimpleUploadedFile("a.txt", b"x")
    for sent in ({}, {"files": file}, {"file": [file, SimpleUploadedFile("b.txt", b"x")]}, {"file": file, "more": "x"}):
        assert client.post("/api/v1/ingests/", sent).status_code == 400
    assert client.post("/api/v1/ingests/", {}, "application/json").status_code == 415
    settings.INGEST_MAX_MB = 0
    assert client.post("/api/v1/ingests/", {"file": SimpleUploadedFile("a.txt", b"x" * 70_000)}).status_code == 413
    assert not Ingest.objects.exists()
