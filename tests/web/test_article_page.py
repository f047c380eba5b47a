from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from monitor.library.article_rows import store_articles
from monitor.library.models import ArticleText, State
from monitor.library.source_models import Citation
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, root_text, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

FULL = (
    "The lamps < & > were lit.[1] Twice.[2] And “again”.[1]\n\n## The Weir\n\n### By night\n\n> Hold the gate!\n\n"
    "- One\n\n- Two\n\n| Port | 2021\nKessmouth | 14\n\n! Aside. Told.\n\n^ A map\n\n"
    "Nobody did (Ferry Post, January 21; Dawn, May 2021), says the site.[7] 🌊 a\u0301 \u202eabc\u202c [9]"
)
CITED = {"Ferry Post, January 21": "2022-01-21", "Dawn, May 2021": "2021-05"}


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


@pytest.mark.parametrize(
    "text", [FULL, "", "One.", "a\r\nb\tc \f d", "&amp; &lt;p&gt; &#13;", "</div></p><script>x</script>"]
)
def test_root_gives_the_canonical_text_back(text: str, reader: Client) -> None:
    article = make_article(text, notes=("First.", "Second."), cited=CITED if text == FULL else {})
    page = reader.get(article.get_absolute_url()).content.decode()
    assert root_text(page) == article.texts.get().body


def test_blocks_have_the_addresses_of_their_order(reader: Client) -> None:
    page = reader.get(make_article(FULL, notes=("A.", "B."), cited=CITED).get_absolute_url()).content.decode()
    assert re.findall(r'<(\w+) id="(p\d+)"', page) == [
        ("p", "p1"), ("h2", "p2"), ("h3", "p3"), ("blockquote", "p4"), ("li", "p5"), ("li", "p6"), ("table", "p7"),
        ("p", "p8"), ("p", "p9"), ("p", "p10"),
    ]  # fmt: skip


def test_markers_lead_to_their_notes_and_back(reader: Client) -> None:
    page = reader.get(make_article(FULL, notes=("A.", "B."), cited=CITED).get_absolute_url()).content.decode()
    marker = '<a class="ref" id="{}" role="doc-noteref" href="#{}"><span>[</span>{}<span>]</span></a>'
    assert marker.format("r1", "n1", 1) in page
    assert marker.format("r1-2", "n1", 1) in page
    assert marker.format("r2", "n2", 2) in page
    assert '<a class="back" href="#r1" aria-label="Back to the text of note 1">1</a>' in page
    assert 'href="#r1-2" aria-label="Back to the text of note 1, place 2"' in page


def test_marker_without_a_note_is_plain_text(reader: Client) -> None:
    page = reader.get(make_article(FULL, notes=("A.", "B."), cited=CITED).get_absolute_url()).content.decode()
    assert "says the site.[7] " in page


def test_note_without_a_marker_says_so(reader: Client) -> None:
    page = reader.get(make_article("Word.", notes=("Alone.",), cited={}).get_absolute_url()).content.decode()
    assert "1 Alone. No marker in the text points here." in words(page)


def test_every_id_is_there_once_and_every_fragment_leads_somewhere(reader: Client) -> None:
    article = make_article(FULL, notes=("A.", "Ibid.", "B."), resolves={2: 1}, cited=CITED)
    page = reader.get(article.get_absolute_url()).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def cite_link(slug: str, printed: str) -> str:
    """Return the link of a citation, which leads to its source and names its card."""
    card = f"/citations/{Citation.objects.get(printed=printed).pk}/"
    return f'<a class="cite" href="/sources/{slug}/" data-card="{card}">{printed}</a>'


def test_citation_links_to_its_source(reader: Client) -> None:
    page = reader.get(make_article(FULL, notes=("A.", "B."), cited=CITED).get_absolute_url()).content.decode()
    assert f"{cite_link('ferry-post', 'Ferry Post, January 21')}" in page
    assert f"{cite_link('dawn', 'Dawn, May 2021')}" in page


def test_short_form_shows_the_note_it_stands_for(reader: Client) -> None:
    article = make_article("A.[1] B.[2]", notes=("Quay Press, 1998.", "Ibid."), resolves={2: 1}, cited={})
    text = words(reader.get(article.get_absolute_url()).content.decode())
    assert "2 Ibid. Reads as note 1 : Quay Press, 1998." in text


def test_citation_in_a_note_is_linked_there(reader: Client) -> None:
    article = make_article("A.[1]", notes=("See (Quay Press, May 1998).",), cited={"Quay Press, May 1998": "1998-05"})
    page = reader.get(article.get_absolute_url()).content.decode()
    assert f"See ({cite_link('quay-press', 'Quay Press, May 1998')})." in page


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://quay.example/a?b=1&c=2", True),
        ("http://quay.example:8080/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//evil.example/", False),
        ("http://[::1", False),
        ("http://a@b:99999/", False),
        ("https:\\\\evil.example", False),
        (" https://quay.example/", False),
        ("java\tscript:x", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, is_link: bool, reader: Client) -> None:
    article = make_article("The site says so.", notes=("The note too.",), cited={}, links={"site": url, "note": url})
    page = reader.get(article.get_absolute_url()).content.decode()
    anchors = re.findall(r"<a ([^>]*)>(site|note)</a>", page)
    wanted = f'href="{url.replace("&", "&amp;")}" rel="noopener noreferrer nofollow"'
    assert anchors == ([(wanted, "site"), (wanted, "note")] if is_link else [])


def test_citation_wins_over_the_link_printed_in_it(reader: Client) -> None:
    article = make_article(
        "So (Dawn, May 2021).", notes=(), cited={"Dawn, May 2021": "2021-05"}, links={"Dawn": "https://dawn.example/"}
    )
    page = reader.get(article.get_absolute_url()).content.decode()
    assert f"So ({cite_link('dawn', 'Dawn, May 2021')})." in page


def test_wrong_or_missing_slug_leads_on_for_good(reader: Client) -> None:
    article = make_article()
    for address in (f"/articles/{article.pk}/", f"/articles/{article.pk}/something-else/"):
        answer = reader.get(f"{address}?q=lamp")
        assert (answer.status_code, answer["Location"]) == (301, f"{article.get_absolute_url()}?q=lamp")


def test_head_tells_who_when_and_where(reader: Client) -> None:
    issue = make_issue(make_read_article(authors=["Ines Varrow", "Tomas Quill"]), number=7, date="2021-10-09")
    page = reader.get(issue.articles.get().get_absolute_url()).content.decode()
    assert (
        "article · Tidewater Letter XII:7 Lamps on the Ardel By Ines Varrow and Tomas Quill October 9, 2021 p. 5"
        in words(page)
    )


def test_citation_line_can_be_taken_along(reader: Client) -> None:
    issue = make_issue(make_read_article(authors=["A", "B", "C"]), number=7, date="2021-10-09")
    article = issue.articles.get()
    text = words(reader.get(article.get_absolute_url()).content.decode())
    assert "A, B and C, “Lamps on the Ardel,” Tidewater Letter XII:7 (October 9, 2021), p. 5. " in text
    assert f"http://testserver{article.get_absolute_url()}" in text


def test_permalink_is_on_the_sites_own_address(reader: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://monitor.example"
    article = make_article()
    page = reader.get(article.get_absolute_url()).content.decode()
    assert f"https://monitor.example{article.get_absolute_url()}</a>" in page


@pytest.mark.parametrize("ending", ["ris", "bib", "json"])
def test_citation_files_are_offered(ending: str, reader: Client) -> None:
    article = make_article()
    address = f"{article.get_absolute_url()}cite.{ending}"
    assert f'href="{address}"' in reader.get(article.get_absolute_url()).content.decode()
    assert reader.get(address).status_code == 200


def test_worked_out_date_is_cited_in_brackets(reader: Client) -> None:
    article = make_issue(number=7, date=None, date_range=("2022-01-24", "2022-02-11")).articles.get()
    text = words(reader.get(article.get_absolute_url()).content.decode())
    assert "Tidewater Letter XII:7 ([February 2022]), p. 5." in text


def test_rail_lists_the_issue_and_this_articles_heads(reader: Client) -> None:
    issue = make_issue(make_read_article(), make_read_article(title="Second", page_start=9), number=1)
    first, second = issue.articles.all()
    page = reader.get(first.get_absolute_url()).content.decode()
    assert f'<a href="{first.get_absolute_url()}" aria-current="page">' in page
    assert '<li><a href="#p2">The Weir</a></li>' in page
    assert f'<a rel="next" href="{second.get_absolute_url()}">' in page
    assert 'rel="prev"' not in page


def test_current_text_version_is_shown(reader: Client) -> None:
    article = make_article("Before.", notes=(), cited={})
    after = make_read_article("After.", notes=(), cited={}, authors=())
    store_articles([(article, after)], spellings={}, authors={})
    assert ArticleText.objects.filter(article=article).count() == 2
    assert root_text(reader.get(article.get_absolute_url()).content.decode()) == "After."


def test_article_that_is_gone_says_so_to_curators_and_is_hidden_from_readers(signed_in: SignIn, reader: Client) -> None:
    article = make_article()
    article.state = State.GONE
    article.save()
    text = words(signed_in(make_user("curator")).get(article.get_absolute_url()).content.decode())
    assert "The newest reading of its file does not have this article any more." in text
    assert reader.get(article.get_absolute_url()).status_code == 404


def test_hostile_words_are_text_everywhere(reader: Client) -> None:
    bad = '<img src=x onerror="alert(1)">'
    issue = make_issue(
        make_read_article(
            f"{bad} ({bad}, May 1).",
            title=bad,
            authors=[bad],
            notes=[bad],
            bio=bad,
            cited={f"{bad}, May 1": "2021-05-01"},
        ),
        publication=bad,
    )
    article = issue.articles.get()
    for address in (article.get_absolute_url(), issue.get_absolute_url(), "/sources/", "/"):
        assert "<img" not in reader.get(address).content.decode()


def test_article_asks_as_much_for_many_notes_as_for_one(reader: Client) -> None:
    one = make_article()
    many = make_article(FULL, notes=("A.", "B.", "Ibid."), resolves={3: 2}, cited=CITED, authors=["A", "B", "C"])
    assert queries_for(reader, many.get_absolute_url()) == queries_for(reader, one.get_absolute_url())


def test_author_page_lists_what_one_may_read(reader: Client, signed_in: SignIn) -> None:
    make_issue(make_read_article(title="Old", authors=["Ines Varrow"], page_start=3), number=1, date="2021-01-02")
    make_issue(make_read_article(title="New", authors=["Ines Varrow", "Tomas Quill"]), number=2, date="2022-01-02")
    make_issue(make_read_article(title="Draft", authors=["Ines Varrow"]), number=3, date="2022-03-02", state="draft")
    text = words(reader.get("/authors/ines-varrow/").content.decode())
    assert text.startswith("Author Ines Varrow 2 articles ")
    assert text.index(" New ") < text.index(" Old ")
    assert "Draft" not in text
    assert "3 articles" in words(signed_in(make_user("curator")).get("/authors/ines-varrow/").content.decode())


def test_author_asks_as_much_for_three_articles_as_for_one(reader: Client) -> None:
    make_issue(make_read_article(authors=["A"]), number=1)
    for number in (2, 3, 4):
        make_issue(make_read_article(authors=["B", "C"]), number=number)
    assert queries_for(reader, "/authors/b/") == queries_for(reader, "/authors/a/")
