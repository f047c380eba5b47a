"""The search page: what it says of a query, what it finds, its ways on, and what it costs."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitor.annotations.codebook import make_tag
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_issue, make_read_article
from tests.search_index import settle
from tests.web.pages import masked, words

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: User, q: str = "", *, status: int = 200, **asked: Any) -> str:
    settle()
    answer = sign_in(person).get(reverse("search"), {"q": q, **asked})
    assert answer.status_code == status
    html: str = answer.content.decode()
    return html


def csv_of(client: Client, asked: dict[str, Any]) -> str:
    answer: Any = client.get("/search/results.csv", asked)
    assert answer.status_code == 200
    text: str = b"".join(answer.streaming_content).decode()
    return text


def titles(html: str) -> list[str]:
    found = re.findall(r'<li class="result" data-row>\s*<h2><a href="[^"]*">(.*?)</a></h2>', html)
    return [re.sub(r"<[^>]*>", "", one) for one in found]


def test_a_word_finds_its_article_with_the_passage_and_leads_to_the_hit(house: House) -> None:
    make_article("Nothing here.", title="Elsewhere", bio="", notes=())
    html = page(house.author, "lamps")
    assert titles(html) == ["Lamps on the Ardel"]
    address = house.article.get_absolute_url()
    at_first_hit = f'href="{address}?q=lamps&amp;hit=1#h1"'
    assert f"<h2><a {at_first_hit}>" in html
    assert html.count(at_first_hit) == 2  # the title's and the first passage's
    assert re.search(r'¶ 1</span><span>The <mark class="hit">lamps</mark> were lit', html)
    assert re.search(r'<a href="[^"]*"><mark class="hit">Lamps</mark> on the Ardel</a>', html)
    said = words(html)
    assert "1 article" in said
    assert "words: in the title" in said


def test_names_stand_in_chips_that_can_be_taken_out_and_turned_round(house: House) -> None:
    wardens = make_actor("Wardens of the Weir", "WW")
    valley = make_region("V", "Valley", "macro")
    weir = make_region("W", "Weir", "city", valley)
    name_in(house.article, {"Nobody": wardens, "Weir": weir})
    html = page(house.author, "lamps actor:WW region:Valley", kind="-brief", sort="newest")
    assert titles(html) == ["Lamps on the Ardel"]
    said = words(html)
    for part in (
        "actor Wardens of the Weir",
        "region Valley",
        "not kind brief",
        "actor: Nobody",
        "region: Weir , in Valley",
    ):
        assert part in said, part
    for address in (
        "?q=lamps+region%3AValley&amp;kind=-brief&amp;sort=newest",
        "?q=lamps+-actor%3AWW+region%3AValley&amp;kind=-brief&amp;sort=newest",
        "?q=lamps+actor%3AWW+region%3AValley&amp;sort=newest",
        "?q=lamps+actor%3AWW+region%3AValley&amp;kind=brief&amp;sort=newest",
    ):
        assert f'href="/search/{address}"' in html, address
    assert titles(page(house.author, "-actor:WW")) == []


def test_the_address_joins_what_is_typed_and_chosen(house: House) -> None:
    other = make_issue(
        make_read_article("Lamps again.", title="Second", kind="brief", authors=("Ana Lund",), cited={}),
        publication="Harbour Notes",
        date="2021-05-02",
    ).articles.get()
    both = {"Second", "Lamps on the Ardel"}
    assert set(titles(page(house.author, "lamps"))) == both
    for asked, found in (
        ({"periodical": "harbour-notes"}, {"Second"}),
        ({"periodical": "-harbour-notes"}, {"Lamps on the Ardel"}),
        ({"periodical": ["harbour-notes", "tidewater-letter"]}, both),
        ({"author": "ana-lund"}, {"Second"}),
        ({"kind": "brief"}, {"Second"}),
        ({"kind": "brief", "author": "ines-varrow"}, set()),
        ({"source": "ferry-post"}, {"Lamps on the Ardel"}),
        ({"from": "2021-05-02", "to": "2021-05-02"}, {"Second"}),
        ({"from": "2021-05-03"}, {"Lamps on the Ardel"}),
        ({"to": "2021-05-01"}, set()),
    ):
        assert set(titles(page(house.author, "lamps", **asked))) == found, asked
    assert titles(page(house.author, "lamps", sort="oldest")) == ["Second", "Lamps on the Ardel"]
    assert titles(page(house.author, kind="brief")) == [other.title]


def test_a_facet_counts_as_if_nothing_were_chosen_in_it_and_offers_to_leave_out(house: House) -> None:
    make_issue(make_read_article("Lamps again.", kind="brief"), publication="Harbour Notes")
    html = page(house.author, "lamps", periodical="harbour-notes")
    rows = re.findall(
        r'name="periodical" value="([^"]*)" form="query"( checked)?>.*?<span class="num">(\d+)</span>', html
    )
    assert rows == [("harbour-notes", " checked", "1"), ("tidewater-letter", "", "1")]
    assert re.search(r'href="/search/\?q=lamps&amp;periodical=harbour-notes&amp;periodical=-tidewater-letter"', html)
    kinds = re.findall(r'name="kind" value="([^"]*)" form="query"( checked)?>', html)
    assert kinds == [("brief", "")]


def test_an_acronym_of_several_asks_which_and_shows_any_of_them(house: House) -> None:
    make_region("PK", "Pakistan", "country")
    balochi = make_actor("Baloch Liberation Army", "BLA", countries=["PK"])
    make_actor("Black Lamp Association", "BLA")
    name_in(house.article, {"Nobody": balochi})
    html = page(house.author, "lamps actor:BLA")
    assert titles(html) == ["Lamps on the Ardel"]
    said = words(html)
    assert "“ BLA ” is the name of several: these are articles with any of them" in said or "“BLA” is the name" in said
    for chosen, found in (("Baloch+Liberation+Army", 1), ("Black+Lamp+Association", 0)):
        address = f"?q=lamps+actor%3A%3D%22{chosen}%22"
        assert f'href="/search/{address}"' in html
        answer = sign_in(house.author).get(f"/search/{address}").content.decode()
        assert len(titles(answer)) == found
        assert "is the name of several" not in answer


def test_an_unknown_name_is_said_under_its_place_with_near_ones(house: House) -> None:
    make_actor("Wardens of the Weir")
    html = page(house.author, 'lamps actor:"Wardens of the Wier"')
    assert '<em class="caret">actor:&quot;Wardens of the Wier&quot;</em>' in html
    assert "There is no actor called “Wardens of the Wier” here." in words(html)
    assert "?q=lamps+actor%3A%3D%22Wardens+of+the+Weir%22" in html
    assert titles(html) == []
    assert "1 article without actor:" in words(html)


@pytest.mark.parametrize(
    ("typed", "here"),
    [("lamps (gate", "("), ("aktor:x", "aktor:"), ('"lamps', '"'), ("date:soon", "date:soon")],
)
def test_what_is_odd_is_shown_where_it_is_and_the_rest_is_answered(house: House, typed: str, here: str) -> None:
    html = page(house.author, typed)
    assert re.search(rf'<em class="caret">{re.escape(here.replace(chr(34), "&quot;"))}', html), html
    assert 'role="alert"' in html


def test_the_query_is_read_back_in_words(house: House) -> None:
    assert "Every article of the archive" in words(page(house.author))
    assert "lamps" in re.findall(r'<p class="readback">(.*?)</p>', page(house.author, "lamps -weir"))[0]


def test_every_state_of_the_page_is_in_its_address_and_htmx_gets_the_answer_alone(house: House) -> None:
    client = sign_in(house.author)
    asked = {"q": "lamps", "kind": "article", "from": "2020-01-01", "sort": "oldest", "view": "passages", "sneaky": "x"}
    answer = client.get(reverse("search"), asked, headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/search/?q=lamps&kind=article&from=2020-01-01&sort=oldest&view=passages"
    assert answer["Cache-Control"] == "private, no-store"
    html = answer.content.decode()
    assert html.lstrip().startswith('<div id="answer"')
    assert 'name="view" value="passages" form="query"' in html
    whole = client.get(reverse("search"), asked, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<!doctype html>" in whole.content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"sort": "size"}, "“size” is none of relevance, newest, oldest, about; it is left out."),
        ({"view": "x"}, "“x” is none of passages, annotations, map; these are articles."),
        ({"from": "soon"}, "“soon” is no day; give it as year-month-day, like 2022-02-11."),
        ({"from": "2022-02-02", "to": "2022-02-01"}, "The last day lies before the first: the last one is left out."),
    ],
)
def test_an_address_that_means_nothing_is_answered_and_said(house: House, asked: dict[str, str], sentence: str) -> None:
    assert sentence in words(page(house.author, "lamps", status=422, **asked))


def test_pages_go_on_from_row_to_row_and_no_row_is_lost_or_shown_twice(house: House) -> None:
    make_issue(*(make_read_article(f"Buoy number {n}.", title=f"Buoy {n}", notes=()) for n in range(45)))
    client, seen = sign_in(house.author), []
    address = "/search/?q=buoy&sort=newest"
    while address:
        html = client.get(address).content.decode()
        assert "45 articles" in words(html)
        seen += titles(html)
        following = re.search(r'rel="next" href="([^"]*)"', html)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 45
    assert set(seen) == {f"Buoy {n}" for n in range(45)}
    assert "That is no place in this list" in words(page(house.author, "buoy", after="nowhere"))


def test_passages_and_map_show_the_same_search_otherwise(house: House) -> None:
    make_region("XA", "Ardel", "country")
    html = page(house.author, "lamps OR gate OR assembly", view="passages")
    assert [re.sub(r"<[^>]*>", "", row) for row in re.findall(r'<li data-row><a href="[^"]*"><span class="num">(.*?)</span>', html)] == [
        "¶ 1", "¶ 3", "note 1",
    ]  # fmt: skip
    assert "&amp;hit=3#h3" in html
    assert 'class="worldmap"' in page(house.author, "lamps", view="map")


def test_an_empty_answer_offers_what_finds_something(house: House) -> None:
    html = page(house.author, "lamps zeppelin", kind="article")
    assert titles(html) == []
    said = words(html)
    assert "Nothing is like that." in said
    assert "1 article without zeppelin" in said
    assert "without lamps" not in said
    assert "1 article without kind article" not in said


def test_another_spelling_is_offered_and_never_taken(house: House) -> None:
    make_article("The insurgents left Balochistan.", title="Leaving", bio="")
    html = page(house.author, "Balochistn insurgents")
    assert titles(html) == []
    offered = re.findall(
        r'Did you mean <a href="([^"]*)"><bdi>([^<]*)</bdi></a> <span class="meta num">(\d+)</span>', html
    )
    assert offered == [("/search/?q=Balochistan+insurgents", "Balochistan", "1")]
    make_article("Zeppelins.", state="draft")
    assert "Did you mean" not in page(house.author, "Zeppelin")  # its words are no one else's yet


def test_other_writings_are_offered_where_something_was_found_too(house: House) -> None:
    make_article("The insurgents left Balochistan.", title="Leaving", bio="")
    make_article("The insurgents left Baluchistan.", title="Left", bio="")
    make_article("The insurgents left Beluchistan.", title="Draft", bio="", state="draft")
    html = page(house.author, "Balochistan insurgents")
    assert titles(html) == ["Leaving"]
    address = "/search/spellings/?q=Balochistan+insurgents"
    assert f'hx-get="{address}" hx-trigger="load"' in html
    client = sign_in(house.author)
    part = client.get(address, headers={"HX-Request": "true"})
    assert words(part.content.decode()).strip() == "Also written Baluchistan 1"
    assert 'href="/search/?q=Baluchistan+insurgents"' in part.content.decode()
    assert part["Cache-Control"] == "private, no-store"
    whole = words(client.get(address).content.decode())
    assert "Also written Baluchistan 1" in whole
    assert "Back to the search" in whole
    assert "no other way of writing" in words(client.get("/search/spellings/?q=insurgents").content.decode())
    assert client.get("/search/spellings/?q=insurgents", headers={"HX-Request": "true"}).content.strip() == b""
    assert "Beluchistan" in words(sign_in(house.curator).get(address).content.decode())
    assert "/search/spellings/" not in page(house.author, "tag:x")  # no words


def test_a_kind_that_there_is_none_of_is_said_with_those_there_are(house: House) -> None:
    html = page(house.author, "kind:foo lamps")
    assert "There is no kind of article called “foo” here." in words(html)
    assert "/search/?q=kind%3Aarticle+lamps" in html


def test_pages_of_actors_and_regions_lead_to_a_search_within(house: House) -> None:
    wardens, valley = make_actor("Wardens of the Weir", "WW"), make_region("V", "Valley", "macro")
    name_in(house.article, {"Nobody": wardens, "Weir": valley})
    settle()
    client = sign_in(house.reader)
    for thing, address in ((wardens, "/search/?actor=wardens-of-the-weir"), (valley, "/search/?region=V")):
        assert f'href="{address}"' in client.get(thing.get_absolute_url()).content.decode()
        assert titles(client.get(address).content.decode()) == ["Lamps on the Ardel"]


def test_as_many_statements_for_one_three_and_many_rows(house: House) -> None:
    wardens = make_actor("Wardens of the Weir", "WW")
    valley = make_region("V", "Valley", "macro")
    weir = make_region("W", "Weir", "city", valley)
    counts: dict[int, list[str]] = {}
    for wanted in (1, 3, 60):
        have = len(counts) and (1, 3, 60)[len(counts) - 1]
        issue = make_issue(*(make_read_article(title=f"Lamps {wanted}-{n}", notes=()) for n in range(wanted - have)))
        for article in issue.articles.all():
            name_in(article, {"Nobody": wardens, "Weir": weir}, about=True)
        house.mark(comment=f"{wanted}")
        settle()
        client, address = sign_in(house.author), "/search/?q=gate+actor:WW+region:Valley&kind=article"
        client.get(address)  # what is looked up once per process is looked up now
        with CaptureQueriesContext(connection) as caught:
            assert f"{wanted} article" in words(client.get(address).content.decode())
        # Within a test's own transaction a search makes a savepoint, and puts back what it set.
        counts[wanted] = [
            one["sql"]
            for one in caught
            if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "set local enable_seqscan to"))
        ]
    assert {len(statements) for statements in counts.values()} == {1 + 5}, counts  # the first: session and person


def test_a_draft_is_found_by_those_who_may_see_it_alone(house: House) -> None:
    make_article("The zeppelin came.", title="Zeppelin", state="draft", authors=("Canary Lund",))
    for who, found in (("author", []), ("reader", []), ("curator", ["Zeppelin"])):
        html = page(getattr(house, who), "zeppelin")
        assert titles(html) == found, who
        assert ("Canary" in html) == bool(found), who


def test_visitors_search_where_reading_is_open_and_are_asked_to_sign_in_elsewhere(house: House, settings: Any) -> None:
    visitor = Client()
    for address in (
        "/search/?q=lamps",
        "/search/complete/?q=actor:x",
        "/search/count/?q=lamps",
        "/search/spellings/?q=lamps",
        "/search/results.csv?q=x",
    ):
        assert visitor.get(address).status_code == 302, address
    settings.ANONYMOUS_READ = True
    html = visitor.get("/search/?q=lamps").content.decode()
    assert titles(html) == ["Lamps on the Ardel"]
    assert "Annotations" not in re.findall(r'aria-label="Show as">(.*?)</nav>', html, re.DOTALL)[0]
    assert visitor.get("/search/complete/?q=source:fer").json()["completions"][0]["label"] == "Ferry Post"


def test_completions_come_as_json_that_nobody_keeps(house: House) -> None:
    make_actor("Wardens of the Weir", "WW")
    answer = sign_in(house.author).get("/search/complete/", {"q": "actor:ww"})
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.json() == {
        "completions": [
            {
                "kind": "actor",
                "written": 'actor:"Wardens of the Weir"',
                "label": "Wardens of the Weir",
                "by": "WW",
                "detail": "",
            }
        ]
    }


def test_the_exact_count_comes_alone(house: House) -> None:
    client = sign_in(house.author)
    answer = client.get("/search/count/?q=lamps", headers={"HX-Request": "true"})
    assert answer.content.decode() == "1 article"
    assert client.get("/search/count/?q=lamps")["Location"] == "/search/?q=lamps"


def test_annotations_are_those_the_search_asks_for_as_one_sees_them(house: House) -> None:
    tag = make_tag(name="water/Weir", by=house.curator)
    house.mark("lamps", comment="first", visibility="everyone")
    house.mark("gate", comment="of lamps", tags=(tag,), team=house.team, visibility="team")
    house.mark("dusk", comment="canary")

    def comments(person: User, q: str) -> list[str]:
        return re.findall(r'<div class="note" hx-disable><p>([^<]*)</p>', page(person, q, view="annotations"))

    assert comments(house.author, "lamps") == ["of lamps", "first"]
    assert comments(house.author, "tag:water") == ["of lamps"]
    assert comments(house.author, '"gate" where (tag:water by:author)') == ["of lamps"]
    assert comments(house.author, "source:ferry-post") == ["canary", "of lamps", "first"]
    assert comments(house.mate, "by:author") == ["of lamps", "first"]
    assert comments(house.outsider, "lamps") == ["first"]
    assert comments(house.outsider, "note:canary") == []
    assert comments(house.author, "zeppelin") == []


def test_nobody_s_private_annotation_changes_anything_for_others(house: House) -> None:
    house.mark("lamps", comment="known", visibility="everyone")
    asked: list[dict[str, Any]] = [{"q": "lamps", "view": view} for view in ("", "passages", "annotations", "map")] + [
        {"q": q}
        for q in (
            "note:xylograph",
            "tag:xylograph",
            "has:tag",
            "by:author",
            "has:annotation",
            "-has:note",
            '"lamps" where tag:xylograph',
        )
    ]
    clients = {who: sign_in(getattr(house, who)) for who in ("mate", "outsider", "curator")}

    def pages() -> list[str]:
        settle()
        drawn = [masked(client.get(reverse("search"), one)) for client in clients.values() for one in asked]
        typed = ("xyl", "tag:xyl", "by:au", "note:xyl")
        offered = [
            client.get("/search/complete/", {"q": word}).content.decode()
            for client in clients.values()
            for word in typed
        ]
        files = [csv_of(client, one) for client in clients.values() for one in asked]
        return drawn + offered + files

    before = pages()
    secret = make_tag(name="Xylograph", by=house.author, private=True)
    house.mark("gate", comment="xylograph", tags=(secret,))
    house.mark("lamps", comment="xylograph", tags=(secret,))
    assert pages() == before
    assert titles(page(house.author, "tag:xylograph")) == ["Lamps on the Ardel"]


@pytest.mark.parametrize(
    "typed",
    ["x " * 5000, "(" * 2000, ")" * 2000, "\0" * 50 + "lamps", "\ud800lamps", "AND OR NOT - where", '"' * 999, "NEAR/9999999999 " * 300, "actor:" * 400, "-" * 4000, "a*" * 3000, "region:x " * 100, "(lamps OR " * 900],
)  # fmt: skip
def test_any_text_is_answered_soon(house: House, typed: str) -> None:
    begun = time.process_time()
    encoded = urlencode({"q": typed}, errors="surrogatepass")
    client = sign_in(house.author)
    for address in ("/search/", "/search/complete/", f"{house.article.get_absolute_url()}"):
        answer = client.get(f"{address}?{encoded}")
        assert answer.status_code == 200, address
    assert time.process_time() - begun < 6  # three pages on a loaded machine; bench/ measures
