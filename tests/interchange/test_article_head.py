"""What the head of an article tells reference managers, and that it costs nothing and harms nobody."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

from monitor.annotations.codebook import make_tag
from monitor.annotations.tag_models import AnnotationTag
from monitor.interchange.head_metadata import highwire, schema_org
from monitor.interchange.one_line import one_line
from monitor.library.citing_actions import NotCitable, read_issn
from monitor.library.models import Article, Author, Issue, Periodical
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article
from tests.interchange.examples import HOSTILE, LAMPS, UNKNOWN, article_records, lamps
from tests.web.pages import queries_for

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.interchange.records import ArticleRecord


class Head(HTMLParser):
    """Reads what a head says: metas in their order, links by their rel, and data blocks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.data, self._inside = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        facts = dict(attrs)
        if tag == "meta" and facts.get("name", "").startswith("citation_"):
            self.metas.append((facts["name"].removeprefix("citation_"), facts["content"]))
        if tag == "link" and facts.get("rel") in {"canonical", "alternate"}:
            self.links.append(facts)
        self._inside = tag == "script" and facts.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        self.data += data if self._inside else ""


def head_of(person: User, article: Article) -> Head:
    client = Client()
    client.force_login(person)
    return Head(client.get(article.get_absolute_url()).content.decode())


def test_highwire_names_people_as_they_are_printed() -> None:
    record = lamps(language="en", issn="1234-5679", keywords=("weirs", "a; b"))
    assert list(highwire(record, pdf="https://monitor.example/issues/3/file/")) == [
        ("citation_title", "The Lamps of Kessmouth: 40% & Rising"),
        ("citation_author", "Ines Varrow"),
        ("citation_author", "Ayman al-Zawahiri"),
        ("citation_author", "The Editors"),
        ("citation_journal_title", "Tidewater Letter"),
        ("citation_volume", "12"),
        ("citation_issue", "7"),
        ("citation_publication_date", "2021/10/09"),
        ("citation_firstpage", "5"),
        ("citation_lastpage", "8"),
        ("citation_language", "en"),
        ("citation_issn", "1234-5679"),
        ("citation_fulltext_html_url", "https://monitor.example/articles/17/the-lamps-of-kessmouth/"),
        ("citation_pdf_url", "https://monitor.example/issues/3/file/"),
        ("citation_keywords", "weirs; a b"),
    ]
    assert list(highwire(UNKNOWN)) == []


def test_schema_org_says_the_same() -> None:
    found = json.loads(schema_org(lamps(date="2021-10", language="en", issn="1234-5679", keywords=("weirs",))))
    periodical = {"@type": "Periodical", "name": "Tidewater Letter", "issn": "1234-5679"}
    volume = {"@type": "PublicationVolume", "volumeNumber": "12", "isPartOf": periodical}
    issue = {"@type": "PublicationIssue", "issueNumber": "7", "datePublished": "2021-10", "isPartOf": volume}
    assert found == {
        "@context": "https://schema.org", "@type": "Article", "headline": LAMPS.title, "datePublished": "2021-10",
        "author": [
            {"@type": "Person", "name": "Ines Varrow"}, {"@type": "Person", "name": "Ayman al-Zawahiri"},
            {"@type": "Organization", "name": "The Editors"},
        ],
        "inLanguage": "en", "pageStart": 5, "pageEnd": 8, "keywords": ["weirs"], "url": LAMPS.permalink,
        "isPartOf": issue,
    }  # fmt: skip


@given(article_records)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_ends_the_data_block(record: ArticleRecord) -> None:
    written = schema_org(record)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written).get("headline", "") == one_line(record.title)


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def test_the_page_tells_what_its_reader_may_know(house: House) -> None:
    article = house.article
    Issue.objects.filter(pk=article.issue_id).update(number=7, file_type="pdf")
    guild, ardel = make_actor("Lamp Guild"), make_region("AR", "Ardel", "country")
    name_in(article, {"lamps": guild, "Weir": ardel}, about=True)
    tag = make_tag(name="Privatecanary", by=house.author, private=True)
    AnnotationTag.objects.create(annotation=house.mark(), tag=tag)
    mine, other = head_of(house.author, article), head_of(house.mate, article)
    told = dict(other.metas)
    assert (told["title"], told["author"], told["language"]) == (article.title, "Ines Varrow", "en")
    assert (told["publication_date"], told["volume"], told["issue"]) == ("2022/02/11", "12", "7")
    assert told["pdf_url"] == f"http://testserver/issues/{article.issue_id}/file/"
    assert (dict(mine.metas)["keywords"], told["keywords"]) == ("Privatecanary; Lamp Guild; Ardel", "Lamp Guild; Ardel")
    [canonical, *alternates] = other.links
    assert canonical["href"] == told["fulltext_html_url"] == f"http://testserver{article.get_absolute_url()}"
    client = Client()
    client.force_login(house.mate)
    for link in alternates:
        answer: Any = client.get(article.get_absolute_url() + link["href"])
        b"".join(answer)
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, link["type"])
    assert json.loads(other.data)["headline"] == article.title


def test_hostile_words_stay_words_in_the_head(house: House) -> None:
    words = " ".join(HOSTILE).replace("\x00", "").replace("\ud83d", "")
    Article.objects.filter(pk=house.article.pk).update(title=words)
    head = head_of(house.reader, house.article)
    assert dict(head.metas)["title"] == json.loads(head.data)["headline"] == one_line(words)
    assert len(head.links) == 6


def test_the_head_asks_the_database_nothing_more(house: House) -> None:
    client, counted = Client(), []
    client.force_login(house.reader)
    for names in (1, 3, 12):
        article = make_article(" ".join(f"Guild{n}" for n in range(names)))
        name_in(
            article, {f"Guild{n}": make_actor(f"Guild{n}", slug=f"g-{names}-{n}") for n in range(names)}, about=True
        )
        counted.append(queries_for(client, article.get_absolute_url()))
    assert len(set(counted)) == 1


# -- How names are cited ------------------------------------------------------------------------------------------------
def test_curators_say_how_a_name_and_a_periodical_are_cited(house: House) -> None:
    author, issue = Author.objects.get(), house.article.issue
    client = Client()
    client.force_login(house.curator)

    def send(address: str, **form: str) -> str:
        return client.post(address, form, follow=True).content.decode()

    assert "it is cited so" in send(f"/authors/{author.slug}/cite/", family="Varrow Ines", given="", literal="")
    assert "either the parts" in send(f"/authors/{author.slug}/cite/", family="Varrow", literal="Ines Varrow")
    assert "need a family name" in send(f"/authors/{author.slug}/cite/", given="Ines")
    cite = f"/issues/{issue.pk}/periodical/cite/"
    assert "it is cited so" in send(cite, issn="2434561X", genre="magazine")
    assert "does not fit" in send(cite, issn="2434-5611", genre="magazine")
    ris = client.get(f"{house.article.get_absolute_url()}cite.ris").content.decode()
    assert {"TY  - MGZN", "AU  - Varrow Ines", "SN  - 2434-561X"} <= set(ris.splitlines())
    assert "Varrow Ines" in client.get(f"/authors/{author.slug}/").content.decode()
    for who in (house.reader, house.author):
        client.force_login(who)
        assert client.post(cite, {"issn": "", "genre": "journal"}).status_code == 403
        assert client.post(f"/authors/{author.slug}/cite/", {"literal": "X"}).status_code == 403
    assert Periodical.objects.get().issn == "2434-561X"
    assert Client().post(cite).status_code == 302


def test_an_issn_is_checked_by_its_last_digit() -> None:
    assert [read_issn(written) for written in ("", " 2434-561x ", "03785955")] == ["", "2434-561X", "0378-5955"]
    for written in ("1234", "0378-5954", "X378-5955", "٠٣٧٨-٥٩٥٥"):
        with pytest.raises(NotCitable):
            read_issn(written)
