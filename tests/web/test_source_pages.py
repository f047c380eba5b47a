from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from monitor.library.source_models import Citation, Source, SourceJoin, SourceSpelling
from monitor.library.sources import join_sources
from tests.factories import make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


@pytest.fixture
def curator(signed_in: SignIn) -> Client:
    return signed_in(make_user("curator", name="hedda"))


def cite(*printed: str, number: int = 1, state: str = "published", text: str = "", date: str = "2022-02-11") -> None:
    """Store an issue with one article that cites these sources on January 3."""
    cited = {f"{source}, January {n}": f"2022-01-{n:02d}" for n, source in enumerate(printed, 3)}
    text = text or " ".join(f"Said ({phrase})." for phrase in cited)
    make_issue(
        make_read_article(text, title=f"Piece {number}", notes=(), cited=cited), number=number, state=state, date=date
    )


def test_sources_are_listed_by_letter_with_counts(reader: Client) -> None:
    cite("Ferry Post", "Dawn", "24 Hours")
    cite("Dawn", number=2)
    text = words(reader.get("/sources/").content.decode())
    assert (
        "# 24 Hours 1 citation in 1 article last February 11, 2022 "
        "D Dawn 2 citations in 2 articles last February 11, 2022 F Ferry Post 1 citation in 1 article" in text
    )
    assert "that articles cite 3 sources" in text


def test_sources_are_found_by_name_or_spelling(reader: Client) -> None:
    cite("Al-Jazeera", "aljazeera.com", "Dawn")
    assert "1 source with “JAZEERA.com” in the name" in words(reader.get("/sources/?q=JAZEERA.com").content.decode())
    assert "no sources with “%” in the name" in words(reader.get("/sources/?q=%25").content.decode())
    assert reader.get("/sources/?q=%00").status_code == 200


def test_sources_part_is_asked_for_by_htmx(reader: Client) -> None:
    part = reader.get("/sources/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="list" class="split left">')
    assert 'hx-swap-oob="innerHTML">no sources</p>' in part


def test_source_is_not_there_while_only_drafts_cite_it(reader: Client, curator: Client) -> None:
    cite("Ferry Post", state="draft")
    assert reader.get("/sources/ferry-post/").status_code == 404
    assert "Ferry Post" not in words(reader.get("/sources/").content.decode())
    assert curator.get("/sources/ferry-post/").status_code == 200


def test_passages_are_gathered_by_issue_and_lead_to_their_paragraph(reader: Client) -> None:
    cite("Ferry Post", number=1, date="2021-02-01", text="One thing.\n\nNobody held the gate (Ferry Post, January 3).")
    cite("Ferry Post", number=2, date="2022-02-01")
    page = reader.get("/sources/ferry-post/").content.decode()
    text = words(page)
    assert text.index("Tidewater Letter XII:2") < text.index("Tidewater Letter XII:1")
    assert "Nobody held the gate ( Ferry Post, January 3 ). Piece 1 2022-01-03 (year worked out)" in text
    article = Citation.objects.get(article__title="Piece 1").article
    assert f'href="{article.get_absolute_url()}#p2"' in page
    assert '<mark class="hit">Ferry Post, January 3</mark>' in page
    assert "One thing" not in text


def test_passage_of_a_long_paragraph_is_cut_to_its_sentence(reader: Client) -> None:
    text = f"{'Water rose. ' * 60}Then nobody held the gate (Ferry Post, January 3). {'Water fell. ' * 60}".strip()
    cite("Ferry Post", text=text)
    shown = words(reader.get("/sources/ferry-post/").content.decode())
    assert "2022 Then nobody held the gate ( Ferry Post, January 3 ). Piece 1" in shown


def test_passage_in_a_note_leads_to_the_note(reader: Client) -> None:
    make_issue(
        make_read_article("A.[1]", notes=["See (Quay Press, May 1998)."], cited={"Quay Press, May 1998": "1998-05"})
    )
    page = reader.get("/sources/quay-press/").content.decode()
    article = Citation.objects.get().article
    assert f'href="{article.get_absolute_url()}#n1"' in page
    assert "See ( Quay Press, May 1998 ). Lamps on the Ardel , note 1 1998-05" in words(page)


def test_passages_are_paged(reader: Client) -> None:
    cited = {f"Ferry Post, May {n}": "2021-05-01" for n in range(100, 151)}
    make_issue(make_read_article(" ".join(f"({phrase})." for phrase in cited), notes=(), cited=cited))
    page = reader.get("/sources/ferry-post/").content.decode()
    first = words(page)
    address = unescape(page.split('rel="next" href="', 1)[1].split('"', 1)[0])
    second = words(reader.get(f"/sources/ferry-post/{address}").content.decode())
    assert "51 citations" in first
    assert (first.count("Lamps on the Ardel"), second.count("Lamps on the Ardel")) == (50, 1)


def test_passages_can_be_taken_along(reader: Client) -> None:
    cite("Ferry Post")
    assert 'href="/sources/ferry-post/passages.csv"' in reader.get("/sources/ferry-post/").content.decode()
    assert reader.get("/sources/ferry-post/passages.csv").status_code == 200


def test_spellings_say_how_they_were_joined(reader: Client) -> None:
    cite("France24.com", "france24.com")
    text = words(reader.get("/sources/france24com/").content.decode())
    assert "France24.com first seen so 1" in text
    assert "france24.com joined automatically: same name or web address 1" in text


def test_spelling_printed_in_drafts_alone_is_for_curators(reader: Client, curator: Client) -> None:
    cite("France24.com")
    cite("france24.com", number=2, state="draft")
    slug = Source.objects.get().slug
    assert "joined automatically" not in words(reader.get(f"/sources/{slug}/").content.decode())
    assert "joined automatically" in words(curator.get(f"/sources/{slug}/").content.decode())


def test_curator_joins_sources_and_the_old_address_leads_on(curator: Client, reader: Client) -> None:
    cite("Ferry Post", "Ardel Ferry Post")
    page = words(curator.post("/sources/ferry-post/join/", {"name": "ardel ferry post"}, follow=True).content.decode())
    assert "2 citations" in page
    assert "Ardel Ferry Post joined into Ferry Post: Ardel Ferry Post. hedda" in page
    answer = reader.get("/sources/ardel-ferry-post/")
    assert (answer.status_code, answer["Location"]) == (302, "/sources/ferry-post/")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Give the name of the other source."),
        ("Evening Mail", "No source is called “Evening Mail”, and none has this spelling."),
        ("Ferry Post", "A source cannot be joined with itself."),
    ],
)
def test_join_that_cannot_be_says_why(name: str, sentence: str, curator: Client) -> None:
    cite("Ferry Post")
    answer = curator.post("/sources/ferry-post/join/", {"name": name})
    assert answer.status_code == 422
    assert sentence in words(answer.content.decode())
    assert not SourceJoin.objects.exists()


def test_spelling_is_kept_apart_and_put_back(curator: Client) -> None:
    cite("France24.com", "france24.com")
    source, spelling = Source.objects.get(), SourceSpelling.objects.get(printed="france24.com")
    curator.post(f"/spellings/{spelling.pk}/apart/")
    spelling.refresh_from_db()
    assert spelling.source != source
    page = words(curator.post(f"/decisions/{SourceJoin.objects.get().pk}/undo/", follow=True).content.decode())
    spelling.refresh_from_db()
    assert spelling.source == source
    assert "Undone" in page


def test_only_spelling_is_not_kept_apart(curator: Client) -> None:
    cite("Ferry Post")
    answer = curator.post(f"/spellings/{SourceSpelling.objects.get().pk}/apart/")
    assert answer.status_code == 422
    assert "This is the only spelling of its source." in words(answer.content.decode())


def test_decision_is_not_undone_twice(curator: Client) -> None:
    cite("Ferry Post", "Dawn")
    decision = join_sources(
        kept=Source.objects.get(slug="dawn"), other=Source.objects.get(slug="ferry-post"), decided_by=None
    )
    assert curator.post(f"/decisions/{decision.pk}/undo/").status_code == 302
    answer = curator.post(f"/decisions/{decision.pk}/undo/")
    assert answer.status_code == 422
    assert "This was undone already." in words(answer.content.decode())


def test_readers_see_no_controls(reader: Client) -> None:
    cite("France24.com", "france24.com")
    main = reader.get("/sources/france24com/").content.decode().split("<main")[1]
    assert "<form" not in main


def test_sources_ask_as_much_for_three_as_for_one(reader: Client, curator: Client) -> None:
    cite("Ferry Post")
    one, one_page, one_curated = (
        queries_for(reader, "/sources/"),
        queries_for(reader, "/sources/ferry-post/"),
        queries_for(curator, "/sources/ferry-post/"),
    )
    cite("Ferry Post", "Dawn", "Ardel Wire", number=2)
    cite("Ferry Post", "ferrypost.com", "FerryPost", number=3)
    assert queries_for(reader, "/sources/") == one
    assert queries_for(reader, "/sources/ferry-post/") == one_page
    assert queries_for(curator, "/sources/ferry-post/") == one_curated


def card_of(client: Client, printed: str) -> str:
    citation = Citation.objects.filter(printed=printed).order_by("pk")[0]
    return words(client.get(f"/citations/{citation.pk}/").content.decode())


def test_card_says_what_is_known_of_a_citation(reader: Client) -> None:
    cite("Dawn", "Ferry Post")
    cite("Dawn", number=2)
    Citation.objects.filter(printed="Dawn, January 3").update(inferred=True, url="https://dawn.example/a")
    assert card_of(reader, "Dawn, January 3") == (
        "Dawn Printed Dawn, January 3 Date January 3, 2022 (year worked out) Reliability not graded"
        " Also cited in 1 other article Open the report All its citations"
    )
    assert "Also cited in no other article All its" in card_of(reader, "Ferry Post, January 4")


@pytest.mark.parametrize(
    ("precision", "wanted"), [("year", "Date 2022 "), ("month", "Date January 2022 "), ("day", "Date January 3, 2022 ")]
)
def test_card_gives_a_date_as_precisely_as_it_was_printed(precision: str, wanted: str, reader: Client) -> None:
    cite("Dawn")
    Citation.objects.update(precision=precision)
    assert wanted in card_of(reader, "Dawn, January 3")


def test_card_says_when_the_date_is_not_known(reader: Client) -> None:
    cite("Dawn")
    Citation.objects.update(precision="", date=None)
    assert "Date not known" in card_of(reader, "Dawn, January 3")


def test_card_counts_no_article_one_may_not_see(reader: Client) -> None:
    cite("Dawn")
    cite("Dawn", number=2, state="draft")
    assert "Also cited in no other article" in card_of(reader, "Dawn, January 3")


def test_card_leads_to_the_issue_that_is_cited_where_the_library_has_it(reader: Client) -> None:
    make_issue(publication="Canal Dispatches", volume="IV", number=2, date="2022-01-03")
    make_issue(publication="Canal Dispatches", volume="IV", number=3, date="2022-01-17")
    make_issue(publication="Tidewater Letter", volume="XII", number=8, date="2022-01-03")
    cite("CANAL  Dispatches", "Ferry Post")
    assert "Read Canal Dispatches IV:2 All its citations" in card_of(reader, "CANAL  Dispatches, January 3")
    assert "Read" not in card_of(reader, "Ferry Post, January 4")


def test_card_leads_to_an_issue_whose_span_holds_the_day(reader: Client) -> None:
    span = ("2022-01-01", "2022-01-14")
    make_issue(publication="Canal Dispatches", volume="IV", number=2, date=None, date_range=span)
    cite("Canal Dispatches")
    assert "Read Canal Dispatches IV:2" in card_of(reader, "Canal Dispatches, January 3")
    Citation.objects.update(precision="month")
    assert "Read" not in card_of(reader, "Canal Dispatches, January 3")


def test_card_leads_to_no_issue_one_may_not_see(reader: Client) -> None:
    make_issue(publication="Canal Dispatches", date="2022-01-03", state="draft")
    cite("Canal Dispatches")
    assert "Read" not in card_of(reader, "Canal Dispatches, January 3")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1", ""])
def test_card_links_to_nothing_but_the_web(url: str, reader: Client) -> None:
    cite("Dawn")
    Citation.objects.update(url=url)
    assert "Open the report" not in card_of(reader, "Dawn, January 3")


def test_card_takes_as_many_queries_with_many_citations(reader: Client) -> None:
    cite("Dawn")
    address = f"/citations/{Citation.objects.get().pk}/"
    before = queries_for(reader, address)
    for number in range(2, 6):
        cite("Dawn", "Ferry Post", number=number)
    assert queries_for(reader, address) == before


def test_analyst_grades_a_source_and_the_card_shows_it(signed_in: SignIn) -> None:
    cite("Dawn")
    analyst = signed_in(make_user("analyst", name="ines"))
    assert analyst.post("/sources/dawn/grade/", {"grade": "B", "reason": "Two of <three> checked."}).status_code == 302
    page = analyst.get("/sources/dawn/").content.decode()
    assert "B B: usually reliable: Two of <three> checked. ines," in words(page)
    assert "<three>" not in page
    assert "Reliability B: usually reliable Two of <three> checked." in card_of(analyst, "Dawn, January 3")


def test_grade_that_is_none_comes_back_with_its_sentence(signed_in: SignIn) -> None:
    cite("Dawn")
    answer = signed_in(make_user("analyst")).post("/sources/dawn/grade/", {"grade": "", "reason": "typed"})
    assert answer.status_code == 422
    assert "It has no grade that could be taken back." in answer.content.decode()
    assert ">\ntyped</textarea>" in answer.content.decode()


@pytest.mark.parametrize(("field", "given"), [("grade", {"grade": "Z"}), ("reason", {"reason": "x" * 1001})])
def test_sentence_of_a_refused_grade_is_read_out_with_its_field(
    field: str, given: dict[str, str], signed_in: SignIn
) -> None:
    cite("Dawn")
    answer = signed_in(make_user("analyst")).post("/sources/dawn/grade/", {"grade": "B", "reason": "", **given})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'aria-invalid="true" aria-describedby="id_{field}_error"' in page
    assert page.count(f'<div id="id_{field}_error">') == 1
    assert page.count('<p class="error">') == 1


def test_reader_sees_the_grades_and_no_form(reader: Client) -> None:
    cite("Dawn")
    page = reader.get("/sources/dawn/").content.decode()
    assert "Nobody has graded it." in page
    assert "/grade/" not in page


def test_visitor_sees_a_grade_and_not_who_gave_it(signed_in: SignIn, settings: Settings) -> None:
    settings.ANONYMOUS_READ = True
    cite("Dawn")
    signed_in(make_user("analyst", name="quillfeather")).post(
        "/sources/dawn/grade/", {"grade": "B", "reason": "Checked."}
    )
    page = words(signed_in(None).get("/sources/dawn/").content.decode())
    assert "B B: usually reliable: Checked." in page
    assert "quillfeather" not in page


# -- The list in other orders ------------------------------------------------------------------------------------------
def listed(page: str) -> list[str]:
    """Return the names of the sources in the order in which they stand."""
    found = page.split('<ul class="register cited">')[1:]
    return [link.split("</a>")[0].rpartition(">")[2] for ul in found for link in ul.split("<li>")[1:]]


@pytest.fixture
def graded(reader: Client, signed_in: SignIn) -> Client:
    cite("Ferry Post", "Dawn", date="2021-03-01")
    cite("Dawn", "Ardel Wire", number=2, date="2022-02-01")
    cite("Dawn", number=3, date="2020-02-01")
    cite("Secret Post", "Ferry Post", number=4, state="draft", date="2023-01-01")
    analyst = signed_in(make_user("analyst"))
    analyst.post("/sources/ferry-post/grade/", {"grade": "F"})
    analyst.post("/sources/ferry-post/grade/", {"grade": "A"})
    analyst.post("/sources/dawn/grade/", {"grade": "C"})
    return reader


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["Ardel Wire", "Dawn", "Ferry Post"]),
        ("sort=citations", ["Dawn", "Ardel Wire", "Ferry Post"]),
        ("sort=grade", ["Ferry Post", "Dawn", "Ardel Wire"]),
        ("sort=last", ["Ardel Wire", "Dawn", "Ferry Post"]),
        ("grade=A&grade=none", ["Ardel Wire", "Ferry Post"]),
        ("grade=C&q=daw", ["Dawn"]),
        ("grade=C&q=ferry", []),
    ],
)
def test_sources_are_filtered_and_put_in_order(query: str, wanted: list[str], graded: Client) -> None:
    answer = graded.get(f"/sources/?{query}")
    assert (answer.status_code, listed(answer.content.decode())) == (200, wanted)


def test_grades_are_counted_as_the_list_has_them(graded: Client) -> None:
    text = words(graded.get("/sources/?grade=A").content.decode())
    assert "cite 1 source" in text
    assert "Reliability A 1 C 1 Not graded 1" in text
    assert "A: completely reliable Ferry Post" in words(graded.get("/sources/?sort=grade").content.decode())


@pytest.mark.parametrize("query", ["grade=G", "sort=slug", "after=x", "sort=citations&after=WyJhIiwxXQ"])
def test_words_that_mean_nothing_are_said_above_the_sources(query: str, graded: Client) -> None:
    answer = graded.get(f"/sources/?{query}")
    assert (answer.status_code, len(listed(answer.content.decode()))) == (422, 3)
    assert 'class="error" role="alert"' in answer.content.decode()


@pytest.mark.parametrize("order", ["name", "citations", "grade", "last"])
def test_sources_are_walked_in_pages(order: str, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.views.sources.SOURCES_PER_PAGE", 2)
    cite("Dawn", "Ardel Wire", "Ferry Post", "Quay Press", "Weir News")
    whole, address = [], f"/sources/?sort={order}"
    for _ in range(3):
        page = reader.get(address).content.decode()
        whole += listed(page)
        address = "/sources/" + unescape(page.partition('rel="next" href="')[2].partition('"')[0])
    assert sorted(whole) == ["Ardel Wire", "Dawn", "Ferry Post", "Quay Press", "Weir News"]
    assert "after=" not in address


@pytest.mark.parametrize("order", ["name", "citations", "grade", "last"])
def test_list_of_sources_asks_as_much_for_three_hundred_as_for_one(order: str, reader: Client) -> None:
    cite("Dawn")
    for_one = queries_for(reader, f"/sources/?sort={order}")
    article = Citation.objects.get().article
    sources = Source.objects.bulk_create(Source(name=f"Wire {n}", slug=f"wire-{n}") for n in range(300))
    spellings = SourceSpelling.objects.bulk_create(
        SourceSpelling(source=row, printed=row.name, key=row.name) for row in sources
    )
    Citation.objects.bulk_create(
        Citation(article=article, spelling=row, start=n, end=n + 1, printed="x") for n, row in enumerate(spellings, 500)
    )
    assert queries_for(reader, f"/sources/?sort={order}") == for_one


def test_source_shows_when_and_by_whom_it_is_cited(graded: Client) -> None:
    page = graded.get("/sources/dawn/").content.decode()
    assert "3 citations in 3 articles, reliability C" in words(page)
    assert (
        'aria-label="Citations by month, Jan 2022: 3, most of them (3) in Jan 2022; the year was worked out in 3"'
        in page
    )
    assert '<rect class="guess"' in page
    assert '<rect class="sure" x="1" y="1"' in page
    assert page.count('<rect class="sure"') == 1  # the legend's alone
    assert "Month Year printed Year worked out Jan 2022 0 3" in words(page)
    assert "Cited by Tidewater Letter 3 citations in 3 articles" in words(page)


def test_source_lists_the_articles_that_cite_it(graded: Client) -> None:
    page = graded.get("/sources/dawn/?view=articles&sort=oldest").content.decode()
    titles = [part.split("</a>")[0].rpartition(">")[2] for part in page.split('<h3 class="entry-head">')[1:]]
    assert titles == ["Piece 3", "Piece 1", "Piece 2"]
    assert '<input type="hidden" name="view" value="articles">' in page
    part = graded.get("/sources/dawn/?view=articles&from=2021-01-01", headers={"HX-Request": "true"})
    assert part["HX-Push-Url"] == "/sources/dawn/?view=articles&from=2021-01-01"
    assert "2 articles found" in part.content.decode()


def test_hidden_citations_are_in_no_count_of_a_source(graded: Client, curator: Client) -> None:
    assert "1 citation in 1 article" in words(graded.get("/sources/ferry-post/").content.decode())
    assert "2 citations in 2 articles" in words(curator.get("/sources/ferry-post/").content.decode())
    assert "Secret Post" not in words(graded.get("/sources/?sort=last").content.decode())
